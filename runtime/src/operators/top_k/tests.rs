//! Windows against sorting everything again.

use super::*;
use crate::operators::random::Random;

const WINDOWS: [(usize, usize); 8] =
    [(0, 1), (0, 3), (2, 3), (5, 0), (1, 100), (0, 0), (70, 5), (3, usize::MAX)];

type Row = (u64, u64);

/// A relation of rows `(key, number)` ordered by number, its window, and what subscribers know of it.
struct Relation {
    offset: usize,
    limit: usize,
    rows: BTreeMap<u64, u64>,
    top: TopK<u64, u64, Row>,
    shown: BTreeMap<u64, Row>,
}

impl Relation {
    fn new((offset, limit): (usize, usize)) -> Self {
        Self { offset, limit, rows: BTreeMap::new(), top: TopK::new(offset, limit), shown: BTreeMap::new() }
    }

    fn set(&mut self, key: u64, new: Option<u64>) -> Option<u64> {
        let old = self.rows.remove(&key);
        self.rows.extend(new.map(|n| (key, n)));
        self.top.change(&key, old, new, || new.map(|n| (key, n)));
        old
    }

    /// Ends the step as emitted code does.
    fn finish(&mut self) {
        let Self { offset, limit, rows, top, shown } = self;
        if top.is_touched() {
            let fetch = |k: &u64| rows.get(k).map(|n| (*k, *n));
            let all = || rows.iter().map(|(k, n)| (*n, *k));
            top.finish(fetch, all, |k, old, new| {
                assert_eq!(shown.remove(k), old);
                shown.extend(new.map(|row| (*k, row)));
            });
        }
        let mut sorted: Vec<_> = rows.iter().map(|(k, n)| (*n, *k)).collect();
        sorted.sort_unstable();
        let want: Vec<_> = sorted.into_iter().skip(*offset).take(*limit).map(|(n, k)| (k, n)).collect();
        assert_eq!(top.iter().copied().collect::<Vec<_>>(), want);
        assert_eq!(shown.len(), want.len());
        assert!(want.iter().all(|row| shown.get(&row.0) == Some(row)));
        let kept = top.before.len() + top.inside.len() + top.after.len();
        assert_eq!(kept + top.beyond, rows.len(), "every row is kept or counted");
    }
}

/// Few rows with many ties, and many rows, most of them beyond the horizon; some steps are undone.
#[test]
fn random_windows_equal_sorting_again() {
    for (keys, numbers, steps) in [(12, 6, 1500), (600, 5000, 400)] {
        for window in WINDOWS {
            let mut random = Random::new(1);
            let mut relation = Relation::new(window);
            for _ in 0..steps {
                let mut log = Vec::new();
                for _ in 0..random.below(8) + 1 {
                    let key = random.below(keys);
                    let new = (random.below(3) > 0).then(|| random.below(numbers));
                    log.push((key, relation.set(key, new)));
                }
                if random.below(5) == 0 {
                    for (key, old) in log.into_iter().rev() {
                        relation.set(key, old);
                    }
                }
                relation.finish();
            }
        }
    }
}

/// A queue of work loses its first rows all the time. The relation is read again a few times, then the order is kept whole.
#[test]
fn a_queue_is_read_again_a_logarithm_of_times() {
    for window in WINDOWS {
        let mut relation = Relation::new(window);
        for n in 0..1000 {
            relation.set(n, Some(n));
        }
        relation.finish();
        let kept_at_first = relation.top.kept;
        let mut refills = 0;
        for first in 0..1000 {
            let kept = relation.top.kept;
            relation.set(first, None);
            relation.set(first + 1000, Some(first + 1000));
            relation.finish();
            refills += usize::from(relation.top.kept > kept);
        }
        assert!(relation.top.kept == usize::MAX || relation.top.kept == kept_at_first << refills);
        assert!(refills <= 6, "{refills}");
        for n in 1000..2000 {
            relation.set(n, None);
        }
        relation.finish();
        assert_eq!((relation.top.beyond, &relation.top.horizon), (0, &None));
    }
}

/// Rows that improve one after the other in one large step do not fill the window with all of them.
#[test]
fn a_large_step_keeps_few_rows() {
    let mut relation = Relation::new((0, 10));
    for n in (0..5000).rev() {
        relation.set(n, Some(n));
        assert!(relation.top.inside.len() <= 10 + LEAST_KEPT);
        assert!(relation.top.moved.len() <= 10 + LEAST_KEPT);
    }
    relation.finish();
    assert!(relation.top.after.len() <= 2 * relation.top.kept + 1);
}
