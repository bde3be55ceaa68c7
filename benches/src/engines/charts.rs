//! The parts of the hand-written loop: grouped values, the first ten of an order, and moments at which rows fall out of a window.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::hash::Hash;

use hashbrown::HashMap;

/// A row of a result before and after a transaction.
#[derive(Clone, Debug)]
pub struct Change<R> {
    /// `None` if it is new.
    pub old: Option<R>,
    /// `None` if it has gone.
    pub new: Option<R>,
}

/// Who receives the changes of one result.
pub type Subscriber<R> = Option<Box<dyn FnMut(&[Change<R>])>>;

/// A value a group.
pub struct Groups<K, V> {
    /// The groups.
    pub values: HashMap<K, V>,
    /// The values before this transaction of the groups that it has changed, if somebody wants to know.
    before: HashMap<K, Option<V>>,
    wanted: bool,
}

impl<K: Hash + Eq + Clone, V: Clone + Default + PartialEq> Groups<K, V> {
    /// No groups; `wanted` if changes are to be told.
    pub fn new(wanted: bool) -> Self {
        Self { values: HashMap::new(), before: HashMap::new(), wanted }
    }

    /// Changes a group's value; a group that `f` says is empty goes.
    pub fn update(&mut self, key: K, f: impl FnOnce(&mut V) -> bool) {
        if self.wanted {
            let old = self.values.get(&key);
            self.before.entry(key.clone()).or_insert_with(|| old.cloned());
        }
        let value = self.values.entry(key.clone()).or_default();
        if !f(value) {
            self.values.remove(&key);
        }
    }

    /// The changes of this transaction.
    pub fn changes<R>(&mut self, row: impl Fn(&K, &V) -> R) -> Vec<Change<R>> {
        let mut changes = Vec::new();
        for (key, old) in self.before.drain() {
            let new = self.values.get(&key);
            if old.as_ref() != new {
                changes.push(Change { old: old.map(|v| row(&key, &v)), new: new.map(|v| row(&key, v)) });
            }
        }
        changes
    }
}

/// Keys by a number, the greatest first; ties by key.
#[derive(Default)]
pub struct Ranking {
    order: BTreeSet<(Reverse<i64>, i64)>,
}

impl Ranking {
    /// How many are shown.
    const SHOWN: usize = 10;

    /// A key's number has changed.
    pub fn change(&mut self, key: i64, old: Option<i64>, new: Option<i64>) {
        if old != new {
            old.map(|n| self.order.remove(&(Reverse(n), key)));
            new.map(|n| self.order.insert((Reverse(n), key)));
        }
    }

    /// The first keys.
    pub fn first(&self) -> impl Iterator<Item = i64> {
        self.order.iter().take(Self::SHOWN).map(|(_, key)| *key)
    }
}

/// The rows shown of a ranking, and how they differ from those shown before.
pub fn shown_changes<R: Clone + PartialEq>(
    shown: &mut Vec<(i64, R)>,
    now: impl Iterator<Item = (i64, R)>,
) -> Vec<Change<R>> {
    let now: Vec<(i64, R)> = now.collect();
    if *shown == now {
        return Vec::new();
    }
    let mut changes = Vec::new();
    for (key, row) in &now {
        match shown.iter().find(|(k, _)| k == key) {
            Some((_, old)) if old == row => {}
            old => changes.push(Change { old: old.map(|(_, r)| r.clone()), new: Some(row.clone()) }),
        }
    }
    for (key, row) in shown.iter() {
        if !now.iter().any(|(k, _)| k == key) {
            changes.push(Change { old: Some(row.clone()), new: None });
        }
    }
    *shown = now;
    changes
}

/// When which row leaves a window.
#[derive(Default)]
pub struct Deadlines(BinaryHeap<Reverse<(i64, i64)>>);

impl Deadlines {
    /// A row leaves at a moment.
    pub fn add(&mut self, moment: i64, id: i64) {
        self.0.push(Reverse((moment, id)));
    }

    /// The next row that has left by now.
    pub fn due(&mut self, now: i64) -> Option<i64> {
        let Reverse((moment, _)) = self.0.peek()?;
        if *moment > now { None } else { self.0.pop().map(|Reverse((_, id))| id) }
    }
}
