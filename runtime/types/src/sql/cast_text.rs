//! Casts to and from text.

use std::fmt::Display;
use std::str::FromStr;

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

macro_rules! parsed {
    ($($(#[$doc:meta])* $name:ident: $to:ty, |$a:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name($a: &str) -> Result<$to, EvalError> {
            let read: Result<$to, ParseError> = $value;
            read.map_err(|error| error.condition())
        }
    )*};
}

parsed! {
    /// TEXT to BOOLEAN
    text_to_bool: bool, |a| parse_boolean(a);
    /// TEXT to SMALLINT
    text_to_i16: i16, |a| parse_integer(a, TypeName::SmallInt);
    /// TEXT to INTEGER
    text_to_i32: i32, |a| parse_integer(a, TypeName::Integer);
    /// TEXT to BIGINT
    text_to_i64: i64, |a| parse_integer(a, TypeName::BigInt);
    /// TEXT to REAL
    text_to_real: Real, |a| parse_real(a).map(Real::from);
    /// TEXT to DOUBLE PRECISION
    text_to_double: Double, |a| parse_double(a).map(Double::from);
    /// TEXT to NUMERIC
    text_to_numeric: Numeric, |a| a.parse();
    /// TEXT to TIMESTAMP; an offset is ignored
    text_to_timestamp: Timestamp, |a| Timestamp::parse_local(a);
    /// TEXT to TIMESTAMPTZ
    text_to_timestamptz: Timestamp, |a| Timestamp::parse(a);
    /// TEXT to DATE
    text_to_date: Date, |a| a.parse();
    /// TEXT to TIME
    text_to_time: Time, |a| a.parse();
    /// TEXT to INTERVAL
    text_to_interval: Interval, |a| a.parse();
    /// TEXT to UUID
    text_to_uuid: Uuid, |a| parse_uuid(a);
    /// TEXT to BYTEA
    text_to_bytes: Bytes, |a| a.parse();
    /// TEXT to JSONB
    text_to_json: Json, |a| a.parse();
}

/// An enum of the schema to TEXT: its label
pub fn enum_to_text(a: impl Display) -> Text {
    Text::from(a.to_string())
}

/// TEXT to an enum of the schema
pub fn text_to_enum<E: FromStr>(a: &str) -> Result<E, EvalError> {
    a.parse().map_err(|_| EvalError::InvalidText(TypeName::Enum))
}
