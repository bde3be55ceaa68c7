//! Casts between dates, times and intervals.

use crate::error::{EvalError, TypeName};
use crate::time::calendar::DAY;
use crate::{Date, Interval, Time, Timestamp};

/// TIMESTAMP to DATE
#[inline]
pub fn timestamp_to_date(a: Timestamp) -> Result<Date, EvalError> {
    match a {
        Timestamp::INFINITY => Ok(Date::INFINITY),
        Timestamp::NEG_INFINITY => Ok(Date::NEG_INFINITY),
        a => Date::checked(a.split().0).ok_or(EvalError::OutOfRange(TypeName::Date)),
    }
}

/// TIMESTAMP to TIME; infinities have none
pub fn timestamp_to_time(a: Timestamp) -> Result<Time, EvalError> {
    if a.is_finite() {
        Ok(Time::from_micros(a.split().1))
    } else {
        Err(EvalError::OutOfRange(TypeName::Time))
    }
}

/// DATE to TIMESTAMP: its midnight
#[inline]
pub fn date_to_timestamp(a: Date) -> Result<Timestamp, EvalError> {
    Timestamp::from_date_time(a, Time::MIDNIGHT).ok_or(EvalError::OutOfRange(TypeName::Timestamp))
}

/// TIME to INTERVAL
pub fn time_to_interval(a: Time) -> Interval {
    Interval::from_micros(a.micros())
}

/// INTERVAL to TIME: what is left of whole days
pub fn interval_to_time(a: Interval) -> Time {
    Time::from_micros(a.micros().rem_euclid(DAY))
}

/// TIMESTAMP to TIMESTAMPTZ and back: the session is in UTC
#[inline]
pub fn timestamp_to_timestamp(a: Timestamp) -> Timestamp {
    a
}
