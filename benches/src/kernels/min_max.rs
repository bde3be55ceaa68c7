//! MIN and MAX where values leave: counted values in order, and what else finds the next one.

use std::any::Any;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use cosmictron::operators::Extremes;
use cosmictron_bench_harness::recipe::Order;
use hashbrown::HashMap;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};

/// The kernel's name.
pub const NAME: &str = "min_max";

/// What is compared: a few large groups and many small ones.
pub fn cases() -> Vec<Case> {
    vec![case::<ByRegion>("totals of orders by region"), case::<ByCustomer>("totals of orders by customer")]
}

fn case<G: Grouping>(name: &'static str) -> Case {
    let alternatives = vec![
        alternative::<G, Extremes<i64>>("BTreeMap of counted values"),
        alternative::<G, Pairs>("BTreeSet of value and row"),
        alternative::<G, Heaps>("two heaps, values leave late"),
        alternative::<G, Sorted>("sorted vector of counted values"),
        alternative::<G, Cached>("hash map, extremes sought when they go"),
    ];
    Case { kernel: NAME, name, entries: shop().orders.len(), alternatives }
}

/// A key of orders, which are as many as the greatest says.
trait Grouping: 'static {
    fn key(order: &Order) -> usize;
}

struct ByRegion;
struct ByCustomer;

impl Grouping for ByRegion {
    fn key(order: &Order) -> usize {
        order.region as usize
    }
}

impl Grouping for ByCustomer {
    fn key(order: &Order) -> usize {
        order.customer_id as usize
    }
}

/// The least and the greatest of the values of some rows.
trait MinMax: Default + 'static {
    fn add(&mut self, value: i64, row: u32);
    fn take(&mut self, value: i64, row: u32);
    fn get(&self) -> (Option<i64>, Option<i64>);
}

impl MinMax for Extremes<i64> {
    fn add(&mut self, value: i64, _: u32) {
        self.insert(&Some(value));
    }

    fn take(&mut self, value: i64, _: u32) {
        self.remove(&Some(value));
    }

    fn get(&self) -> (Option<i64>, Option<i64>) {
        (self.min(), self.max())
    }
}

/// Each row's value.
#[derive(Default)]
struct Pairs(BTreeSet<(i64, u32)>);

impl MinMax for Pairs {
    fn add(&mut self, value: i64, row: u32) {
        self.0.insert((value, row));
    }

    fn take(&mut self, value: i64, row: u32) {
        self.0.remove(&(value, row));
    }

    fn get(&self) -> (Option<i64>, Option<i64>) {
        (self.0.first().map(|(value, _)| *value), self.0.last().map(|(value, _)| *value))
    }
}

/// Heaps from which a value that has gone is taken when it comes to the top.
#[derive(Default)]
struct Heaps {
    least: BinaryHeap<Reverse<i64>>,
    greatest: BinaryHeap<i64>,
    counts: HashMap<i64, u32>,
}

impl MinMax for Heaps {
    fn add(&mut self, value: i64, _: u32) {
        let count = self.counts.entry(value).or_insert(0);
        *count += 1;
        if *count == 1 {
            self.least.push(Reverse(value));
            self.greatest.push(value);
        }
    }

    fn take(&mut self, value: i64, _: u32) {
        let Some(count) = self.counts.get_mut(&value) else { return };
        *count -= 1;
        if *count > 0 {
            return;
        }
        self.counts.remove(&value);
        while self.least.peek().is_some_and(|Reverse(value)| !self.counts.contains_key(value)) {
            self.least.pop();
        }
        while self.greatest.peek().is_some_and(|value| !self.counts.contains_key(value)) {
            self.greatest.pop();
        }
        // What never comes to the top must not stay for ever.
        if self.least.len().max(self.greatest.len()) > 2 * self.counts.len() + 16 {
            self.least = self.counts.keys().map(|value| Reverse(*value)).collect();
            self.greatest = self.counts.keys().copied().collect();
        }
    }

    fn get(&self) -> (Option<i64>, Option<i64>) {
        (self.least.peek().map(|Reverse(value)| *value), self.greatest.peek().copied())
    }
}

/// Values in order with their counts.
#[derive(Default)]
struct Sorted(Vec<(i64, u32)>);

impl MinMax for Sorted {
    fn add(&mut self, value: i64, _: u32) {
        match self.0.binary_search_by_key(&value, |(value, _)| *value) {
            Ok(at) => self.0[at].1 += 1,
            Err(at) => self.0.insert(at, (value, 1)),
        }
    }

    fn take(&mut self, value: i64, _: u32) {
        let Ok(at) = self.0.binary_search_by_key(&value, |(value, _)| *value) else { return };
        self.0[at].1 -= 1;
        if self.0[at].1 == 0 {
            self.0.remove(at);
        }
    }

    fn get(&self) -> (Option<i64>, Option<i64>) {
        (self.0.first().map(|(value, _)| *value), self.0.last().map(|(value, _)| *value))
    }
}

/// Counted values in no order, and the extremes among them.
#[derive(Default)]
struct Cached {
    counts: HashMap<i64, u32>,
    extremes: Option<(i64, i64)>,
}

impl MinMax for Cached {
    fn add(&mut self, value: i64, _: u32) {
        *self.counts.entry(value).or_insert(0) += 1;
        let (least, greatest) = self.extremes.unwrap_or((value, value));
        self.extremes = Some((least.min(value), greatest.max(value)));
    }

    fn take(&mut self, value: i64, _: u32) {
        let Some(count) = self.counts.get_mut(&value) else { return };
        *count -= 1;
        if *count > 0 {
            return;
        }
        self.counts.remove(&value);
        if self.extremes.is_some_and(|(least, greatest)| value == least || value == greatest) {
            let least = self.counts.keys().min();
            self.extremes = least.zip(self.counts.keys().max()).map(|(least, greatest)| (*least, *greatest));
        }
    }

    fn get(&self) -> (Option<i64>, Option<i64>) {
        (self.extremes.map(|(least, _)| least), self.extremes.map(|(_, greatest)| greatest))
    }
}

fn alternative<G: Grouping, M: MinMax>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<G, M>, build: || Box::new(filled::<G, M>()) as Box<dyn Any> }
}

fn filled<G: Grouping, M: MinMax>() -> Vec<M> {
    let orders = &shop().orders;
    let groups = orders.iter().map(G::key).max().map_or(0, |greatest| greatest + 1);
    let mut groups: Vec<M> = std::iter::repeat_with(M::default).take(groups).collect();
    orders.iter().for_each(|order| groups[G::key(order)].add(order.total, order.id as u32));
    groups
}

fn round<G: Grouping, M: MinMax>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let shop = shop();
    let mut answers = vec![0; 2];
    let tell = |answer: &mut u64, group: usize, (least, greatest): (Option<i64>, Option<i64>)| {
        let number = (least.unwrap_or(-1) << 32 ^ greatest.unwrap_or(-1)) as u64;
        fold(answer, number ^ (group as u64) << 48);
    };
    let mut groups: Vec<M> = stopwatch.time("insert all", shop.orders.len(), filled::<G, M>);
    stopwatch.time("a row leaves, another comes", shop.leaving.len(), || {
        let others = shop.leaving.iter().cycle().skip(1);
        for (row, other) in shop.leaving.iter().zip(others) {
            let group = G::key(&shop.orders[*row as usize]);
            groups[group].take(shop.orders[*row as usize].total, *row);
            groups[group].add(shop.orders[*other as usize].total, *row);
            tell(&mut answers[0], group, groups[group].get());
        }
    });
    // The rows with the least totals, so that in every group the first value goes again and again.
    let mut cheapest: Vec<u32> = (0..shop.orders.len() as u32).collect();
    let total = |row: u32| shop.orders[row as usize].total;
    cheapest.sort_unstable_by_key(|row| (total(*row), *row));
    cheapest.truncate(shop.orders.len() / 100);
    let mut groups: Vec<M> = filled::<G, M>();
    stopwatch.time("the least leaves", cheapest.len(), || {
        for row in &cheapest {
            let group = G::key(&shop.orders[*row as usize]);
            groups[group].take(total(*row), *row);
            tell(&mut answers[1], group, groups[group].get());
        }
    });
    answers
}
