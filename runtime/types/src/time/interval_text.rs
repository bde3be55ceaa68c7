//! Reads intervals: PostgreSQL's verbose forms and ISO 8601.

use super::Interval;
use super::calendar::{DAY, HOUR, MINUTE, SECOND};
use super::parse::fraction;
use crate::error::{EvalError, ParseError, TypeName};

/// Why a text is none.
enum Failure {
    Syntax,
    Range,
}

use Failure::{Range, Syntax};

/// Reads an interval.
pub(super) fn parse(text: &str) -> Result<Interval, ParseError> {
    let lower = text.trim_ascii().to_ascii_lowercase();
    let parsed = match lower.strip_prefix('p') {
        _ if !lower.is_ascii() => Err(Syntax),
        Some(iso) => parse_iso(iso),
        None => parse_verbose(&lower),
    };
    parsed.map_err(|failure| match failure {
        Syntax => ParseError::syntax(TypeName::Interval, text),
        Range => ParseError::new(
            EvalError::IntervalFieldOverflow,
            format!("interval field value out of range: {text:?}"),
        ),
    })
}

/// What a number can count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Months(i64),
    Days(i64),
    Micros(i64),
}

/// The parts summed so far.
#[derive(Default)]
struct Sum {
    months: i64,
    days: i64,
    micros: i64,
}

impl Sum {
    /// Adds `number` units; what is left of a month is counted in days of which it has 30, what is left of a day in
    /// microseconds.
    fn add(&mut self, number: Number, unit: Unit) -> Result<(), Failure> {
        let Number { whole, fraction } = number;
        match unit {
            Unit::Months(n) => {
                self.months = add_product(self.months, whole, n)?;
                if n == 1 {
                    self.add_days(fraction * 30.0)?;
                } else {
                    let months = (fraction * n as f64).round_ties_even();
                    self.months = self.months.checked_add(months as i64).ok_or(Range)?;
                }
            }
            Unit::Days(n) => {
                self.days = add_product(self.days, whole, n)?;
                self.add_days(fraction * n as f64)?;
            }
            Unit::Micros(n) => {
                self.micros = add_product(self.micros, whole, n)?;
                let micros = (fraction * n as f64).round_ties_even();
                self.micros = self.micros.checked_add(micros as i64).ok_or(Range)?;
            }
        }
        Ok(())
    }

    fn add_days(&mut self, days: f64) -> Result<(), Failure> {
        self.days = self.days.checked_add(days.trunc() as i64).ok_or(Range)?;
        let micros = (days.fract() * DAY as f64).round_ties_even();
        self.micros = self.micros.checked_add(micros as i64).ok_or(Range)?;
        Ok(())
    }

    fn finish(self, ago: bool) -> Result<Interval, Failure> {
        let sign = if ago { -1 } else { 1 };
        let narrow = |n: i64| i32::try_from(n * sign).map_err(|_| Range);
        let micros = self.micros.checked_mul(sign).ok_or(Range)?;
        if self.months.abs() > i64::from(i32::MAX) || self.days.abs() > i64::from(i32::MAX) {
            return Err(Range);
        }
        Ok(Interval::new(narrow(self.months)?, narrow(self.days)?, micros))
    }
}

fn add_product(sum: i64, a: i64, b: i64) -> Result<i64, Failure> {
    a.checked_mul(b).and_then(|product| sum.checked_add(product)).ok_or(Range)
}

/// A signed decimal number; the fraction has the number's sign.
#[derive(Clone, Copy)]
struct Number {
    whole: i64,
    fraction: f64,
}

fn number(text: &str) -> Result<Number, Failure> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return Err(Syntax);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| Range)? };
    let fraction: f64 =
        if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse().map_err(|_| Syntax)? };
    Ok(Number { whole: whole * sign, fraction: fraction * sign as f64 })
}

/// `1 year 2 mons -3 days +04:05:06.789`, `@ 1 minute ago`, `1-2 3 4:05`, `90` (seconds).
fn parse_verbose(text: &str) -> Result<Interval, Failure> {
    let mut words = tokens(text).into_iter().peekable();
    if words.peek().is_none() {
        return Err(Syntax);
    }
    let mut sum = Sum::default();
    let mut ago = false;
    while let Some(word) = words.next() {
        if ago {
            return Err(Syntax);
        }
        if word == "ago" {
            ago = true;
        } else if word.contains(':') {
            sum.micros = sum.micros.checked_add(clock(word)?).ok_or(Range)?;
        } else if let Some(at) = word[1..].find('-').map(|at| at + 1) {
            sum.add(years_and_months(&word[..at], &word[at + 1..])?, Unit::Months(1))?;
        } else {
            let number = number(word)?;
            match words.peek() {
                Some(unit) if unit.starts_with(|c: char| c.is_ascii_alphabetic()) && *unit != "ago" => {
                    sum.add(number, unit_of(unit)?)?;
                    words.next();
                }
                // `1 04:05` is a day and a time, a number alone is seconds.
                Some(next) if next.contains(':') => sum.add(number, Unit::Days(1))?,
                None | Some(&"ago") => sum.add(number, Unit::Micros(SECOND))?,
                Some(_) => return Err(Syntax),
            }
        }
    }
    sum.finish(ago)
}

/// PostgreSQL passes over punctuation that means nothing to it.
fn is_separator(c: char) -> bool {
    c.is_ascii_whitespace() || (c.is_ascii_punctuation() && !"+-.:/".contains(c))
}

/// Splits at blanks, and between a number and the unit that follows it (`2h30m`).
fn tokens(text: &str) -> Vec<&str> {
    let is_unit = |b: &u8| b.is_ascii_alphabetic();
    let words = text.split(is_separator).filter(|word| !word.is_empty());
    // Splitting an ASCII text gives ASCII texts.
    words
        .flat_map(|word| word.as_bytes().chunk_by(move |a, b| is_unit(a) == is_unit(b)))
        .filter_map(|t| str::from_utf8(t).ok())
        .collect()
}

fn unit_of(word: &str) -> Result<Unit, Failure> {
    Ok(match word {
        "microsecond" | "microseconds" | "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecon" => {
            Unit::Micros(1)
        }
        "millisecond" | "milliseconds" | "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "millisecon" => {
            Unit::Micros(SECOND / 1000)
        }
        "second" | "seconds" | "s" | "sec" | "secs" => Unit::Micros(SECOND),
        "minute" | "minutes" | "m" | "min" | "mins" => Unit::Micros(MINUTE),
        "hour" | "hours" | "h" | "hr" | "hrs" => Unit::Micros(HOUR),
        "day" | "days" | "d" => Unit::Days(1),
        "week" | "weeks" | "w" => Unit::Days(7),
        "month" | "months" | "mon" | "mons" => Unit::Months(1),
        "year" | "years" | "y" | "yr" | "yrs" => Unit::Months(12),
        "decade" | "decades" | "dec" | "decs" => Unit::Months(120),
        "century" | "centuries" | "c" | "cent" => Unit::Months(1200),
        "millennium" | "millennia" | "mil" | "mils" => Unit::Months(12_000),
        _ => return Err(Syntax),
    })
}

/// `4:05`, `-4:05:06.789`, in microseconds; a fraction makes two parts minutes and seconds.
fn clock(word: &str) -> Result<i64, Failure> {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let fields: Vec<i64> = whole
        .split(':')
        .map(|field| if field.is_empty() { Err(Syntax) } else { Ok(number(field)?.whole) })
        .collect::<Result<_, _>>()?;
    let (hours, minutes, seconds) = match fields.as_slice() {
        [minutes, seconds] if !decimals.is_empty() => (0, *minutes, *seconds),
        [hours, minutes] => (*hours, *minutes, 0),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return Err(Syntax),
    };
    if minutes > 59 || seconds > 60 {
        return Err(Range);
    }
    let micros = add_product(minutes * MINUTE + seconds * SECOND, hours, HOUR)?;
    let micros = micros.checked_add(fraction(decimals).ok_or(Syntax)?).ok_or(Range)?;
    Ok(if word.starts_with('-') { -micros } else { micros })
}

/// `1-2`: a year and two months.
fn years_and_months(years: &str, months: &str) -> Result<Number, Failure> {
    let (sign, years) = match years.strip_prefix('-') {
        Some(years) => (-1, years),
        None => (1, years),
    };
    let (years, months) = (number(years)?.whole, number(months)?.whole);
    if months > 11 {
        return Err(Range);
    }
    Ok(Number { whole: add_product(months, years, 12)? * sign, fraction: 0.0 })
}

/// What follows the P of `P1Y2M3W4DT5H6M7.5S`.
fn parse_iso(text: &str) -> Result<Interval, Failure> {
    let (dates, times) = match text.split_once('t') {
        Some((_, "")) => return Err(Syntax),
        Some((dates, times)) => (dates, times),
        None if text.is_empty() => return Err(Syntax),
        None => (text, ""),
    };
    let mut sum = Sum::default();
    iso_fields(dates, &mut sum, |designator| match designator {
        'y' => Some(Unit::Months(12)),
        'm' => Some(Unit::Months(1)),
        'w' => Some(Unit::Days(7)),
        'd' => Some(Unit::Days(1)),
        _ => None,
    })?;
    iso_fields(times, &mut sum, |designator| match designator {
        'h' => Some(Unit::Micros(HOUR)),
        'm' => Some(Unit::Micros(MINUTE)),
        's' => Some(Unit::Micros(SECOND)),
        _ => None,
    })?;
    sum.finish(false)
}

fn iso_fields(mut text: &str, sum: &mut Sum, unit: impl Fn(char) -> Option<Unit>) -> Result<(), Failure> {
    while let Some(at) = text.find(|c: char| c.is_ascii_alphabetic()) {
        let designator = text[at..].chars().next().and_then(&unit).ok_or(Syntax)?;
        sum.add(number(&text[..at])?, designator)?;
        text = &text[at + 1..];
    }
    if text.is_empty() { Ok(()) } else { Err(Syntax) }
}
