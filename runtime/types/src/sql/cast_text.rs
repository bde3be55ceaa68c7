//! Casts to and from text.

use crate::error::{EvalError, ParseError, TypeName};
use crate::float::{format_double, format_real, parse_double, parse_real};
use crate::value::{parse_boolean, parse_integer, parse_uuid};
use crate::{Bytes, Date, Double, Interval, Json, Numeric, Real, Text, Time, Timestamp, Uuid};

macro_rules! printed {
    ($($(#[$doc:meta])* $name:ident: $from:ty, |$a:ident| $text:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name($a: $from) -> Text {
            Text::from($text)
        }
    )*};
}

printed! {
    /// BOOLEAN to TEXT: `true` or `false`
    bool_to_text: bool, |a| if a { "true" } else { "false" };
    /// SMALLINT to TEXT
    i16_to_text: i16, |a| a.to_string();
    /// INTEGER to TEXT
    i32_to_text: i32, |a| a.to_string();
    /// BIGINT to TEXT
    i64_to_text: i64, |a| a.to_string();
    /// REAL to TEXT: the shortest that reads back the same
    real_to_text: Real, |a| format_real(a.0);
    /// DOUBLE PRECISION to TEXT: the shortest that reads back the same
    double_to_text: Double, |a| format_double(a.0);
    /// NUMERIC to TEXT
    numeric_to_text: Numeric, |a| a.to_string();
    /// TIMESTAMP to TEXT
    timestamp_to_text: Timestamp, |a| a.to_string();
    /// TIMESTAMPTZ to TEXT: with `+00`
    timestamptz_to_text: Timestamp, |a| a.to_zoned_string();
    /// DATE to TEXT
    date_to_text: Date, |a| a.to_string();
    /// TIME to TEXT
    time_to_text: Time, |a| a.to_string();
    /// INTERVAL to TEXT
    interval_to_text: Interval, |a| a.to_string();
    /// UUID to TEXT
    uuid_to_text: Uuid, |a| a.to_string();
    /// BYTEA to TEXT
    bytes_to_text: &Bytes, |a| a.to_string();
    /// JSONB to TEXT
    json_to_text: &Json, |a| a.to_string();
}

/// What a failed reading is called depends on whether the form was right.
fn read<T>(result: Result<T, ParseError>, ty: TypeName) -> Result<T, EvalError> {
    let datetime = matches!(
        ty,
        TypeName::Timestamp | TypeName::TimestampTz | TypeName::Date | TypeName::Time | TypeName::Interval
    );
    result.map_err(|error| match error.is_syntax() {
        true if datetime => EvalError::InvalidDatetime(ty),
        true => EvalError::InvalidText(ty),
        false if datetime => EvalError::DatetimeFieldOverflow,
        false => EvalError::OutOfRange(ty),
    })
}

macro_rules! parsed {
    ($($(#[$doc:meta])* $name:ident: $to:ty, $ty:ident, |$a:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name($a: &str) -> Result<$to, EvalError> {
            read($value, TypeName::$ty)
        }
    )*};
}

parsed! {
    /// TEXT to BOOLEAN
    text_to_bool: bool, Boolean, |a| parse_boolean(a);
    /// TEXT to SMALLINT
    text_to_i16: i16, SmallInt, |a| parse_integer(a, TypeName::SmallInt);
    /// TEXT to INTEGER
    text_to_i32: i32, Integer, |a| parse_integer(a, TypeName::Integer);
    /// TEXT to BIGINT
    text_to_i64: i64, BigInt, |a| parse_integer(a, TypeName::BigInt);
    /// TEXT to REAL
    text_to_real: Real, Real, |a| parse_real(a).map(Real::from);
    /// TEXT to DOUBLE PRECISION
    text_to_double: Double, Double, |a| parse_double(a).map(Double::from);
    /// TEXT to NUMERIC
    text_to_numeric: Numeric, Numeric, |a| a.parse();
    /// TEXT to TIMESTAMP; an offset is ignored
    text_to_timestamp: Timestamp, Timestamp, |a| Timestamp::parse_local(a);
    /// TEXT to TIMESTAMPTZ
    text_to_timestamptz: Timestamp, TimestampTz, |a| Timestamp::parse(a);
    /// TEXT to DATE
    text_to_date: Date, Date, |a| a.parse();
    /// TEXT to TIME
    text_to_time: Time, Time, |a| a.parse();
    /// TEXT to INTERVAL
    text_to_interval: Interval, Interval, |a| a.parse();
    /// TEXT to UUID
    text_to_uuid: Uuid, Uuid, |a| parse_uuid(a);
    /// TEXT to BYTEA
    text_to_bytes: Bytes, Bytea, |a| a.parse();
    /// TEXT to JSONB
    text_to_json: Json, Json, |a| a.parse();
}

/// The labels of an enum of the schema; emitted code implements it.
pub trait EnumLabels: Copy + 'static {
    /// The labels, in the order of their declaration.
    const LABELS: &'static [&'static str];

    /// The position of the value's label.
    fn ordinal(self) -> usize;

    /// The value of the label at this position, if there is one.
    fn from_ordinal(ordinal: usize) -> Option<Self>;
}

/// An enum to TEXT: its label
pub fn enum_to_text<E: EnumLabels>(a: E) -> Text {
    E::LABELS.get(a.ordinal()).map_or_else(Text::default, |label| Text::from_static(label))
}

/// TEXT to an enum
pub fn text_to_enum<E: EnumLabels>(a: &str) -> Result<E, EvalError> {
    let ordinal = E::LABELS.iter().position(|label| *label == a);
    ordinal.and_then(E::from_ordinal).ok_or(EvalError::InvalidText(TypeName::Enum))
}
