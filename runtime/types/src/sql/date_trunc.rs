//! `date_trunc`, one function a unit: [`timestamp`] for moments, [`interval`] for spans.

use crate::time::calendar::{Civil, DAY, HOUR, MINUTE, SECOND, iso_weekday};
use crate::{Interval, Timestamp};

/// Truncation of moments to the beginning of a unit; infinities stay.
pub mod timestamp {
    use super::*;

    /// Units of fixed length, counted from midnight.
    #[inline]
    fn to_multiple(a: Timestamp, unit: i64) -> Timestamp {
        if a.is_finite() { Timestamp::from_micros(a.micros() - a.micros().rem_euclid(unit)) } else { a }
    }

    /// Units of the calendar.
    fn to_day(a: Timestamp, first_day: impl Fn(Civil) -> Civil) -> Timestamp {
        if !a.is_finite() {
            return a;
        }
        let days = first_day(Civil::from_days(a.split().0)).to_days();
        // Of the first decade, century and millennium the beginning lies before PostgreSQL's range; here it is no error.
        Timestamp::from_micros(days.saturating_mul(DAY))
    }

    /// A unit of many years; centuries and millennia begin with year 1.
    fn to_years(a: Timestamp, years: i64, first: i64) -> Timestamp {
        to_day(a, |civil| Civil {
            year: civil.year - (civil.year - first).rem_euclid(years),
            month: 1,
            day: 1,
        })
    }

    /// `date_trunc('microseconds', a)`
    pub fn microseconds(a: Timestamp) -> Timestamp {
        a
    }

    /// `date_trunc('milliseconds', a)`
    pub fn milliseconds(a: Timestamp) -> Timestamp {
        to_multiple(a, SECOND / 1000)
    }

    /// `date_trunc('second', a)`
    pub fn second(a: Timestamp) -> Timestamp {
        to_multiple(a, SECOND)
    }

    /// `date_trunc('minute', a)`
    #[inline]
    pub fn minute(a: Timestamp) -> Timestamp {
        to_multiple(a, MINUTE)
    }

    /// `date_trunc('hour', a)`
    #[inline]
    pub fn hour(a: Timestamp) -> Timestamp {
        to_multiple(a, HOUR)
    }

    /// `date_trunc('day', a)`
    #[inline]
    pub fn day(a: Timestamp) -> Timestamp {
        to_multiple(a, DAY)
    }

    /// `date_trunc('week', a)`: the Monday
    pub fn week(a: Timestamp) -> Timestamp {
        if !a.is_finite() {
            return a;
        }
        let (days, _) = a.split();
        Timestamp::from_micros((days + 1 - iso_weekday(days)).saturating_mul(DAY))
    }

    /// `date_trunc('month', a)`
    pub fn month(a: Timestamp) -> Timestamp {
        to_day(a, |civil| Civil { day: 1, ..civil })
    }

    /// `date_trunc('quarter', a)`
    pub fn quarter(a: Timestamp) -> Timestamp {
        to_day(a, |civil| Civil { month: (civil.month - 1) / 3 * 3 + 1, day: 1, ..civil })
    }

    /// `date_trunc('year', a)`
    pub fn year(a: Timestamp) -> Timestamp {
        to_years(a, 1, 0)
    }

    /// `date_trunc('decade', a)`
    pub fn decade(a: Timestamp) -> Timestamp {
        to_years(a, 10, 0)
    }

    /// `date_trunc('century', a)`
    pub fn century(a: Timestamp) -> Timestamp {
        to_years(a, 100, 1)
    }

    /// `date_trunc('millennium', a)`
    pub fn millennium(a: Timestamp) -> Timestamp {
        to_years(a, 1000, 1)
    }
}

/// Truncation of spans towards zero: what is smaller than the unit is dropped.
pub mod interval {
    use super::*;

    fn to_months(a: Interval, unit: i32) -> Interval {
        Interval::from_months(a.months() - a.months() % unit)
    }

    fn to_micros(a: Interval, unit: i64) -> Interval {
        Interval::new(a.months(), a.days(), a.micros() - a.micros() % unit)
    }

    /// `date_trunc('microseconds', a)`
    pub fn microseconds(a: Interval) -> Interval {
        a
    }

    /// `date_trunc('milliseconds', a)`
    pub fn milliseconds(a: Interval) -> Interval {
        to_micros(a, SECOND / 1000)
    }

    /// `date_trunc('second', a)`
    pub fn second(a: Interval) -> Interval {
        to_micros(a, SECOND)
    }

    /// `date_trunc('minute', a)`
    pub fn minute(a: Interval) -> Interval {
        to_micros(a, MINUTE)
    }

    /// `date_trunc('hour', a)`
    pub fn hour(a: Interval) -> Interval {
        to_micros(a, HOUR)
    }

    /// `date_trunc('day', a)`
    pub fn day(a: Interval) -> Interval {
        Interval::new(a.months(), a.days(), 0)
    }

    /// `date_trunc('month', a)`
    pub fn month(a: Interval) -> Interval {
        to_months(a, 1)
    }

    /// `date_trunc('quarter', a)`
    pub fn quarter(a: Interval) -> Interval {
        to_months(a, 3)
    }

    /// `date_trunc('year', a)`
    pub fn year(a: Interval) -> Interval {
        to_months(a, 12)
    }

    /// `date_trunc('decade', a)`
    pub fn decade(a: Interval) -> Interval {
        to_months(a, 120)
    }

    /// `date_trunc('century', a)`
    pub fn century(a: Interval) -> Interval {
        to_months(a, 1200)
    }

    /// `date_trunc('millennium', a)`
    pub fn millennium(a: Interval) -> Interval {
        to_months(a, 12_000)
    }
}
