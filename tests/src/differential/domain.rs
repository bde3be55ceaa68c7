//! Random values: small domains, so that rows meet in groups and joins, with the edges of each type among them.

use cosmictron_compiler::catalog::Catalog;
use cosmictron_compiler::types::Type;
use cosmictron_types::{Bytes, Date, Numeric, SqlType, Time, Timestamp, Uuid, Value};

use crate::random::Random;

const TEXTS: [&str; 10] = ["", "a", "b", "ab", "Ab", "b c", "ä", "100%", "x_y", "12"];
/// Different numbers, so that equal ones are shown alike.
const NUMERICS: [&str; 9] =
    ["0", "1.5", "-2.25", "7", "0.125", "100.10", "3.000", "-0.5", "12345678901234567890.5"];
const INTERVALS: [&str; 8] =
    ["0", "1 day", "2 hours", "-3 days", "1 month", "90 minutes", "1 year 2 days", "-00:00:01.5"];
const DOCUMENTS: [&str; 6] =
    ["null", "1", "\"a\"", "{\"a\": 1}", "[1, 2]", "{\"b\": [true, null], \"a\": 2.5}"];

/// What a column's values are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Keys and references: few values, none of them extreme.
    Key,
    /// Everything else.
    Payload,
}

/// How rarely a payload is extreme.
const EXTREMES: usize = 150;

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A value of a type that is not NULL.
pub(super) fn value(random: &mut Random, catalog: &Catalog, ty: Type, of: Use, now: Timestamp) -> Value {
    let extreme = of == Use::Payload && random.once_in(EXTREMES);
    match ty {
        Type::Boolean => Value::Boolean(random.once_in(2)),
        Type::SmallInt | Type::Integer | Type::BigInt => {
            Value::Integer(if extreme { extreme_integer(random, ty) } else { random.between(-2, 9) })
        }
        Type::Real => Value::Real(if extreme { f32::MAX.into() } else { (quarters(random) as f32).into() }),
        Type::Double => {
            Value::Double(if extreme { extreme_double(random).into() } else { quarters(random).into() })
        }
        Type::Decimal { precision, scale } => decimal(random, precision, scale, extreme),
        Type::Numeric => parsed(SqlType::Numeric, random.pick::<&str>(&NUMERICS)),
        Type::Text | Type::Varchar => Value::Text((*random.pick::<&str>(&TEXTS)).into()),
        Type::Char(n) => {
            let text: String = random.pick::<&str>(&TEXTS).trim_end().chars().take(n as usize).collect();
            Value::Text(text.into())
        }
        Type::Timestamp | Type::TimestampTz => Value::Timestamp(moment(random, of, now)),
        Type::Date => {
            Value::Date(Date::from_days((now.micros().div_euclid(DAY) + random.between(-3, 3)) as i32))
        }
        Type::Time => Value::Time(Time::new(random.between(0, 47) * 30 * MINUTE).unwrap_or_default()),
        Type::Interval => parsed(SqlType::Interval, random.pick::<&str>(&INTERVALS)),
        Type::Uuid => Value::Uuid(Uuid::from_bytes([random.below(5) as u8 * 50; 16])),
        Type::Bytea => Value::Bytes(Bytes::from(&[0, 255, 97, 0][..random.below(5)])),
        Type::Jsonb => parsed(SqlType::Jsonb, random.pick::<&str>(&DOCUMENTS)),
        Type::Enum(id) => Value::Text(random.pick(&catalog.enum_type(id).labels).as_str().into()),
        Type::Error => Value::Null,
    }
}

fn parsed(ty: SqlType, text: &str) -> Value {
    ty.value_from_text(text).unwrap_or(Value::Null)
}

fn extreme_integer(random: &mut Random, ty: Type) -> i64 {
    let (least, greatest) = match ty {
        Type::SmallInt => (i16::MIN.into(), i16::MAX.into()),
        Type::Integer => (i32::MIN.into(), i32::MAX.into()),
        _ => (i64::MIN, i64::MAX),
    };
    *random.pick(&[least, greatest, greatest - 1])
}

fn extreme_double(random: &mut Random) -> f64 {
    *random.pick(&[f64::MAX, f64::MIN, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e-310])
}

fn quarters(random: &mut Random) -> f64 {
    match random.below(8) {
        0 => 0.1,
        1 => 1e10,
        _ => random.between(-6, 20) as f64 / 4.0,
    }
}

fn decimal(random: &mut Random, precision: u8, scale: u8, extreme: bool) -> Value {
    let mantissa = if extreme {
        10_i128.pow(precision.into()) - 1
    } else {
        i128::from(random.between(-4, 12)) * 10_i128.pow(scale.into()) / *random.pick(&[1, 2, 4])
    };
    Value::Numeric(Numeric::new(mantissa, scale))
}

/// Mostly within two days of the clock, often on a quarter of an hour.
fn moment(random: &mut Random, of: Use, now: Timestamp) -> Timestamp {
    if of == Use::Payload && random.once_in(60) {
        return *random.pick(&[Timestamp::INFINITY, Timestamp::NEG_INFINITY, Timestamp::from_micros(0)]);
    }
    let quarter = 15 * MINUTE;
    let ago = random.between(-40, 200) * quarter;
    let base = if random.once_in(3) { now.micros() } else { now.micros() / quarter * quarter };
    let jitter = if random.once_in(10) { random.between(-1, 1) } else { 0 };
    Timestamp::from_micros(base - ago + jitter)
}
