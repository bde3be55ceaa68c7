//! Joining a change with the rows that match it.

/// A row that matches a change: on its old side, on its new side, or on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// The matching row.
    pub item: T,
    /// It matches the old version.
    pub old: bool,
    /// It matches the new version.
    pub new: bool,
}

/// The matches of a change whose join key was `old` and is `new` (`None`: there is no such version, or its key is NULL). If
/// the key did not change the matches are looked up once and belong to both sides, so that an update stays an update.
pub fn pairs<K, I>(
    old: Option<K>,
    new: Option<K>,
    mut matches: impl FnMut(K) -> I,
) -> impl Iterator<Item = Pair<I::Item>>
where
    K: PartialEq,
    I: Iterator,
{
    let same = old.is_some() && old == new;
    let first = old.map(&mut matches);
    let second = if same { None } else { new.map(&mut matches) };
    let first = first.into_iter().flatten().map(move |item| Pair { item, old: true, new: same });
    first.chain(second.into_iter().flatten().map(|item| Pair { item, old: false, new: true }))
}

/// The same where a key has one match at most: that of the old version and that of the new one.
pub fn unique_matches<K, T>(
    old: Option<K>,
    new: Option<K>,
    find: impl Fn(K) -> Option<T>,
) -> (Option<T>, Option<T>)
where
    K: PartialEq,
    T: Copy,
{
    if old.is_some() && old == new {
        let found = new.and_then(find);
        return (found, found);
    }
    (old.and_then(&find), new.and_then(&find))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_unique_match_of_an_unchanged_key_is_looked_up_once() {
        for (old, new, expected, lookups) in [
            (Some(1), Some(1), (Some(10), Some(10)), 1),
            (Some(1), Some(2), (Some(10), Some(20)), 2),
            (Some(9), Some(9), (None, None), 1),
            (Some(1), None, (Some(10), None), 1),
            (None, Some(9), (None, None), 1),
            (None, None, (None, None), 0),
        ] {
            let count = Cell::new(0);
            let find = |key| {
                count.set(count.get() + 1);
                (key < 9).then_some(key * 10)
            };
            assert_eq!(unique_matches(old, new, find), expected);
            assert_eq!(count.get(), lookups);
        }
    }

    fn sides(old: Option<u32>, new: Option<u32>) -> Vec<(u32, bool, bool)> {
        pairs(old, new, |k| [k * 10, k * 10 + 1].into_iter()).map(|p| (p.item, p.old, p.new)).collect()
    }

    #[test]
    fn an_unchanged_key_is_looked_up_once() {
        assert_eq!(sides(Some(1), Some(1)), [(10, true, true), (11, true, true)]);
        assert_eq!(sides(Some(1), None), [(10, true, false), (11, true, false)]);
        assert_eq!(
            sides(Some(1), Some(2)),
            [(10, true, false), (11, true, false), (20, false, true), (21, false, true)]
        );
        assert!(sides(None, None).is_empty());
    }

    /// Each version meets exactly its own matches, and what both meet is met once: for every pair of keys, NULL among them.
    #[test]
    fn pairs_are_the_matches_of_both_versions() {
        let table = [(1, 'a'), (1, 'b'), (2, 'c'), (4, 'd')];
        let keys = [None, Some(1), Some(2), Some(3)];
        for old in keys {
            for new in keys {
                let matches = |key: u32| table.iter().filter(move |(k, _)| *k == key).map(|(_, item)| *item);
                let found: Vec<Pair<char>> = pairs(old, new, matches).collect();
                for (key, item) in table {
                    let sides = (old == Some(key), new == Some(key));
                    let expected = if sides == (false, false) { vec![] } else { vec![sides] };
                    let found = found.iter().filter(|p| p.item == item).map(|p| (p.old, p.new));
                    assert_eq!(found.collect::<Vec<_>>(), expected, "{item} from {old:?} to {new:?}");
                }
            }
        }
    }
}
