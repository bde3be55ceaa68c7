//! `date_part`: [`super::extract`] as DOUBLE PRECISION, in the floating-point steps PostgreSQL takes.

use super::extract;
use crate::error::EvalError;
use crate::time::calendar::{DAY, HOUR, MINUTE, SECOND};
use crate::{Double, Interval, Time, Timestamp};

/// Fields that are whole numbers are exact either way.
fn to_double(number: crate::Numeric) -> Double {
    number.mantissa().map_or(f64::NAN, |n| n as f64).into()
}

/// `seconds + fraction / 10^6`, which need not be the double nearest to the decimal.
fn seconds(micros: i64) -> Double {
    ((micros / SECOND) as f64 + (micros % SECOND) as f64 / 1e6).into()
}

fn milliseconds(micros: i64) -> Double {
    ((micros / SECOND) as f64 * 1000.0 + (micros % SECOND) as f64 / 1000.0).into()
}

/// A field that grows with the moment, which is infinite where that is.
fn growing(
    a: Timestamp,
    field: impl FnOnce(Timestamp) -> Result<Double, EvalError>,
) -> Result<Double, EvalError> {
    match a {
        Timestamp::INFINITY => Ok(f64::INFINITY.into()),
        Timestamp::NEG_INFINITY => Ok(f64::NEG_INFINITY.into()),
        finite => field(finite),
    }
}

macro_rules! whole_fields {
    ($module:ident, $ty:ty, growing $($field:ident)*) => {
        $(
            #[doc = concat!("`date_part('", stringify!($field), "', a)`, infinite for infinities")]
            pub fn $field(a: $ty) -> Result<Double, EvalError> {
                growing(a, |a| extract::$module::$field(a).map(to_double))
            }
        )*
    };
    ($module:ident, $ty:ty, try $($field:ident)*) => {
        $(
            #[doc = concat!("`date_part('", stringify!($field), "', a)`")]
            pub fn $field(a: $ty) -> Result<Double, EvalError> {
                extract::$module::$field(a).map(to_double)
            }
        )*
    };
    ($module:ident, $ty:ty, $($field:ident)*) => {
        $(
            #[doc = concat!("`date_part('", stringify!($field), "', a)`")]
            pub fn $field(a: $ty) -> Double {
                to_double(extract::$module::$field(a))
            }
        )*
    };
}

/// The fields of moments. Infinities have those that grow with the moment.
pub mod timestamp {
    use super::*;

    whole_fields!(timestamp, Timestamp, growing year decade century millennium isoyear);
    whole_fields!(timestamp, Timestamp, try day month quarter week dow isodow doy hour minute microseconds timezone);

    /// `date_part('second', a)`
    pub fn second(a: Timestamp) -> Result<Double, EvalError> {
        Ok(seconds(extract::parts(a)?.1 % MINUTE))
    }

    /// `date_part('milliseconds', a)`
    pub fn milliseconds(a: Timestamp) -> Result<Double, EvalError> {
        Ok(super::milliseconds(extract::parts(a)?.1 % MINUTE))
    }

    /// `date_part('epoch', a)`, infinite for infinities
    pub fn epoch(a: Timestamp) -> Result<Double, EvalError> {
        growing(a, |a| Ok((a.micros() as f64 / 1e6).into()))
    }

    /// `date_part('julian', a)`, infinite for infinities
    pub fn julian(a: Timestamp) -> Result<Double, EvalError> {
        growing(a, finite_julian)
    }

    fn finite_julian(a: Timestamp) -> Result<Double, EvalError> {
        let micros = extract::parts(a)?.1;
        let days =
            to_double(extract::timestamp::julian(Timestamp::from_micros(a.micros() - micros))?.trimmed());
        let whole_seconds = (micros / HOUR * 60 + micros / MINUTE % 60) * 60 + micros / SECOND % 60;
        let seconds = whole_seconds as f64 + (micros % SECOND) as f64 / 1e6;
        Ok((days.0 + seconds / (DAY / SECOND) as f64).into())
    }
}

/// The fields of times of day.
pub mod time {
    use super::*;

    whole_fields!(time, Time, hour minute microseconds);

    /// `date_part('second', a)`
    pub fn second(a: Time) -> Double {
        seconds(a.micros() % MINUTE)
    }

    /// `date_part('milliseconds', a)`
    pub fn milliseconds(a: Time) -> Double {
        super::milliseconds(a.micros() % MINUTE)
    }

    /// `date_part('epoch', a)`
    pub fn epoch(a: Time) -> Double {
        (a.micros() as f64 / 1e6).into()
    }
}

/// The fields of spans.
pub mod interval {
    use super::*;

    whole_fields!(interval, Interval, millennium century decade year quarter month day hour minute microseconds);

    /// `date_part('second', a)`
    pub fn second(a: Interval) -> Double {
        seconds(a.micros() % MINUTE)
    }

    /// `date_part('milliseconds', a)`
    pub fn milliseconds(a: Interval) -> Double {
        super::milliseconds(a.micros() % MINUTE)
    }

    /// `date_part('epoch', a)`
    pub fn epoch(a: Interval) -> Double {
        const DAY: f64 = 86_400.0;
        let years = 365.25 * DAY * f64::from(a.months() / 12);
        let months = 30.0 * DAY * f64::from(a.months() % 12);
        (a.micros() as f64 / 1e6 + years + months + DAY * f64::from(a.days())).into()
    }
}
