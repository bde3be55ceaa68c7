//! Grouping with incremental aggregates.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only group`; ARCHITECTURE.md tells how and on what machine).
//!
//! Two million items in groups by product, of which there are ten thousand; each of the others keeps a second map of what this step's groups were before:
//!
//! | | load | a step of one row | memory |
//! |---|---|---|---|
//! | **table of slots, foldhash** | 1 | 1 | 1 |
//! | two maps, foldhash | 1.00 | 1.55 | 0.78 |
//! | two maps, ahash | 1.08 | 1.60 | 0.78 |
//! | two maps, FxHash | 0.90 | 1.60 | 0.78 |
//! | two maps, SipHash | 2.80 | 2.08 | 0.78 |
//! | two BTreeMaps | 6.89 | 1.84 | 0.64 |
//!
//! The same by the product's name, a text:
//!
//! | | load | a step of one row | memory |
//! |---|---|---|---|
//! | **table of slots, foldhash** | 1 | 1 | 1 |
//! | two maps, foldhash | 1.29 | 1.48 | 0.97 |
//! | two maps, ahash | 1.17 | 1.40 | 1.04 |
//! | two maps, FxHash | 1.13 | 1.38 | 0.97 |
//! | two maps, SipHash | 1.85 | 1.62 | 1.04 |
//! | two BTreeMaps | 6.78 | 2.42 | 0.90 |
//!
//! And by order, of which there are a million:
//!
//! | | load | a step of one row | memory |
//! |---|---|---|---|
//! | **table of slots, foldhash** | 1 | 1 | 1 |
//! | two maps, foldhash | 1.44 | 0.88 | 0.70 |
//! | two maps, ahash | 1.53 | 0.89 | 0.70 |
//! | two maps, FxHash | 1.05 | 0.82 | 0.70 |
//! | two maps, SipHash | 2.39 | 1.01 | 0.70 |
//! | two BTreeMaps | 1.95 | 1.41 | 0.76 |
//!
//! What a group takes more than in a map is its published value, which others join with while a step runs. With a million groups a step waits for memory,
//! and the place of a group and the group itself are one thing more to wait for than a map is.

use std::hash::Hash;

use cosmictron_types::Identical;

use super::aggregates::Aggregates;
use crate::store::places::{KeyHash, Places};

/// `GROUP BY`: the rows of a group are counted and folded into its aggregates; at the end of a step each group that was
/// touched publishes its value before and after.
///
/// It doubles as an arrangement: [`Group::find`] looks up a group by key. What it finds is the value as published last, so that
/// within a step, while rows still come in, whoever joins with the groups sees all of them as they were; the change is told at
/// the end. A change costs one lookup (two if it moves a row between groups), a step costs the groups it touched.
pub struct Group<K, A: Aggregates> {
    index: Places,
    slots: Vec<Slot<K, A>>,
    free: Vec<u32>,
    /// The slots that rows have come into or left in this step, each once.
    touched: Vec<u32>,
}

struct Slot<K, A: Aggregates> {
    key: K,
    rows: i64,
    touched: bool,
    aggregates: A,
    /// The value as of the last step; `None` if the group did not exist.
    published: Option<A::Value>,
}

impl<K, A: Aggregates> Default for Group<K, A> {
    fn default() -> Self {
        Self { index: Places::default(), slots: Vec::new(), free: Vec::new(), touched: Vec::new() }
    }
}

impl<K: Hash + Eq, A: Aggregates> Group<K, A> {
    /// A row's contribution before and after a change: its group and what the aggregates read of it.
    pub fn change(&mut self, old: Option<(K, A::Input)>, new: Option<(K, A::Input)>) {
        match (old, new) {
            (Some((old_key, old)), Some((new_key, new))) if old_key == new_key => {
                if !old.identical(&new) {
                    let slot = self.touch(new_key);
                    slot.aggregates.remove(&old);
                    slot.aggregates.insert(&new);
                }
            }
            (old, new) => {
                if let Some((key, input)) = old {
                    let slot = self.touch(key);
                    slot.rows -= 1;
                    slot.aggregates.remove(&input);
                }
                if let Some((key, input)) = new {
                    let slot = self.touch(key);
                    slot.rows += 1;
                    slot.aggregates.insert(&input);
                }
            }
        }
    }

    /// Finds or makes the group and notes that this step changes it.
    fn touch(&mut self, key: K) -> &mut Slot<K, A> {
        let hash = self.index.hash(&key);
        let at = match self.index.find(hash, |at| self.slots[at as usize].key == key) {
            Some(at) => at,
            None => self.begin(hash, key),
        };
        let slot = &mut self.slots[at as usize];
        if !slot.touched {
            slot.touched = true;
            self.touched.push(at);
        }
        slot
    }

    /// Makes a group. Out of the way of what happens to those that are there: where many queries are live, it is the
    /// instructions as much as the data that have to be fetched for each change.
    #[cold]
    #[inline(never)]
    fn begin(&mut self, hash: KeyHash, key: K) -> u32 {
        let slot = Slot { key, rows: 0, touched: false, aggregates: A::default(), published: None };
        let at = match self.free.pop() {
            Some(at) => {
                self.slots[at as usize] = slot;
                at
            }
            None => {
                self.slots.push(slot);
                self.slots.len() as u32 - 1
            }
        };
        self.index.insert(hash, at);
        at
    }

    /// Gives up a group without rows.
    #[cold]
    #[inline(never)]
    fn end(&mut self, at: u32) {
        let slot = &mut self.slots[at as usize];
        slot.aggregates = A::default();
        if self.index.remove(self.index.hash(&slot.key), at) {
            self.free.push(at);
        }
    }

    /// Makes room for so many further groups.
    pub fn reserve(&mut self, additional: usize) {
        self.index.reserve(additional);
        self.slots.reserve(additional.saturating_sub(self.free.len()));
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the step has touched any group.
    pub fn is_touched(&self) -> bool {
        !self.touched.is_empty()
    }

    /// Ends the step: calls `publish` with each group whose value changed, before and after, `None` where it does not exist.
    pub fn finish(&mut self, mut publish: impl FnMut(&K, Option<&A::Value>, Option<&A::Value>)) {
        if self.touched.is_empty() {
            return;
        }
        let mut touched = std::mem::take(&mut self.touched);
        for at in touched.drain(..) {
            let slot = &mut self.slots[at as usize];
            slot.touched = false;
            let after = if slot.rows > 0 { slot.aggregates.value(slot.rows) } else { None };
            if !slot.published.identical(&after) {
                publish(&slot.key, slot.published.as_ref(), after.as_ref());
                slot.published = after;
            }
            if slot.rows == 0 {
                self.end(at);
            }
        }
        self.touched = touched;
    }

    /// A group and its value as published last.
    pub fn find(&self, key: &K) -> Option<(&K, &A::Value)> {
        let at = self.index.find(self.index.hash(key), |at| self.slots[at as usize].key == *key)?;
        let slot = &self.slots[at as usize];
        Some((&slot.key, slot.published.as_ref()?))
    }

    /// All groups with their values as published last, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &A::Value)> {
        self.index.iter().filter_map(|at| {
            let slot = &self.slots[at as usize];
            Some((&slot.key, slot.published.as_ref()?))
        })
    }

    /// The value of the only group of an aggregation without grouping, which exists even over no rows.
    pub fn total(&self, key: &K) -> Option<A::Value> {
        match self.find(key) {
            Some((_, value)) => Some(value.clone()),
            None => A::default().value(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::operators::random::Random;

    #[derive(Default)]
    struct Sum(i64);

    impl Aggregates for Sum {
        type Input = i64;
        type Value = (i64, i64);
        fn insert(&mut self, input: &i64) {
            self.0 += input;
        }
        fn remove(&mut self, input: &i64) {
            self.0 -= input;
        }
        fn value(&self, rows: i64) -> Option<(i64, i64)> {
            Some((rows, self.0))
        }
    }

    type Published = Vec<(char, Option<(i64, i64)>, Option<(i64, i64)>)>;

    fn finish(group: &mut Group<char, Sum>) -> Published {
        let mut published = Vec::new();
        group.finish(|k, old, new| published.push((*k, old.copied(), new.copied())));
        published
    }

    #[test]
    fn a_step_publishes_net_changes_only() {
        let mut group = Group::<char, Sum>::default();
        group.change(None, Some(('a', 5)));
        group.change(None, Some(('a', 7)));
        group.change(None, Some(('b', 1)));
        group.change(Some(('b', 1)), None);
        assert_eq!(group.find(&'a'), None, "nothing is published before the step ends");
        assert_eq!(finish(&mut group), [('a', None, Some((2, 12)))]);
        group.change(Some(('a', 5)), Some(('b', 5)));
        assert_eq!(group.find(&'a'), Some((&'a', &(2, 12))));
        assert_eq!(finish(&mut group), [('a', Some((2, 12)), Some((1, 7))), ('b', None, Some((1, 5)))]);
        group.change(Some(('b', 5)), Some(('b', 6)));
        group.change(Some(('b', 6)), Some(('b', 5)));
        assert!(finish(&mut group).is_empty());
    }

    #[test]
    fn a_group_that_empties_may_come_back() {
        let mut group = Group::<char, Sum>::default();
        group.change(None, Some(('a', 5)));
        finish(&mut group);
        group.change(Some(('a', 5)), None);
        assert_eq!(finish(&mut group), [('a', Some((1, 5)), None)]);
        assert_eq!(group.iter().count(), 0);
        group.change(None, Some(('a', 0)));
        assert_eq!(finish(&mut group), [('a', None, Some((1, 0)))]);
        assert_eq!(group.total(&'z'), Some((0, 0)));
    }

    /// Rows come, go and move between groups, and steps are undone before they end or after: each step publishes the differences of
    /// grouping everything again.
    #[test]
    fn random_rows_equal_grouping_them_again() {
        type Row = Option<(char, i64)>;
        for seed in 0..20 {
            let mut random = Random::new(seed);
            let mut group = Group::<char, Sum>::default();
            let mut rows: [Row; 12] = [None; 12];
            let mut shown = BTreeMap::new();
            for _ in 0..400 {
                let before = rows;
                let mut log: Vec<(Row, Row)> = Vec::new();
                for _ in 0..random.below(5) {
                    let at = random.at(rows.len());
                    let key = ['a', 'b', 'c', 'd', 'e'][random.at(5)];
                    let new = (random.below(3) > 0).then(|| (key, random.below(5) as i64 - 2));
                    let old = std::mem::replace(&mut rows[at], new);
                    group.change(old, new);
                    log.push((old, new));
                }
                let undone = random.below(4) == 0;
                if undone {
                    log.into_iter().rev().for_each(|(old, new)| group.change(new, old));
                    rows = before;
                }
                let published = finish(&mut group);
                assert!(!undone || published.is_empty(), "what is undone is not published: {published:?}");
                for (key, old, new) in published {
                    assert_ne!(old, new);
                    assert_eq!(shown.remove(&key), old);
                    shown.extend(new.map(|value| (key, value)));
                }
                let mut expected: BTreeMap<char, (i64, i64)> = BTreeMap::new();
                for (key, value) in rows.iter().flatten() {
                    let entry = expected.entry(*key).or_default();
                    *entry = (entry.0 + 1, entry.1 + value);
                }
                assert_eq!(shown, expected);
                assert_eq!(
                    group.iter().map(|(key, value)| (*key, *value)).collect::<BTreeMap<_, _>>(),
                    expected
                );
                assert!(('a'..='e').all(|key| group.find(&key).map(|(_, v)| v) == expected.get(&key)));
            }
        }
    }
}
