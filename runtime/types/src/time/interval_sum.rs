//! Exact sums of intervals.

use super::Interval;
use crate::error::{EvalError, TypeName};

/// A sum of [`Interval`]s. Each part is summed on its own and wide, so that taking out restores it and only what is read
/// must fit an interval.
///
/// ```
/// use cosmictron_types::{Interval, IntervalSum};
///
/// let mut sum = IntervalSum::default();
/// sum.add(Interval::from_hours(20));
/// sum.add(Interval::from_days(1));
/// assert_eq!(sum.value().unwrap().to_string(), "1 day 20:00:00");
/// sum.sub(Interval::from_hours(20));
/// assert_eq!(sum.value().unwrap().to_string(), "1 day");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IntervalSum {
    months: i128,
    days: i128,
    micros: i128,
}

impl IntervalSum {
    /// Adds a value.
    pub fn add(&mut self, value: Interval) {
        self.months += i128::from(value.months());
        self.days += i128::from(value.days());
        self.micros += i128::from(value.micros());
    }

    /// Takes out a value that was added.
    pub fn sub(&mut self, value: Interval) {
        self.months -= i128::from(value.months());
        self.days -= i128::from(value.days());
        self.micros -= i128::from(value.micros());
    }

    /// The sum; no time over no values.
    ///
    /// # Errors
    /// [`EvalError::OutOfRange`] if a part is too large.
    pub fn value(&self) -> Result<Interval, EvalError> {
        let range = |_| EvalError::OutOfRange(TypeName::Interval);
        let (months, days) =
            (i32::try_from(self.months).map_err(range)?, i32::try_from(self.days).map_err(range)?);
        Ok(Interval::new(months, days, i64::try_from(self.micros).map_err(range)?))
    }
}
