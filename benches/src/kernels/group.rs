//! GROUP BY: groups in slots that a table of ids finds, and other maps of groups that tell what a step has changed.

use std::any::Any;
use std::collections::{BTreeMap, hash_map::RandomState as SipHash};
use std::hash::{BuildHasher, Hash};
use std::sync::LazyLock;

use cosmictron::Text;
use cosmictron::operators::{Aggregates, Group};
use hashbrown::{DefaultHashBuilder, HashMap};
use rustc_hash::FxBuildHasher;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};

/// The kernel's name.
pub const NAME: &str = "group";

/// What is compared: quantities by product, of ten thousand, and by order, of a million.
pub fn cases() -> Vec<Case> {
    let products = names().len();
    vec![
        case::<ByProduct>("items by product, of a number", products),
        case::<ByName>("items by product, of a name", products),
        case::<ByOrder>("items by order", shop().orders.len()),
    ]
}

fn case<G: Grouping>(name: &'static str, entries: usize) -> Case {
    let alternatives = vec![
        alternative::<G, Group<G::Key, Quantity>>("table of slots, foldhash"),
        alternative::<G, Maps<HashMap<G::Key, Sold, DefaultHashBuilder>, G::Key>>("two maps, foldhash"),
        alternative::<G, Maps<HashMap<G::Key, Sold, ahash::RandomState>, G::Key>>("two maps, ahash"),
        alternative::<G, Maps<HashMap<G::Key, Sold, FxBuildHasher>, G::Key>>("two maps, FxHash"),
        alternative::<G, Maps<HashMap<G::Key, Sold, SipHash>, G::Key>>("two maps, SipHash"),
        alternative::<G, Maps<BTreeMap<G::Key, Sold>, G::Key>>("two BTreeMaps"),
    ];
    Case { kernel: NAME, name, entries, alternatives }
}

/// A key of items.
trait Grouping: 'static {
    type Key: Hash + Ord + Clone + 'static;
    fn key(item: usize) -> Self::Key;
    fn number(key: &Self::Key) -> u64;
}

struct ByProduct;
struct ByName;
struct ByOrder;

impl Grouping for ByProduct {
    type Key = i64;

    fn key(item: usize) -> i64 {
        shop().items[item].product_id
    }

    fn number(key: &i64) -> u64 {
        *key as u64
    }
}

impl Grouping for ByName {
    type Key = Text;

    fn key(item: usize) -> Text {
        names()[shop().items[item].product_id as usize].clone()
    }

    fn number(key: &Text) -> u64 {
        key.bytes().fold(0, |number, byte| number << 7 ^ number >> 57 ^ u64::from(byte))
    }
}

impl Grouping for ByOrder {
    type Key = i64;

    fn key(item: usize) -> i64 {
        shop().items[item].order_id
    }

    fn number(key: &i64) -> u64 {
        *key as u64
    }
}

fn names() -> &'static [Text] {
    static NAMES: LazyLock<Vec<Text>> = LazyLock::new(|| {
        let products = cosmictron_bench_harness::recipe::Recipe::products();
        products.map(|product| Text::from(product.name)).collect()
    });
    &NAMES
}

/// What a [`Group`] sums up; it counts the rows itself.
#[derive(Default)]
struct Quantity(i64);

impl Aggregates for Quantity {
    type Input = i64;
    type Value = (i64, i64);

    fn insert(&mut self, quantity: &i64) {
        self.0 += quantity;
    }

    fn remove(&mut self, quantity: &i64) {
        self.0 -= quantity;
    }

    fn value(&self, rows: i64) -> Option<(i64, i64)> {
        Some((rows, self.0))
    }
}

type Value = (i64, i64);

/// A grouping that rows come into and leave.
trait Groups<K>: Default + 'static {
    fn row(&mut self, key: K, quantity: i64, comes: bool);
    fn end_step(&mut self, publish: impl FnMut(&K, Option<Value>, Option<Value>));
}

impl<K: Hash + Eq + 'static> Groups<K> for Group<K, Quantity> {
    fn row(&mut self, key: K, quantity: i64, comes: bool) {
        let row = Some((key, quantity));
        if comes { self.change(None, row) } else { self.change(row, None) }
    }

    fn end_step(&mut self, mut publish: impl FnMut(&K, Option<Value>, Option<Value>)) {
        self.finish(|key, old, new| publish(key, old.copied(), new.copied()));
    }
}

/// A group as a map has it.
#[derive(Clone, Default, PartialEq)]
struct Sold {
    items: i64,
    quantity: i64,
}

/// What one writes by hand: the groups, and for those that the step has changed what they were before.
struct Maps<M: Map<K>, K> {
    groups: M,
    before: M::With<Option<Sold>>,
}

impl<M: Map<K>, K> Default for Maps<M, K> {
    fn default() -> Self {
        Self { groups: M::default(), before: Default::default() }
    }
}

/// A map of any kind.
trait Map<K>: Default + 'static {
    type With<T: 'static>: Default + 'static;
    fn group(&mut self, key: K) -> &mut Sold;
    fn get(&self, key: &K) -> Option<&Sold>;
    fn remove(&mut self, key: &K);
    fn note(before: &mut Self::With<Option<Sold>>, key: K, value: impl FnOnce() -> Option<Sold>);
    fn noted(before: &mut Self::With<Option<Sold>>) -> impl Iterator<Item = (K, Option<Sold>)>;
}

impl<K: Hash + Eq + 'static, S: BuildHasher + Default + 'static> Map<K> for HashMap<K, Sold, S> {
    type With<T: 'static> = HashMap<K, T, S>;

    fn group(&mut self, key: K) -> &mut Sold {
        self.entry(key).or_default()
    }

    fn get(&self, key: &K) -> Option<&Sold> {
        self.get(key)
    }

    fn remove(&mut self, key: &K) {
        self.remove(key);
    }

    fn note(before: &mut Self::With<Option<Sold>>, key: K, value: impl FnOnce() -> Option<Sold>) {
        before.entry(key).or_insert_with(value);
    }

    fn noted(before: &mut Self::With<Option<Sold>>) -> impl Iterator<Item = (K, Option<Sold>)> {
        before.drain()
    }
}

impl<K: Ord + 'static> Map<K> for BTreeMap<K, Sold> {
    type With<T: 'static> = BTreeMap<K, T>;

    fn group(&mut self, key: K) -> &mut Sold {
        self.entry(key).or_default()
    }

    fn get(&self, key: &K) -> Option<&Sold> {
        self.get(key)
    }

    fn remove(&mut self, key: &K) {
        self.remove(key);
    }

    fn note(before: &mut Self::With<Option<Sold>>, key: K, value: impl FnOnce() -> Option<Sold>) {
        before.entry(key).or_insert_with(value);
    }

    fn noted(before: &mut Self::With<Option<Sold>>) -> impl Iterator<Item = (K, Option<Sold>)> {
        std::mem::take(before).into_iter()
    }
}

impl<K: Clone + 'static, M: Map<K>> Groups<K> for Maps<M, K> {
    fn row(&mut self, key: K, quantity: i64, comes: bool) {
        M::note(&mut self.before, key.clone(), || self.groups.get(&key).cloned());
        let group = self.groups.group(key);
        let weight = if comes { 1 } else { -1 };
        group.items += weight;
        group.quantity += weight * quantity;
    }

    fn end_step(&mut self, mut publish: impl FnMut(&K, Option<Value>, Option<Value>)) {
        let value = |sold: &Sold| (sold.items, sold.quantity);
        for (key, before) in M::noted(&mut self.before) {
            let now = self.groups.get(&key).filter(|sold| sold.items > 0);
            if before.as_ref() != now {
                publish(&key, before.as_ref().map(value), now.map(value));
            }
            if now.is_none() {
                self.groups.remove(&key);
            }
        }
    }
}

fn alternative<G: Grouping, T: Groups<G::Key>>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<G, T>, build: || Box::new(filled::<G, T>(&mut 0)) as Box<dyn Any> }
}

fn filled<G: Grouping, T: Groups<G::Key>>(answer: &mut u64) -> T {
    let mut groups = T::default();
    // Loading is one transaction for each thousand orders.
    for (at, item) in shop().items.iter().enumerate() {
        groups.row(G::key(at), i64::from(item.quantity), true);
        if at % 2_000 == 1_999 {
            end_step::<G, T>(&mut groups, answer);
        }
    }
    end_step::<G, T>(&mut groups, answer);
    groups
}

fn end_step<G: Grouping, T: Groups<G::Key>>(groups: &mut T, answer: &mut u64) {
    groups.end_step(|key, old, new| {
        let part =
            |value: Option<Value>| value.map_or(0, |(items, quantity)| (items << 32 | quantity) as u64);
        fold(answer, G::number(key).wrapping_mul(31) ^ part(old).wrapping_mul(7) ^ part(new));
    });
}

fn round<G: Grouping, T: Groups<G::Key>>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let shop = shop();
    let mut answers = vec![0; 2];
    let mut groups: T = stopwatch.time("load", shop.items.len(), || filled::<G, T>(&mut answers[0]));
    stopwatch.time("an item leaves, then comes", 2 * shop.leaving.len(), || {
        for order in &shop.leaving {
            let at = *order as usize * 2;
            for comes in [false, true] {
                groups.row(G::key(at), i64::from(shop.items[at].quantity), comes);
                end_step::<G, T>(&mut groups, &mut answers[1]);
            }
        }
    });
    answers
}
