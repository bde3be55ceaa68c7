//! Exact arithmetic for aggregates, on integers without bounds.

use cosmictron_types::{EvalError, Numeric};
use num_bigint::{BigInt, Sign};

/// A number as `digits / 10^scale`.
#[derive(Clone, Debug, Default)]
pub(super) struct Exact {
    pub digits: BigInt,
    pub scale: u32,
}

impl Exact {
    /// The number that a NUMERIC is.
    pub fn of(number: Numeric) -> Self {
        let text = number.to_string().replace('.', "");
        Self { digits: text.parse().unwrap_or_default(), scale: number.scale().into() }
    }

    /// The sum, with the larger scale.
    pub fn add(self, other: Self) -> Self {
        let scale = self.scale.max(other.scale);
        Self { digits: self.at_scale(scale) + other.at_scale(scale), scale }
    }

    fn at_scale(&self, scale: u32) -> BigInt {
        &self.digits * BigInt::from(10).pow(scale - self.scale)
    }

    /// As a NUMERIC.
    ///
    /// # Errors
    /// If it has more digits than one holds.
    pub fn to_numeric(&self) -> Result<Numeric, EvalError> {
        let digits =
            format!("{:0>width$}", self.digits.magnitude().to_string(), width = self.scale as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.scale as usize);
        let sign = if self.digits.sign() == Sign::Minus { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}").parse().map_err(|_| EvalError::NumericOverflow)
    }

    /// Divided by a positive integer, with as many decimals as PostgreSQL's `select_div_scale` gives: at least 16
    /// significant digits, counted in digits of base 10000.
    pub fn divide(&self, by: u64) -> Self {
        let divisor = Self { digits: by.into(), scale: 0 };
        let (weight, first) = self.leading();
        let (divisor_weight, divisor_first) = divisor.leading();
        let quotient = weight - divisor_weight - i64::from(first <= divisor_first);
        let scale = (16 - quotient * 4).max(self.scale.into()).clamp(0, 1000) as u32;
        let dividend = self.at_scale(scale.max(self.scale));
        Self { digits: round_half_away(&dividend, &by.into()), scale }
    }

    /// The power of 10000 of the first digit in base 10000, and that digit.
    fn leading(&self) -> (i64, u32) {
        if self.digits.sign() == Sign::NoSign {
            return (0, 0);
        }
        // Aligned so that the decimals are whole digits of base 10000.
        let padded = self.scale.div_ceil(4) * 4;
        let digits = self.at_scale(padded).magnitude().to_string();
        let head = (digits.len() - 1) % 4 + 1;
        let weight = (digits.len().div_ceil(4) as i64 - 1) - i64::from(padded / 4);
        (weight, digits[..head].parse().unwrap_or(0))
    }
}

fn round_half_away(dividend: &BigInt, divisor: &BigInt) -> BigInt {
    let doubled: BigInt = dividend.magnitude().clone().into();
    let rounded: BigInt = (doubled * 2 + divisor) / (divisor * 2);
    if dividend.sign() == Sign::Minus { -rounded } else { rounded }
}

/// The sum of floats, rounded once.
pub(super) fn sum_floats(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut special, mut any_special) = (BigInt::default(), 0.0, false);
    for value in values {
        if value.is_finite() {
            sum += in_least_units(value);
        } else {
            special += value;
            any_special = true;
        }
    }
    if any_special { special } else { from_least_units(&sum) }
}

/// The value in units of 2⁻¹⁰⁷⁴, of which every float is a multiple.
fn in_least_units(value: f64) -> BigInt {
    let bits = value.to_bits();
    let (exponent, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
    let magnitude = match exponent {
        0 => BigInt::from(fraction),
        _ => BigInt::from(fraction | 1 << 52) << (exponent - 1),
    };
    if value.is_sign_negative() { -magnitude } else { magnitude }
}

/// The nearest float, ties to even.
fn from_least_units(sum: &BigInt) -> f64 {
    let magnitude = sum.magnitude();
    let excess = magnitude.bits().saturating_sub(53);
    let mut mantissa = (magnitude >> excess).iter_u64_digits().next().unwrap_or(0);
    let rest = magnitude - (num_bigint::BigUint::from(mantissa) << excess);
    let half = if excess == 0 { None } else { Some(num_bigint::BigUint::from(1u8) << (excess - 1)) };
    if half.is_some_and(|half| rest > half || (rest == half && mantissa % 2 == 1)) {
        mantissa += 1;
    }
    // In two steps, since the power may be too small for a float; the mantissa is exact in both.
    let down = (-1074_i32 + excess as i32).clamp(-1000, 1000);
    let value = mantissa as f64 * 2f64.powi(down) * 2f64.powi(-1074 + excess as i32 - down);
    if sum.sign() == Sign::Minus { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_have_the_decimals_that_postgresql_gives() {
        for (sum, count, text) in [
            ("10", 3, "3.3333333333333333"),
            ("1", 3, "0.33333333333333333333"),
            ("-1", 3, "-0.33333333333333333333"),
            ("100000", 3, "33333.333333333333"),
            ("2.50", 2, "1.25000000000000000000"),
            ("0", 7, "0.00000000000000000000"),
            ("0.00", 7, "0.00000000000000000000"),
            ("0.0001", 3, "0.000033333333333333333333"),
        ] {
            let number: Numeric = sum.parse().unwrap();
            assert_eq!(
                Exact::of(number).divide(count).to_numeric().unwrap().to_string(),
                text,
                "{sum} / {count}"
            );
        }
    }

    #[test]
    fn floats_are_summed_exactly() {
        let sum = |values: &[f64]| sum_floats(values.iter().copied());
        assert_eq!(sum(&[]), 0.0);
        assert_eq!(sum(&[0.1, 0.2, -0.1, -0.2]), 0.0);
        assert_eq!(sum(&[1e300, 1.0, -1e300]), 1.0);
        assert_eq!(sum(&[5e-324, 5e-324]), 1e-323);
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[-f64::MAX, 0.5]), -f64::MAX);
        assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
    }
}
