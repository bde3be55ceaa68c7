//! Times of day.

use std::fmt;
use std::str::FromStr;

use super::calendar::DAY;
use super::parse::{self, Moment};
use super::write_clock;
use crate::error::{ParseError, TypeName};

/// `TIME`: microseconds since midnight, up to and including 24:00:00.
///
/// ```
/// use cosmictron_types::Time;
///
/// let time: Time = "10:30".parse()?;
/// assert_eq!(time.micros(), 37_800_000_000);
/// assert_eq!(time.to_string(), "10:30:00");
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(i64);

impl Time {
    /// 00:00:00
    pub const MIDNIGHT: Self = Self(0);

    /// So many microseconds after midnight; `None` beyond 24:00:00.
    pub fn new(micros: i64) -> Option<Self> {
        (0..=DAY).contains(&micros).then_some(Self(micros))
    }

    /// So many microseconds after midnight, which must be within a day.
    pub const fn from_micros(micros: i64) -> Self {
        assert!(0 <= micros && micros <= DAY, "a time of day lies within a day");
        Self(micros)
    }

    /// Microseconds since midnight.
    pub const fn micros(self) -> i64 {
        self.0
    }
}

/// As PostgreSQL writes it: `10:30:00.25`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_clock(f, self.0 as u64)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads `10:30`, `10:30:00.25`, `10:30 PM` and what PostgreSQL reads besides; a day and an offset are read and ignored.
impl FromStr for Time {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match parse::moment(text, TypeName::Time)? {
            Moment::At { micros: Some(micros), .. } => {
                Self::new(micros).ok_or_else(|| ParseError::range(TypeName::Time, text))
            }
            _ => Err(ParseError::syntax(TypeName::Time, text)),
        }
    }
}
