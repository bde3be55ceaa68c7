//! Casts, as PostgreSQL's catalog of casts has them.

use super::prelude::*;
use crate::functions::Generics;
use crate::functions::cast::CastContext;
use crate::functions::evaluate::EvaluationError;

/// A cast between two kinds.
#[derive(Debug)]
pub(in crate::functions) struct CastEntry {
    pub from: Kind,
    pub to: Kind,
    pub context: CastContext,
    pub function: Function,
}

/// A cast to decimals of a known scale.
#[derive(Debug)]
pub(in crate::functions) struct DecimalCastEntry {
    pub from: Param,
    pub context: CastContext,
    pub function: Function,
}

/// The name of a function that exists, though it is not called here.
macro_rules! existing {
    ($rust:ident) => {{
        #[allow(unused_imports)]
        use sql::$rust;
        stringify!($rust)
    }};
}

macro_rules! cast_function {
    ($param:expr, $returns:expr, $generics:ident, $rust:ident, $fallible:expr, $kernel:expr) => {
        Function {
            name: "cast",
            rust: existing!($rust),
            fallible: $fallible,
            nullable: false,
            generics: Generics::$generics,
            unit: None,
            params: &[$param],
            returns: $returns,
            evaluate: |args| Kernel::call(&$kernel, args),
        }
    };
}

macro_rules! casts {
    ($($from:ident => $to:ident, $context:ident = $rust:ident $(<$generics:ident> via $via:ident)?;)*) => {
        /// The casts between kinds that need no scale.
        pub(in crate::functions) static CASTS: &[CastEntry] = &[$(
            CastEntry {
                from: Kind::$from,
                to: Kind::$to,
                context: CastContext::$context,
                function: casts!(@function $from $to $rust $(<$generics> via $via)?),
            }
        ),*];
    };
    (@function $from:ident $to:ident $rust:ident) => {
        cast_function!(
            Param::Kind(Kind::$from), Returns::Kind(Kind::$to), None, $rust, is_fallible(&sql::$rust), sql::$rust
        )
    };
    (@function $from:ident $to:ident $rust:ident <$generics:ident> via $via:ident) => {
        cast_function!(
            Param::Kind(Kind::$from), Returns::Kind(Kind::$to), $generics, $rust, is_fallible(&$via), $via
        )
    };
}

/// The labels of an enum are texts where they are dynamic.
fn label(text: &str) -> cosmictron_types::Text {
    text.into()
}

/// Can fail as the emitted function can; whether it does is found out where the labels are known.
fn checked_label(text: &str) -> Result<cosmictron_types::Text, cosmictron_types::EvalError> {
    Ok(text.into())
}

casts! {
    SmallInt => Integer, Implicit = i16_to_i32;
    SmallInt => BigInt, Implicit = i16_to_i64;
    SmallInt => Real, Implicit = i16_to_real;
    SmallInt => Double, Implicit = i16_to_double;
    SmallInt => Numeric, Implicit = i16_to_numeric;
    SmallInt => Text, Assignment = i16_to_text;
    Integer => SmallInt, Assignment = i32_to_i16;
    Integer => BigInt, Implicit = i32_to_i64;
    Integer => Real, Implicit = i32_to_real;
    Integer => Double, Implicit = i32_to_double;
    Integer => Numeric, Implicit = i32_to_numeric;
    Integer => Boolean, Explicit = i32_to_bool;
    Integer => Text, Assignment = i32_to_text;
    BigInt => SmallInt, Assignment = i64_to_i16;
    BigInt => Integer, Assignment = i64_to_i32;
    BigInt => Real, Implicit = i64_to_real;
    BigInt => Double, Implicit = i64_to_double;
    BigInt => Numeric, Implicit = i64_to_numeric;
    BigInt => Text, Assignment = i64_to_text;
    Real => SmallInt, Assignment = real_to_i16;
    Real => Integer, Assignment = real_to_i32;
    Real => BigInt, Assignment = real_to_i64;
    Real => Double, Implicit = real_to_double;
    Real => Numeric, Assignment = real_to_numeric;
    Real => Text, Assignment = real_to_text;
    Double => SmallInt, Assignment = double_to_i16;
    Double => Integer, Assignment = double_to_i32;
    Double => BigInt, Assignment = double_to_i64;
    Double => Real, Assignment = double_to_real;
    Double => Numeric, Assignment = double_to_numeric;
    Double => Text, Assignment = double_to_text;
    Numeric => SmallInt, Assignment = numeric_to_i16;
    Numeric => Integer, Assignment = numeric_to_i32;
    Numeric => BigInt, Assignment = numeric_to_i64;
    Numeric => Real, Implicit = numeric_to_real;
    Numeric => Double, Implicit = numeric_to_double;
    Numeric => Text, Assignment = numeric_to_text;

    Boolean => Integer, Explicit = bool_to_i32;
    Boolean => Text, Assignment = bool_to_text;

    Text => Boolean, Explicit = text_to_bool;
    Text => SmallInt, Explicit = text_to_i16;
    Text => Integer, Explicit = text_to_i32;
    Text => BigInt, Explicit = text_to_i64;
    Text => Real, Explicit = text_to_real;
    Text => Double, Explicit = text_to_double;
    Text => Numeric, Explicit = text_to_numeric;
    Text => Timestamp, Explicit = text_to_timestamp;
    Text => TimestampTz, Explicit = text_to_timestamptz;
    Text => Date, Explicit = text_to_date;
    Text => Time, Explicit = text_to_time;
    Text => Interval, Explicit = text_to_interval;
    Text => Uuid, Explicit = text_to_uuid;
    Text => Bytea, Explicit = text_to_bytes;
    Text => Jsonb, Explicit = text_to_json;
    Text => Enum, Explicit = text_to_enum<Result> via checked_label;
    Text => Char, Implicit = text_to_char<Length> via label;
    Char => Text, Implicit = char_to_text;

    Timestamp => TimestampTz, Implicit = timestamp_to_timestamp;
    Timestamp => Date, Assignment = timestamp_to_date;
    Timestamp => Time, Assignment = timestamp_to_time;
    Timestamp => Text, Assignment = timestamp_to_text;
    TimestampTz => Timestamp, Assignment = timestamp_to_timestamp;
    TimestampTz => Date, Assignment = timestamp_to_date;
    TimestampTz => Time, Assignment = timestamp_to_time;
    TimestampTz => Text, Assignment = timestamptz_to_text;
    Date => Timestamp, Implicit = date_to_timestamp;
    Date => TimestampTz, Implicit = date_to_timestamp;
    Date => Text, Assignment = date_to_text;
    Time => Interval, Implicit = time_to_interval;
    Time => Text, Assignment = time_to_text;
    Interval => Time, Assignment = interval_to_time;
    Interval => Text, Assignment = interval_to_text;

    Uuid => Text, Assignment = uuid_to_text;
    Bytea => Text, Assignment = bytes_to_text;
    Jsonb => Text, Assignment = json_to_text;
    Jsonb => Boolean, Explicit = json_to_bool;
    Jsonb => SmallInt, Explicit = json_to_i16;
    Jsonb => Integer, Explicit = json_to_i32;
    Jsonb => BigInt, Explicit = json_to_i64;
    Jsonb => Double, Explicit = json_to_double;
    Jsonb => Numeric, Explicit = json_to_numeric;
    Enum => Text, Assignment = enum_to_text<None> via label;
}

macro_rules! from_decimal {
    ($($to:ident, $context:ident = $rust:ident via $via:ident;)*) => {
        /// The casts from decimals.
        pub(in crate::functions) static FROM_DECIMAL: &[CastEntry] = &[$(
            CastEntry {
                from: Kind::Numeric,
                to: Kind::$to,
                context: CastContext::$context,
                function: cast_function!(
                    Param::Decimal, Returns::Kind(Kind::$to), Scales, $rust, is_fallible(&sql::$via), sql::$via
                ),
            }
        ),*];
    };
}

from_decimal! {
    SmallInt, Assignment = decimal_to_i16 via numeric_to_i16;
    Integer, Assignment = decimal_to_i32 via numeric_to_i32;
    BigInt, Assignment = decimal_to_i64 via numeric_to_i64;
    Real, Implicit = decimal_to_real via numeric_to_real;
    Double, Implicit = decimal_to_double via numeric_to_double;
    Numeric, Implicit = decimal_to_numeric via plus_numeric;
    Text, Assignment = decimal_to_text via numeric_to_text;
}

macro_rules! to_decimal {
    ($($table:ident = $rust:ident<$generics:ident>, $fallible:literal: $($from:ident $context:ident),*;)*) => {$(
        /// Casts to decimals, evaluated by the precision and scale of the target.
        pub(in crate::functions) static $table: &[DecimalCastEntry] = &[$(
            DecimalCastEntry {
                from: param!($from),
                context: CastContext::$context,
                function: Function {
                    name: "cast",
                    rust: existing!($rust),
                    fallible: $fallible,
                    nullable: false,
                    generics: Generics::$generics,
                    unit: None,
                    params: &[param!($from)],
                    returns: Returns::ConstantScale,
                    evaluate: |_| Err(EvaluationError::Mistyped),
                },
            }
        ),*];
    )*};
}

to_decimal! {
    EXTEND_DECIMAL = extend_decimal<Scales>, false: Decimal Implicit;
    EXTEND_INTEGER = extend_integer<Scales>, false: SmallInt Implicit, Integer Implicit, BigInt Implicit;
    TO_DECIMAL = to_decimal<PrecisionAndScale>, true:
        SmallInt Implicit, Integer Implicit, BigInt Implicit, Real Assignment, Double Assignment,
        Decimal Assignment, Numeric Assignment, Text Explicit;
    TO_WIDE_DECIMAL = to_wide_decimal<PrecisionAndScale>, true:
        SmallInt Implicit, Integer Implicit, BigInt Implicit, Real Assignment, Double Assignment,
        Decimal Assignment, Numeric Assignment, Text Explicit;
}
