//! Values that may be NULL: `IN`, and what is known not to be.

/// Three-valued `value IN (list)`: true if an element equals the value, otherwise NULL if the value or an element is NULL.
///
/// ```
/// use cosmictron::operators::is_in;
///
/// assert_eq!(is_in(Some(1), &[Some(1), None]), Some(true));
/// assert_eq!(is_in(Some(2), &[Some(1), None]), None);
/// assert_eq!(is_in(Some(2), &[Some(1)]), Some(false));
/// assert_eq!(is_in(None, &[Some(1)]), None);
/// ```
pub fn is_in<T: PartialEq>(value: Option<T>, list: &[Option<T>]) -> Option<bool> {
    let value = value?;
    if list.iter().flatten().any(|element| *element == value) {
        return Some(true);
    }
    if list.iter().any(Option::is_none) { None } else { Some(false) }
}

/// The value of something that an earlier condition has proved not to be NULL.
///
/// # Panics
/// If it is NULL, which is a bug of the compiler.
///
/// ```
/// assert_eq!(cosmictron::operators::known(Some(1)), 1);
/// ```
pub fn known<T>(value: Option<T>) -> T {
    match value {
        Some(value) => value,
        None => unreachable!("a value that a condition has proved not to be NULL is NULL"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x IN (a, b, …)` is `x = a OR x = b OR …` in three-valued logic.
    #[test]
    fn membership_is_a_disjunction_of_equalities() {
        let domain = [None, Some(1), Some(2), Some(3)];
        let or = |a: Option<bool>, b: Option<bool>| match (a, b) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        let equal = |a: Option<i32>, b: Option<i32>| Some(a? == b?);
        for value in domain {
            for a in domain {
                for b in domain {
                    let expected = or(equal(value, a), equal(value, b));
                    assert_eq!(is_in(value, &[a, b]), expected, "{value:?} IN ({a:?}, {b:?})");
                }
            }
        }
    }

    #[test]
    fn what_is_proved_is_known() {
        assert_eq!(known(Some("a")), "a");
        assert!(std::panic::catch_unwind(|| known(None::<i32>)).is_err());
    }
}
