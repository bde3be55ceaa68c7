//! Evaluation errors as data: a weighted set of errors that belong to a query.

use cosmictron_types::EvalError;

/// How many rows make an expression fail, by error. A row that fails when it comes fails in the same way when it
/// goes, so the counts cancel and the query recovers.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    counts: Vec<(EvalError, i64)>,
}

impl Errors {
    /// Adds an error with a weight: 1 for a row that comes, -1 for one that goes.
    #[cold]
    pub fn add(&mut self, error: EvalError, weight: i64) {
        match self.counts.iter_mut().find(|(known, _)| *known == error) {
            Some((_, count)) => *count += weight,
            None => self.counts.push((error, weight)),
        }
        self.counts.retain(|(_, count)| *count != 0);
    }

    /// Any error that some row causes; the same one for the same set of rows.
    #[inline]
    pub fn first(&self) -> Option<EvalError> {
        self.counts.iter().map(|(error, _)| *error).min()
    }

    /// Evaluates a fallible expression for one side of a change: a row that fails is left out and counted.
    pub fn check<E, T>(
        &mut self,
        row: Option<E>,
        weight: i64,
        evaluate: impl FnOnce(E) -> Result<T, EvalError>,
    ) -> Option<T> {
        match evaluate(row?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(error, weight);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cosmictron_types::TypeName;

    use super::*;
    use crate::operators::random::Random;

    const KINDS: [EvalError; 4] = [
        EvalError::OutOfRange(TypeName::Integer),
        EvalError::DivisionByZero,
        EvalError::InvalidText(TypeName::Date),
        EvalError::FloatOverflow,
    ];

    #[test]
    fn a_row_that_fails_is_left_out_and_counted_on_both_sides() {
        let mut errors = Errors::default();
        let divide = |by: i32| if by == 0 { Err(EvalError::DivisionByZero) } else { Ok(12 / by) };
        assert_eq!(errors.check(Some(3), 1, divide), Some(4));
        assert_eq!(errors.check(None, 1, divide), None);
        assert_eq!(errors.first(), None);
        assert_eq!(errors.check(Some(0), 1, divide), None);
        assert_eq!(errors.first(), Some(EvalError::DivisionByZero));
        // The same row leaves: an update to one that does not fail.
        assert_eq!((errors.check(Some(0), -1, divide), errors.check(Some(4), 1, divide)), (None, Some(3)));
        assert_eq!(errors.first(), None);
    }

    /// A row may go before it comes, since the parts of a circuit meet a change one after the other.
    #[test]
    fn counts_cancel_in_any_order() {
        let mut errors = Errors::default();
        errors.add(EvalError::DivisionByZero, -1);
        errors.add(EvalError::FloatOverflow, 2);
        errors.add(EvalError::DivisionByZero, 1);
        errors.add(EvalError::FloatOverflow, -1);
        assert_eq!(errors.first(), Some(EvalError::FloatOverflow));
        errors.add(EvalError::FloatOverflow, -1);
        assert!(errors.counts.is_empty());
    }

    /// Rows come and go in any order, and steps are undone: what is told depends on the rows that are there alone.
    #[test]
    fn random_rows_fail_as_a_list_of_them_says() {
        for seed in 0..20 {
            let mut random = Random::new(seed);
            let mut errors = Errors::default();
            let mut rows: Vec<EvalError> = Vec::new();
            for _ in 0..400 {
                let before = (rows.clone(), errors.first());
                let mut log = Vec::new();
                for _ in 0..random.below(4) + 1 {
                    let (error, weight) = if rows.is_empty() || random.below(2) == 0 {
                        let error = KINDS[random.at(KINDS.len())];
                        rows.push(error);
                        (error, 1)
                    } else {
                        (rows.swap_remove(random.at(rows.len())), -1)
                    };
                    errors.add(error, weight);
                    log.push((error, weight));
                }
                if random.below(4) == 0 {
                    log.into_iter().rev().for_each(|(error, weight)| errors.add(error, -weight));
                    rows = before.0;
                    assert_eq!(errors.first(), before.1, "what is undone leaves no trace");
                }
                assert_eq!(errors.first(), rows.iter().min().copied());
                for (error, count) in &errors.counts {
                    assert_eq!(rows.iter().filter(|row| *row == error).count() as i64, *count);
                }
            }
            rows.into_iter().for_each(|error| errors.add(error, -1));
            assert!(errors.counts.is_empty(), "no row is left and no error");
        }
    }
}
