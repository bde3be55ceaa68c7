//! Exact sums of numerics with different numbers of decimals.

use std::collections::BTreeMap;

use super::Numeric;
use crate::error::EvalError;

/// A sum of [`Numeric`]s, kept apart by scale so that it prints the scale PostgreSQL would (the largest of its summands) even after the
/// summand with that scale has been taken out again. Sums per scale are exact modulo 2²⁵⁶, so taking out restores them.
///
/// ```
/// use cosmictron_types::NumericSum;
///
/// let mut sum = NumericSum::default();
/// sum.add("1.50".parse()?);
/// sum.add("2.333".parse()?);
/// assert_eq!(sum.value().unwrap().to_string(), "3.833");
/// sum.sub("2.333".parse()?);
/// assert_eq!(sum.value().unwrap().to_string(), "1.50");
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumericSum {
    /// For each scale the number of summands and their sum.
    scales: BTreeMap<u8, (i64, Numeric)>,
}

impl NumericSum {
    /// Adds a value.
    pub fn add(&mut self, value: Numeric) {
        self.apply(value, 1);
    }

    /// Takes out a value that was added.
    pub fn sub(&mut self, value: Numeric) {
        self.apply(value, -1);
    }

    fn apply(&mut self, value: Numeric, weight: i64) {
        let scale = value.scale();
        let (count, sum) = self.scales.entry(scale).or_insert((0, Numeric::new(0, scale)));
        *count += weight;
        let (total, value) = (sum.wide_mantissa(), value.wide_mantissa());
        let total = if weight > 0 { total.wrapping_add(value) } else { total.wrapping_sub(value) };
        *sum = Numeric::from_wide(total, scale);
        if *count == 0 {
            self.scales.remove(&scale);
        }
    }

    /// The sum; zero over no values.
    ///
    /// # Errors
    /// [`EvalError::NumericOverflow`] if it has more digits than a numeric holds.
    pub fn value(&self) -> Result<Numeric, EvalError> {
        self.scales.values().try_fold(Numeric::ZERO, |total, (_, sum)| crate::sql::add_numeric(total, *sum))
    }
}
