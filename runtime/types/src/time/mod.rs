//! Dates and times: [`Timestamp`], [`Date`], [`Time`] and [`Interval`].

pub(crate) mod calendar;
mod date;
mod interval;
mod interval_sum;
mod interval_text;
mod parse;
mod time_of_day;
mod timestamp;

pub use date::Date;
pub use interval::Interval;
pub use interval_sum::IntervalSum;
pub use time_of_day::Time;
pub use timestamp::Timestamp;

use std::fmt;

use calendar::{Civil, HOUR, MINUTE, SECOND};

/// `2026-01-31`, the year of at least four digits and positive; whoever calls writes ` BC` where [`is_bc`] says so.
fn write_civil(f: &mut dyn fmt::Write, civil: Civil) -> fmt::Result {
    let year = if is_bc(civil) { 1 - civil.year } else { civil.year };
    write!(f, "{year:04}-{:02}-{:02}", civil.month, civil.day)
}

fn is_bc(civil: Civil) -> bool {
    civil.year <= 0
}

/// `10:30:00.25`: of the fraction only what is needed. Negative times have no sign here.
fn write_clock(f: &mut dyn fmt::Write, micros: u64) -> fmt::Result {
    let part = |unit: i64| micros / unit as u64;
    write!(f, "{:02}:{:02}:{:02}", part(HOUR), part(MINUTE) % 60, part(SECOND) % 60)?;
    write_fraction(f, micros % SECOND as u64)
}

/// `.25` for 250,000 microseconds, nothing for none.
fn write_fraction(f: &mut dyn fmt::Write, micros: u64) -> fmt::Result {
    if micros == 0 {
        return Ok(());
    }
    let digits = format!("{micros:06}");
    write!(f, ".{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests;
