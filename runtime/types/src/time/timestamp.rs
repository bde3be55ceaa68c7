//! Moments in time.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::calendar::{Civil, DAY};
use super::parse::{self, Moment};
use super::{Date, Time, is_bc, write_civil, write_clock};
use crate::error::{EvalError, ParseError, TypeName};

/// `TIMESTAMP` and `TIMESTAMPTZ`: microseconds since 1970-01-01 00:00 UTC. The session time zone is always UTC, so
/// that both are the same moment.
///
/// From 4713 BC to 294247 AD, and two values beyond: [`Timestamp::INFINITY`] and [`Timestamp::NEG_INFINITY`].
///
/// ```
/// use cosmictron_types::Timestamp;
///
/// let noon: Timestamp = "2026-01-01T12:00:00+02:00".parse()?;
/// assert_eq!(noon.to_string(), "2026-01-01 10:00:00");
/// assert_eq!(noon, Timestamp::from_micros(1_767_261_600_000_000));
/// assert_eq!(Timestamp::parse("2026-01-01 10:00")?, noon);
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Later than every moment.
    pub const INFINITY: Self = Self(i64::MAX);
    /// Earlier than every moment.
    pub const NEG_INFINITY: Self = Self(i64::MIN);
    /// The first moment: 4714-11-24 BC, where Julian day numbers begin.
    pub const MIN: Self = Self(-210_866_803_200_000_000);
    /// The last moment, in the year 294247.
    pub const MAX: Self = Self(i64::MAX - 1);

    /// So many microseconds after 1970-01-01 00:00 UTC; `i64::MAX` and `i64::MIN` are the infinities.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01 00:00 UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Midnight of a day, and later by the time of day. Infinite dates give infinite moments; `None` beyond
    /// [`Timestamp::MAX`].
    pub fn from_date_time(date: Date, time: Time) -> Option<Self> {
        match date {
            Date::INFINITY => Some(Self::INFINITY),
            Date::NEG_INFINITY => Some(Self::NEG_INFINITY),
            date => i64::from(date.days())
                .checked_mul(DAY)
                .and_then(|midnight| midnight.checked_add(time.micros()))
                .and_then(Self::checked),
        }
    }

    /// The moment, if it lies within PostgreSQL's range.
    pub(crate) fn checked(micros: i64) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&micros).then_some(Self(micros))
    }

    /// Neither of the infinities.
    pub const fn is_finite(self) -> bool {
        self.0 != i64::MAX && self.0 != i64::MIN
    }

    /// Days since 1970-01-01 and microseconds since that day's midnight. Only for finite moments.
    pub(crate) fn split(self) -> (i64, i64) {
        (self.0.div_euclid(DAY), self.0.rem_euclid(DAY))
    }

    /// Reads RFC 3339 and PostgreSQL's forms, among them `2026-01-01`, `2026-01-01 10:00:00.5+02`, `Jan 1 2026 10:00`
    /// and `infinity`. Without an offset the time is UTC.
    ///
    /// # Errors
    /// If the text is not a moment, or one beyond the range.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Self::from_moment(parse::moment(text, TypeName::TimestampTz)?, text, TypeName::TimestampTz, true)
    }

    /// Like [`Timestamp::parse`], but an offset is read and ignored, as PostgreSQL does for `TIMESTAMP` without
    /// time zone.
    ///
    /// # Errors
    /// If the text is not a moment, or one beyond the range.
    pub fn parse_local(text: &str) -> Result<Self, ParseError> {
        Self::from_moment(parse::moment(text, TypeName::Timestamp)?, text, TypeName::Timestamp, false)
    }

    fn from_moment(moment: Moment, text: &str, ty: TypeName, zoned: bool) -> Result<Self, ParseError> {
        match moment {
            Moment::Infinity => Ok(Self::INFINITY),
            Moment::NegInfinity => Ok(Self::NEG_INFINITY),
            Moment::At { day, micros, offset } => day
                .ok_or_else(|| ParseError::syntax(ty, text))?
                .checked_mul(DAY)
                .and_then(|midnight| midnight.checked_add(micros.unwrap_or(0)))
                .and_then(|local| if zoned { local.checked_sub(offset.unwrap_or(0)) } else { Some(local) })
                .and_then(Self::checked)
                .ok_or_else(|| {
                    ParseError::new(
                        EvalError::DatetimeFieldOverflow,
                        format!("timestamp out of range: {text:?}"),
                    )
                }),
        }
    }

    /// RFC 3339 in UTC: `2026-01-01T10:00:00.5Z`, of the fraction only what is needed; `infinity` and `-infinity`.
    pub fn to_rfc3339(self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text, 'T', "Z");
        text
    }

    fn write(self, f: &mut dyn fmt::Write, separator: char, suffix: &str) -> fmt::Result {
        match self {
            Self::INFINITY => return f.write_str("infinity"),
            Self::NEG_INFINITY => return f.write_str("-infinity"),
            _ => {}
        }
        let (days, micros) = self.split();
        let civil = Civil::from_days(days);
        write_civil(f, civil)?;
        f.write_char(separator)?;
        write_clock(f, micros as u64)?;
        f.write_str(suffix)?;
        if is_bc(civil) { f.write_str(" BC") } else { Ok(()) }
    }

    /// As PostgreSQL writes a `TIMESTAMPTZ` in UTC: `2026-01-01 10:00:00+00`.
    pub fn to_zoned_string(self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text, ' ', "+00");
        text
    }
}

/// As PostgreSQL writes a `TIMESTAMP`: `2026-01-01 10:00:00.5`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, ' ', "")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// [`Timestamp::parse`].
impl FromStr for Timestamp {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

/// To the microsecond before or at it; beyond the range, the infinities.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let micros = |d: Duration| i64::try_from(d.as_micros()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(micros(after)),
            Err(before) => Self(-micros(before.duration())),
        }
    }
}
