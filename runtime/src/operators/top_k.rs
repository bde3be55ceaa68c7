//! `ORDER BY … LIMIT … OFFSET …`.

use std::cmp::Ordering;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use cosmictron_types::Identical;

/// The rows `offset .. offset + limit` of an ordered relation.
///
/// All sort keys are kept, in three zones: before the window, inside it (with their rows), and after it. A change goes to its zone in
/// logarithmic time, and at the end of the step the borders move by as many elements as the zones grew or shrank, so the cost does
/// not depend on the size of the window. `O` is the sort key, made unique by the row's key `K`; `R` is the row.
pub struct TopK<O, K, R> {
    offset: usize,
    limit: usize,
    before: BTreeSet<(O, K)>,
    inside: BTreeMap<(O, K), R>,
    after: BTreeSet<(O, K)>,
    /// For each key whose row in the window may have changed in this step, the row that was published and the row now.
    moved: BTreeMap<K, (Option<R>, Option<R>)>,
}

impl<O: Ord + Clone, K: Ord + Clone, R: Clone + Identical> TopK<O, K, R> {
    /// An empty window.
    pub fn new(offset: usize, limit: usize) -> Self {
        Self {
            offset,
            limit,
            before: BTreeSet::new(),
            inside: BTreeMap::new(),
            after: BTreeSet::new(),
            moved: BTreeMap::new(),
        }
    }

    /// A row before and after a change, with its sort key.
    pub fn change(&mut self, key: &K, old: Option<O>, new: Option<(O, R)>) {
        match (old, new) {
            (Some(old), Some((new, row))) if old == new => {
                if let Some(kept) = self.inside.get_mut(&(new, key.clone())) {
                    let old = std::mem::replace(kept, row.clone());
                    note(&mut self.moved, key, Some(old), Some(row));
                }
            }
            (old, new) => {
                if let Some(order) = old {
                    self.remove((order, key.clone()));
                }
                if let Some((order, row)) = new {
                    self.insert((order, key.clone()), row);
                }
            }
        }
    }

    fn remove(&mut self, element: (O, K)) {
        if let Some(row) = self.inside.remove(&element) {
            note(&mut self.moved, &element.1, Some(row), None);
        } else if !self.after.remove(&element) {
            self.before.remove(&element);
        }
    }

    fn insert(&mut self, element: (O, K), row: R) {
        if self.before.last().is_some_and(|last| element < *last) {
            self.before.insert(element);
        } else if self.after.first().is_some_and(|first| element > *first) {
            self.after.insert(element);
        } else {
            note(&mut self.moved, &element.1, None, Some(row.clone()));
            self.inside.insert(element, row);
        }
    }

    /// Whether the step has changed anything that may show.
    pub fn is_touched(&self) -> bool {
        !self.moved.is_empty() || !self.is_balanced()
    }

    fn is_balanced(&self) -> bool {
        let ahead = match self.before.len().cmp(&self.offset) {
            Ordering::Less => self.inside.is_empty() && self.after.is_empty(),
            Ordering::Equal => true,
            Ordering::Greater => false,
        };
        ahead && self.inside.len() <= self.limit && (self.inside.len() == self.limit || self.after.is_empty())
    }

    /// Ends the step: moves the borders, fetching the rows that come into view, and calls `publish` with each key whose
    /// row in the window changed.
    pub fn finish(
        &mut self,
        fetch: impl Fn(&K) -> Option<R>,
        mut publish: impl FnMut(&K, Option<R>, Option<R>),
    ) {
        while self.before.len() > self.offset
            && let Some(element) = self.before.pop_last()
        {
            self.enter(element, &fetch);
        }
        while self.before.len() < self.offset {
            let next = match self.inside.pop_first() {
                Some((element, row)) => {
                    note(&mut self.moved, &element.1, Some(row), None);
                    Some(element)
                }
                None => self.after.pop_first(),
            };
            let Some(element) = next else { break };
            self.before.insert(element);
        }
        while self.inside.len() > self.limit
            && let Some((element, row)) = self.inside.pop_last()
        {
            note(&mut self.moved, &element.1, Some(row), None);
            self.after.insert(element);
        }
        while self.inside.len() < self.limit
            && let Some(element) = self.after.pop_first()
        {
            self.enter(element, &fetch);
        }
        for (key, (old, new)) in std::mem::take(&mut self.moved) {
            if !old.identical(&new) {
                publish(&key, old, new);
            }
        }
    }

    fn enter(&mut self, element: (O, K), fetch: &impl Fn(&K) -> Option<R>) {
        if let Some(row) = fetch(&element.1) {
            note(&mut self.moved, &element.1, None, Some(row.clone()));
            self.inside.insert(element, row);
        }
    }

    /// The rows of the window, in order.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.inside.values()
    }

    /// The row of the window with this sort key and key.
    pub fn get(&self, order: O, key: &K) -> Option<&R> {
        self.inside.get(&(order, key.clone()))
    }
}

/// Notes that the row shown for a key is another now; what was shown before counts only the first time in a step.
fn note<K: Ord + Clone, R>(
    moved: &mut BTreeMap<K, (Option<R>, Option<R>)>,
    key: &K,
    before: Option<R>,
    now: Option<R>,
) {
    match moved.entry(key.clone()) {
        Entry::Occupied(mut entry) => entry.get_mut().1 = now,
        Entry::Vacant(entry) => {
            entry.insert((before, now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::random::Random;

    /// Random changes against sorting everything again, for several windows.
    #[test]
    fn window_equals_sorting_again() {
        for (offset, limit) in [(0, 1), (0, 3), (2, 3), (5, 0), (1, 100), (0, 0)] {
            let mut random = Random::new(1);
            let mut rows: BTreeMap<u64, u64> = BTreeMap::new();
            let mut top = TopK::<u64, u64, (u64, u64)>::new(offset, limit);
            let mut shown: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
            for _ in 0..2000 {
                for _ in 0..random.below(4) + 1 {
                    let key = random.below(12);
                    let new = (random.below(3) > 0).then(|| random.below(6));
                    let old = rows.remove(&key);
                    rows.extend(new.map(|n| (key, n)));
                    top.change(&key, old, new.map(|n| (n, (key, n))));
                }
                let fetch = |k: &u64| rows.get(k).map(|n| (*k, *n));
                // As emitted code does.
                if top.is_touched() {
                    top.finish(fetch, |k, old, new| {
                        assert_eq!(shown.remove(k), old);
                        shown.extend(new.map(|row| (*k, row)));
                    });
                }
                let mut sorted: Vec<_> = rows.iter().map(|(k, n)| (*n, *k)).collect();
                sorted.sort_unstable();
                let want: Vec<_> = sorted.into_iter().skip(offset).take(limit).map(|(n, k)| (k, n)).collect();
                assert_eq!(top.iter().copied().collect::<Vec<_>>(), want);
                assert_eq!(shown.len(), want.len());
                assert!(want.iter().all(|row| shown.get(&row.0) == Some(row)));
            }
        }
    }
}
