//! Spans of time.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::calendar::{DAY, HOUR, MINUTE, SECOND};
use super::{interval_text, write_clock, write_fraction};
use crate::error::ParseError;

/// `INTERVAL`: months, days and microseconds, kept apart because neither a month nor a day has a fixed length.
///
/// Comparison, as in PostgreSQL, takes a month for 30 days and a day for 24 hours: `1 day` equals `24 hours`.
///
/// ```
/// use cosmictron_types::Interval;
///
/// let span: Interval = "1 month 2 days 03:04:05".parse()?;
/// assert_eq!(span, Interval::new(1, 2, 11_045_000_000));
/// assert_eq!(span.to_string(), "1 mon 2 days 03:04:05");
/// assert_eq!(span.to_iso8601(), "P1M2DT3H4M5S");
/// assert_eq!(Interval::from_hours(24), Interval::from_days(1));
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct Interval {
    months: i32,
    days: i32,
    micros: i64,
}

impl Interval {
    /// No time at all.
    pub const ZERO: Self = Self::new(0, 0, 0);

    /// Months, days and microseconds, each with its own sign.
    pub const fn new(months: i32, days: i32, micros: i64) -> Self {
        Self { months, days, micros }
    }

    /// So many months.
    pub const fn from_months(months: i32) -> Self {
        Self::new(months, 0, 0)
    }

    /// So many days.
    pub const fn from_days(days: i32) -> Self {
        Self::new(0, days, 0)
    }

    /// So many hours.
    pub const fn from_hours(hours: i32) -> Self {
        Self::new(0, 0, hours as i64 * HOUR)
    }

    /// So many minutes.
    pub const fn from_minutes(minutes: i32) -> Self {
        Self::new(0, 0, minutes as i64 * MINUTE)
    }

    /// So many seconds.
    pub const fn from_seconds(seconds: i32) -> Self {
        Self::new(0, 0, seconds as i64 * SECOND)
    }

    /// So many microseconds.
    pub const fn from_micros(micros: i64) -> Self {
        Self::new(0, 0, micros)
    }

    /// The months, years included.
    pub const fn months(self) -> i32 {
        self.months
    }

    /// The days, weeks included.
    pub const fn days(self) -> i32 {
        self.days
    }

    /// The microseconds of hours, minutes and seconds.
    pub const fn micros(self) -> i64 {
        self.micros
    }

    /// Microseconds in all, with months of 30 days and days of 24 hours: what comparison goes by.
    pub(crate) fn total_micros(self) -> i128 {
        (i128::from(self.months) * 30 + i128::from(self.days)) * i128::from(DAY) + i128::from(self.micros)
    }

    /// ISO 8601: `P1Y2M3DT4H5M6.5S`; each part has its own sign.
    pub fn to_iso8601(self) -> String {
        let mut text = String::from("P");
        push_part(&mut text, i64::from(self.months / 12), "Y");
        push_part(&mut text, i64::from(self.months % 12), "M");
        push_part(&mut text, i64::from(self.days), "D");
        if self.micros != 0 {
            text.push('T');
            push_part(&mut text, self.micros / HOUR, "H");
            push_part(&mut text, self.micros / MINUTE % 60, "M");
            let seconds = self.micros % MINUTE;
            if seconds != 0 {
                let sign = if seconds < 0 { "-" } else { "" };
                text.push_str(&format!("{sign}{}", seconds.abs() / SECOND));
                // Writing to a string does not fail.
                let _ = write_fraction(&mut text, seconds.unsigned_abs() % SECOND as u64);
                text.push('S');
            }
        }
        if text.len() == 1 { "PT0S".to_owned() } else { text }
    }
}

fn push_part(text: &mut String, value: i64, unit: &str) {
    if value != 0 {
        text.push_str(&format!("{value}{unit}"));
    }
}

impl PartialEq for Interval {
    fn eq(&self, other: &Self) -> bool {
        self.total_micros() == other.total_micros()
    }
}

impl Eq for Interval {}

impl PartialOrd for Interval {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Interval {
    fn cmp(&self, other: &Self) -> Ordering {
        self.total_micros().cmp(&other.total_micros())
    }
}

impl Hash for Interval {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.total_micros().hash(state);
    }
}

/// As PostgreSQL writes it: `1 year 2 mons -3 days +04:05:06.5`. A positive part after a negative one has a sign.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        let mut after_negative = false;
        for (value, unit) in [(self.months / 12, "year"), (self.months % 12, "mon"), (self.days, "day")] {
            if value != 0 {
                let sign = if after_negative && value > 0 { "+" } else { "" };
                let plural = if value == 1 { "" } else { "s" };
                write!(f, "{separator}{sign}{value} {unit}{plural}")?;
                separator = " ";
                after_negative = value < 0;
            }
        }
        if self.micros != 0 || separator.is_empty() {
            let sign = match self.micros {
                ..0 => "-",
                _ if after_negative => "+",
                _ => "",
            };
            write!(f, "{separator}{sign}")?;
            write_clock(f, self.micros.unsigned_abs())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads PostgreSQL's forms (`1 day 02:00`, `2 hours ago`, `1.5 weeks`, `1-2` for a year and two months) and ISO 8601
/// (`P1DT2H`).
impl FromStr for Interval {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        interval_text::parse(text)
    }
}
