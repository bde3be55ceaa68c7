//! Sort keys. Ascending order with NULLS FIRST is `Option`'s own, DESC is `std::cmp::Reverse`.

use std::cmp::Ordering;

/// An optional value that sorts after all values when it is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NullsLast<T>(pub Option<T>);

impl<T: Ord> Ord for NullsLast<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }
}

impl<T: Ord> PartialOrd for NullsLast<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
