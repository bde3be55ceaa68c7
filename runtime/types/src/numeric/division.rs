//! Quotients, with as many decimals as PostgreSQL gives them.

use ethnum::I256;

use super::Numeric;
use super::digits::{MAX_DIGITS, power_of_ten};
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
        let scale = u8::try_from(select_scale(self, divisor)).map_err(|_| EvalError::NumericOverflow)?;
        self.divide_to(divisor, scale)
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

/// `select_div_scale` of PostgreSQL's numeric.c.
fn select_scale(dividend: Numeric, divisor: Numeric) -> i32 {
    let (a_weight, a_first) = first_digit(dividend);
    let (b_weight, b_first) = first_digit(divisor);
    let quotient_weight = a_weight - b_weight - i32::from(a_first <= b_first);
    (MIN_SIGNIFICANT_DIGITS - quotient_weight * DECIMALS_OF_DIGIT)
        .max(dividend.scale.into())
        .max(divisor.scale.into())
        .max(0)
}

/// The first digit of a number in base 10,000, and the power of 10,000 it stands for.
pub(super) fn first_digit(number: Numeric) -> (i32, u16) {
    let magnitude = number.wide_mantissa().unsigned_abs();
    if number.is_zero() {
        return (0, 0);
    }
    let exponent = decimal_digits(number) - 1 - i32::from(number.scale);
    let weight = exponent.div_euclid(DECIMALS_OF_DIGIT);
    // The digit is the number divided by 10^(4 weight), that is the mantissa by 10^(4 weight + scale).
    let shift = weight * DECIMALS_OF_DIGIT + i32::from(number.scale);
    let digit = if shift >= 0 {
        power_of_ten(shift as u32).map_or(ethnum::U256::ZERO, |power| magnitude / power.unsigned_abs())
    } else {
        magnitude * 10u128.pow((-shift) as u32)
    };
    (weight, digit.as_u16())
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
    let power = 10i128.checked_pow(shift.unsigned_abs())?;
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
