//! Decimal digits of exact numbers: powers of ten, rounding, and the text form they share.

use std::fmt::{self, Write};

use ethnum::I256;

use crate::error::{EvalError, ParseError, TypeName};

/// The most digits an exact number can have: what a 256-bit integer holds in full.
pub(crate) const MAX_DIGITS: u8 = 76;

const POWERS: [I256; MAX_DIGITS as usize + 1] = powers();

const fn powers() -> [I256; MAX_DIGITS as usize + 1] {
    let mut powers = [I256::ONE; MAX_DIGITS as usize + 1];
    let (mut high, mut low) = (0i128, 1u128);
    let mut i = 1;
    while i < powers.len() {
        let bottom = (low & u64::MAX as u128) * 10;
        let top = (low >> 64) * 10 + (bottom >> 64);
        low = (top << 64) | (bottom & u64::MAX as u128);
        high = high * 10 + (top >> 64) as i128;
        powers[i] = I256::from_words(high, low as i128);
        i += 1;
    }
    powers
}

/// `10^exponent`, or `None` beyond [`MAX_DIGITS`].
pub(crate) fn power_of_ten(exponent: u32) -> Option<I256> {
    POWERS.get(exponent as usize).copied()
}

/// `10^exponent` as a `u64`, or `None` beyond 19.
pub(crate) fn power_of_ten_u64(exponent: u32) -> Option<u64> {
    const POWERS: [u64; 20] = {
        let mut powers = [1; 20];
        let mut i = 1;
        while i < powers.len() {
            powers[i] = powers[i - 1] * 10;
            i += 1;
        }
        powers
    };
    POWERS.get(exponent as usize).copied()
}

/// `10^exponent` as an `i128`, or `None` beyond 38.
pub(crate) const fn power_of_ten_i128(exponent: u32) -> Option<i128> {
    10i128.checked_pow(exponent)
}

/// `dividend / divisor` rounded half away from zero; the divisor is positive.
pub(crate) fn divide_rounded(dividend: I256, divisor: I256) -> I256 {
    let (quotient, remainder) = (dividend / divisor, (dividend % divisor).abs());
    if remainder >= divisor - remainder { quotient + dividend.signum() } else { quotient }
}

/// [`divide_rounded`] for machine integers.
pub(crate) const fn divide_rounded_i128(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend / divisor;
    // Dividing once is half the time.
    let remainder = (dividend - quotient * divisor).abs();
    if remainder >= divisor - remainder { quotient + dividend.signum() } else { quotient }
}

/// Writes `mantissa / 10^scale` with exactly `scale` decimals.
pub(crate) fn write_scaled(
    f: &mut fmt::Formatter<'_>,
    negative: bool,
    digits: &dyn fmt::Display,
    scale: u8,
) -> fmt::Result {
    const ZEROS: &str = "00000000000000000000000000000000000000000000000000000000000000000000000000000";
    let scale = scale as usize;
    let mut text = String::with_capacity(48);
    if negative {
        text.push('-');
    }
    let sign = text.len();
    write!(text, "{digits}")?;
    // One digit stands before the point at least.
    let missing = (scale + 1).saturating_sub(text.len() - sign);
    text.insert_str(sign, &ZEROS[..missing]);
    if scale > 0 {
        text.insert(text.len() - scale, '.');
    }
    f.pad(&text)
}

/// Reads what PostgreSQL's `numeric` reads, except NaN and infinities: blanks, sign, digits with an optional
/// point, exponent. The scale is the number of decimals written, less the exponent.
pub(crate) fn parse_scaled(text: &str) -> Result<(I256, u8), ParseError> {
    let syntax = || ParseError::syntax(TypeName::Numeric, text);
    let range = || ParseError::range(TypeName::Numeric, text);
    let trimmed = text.trim_ascii();
    let (negative, unsigned) = match trimmed.as_bytes().first() {
        Some(b'-') => (true, &trimmed[1..]),
        Some(b'+') => (false, &trimmed[1..]),
        _ => (false, trimmed),
    };
    if ["nan", "inf", "infinity"].iter().any(|special| unsigned.eq_ignore_ascii_case(special)) {
        return Err(ParseError::new(EvalError::NanToNumeric, format!("a numeric cannot hold {trimmed:?}")));
    }
    let (digits, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => {
            let exponent = &unsigned[at + 1..];
            let plain = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit()) {
                return Err(syntax());
            }
            (&unsigned[..at], exponent.parse::<i32>().map_err(|_| range())?)
        }
        None => (unsigned, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return Err(syntax());
    }
    let mut mantissa = read_digits(whole.bytes().chain(fraction.bytes())).ok_or_else(range)?;
    let mut scale = i64::try_from(fraction.len()).map_err(|_| range())? - i64::from(exponent);
    if scale < 0 {
        let power = u32::try_from(-scale).ok().and_then(power_of_ten);
        mantissa = match power {
            _ if mantissa == I256::ZERO => mantissa,
            Some(power) => mantissa.checked_mul(power).ok_or_else(range)?,
            None => return Err(range()),
        };
        scale = 0;
    }
    if scale > i64::from(MAX_DIGITS) {
        return Err(range());
    }
    Ok((if negative { -mantissa } else { mantissa }, scale as u8))
}

/// The number that decimal digits make, as many of them at a time as a word holds.
fn read_digits(digits: impl Iterator<Item = u8>) -> Option<I256> {
    const DIGITS_OF_WORD: u32 = 19;
    let (mut mantissa, mut word, mut length) = (I256::ZERO, 0u64, 0);
    let append = |mantissa: I256, word: u64, length: u32| {
        if mantissa == I256::ZERO {
            return Some(I256::from(word));
        }
        mantissa.checked_mul(power_of_ten(length)?)?.checked_add(I256::from(word))
    };
    for digit in digits {
        if length == DIGITS_OF_WORD {
            mantissa = append(mantissa, word, length)?;
            (word, length) = (0, 0);
        }
        word = word * 10 + u64::from(digit - b'0');
        length += 1;
    }
    append(mantissa, word, length)
}
