//! Scalar and aggregate expressions of the algebra.

use crate::functions::Function;
use crate::source::Span;
use crate::types::Type;

/// A typed scalar expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// The operation.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// The words it came from.
    pub span: Span,
}

/// The scalar operations. Everything not listed is a strict function, see [`crate::functions`].
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A column of the input, by position.
    Column(usize),
    /// A constant.
    Literal(Literal),
    /// A strict function or operator: NULL if an argument is NULL. Arguments have exactly the types it declares.
    Call {
        /// Which function.
        function: &'static Function,
        /// Its arguments.
        args: Vec<Expr>,
    },
    /// A conversion to the expression's type; see [`crate::functions::cast`] for those that exist.
    Cast(Box<Expr>),
    /// A comparison of two values of one type, NULL if either is. The order is the type's.
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `IS [NOT] DISTINCT FROM`: never NULL. `negated` is `IS NOT DISTINCT FROM`, that is equality with NULL = NULL.
    Distinct {
        /// `IS NOT DISTINCT FROM`.
        negated: bool,
        /// Left side.
        left: Box<Expr>,
        /// Right side, of the same type.
        right: Box<Expr>,
    },
    /// Conjunction in three-valued logic, evaluated from left to right until one is false; at least two.
    And(Vec<Expr>),
    /// Disjunction in three-valued logic, evaluated from left to right until one is true; at least two.
    Or(Vec<Expr>),
    /// Negation in three-valued logic.
    Not(Box<Expr>),
    /// `IS NULL`, or `IS NOT NULL` if negated.
    IsNull {
        /// `IS NOT NULL`.
        negated: bool,
        /// What is tested.
        expr: Box<Expr>,
    },
    /// `x IN (…)` over constants or expressions of one type, in three-valued logic.
    In {
        /// `NOT IN`.
        negated: bool,
        /// What is looked for.
        expr: Box<Expr>,
        /// Where; each element has the type of `expr`.
        list: Vec<Expr>,
    },
    /// `CASE WHEN … THEN … ELSE … END`; the simple form has been turned into comparisons.
    Case {
        /// Conditions and results, all results of the expression's type.
        branches: Vec<(Expr, Expr)>,
        /// `ELSE`, or NULL.
        otherwise: Option<Box<Expr>>,
    },
    /// The first argument that is not NULL; at least two, all of the expression's type.
    Coalesce(Vec<Expr>),
    /// The transaction's clock: the same moment for everything in one transaction.
    Now(NowFunction),
}

/// The functions that read the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NowFunction {
    /// `NOW()` and `CURRENT_TIMESTAMP`, a TIMESTAMPTZ. `CURRENT_DATE` is bound as a cast of it to DATE,
    /// `LOCALTIMESTAMP` as a cast to TIMESTAMP.
    Now,
}

/// The comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CompareOp {
    /// As SQL writes it.
    pub fn symbol(self) -> &'static str {
        match self {
            CompareOp::Eq => "=",
            CompareOp::Ne => "<>",
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
        }
    }

    /// The operator with its sides exchanged: `a < b` is `b > a`.
    pub fn flipped(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            same => same,
        }
    }

    /// The operator that is true exactly where this one is false: `<` and `>=`.
    pub fn negated(self) -> CompareOp {
        match self {
            CompareOp::Eq => CompareOp::Ne,
            CompareOp::Ne => CompareOp::Eq,
            CompareOp::Lt => CompareOp::Ge,
            CompareOp::Le => CompareOp::Gt,
            CompareOp::Gt => CompareOp::Le,
            CompareOp::Ge => CompareOp::Lt,
        }
    }
}

/// A constant of an expression's type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// NULL of any type.
    Null,
    /// BOOLEAN.
    Boolean(bool),
    /// SMALLINT, INTEGER, BIGINT.
    Integer(i64),
    /// REAL and DOUBLE PRECISION, as bits of the `f64`.
    Float(u64),
    /// `Decimal` and `Numeric`: `mantissa / 10^scale`. For a `Decimal` type the scale is the type's.
    Numeric {
        /// All digits.
        mantissa: i128,
        /// How many of them stand after the point.
        scale: u8,
    },
    /// TEXT, and CHAR(n) already padded.
    Text(String),
    /// TIMESTAMP and TIMESTAMPTZ, microseconds since 1970-01-01 00:00 UTC (`i64::MAX` is infinity, `i64::MIN` minus infinity).
    Timestamp(i64),
    /// DATE, days since 1970-01-01.
    Date(i32),
    /// TIME, microseconds since midnight.
    Time(i64),
    /// INTERVAL.
    Interval {
        /// Months.
        months: i32,
        /// Days.
        days: i32,
        /// Microseconds.
        micros: i64,
    },
    /// UUID.
    Uuid([u8; 16]),
    /// BYTEA.
    Bytea(Vec<u8>),
    /// JSONB, as text.
    Jsonb(String),
    /// A label of an enum, by position.
    Enum(u32),
}

/// An aggregate call.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// Which aggregate.
    pub function: AggregateFunction,
    /// Its argument over the input's columns; `None` for `COUNT(*)`.
    pub arg: Option<Expr>,
    /// `DISTINCT`.
    pub distinct: bool,
    /// `FILTER (WHERE …)`.
    pub filter: Option<Expr>,
    /// Result type.
    pub ty: Type,
    /// Whether the result can be NULL.
    pub nullable: bool,
    /// The words it came from.
    pub span: Span,
}

/// The aggregate functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AggregateFunction {
    /// `COUNT(*)` and `COUNT(x)`.
    Count,
    /// `SUM(x)`: of SMALLINT and INTEGER a BIGINT, of BIGINT and NUMERIC a NUMERIC, of floats the same float.
    Sum,
    /// `AVG(x)`: NUMERIC of exact numbers, DOUBLE PRECISION of floats.
    Avg,
    /// `MIN(x)`
    Min,
    /// `MAX(x)`
    Max,
    /// The value an expression has in every row of the group: how a column that is
    /// functionally dependent on the grouping columns is carried along. Never has DISTINCT or FILTER.
    Determined,
}
