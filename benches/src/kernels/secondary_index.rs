//! From a key that many rows have to those rows: lists threaded beside the rows, and collections of ids for each key.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cosmictron_bench_harness::recipe::{Item, MOST_SOLD};
use hashbrown::{HashMap, HashSet};

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};
use crate::store::index::{IndexKey, MultiIndex};
use crate::store::rows::{RowId, Rows};

/// The kernel's name.
pub const NAME: &str = "secondary_index";

/// What is compared: few keys, one of which a tenth of all rows have, and many keys with two rows each.
pub fn cases() -> Vec<Case> {
    vec![case::<ByProduct>("items by product"), case::<ByOrder>("items by order")]
}

fn case<K: Key>(name: &'static str) -> Case {
    let alternatives = vec![
        alternative::<K, MultiIndex<K>>("list threaded beside the rows"),
        alternative::<K, Positions>("vector a key, positions beside the rows"),
        alternative::<K, HashMap<i64, Vec<u32>>>("vector a key, searched"),
        alternative::<K, HashMap<i64, HashSet<u32>>>("hash set a key"),
        alternative::<K, HashMap<i64, BTreeSet<u32>>>("BTreeSet a key"),
        alternative::<K, BTreeMap<i64, BTreeSet<u32>>>("BTreeMap of BTreeSets"),
        alternative::<K, BTreeSet<(i64, u32)>>("BTreeSet of key and id"),
    ];
    Case { kernel: NAME, name, entries: stored().len(), alternatives }
}

fn stored() -> &'static Rows<Item> {
    static ROWS: LazyLock<Rows<Item>> = LazyLock::new(|| {
        let mut rows = Rows::default();
        shop().items.iter().for_each(|item| {
            rows.insert(*item);
        });
        rows
    });
    &ROWS
}

/// A key of items, and what is done with an index by it.
trait Key: for<'a> IndexKey<Row = Item, Key<'a> = i64> {
    /// Items that leave and come again.
    fn leaving() -> &'static [u32];
    /// Keys whose rows are read.
    fn read() -> &'static [i64];
}

struct ByProduct;
struct ByOrder;

impl IndexKey for ByProduct {
    type Row = Item;
    type Key<'a> = i64;

    fn key(row: &Item) -> Option<i64> {
        Some(row.product_id)
    }
}

impl Key for ByProduct {
    fn leaving() -> &'static [u32] {
        &shop().popular
    }

    fn read() -> &'static [i64] {
        &[MOST_SOLD; 3]
    }
}

impl IndexKey for ByOrder {
    type Row = Item;
    type Key<'a> = i64;

    fn key(row: &Item) -> Option<i64> {
        Some(row.order_id)
    }
}

impl Key for ByOrder {
    fn leaving() -> &'static [u32] {
        &shop().leaving
    }

    fn read() -> &'static [i64] {
        static KEYS: LazyLock<Vec<i64>> =
            LazyLock::new(|| shop().picked.iter().map(|order| i64::from(*order)).collect());
        &KEYS
    }
}

/// An index of [`stored`].
trait Index: Default + 'static {
    fn add(&mut self, key: i64, id: u32);
    fn take(&mut self, key: i64, id: u32);
    fn ids(&self, key: i64) -> impl Iterator<Item = u32>;
}

impl<K: Key> Index for MultiIndex<K> {
    fn add(&mut self, _: i64, id: u32) {
        if let Some(row) = stored().get(RowId(id)) {
            self.insert(stored(), RowId(id), row);
        }
    }

    fn take(&mut self, _: i64, id: u32) {
        if let Some(row) = stored().get(RowId(id)) {
            self.remove(RowId(id), row);
        }
    }

    fn ids(&self, key: i64) -> impl Iterator<Item = u32> {
        self.matches(stored(), key).map(|(id, _)| id.0)
    }
}

/// A vector of ids for each key, and for each row where in its key's vector it stands.
#[derive(Default)]
struct Positions {
    ids: HashMap<i64, Vec<u32>>,
    positions: Vec<u32>,
}

impl Index for Positions {
    fn add(&mut self, key: i64, id: u32) {
        if self.positions.len() <= id as usize {
            self.positions.resize(id as usize + 1, 0);
        }
        let ids = self.ids.entry(key).or_default();
        self.positions[id as usize] = ids.len() as u32;
        ids.push(id);
    }

    fn take(&mut self, key: i64, id: u32) {
        let Some(ids) = self.ids.get_mut(&key) else { return };
        let at = self.positions[id as usize];
        ids.swap_remove(at as usize);
        if let Some(moved) = ids.get(at as usize) {
            self.positions[*moved as usize] = at;
        }
        if ids.is_empty() {
            self.ids.remove(&key);
        }
    }

    fn ids(&self, key: i64) -> impl Iterator<Item = u32> {
        self.ids.get(&key).into_iter().flatten().copied()
    }
}

impl Index for HashMap<i64, Vec<u32>> {
    fn add(&mut self, key: i64, id: u32) {
        self.entry(key).or_default().push(id);
    }

    fn take(&mut self, key: i64, id: u32) {
        let Some(ids) = self.get_mut(&key) else { return };
        if let Some(at) = ids.iter().position(|other| *other == id) {
            ids.swap_remove(at);
        }
        if ids.is_empty() {
            self.remove(&key);
        }
    }

    fn ids(&self, key: i64) -> impl Iterator<Item = u32> {
        self.get(&key).into_iter().flatten().copied()
    }
}

/// A map of sets.
macro_rules! sets {
    ($($map:ty),*) => {$(
        impl Index for $map {
            fn add(&mut self, key: i64, id: u32) {
                self.entry(key).or_default().insert(id);
            }

            fn take(&mut self, key: i64, id: u32) {
                let Some(ids) = self.get_mut(&key) else { return };
                ids.remove(&id);
                if ids.is_empty() {
                    self.remove(&key);
                }
            }

            fn ids(&self, key: i64) -> impl Iterator<Item = u32> {
                self.get(&key).into_iter().flatten().copied()
            }
        }
    )*};
}
sets!(HashMap<i64, HashSet<u32>>, HashMap<i64, BTreeSet<u32>>, BTreeMap<i64, BTreeSet<u32>>);

impl Index for BTreeSet<(i64, u32)> {
    fn add(&mut self, key: i64, id: u32) {
        self.insert((key, id));
    }

    fn take(&mut self, key: i64, id: u32) {
        self.remove(&(key, id));
    }

    fn ids(&self, key: i64) -> impl Iterator<Item = u32> {
        self.range((key, 0)..=(key, u32::MAX)).map(|(_, id)| *id)
    }
}

fn alternative<K: Key, I: Index>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<K, I>, build: || Box::new(filled::<K, I>()) as Box<dyn Any> }
}

fn filled<K: Key, I: Index>() -> I {
    let mut index = I::default();
    stored().iter().for_each(|(id, row)| index.add(key::<K>(row), id.0));
    index
}

fn key<K: Key>(row: &Item) -> i64 {
    K::key(row).unwrap_or_default()
}

fn round<K: Key, I: Index>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let shop = shop();
    let mut answers = vec![0; 2];
    let key_of = |id: u32| key::<K>(&shop.items[id as usize]);
    let read = |index: &I, answer: &mut u64| {
        for id in K::read().iter().flat_map(|key| index.ids(*key)) {
            fold(answer, stored().get(RowId(id)).map_or(0, |row| (row.id ^ row.price << 32) as u64));
        }
    };
    let mut index: I = stopwatch.time("insert all", shop.items.len(), filled::<K, I>);
    let number = K::read().iter().map(|key| index.ids(*key).count()).sum();
    stopwatch.time("read the rows of a key", number, || read(&index, &mut answers[0]));
    stopwatch.time("delete", K::leaving().len(), || {
        K::leaving().iter().for_each(|id| index.take(key_of(*id), *id));
    });
    answers.push(K::read().iter().map(|key| index.ids(*key).count() as u64).sum());
    stopwatch.time("insert again", K::leaving().len(), || {
        K::leaving().iter().for_each(|id| index.add(key_of(*id), *id));
    });
    stopwatch.time("read the rows again", number, || read(&index, &mut answers[1]));
    answers
}
