//! Values as JSON.

use serde_json::Value as Tree;

use super::{SqlType, Value};
use crate::Json;
use crate::error::ParseError;
use crate::float::{format_double, format_real};
use crate::json::write_json_string;

impl SqlType {
    /// Reads a value from JSON.
    ///
    /// Numbers may also be written as strings, which is how a `NUMERIC` keeps its digits on the way through programs
    /// that know only floats; dates and times are strings in RFC 3339 or any form of PostgreSQL's.
    ///
    /// # Errors
    /// A message that says what is wrong.
    ///
    /// ```
    /// use cosmictron_types::{SqlType, Value};
    ///
    /// let price = SqlType::Decimal { precision: 6, scale: 2 };
    /// assert_eq!(price.value_from_json(&"12.5".into()), price.value_from_text("12.50"));
    /// assert!(price.value_from_json(&"123456".into()).is_err());
    /// assert_eq!(SqlType::Integer.value_from_json(&7.into()), Ok(Value::Integer(7)));
    /// assert_eq!(SqlType::Integer.value_from_json(&serde_json::Value::Null), Ok(Value::Null));
    /// ```
    pub fn value_from_json(self, json: &Tree) -> Result<Value, String> {
        match (self, json) {
            // The document `null` is a value of its own, but a column set to null is meant to be NULL.
            (_, Tree::Null) => Ok(Value::Null),
            (SqlType::Jsonb, json) => Json::from_serde(json).map(Value::Json).map_err(String::from),
            (SqlType::Boolean, Tree::Bool(b)) => Ok(Value::Boolean(*b)),
            (SqlType::SmallInt | SqlType::Integer | SqlType::BigInt, Tree::Number(n)) => {
                self.integer_from_number(&n.to_string())
            }
            (
                SqlType::Real | SqlType::Double | SqlType::Decimal { .. } | SqlType::Numeric,
                Tree::Number(n),
            ) => self.value_from_text(&n.to_string()),
            (SqlType::Boolean, Tree::String(_)) => Err(format!("expected {self}, found {json}")),
            (_, Tree::String(s)) => self.value_from_text(s),
            _ => Err(format!("expected {self}, found {json}")),
        }
    }

    /// Reads an integer from a JSON number, which may be written as `1.0` or `1e3`.
    fn integer_from_number(self, number: &str) -> Result<Value, String> {
        if number.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return self.value_from_text(number);
        }
        let exact: crate::Numeric = number.parse().map_err(|error: ParseError| error.to_string())?;
        let whole = exact.rescale(0).ok().filter(|whole| *whole == exact);
        let whole = whole.ok_or_else(|| format!("expected {self}, found {number}"))?;
        self.value_from_text(&whole.to_string())
    }
}

impl Value {
    /// Appends the value as JSON.
    ///
    /// Integers are numbers in full and floats numbers that read back the same, NaN and infinities strings; `NUMERIC` is a
    /// string with its decimals; timestamps are RFC 3339 in UTC, intervals ISO 8601, bytes `"\\x…"`.
    pub fn write_json(&self, ty: SqlType, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Boolean(b) => out.push_str(if *b { "true" } else { "false" }),
            Value::Integer(i) => out.push_str(&i.to_string()),
            Value::Real(x) if x.is_finite() => out.push_str(&format_real(x.0)),
            Value::Double(x) if x.is_finite() => out.push_str(&format_double(x.0)),
            Value::Numeric(n) if matches!(ty, SqlType::SmallInt | SqlType::Integer | SqlType::BigInt) => {
                out.push_str(&n.to_string());
            }
            Value::Timestamp(t) => push_quoted(out, &t.to_rfc3339()),
            Value::Interval(i) => push_quoted(out, &i.to_iso8601()),
            Value::Text(s) => push_string(out, s),
            Value::Bytes(b) => push_string(out, &b.to_string()),
            Value::Json(j) => out.push_str(&j.to_string()),
            Value::Real(_)
            | Value::Double(_)
            | Value::Numeric(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Uuid(_) => push_quoted(out, &self.to_string()),
        }
    }
}

/// For texts in which nothing needs an escape.
fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

fn push_string(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = write_json_string(out, text);
}
