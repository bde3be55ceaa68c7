//! Grouping with incremental aggregates.

use std::hash::{BuildHasher, Hash};

use hashbrown::{DefaultHashBuilder, HashTable, hash_table::Entry};

use super::aggregates::Aggregates;

/// `GROUP BY`: the rows of a group are counted and folded into its aggregates; at the end of a step each group that was
/// touched publishes its value before and after.
///
/// It doubles as an arrangement: [`Group::get`] finds a group by key. A change costs one lookup (two if it moves a row between
/// groups), a step costs the groups it touched.
pub struct Group<K, A: Aggregates> {
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
    slots: Vec<Slot<K, A>>,
    free: Vec<u32>,
    touched: Vec<Touched<A::Value>>,
}

struct Slot<K, A> {
    key: K,
    rows: i64,
    /// One more than the position in `touched`, or 0.
    touched: u32,
    aggregates: A,
}

struct Touched<V> {
    slot: u32,
    before: Option<V>,
}

impl<K, A: Aggregates> Default for Group<K, A> {
    fn default() -> Self {
        Self {
            index: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            slots: Vec::new(),
            free: Vec::new(),
            touched: Vec::new(),
        }
    }
}

impl<K: Hash + Eq, A: Aggregates> Group<K, A> {
    /// A row's contribution before and after a change: its group and what the aggregates read of it.
    pub fn change(&mut self, old: Option<(K, A::Input)>, new: Option<(K, A::Input)>) {
        match (old, new) {
            (Some((old_key, old)), Some((new_key, new))) if old_key == new_key => {
                if old != new {
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

    /// Finds or makes the group and remembers what it was before this step.
    fn touch(&mut self, key: K) -> &mut Slot<K, A> {
        let hash = self.hasher.hash_one(&key);
        let Self { index, hasher, slots, free, touched } = self;
        let entry = index.entry(
            hash,
            |slot| slots[*slot as usize].key == key,
            |slot| hasher.hash_one(&slots[*slot as usize].key),
        );
        let at = match entry {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let slot = Slot { key, rows: 0, touched: 0, aggregates: A::default() };
                let at = match free.pop() {
                    Some(at) => {
                        slots[at as usize] = slot;
                        at
                    }
                    None => {
                        slots.push(slot);
                        slots.len() as u32 - 1
                    }
                };
                entry.insert(at);
                at
            }
        };
        let slot = &mut slots[at as usize];
        if slot.touched == 0 {
            let before = (slot.rows > 0).then(|| slot.aggregates.value(slot.rows));
            touched.push(Touched { slot: at, before });
            slot.touched = touched.len() as u32;
        }
        slot
    }

    /// Whether the step has touched any group.
    pub fn is_touched(&self) -> bool {
        !self.touched.is_empty()
    }

    /// Ends the step: calls `publish` with each group whose value changed, before and after, `None` where it does not exist.
    pub fn finish(&mut self, mut publish: impl FnMut(&K, Option<&A::Value>, Option<&A::Value>)) {
        for Touched { slot: at, before } in self.touched.drain(..) {
            let slot = &mut self.slots[at as usize];
            slot.touched = 0;
            let after = (slot.rows > 0).then(|| slot.aggregates.value(slot.rows));
            if before != after {
                publish(&slot.key, before.as_ref(), after.as_ref());
            }
            if slot.rows == 0 {
                slot.aggregates = A::default();
                if let Ok(entry) =
                    self.index.find_entry(self.hasher.hash_one(&slot.key), |other| *other == at)
                {
                    entry.remove();
                    self.free.push(at);
                }
            }
        }
    }

    /// The value of a group as it is now; `None` if it has no rows.
    pub fn get(&self, key: &K) -> Option<A::Value> {
        let slot = self.slot(key)?;
        (slot.rows > 0).then(|| slot.aggregates.value(slot.rows))
    }

    /// The value of a group as it was when the step began.
    pub fn before(&self, key: &K) -> Option<A::Value> {
        let slot = self.slot(key)?;
        match slot.touched {
            0 => (slot.rows > 0).then(|| slot.aggregates.value(slot.rows)),
            at => self.touched[at as usize - 1].before.clone(),
        }
    }

    fn slot(&self, key: &K) -> Option<&Slot<K, A>> {
        let at = self.index.find(self.hasher.hash_one(key), |slot| self.slots[*slot as usize].key == *key)?;
        Some(&self.slots[*at as usize])
    }

    /// All groups with their values, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, A::Value)> {
        self.index.iter().filter_map(|at| {
            let slot = &self.slots[*at as usize];
            (slot.rows > 0).then(|| (&slot.key, slot.aggregates.value(slot.rows)))
        })
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is no group.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The value of the only group of an aggregation without grouping, which exists even over no rows.
    pub fn total(&self, key: &K) -> A::Value {
        self.get(key).unwrap_or_else(|| A::default().value(0))
    }
}
