//! `date_trunc`, one function a unit.

use crate::time::calendar::{Civil, DAY, HOUR, MINUTE, SECOND, iso_weekday};
use crate::{Interval, Timestamp};

/// Units of fixed length, counted from midnight.
#[inline]
fn to_multiple(a: Timestamp, unit: i64) -> Timestamp {
    // Saturates where an inverse of the clock lies beyond what PostgreSQL can hold.
    let start = a.micros().saturating_sub(a.micros().rem_euclid(unit));
    if a.is_finite() { Timestamp::from_micros(start) } else { a }
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
    to_day(a, |civil| Civil { year: civil.year - (civil.year - first).rem_euclid(years), month: 1, day: 1 })
}

/// `date_trunc('microseconds', a)`
pub fn date_trunc_microseconds(a: Timestamp) -> Timestamp {
    a
}

/// `date_trunc('milliseconds', a)`
pub fn date_trunc_milliseconds(a: Timestamp) -> Timestamp {
    to_multiple(a, SECOND / 1000)
}

/// `date_trunc('second', a)`
pub fn date_trunc_second(a: Timestamp) -> Timestamp {
    to_multiple(a, SECOND)
}

/// `date_trunc('minute', a)`
#[inline]
pub fn date_trunc_minute(a: Timestamp) -> Timestamp {
    to_multiple(a, MINUTE)
}

/// `date_trunc('hour', a)`
#[inline]
pub fn date_trunc_hour(a: Timestamp) -> Timestamp {
    to_multiple(a, HOUR)
}

/// `date_trunc('day', a)`
#[inline]
pub fn date_trunc_day(a: Timestamp) -> Timestamp {
    to_multiple(a, DAY)
}

/// `date_trunc('week', a)`: the Monday
pub fn date_trunc_week(a: Timestamp) -> Timestamp {
    if !a.is_finite() {
        return a;
    }
    let (days, _) = a.split();
    Timestamp::from_micros((days + 1 - iso_weekday(days)).saturating_mul(DAY))
}

/// `date_trunc('month', a)`
pub fn date_trunc_month(a: Timestamp) -> Timestamp {
    to_day(a, |civil| Civil { day: 1, ..civil })
}

/// `date_trunc('quarter', a)`
pub fn date_trunc_quarter(a: Timestamp) -> Timestamp {
    to_day(a, |civil| Civil { month: (civil.month - 1) / 3 * 3 + 1, day: 1, ..civil })
}

/// `date_trunc('year', a)`
pub fn date_trunc_year(a: Timestamp) -> Timestamp {
    to_years(a, 1, 0)
}

/// `date_trunc('decade', a)`
pub fn date_trunc_decade(a: Timestamp) -> Timestamp {
    to_years(a, 10, 0)
}

/// `date_trunc('century', a)`
pub fn date_trunc_century(a: Timestamp) -> Timestamp {
    to_years(a, 100, 1)
}

/// `date_trunc('millennium', a)`
pub fn date_trunc_millennium(a: Timestamp) -> Timestamp {
    to_years(a, 1000, 1)
}

fn to_months(a: Interval, unit: i32) -> Interval {
    Interval::from_months(a.months() - a.months() % unit)
}

fn to_micros(a: Interval, unit: i64) -> Interval {
    Interval::new(a.months(), a.days(), a.micros() - a.micros() % unit)
}

/// `date_trunc('microseconds', a)` of an interval, towards zero
pub fn date_trunc_interval_microseconds(a: Interval) -> Interval {
    a
}

/// `date_trunc('milliseconds', a)` of an interval, towards zero
pub fn date_trunc_interval_milliseconds(a: Interval) -> Interval {
    to_micros(a, SECOND / 1000)
}

/// `date_trunc('second', a)` of an interval, towards zero
pub fn date_trunc_interval_second(a: Interval) -> Interval {
    to_micros(a, SECOND)
}

/// `date_trunc('minute', a)` of an interval, towards zero
pub fn date_trunc_interval_minute(a: Interval) -> Interval {
    to_micros(a, MINUTE)
}

/// `date_trunc('hour', a)` of an interval, towards zero
pub fn date_trunc_interval_hour(a: Interval) -> Interval {
    to_micros(a, HOUR)
}

/// `date_trunc('day', a)` of an interval, towards zero
pub fn date_trunc_interval_day(a: Interval) -> Interval {
    Interval::new(a.months(), a.days(), 0)
}

/// `date_trunc('month', a)` of an interval, towards zero
pub fn date_trunc_interval_month(a: Interval) -> Interval {
    to_months(a, 1)
}

/// `date_trunc('quarter', a)` of an interval, towards zero
pub fn date_trunc_interval_quarter(a: Interval) -> Interval {
    to_months(a, 3)
}

/// `date_trunc('year', a)` of an interval, towards zero
pub fn date_trunc_interval_year(a: Interval) -> Interval {
    to_months(a, 12)
}

/// `date_trunc('decade', a)` of an interval, towards zero
pub fn date_trunc_interval_decade(a: Interval) -> Interval {
    to_months(a, 120)
}

/// `date_trunc('century', a)` of an interval, towards zero
pub fn date_trunc_interval_century(a: Interval) -> Interval {
    to_months(a, 1200)
}

/// `date_trunc('millennium', a)` of an interval, towards zero
pub fn date_trunc_interval_millennium(a: Interval) -> Interval {
    to_months(a, 12_000)
}
