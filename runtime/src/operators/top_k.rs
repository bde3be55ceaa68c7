//! `ORDER BY … LIMIT … OFFSET …`.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only top_k`; ARCHITECTURE.md tells how and on what machine).
//!
//! The first ten of 82,000 customers by what they have spent, of whom one spends more in each step:
//!
//! | | load | a step |
//! |---|---|---|
//! | **first elements, the rest counted** | 1 | 1 |
//! | BTreeSet of the whole order | 25 | 3.84 |
//! | sorted vector of the whole order | 22 | 565 |
//!
//! And of a queue of 100,000, which loses its first and gets a last in each step:
//!
//! | | load | a step |
//! |---|---|---|
//! | **first elements, the rest counted** | 1 | 1 |
//! | BTreeSet of the whole order | 5.15 | 0.71 |
//! | sorted vector of the whole order | 2.03 | 80 |
//!
//! Kept are some dozens of elements; the whole order takes 16 bytes an element as a vector and 20 as a tree.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use cosmictron_types::Identical;

/// How many elements after the window are kept at first, if the window is not larger.
const LEAST_KEPT: usize = 64;

/// The rows `offset .. offset + limit` of an ordered relation.
///
/// The first elements of the order are kept in three zones: before the window, inside it (with their rows), and after it. Everything
/// beyond the horizon is only counted, so that a change there costs a comparison. A change before it goes to its zone in logarithmic time, and at
/// the end of the step the borders move by as many elements as the zones grew or shrank: the cost does not depend on the size of
/// the window. When so many elements have left that the window would end too early, the next ones are read from the relation again, twice as many as the time before:
/// over the relation's life that is a logarithm for each row, and an order that is always used up at its beginning
/// (a queue of work) is soon kept whole.
///
/// With ten charts over a million orders, where two products and one of 100,000 customers change their place in each transaction, this takes a
/// third of the instructions that keeping the whole order in one tree does.
///
/// `O` is the sort key, made unique by the row's key `K`; `R` is the row.
pub struct TopK<O, K, R> {
    offset: usize,
    limit: usize,
    before: BTreeSet<(O, K)>,
    inside: BTreeMap<(O, K), R>,
    after: BTreeSet<(O, K)>,
    /// How many elements are kept after the window once more than twice as many have come.
    kept: usize,
    /// Elements that are greater are not kept; `None` if there are none.
    horizon: Option<(O, K)>,
    /// How many elements are beyond the horizon.
    beyond: usize,
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
            kept: offset.saturating_add(limit).max(LEAST_KEPT),
            horizon: None,
            beyond: 0,
            moved: BTreeMap::new(),
        }
    }

    /// The sort key of a row before and after a change, and the row after it, which is computed only if it comes into the window.
    pub fn change(&mut self, key: &K, old: Option<O>, new: Option<O>, row: impl FnOnce() -> Option<R>) {
        match (old, new) {
            (Some(old), Some(new)) if old == new => {
                if let Some(kept) = self.inside.get_mut(&(new, key.clone()))
                    && let Some(row) = row()
                {
                    let old = std::mem::replace(kept, row.clone());
                    note(&mut self.moved, key, Some(old), Some(row));
                }
            }
            (old, new) => {
                if let Some(order) = old {
                    self.remove((order, key.clone()));
                }
                if let Some(order) = new {
                    self.insert((order, key.clone()), row);
                }
            }
        }
    }

    fn is_beyond(&self, element: &(O, K)) -> bool {
        self.horizon.as_ref().is_some_and(|horizon| element > horizon)
    }

    fn remove(&mut self, element: (O, K)) {
        if self.is_beyond(&element) {
            self.beyond -= 1;
            if self.beyond == 0 {
                self.horizon = None;
            }
        } else if let Some(row) = self.inside.remove(&element) {
            note(&mut self.moved, &element.1, Some(row), None);
        } else if !self.after.remove(&element) {
            self.before.remove(&element);
        }
    }

    fn insert(&mut self, element: (O, K), row: impl FnOnce() -> Option<R>) {
        if self.is_beyond(&element) {
            self.beyond += 1;
        } else if self.before.last().is_some_and(|last| element < *last) {
            self.before.insert(element);
        } else if self.is_after(&element) {
            self.insert_after(element);
        } else if let Some(row) = row() {
            note(&mut self.moved, &element.1, None, Some(row.clone()));
            self.inside.insert(element, row);
            // A step may be large: rows that will not be shown need not wait for its end.
            if self.inside.len() > self.limit.saturating_add(LEAST_KEPT) {
                self.leave();
            }
        }
    }

    fn insert_after(&mut self, element: (O, K)) {
        self.after.insert(element);
        if self.after.len() / 2 > self.kept {
            self.trim();
        }
    }

    /// Moves the last row of the window out of it.
    fn leave(&mut self) {
        if let Some((element, row)) = self.inside.pop_last() {
            note(&mut self.moved, &element.1, Some(row), None);
            self.insert_after(element);
        }
    }

    /// Whether an element that is not before the window belongs after it, as far as the window is full.
    fn is_after(&self, element: &(O, K)) -> bool {
        if self.inside.len() < self.limit {
            self.after.first().is_some_and(|first| element > first)
        } else {
            self.inside.last_key_value().is_none_or(|(last, _)| element > last)
        }
    }

    /// Gives up the last of the elements after the window.
    fn trim(&mut self) {
        while self.after.len() > self.kept && self.after.pop_last().is_some() {
            self.beyond += 1;
        }
        self.horizon = self.after.last().cloned();
    }

    /// Takes elements back from beyond the horizon; `all` are those of the relation.
    fn refill(&mut self, all: impl Iterator<Item = (O, K)>) {
        self.kept = self.kept.saturating_mul(2);
        let mut first = BinaryHeap::new();
        for element in all.filter(|element| self.is_beyond(element)) {
            if first.len() < self.kept {
                first.push(element);
            } else if let Some(mut last) = first.peek_mut()
                && element < *last
            {
                *last = element;
            }
        }
        self.beyond = self.beyond.saturating_sub(first.len());
        self.horizon = if self.beyond == 0 { None } else { first.peek().cloned() };
        self.after.extend(first);
    }

    /// Whether the step has changed anything that may show.
    pub fn is_touched(&self) -> bool {
        !self.moved.is_empty() || !self.is_balanced()
    }

    fn is_balanced(&self) -> bool {
        let next_is_empty = self.after.is_empty() && self.beyond == 0;
        if self.before.len() < self.offset {
            return self.inside.is_empty() && next_is_empty;
        }
        self.before.len() == self.offset
            && self.inside.len() <= self.limit
            && (self.inside.len() == self.limit || next_is_empty)
    }

    /// Ends the step: moves the borders, fetching the rows that come into view, and calls `publish` with each key whose
    /// row in the window changed. `all` gives the sort keys of the whole relation as it is now.
    pub fn finish<I: Iterator<Item = (O, K)>>(
        &mut self,
        fetch: impl Fn(&K) -> Option<R>,
        all: impl Fn() -> I,
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
                None => self.next_after(&all),
            };
            let Some(element) = next else { break };
            self.before.insert(element);
        }
        while self.inside.len() > self.limit {
            self.leave();
        }
        while self.inside.len() < self.limit
            && let Some(element) = self.next_after(&all)
        {
            self.enter(element, &fetch);
        }
        for (key, (old, new)) in std::mem::take(&mut self.moved) {
            if !old.identical(&new) {
                publish(&key, old, new);
            }
        }
    }

    fn next_after<I: Iterator<Item = (O, K)>>(&mut self, all: &impl Fn() -> I) -> Option<(O, K)> {
        if self.after.is_empty() && self.beyond > 0 {
            self.refill(all());
        }
        self.after.pop_first()
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
        Entry::Occupied(entry) if now.is_none() && entry.get().0.is_none() => {
            entry.remove();
        }
        Entry::Occupied(mut entry) => entry.get_mut().1 = now,
        Entry::Vacant(entry) => {
            entry.insert((before, now));
        }
    }
}

#[cfg(test)]
mod tests;
