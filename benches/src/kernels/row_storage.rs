//! Where rows live: slots in a vector, found through a table of ids, and maps of whole rows.

use std::any::Any;
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::sync::LazyLock;

use cosmictron::{Decimal, Text, Timestamp};
use cosmictron_bench_harness::recipe::{Order, STATUSES};
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use slab::Slab;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};
use crate::store::rows::{RowId, Rows};

/// The kernel's name.
pub const NAME: &str = "row_storage";

/// What is compared.
pub fn cases() -> Vec<Case> {
    let alternatives = vec![
        alternative::<Keyed<Rows<Row>>>("slots in a vector, table of ids"),
        alternative::<Keyed<Slab<Row>>>("slab crate, table of ids"),
        alternative::<Keyed<Rows<Box<Row>>>>("boxed rows in slots, table of ids"),
        alternative::<HashMap<i64, Row>>("hashbrown map of rows"),
        alternative::<BTreeMap<i64, Row>>("BTreeMap of rows"),
    ];
    vec![Case { kernel: NAME, name: "orders", entries: rows().len(), alternatives }]
}

/// An order as emitted code has it.
#[derive(Clone)]
struct Row {
    id: i64,
    customer_id: i64,
    status: Text,
    total: Decimal<2>,
    created_at: Timestamp,
    region: i16,
}

impl From<&Order> for Row {
    fn from(order: &Order) -> Self {
        Self {
            id: order.id,
            customer_id: order.customer_id,
            status: Text::from(STATUSES[usize::from(order.status)]),
            total: Decimal::from_mantissa(order.total),
            created_at: Timestamp::from_micros(order.created_at),
            region: order.region,
        }
    }
}

impl Row {
    fn number(&self) -> u64 {
        let text = self.status.len() as u64;
        (self.id ^ self.customer_id << 20 ^ self.total.mantissa() << 40) as u64
            ^ self.created_at.micros() as u64
            ^ text << 3
            ^ self.region as u64
    }
}

fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| shop().orders.iter().map(Row::from).collect());
    &ROWS
}

/// Rows with a primary key. What has found a row may hold on to its place.
trait Store: Default + 'static {
    type Place: Copy;
    fn insert(&mut self, row: Row) -> Self::Place;
    fn find(&self, key: i64) -> Option<Self::Place>;
    fn get(&self, place: Self::Place) -> Option<&Row>;
    fn replace(&mut self, place: Self::Place, row: Row) -> Option<Row>;
    fn remove(&mut self, place: Self::Place) -> Option<Row>;
    fn iter(&self) -> impl Iterator<Item = &Row>;
}

/// Rows in numbered slots.
trait Slots: Default + 'static {
    fn put(&mut self, row: Row) -> u32;
    fn row(&self, slot: u32) -> Option<&Row>;
    fn exchange(&mut self, slot: u32, row: Row) -> Option<Row>;
    fn take(&mut self, slot: u32) -> Option<Row>;
    fn all(&self) -> impl Iterator<Item = &Row>;
}

impl Slots for Rows<Row> {
    fn put(&mut self, row: Row) -> u32 {
        self.insert(row).0
    }

    fn row(&self, slot: u32) -> Option<&Row> {
        self.get(RowId(slot))
    }

    fn exchange(&mut self, slot: u32, row: Row) -> Option<Row> {
        self.replace(RowId(slot), row)
    }

    fn take(&mut self, slot: u32) -> Option<Row> {
        self.remove(RowId(slot))
    }

    fn all(&self) -> impl Iterator<Item = &Row> {
        self.iter().map(|(_, row)| row)
    }
}

impl Slots for Rows<Box<Row>> {
    fn put(&mut self, row: Row) -> u32 {
        self.insert(Box::new(row)).0
    }

    fn row(&self, slot: u32) -> Option<&Row> {
        self.get(RowId(slot)).map(|row| &**row)
    }

    fn exchange(&mut self, slot: u32, row: Row) -> Option<Row> {
        self.replace(RowId(slot), Box::new(row)).map(|row| *row)
    }

    fn take(&mut self, slot: u32) -> Option<Row> {
        self.remove(RowId(slot)).map(|row| *row)
    }

    fn all(&self) -> impl Iterator<Item = &Row> {
        self.iter().map(|(_, row)| &**row)
    }
}

impl Slots for Slab<Row> {
    fn put(&mut self, row: Row) -> u32 {
        self.insert(row) as u32
    }

    fn row(&self, slot: u32) -> Option<&Row> {
        self.get(slot as usize)
    }

    fn exchange(&mut self, slot: u32, row: Row) -> Option<Row> {
        self.get_mut(slot as usize).map(|old| std::mem::replace(old, row))
    }

    fn take(&mut self, slot: u32) -> Option<Row> {
        self.try_remove(slot as usize)
    }

    fn all(&self) -> impl Iterator<Item = &Row> {
        self.iter().map(|(_, row)| row)
    }
}

/// Slots, and a table of their numbers by key.
#[derive(Default)]
struct Keyed<S> {
    slots: S,
    ids: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl<S: Slots> Store for Keyed<S> {
    type Place = u32;

    fn insert(&mut self, row: Row) -> u32 {
        let Self { slots, ids, hasher } = self;
        let hash = hasher.hash_one(row.id);
        let slot = slots.put(row);
        ids.insert_unique(hash, slot, |slot| slots.row(*slot).map_or(0, |row| hasher.hash_one(row.id)));
        slot
    }

    fn find(&self, key: i64) -> Option<u32> {
        let holds = |slot: &u32| self.slots.row(*slot).is_some_and(|row| row.id == key);
        self.ids.find(self.hasher.hash_one(key), holds).copied()
    }

    fn get(&self, slot: u32) -> Option<&Row> {
        self.slots.row(slot)
    }

    fn replace(&mut self, slot: u32, row: Row) -> Option<Row> {
        self.slots.exchange(slot, row)
    }

    fn remove(&mut self, slot: u32) -> Option<Row> {
        let row = self.slots.take(slot)?;
        if let Ok(found) = self.ids.find_entry(self.hasher.hash_one(row.id), |other| *other == slot) {
            found.remove();
        }
        Some(row)
    }

    fn iter(&self) -> impl Iterator<Item = &Row> {
        self.slots.all()
    }
}

/// A map of rows, whose places are their keys.
macro_rules! map_of_rows {
    ($($map:ty),*) => {$(
        impl Store for $map {
            type Place = i64;

            fn insert(&mut self, row: Row) -> i64 {
                let key = row.id;
                self.insert(key, row);
                key
            }

            fn find(&self, key: i64) -> Option<i64> {
                self.contains_key(&key).then_some(key)
            }

            fn get(&self, key: i64) -> Option<&Row> {
                self.get(&key)
            }

            fn replace(&mut self, key: i64, row: Row) -> Option<Row> {
                self.get_mut(&key).map(|old| std::mem::replace(old, row))
            }

            fn remove(&mut self, key: i64) -> Option<Row> {
                self.remove(&key)
            }

            fn iter(&self) -> impl Iterator<Item = &Row> {
                self.values()
            }
        }
    )*};
}
map_of_rows!(HashMap<i64, Row>, BTreeMap<i64, Row>);

fn alternative<S: Store>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<S>, build: || Box::new(filled::<S>().0) as Box<dyn Any> }
}

fn filled<S: Store>() -> (S, Vec<S::Place>) {
    let mut store = S::default();
    let places = rows().iter().map(|row| store.insert(row.clone())).collect();
    (store, places)
}

fn round<S: Store>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let (shop, rows) = (shop(), rows());
    let mut answers = vec![0; 5];
    let (mut store, places) = stopwatch.time("insert all", rows.len(), filled::<S>);
    stopwatch.time("read by key", shop.picked.len(), || {
        for key in &shop.picked {
            let row = store.find(i64::from(*key)).and_then(|place| store.get(place));
            fold(&mut answers[0], row.map_or(0, Row::number));
        }
    });
    stopwatch.time("read at a place known", shop.picked.len(), || {
        for key in &shop.picked {
            fold(&mut answers[1], store.get(places[*key as usize]).map_or(0, Row::number));
        }
    });
    stopwatch.time("update by key", shop.picked.len(), || {
        for key in &shop.picked {
            let Some(place) = store.find(i64::from(*key)) else { continue };
            let mut row = rows[*key as usize].clone();
            row.region += 1;
            fold(&mut answers[2], store.replace(place, row).map_or(0, |old| old.number()));
        }
    });
    stopwatch.time("delete, then insert again", shop.leaving.len(), || {
        for key in &shop.leaving {
            let gone = store.find(i64::from(*key)).and_then(|place| store.remove(place));
            fold(&mut answers[3], gone.map_or(0, |row| row.number()));
        }
        for key in &shop.leaving {
            store.insert(rows[*key as usize].clone());
        }
    });
    stopwatch.time("scan", rows.len(), || {
        store.iter().for_each(|row| fold(&mut answers[4], row.number()));
    });
    answers
}
