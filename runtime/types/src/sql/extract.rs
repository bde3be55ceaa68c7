//! `EXTRACT`, one function a field, which gives a NUMERIC with the decimals PostgreSQL gives it. `date_part` is the same as
//! a DOUBLE PRECISION, see [`super::date_part`].

use crate::error::EvalError;
use crate::time::calendar::{Civil, DAY, HOUR, MINUTE, SECOND, iso_week, iso_weekday};
use crate::{Numeric, Timestamp};

/// From 4714-11-24 BC, day 0 of the Julian calendar's count, to 1970-01-01.
const JULIAN_EPOCH: i64 = 2_440_588;

/// The fields of a day.
mod calendar {
    use super::*;

    pub fn day(days: i64) -> i64 {
        Civil::from_days(days).day.into()
    }

    pub fn month(days: i64) -> i64 {
        Civil::from_days(days).month.into()
    }

    pub fn quarter(days: i64) -> i64 {
        (month(days) - 1) / 3 + 1
    }

    /// There is no year 0: the year before 1 is -1, that is 1 BC.
    pub fn year(days: i64) -> i64 {
        without_zero(Civil::from_days(days).year)
    }

    fn without_zero(year: i64) -> i64 {
        if year > 0 { year } else { year - 1 }
    }

    pub fn decade(days: i64) -> i64 {
        Civil::from_days(days).year.div_euclid(10)
    }

    pub fn century(days: i64) -> i64 {
        without_zero((Civil::from_days(days).year - 1).div_euclid(100) + 1)
    }

    pub fn millennium(days: i64) -> i64 {
        without_zero((Civil::from_days(days).year - 1).div_euclid(1000) + 1)
    }

    pub fn isoyear(days: i64) -> i64 {
        without_zero(iso_week(days).0)
    }

    pub fn week(days: i64) -> i64 {
        iso_week(days).1
    }

    pub fn dow(days: i64) -> i64 {
        iso_weekday(days) % 7
    }

    pub fn isodow(days: i64) -> i64 {
        iso_weekday(days)
    }

    pub fn doy(days: i64) -> i64 {
        Civil::from_days(days).day_of_year()
    }
}

/// Days since 1970-01-01 and microseconds since midnight.
pub(super) fn parts(a: Timestamp) -> Result<(i64, i64), EvalError> {
    if a.is_finite() { Ok(a.split()) } else { Err(EvalError::InfinityToNumeric) }
}

fn whole(n: i64) -> Numeric {
    n.into()
}

/// Microseconds as seconds, with six decimals.
fn seconds(micros: i64) -> Numeric {
    Numeric::new(micros.into(), 6)
}

macro_rules! calendar_fields {
    ($($field:ident)*) => {
        /// The fields of moments; infinities have none.
        pub mod timestamp {
            use super::{calendar, parts, whole, seconds, Numeric, Timestamp, EvalError};
            use super::{DAY, HOUR, MINUTE, SECOND, JULIAN_EPOCH};

            $(
                #[doc = concat!("`EXTRACT(", stringify!($field), " FROM a)`")]
                pub fn $field(a: Timestamp) -> Result<Numeric, EvalError> {
                    Ok(whole(calendar::$field(parts(a)?.0)))
                }
            )*

            /// `EXTRACT(hour FROM a)`
            pub fn hour(a: Timestamp) -> Result<Numeric, EvalError> {
                Ok(whole(parts(a)?.1 / HOUR))
            }

            /// `EXTRACT(minute FROM a)`
            pub fn minute(a: Timestamp) -> Result<Numeric, EvalError> {
                Ok(whole(parts(a)?.1 / MINUTE % 60))
            }

            /// `EXTRACT(second FROM a)`, with six decimals
            pub fn second(a: Timestamp) -> Result<Numeric, EvalError> {
                Ok(seconds(parts(a)?.1 % MINUTE))
            }

            /// `EXTRACT(milliseconds FROM a)`, those of the seconds included, with three decimals
            pub fn milliseconds(a: Timestamp) -> Result<Numeric, EvalError> {
                Ok(Numeric::new((parts(a)?.1 % MINUTE).into(), 3))
            }

            /// `EXTRACT(microseconds FROM a)`, those of the seconds included
            pub fn microseconds(a: Timestamp) -> Result<Numeric, EvalError> {
                Ok(whole(parts(a)?.1 % MINUTE))
            }

            /// `EXTRACT(epoch FROM a)`: seconds since 1970-01-01 00:00 UTC, with six decimals
            pub fn epoch(a: Timestamp) -> Result<Numeric, EvalError> {
                parts(a)?;
                Ok(seconds(a.micros()))
            }

            /// `EXTRACT(julian FROM a)`: days since 4714-11-24 BC, with their fraction
            pub fn julian(a: Timestamp) -> Result<Numeric, EvalError> {
                let (days, micros) = parts(a)?;
                let fraction = super::super::div_numeric(whole(micros), whole(24 * 3600 * SECOND))?;
                debug_assert_eq!(DAY, 24 * 3600 * SECOND);
                super::super::add_numeric(whole(days + JULIAN_EPOCH), fraction)
            }

            /// `EXTRACT(timezone FROM a)`: the session is in UTC
            pub fn timezone(a: Timestamp) -> Result<Numeric, EvalError> {
                parts(a).map(|_| Numeric::ZERO)
            }
        }

        /// The fields of days; infinities have none.
        pub mod date {
            use super::{calendar, whole, Numeric, EvalError, JULIAN_EPOCH};
            use crate::Date;

            fn days(a: Date) -> Result<i64, EvalError> {
                if a.is_finite() { Ok(a.days().into()) } else { Err(EvalError::InfinityToNumeric) }
            }

            $(
                #[doc = concat!("`EXTRACT(", stringify!($field), " FROM a)`")]
                pub fn $field(a: Date) -> Result<Numeric, EvalError> {
                    Ok(whole(calendar::$field(days(a)?)))
                }
            )*

            /// `EXTRACT(epoch FROM a)`: seconds since 1970-01-01
            pub fn epoch(a: Date) -> Result<Numeric, EvalError> {
                Ok(whole(days(a)? * 24 * 3600))
            }

            /// `EXTRACT(julian FROM a)`: days since 4714-11-24 BC
            pub fn julian(a: Date) -> Result<Numeric, EvalError> {
                Ok(whole(days(a)? + JULIAN_EPOCH))
            }
        }
    };
}

calendar_fields!(day month quarter year decade century millennium isoyear week dow isodow doy);

/// The fields of times of day.
pub mod time {
    use super::{HOUR, MINUTE, Numeric, seconds, whole};
    use crate::Time;

    /// `EXTRACT(hour FROM a)`
    pub fn hour(a: Time) -> Numeric {
        whole(a.micros() / HOUR)
    }

    /// `EXTRACT(minute FROM a)`
    pub fn minute(a: Time) -> Numeric {
        whole(a.micros() / MINUTE % 60)
    }

    /// `EXTRACT(second FROM a)`, with six decimals
    pub fn second(a: Time) -> Numeric {
        seconds(a.micros() % MINUTE)
    }

    /// `EXTRACT(milliseconds FROM a)`, those of the seconds included, with three decimals
    pub fn milliseconds(a: Time) -> Numeric {
        Numeric::new((a.micros() % MINUTE).into(), 3)
    }

    /// `EXTRACT(microseconds FROM a)`, those of the seconds included
    pub fn microseconds(a: Time) -> Numeric {
        whole(a.micros() % MINUTE)
    }

    /// `EXTRACT(epoch FROM a)`: seconds since midnight, with six decimals
    pub fn epoch(a: Time) -> Numeric {
        seconds(a.micros())
    }
}

/// The fields of spans: what is left of the next larger unit.
pub mod interval {
    use super::{HOUR, MINUTE, Numeric, SECOND, seconds, whole};
    use crate::Interval;

    fn years(a: Interval) -> i64 {
        i64::from(a.months() / 12)
    }

    /// `EXTRACT(millennium FROM a)`
    pub fn millennium(a: Interval) -> Numeric {
        whole(years(a) / 1000)
    }

    /// `EXTRACT(century FROM a)`
    pub fn century(a: Interval) -> Numeric {
        whole(years(a) / 100)
    }

    /// `EXTRACT(decade FROM a)`
    pub fn decade(a: Interval) -> Numeric {
        whole(years(a) / 10)
    }

    /// `EXTRACT(year FROM a)`
    pub fn year(a: Interval) -> Numeric {
        whole(years(a))
    }

    /// `EXTRACT(quarter FROM a)`
    pub fn quarter(a: Interval) -> Numeric {
        whole(i64::from(a.months() % 12 / 3 + 1))
    }

    /// `EXTRACT(month FROM a)`
    pub fn month(a: Interval) -> Numeric {
        whole(i64::from(a.months() % 12))
    }

    /// `EXTRACT(day FROM a)`
    pub fn day(a: Interval) -> Numeric {
        whole(a.days().into())
    }

    /// `EXTRACT(hour FROM a)`
    pub fn hour(a: Interval) -> Numeric {
        whole(a.micros() / HOUR)
    }

    /// `EXTRACT(minute FROM a)`
    pub fn minute(a: Interval) -> Numeric {
        whole(a.micros() / MINUTE % 60)
    }

    /// `EXTRACT(second FROM a)`, with six decimals
    pub fn second(a: Interval) -> Numeric {
        seconds(a.micros() % MINUTE)
    }

    /// `EXTRACT(milliseconds FROM a)`, those of the seconds included, with three decimals
    pub fn milliseconds(a: Interval) -> Numeric {
        Numeric::new((a.micros() % MINUTE).into(), 3)
    }

    /// `EXTRACT(microseconds FROM a)`, those of the seconds included
    pub fn microseconds(a: Interval) -> Numeric {
        whole(a.micros() % MINUTE)
    }

    /// `EXTRACT(epoch FROM a)`: its length in seconds, of which a year of 12 months has 365.25 days and a month 30
    pub fn epoch(a: Interval) -> Numeric {
        const QUARTER_DAY: i128 = 6 * 3600;
        let quarter_days = years(a) * 1461 + i64::from(a.months() % 12) * 120 + i64::from(a.days()) * 4;
        let micros = i128::from(quarter_days) * QUARTER_DAY * i128::from(SECOND) + i128::from(a.micros());
        Numeric::new(micros, 6)
    }
}
