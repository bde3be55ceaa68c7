//! SQL values as SQLite keeps them.
//!
//! What SQLite's shell can show stays readable, and every value comes back as it was: exact decimals are text, since SQLite's
//! numbers are 64-bit integers and floats; NaN is text, since SQLite takes the float for NULL. Moments are microseconds and
//! dates days since 1970-01-01.

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

use cosmictron_types::{Bytes, Date, Interval, SqlType, Time, Timestamp, Uuid, Value};

/// The declared type of a column. None of them makes SQLite convert what is stored: floats have no declared affinity, since `REAL` would
/// lose the sign of zero and take a text for a number.
pub(super) fn declared_type(ty: SqlType) -> &'static str {
    match ty {
        SqlType::Boolean
        | SqlType::SmallInt
        | SqlType::Integer
        | SqlType::BigInt
        | SqlType::Timestamp
        | SqlType::TimestampTz
        | SqlType::Date
        | SqlType::Time => "INTEGER",
        SqlType::Decimal { .. }
        | SqlType::Numeric
        | SqlType::Text
        | SqlType::Char(_)
        | SqlType::Varchar(_)
        | SqlType::Interval
        | SqlType::Jsonb
        | SqlType::Enum(_) => "TEXT",
        SqlType::Real | SqlType::Double => "",
        SqlType::Uuid | SqlType::Bytea => "BLOB",
    }
}

/// A value to be bound to a statement.
pub(super) struct Encoded<'a>(pub(super) &'a Value);

impl ToSql for Encoded<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Boolean(b) => integer(*b),
            Value::Integer(i) => integer(*i),
            Value::Real(x) => float(f64::from(x.0)),
            Value::Double(x) => float(x.0),
            Value::Numeric(n) => text(n.to_string()),
            Value::Text(t) => ToSqlOutput::Borrowed(ValueRef::Text(t.as_bytes())),
            Value::Timestamp(t) => integer(t.micros()),
            Value::Date(d) => integer(d.days()),
            Value::Time(t) => integer(t.micros()),
            Value::Interval(i) => {
                text(format!("{} months {} days {} microseconds", i.months(), i.days(), i.micros()))
            }
            Value::Uuid(u) => ToSqlOutput::Borrowed(ValueRef::Blob(u.as_bytes())),
            Value::Bytes(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
            Value::Json(j) => text(j.to_string()),
        })
    }
}

fn integer(i: impl Into<i64>) -> ToSqlOutput<'static> {
    ToSqlOutput::Borrowed(ValueRef::Integer(i.into()))
}

fn float(x: f64) -> ToSqlOutput<'static> {
    ToSqlOutput::Borrowed(if x.is_nan() { ValueRef::Text(b"NaN") } else { ValueRef::Real(x) })
}

fn text(text: String) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(rusqlite::types::Value::Text(text))
}

/// Reads a value of a column of this type.
pub(super) fn decode(ty: SqlType, stored: ValueRef<'_>) -> Result<Value, String> {
    Ok(match (ty, stored) {
        (_, ValueRef::Null) => Value::Null,
        (SqlType::Boolean, ValueRef::Integer(i @ (0 | 1))) => Value::Boolean(i == 1),
        (SqlType::SmallInt | SqlType::Integer | SqlType::BigInt, ValueRef::Integer(i)) => Value::Integer(i),
        (SqlType::Timestamp | SqlType::TimestampTz, ValueRef::Integer(i)) => {
            Value::Timestamp(Timestamp::from_micros(i))
        }
        (SqlType::Date, ValueRef::Integer(i)) => {
            Value::Date(Date::from_days(i32::try_from(i).map_err(|e| e.to_string())?))
        }
        (SqlType::Time, ValueRef::Integer(i)) => {
            Value::Time(Time::new(i).ok_or_else(|| format!("{i} is not a time of day"))?)
        }
        (SqlType::Real, ValueRef::Real(x)) => Value::Real((x as f32).into()),
        (SqlType::Double, ValueRef::Real(x)) => Value::Double(x.into()),
        // The default of a new column may have been written as an integer.
        (SqlType::Double, ValueRef::Integer(i)) => Value::Double((i as f64).into()),
        (SqlType::Real, ValueRef::Integer(i)) => Value::Real((i as f32).into()),
        (SqlType::Real, ValueRef::Text(b"NaN")) => Value::Real(f32::NAN.into()),
        (SqlType::Double, ValueRef::Text(b"NaN")) => Value::Double(f64::NAN.into()),
        (SqlType::Bytea, ValueRef::Blob(b)) => Value::Bytes(Bytes::from(b)),
        (SqlType::Uuid, ValueRef::Blob(b)) => Value::Uuid(Uuid::from_slice(b).map_err(|e| e.to_string())?),
        (SqlType::Text | SqlType::Char(_) | SqlType::Varchar(_), ValueRef::Text(t)) => {
            Value::Text(utf8(t)?.into())
        }
        (
            SqlType::Decimal { .. } | SqlType::Numeric | SqlType::Jsonb | SqlType::Enum(_),
            ValueRef::Text(t),
        ) => ty.value_from_text(utf8(t)?)?,
        (SqlType::Interval, ValueRef::Text(t)) => {
            Value::Interval(interval(utf8(t)?).ok_or_else(|| format!("{:?} is not an interval", utf8(t)))?)
        }
        (_, other) => return Err(format!("expected {ty}, found {} of SQLite", other.data_type())),
    })
}

/// The parts of an interval as they are. Its usual forms would add some of them up, or not hold the greatest ones.
fn interval(text: &str) -> Option<Interval> {
    let [months, "months", days, "days", micros, "microseconds"] =
        <[&str; 6]>::try_from(text.split(' ').collect::<Vec<_>>()).ok()?
    else {
        return None;
    };
    Some(Interval::new(months.parse().ok()?, days.parse().ok()?, micros.parse().ok()?))
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| error.to_string())
}
