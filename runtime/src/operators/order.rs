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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nulls_come_after_all_values_and_are_equal() {
        let mut keys = [None, Some(i64::MAX), Some(3), None, Some(i64::MIN)].map(NullsLast);
        keys.sort_unstable();
        assert_eq!(keys, [Some(i64::MIN), Some(3), Some(i64::MAX), None, None].map(NullsLast));
        assert_eq!(keys[3].cmp(&keys[4]), Ordering::Equal);
    }

    /// Comparing is consistent: for every pair, both ways round, and with equality.
    #[test]
    fn the_order_is_total() {
        let all = [None, Some(-1), Some(0), Some(1)];
        for (at, a) in all.into_iter().enumerate() {
            for (other, b) in all.into_iter().enumerate() {
                // NULL stands first above, and sorts last.
                let expected = at.checked_sub(1).unwrap_or(9).cmp(&other.checked_sub(1).unwrap_or(9));
                assert_eq!(NullsLast(a).cmp(&NullsLast(b)), expected, "{a:?} {b:?}");
                assert_eq!(NullsLast(a).partial_cmp(&NullsLast(b)), Some(expected));
                assert_eq!(NullsLast(a) == NullsLast(b), expected == Ordering::Equal);
            }
        }
    }
}
