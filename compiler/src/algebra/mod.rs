//! The typed relational algebra that `bind` makes of a query and rules improve.
//!
//! Columns are positions in the input's columns (a join has those of its left input, then those of its right),
//! every implicit conversion is an explicit [`ExprKind::Cast`], and both sides of a comparison have the same type.

mod build;
mod display;
mod expr;
mod fallible;
mod looks;
pub(crate) mod nullable;
mod relation;
mod visit;

pub(crate) use display::{ExprText, SqlText, sort_keys};
pub use expr::{Aggregate, AggregateFunction, CompareOp, Expr, ExprKind, Literal, NowFunction};

use crate::catalog::TableId;
use crate::source::Span;
use crate::types::Type;

/// A bound query: what it is called, what it computes and what its result looks like.
#[derive(Clone, Debug)]
pub struct Query {
    /// The name from `-- name:` (or `query_N`), snake case.
    pub name: String,
    /// Where the name is written, or the statement itself where it has none.
    pub name_span: Span,
    /// The statement's text without its final semicolon.
    pub sql: String,
    /// The statement.
    pub span: Span,
    /// What is computed. Its first [`Query::visible`] columns are the result's, the others exist for sorting.
    pub root: Relation,
    /// How many of the root's columns the user asked for.
    pub visible: usize,
    /// `ORDER BY` over the root's columns; a [`RelationKind::Limit`] repeats it, since it decides by it.
    pub order: Vec<SortKey>,
}

/// A relation: an operator, its columns and where it was written.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The operator.
    pub kind: RelationKind,
    /// Its columns.
    pub columns: Vec<Field>,
    /// The words it came from.
    pub span: Span,
}

/// A column of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, or PostgreSQL's substitute such as `count` or `?column?`.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether NULL is possible.
    pub nullable: bool,
}

/// The relational operators.
#[derive(Clone, Debug)]
pub enum RelationKind {
    /// All rows of a table; the columns are the table's.
    Scan {
        /// Which table.
        table: TableId,
        /// What the query calls it.
        alias: String,
    },
    /// All pairs that satisfy the condition; the columns are left's, then right's.
    Join {
        /// Left input.
        left: Box<Relation>,
        /// Right input.
        right: Box<Relation>,
        /// A boolean over the columns of both; `None` is the cross product.
        condition: Option<Expr>,
    },
    /// The left rows that have a match on the right, or those that have none (`EXISTS`, `IN` of a subquery and their negations); the
    /// columns are left's.
    SemiJoin {
        /// Left input.
        left: Box<Relation>,
        /// Right input.
        right: Box<Relation>,
        /// Equalities of an expression of the left with one of the right, over the columns of both.
        condition: Vec<Expr>,
        /// The rows without a match stay: an anti-join.
        anti: bool,
    },
    /// The rows for which the predicate is true.
    Filter {
        /// Input.
        input: Box<Relation>,
        /// A boolean over the input's columns.
        predicate: Expr,
    },
    /// One row a group, or exactly one row where there are no keys and the relation is not
    /// a `SELECT DISTINCT`; the columns are the keys, then the aggregates.
    Aggregate {
        /// Input.
        input: Box<Relation>,
        /// Grouping expressions over the input's columns.
        keys: Vec<Expr>,
        /// Aggregates over the input's columns.
        aggregates: Vec<Aggregate>,
    },
    /// New columns computed from the input's.
    Project {
        /// Input.
        input: Box<Relation>,
        /// One expression a column.
        columns: Vec<Expr>,
    },
    /// The rows `offset .. offset + limit` in the given order; ties are broken by the result key.
    Limit {
        /// Input.
        input: Box<Relation>,
        /// Sort keys over the input's columns.
        order: Vec<SortKey>,
        /// At most this many rows.
        limit: Option<u64>,
        /// Rows skipped first.
        offset: u64,
    },
}

/// One element of an `ORDER BY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortKey {
    /// Position among the relation's columns.
    pub column: usize,
    /// `DESC`.
    pub descending: bool,
    /// `NULLS FIRST`; PostgreSQL's default is true for DESC, false for ASC.
    pub nulls_first: bool,
}
