//! Column types as data.

use std::fmt;

use super::Value;
use crate::error::{EvalError, ParseError, TypeName};
use crate::float::{parse_double, parse_real};
use crate::{Bytes, Date, Interval, Json, Numeric, Text, Time, Timestamp, Uuid};

/// The type of a column, as a compiled schema describes it at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SqlType {
    /// `BOOLEAN`
    Boolean,
    /// `SMALLINT`
    SmallInt,
    /// `INTEGER`
    Integer,
    /// `BIGINT`
    BigInt,
    /// `REAL`
    Real,
    /// `DOUBLE PRECISION`
    Double,
    /// `NUMERIC(precision, scale)`
    Decimal {
        /// Digits in all.
        precision: u8,
        /// Digits after the point.
        scale: u8,
    },
    /// `NUMERIC`
    Numeric,
    /// `TEXT` and `VARCHAR`
    Text,
    /// `CHAR(n)`
    Char(u32),
    /// `VARCHAR(n)`
    Varchar(u32),
    /// `TIMESTAMP`
    Timestamp,
    /// `TIMESTAMPTZ`
    TimestampTz,
    /// `DATE`
    Date,
    /// `TIME`
    Time,
    /// `INTERVAL`
    Interval,
    /// `UUID`
    Uuid,
    /// `BYTEA`
    Bytea,
    /// `JSONB`
    Jsonb,
    /// An enum with these labels, in order.
    Enum(&'static [&'static str]),
}

impl SqlType {
    /// Reads a value from its text, as `COPY` does. There is no text for NULL.
    ///
    /// # Errors
    /// A message that says what is wrong with the text.
    pub fn value_from_text(self, text: &str) -> Result<Value, String> {
        if text.contains('\0') {
            return Err("a text cannot contain a zero character".to_owned());
        }
        self.parse(text).map_err(String::from)
    }

    fn parse(self, text: &str) -> Result<Value, ParseError> {
        Ok(match self {
            SqlType::Boolean => Value::Boolean(parse_boolean(text)?),
            SqlType::SmallInt => Value::Integer(parse_integer::<i16>(text, TypeName::SmallInt)?.into()),
            SqlType::Integer => Value::Integer(parse_integer::<i32>(text, TypeName::Integer)?.into()),
            SqlType::BigInt => Value::Integer(parse_integer::<i64>(text, TypeName::BigInt)?),
            SqlType::Real => Value::Real(parse_real(text)?.into()),
            SqlType::Double => Value::Double(parse_double(text)?.into()),
            SqlType::Decimal { .. } | SqlType::Numeric => self.fit_numeric(text.parse()?)?,
            SqlType::Text => Value::Text(text.into()),
            SqlType::Char(n) => Value::Text(fit_char(text, n).map_err(|error| self.too_long(error, text))?),
            SqlType::Varchar(n) => {
                Value::Text(fit_varchar(text, n).map_err(|error| self.too_long(error, text))?)
            }
            SqlType::Timestamp => Value::Timestamp(Timestamp::parse_local(text)?),
            SqlType::TimestampTz => Value::Timestamp(Timestamp::parse(text)?),
            SqlType::Date => Value::Date(text.parse::<Date>()?),
            SqlType::Time => Value::Time(text.parse::<Time>()?),
            SqlType::Interval => Value::Interval(text.parse::<Interval>()?),
            SqlType::Uuid => Value::Uuid(parse_uuid(text)?),
            SqlType::Bytea => Value::Bytes(text.parse::<Bytes>()?),
            SqlType::Jsonb => Value::Json(text.parse::<Json>()?),
            SqlType::Enum(labels) => {
                let label = labels.iter().find(|label| **label == text);
                let label = label.ok_or_else(|| {
                    ParseError::new(
                        EvalError::InvalidText(TypeName::Enum),
                        format!("{text:?} is not one of the labels {}", labels.join(", ")),
                    )
                })?;
                Value::Text(Text::from_static(label))
            }
        })
    }

    /// The number as this exact numeric type stores it.
    pub(super) fn fit_numeric(self, number: Numeric) -> Result<Value, ParseError> {
        let SqlType::Decimal { precision, scale } = self else {
            return Ok(Value::Numeric(number));
        };
        let fitted = number.fit(precision, scale);
        fitted.map(Value::Numeric).map_err(|error| {
            ParseError::new(error, format!("numeric field overflow: {number} does not fit {self}"))
        })
    }

    fn too_long(self, error: EvalError, text: &str) -> ParseError {
        ParseError::new(error, format!("value too long for type {self}: {text:?}"))
    }
}

/// As PostgreSQL spells it.
impl fmt::Display for SqlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SqlType::Boolean => f.write_str("boolean"),
            SqlType::SmallInt => f.write_str("smallint"),
            SqlType::Integer => f.write_str("integer"),
            SqlType::BigInt => f.write_str("bigint"),
            SqlType::Real => f.write_str("real"),
            SqlType::Double => f.write_str("double precision"),
            SqlType::Decimal { precision, scale } => write!(f, "numeric({precision},{scale})"),
            SqlType::Numeric => f.write_str("numeric"),
            SqlType::Text => f.write_str("text"),
            SqlType::Char(n) => write!(f, "character({n})"),
            SqlType::Varchar(n) => write!(f, "character varying({n})"),
            SqlType::Timestamp => f.write_str("timestamp without time zone"),
            SqlType::TimestampTz => f.write_str("timestamp with time zone"),
            SqlType::Date => f.write_str("date"),
            SqlType::Time => f.write_str("time without time zone"),
            SqlType::Interval => f.write_str("interval"),
            SqlType::Uuid => f.write_str("uuid"),
            SqlType::Bytea => f.write_str("bytea"),
            SqlType::Jsonb => f.write_str("jsonb"),
            SqlType::Enum(_) => f.write_str("enum"),
        }
    }
}

/// `true`, `yes`, `on`, `1` and their opposites, in any case and abbreviated as far as that is unique.
pub(crate) fn parse_boolean(text: &str) -> Result<bool, ParseError> {
    let word = text.trim_ascii().to_ascii_lowercase();
    let abbreviates = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
    match word.as_str() {
        "1" => Ok(true),
        "0" => Ok(false),
        _ if abbreviates("true", 1) || abbreviates("yes", 1) || abbreviates("on", 2) => Ok(true),
        _ if abbreviates("false", 1) || abbreviates("no", 1) || abbreviates("off", 2) => Ok(false),
        _ => Err(ParseError::syntax(TypeName::Boolean, text)),
    }
}

/// Digits with an optional sign, blanks around them.
pub(crate) fn parse_integer<T: TryFrom<i64>>(text: &str, ty: TypeName) -> Result<T, ParseError> {
    use std::num::IntErrorKind::{NegOverflow, PosOverflow};
    match text.trim_ascii().parse::<i64>() {
        Ok(integer) => T::try_from(integer).map_err(|_| ParseError::range(ty, text)),
        Err(error) if matches!(error.kind(), PosOverflow | NegOverflow) => Err(ParseError::range(ty, text)),
        Err(_) => Err(ParseError::syntax(ty, text)),
    }
}

/// Hexadecimal digits with or without hyphens and braces.
pub(crate) fn parse_uuid(text: &str) -> Result<Uuid, ParseError> {
    let syntax = || ParseError::syntax(TypeName::Uuid, text);
    let inner = match text.strip_prefix('{') {
        Some(rest) => rest.strip_suffix('}').ok_or_else(syntax)?,
        None => text,
    };
    // A hyphen may stand after each group of four digits.
    let groups = inner.split('-');
    let mut digits = String::with_capacity(32);
    for group in groups {
        let complete =
            group.len() % 4 == 0 && !group.is_empty() && group.bytes().all(|b| b.is_ascii_hexdigit());
        if !complete {
            return Err(syntax());
        }
        digits.push_str(group);
    }
    Uuid::try_parse(&digits).map_err(|_| syntax())
}

/// The text as `CHAR(n)` stores it: padded with blanks to `n` characters; only blanks may be cut off.
pub(crate) fn fit_char(text: &str, n: u32) -> Result<Text, EvalError> {
    let n = n as usize;
    let fitted = cut_blanks(text, n).ok_or(EvalError::TooLong(TypeName::Char))?;
    let missing = n - fitted.chars().count();
    if missing == 0 { Ok(fitted.into()) } else { Ok(Text::from(fitted.to_owned() + &" ".repeat(missing))) }
}

/// The text as `VARCHAR(n)` stores it; only blanks may be cut off.
pub(crate) fn fit_varchar(text: &str, n: u32) -> Result<Text, EvalError> {
    cut_blanks(text, n as usize).map(Text::from).ok_or(EvalError::TooLong(TypeName::VarChar))
}

/// The first `n` characters, if only blanks follow.
fn cut_blanks(text: &str, n: usize) -> Option<&str> {
    match text.char_indices().nth(n) {
        Some((at, _)) if text[at..].bytes().all(|b| b == b' ') => Some(&text[..at]),
        Some(_) => None,
        None => Some(text),
    }
}
