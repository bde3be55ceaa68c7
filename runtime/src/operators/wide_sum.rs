//! Sums of wide decimals.

use cosmictron_types::{EvalError, Identical};

/// A sum of `i128`s that does not overflow: 192 bits, which 2⁶³ summands of any size do not fill. It is exact, so taking out
/// a value that was added restores it, even where the sum in between fits no decimal.
///
/// ```
/// use cosmictron::operators::WideSum;
///
/// let mut sum = WideSum::default();
/// sum.add(i128::MAX);
/// sum.add(1);
/// assert!(sum.get().is_err());
/// sum.sub(i128::MAX);
/// assert_eq!(sum.get(), Ok(1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WideSum {
    low: u128,
    high: i64,
}

impl WideSum {
    /// Adds a value.
    #[inline]
    pub fn add(&mut self, value: i128) {
        let (low, carry) = self.low.overflowing_add(value as u128);
        self.low = low;
        self.high += (value >> 127) as i64 + i64::from(carry);
    }

    /// Takes out a value that was added.
    #[inline]
    pub fn sub(&mut self, value: i128) {
        let (low, borrow) = self.low.overflowing_sub(value as u128);
        self.low = low;
        self.high -= (value >> 127) as i64 + i64::from(borrow);
    }

    /// The sum.
    ///
    /// # Errors
    /// [`EvalError::NumericOverflow`] if it has more digits than a decimal holds.
    #[inline]
    pub fn get(self) -> Result<i128, EvalError> {
        let low = self.low as i128;
        if i128::from(self.high) == low >> 127 { Ok(low) } else { Err(EvalError::NumericOverflow) }
    }
}

impl Identical for WideSum {
    #[inline]
    fn identical(&self, other: &Self) -> bool {
        self == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_order_of_extreme_values_cancels() {
        let values = [i128::MAX, i128::MIN, -1, 1, i128::MIN, i128::MAX, 12345, -i128::MAX];
        let mut sum = WideSum::default();
        values.iter().for_each(|v| sum.add(*v));
        assert_eq!(sum.get(), Ok(12345 - 2 - i128::MAX));
        for (at, value) in values.iter().enumerate().rev() {
            sum.sub(*value);
            let rest = values[..at].iter().try_fold(0i128, |sum, v| sum.checked_add(*v));
            if let Some(rest) = rest {
                assert_eq!(sum.get(), Ok(rest));
            }
        }
        assert_eq!(sum, WideSum::default());
    }

    #[test]
    fn overflow_is_seen_on_both_sides() {
        let mut sum = WideSum::default();
        sum.sub(i128::MIN);
        assert_eq!(sum.get(), Err(EvalError::NumericOverflow));
        sum.sub(1);
        assert_eq!(sum.get(), Ok(i128::MAX));
        let mut sum = WideSum::default();
        sum.add(i128::MIN);
        sum.add(-1);
        assert_eq!(sum.get(), Err(EvalError::NumericOverflow));
    }
}
