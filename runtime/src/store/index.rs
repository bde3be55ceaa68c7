//! Secondary structures over the rows of one table. They hold row ids and read keys from the rows themselves.

use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;

use hashbrown::{DefaultHashBuilder, HashTable, hash_table::Entry};

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
    ids: HashTable<RowId>,
    hasher: DefaultHashBuilder,
    key: PhantomData<K>,
}

impl<K> Default for UniqueIndex<K> {
    fn default() -> Self {
        Self { ids: HashTable::new(), hasher: DefaultHashBuilder::default(), key: PhantomData }
    }
}

impl<K: IndexKey> UniqueIndex<K> {
    /// The id of the row with this key. Rows and key have one lifetime, since only then their keys compare.
    pub fn find<'r>(&self, rows: &'r Rows<K::Row>, key: K::Key<'r>) -> Option<RowId> {
        self.ids.find(self.hasher.hash_one(&key), |id| holds::<K>(rows, *id, &key)).copied()
    }

    /// Adds a row that [`UniqueIndex::find`] has shown not to conflict.
    pub fn insert(&mut self, rows: &Rows<K::Row>, id: RowId, row: &K::Row) {
        if let Some(key) = K::key(row) {
            let hasher = &self.hasher;
            self.ids.insert_unique(hasher.hash_one(key), id, |id| hash_of::<K>(hasher, rows, *id));
        }
    }

    /// Removes a row, which must still be stored.
    pub fn remove(&mut self, id: RowId, row: &K::Row) {
        if let Some(key) = K::key(row)
            && let Ok(found) = self.ids.find_entry(self.hasher.hash_one(key), |other| *other == id)
        {
            found.remove();
        }
    }

    /// Makes room for this many further rows.
    pub fn reserve(&mut self, rows: &Rows<K::Row>, additional: usize) {
        let hasher = &self.hasher;
        self.ids.reserve(additional, |id| hash_of::<K>(hasher, rows, *id));
    }
}

/// An index whose keys may occur any number of times. The rows of a key form a doubly linked list threaded through
/// an array of links beside the rows, so insert and remove are O(1) however popular the key is.
pub struct MultiIndex<K> {
    heads: HashTable<RowId>,
    links: Vec<Link>,
    hasher: DefaultHashBuilder,
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
        Self {
            heads: HashTable::new(),
            links: Vec::new(),
            hasher: DefaultHashBuilder::default(),
            key: PhantomData,
        }
    }
}

impl<K: IndexKey> MultiIndex<K> {
    /// The rows with this key, the one added last first.
    pub fn matches<'r>(&'r self, rows: &'r Rows<K::Row>, key: K::Key<'r>) -> Matches<'r, K::Row> {
        let head = self.heads.find(self.hasher.hash_one(&key), |id| holds::<K>(rows, *id, &key));
        Matches { rows, links: &self.links, next: head.copied().unwrap_or(END) }
    }

    /// Adds a row.
    pub fn insert<'r>(&mut self, rows: &'r Rows<K::Row>, id: RowId, row: &'r K::Row) {
        let Some(key) = K::key(row) else { return };
        if self.links.len() <= id.0 as usize {
            self.links.resize(id.0 as usize + 1, Link { previous: END, next: END });
        }
        let hasher = &self.hasher;
        let entry = self.heads.entry(
            hasher.hash_one(&key),
            |other| holds::<K>(rows, *other, &key),
            |other| hash_of::<K>(hasher, rows, *other),
        );
        let mut link = Link { previous: END, next: END };
        match entry {
            Entry::Occupied(mut head) => {
                link.next = *head.get();
                self.links[link.next.0 as usize].previous = id;
                *head.get_mut() = id;
            }
            Entry::Vacant(place) => {
                place.insert(id);
            }
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
        } else if let Ok(mut head) = self.heads.find_entry(self.hasher.hash_one(key), |other| *other == id) {
            if next == END {
                head.remove();
            } else {
                *head.get_mut() = next;
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

fn hash_of<K: IndexKey>(hasher: &DefaultHashBuilder, rows: &Rows<K::Row>, id: RowId) -> u64 {
    rows.get(id).and_then(K::key).map_or(0, |key| hasher.hash_one(key))
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
