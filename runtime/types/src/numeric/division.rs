//! Quotients, with as many decimals as PostgreSQL gives them.

use ethnum::I256;

use super::Numeric;
use super::digits::{MAX_DIGITS, divide_rounded, power_of_ten, power_of_ten_u64};
use crate::error::EvalError;

/// Significant digits that a quotient has at least.
const MIN_SIGNIFICANT_DIGITS: i32 = 16;

/// PostgreSQL computes in digits of base 10,000, and what it knows about a number's size is its first such digit.
const DECIMALS_OF_DIGIT: i32 = 4;

impl Numeric {
    /// The quotient, rounded half away from zero to the number of decimals that PostgreSQL selects.
    pub(crate) fn divide(self, divisor: Numeric) -> Result<Numeric, EvalError> {
        if divisor.is_zero() {
            return Err(EvalError::DivisionByZero);
        }
        if let Some(quotient) = divide_words(self, divisor) {
            return Ok(quotient);
        }
        let scale = u8::try_from(select_scale(self, divisor)).map_err(|_| EvalError::NumericOverflow)?;
        self.divide_to(divisor, scale)
    }

    /// `sum / 10^scale` divided by a count, with as many decimals as PostgreSQL gives an average. A scale of at most 38 and
    /// a positive count cannot fail.
    pub(crate) fn average(sum: i128, scale: u8, count: i64) -> Numeric {
        let (dividend, divisor) = (Numeric::new(sum, scale), Numeric::from(count.max(1)));
        if let Some(quotient) = divide_words(dividend, divisor) {
            return quotient;
        }
        // The dividend is 10^-38 at least and the divisor less than 10^19, so there are 16 + 4 * 15 decimals at most.
        let decimals = select_scale(dividend, divisor).clamp(0, MAX_DIGITS.into()) as u8;
        // Either no decimals are added, or the quotient has some twenty digits: times the count that is far below 10^76.
        let power = power_of_ten(u32::from(decimals.saturating_sub(scale))).unwrap_or(I256::ONE);
        let quotient = divide_rounded(dividend.wide_mantissa() * power, divisor.wide_mantissa());
        Numeric::from_wide(quotient, decimals)
    }

    /// The quotient, rounded half away from zero to so many decimals.
    pub(super) fn divide_to(self, divisor: Numeric, scale: u8) -> Result<Numeric, EvalError> {
        if divisor.is_zero() {
            return Err(EvalError::DivisionByZero);
        }
        if scale > MAX_DIGITS {
            return Err(EvalError::NumericOverflow);
        }
        // a / 10^s : b / 10^t in units of 10^-scale is a * 10^(scale + t - s) / b.
        let shift = i32::from(scale) + i32::from(divisor.scale) - i32::from(self.scale);
        let mantissa = divide_shifted(self.wide_mantissa(), shift, divisor.wide_mantissa())?;
        Ok(Numeric::from_wide(mantissa, scale))
    }
}

/// The quotient of numbers whose digits fit into machine words, as those of nearly all averages do: a fifth of the time.
#[inline]
fn divide_words(dividend: Numeric, divisor: Numeric) -> Option<Numeric> {
    let (a, b) = (dividend.word()?, divisor.word()?);
    let (negative, a, b) = ((a < 0) != (b < 0), a.unsigned_abs(), b.unsigned_abs());
    let firsts = (first_digit_of_word(a, dividend.scale)?, first_digit_of_word(b, divisor.scale)?);
    let scale = u8::try_from(scale_of_digits(firsts.0, firsts.1, dividend.scale, divisor.scale)).ok()?;
    let shift = u32::from(scale) + u32::from(divisor.scale);
    let power = power_of_ten_u64(shift.checked_sub(dividend.scale.into())?)?;
    // Neither product nor quotient leaves an i128: their factors are of 64 bits, and of 63 at most where both are large.
    let product = u128::from(a) * u128::from(power);
    let quotient = product / u128::from(b);
    // It is less than the divisor.
    let remainder = (product as u64).wrapping_sub((quotient as u64).wrapping_mul(b));
    let quotient = quotient as i128 + i128::from(remainder >= b - remainder);
    Some(Numeric::new(if negative { -quotient } else { quotient }, scale))
}

/// `select_div_scale` of PostgreSQL's numeric.c.
fn select_scale(dividend: Numeric, divisor: Numeric) -> i32 {
    scale_of_digits(first_digit(dividend), first_digit(divisor), dividend.scale, divisor.scale)
}

fn scale_of_digits(a: (i32, u16), b: (i32, u16), a_scale: u8, b_scale: u8) -> i32 {
    let quotient_weight = a.0 - b.0 - i32::from(a.1 <= b.1);
    (MIN_SIGNIFICANT_DIGITS - quotient_weight * DECIMALS_OF_DIGIT)
        .max(a_scale.into())
        .max(b_scale.into())
        .max(0)
}

/// The first digit of a number in base 10,000, and the power of 10,000 it stands for.
pub(super) fn first_digit(number: Numeric) -> (i32, u16) {
    if number.is_zero() {
        return (0, 0);
    }
    let exponent = decimal_digits(number) - 1 - i32::from(number.scale);
    let weight = exponent.div_euclid(DECIMALS_OF_DIGIT);
    // The digit is the number divided by 10^(4 weight), that is the mantissa by 10^(4 weight + scale).
    let shift = weight * DECIMALS_OF_DIGIT + i32::from(number.scale);
    let magnitude = number.wide_mantissa().unsigned_abs();
    let digit = if shift < 0 {
        (magnitude * 10u128.pow(shift.unsigned_abs())).as_u16()
    } else {
        power_of_ten(shift as u32).map_or(0, |power| (magnitude / power.unsigned_abs()).as_u16())
    };
    (weight, digit)
}

/// The same for a mantissa of one word; `None` where the digit does not come from a division by a power of that size.
fn first_digit_of_word(magnitude: u64, scale: u8) -> Option<(i32, u16)> {
    if magnitude == 0 {
        return Some((0, 0));
    }
    let exponent = magnitude.ilog10() as i32 - i32::from(scale);
    let weight = exponent.div_euclid(DECIMALS_OF_DIGIT);
    let shift = u32::try_from(weight * DECIMALS_OF_DIGIT + i32::from(scale)).ok()?;
    Some((weight, (magnitude / power_of_ten_u64(shift)?) as u16))
}

/// How many decimal digits the mantissa has; zero has one.
pub(super) fn decimal_digits(number: Numeric) -> i32 {
    let magnitude = number.wide_mantissa().unsigned_abs();
    if let Ok(small) = u128::try_from(magnitude) {
        return small.checked_ilog10().unwrap_or(0) as i32 + 1;
    }
    (39..=u32::from(MAX_DIGITS))
        .find(|digits| power_of_ten(*digits).is_none_or(|power| magnitude < power.unsigned_abs()))
        .map_or(i32::from(MAX_DIGITS) + 1, |digits| digits as i32)
}

/// `dividend * 10^shift / divisor`, rounded half away from zero.
fn divide_shifted(dividend: I256, shift: i32, divisor: I256) -> Result<I256, EvalError> {
    if let Some(quotient) = divide_shifted_i128(dividend, shift, divisor) {
        return Ok(quotient);
    }
    let overflow = EvalError::NumericOverflow;
    let mut shift = shift;
    let mut divisor = divisor;
    if shift < 0 {
        // So many digits of the divisor's reciprocal are not asked for.
        divisor = power_of_ten(shift.unsigned_abs()).and_then(|p| divisor.checked_mul(p)).ok_or(overflow)?;
        shift = 0;
    }
    let negative = dividend.is_negative() != divisor.is_negative();
    let (dividend, divisor) =
        (dividend.checked_abs().ok_or(overflow)?, divisor.checked_abs().ok_or(overflow)?);
    // Long division, as many digits at a time as the remainder leaves room for.
    let (mut quotient, mut remainder) = (dividend / divisor, dividend % divisor);
    while shift > 0 {
        let room = (remainder.leading_zeros().saturating_sub(1) as f64 * std::f64::consts::LOG10_2) as i32;
        let step = room.min(shift);
        if step == 0 {
            return Err(overflow);
        }
        let power = power_of_ten(step as u32).ok_or(overflow)?;
        let scaled = remainder * power;
        quotient =
            quotient.checked_mul(power).and_then(|q| q.checked_add(scaled / divisor)).ok_or(overflow)?;
        remainder = scaled % divisor;
        shift -= step;
    }
    if remainder >= divisor - remainder {
        quotient = quotient.checked_add(I256::ONE).ok_or(overflow)?;
    }
    Ok(if negative { -quotient } else { quotient })
}

/// The same where machine integers suffice, which is nearly always.
fn divide_shifted_i128(dividend: I256, shift: i32, divisor: I256) -> Option<I256> {
    let power = power_of_ten(shift.unsigned_abs()).and_then(|power| i128::try_from(power).ok())?;
    let (dividend, divisor) = (i128::try_from(dividend).ok()?, i128::try_from(divisor).ok()?);
    let (dividend, divisor) = if shift >= 0 {
        (dividend.checked_mul(power)?, divisor)
    } else {
        (dividend, divisor.checked_mul(power)?)
    };
    let (dividend, divisor) =
        if divisor < 0 { (dividend.checked_neg()?, divisor.checked_neg()?) } else { (dividend, divisor) };
    Some(I256::new(super::digits::divide_rounded_i128(dividend, divisor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of all sizes, signs and scales around the borders of digits.
    #[test]
    fn dividing_words_agrees_with_dividing_wide() {
        let edges =
            [0, 1, 9, 10, 9_999, 10_000, 10_001, 123_456_789, 99_999_999, 1_000_000_000_000, i64::MAX.into()];
        let mut words = 0;
        for (a, b) in edges.iter().flat_map(|a| edges.iter().map(move |b| (*a, *b))) {
            for (a_scale, b_scale) in [(0, 0), (2, 0), (0, 5), (16, 0), (30, 3)] {
                for (a, b) in [(a, b), (-a, b), (a, -b), (-a - 1, -b)] {
                    let (a, b) = (Numeric::new(a, a_scale), Numeric::new(b, b_scale));
                    let Some(quotient) = (!b.is_zero()).then(|| divide_words(a, b)).flatten() else {
                        continue;
                    };
                    let scale = u8::try_from(select_scale(a, b)).unwrap();
                    let wide = a.divide_to(b, scale).unwrap();
                    assert_eq!((quotient.words, quotient.scale), (wide.words, wide.scale), "{a} / {b}");
                    words += 1;
                }
            }
        }
        assert!(words > 500, "{words}");
    }

    /// At both ends of what a sum, its scale and a count can be.
    #[test]
    fn an_average_is_the_quotient_and_never_fails() {
        let sums = (0..=38).flat_map(|digits| {
            let power = 10i128.pow(digits);
            [power - 1, power, power + 1, -power, i128::MAX - power, i128::MIN + power]
        });
        let counts =
            (0..=18).flat_map(|digits| [10i64.pow(digits), 10i64.pow(digits) + 1, 9 * 10i64.pow(digits)]);
        let counts: Vec<i64> = counts.chain([2, 3, 7, i64::MAX]).collect();
        for sum in sums {
            for (scale, count) in (0..=38).flat_map(|scale| counts.iter().map(move |count| (scale, *count))) {
                let average = Numeric::average(sum, scale, count);
                let quotient = Numeric::new(sum, scale).divide(count.into()).unwrap();
                assert_eq!(
                    (average.words, average.scale),
                    (quotient.words, quotient.scale),
                    "{sum} {scale} {count}"
                );
            }
        }
    }
}
