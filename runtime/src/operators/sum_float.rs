//! Exact sums of floating-point numbers.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only float_sum`; ARCHITECTURE.md tells how and on what machine).
//!
//! Two million doubles in ten thousand sums:
//!
//! | | add | take out and add | take out all | memory |
//! |---|---|---|---|---|
//! | **BTreeMap of buckets, exact** | 1 | 1 | 1 | 1 |
//! | sorted vector of buckets, exact | 0.78 | 0.95 | 0.75 | 0.57 |
//! | all buckets, exact | 0.64 | 0.45 | 0.43 | 3.70 |
//! | compensated f64, which rounds | 0.29 | 0.23 | 0.19 | 0.08 |
//! | f64, which rounds | 0.28 | 0.13 | 0.16 | 0.03 |
//!
//! The last two show what exactness costs: their sums depend on the order of the numbers and keep a rest when all have gone.

use std::collections::BTreeMap;

/// The sum of `f64` values without rounding: independent of their order, and exactly what it was when a value that was
/// added is taken out again, which a running `f64` is not.
///
/// Every finite double is an integer multiple of 2⁻¹⁰⁷⁴. The sum is kept as integers in buckets of 32 exponents each, so a bucket's
/// summands have at most 53 + 31 bits and 2⁴³ of them fit an `i128`. Data of similar magnitude needs two or three buckets.
/// (The idea of a small superaccumulator: Neal, "Fast exact summation using small and large superaccumulators", 2015.)
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FloatSum {
    buckets: BTreeMap<i16, i128>,
    nan: i64,
    positive_infinity: i64,
    negative_infinity: i64,
}

const BITS: i16 = 32;

impl FloatSum {
    /// Adds a value.
    pub fn add(&mut self, value: f64) {
        self.apply(value, 1);
    }

    /// Takes out a value that was added.
    pub fn sub(&mut self, value: f64) {
        self.apply(value, -1);
    }

    fn apply(&mut self, value: f64, weight: i64) {
        if value.is_nan() {
            self.nan += weight;
        } else if value == f64::INFINITY {
            self.positive_infinity += weight;
        } else if value == f64::NEG_INFINITY {
            self.negative_infinity += weight;
        } else if value != 0.0 {
            let (mantissa, exponent) = decompose(value);
            let (bucket, shift) = (exponent / BITS, exponent % BITS);
            let sum = self.buckets.entry(bucket).or_insert(0);
            *sum += i128::from(weight) * (i128::from(mantissa) << shift);
            if *sum == 0 {
                self.buckets.remove(&bucket);
            }
        }
    }

    /// The sum, rounded to the nearest double once, at the end; `None` if it is finite and beyond all doubles.
    pub fn value(&self) -> Option<f64> {
        if self.nan > 0 || (self.positive_infinity > 0 && self.negative_infinity > 0) {
            return Some(f64::NAN);
        }
        if self.positive_infinity > 0 {
            return Some(f64::INFINITY);
        }
        if self.negative_infinity > 0 {
            return Some(f64::NEG_INFINITY);
        }
        Some(round(&self.buckets)).filter(|sum| sum.is_finite())
    }
}

/// `value = mantissa · 2^(exponent − 1074)` with `exponent >= 0`.
fn decompose(value: f64) -> (i64, i16) {
    let bits = value.to_bits();
    let field = ((bits >> 52) & 0x7ff) as i16;
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    let (magnitude, exponent) = if field == 0 { (fraction, 0) } else { (fraction | 1 << 52, field - 1) };
    (if value.is_sign_negative() { -magnitude } else { magnitude }, exponent)
}

/// Normalises the buckets to digits in base 2³² of one sign and rounds half to even.
fn round(buckets: &BTreeMap<i16, i128>) -> f64 {
    let (Some((&first, _)), Some((&last, _))) = (buckets.first_key_value(), buckets.last_key_value()) else {
        return 0.0;
    };
    // Five more digits hold whatever the highest bucket carries over.
    let mut digits = Vec::with_capacity((last - first) as usize + 6);
    let mut carry = 0i128;
    for at in first..=last + 5 {
        carry += buckets.get(&at).copied().unwrap_or(0);
        digits.push((carry & 0xffff_ffff) as u32);
        carry >>= BITS;
    }
    let negative = carry < 0;
    if negative {
        negate(&mut digits);
    }
    let Some(top) = digits.iter().rposition(|d| *d != 0) else { return 0.0 };
    // The top three digits hold at least 65 significant bits; the rest only decides whether the tail is zero.
    let low = top.saturating_sub(2);
    let mut head: u128 = digits[low..=top].iter().rev().fold(0, |head, d| head << 32 | u128::from(*d));
    let mut exponent = (i32::from(first) + low as i32) * i32::from(BITS);
    let sticky = digits[..low].iter().any(|d| *d != 0);
    let excess = (128 - head.leading_zeros() as i32 - 53).max(0);
    if excess > 0 {
        let half = 1u128 << (excess - 1);
        let rest = head & ((1 << excess) - 1);
        head >>= excess;
        exponent += excess;
        if rest > half || (rest == half && (sticky || head & 1 == 1)) {
            head += 1;
        }
    }
    let magnitude = scale(head as f64, exponent);
    if negative { -magnitude } else { magnitude }
}

fn negate(digits: &mut [u32]) {
    let mut carry = true;
    for digit in digits {
        let (negated, overflow) = (!*digit).overflowing_add(u32::from(carry));
        *digit = negated;
        carry = overflow;
    }
}

/// `mantissa · 2^(exponent − 1074)` for an integer mantissa of at most 2⁵³; exact, or infinite when too large.
fn scale(mantissa: f64, exponent: i32) -> f64 {
    // Both factors are exact powers of two. A mantissa of more than one bit below exponent 0 does not occur.
    let mut result = mantissa * f64::from_bits(1);
    let mut left = exponent;
    while left > 0 && result.is_finite() {
        let step = left.min(1000);
        result *= 2f64.powi(step);
        left -= step;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::random::Random;

    fn sum(values: &[f64]) -> FloatSum {
        let mut sum = FloatSum::default();
        values.iter().for_each(|v| sum.add(*v));
        sum
    }

    #[test]
    fn single_values_come_back_exactly() {
        for v in
            [0.0, 1.0, -1.5, 0.1, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -1e-310, 1e300, 123456.789]
        {
            assert_eq!(sum(&[v]).value(), Some(v));
        }
    }

    #[test]
    fn cancellation_is_exact() {
        let mut s = sum(&[1.0, 1e20, 3e-300, f64::MAX]);
        s.sub(f64::MAX);
        s.sub(1e20);
        assert_eq!(s.value(), Some(1.0));
        s.sub(1.0);
        assert_eq!(s.value(), Some(3e-300));
        s.sub(3e-300);
        assert_eq!(s, FloatSum::default());
    }

    #[test]
    fn rounding_is_to_nearest_even_of_the_exact_sum() {
        assert_eq!(sum(&[0.1; 10]).value(), Some(1.0));
        assert_eq!(sum(&[9007199254740992.0, 1.0]).value(), Some(9007199254740992.0));
        assert_eq!(sum(&[9007199254740992.0, 1.0, 5e-324]).value(), Some(9007199254740994.0));
        assert_eq!(sum(&[9007199254740994.0, 1.0]).value(), Some(9007199254740996.0));
        assert_eq!(sum(&[-9007199254740992.0, -3.0]).value(), Some(-9007199254740996.0));
        assert_eq!(sum(&[f64::MAX, f64::MAX]).value(), None);
        assert_eq!(sum(&[f64::MAX, f64::MAX, f64::INFINITY]).value(), Some(f64::INFINITY));
    }

    #[test]
    fn special_values_are_counted() {
        let mut s = sum(&[1.0, f64::INFINITY, f64::NAN]);
        assert!(s.value().is_some_and(f64::is_nan));
        s.sub(f64::NAN);
        assert_eq!(s.value(), Some(f64::INFINITY));
        s.add(f64::NEG_INFINITY);
        assert!(s.value().is_some_and(f64::is_nan));
        s.sub(f64::INFINITY);
        s.sub(f64::NEG_INFINITY);
        assert_eq!(s.value(), Some(1.0));
    }

    /// Values of all magnitudes come and go in any order. Of halves of small integers the sum is known exactly.
    #[test]
    fn random_values_sum_to_the_same_in_any_order() {
        for seed in 0..20 {
            let mut random = Random::new(seed);
            let mut values: Vec<f64> = Vec::new();
            let mut kept = FloatSum::default();
            for _ in 0..300 {
                if values.is_empty() || random.below(3) > 0 {
                    let value = match random.below(4) {
                        0 => f64::from_bits(random.bits()),
                        1 => random.below(9) as f64 * 1e-310,
                        _ => (random.below(4_000_001) as f64 - 2e6) / 2.0,
                    };
                    kept.add(value);
                    values.push(value);
                } else {
                    kept.sub(values.swap_remove(random.at(values.len())));
                }
                let mut shuffled = values.clone();
                shuffled.sort_by(f64::total_cmp);
                assert_eq!(kept, sum(&shuffled));
            }
            let halves = |v: &f64| v.abs() <= 1e6 && v.fract().abs() % 0.5 == 0.0;
            for value in values.iter().filter(|v| !halves(v)) {
                kept.sub(*value);
            }
            let exact: i64 = values.iter().filter(|v| halves(v)).map(|v| (v * 2.0) as i64).sum();
            assert_eq!(kept.value(), Some(exact as f64 / 2.0));
        }
    }
}
