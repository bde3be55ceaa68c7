//! From a primary key to its row: which table, and which hasher.

use std::any::Any;
use std::collections::{BTreeMap, HashMap as StdHashMap, hash_map::RandomState as SipHash};
use std::hash::BuildHasher;
use std::sync::LazyLock;

use cosmictron_bench_harness::recipe::Order;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use rustc_hash::FxBuildHasher;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};
use crate::store::index::{IndexKey, UniqueIndex};
use crate::store::rows::{RowId, Rows};

/// The kernel's name.
pub const NAME: &str = "unique_index";

/// What is compared.
pub fn cases() -> Vec<Case> {
    let alternatives = vec![
        alternative::<UniqueIndex<ById>>("table of row ids and halves of hashes, foldhash"),
        alternative::<Ids<DefaultHashBuilder>>("table of row ids, foldhash"),
        alternative::<Ids<ahash::RandomState>>("table of row ids, ahash"),
        alternative::<Ids<FxBuildHasher>>("table of row ids, FxHash"),
        alternative::<Ids<SipHash>>("table of row ids, SipHash"),
        alternative::<HashMap<i64, u32>>("hashbrown map with keys, foldhash"),
        alternative::<StdHashMap<i64, u32>>("std map with keys, SipHash"),
        alternative::<BTreeMap<i64, u32>>("BTreeMap with keys"),
    ];
    vec![Case { kernel: NAME, name: "orders by id", entries: stored().len(), alternatives }]
}

fn stored() -> &'static Rows<Order> {
    static ROWS: LazyLock<Rows<Order>> = LazyLock::new(|| {
        let mut rows = Rows::default();
        shop().orders.iter().for_each(|order| {
            rows.insert(*order);
        });
        rows
    });
    &ROWS
}

/// The primary key of an order.
struct ById;

impl IndexKey for ById {
    type Row = Order;
    type Key<'a> = i64;

    fn key(row: &Order) -> Option<i64> {
        Some(row.id)
    }
}

/// An index of [`stored`] by key.
trait Index: Default + 'static {
    fn add(&mut self, id: u32, row: &Order);
    fn get(&self, key: i64) -> Option<u32>;
    fn take(&mut self, id: u32, row: &Order);
}

impl Index for UniqueIndex<ById> {
    fn add(&mut self, id: u32, row: &Order) {
        self.insert(stored(), RowId(id), row);
    }

    fn get(&self, key: i64) -> Option<u32> {
        self.find(stored(), key).map(|id| id.0)
    }

    fn take(&mut self, id: u32, row: &Order) {
        self.remove(RowId(id), row);
    }
}

/// A table of row ids alone, which has to read the rows when it grows.
#[derive(Default)]
struct Ids<S> {
    ids: HashTable<u32>,
    hasher: S,
}

impl<S: BuildHasher + Default + 'static> Index for Ids<S> {
    fn add(&mut self, id: u32, row: &Order) {
        let hasher = &self.hasher;
        self.ids.insert_unique(hasher.hash_one(row.id), id, |id| {
            stored().get(RowId(*id)).map_or(0, |row| hasher.hash_one(row.id))
        });
    }

    fn get(&self, key: i64) -> Option<u32> {
        let holds = |id: &u32| stored().get(RowId(*id)).is_some_and(|row| row.id == key);
        self.ids.find(self.hasher.hash_one(key), holds).copied()
    }

    fn take(&mut self, id: u32, row: &Order) {
        if let Ok(found) = self.ids.find_entry(self.hasher.hash_one(row.id), |other| *other == id) {
            found.remove();
        }
    }
}

/// A map that has the keys once more.
macro_rules! map_with_keys {
    ($($map:ty),*) => {$(
        impl Index for $map {
            fn add(&mut self, id: u32, row: &Order) {
                self.insert(row.id, id);
            }

            fn get(&self, key: i64) -> Option<u32> {
                self.get(&key).copied()
            }

            fn take(&mut self, _: u32, row: &Order) {
                self.remove(&row.id);
            }
        }
    )*};
}
map_with_keys!(HashMap<i64, u32, DefaultHashBuilder>, StdHashMap<i64, u32>, BTreeMap<i64, u32>);

fn alternative<I: Index>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<I>, build: || Box::new(filled::<I>()) as Box<dyn Any> }
}

fn filled<I: Index>() -> I {
    let mut index = I::default();
    stored().iter().for_each(|(id, row)| index.add(id.0, row));
    index
}

fn round<I: Index>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let shop = shop();
    let mut answers = vec![0; 2];
    let mut index: I = stopwatch.time("insert all", shop.orders.len(), filled);
    stopwatch.time("find and read", shop.picked.len(), || {
        for key in &shop.picked {
            let row = index.get(i64::from(*key)).and_then(|id| stored().get(RowId(id)));
            fold(&mut answers[0], row.map_or(0, |row| row.total as u64));
        }
    });
    stopwatch.time("find none", shop.picked.len(), || {
        let absent = shop.picked.iter().map(|key| -1 - i64::from(*key));
        absent.for_each(|key| answers[1] += u64::from(index.get(key).is_some()));
    });
    let row = |key: u32| &shop.orders[key as usize];
    stopwatch.time("delete and insert", shop.leaving.len(), || {
        shop.leaving.iter().for_each(|key| index.take(*key, row(*key)));
        shop.leaving.iter().for_each(|key| index.add(*key, row(*key)));
    });
    let found = (0..shop.orders.len()).filter_map(|key| index.get(key as i64));
    answers.push(found.fold(0, |mut answer, id| {
        fold(&mut answer, u64::from(id));
        answer
    }));
    answers
}
