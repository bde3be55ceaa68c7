//! Between constants of the algebra, their texts, and runtime values.

use cosmictron_types::{Bytes, Date, Interval, Numeric, SqlType, Text, Time, Timestamp, Uuid, Value};

use crate::algebra::Literal;
use crate::types::Type;

/// Reads a string literal as a constant of this type, as PostgreSQL does. `labels` are those of an enum.
///
/// # Errors
/// What is wrong with the text, in one line.
///
/// ```
/// use cosmictron_compiler::algebra::Literal;
/// use cosmictron_compiler::functions::parse_literal;
/// use cosmictron_compiler::types::Type;
///
/// let day = parse_literal("1 day", Type::Interval, None);
/// assert_eq!(day, Ok(Literal::Interval { months: 0, days: 1, micros: 0 }));
/// assert!(parse_literal("yesterday", Type::Date, None).is_err());
/// ```
pub fn parse_literal(text: &str, to: Type, labels: Option<&[String]>) -> Result<Literal, String> {
    if let Type::Enum(_) = to {
        let labels = labels.unwrap_or_default();
        let ordinal = labels.iter().position(|label| label == text);
        let ordinal =
            ordinal.ok_or_else(|| format!("{text:?} is not one of the labels {}", labels.join(", ")))?;
        return Ok(Literal::Enum(ordinal as u32));
    }
    let ty = sql_type(to).ok_or("no constant can be read as this type")?;
    let value = ty.value_from_text(text)?;
    literal_of(&value, to, labels).ok_or_else(|| format!("{text:?} has more digits than a constant can have"))
}

/// The runtime description of a type; none for enums, whose labels it would need, and for a poisoned type.
fn sql_type(ty: Type) -> Option<SqlType> {
    Some(match ty {
        Type::Error | Type::Enum(_) => return None,
        Type::Boolean => SqlType::Boolean,
        Type::SmallInt => SqlType::SmallInt,
        Type::Integer => SqlType::Integer,
        Type::BigInt => SqlType::BigInt,
        Type::Real => SqlType::Real,
        Type::Double => SqlType::Double,
        Type::Decimal { precision, scale } => SqlType::Decimal { precision, scale },
        Type::Numeric => SqlType::Numeric,
        Type::Text | Type::Varchar => SqlType::Text,
        Type::Char(n) => SqlType::Char(n),
        Type::Timestamp => SqlType::Timestamp,
        Type::TimestampTz => SqlType::TimestampTz,
        Type::Date => SqlType::Date,
        Type::Time => SqlType::Time,
        Type::Interval => SqlType::Interval,
        Type::Uuid => SqlType::Uuid,
        Type::Bytea => SqlType::Bytea,
        Type::Jsonb => SqlType::Jsonb,
    })
}

/// The constant that is this value of this type. `None` if the value is of another type, or a number of more digits than
/// a constant has.
pub fn literal_of(value: &Value, ty: Type, labels: Option<&[String]>) -> Option<Literal> {
    Some(match value {
        Value::Null => Literal::Null,
        Value::Boolean(b) => Literal::Boolean(*b),
        Value::Integer(i) => Literal::Integer(*i),
        Value::Real(x) => Literal::Float(f64::from(x.0).to_bits()),
        Value::Double(x) => Literal::Float(x.0.to_bits()),
        Value::Numeric(n) => {
            let scaled = match ty {
                Type::Decimal { scale, .. } => n.rescale(scale).ok()?,
                _ => *n,
            };
            Literal::Numeric { mantissa: scaled.mantissa()?, scale: scaled.scale() }
        }
        Value::Text(label) if matches!(ty, Type::Enum(_)) => {
            Literal::Enum(labels?.iter().position(|l| label == l.as_str())? as u32)
        }
        Value::Text(s) => Literal::Text(s.as_str().to_owned()),
        Value::Timestamp(t) => Literal::Timestamp(t.micros()),
        Value::Date(d) => Literal::Date(d.days()),
        Value::Time(t) => Literal::Time(t.micros()),
        Value::Interval(i) => Literal::Interval { months: i.months(), days: i.days(), micros: i.micros() },
        Value::Uuid(u) => Literal::Uuid(*u.as_bytes()),
        Value::Bytes(b) => Literal::Bytea(b.to_vec()),
        Value::Json(j) => Literal::Jsonb(j.to_string()),
    })
}

/// The runtime value of a constant of this type. `None` if it is none, for example the number of a label that the enum
/// does not have.
pub fn value_of(literal: &Literal, ty: Type, labels: Option<&[String]>) -> Option<Value> {
    Some(match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(b) => Value::Boolean(*b),
        Literal::Integer(i) => Value::Integer(*i),
        Literal::Float(bits) if ty == Type::Real => Value::Real((f64::from_bits(*bits) as f32).into()),
        Literal::Float(bits) => Value::Double(f64::from_bits(*bits).into()),
        Literal::Numeric { mantissa, scale } if *scale <= 76 => {
            Value::Numeric(Numeric::new(*mantissa, *scale))
        }
        Literal::Numeric { .. } => return None,
        Literal::Text(s) => Value::Text(Text::from(s.as_str())),
        Literal::Timestamp(micros) => Value::Timestamp(Timestamp::from_micros(*micros)),
        Literal::Date(days) => Value::Date(Date::from_days(*days)),
        Literal::Time(micros) => Value::Time(Time::new(*micros)?),
        Literal::Interval { months, days, micros } => Value::Interval(Interval::new(*months, *days, *micros)),
        Literal::Uuid(bytes) => Value::Uuid(Uuid::from_bytes(*bytes)),
        Literal::Bytea(bytes) => Value::Bytes(Bytes::from(bytes.as_slice())),
        Literal::Jsonb(text) => Value::Json(text.parse().ok()?),
        Literal::Enum(ordinal) => Value::Text(Text::from(labels?.get(*ordinal as usize)?.as_str())),
    })
}

/// A text as an explicit cast to CHAR(n) makes it: padded, or cut.
pub(super) fn cut_char(text: &str, n: u32) -> Text {
    let cut: String = text.chars().take(n as usize).collect();
    let missing = n as usize - cut.chars().count();
    Text::from(cut + &" ".repeat(missing))
}
