//! COUNT(DISTINCT x): values with how often they occur.

use std::any::Any;
use std::collections::{BTreeMap, HashMap as StdHashMap};

use cosmictron::operators::Distinct;
use cosmictron_bench_harness::recipe::{Order, Recipe};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};

/// The kernel's name.
pub const NAME: &str = "count_distinct";

const DAY: i64 = 86_400_000_000;

/// What is compared: a few groups of thousands of values and many groups of a few.
pub fn cases() -> Vec<Case> {
    vec![case::<ByDay>("customers of orders by day"), case::<ByCustomer>("regions of orders by customer")]
}

fn case<G: Grouping>(name: &'static str) -> Case {
    let alternatives = vec![
        alternative::<G, Distinct<i64>>("hash map, foldhash"),
        alternative::<G, HashMap<i64, u32, FxBuildHasher>>("hash map, FxHash"),
        alternative::<G, StdHashMap<i64, u32>>("hash map, SipHash"),
        alternative::<G, BTreeMap<i64, u32>>("BTreeMap"),
        alternative::<G, Sorted>("sorted vector"),
    ];
    Case { kernel: NAME, name, entries: shop().orders.len(), alternatives }
}

/// A key of orders and a value of each.
trait Grouping: 'static {
    fn key(order: &Order) -> usize;
    fn value(order: &Order) -> i64;
}

struct ByDay;
struct ByCustomer;

impl Grouping for ByDay {
    fn key(order: &Order) -> usize {
        ((order.created_at - Recipe::placed_at(0)) / DAY) as usize
    }

    fn value(order: &Order) -> i64 {
        order.customer_id
    }
}

impl Grouping for ByCustomer {
    fn key(order: &Order) -> usize {
        order.customer_id as usize
    }

    fn value(order: &Order) -> i64 {
        i64::from(order.region)
    }
}

/// Counted values, which tell when one is the first or the last.
trait Counted: Default + 'static {
    fn add(&mut self, value: i64) -> bool;
    fn take(&mut self, value: i64) -> bool;
    fn number(&self) -> usize;
}

impl Counted for Distinct<i64> {
    fn add(&mut self, value: i64) -> bool {
        self.insert(&Some(value))
    }

    fn take(&mut self, value: i64) -> bool {
        self.remove(&Some(value))
    }

    fn number(&self) -> usize {
        self.count() as usize
    }
}

/// A map of counts.
macro_rules! map_of_counts {
    ($($map:ty),*) => {$(
        impl Counted for $map {
            fn add(&mut self, value: i64) -> bool {
                let count = self.entry(value).or_insert(0);
                *count += 1;
                *count == 1
            }

            fn take(&mut self, value: i64) -> bool {
                let Some(count) = self.get_mut(&value) else { return false };
                *count -= 1;
                let last = *count == 0;
                if last {
                    self.remove(&value);
                }
                last
            }

            fn number(&self) -> usize {
                self.len()
            }
        }
    )*};
}
map_of_counts!(HashMap<i64, u32, FxBuildHasher>, StdHashMap<i64, u32>, BTreeMap<i64, u32>);

/// Values in order with their counts.
#[derive(Default)]
struct Sorted(Vec<(i64, u32)>);

impl Counted for Sorted {
    fn add(&mut self, value: i64) -> bool {
        match self.0.binary_search_by_key(&value, |(value, _)| *value) {
            Ok(at) => {
                self.0[at].1 += 1;
                false
            }
            Err(at) => {
                self.0.insert(at, (value, 1));
                true
            }
        }
    }

    fn take(&mut self, value: i64) -> bool {
        let Ok(at) = self.0.binary_search_by_key(&value, |(value, _)| *value) else { return false };
        self.0[at].1 -= 1;
        let last = self.0[at].1 == 0;
        if last {
            self.0.remove(at);
        }
        last
    }

    fn number(&self) -> usize {
        self.0.len()
    }
}

fn alternative<G: Grouping, C: Counted>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<G, C>, build: || Box::new(filled::<G, C>().0) as Box<dyn Any> }
}

fn filled<G: Grouping, C: Counted>() -> (Vec<C>, u64) {
    let orders = &shop().orders;
    let groups = orders.iter().map(G::key).max().map_or(0, |greatest| greatest + 1);
    let mut groups: Vec<C> = std::iter::repeat_with(C::default).take(groups).collect();
    let firsts = orders.iter().filter(|order| groups[G::key(order)].add(G::value(order))).count();
    (groups, firsts as u64)
}

fn round<G: Grouping, C: Counted>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let shop = shop();
    let (mut groups, firsts) = stopwatch.time("insert all", shop.orders.len(), filled::<G, C>);
    let mut answers = vec![firsts, 0, 0];
    stopwatch.time("a row leaves, then comes", 2 * shop.leaving.len(), || {
        for row in &shop.leaving {
            let order = &shop.orders[*row as usize];
            let group = &mut groups[G::key(order)];
            answers[1] += u64::from(group.take(G::value(order)));
            fold(&mut answers[2], u64::from(*row) << 32 ^ group.number() as u64);
            group.add(G::value(order));
        }
    });
    answers.push(groups.iter().map(|group| group.number() as u64).sum());
    answers
}
