//! Values whose type is known only at run time.

mod convert;
mod json;
mod sql_type;

use std::fmt;

pub use convert::{FromValue, ToValue};
pub use sql_type::SqlType;
pub(crate) use sql_type::{fit_char, fit_varchar, parse_boolean, parse_integer, parse_uuid};

use crate::float::{format_double, format_real};
use crate::{Bytes, Date, Double, Interval, Json, Numeric, Real, Text, Time, Timestamp, Uuid};

/// An SQL value of any type, for the edges of a program where rows are dynamic.
///
/// The type is kept beside it as a [`SqlType`]: integers of every width are one variant, so are all exact decimals,
/// and a label of an enum is its text.
///
/// ```
/// use cosmictron_types::{SqlType, Value};
///
/// let ty = SqlType::Decimal { precision: 12, scale: 2 };
/// let total = ty.value_from_text("12.5")?;
/// let mut json = String::new();
/// total.write_json(ty, &mut json);
/// assert_eq!(json, "\"12.50\"");
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// NULL of any type.
    Null,
    /// `BOOLEAN`
    Boolean(bool),
    /// `SMALLINT`, `INTEGER` and `BIGINT`
    Integer(i64),
    /// `REAL`
    Real(Real),
    /// `DOUBLE PRECISION`
    Double(Double),
    /// `NUMERIC` of every precision and scale
    Numeric(Numeric),
    /// `TEXT`, `VARCHAR(n)`, `CHAR(n)` with its blanks, and labels of enums
    Text(Text),
    /// `TIMESTAMP` and `TIMESTAMPTZ`
    Timestamp(Timestamp),
    /// `DATE`
    Date(Date),
    /// `TIME`
    Time(Time),
    /// `INTERVAL`
    Interval(Interval),
    /// `UUID`
    Uuid(Uuid),
    /// `BYTEA`
    Bytes(Bytes),
    /// `JSONB`
    Json(Json),
}

impl Value {
    /// Whether it is NULL.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// What it is, for messages.
    fn kind(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::Boolean(_) => "a boolean",
            Value::Integer(_) => "an integer",
            Value::Real(_) | Value::Double(_) => "a float",
            Value::Numeric(_) => "a numeric",
            Value::Text(_) => "a text",
            Value::Timestamp(_) => "a timestamp",
            Value::Date(_) => "a date",
            Value::Time(_) => "a time",
            Value::Interval(_) => "an interval",
            Value::Uuid(_) => "a UUID",
            Value::Bytes(_) => "a byte string",
            Value::Json(_) => "a JSON document",
        }
    }
}

/// As `psql` shows it, NULL as nothing.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => Ok(()),
            Value::Boolean(b) => f.write_str(if *b { "t" } else { "f" }),
            Value::Integer(i) => write!(f, "{i}"),
            Value::Real(x) => f.write_str(&format_real(x.0)),
            Value::Double(x) => f.write_str(&format_double(x.0)),
            Value::Numeric(n) => write!(f, "{n}"),
            Value::Text(s) => f.write_str(s),
            Value::Timestamp(t) => write!(f, "{t}"),
            Value::Date(d) => write!(f, "{d}"),
            Value::Time(t) => write!(f, "{t}"),
            Value::Interval(i) => write!(f, "{i}"),
            Value::Uuid(u) => write!(f, "{u}"),
            Value::Bytes(b) => write!(f, "{b}"),
            Value::Json(j) => write!(f, "{j}"),
        }
    }
}
