//! Days.

use std::fmt;
use std::str::FromStr;

use super::calendar::Civil;
use super::parse::{self, Moment};
use super::{is_bc, write_civil};
use crate::error::{EvalError, ParseError, TypeName};

/// `DATE`: days since 1970-01-01, from 4713 BC to 5874897 AD, and two infinities beyond.
///
/// ```
/// use cosmictron_types::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!(Some(date), Date::from_ymd(2024, 2, 29));
/// assert_eq!(date.to_string(), "2024-02-29");
/// assert_eq!(Date::from_days(0).to_string(), "1970-01-01");
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Date(i32);

impl Date {
    /// Later than every day.
    pub const INFINITY: Self = Self(i32::MAX);
    /// Earlier than every day.
    pub const NEG_INFINITY: Self = Self(i32::MIN);
    /// The first day: 4714-11-24 BC, where Julian day numbers begin.
    pub const MIN: Self = Self(-2_440_588);
    /// The last day, in the year 5874897.
    pub const MAX: Self = Self(2_145_042_905);

    /// So many days after 1970-01-01; `i32::MAX` and `i32::MIN` are the infinities.
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i32 {
        self.0
    }

    /// A day of the calendar; year 0 is 1 BC. `None` if there is no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        Self::checked(Civil::new(year.into(), month, day)?.to_days())
    }

    /// Year (0 is 1 BC), month and day. Meaningless for the infinities.
    pub fn to_ymd(self) -> (i32, u32, u32) {
        let Civil { year, month, day } = Civil::from_days(self.0.into());
        (year as i32, month, day)
    }

    /// The day, if it lies within PostgreSQL's range.
    pub(crate) fn checked(days: i64) -> Option<Self> {
        let days = i32::try_from(days).ok()?;
        (Self::MIN.0..=Self::MAX.0).contains(&days).then_some(Self(days))
    }

    /// Neither of the infinities.
    pub const fn is_finite(self) -> bool {
        self.0 != i32::MAX && self.0 != i32::MIN
    }
}

/// As PostgreSQL writes it: `2026-01-31`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::INFINITY => return f.write_str("infinity"),
            Self::NEG_INFINITY => return f.write_str("-infinity"),
            _ => {}
        }
        let civil = Civil::from_days(self.0.into());
        write_civil(f, civil)?;
        if is_bc(civil) { f.write_str(" BC") } else { Ok(()) }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads `2026-01-31` and PostgreSQL's other forms; a time of day is read and ignored.
impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match parse::moment(text, TypeName::Date)? {
            Moment::Infinity => Ok(Self::INFINITY),
            Moment::NegInfinity => Ok(Self::NEG_INFINITY),
            Moment::At { day, .. } => {
                Self::checked(day.ok_or_else(|| ParseError::syntax(TypeName::Date, text))?).ok_or_else(|| {
                    ParseError::new(EvalError::DatetimeFieldOverflow, format!("date out of range: {text:?}"))
                })
            }
        }
    }
}
