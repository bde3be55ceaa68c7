//! Arithmetic of moments, days and times of day.

use crate::error::{EvalError, TypeName};
use crate::time::calendar::{Civil, DAY, HOUR, MINUTE, SECOND};
use crate::{Date, Double, Interval, Time, Timestamp};

const OUT_OF_RANGE: EvalError = EvalError::OutOfRange(TypeName::Timestamp);
const DATE_OUT_OF_RANGE: EvalError = EvalError::OutOfRange(TypeName::Date);

/// `a + interval`: first its months, where the day is cut to the month's last, then its days, then its time
pub fn add_timestamp_interval(a: Timestamp, interval: Interval) -> Result<Timestamp, EvalError> {
    if !a.is_finite() {
        return Ok(a);
    }
    let (mut days, micros) = a.split();
    // Every step must stay within the range.
    let moment = |days: i64, micros: i64| {
        let midnight = days.checked_mul(DAY)?;
        midnight.checked_add(micros).and_then(Timestamp::checked)
    };
    if interval.months() != 0 {
        days = Civil::from_days(days).add_months(interval.months().into()).to_days();
        moment(days, micros).ok_or(OUT_OF_RANGE)?;
    }
    let shifted = moment(days + i64::from(interval.days()), micros).ok_or(OUT_OF_RANGE)?;
    shifted.micros().checked_add(interval.micros()).and_then(Timestamp::checked).ok_or(OUT_OF_RANGE)
}

/// `interval + a`
pub fn add_interval_timestamp(interval: Interval, a: Timestamp) -> Result<Timestamp, EvalError> {
    add_timestamp_interval(a, interval)
}

/// `a - interval`
pub fn sub_timestamp_interval(a: Timestamp, interval: Interval) -> Result<Timestamp, EvalError> {
    add_timestamp_interval(a, super::neg_interval(interval)?)
}

/// `date + interval`, a TIMESTAMP
pub fn add_date_interval(date: Date, interval: Interval) -> Result<Timestamp, EvalError> {
    add_timestamp_interval(super::date_to_timestamp(date)?, interval)
}

/// `interval + date`, a TIMESTAMP
pub fn add_interval_date(interval: Interval, date: Date) -> Result<Timestamp, EvalError> {
    add_date_interval(date, interval)
}

/// `date - interval`, a TIMESTAMP
pub fn sub_date_interval(date: Date, interval: Interval) -> Result<Timestamp, EvalError> {
    sub_timestamp_interval(super::date_to_timestamp(date)?, interval)
}

/// `a - b`, in days and microseconds
pub fn sub_timestamp(a: Timestamp, b: Timestamp) -> Result<Interval, EvalError> {
    if !a.is_finite() || !b.is_finite() {
        return Err(EvalError::SubtractInfiniteTimestamps);
    }
    let micros = a.micros().checked_sub(b.micros()).ok_or(EvalError::OutOfRange(TypeName::Interval))?;
    super::justify_hours(Interval::from_micros(micros))
}

/// `a + days`
pub fn add_date_days(a: Date, days: i32) -> Result<Date, EvalError> {
    if !a.is_finite() {
        return Ok(a);
    }
    Date::checked(i64::from(a.days()) + i64::from(days)).ok_or(DATE_OUT_OF_RANGE)
}

/// `days + a`
pub fn add_days_date(days: i32, a: Date) -> Result<Date, EvalError> {
    add_date_days(a, days)
}

/// `a - days`
pub fn sub_date_days(a: Date, days: i32) -> Result<Date, EvalError> {
    if !a.is_finite() {
        return Ok(a);
    }
    Date::checked(i64::from(a.days()) - i64::from(days)).ok_or(DATE_OUT_OF_RANGE)
}

/// `a - b`, in days
pub fn sub_date(a: Date, b: Date) -> Result<i32, EvalError> {
    if !a.is_finite() || !b.is_finite() {
        return Err(EvalError::SubtractInfiniteDates);
    }
    // The whole range of dates is less than 2^31 days wide in practice, but not by construction.
    i32::try_from(i64::from(a.days()) - i64::from(b.days())).map_err(|_| DATE_OUT_OF_RANGE)
}

/// `date + time`
pub fn add_date_time(date: Date, time: Time) -> Result<Timestamp, EvalError> {
    Timestamp::from_date_time(date, time).ok_or(OUT_OF_RANGE)
}

/// `time + date`
pub fn add_time_date(time: Time, date: Date) -> Result<Timestamp, EvalError> {
    add_date_time(date, time)
}

/// `time + interval`, around midnight; only the interval's time counts
pub fn add_time_interval(time: Time, interval: Interval) -> Time {
    Time::from_micros((time.micros() + interval.micros() % DAY).rem_euclid(DAY))
}

/// `interval + time`
pub fn add_interval_time(interval: Interval, time: Time) -> Time {
    add_time_interval(time, interval)
}

/// `time - interval`, around midnight; only the interval's time counts
pub fn sub_time_interval(time: Time, interval: Interval) -> Time {
    Time::from_micros((time.micros() - interval.micros() % DAY).rem_euclid(DAY))
}

/// `a - b` of times of day
pub fn sub_time(a: Time, b: Time) -> Interval {
    Interval::from_micros(a.micros() - b.micros())
}

/// `date_bin(stride, a, origin)`: the beginning of the stride, counted from the origin, in which `a` lies
pub fn date_bin(stride: Interval, a: Timestamp, origin: Timestamp) -> Result<Timestamp, EvalError> {
    if !a.is_finite() {
        return Ok(a);
    }
    if !origin.is_finite() {
        return Err(OUT_OF_RANGE);
    }
    if stride.months() != 0 {
        return Err(EvalError::StrideInMonths);
    }
    let width = i64::from(stride.days())
        .checked_mul(DAY)
        .and_then(|days| days.checked_add(stride.micros()))
        .ok_or(EvalError::OutOfRange(TypeName::Interval))?;
    if width <= 0 {
        return Err(EvalError::StrideNotPositive);
    }
    let distance =
        a.micros().checked_sub(origin.micros()).ok_or(EvalError::OutOfRange(TypeName::Interval))?;
    Timestamp::checked(a.micros() - distance.rem_euclid(width)).ok_or(OUT_OF_RANGE)
}

/// `make_date(year, month, day)`; negative years are BC
pub fn make_date(year: i32, month: i32, day: i32) -> Result<Date, EvalError> {
    let (month, day) = (month.try_into().unwrap_or(0), day.try_into().unwrap_or(0));
    let year = match year {
        0 => return Err(EvalError::DatetimeFieldOverflow),
        ..0 => i64::from(year) + 1,
        _ => year.into(),
    };
    let civil = Civil::new(year, month, day).ok_or(EvalError::DatetimeFieldOverflow)?;
    Date::checked(civil.to_days()).ok_or(DATE_OUT_OF_RANGE)
}

/// `make_time(hour, minute, seconds)`
pub fn make_time(hour: i32, minute: i32, seconds: Double) -> Result<Time, EvalError> {
    let valid = (0..=24).contains(&hour) && (0..60).contains(&minute) && (0.0..=60.0).contains(&seconds.0);
    if !valid {
        return Err(EvalError::DatetimeFieldOverflow);
    }
    let seconds = (seconds.0 * SECOND as f64).round_ties_even() as i64;
    Time::new(i64::from(hour) * HOUR + i64::from(minute) * MINUTE + seconds)
        .ok_or(EvalError::DatetimeFieldOverflow)
}

/// `make_timestamp(year, month, day, hour, minute, seconds)`
pub fn make_timestamp(
    year: i32,
    month: i32,
    day: i32,
    hour: i32,
    minute: i32,
    seconds: Double,
) -> Result<Timestamp, EvalError> {
    add_date_time(make_date(year, month, day)?, make_time(hour, minute, seconds)?)
}

/// `to_timestamp(seconds)` since 1970-01-01 00:00 UTC
pub fn to_timestamp(seconds: Double) -> Result<Timestamp, EvalError> {
    /// PostgreSQL counts from 2000-01-01, and rounds there.
    const EPOCH: i64 = 946_684_800;
    match seconds.0 {
        x if x.is_nan() => Err(EvalError::TimestampNan),
        f64::INFINITY => Ok(Timestamp::INFINITY),
        f64::NEG_INFINITY => Ok(Timestamp::NEG_INFINITY),
        x => {
            let micros = ((x - EPOCH as f64) * SECOND as f64).round_ties_even();
            if micros.abs() >= i64::MAX as f64 {
                return Err(OUT_OF_RANGE);
            }
            (micros as i64).checked_add(EPOCH * SECOND).and_then(Timestamp::checked).ok_or(OUT_OF_RANGE)
        }
    }
}

/// `isfinite(a)` of a timestamp
pub fn isfinite_timestamp(a: Timestamp) -> bool {
    a.is_finite()
}

/// `isfinite(a)` of a date
pub fn isfinite_date(a: Date) -> bool {
    a.is_finite()
}

/// `isfinite(a)` of an interval, which always is
pub fn isfinite_interval(_: Interval) -> bool {
    true
}

/// `age(a, b)`: the difference in years, months, days and time, as a calendar shows it
pub fn age(a: Timestamp, b: Timestamp) -> Result<Interval, EvalError> {
    if !a.is_finite() || !b.is_finite() {
        return Err(OUT_OF_RANGE);
    }
    if a < b {
        return super::neg_interval(age(b, a)?);
    }
    let ((a_days, a_micros), (b_days, b_micros)) = (a.split(), b.split());
    let (later, earlier) = (Civil::from_days(a_days), Civil::from_days(b_days));
    let mut months = (later.year - earlier.year) * 12 + i64::from(later.month) - i64::from(earlier.month);
    let mut days = i64::from(later.day) - i64::from(earlier.day);
    let mut micros = a_micros - b_micros;
    if micros < 0 {
        micros += DAY;
        days -= 1;
    }
    if days < 0 {
        // The days that are missing are those of the earlier month.
        days += i64::from(crate::time::calendar::days_of_month(earlier.year, earlier.month));
        months -= 1;
    }
    let narrow = |n: i64| i32::try_from(n).map_err(|_| EvalError::OutOfRange(TypeName::Interval));
    Ok(Interval::new(narrow(months)?, narrow(days)?, micros))
}
