//! Square roots and whole powers, to as many digits as PostgreSQL computes.

use ethnum::{I256, U256};

use super::Numeric;
use super::digits::{MAX_DIGITS, divide_rounded, power_of_ten};
use super::division::{decimal_digits, first_digit};
use crate::error::EvalError;

/// Significant digits that a result has at least.
const MIN_SIGNIFICANT_DIGITS: i32 = 16;

/// What is kept of a factor whose product would be too long.
const FACTOR_DIGITS: i32 = 38;

const OVERFLOW: EvalError = EvalError::NumericOverflow;

impl Numeric {
    /// The square root, rounded.
    pub(crate) fn square_root(self) -> Result<Numeric, EvalError> {
        let mantissa = self.wide_mantissa();
        if mantissa.is_negative() {
            return Err(EvalError::SquareRootOfNegative);
        }
        // The digits before the point, by the number's weight in base 10,000 as PostgreSQL knows it.
        let weight = first_digit(self).0 * 4;
        let whole = if weight >= 0 { weight / 2 + 1 } else { 1 - (1 - weight) / 2 };
        let scale = (MIN_SIGNIFICANT_DIGITS - whole).max(self.scale.into());
        // The root of m / 10^s in units of 10^-(scale + 1) is the whole root of m * 10^(2 (scale + 1) - s).
        let shift = 2 * (scale + 1) - i32::from(self.scale);
        let power = u32::try_from(shift).ok().and_then(power_of_ten).ok_or(OVERFLOW)?;
        let root = whole_root(mantissa.checked_mul(power).ok_or(OVERFLOW)?.unsigned_abs());
        Ok(Numeric::from_wide(divide_rounded(root.as_i256(), I256::new(10)), scale as u8))
    }

    /// The number to a whole power, rounded to 16 decimals or those of the number if it has more.
    pub(crate) fn whole_power(self, exponent: i32) -> Result<Numeric, EvalError> {
        let scale = self.scale.max(MIN_SIGNIFICANT_DIGITS as u8);
        if self.is_zero() {
            return match exponent {
                0 => Numeric::new(1, 0).rescale(scale),
                ..0 => Err(EvalError::ZeroToNegativePower),
                _ => Numeric::ZERO.rescale(scale),
            };
        }
        let magnitude = (f64::from(exponent) * self.to_f64().abs().log10()) as i32;
        if magnitude < -i32::from(scale) - 1 {
            return Numeric::ZERO.rescale(scale);
        }
        // As many digits as the result has, and some more for what the multiplications lose.
        let digits = 1 + i32::from(scale) + magnitude + f64::from(exponent.unsigned_abs()).ln() as i32 + 8;
        let (mut square, mut result) = (self, Numeric::new(1, 0));
        let mut bits = exponent.unsigned_abs();
        while bits > 0 {
            if bits & 1 == 1 {
                result = product(result, square, digits)?;
            }
            bits >>= 1;
            if bits > 0 {
                square = product(square, square, digits)?;
            }
        }
        if exponent >= 0 { result.rescale(scale) } else { Numeric::new(1, 0).divide_to(result, scale) }
    }
}

impl Numeric {
    /// Without the decimals beyond [`FACTOR_DIGITS`].
    fn shortened(self) -> Result<Numeric, EvalError> {
        let excess = (decimal_digits(self) - FACTOR_DIGITS).clamp(0, self.scale.into());
        self.rescale(self.scale - excess as u8)
    }
}

/// The product with about so many significant digits.
fn product(a: Numeric, b: Numeric, digits: i32) -> Result<Numeric, EvalError> {
    let Some(mantissa) = a.wide_mantissa().checked_mul(b.wide_mantissa()) else {
        // Half as many digits as there is room for are enough of each factor, unless nearly all of them are asked for.
        let (shorter_a, shorter_b) = (a.shortened()?, b.shortened()?);
        let is_shorter = shorter_a.scale < a.scale || shorter_b.scale < b.scale;
        let enough = is_shorter && digits <= FACTOR_DIGITS + 2;
        return if enough { product(shorter_a, shorter_b, digits) } else { Err(OVERFLOW) };
    };
    let weight = 4 * (first_digit(a).0 + first_digit(b).0);
    let exact = a.scale + b.scale;
    let scale = (digits - weight).clamp(0, i32::from(exact)) as u8;
    let lost = power_of_ten(u32::from(exact - scale)).ok_or(OVERFLOW)?;
    if scale > MAX_DIGITS {
        Err(OVERFLOW)
    } else {
        Ok(Numeric::from_wide(divide_rounded(mantissa, lost), scale))
    }
}

/// The largest number whose square is not more: Newton's method from above.
fn whole_root(n: U256) -> U256 {
    if n == U256::ZERO {
        return n;
    }
    let bits = 256 - n.leading_zeros();
    let mut root = U256::ONE << bits.div_ceil(2);
    loop {
        let next = (root + n / root) >> 1u32;
        if next >= root {
            return root;
        }
        root = next;
    }
}
