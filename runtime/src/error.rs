//! Errors of the database and of single queries.

use std::fmt;

use cosmictron_types::EvalError;

/// Why the database refused something. Nothing has changed when one is returned, unless the variant says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A constraint of the schema would be violated.
    Violation(Violation),
    /// The database file cannot be opened: it is in use, is not a database, or belongs to another schema.
    Open(String),
    /// The file could not be written and the transaction has been rolled back (a full disk, for example).
    Storage(String),
    /// The database refuses further work until it is opened again: the outcome of a commit is unknown, or
    /// a circuit failed. What was acknowledged before is safe.
    Poisoned(String),
    /// A call that waits for the database was made from inside a transaction or a subscription callback
    /// of the same thread, where it would wait for itself.
    Nested(&'static str),
    /// The query is in its error state, see [`QueryError`].
    Query(QueryError),
    /// The by-name interface was to update or delete a row that is not there.
    NoRow {
        /// The table.
        table: &'static str,
        /// The key as text, `(id)=(42)`; the whole row where the table has no key.
        key: String,
    },
    /// Malformed input of the by-name interface.
    Input(String),
}

impl Error {
    /// A stable name for tools: PostgreSQL's condition name where it has one.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Violation(v) => v.kind.code(),
            Error::Open(_) => "cannot_open",
            Error::Storage(_) => "io_error",
            Error::Poisoned(_) => "database_poisoned",
            Error::Nested(_) => "nested_call",
            Error::Query(e) => e.error.code(),
            Error::NoRow { .. } => "no_data_found",
            Error::Input(_) => "invalid_input",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Violation(v) => v.fmt(f),
            Error::Open(m) | Error::Storage(m) | Error::Poisoned(m) | Error::Input(m) => f.write_str(m),
            Error::Nested(m) => f.write_str(m),
            Error::Query(e) => e.fmt(f),
            Error::NoRow { table, key } => write!(f, "table {table:?} has no row with {key}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<Violation> for Error {
    fn from(v: Violation) -> Self {
        Error::Violation(v)
    }
}

impl From<QueryError> for Error {
    fn from(e: QueryError) -> Self {
        Error::Query(e)
    }
}

/// A constraint and the row that violates it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What kind of constraint.
    pub kind: ViolationKind,
    /// The table whose constraint it is.
    pub table: &'static str,
    /// The constraint's name.
    pub constraint: String,
    /// The offending key or value as text, `(customer_id)=(42)`.
    pub detail: String,
}

/// The kinds of constraints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViolationKind {
    /// `PRIMARY KEY` and `UNIQUE`.
    Unique,
    /// `REFERENCES`: a reference to a row that does not exist, or a referenced row that would go away.
    ForeignKey,
    /// `CHECK`.
    Check,
    /// `NOT NULL`.
    NotNull,
    /// A value that its column's type cannot hold.
    Value,
    /// A value given for a column that is `GENERATED ALWAYS`.
    GeneratedAlways,
}

impl ViolationKind {
    /// PostgreSQL's condition name.
    pub fn code(self) -> &'static str {
        match self {
            ViolationKind::Unique => "unique_violation",
            ViolationKind::ForeignKey => "foreign_key_violation",
            ViolationKind::Check => "check_violation",
            ViolationKind::NotNull => "not_null_violation",
            ViolationKind::Value => "invalid_value",
            ViolationKind::GeneratedAlways => "generated_always",
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Violation { kind, table, constraint, detail } = self;
        match kind {
            ViolationKind::Unique => {
                write!(f, "table {table:?} already has a row with {detail} (constraint {constraint:?})")
            }
            ViolationKind::ForeignKey => write!(f, "table {table:?}: {detail} (constraint {constraint:?})"),
            ViolationKind::Check => {
                write!(
                    f,
                    "the new row of table {table:?} fails its check constraint {constraint:?}: {detail}"
                )
            }
            ViolationKind::NotNull => write!(f, "column {constraint:?} of table {table:?} may not be null"),
            ViolationKind::Value => write!(f, "column {constraint:?} of table {table:?}: {detail}"),
            ViolationKind::GeneratedAlways => write!(
                f,
                "column {constraint:?} of table {table:?} is GENERATED ALWAYS: leave it out of the insert"
            ),
        }
    }
}

impl std::error::Error for Violation {}

/// A query that cannot be answered because an expression fails on some row. It recovers by itself when the
/// row is gone; no write is ever blocked by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The query's name.
    pub query: &'static str,
    /// What fails.
    pub error: EvalError,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "query {:?} fails: {}", self.query, self.error)
    }
}

impl std::error::Error for QueryError {}
