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
