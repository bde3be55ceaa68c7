//! Inverses of monotone functions of the clock, for time windows: for each stage `f` the smallest moment `t` with
//! `f(t) >= y`, its lower adjoint. All saturate at infinity instead of failing.

use super::date_trunc::*;
use crate::time::calendar::{Civil, DAY, HOUR, MINUTE, SECOND};
use crate::{Date, Interval, Timestamp};

/// The next larger value: what `f(t) > y` asks for as `f(t) >= successor(y)`. Infinities have none and stay: every moment is after
/// the one, and none after the other.
pub trait Successor {
    /// The next larger value.
    fn successor(self) -> Self;
}

impl Successor for Timestamp {
    fn successor(self) -> Self {
        if self.is_finite() { Timestamp::from_micros(self.micros() + 1) } else { self }
    }
}

impl Successor for Date {
    fn successor(self) -> Self {
        if self.is_finite() { Date::from_days(self.days() + 1) } else { self }
    }
}

/// The next larger value.
#[inline]
pub fn successor<T: Successor>(value: T) -> T {
    value.successor()
}

/// The earliest `t` with `t + interval >= y`. With months in the interval `t` is taken to be a midnight, as after a truncation
/// to the day: adding months to other moments is not monotone, since the days at the end of a long month fall together.
#[inline]
pub fn earliest_add(y: Timestamp, interval: Interval) -> Timestamp {
    if !y.is_finite() {
        return y;
    }
    let rest = i64::from(interval.days()).saturating_mul(DAY).saturating_add(interval.micros());
    let y = Timestamp::from_micros(y.micros().saturating_sub(rest));
    if interval.months() == 0 || !y.is_finite() { y } else { earliest_add_months(y, interval.months()) }
}

fn earliest_add_months(y: Timestamp, months: i32) -> Timestamp {
    let day = Civil::from_days(earliest_date_trunc_day(y).split().0);
    let found = day.add_months(-i64::from(months));
    // A day that does not exist has been clipped to the end of its month, which may lie too early; then nothing is early enough
    // before the next month begins.
    let found = if found.add_months(i64::from(months)).to_days() >= day.to_days() {
        found
    } else {
        Civil { day: 1, ..found }.add_months(1)
    };
    Timestamp::from_micros(found.to_days().saturating_mul(DAY))
}

/// The earliest `t` with `t::date >= y`.
pub fn earliest_to_date(y: Date) -> Timestamp {
    match y {
        y if y.is_finite() => Timestamp::from_micros(i64::from(y.days()).saturating_mul(DAY)),
        y if y.days() > 0 => Timestamp::from_micros(i64::MAX),
        _ => Timestamp::from_micros(i64::MIN),
    }
}

/// The earliest date `d` with `d + days >= y`.
pub fn earliest_add_days(y: Date, days: i32) -> Date {
    if y.is_finite() { Date::from_days(y.days().saturating_sub(days)) } else { y }
}

/// The earliest date `d` with `d::timestamp >= y`.
pub fn earliest_to_timestamp(y: Timestamp) -> Date {
    match y {
        y if y.is_finite() => {
            let (days, time) = y.split();
            let days = days + i64::from(time > 0);
            Date::from_days(i32::try_from(days).unwrap_or(if days > 0 { i32::MAX } else { i32::MIN }))
        }
        y if y.micros() > 0 => Date::from_days(i32::MAX),
        _ => Date::from_days(i32::MIN),
    }
}

/// The next boundary at or after `y`.
#[inline]
fn next_boundary(y: Timestamp, truncate: fn(Timestamp) -> Timestamp, longest: i64) -> Timestamp {
    let start = truncate(y);
    if start == y || !y.is_finite() {
        return y;
    }
    // A unit's start plus the longest such unit lies in the next unit, or at its beginning.
    truncate(Timestamp::from_micros(start.micros().saturating_add(longest)))
}

macro_rules! earliest_date_trunc {
    ($($name:ident, $truncate:ident, $longest:expr, $unit:literal;)*) => {
        $(
            #[doc = concat!("The earliest `t` with `date_trunc('", $unit, "', t) >= y`.")]
            #[inline]
            pub fn $name(y: Timestamp) -> Timestamp {
                next_boundary(y, $truncate, $longest)
            }
        )*
    };
}

earliest_date_trunc! {
    earliest_date_trunc_microseconds, date_trunc_microseconds, 1, "microseconds";
    earliest_date_trunc_milliseconds, date_trunc_milliseconds, SECOND / 1000, "milliseconds";
    earliest_date_trunc_second, date_trunc_second, SECOND, "second";
    earliest_date_trunc_minute, date_trunc_minute, MINUTE, "minute";
    earliest_date_trunc_hour, date_trunc_hour, HOUR, "hour";
    earliest_date_trunc_day, date_trunc_day, DAY, "day";
    earliest_date_trunc_week, date_trunc_week, 7 * DAY, "week";
    earliest_date_trunc_month, date_trunc_month, 31 * DAY, "month";
    earliest_date_trunc_quarter, date_trunc_quarter, 92 * DAY, "quarter";
    earliest_date_trunc_year, date_trunc_year, 366 * DAY, "year";
    earliest_date_trunc_decade, date_trunc_decade, 3653 * DAY, "decade";
    earliest_date_trunc_century, date_trunc_century, 36525 * DAY, "century";
    earliest_date_trunc_millennium, date_trunc_millennium, 365_243 * DAY, "millennium";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::add_timestamp_interval;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn before(t: Timestamp, micros: i64) -> Timestamp {
        Timestamp::from_micros(t.micros() - micros)
    }

    #[test]
    fn truncations_reach_a_value_at_their_next_boundary() {
        type Pair = (fn(Timestamp) -> Timestamp, fn(Timestamp) -> Timestamp);
        let pairs: [Pair; 9] = [
            (date_trunc_second, earliest_date_trunc_second),
            (date_trunc_hour, earliest_date_trunc_hour),
            (date_trunc_day, earliest_date_trunc_day),
            (date_trunc_week, earliest_date_trunc_week),
            (date_trunc_month, earliest_date_trunc_month),
            (date_trunc_quarter, earliest_date_trunc_quarter),
            (date_trunc_year, earliest_date_trunc_year),
            (date_trunc_century, earliest_date_trunc_century),
            (date_trunc_millennium, earliest_date_trunc_millennium),
        ];
        let values = [
            "2024-02-29 12:34:56.789",
            "2023-12-31 23:59:59",
            "2000-01-01 00:00:00",
            "2024-08-31",
            "1899-07-01 01:00",
        ];
        for (truncate, earliest) in pairs {
            for y in values.map(at) {
                let t = earliest(y);
                assert!(truncate(t) >= y, "{t} {y}");
                assert!(truncate(before(t, 1)) < y, "{t} {y}");
            }
        }
    }

    #[test]
    fn months_are_inverted_over_midnights() {
        let day = |days: i64| Timestamp::from_micros(days * DAY);
        for months in [-13, -1, 1, 12, 25] {
            let interval = Interval::new(months, 0, 0);
            for y in 19_000..19_800 {
                let found = earliest_add(day(y), interval);
                assert_eq!(found.micros() % DAY, 0);
                assert!(add_timestamp_interval(found, interval).unwrap() >= day(y));
                assert!(add_timestamp_interval(before(found, DAY), interval).unwrap() < day(y));
            }
        }
    }

    #[test]
    fn exact_intervals_and_dates() {
        let y = at("2026-01-02 00:00:01");
        assert_eq!(earliest_add(y, Interval::new(0, -1, -1_000_000)), at("2026-01-03 00:00:02"));
        assert_eq!(earliest_to_timestamp(y), Date::from_ymd(2026, 1, 3).unwrap());
        assert_eq!(earliest_to_timestamp(at("2026-01-02")), Date::from_ymd(2026, 1, 2).unwrap());
        assert_eq!(earliest_to_date(Date::from_ymd(2026, 1, 2).unwrap()), at("2026-01-02"));
        assert_eq!(earliest_add_days(Date::from_days(10), -7), Date::from_days(17));
    }

    #[test]
    fn infinity_stays() {
        let infinity = Timestamp::from_micros(i64::MAX);
        assert_eq!(earliest_add(infinity, Interval::new(0, 0, 5)), infinity);
        assert_eq!(earliest_date_trunc_month(infinity), infinity);
        assert_eq!(earliest_add(at("2026-01-01"), Interval::new(0, 0, i64::MIN)), infinity);
        assert_eq!(earliest_to_timestamp(infinity), Date::from_days(i32::MAX));
        assert_eq!(successor(infinity), infinity);
    }
}
