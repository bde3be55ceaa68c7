//! Numbers of JSON documents: decimals of any length, as PostgreSQL keeps them.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use crate::Text;
use crate::error::{ParseError, TypeName};

/// What PostgreSQL's `numeric` holds at most.
const MAX_WHOLE_DIGITS: i64 = 131_072;
const MAX_DECIMALS: i64 = 16_383;

/// A decimal number, written out without an exponent.
#[derive(Clone, Debug)]
pub(crate) struct Number(Text);

impl Number {
    /// Writes out a JSON number (a text of that form is expected).
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let range = || ParseError::range(TypeName::Numeric, text);
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.parse().map_err(|_| range())?;
        let (sign, unsigned) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = [whole, fraction].concat();
        let is_zero = digits.bytes().all(|b| b == b'0');
        let decimals = (fraction.len() as i64).saturating_sub(exponent).max(0);
        let before_point = (whole.len() as i64).saturating_add(exponent);
        if decimals > MAX_DECIMALS || (before_point > MAX_WHOLE_DIGITS && !is_zero) {
            return Err(range());
        }
        let sign = if is_zero { "" } else { sign };
        if is_zero {
            let zeros = "0".repeat(decimals as usize);
            return Ok(Self(Text::from(if decimals == 0 { "0".to_owned() } else { format!("0.{zeros}") })));
        }
        let (whole, fraction) = shift_point(&digits, before_point);
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        Ok(Self(Text::from(format!("{sign}{whole}{point}{fraction}"))))
    }

    /// The number as PostgreSQL prints it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is below zero, the digits before the point, and those after it without trailing zeros.
    fn parts(&self) -> (bool, &str, &str) {
        let text = self.as_str();
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        (negative, whole, fraction.trim_end_matches('0'))
    }
}

/// Splits digits after the first `before_point` ones, with zeros where there are none.
fn shift_point(digits: &str, before_point: i64) -> (String, String) {
    if before_point <= 0 {
        return ("0".to_owned(), "0".repeat(before_point.unsigned_abs() as usize) + digits);
    }
    let before_point = before_point as usize;
    if before_point >= digits.len() {
        return (format!("{digits:0<before_point$}"), String::new());
    }
    (digits[..before_point].to_owned(), digits[before_point..].to_owned())
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((a_negative, a, a_fraction), (b_negative, b, b_fraction)) = (self.parts(), other.parts());
        let magnitude = || (a.len(), a, a_fraction).cmp(&(b.len(), b, b_fraction));
        match (a_negative, b_negative) {
            (false, false) => magnitude(),
            (true, true) => magnitude().reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}
