//! Secondary structures over the rows of one table. They hold row ids and read keys from the rows themselves.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only unique_index,secondary_index`; ARCHITECTURE.md tells how and on what machine).
//!
//! A million orders by their primary key:
//!
//! | | insert | find | find none | delete and insert | memory |
//! |---|---|---|---|---|---|
//! | **table of row ids and halves of hashes, foldhash** | 1 | 1 | 1 | 1 | 1 |
//! | table of row ids, foldhash | 2.23 | 0.92 | 1.64 | 1.01 | 0.56 |
//! | table of row ids, ahash | 2.59 | 0.92 | 1.88 | 0.92 | 0.56 |
//! | table of row ids, FxHash | 2.47 | 0.70 | 0.21 | 0.87 | 0.56 |
//! | table of row ids, SipHash | 8.97 | 2.15 | 3.47 | 2.25 | 0.56 |
//! | hashbrown map with keys, foldhash | 1.63 | 0.67 | 0.82 | 1.01 | 1.89 |
//! | std map with keys, SipHash | 3.39 | 2.61 | 2.49 | 2.80 | 1.89 |
//! | BTreeMap with keys | 1.63 | 4.72 | 0.71 | 8.25 | 1.53 |
//!
//! A table of ids alone has to look at every row when it grows, and at one for every entry that a search meets: keeping half of the hash costs eight bytes a row and
//! takes the longest pauses out of loading. A map that has the keys once more saves looking at the row that is found, and costs twice the memory, for every index. FxHash is
//! faster where keys are small integers, but whoever chooses the keys can make them all collide; foldhash has a seed.
//!
//! Two million items by product, where the deleted and inserted ones are of the most sold, which has 204,000:
//!
//! | | insert | read | delete | insert again | read again | memory |
//! |---|---|---|---|---|---|---|
//! | **list threaded beside the rows** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | vector a key, positions beside the rows | 0.84 | 1.20 | 1.97 | 0.59 | 0.89 | 1.18 |
//! | vector a key, searched | 0.68 | 1.15 | 337 | 0.83 | 1.10 | 0.68 |
//! | hash set a key | 2.24 | 1.08 | 2.43 | 0.43 | 0.86 | 1.13 |
//! | BTreeSet a key | 5.22 | 1.41 | 7.30 | 3.02 | 1.26 | 1.63 |
//! | BTreeMap of BTreeSets | 6.14 | 1.49 | 6.21 | 2.58 | 1.18 | 1.63 |
//! | BTreeSet of key and id | 8.80 | 1.46 | 8.44 | 4.17 | 1.34 | 4.47 |
//!
//! The same items by order, two for each of a million:
//!
//! | | insert | read | delete | insert again | read again | memory |
//! |---|---|---|---|---|---|---|
//! | **list threaded beside the rows** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | vector a key, positions beside the rows | 2.81 | 1.24 | 2.28 | 0.90 | 1.21 | 3.13 |
//! | vector a key, searched | 2.66 | 1.17 | 1.82 | 0.69 | 1.18 | 2.90 |
//! | hash set a key | 4.63 | 1.68 | 5.24 | 1.95 | 1.67 | 4.32 |
//! | BTreeSet a key | 4.00 | 1.77 | 5.07 | 1.49 | 1.65 | 3.82 |
//! | BTreeMap of BTreeSets | 3.11 | 5.09 | 10.2 | 3.66 | 4.82 | 3.73 |
//! | BTreeSet of key and id | 1.55 | 4.24 | 8.93 | 4.04 | 4.33 | 2.12 |
//!
//! Positions make deleting independent of popularity too, but a vector a key is a block of memory a key. What the list pays is its neighbours: inserting writes to the
//! row that was first.

use std::hash::Hash;
use std::marker::PhantomData;

use super::places::Places;
use super::rows::{RowId, Rows};

/// How to read an index's key from a row. Emitted code implements it on a marker type for every index.
pub trait IndexKey: 'static {
    /// The row type.
    type Row;
    /// The key, borrowed from the row where that saves a copy.
    type Key<'a>: Hash + Eq;

    /// The key of a row, or `None` where a part is NULL: NULL equals nothing, so such rows are not indexed.
    fn key(row: &Self::Row) -> Option<Self::Key<'_>>;
}

/// Whether two rows have the same key, so that one takes the place of the other as it is.
pub fn same_key<'r, K: IndexKey>(a: &'r K::Row, b: &'r K::Row) -> bool {
    K::key(a) == K::key(b)
}

/// An index whose keys occur at most once. All operations are O(1).
pub struct UniqueIndex<K> {
    ids: Places,
    key: PhantomData<K>,
}

impl<K> Default for UniqueIndex<K> {
    fn default() -> Self {
        Self { ids: Places::default(), key: PhantomData }
    }
}

impl<K: IndexKey> UniqueIndex<K> {
    /// The id of the row with this key. Rows and key have one lifetime, since only then their keys compare.
    pub fn find<'r>(&self, rows: &'r Rows<K::Row>, key: K::Key<'r>) -> Option<RowId> {
        self.ids.find(self.ids.hash(&key), |id| holds::<K>(rows, RowId(id), &key)).map(RowId)
    }

    /// Adds a row that [`UniqueIndex::find`] has shown not to conflict.
    /// As with [`MultiIndex::insert`] the rows are given, but none is looked at.
    pub fn insert(&mut self, _: &Rows<K::Row>, id: RowId, row: &K::Row) {
        if let Some(key) = K::key(row) {
            self.ids.insert(self.ids.hash(&key), id.0);
        }
    }

    /// Removes a row, which must still be stored.
    pub fn remove(&mut self, id: RowId, row: &K::Row) {
        if let Some(key) = K::key(row) {
            self.ids.remove(self.ids.hash(&key), id.0);
        }
    }

    /// Makes room for this many further rows.
    pub fn reserve(&mut self, additional: usize) {
        self.ids.reserve(additional);
    }
}

/// An index whose keys may occur any number of times. The rows of a key form a doubly linked list threaded through
/// an array of links beside the rows, so insert and remove are O(1) however popular the key is.
pub struct MultiIndex<K> {
    heads: Places,
    links: Vec<Link>,
    key: PhantomData<K>,
}

#[derive(Clone, Copy)]
struct Link {
    previous: RowId,
    next: RowId,
}

/// The end of a list. No row has this id, since the slab is full before it is reached.
const END: RowId = RowId(u32::MAX);

impl<K> Default for MultiIndex<K> {
    fn default() -> Self {
        Self { heads: Places::default(), links: Vec::new(), key: PhantomData }
    }
}

impl<K: IndexKey> MultiIndex<K> {
    /// The rows with this key, the one added last first.
    pub fn matches<'r>(&'r self, rows: &'r Rows<K::Row>, key: K::Key<'r>) -> Matches<'r, K::Row> {
        let head = self.heads.find(self.heads.hash(&key), |id| holds::<K>(rows, RowId(id), &key));
        Matches { rows, links: &self.links, next: head.map_or(END, RowId) }
    }

    /// Adds a row.
    pub fn insert<'r>(&mut self, rows: &'r Rows<K::Row>, id: RowId, row: &'r K::Row) {
        let Some(key) = K::key(row) else { return };
        if self.links.len() <= id.0 as usize {
            self.links.resize(id.0 as usize + 1, Link { previous: END, next: END });
        }
        let hash = self.heads.hash(&key);
        let mut link = Link { previous: END, next: END };
        match self.heads.find_mut(hash, |other| holds::<K>(rows, RowId(other), &key)) {
            Some(head) => {
                link.next = RowId(*head);
                self.links[link.next.0 as usize].previous = id;
                *head = id.0;
            }
            None => self.heads.insert(hash, id.0),
        }
        self.links[id.0 as usize] = link;
    }

    /// Removes a row, which must still be stored.
    pub fn remove(&mut self, id: RowId, row: &K::Row) {
        let Some(key) = K::key(row) else { return };
        let Link { previous, next } = self.links[id.0 as usize];
        if next != END {
            self.links[next.0 as usize].previous = previous;
        }
        if previous != END {
            self.links[previous.0 as usize].next = next;
        } else {
            let hash = self.heads.hash(&key);
            if next == END {
                self.heads.remove(hash, id.0);
            } else if let Some(head) = self.heads.find_mut(hash, |other| other == id.0) {
                *head = next.0;
            }
        }
    }

    /// Makes room for this many further rows.
    pub fn reserve(&mut self, additional: usize) {
        self.links.reserve(additional);
    }
}

/// The rows of one key.
#[derive(Clone)]
pub struct Matches<'r, R> {
    rows: &'r Rows<R>,
    links: &'r [Link],
    next: RowId,
}

impl<'r, R> Iterator for Matches<'r, R> {
    type Item = (RowId, &'r R);

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.next;
        if id == END {
            return None;
        }
        self.next = self.links[id.0 as usize].next;
        Some((id, self.rows.get(id)?))
    }
}

fn holds<'r, K: IndexKey>(rows: &'r Rows<K::Row>, id: RowId, key: &K::Key<'r>) -> bool {
    rows.get(id).and_then(K::key).is_some_and(|other| other == *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct First;
    impl IndexKey for First {
        type Row = (Option<u8>, &'static str);
        type Key<'a> = u8;
        fn key(row: &Self::Row) -> Option<u8> {
            row.0
        }
    }

    fn texts(
        rows: &Rows<(Option<u8>, &'static str)>,
        index: &MultiIndex<First>,
        key: u8,
    ) -> Vec<&'static str> {
        let mut found: Vec<_> = index.matches(rows, key).map(|(_, row)| row.1).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn lists_survive_removal_at_both_ends_and_in_the_middle() {
        let mut rows = Rows::default();
        let mut index = MultiIndex::<First>::default();
        let ids: Vec<_> = [(Some(1), "a"), (Some(1), "b"), (None, "n"), (Some(1), "c"), (Some(2), "d")]
            .into_iter()
            .map(|row| {
                let id = rows.insert(row);
                index.insert(&rows, id, rows.get(id).unwrap());
                id
            })
            .collect();
        assert_eq!(texts(&rows, &index, 1), ["a", "b", "c"]);
        let mut remove = |at: usize| {
            index.remove(ids[at], rows.get(ids[at]).unwrap());
            rows.remove(ids[at]);
            texts(&rows, &index, 1)
        };
        assert_eq!(remove(1), ["a", "c"]);
        assert_eq!(remove(3), ["a"]);
        assert_eq!(remove(2), ["a"]);
        assert!(remove(0).is_empty());
        assert_eq!(texts(&rows, &index, 2), ["d"]);
    }

    #[test]
    fn unique_index_ignores_nulls() {
        let mut rows = Rows::default();
        let mut index = UniqueIndex::<First>::default();
        for row in [(Some(1), "a"), (None, "n"), (None, "m")] {
            let id = rows.insert(row);
            index.insert(&rows, id, rows.get(id).unwrap());
        }
        assert_eq!(index.find(&rows, 1), Some(RowId(0)));
        index.remove(RowId(0), &(Some(1), "a"));
        assert_eq!(index.find(&rows, 1), None);
    }
}
