//! Reads dates and times: RFC 3339, and what PostgreSQL's datetime input takes with its default settings.
//!
//! Words that depend on the day they are read (`now`, `tomorrow`) and names of time zones are refused.

use super::calendar::{Civil, HOUR, MINUTE, SECOND};
use crate::error::{EvalError, ParseError, TypeName};

/// What a text says about a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Infinity,
    NegInfinity,
    /// Days since 1970-01-01, microseconds since midnight, and microseconds east of UTC, as far as written.
    At {
        day: Option<i64>,
        micros: Option<i64>,
        offset: Option<i64>,
    },
}

/// Why a text is none.
enum Failure {
    Syntax,
    /// A month 13, an hour 25.
    Field,
}

use Failure::{Field, Syntax};

/// Reads a date, a time, or both.
pub(crate) fn moment(text: &str, ty: TypeName) -> Result<Moment, ParseError> {
    let lower = text.trim_ascii().to_ascii_lowercase();
    match lower.as_str() {
        "infinity" | "+infinity" => return Ok(Moment::Infinity),
        "-infinity" => return Ok(Moment::NegInfinity),
        "epoch" => return Ok(Moment::At { day: Some(0), micros: Some(0), offset: Some(0) }),
        _ => {}
    }
    parse(&lower, ty == TypeName::Time).map_err(|failure| match failure {
        Syntax => ParseError::syntax(ty, text),
        Field => ParseError::new(
            EvalError::DatetimeFieldOverflow,
            format!("date/time field value out of range: {text:?}"),
        ),
    })
}

/// With `only_time`, digits alone are a time of day.
fn parse(text: &str, only_time: bool) -> Result<Moment, Failure> {
    if !text.is_ascii() {
        return Err(Syntax);
    }
    let mut parts = Parts::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_ascii_whitespace() || c == ',' => 1,
            '+' | '-' => {
                let length = 1 + span(&rest[1..], |c| c.is_ascii_digit() || c == ':');
                set(&mut parts.offset, offset(&rest[..length])?)?;
                length
            }
            c if c.is_ascii_alphabetic() => {
                let length = span(rest, |c| c.is_ascii_alphabetic());
                parts.word(&rest[..length])?;
                length
            }
            c if c.is_ascii_digit() => parts.number(rest)?,
            _ => return Err(Syntax),
        };
        rest = &rest[length..];
    }
    if let (true, [digits]) = (only_time, parts.loose.as_slice())
        && digits.len() >= 4
    {
        set(&mut parts.micros, compact_clock(digits)?)?;
        parts.loose.clear();
    }
    parts.finish()
}

/// How many bytes from the start satisfy the predicate.
fn span(text: &str, mut accept: impl FnMut(char) -> bool) -> usize {
    text.find(|c| !accept(c)).unwrap_or(text.len())
}

fn set<T>(slot: &mut Option<T>, value: T) -> Result<(), Failure> {
    if slot.replace(value).is_some() { Err(Syntax) } else { Ok(()) }
}

/// What has been read so far.
#[derive(Default)]
struct Parts<'a> {
    date: Option<Civil>,
    /// `Jan` where the date is written in words; its day and year are loose numbers.
    month: Option<u32>,
    loose: Vec<&'a str>,
    micros: Option<i64>,
    offset: Option<i64>,
    afternoon: Option<bool>,
    before_christ: Option<bool>,
    /// A `T` has announced a time of day.
    time_follows: bool,
}

impl<'a> Parts<'a> {
    fn word(&mut self, word: &str) -> Result<(), Failure> {
        match word {
            "t" if self.date.is_some() && self.micros.is_none() => self.time_follows = true,
            "z" | "utc" | "gmt" | "zulu" if self.micros.is_some() || self.date.is_some() => {
                set(&mut self.offset, 0)?
            }
            "am" => set(&mut self.afternoon, false)?,
            "pm" => set(&mut self.afternoon, true)?,
            "bc" => set(&mut self.before_christ, true)?,
            "ad" => set(&mut self.before_christ, false)?,
            word => match month_of(word) {
                Some(month) => set(&mut self.month, month)?,
                None if is_weekday(word) => {}
                None => return Err(Syntax),
            },
        }
        Ok(())
    }

    /// A token that begins with a digit; returns its length.
    fn number(&mut self, rest: &'a str) -> Result<usize, Failure> {
        let digits = span(rest, |c| c.is_ascii_digit());
        match rest[digits..].chars().next() {
            Some(':') => {
                let length = span(rest, |c| c.is_ascii_digit() || c == ':' || c == '.');
                set(&mut self.micros, clock(&rest[..length])?)?;
                Ok(length)
            }
            Some(separator @ ('-' | '/')) if self.date.is_none() && !self.time_follows => {
                let length = span(rest, |c| c.is_ascii_alphanumeric() || c == separator);
                // `2026-01-01t10:00`: what follows the T belongs to the time.
                let length = rest[..length].rfind('t').map_or(length, |at| match &rest[at + 1..length] {
                    tail if tail.starts_with(|c: char| c.is_ascii_digit()) => at,
                    "" => at,
                    _ => length,
                });
                set(&mut self.date, date(&rest[..length], separator)?)?;
                Ok(length)
            }
            _ if self.time_follows || (digits == 6 && self.date.is_some()) => {
                let length = span(rest, |c| c.is_ascii_digit() || c == '.');
                set(&mut self.micros, compact_clock(&rest[..length])?)?;
                Ok(length)
            }
            _ if digits == 8 && self.date.is_none() && self.month.is_none() => {
                let field = |range| number(&rest[range]);
                let civil = civil(field(0..4)?, field(4..6)?, field(6..8)?)?;
                set(&mut self.date, civil)?;
                Ok(digits)
            }
            _ => {
                self.loose.push(&rest[..digits]);
                Ok(digits)
            }
        }
    }

    fn finish(mut self) -> Result<Moment, Failure> {
        if let Some(month) = self.month {
            set(&mut self.date, date_in_words(month, &self.loose)?)?;
        } else if !self.loose.is_empty() {
            return Err(Syntax);
        }
        if let (Some(afternoon), Some(micros)) = (self.afternoon, &mut self.micros) {
            match (*micros / HOUR, afternoon) {
                (13.., _) => return Err(Field),
                (12, false) => *micros -= 12 * HOUR,
                (12, true) | (_, false) => {}
                (_, true) => *micros += 12 * HOUR,
            }
        } else if self.afternoon.is_some() || (self.time_follows && self.micros.is_none()) {
            return Err(Syntax);
        }
        if self.before_christ == Some(true) {
            let date = self.date.as_mut().ok_or(Syntax)?;
            *date = civil(1 - date.year, date.month.into(), date.day.into())?;
        } else if self.date.is_some_and(|date| date.year == 0) {
            return Err(Field);
        }
        if self.date.is_none() && self.micros.is_none() {
            return Err(Syntax);
        }
        Ok(Moment::At { day: self.date.map(Civil::to_days), micros: self.micros, offset: self.offset })
    }
}

fn number(digits: &str) -> Result<i64, Failure> {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Syntax);
    }
    digits.parse::<i64>().ok().filter(|n| *n < 10_000_000).ok_or(Field)
}

fn civil(year: i64, month: i64, day: i64) -> Result<Civil, Failure> {
    let field = |n: i64| u32::try_from(n).map_err(|_| Field);
    Civil::new(year, field(month)?, field(day)?).ok_or(Field)
}

/// A year as written: two digits are those of 1970 to 2069.
fn year(digits: &str) -> Result<i64, Failure> {
    let year = number(digits)?;
    Ok(match (digits.len(), year) {
        (1 | 2, ..70) => year + 2000,
        (1 | 2, _) => year + 1900,
        _ => year,
    })
}

/// `2026-01-31`, `1/31/2026`, `31-jan-2026`, `2026-jan-31`, `2026-031`.
fn date(token: &str, separator: char) -> Result<Civil, Failure> {
    let fields: Vec<&str> = token.split(separator).collect();
    match fields.as_slice() {
        [first, second, third] => match month_of(second) {
            Some(month) if first.len() >= 3 => civil(year(first)?, month.into(), number(third)?),
            Some(month) => civil(year(third)?, month.into(), number(first)?),
            None if first.len() >= 3 => civil(year(first)?, number(second)?, number(third)?),
            None => civil(year(third)?, number(first)?, number(second)?),
        },
        [first, second] if first.len() >= 4 && second.len() == 3 => {
            let january = civil(year(first)?, 1, 1)?;
            let date = Civil::from_days(january.to_days() + number(second)? - 1);
            if date.year == january.year { Ok(date) } else { Err(Field) }
        }
        _ => Err(Syntax),
    }
}

/// `Jan 8 1999`, `8 Jan 1999`, `1999 Jan 8`.
fn date_in_words(month: u32, numbers: &[&str]) -> Result<Civil, Failure> {
    match numbers {
        [first, day] if first.len() >= 3 => civil(year(first)?, month.into(), number(day)?),
        [day, last] => civil(year(last)?, month.into(), number(day)?),
        _ => Err(Syntax),
    }
}

/// `10:30`, `10:30:05.25`, in microseconds.
fn clock(token: &str) -> Result<i64, Failure> {
    let mut fields = token.split(':');
    let mut next = || fields.next();
    let hour = number(next().ok_or(Syntax)?)?;
    let minute = number(next().ok_or(Syntax)?)?;
    let seconds = next().map_or(Ok(0), seconds)?;
    if next().is_some() { Err(Syntax) } else { checked_clock(hour, minute, seconds) }
}

/// `103005.25`, `1030`, in microseconds.
fn compact_clock(token: &str) -> Result<i64, Failure> {
    match token.find('.').unwrap_or(token.len()) {
        6 => checked_clock(number(&token[..2])?, number(&token[2..4])?, seconds(&token[4..])?),
        4 if token.len() == 4 => checked_clock(number(&token[..2])?, number(&token[2..4])?, 0),
        2 if token.len() == 2 => checked_clock(number(token)?, 0, 0),
        _ => Err(Syntax),
    }
}

fn checked_clock(hour: i64, minute: i64, seconds: i64) -> Result<i64, Failure> {
    let micros = hour.saturating_mul(HOUR) + minute * MINUTE + seconds;
    if minute < 60 && seconds <= MINUTE && micros <= 24 * HOUR { Ok(micros) } else { Err(Field) }
}

/// `05.25` in microseconds.
fn seconds(token: &str) -> Result<i64, Failure> {
    let (whole, fraction) = token.split_once('.').unwrap_or((token, ""));
    Ok(number(whole)?.saturating_mul(SECOND) + self::fraction(fraction).ok_or(Syntax)?)
}

/// The digits after a point, in millionths, rounded.
pub(super) fn fraction(digits: &str) -> Option<i64> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digit = |i: usize| digits.as_bytes().get(i).map_or(0, |b| i64::from(b - b'0'));
    let millionths = (0..6).fold(0, |sum, i| sum * 10 + digit(i));
    Some(millionths + i64::from(digit(6) >= 5))
}

/// `+02`, `-0330`, `+05:45`, in microseconds east of UTC.
fn offset(token: &str) -> Result<i64, Failure> {
    let (sign, digits) = token.split_at(1);
    let (hour, minute, second) = match digits.split(':').collect::<Vec<_>>().as_slice() {
        [hour, minute, second] => (number(hour)?, number(minute)?, number(second)?),
        [hour, minute] => (number(hour)?, number(minute)?, 0),
        [packed] if packed.len() == 3 || packed.len() == 4 => {
            let (hour, minute) = packed.split_at(packed.len() - 2);
            (number(hour)?, number(minute)?, 0)
        }
        [hour] if hour.len() <= 2 => (number(hour)?, 0, 0),
        _ => return Err(Syntax),
    };
    if hour > 15 || minute > 59 || second > 59 {
        return Err(Field);
    }
    let micros = hour * HOUR + minute * MINUTE + second * SECOND;
    Ok(if sign == "-" { -micros } else { micros })
}

fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let found = MONTHS.iter().position(|name| *name == word || (word.len() == 3 && name.starts_with(word)));
    found.or((word == "sept").then_some(8)).map(|i| i as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|name| *name == word || (word.len() == 3 && name.starts_with(word)))
}
