//! Where something is, by the hash of its key.

use std::hash::{BuildHasher, Hash};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Places (of rows in a table, of groups in their list) by the hash of the key that is there. The key itself is not repeated: whoever asks
/// compares it at the place.
///
/// Half of the hash is kept beside each place, eight bytes together. So a place is looked at only if its key is nearly certainly the wanted one, and a table that
/// grows moves its entries without looking at any: with a million of them, that would be a million cache misses in the middle of a transaction.
#[derive(Default)]
pub(crate) struct Places {
    entries: HashTable<Entry>,
    hasher: DefaultHashBuilder,
}

#[derive(Clone, Copy)]
struct Entry {
    hash: KeyHash,
    at: u32,
}

/// The hash of a key, as far as it is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyHash(u32);

impl KeyHash {
    /// As the table wants it: what it takes from both ends of 64 bits is to depend on all that is kept.
    fn spread(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

impl Places {
    /// The hash of a key.
    pub(crate) fn hash(&self, key: &impl Hash) -> KeyHash {
        KeyHash(self.hasher.hash_one(key) as u32)
    }

    /// The place with this hash that `is_there` says has the key.
    pub(crate) fn find(&self, hash: KeyHash, is_there: impl Fn(u32) -> bool) -> Option<u32> {
        let entry = self.entries.find(hash.spread(), |entry| entry.hash == hash && is_there(entry.at))?;
        Some(entry.at)
    }

    /// The same, to be replaced by another place.
    pub(crate) fn find_mut(&mut self, hash: KeyHash, is_there: impl Fn(u32) -> bool) -> Option<&mut u32> {
        let entry = self.entries.find_mut(hash.spread(), |entry| entry.hash == hash && is_there(entry.at))?;
        Some(&mut entry.at)
    }

    /// Adds a place, whose key is at no other.
    pub(crate) fn insert(&mut self, hash: KeyHash, at: u32) {
        self.entries.insert_unique(hash.spread(), Entry { hash, at }, |entry| entry.hash.spread());
    }

    /// Removes a place; false if it is not there.
    pub(crate) fn remove(&mut self, hash: KeyHash, at: u32) -> bool {
        match self.entries.find_entry(hash.spread(), |entry| entry.at == at) {
            Ok(entry) => {
                entry.remove();
                true
            }
            Err(_) => false,
        }
    }

    /// Makes room for so many further places.
    pub(crate) fn reserve(&mut self, additional: usize) {
        self.entries.reserve(additional, |entry| entry.hash.spread());
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// All places, in no particular order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        self.entries.iter().map(|entry| entry.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With so many keys that some have the same half of the hash.
    #[test]
    fn keys_are_found_where_they_are() {
        let keys: Vec<u64> = (0..300_000).map(|n| n * 977).collect();
        let mut places = Places::default();
        let at = |key: u64| move |place: u32| place as u64 * 977 == key;
        for (place, key) in keys.iter().enumerate() {
            let hash = places.hash(key);
            assert_eq!(places.find(hash, at(*key)), None);
            places.insert(hash, place as u32);
        }
        assert!(keys.iter().all(|key| places.find(places.hash(key), at(*key)) == Some((key / 977) as u32)));
        for key in keys.iter().step_by(2) {
            let hash = places.hash(key);
            assert!(places.remove(hash, (key / 977) as u32) && !places.remove(hash, (key / 977) as u32));
        }
        assert_eq!((places.len(), places.iter().filter(|at| at % 2 == 1).count()), (150_000, 150_000));
        assert!(keys.iter().all(|key| places.find(places.hash(key), at(*key)).is_some() == (key % 2 == 1)));
    }
}
