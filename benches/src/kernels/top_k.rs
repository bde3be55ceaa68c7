//! ORDER BY … LIMIT: the first elements of an order with some after them, and the whole order.

use std::any::Any;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use cosmictron::operators::TopK;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};

/// The kernel's name.
pub const NAME: &str = "top_k";

/// How many are shown.
const SHOWN: usize = 10;
/// How many orders change what their customers have spent, at most.
const ORDERS: usize = 20_000;
/// How many elements are in the queue, at most; as many come and go.
const QUEUE: usize = 100_000;

/// What is compared: an order in which anything moves, and one that is used up at its beginning.
pub fn cases() -> Vec<Case> {
    vec![
        case::<Spending>("customers who spend the most"),
        case::<Queue>("a queue that loses its first each time"),
    ]
}

fn case<W: Work>(name: &'static str) -> Case {
    let alternatives = vec![
        alternative::<W, TopK<i64, i64, Row>>("first elements, the rest counted"),
        alternative::<W, Whole<BTreeSet<Element>>>("BTreeSet of the whole order"),
        alternative::<W, Whole<Vec<Element>>>("sorted vector of the whole order"),
    ];
    Case { kernel: NAME, name, entries: W::loaded().len(), alternatives }
}

/// A sort key and a key.
type Element = (i64, i64);
/// What is shown of an element.
type Row = (i64, i64);
/// An element that changes: its key, and its sort key before and after.
type Change = (i64, Option<i64>, Option<i64>);

/// An order, and what changes in it.
trait Work: 'static {
    fn loaded() -> &'static [Element];
    fn steps() -> &'static [[Change; 2]];
}

/// Each order changes what its customer has spent.
struct Spending;

impl Work for Spending {
    fn loaded() -> &'static [Element] {
        static LOADED: LazyLock<Vec<Element>> = LazyLock::new(|| {
            let spent = spent();
            let all = spent.iter().enumerate().filter(|(_, spent)| **spent > 0);
            all.map(|(customer, spent)| (-spent, customer as i64)).collect()
        });
        &LOADED
    }

    fn steps() -> &'static [[Change; 2]] {
        static STEPS: LazyLock<Vec<[Change; 2]>> = LazyLock::new(|| {
            let mut spent = spent();
            let orders = shop().orders.iter().take(ORDERS);
            let change = |order: &cosmictron_bench_harness::recipe::Order| {
                let now = &mut spent[order.customer_id as usize];
                let old = -*now;
                *now += order.total;
                [(order.customer_id, Some(old), Some(-*now)), (order.customer_id, None, None)]
            };
            orders.map(change).collect()
        });
        &STEPS
    }
}

fn spent() -> Vec<i64> {
    let orders = &shop().orders;
    let customers = orders.iter().map(|order| order.customer_id + 1).max().unwrap_or(0);
    let mut spent = vec![0; customers as usize];
    orders.iter().for_each(|order| spent[order.customer_id as usize] += order.total);
    spent
}

/// In each step the oldest goes and a new one comes.
struct Queue;

impl Work for Queue {
    fn loaded() -> &'static [Element] {
        static LOADED: LazyLock<Vec<Element>> = LazyLock::new(|| {
            let orders = shop().orders.iter().take(QUEUE);
            orders.map(|order| (order.created_at, order.id)).collect()
        });
        &LOADED
    }

    fn steps() -> &'static [[Change; 2]] {
        static STEPS: LazyLock<Vec<[Change; 2]>> = LazyLock::new(|| {
            let loaded = Queue::loaded();
            let last = loaded.last().map_or(0, |(at, _)| *at);
            let next = (1..).map(|n| (loaded.len() as i64 + n, None, Some(last + n)));
            let first = loaded.iter().map(|(at, key)| (*key, Some(*at), None));
            first.zip(next).map(|(first, next)| [first, next]).collect()
        });
        &STEPS
    }
}

/// The first elements of an order, which tells what has changed in them.
trait Top: 'static {
    fn load(elements: &[Element], publish: impl FnMut(i64, Option<Row>, Option<Row>)) -> Self;
    /// A step of these changes; the relation has them already.
    fn step(
        &mut self,
        changes: &[Change],
        relation: &[Option<i64>],
        publish: impl FnMut(i64, Option<Row>, Option<Row>),
    );
}

impl Top for TopK<i64, i64, Row> {
    fn load(elements: &[Element], mut publish: impl FnMut(i64, Option<Row>, Option<Row>)) -> Self {
        let mut top = TopK::new(0, SHOWN);
        for (order, key) in elements {
            top.change(key, None, Some(*order), || Some((*key, *order)));
        }
        let all = || elements.iter().copied();
        let fetch = |key: &i64| elements.iter().find(|(_, k)| k == key).map(|(order, key)| (*key, *order));
        top.finish(fetch, all, |key, old, new| publish(*key, old, new));
        top
    }

    fn step(
        &mut self,
        changes: &[Change],
        relation: &[Option<i64>],
        mut publish: impl FnMut(i64, Option<Row>, Option<Row>),
    ) {
        for (key, old, new) in changes {
            self.change(key, *old, *new, || new.map(|order| (*key, order)));
        }
        if self.is_touched() {
            let fetch = |key: &i64| relation[*key as usize].map(|order| (*key, order));
            let all = || {
                let all = relation.iter().enumerate();
                all.filter_map(|(key, order)| order.map(|order| (order, key as i64)))
            };
            self.finish(fetch, all, |key, old, new| publish(*key, old, new));
        }
    }
}

/// The whole order, and what of it is shown.
struct Whole<C> {
    order: C,
    shown: Vec<Element>,
}

/// All elements in order.
trait Ordered: FromIterator<Element> + 'static {
    fn add(&mut self, element: Element);
    fn take(&mut self, element: &Element);
    fn first(&self) -> impl Iterator<Item = &Element>;
}

impl Ordered for BTreeSet<Element> {
    fn add(&mut self, element: Element) {
        self.insert(element);
    }

    fn take(&mut self, element: &Element) {
        self.remove(element);
    }

    fn first(&self) -> impl Iterator<Item = &Element> {
        self.iter().take(SHOWN)
    }
}

impl Ordered for Vec<Element> {
    fn add(&mut self, element: Element) {
        if let Err(at) = self.binary_search(&element) {
            self.insert(at, element);
        }
    }

    fn take(&mut self, element: &Element) {
        if let Ok(at) = self.binary_search(element) {
            self.remove(at);
        }
    }

    fn first(&self) -> impl Iterator<Item = &Element> {
        self.iter().take(SHOWN)
    }
}

impl<C: Ordered> Whole<C> {
    fn show(&mut self, mut publish: impl FnMut(i64, Option<Row>, Option<Row>)) {
        let now: Vec<Element> = self.order.first().copied().collect();
        let row = |elements: &[Element], key: i64| {
            elements.iter().find(|(_, other)| *other == key).map(|(order, key)| (*key, *order))
        };
        for (order, key) in &now {
            let (old, new) = (row(&self.shown, *key), Some((*key, *order)));
            if old != new {
                publish(*key, old, new);
            }
        }
        for (order, key) in self.shown.iter().filter(|(_, key)| row(&now, *key).is_none()) {
            publish(*key, Some((*key, *order)), None);
        }
        self.shown = now;
    }
}

impl<C: Ordered> Top for Whole<C> {
    fn load(elements: &[Element], publish: impl FnMut(i64, Option<Row>, Option<Row>)) -> Self {
        let mut sorted = elements.to_vec();
        sorted.sort_unstable();
        let mut whole = Self { order: sorted.into_iter().collect(), shown: Vec::new() };
        whole.show(publish);
        whole
    }

    fn step(
        &mut self,
        changes: &[Change],
        _: &[Option<i64>],
        publish: impl FnMut(i64, Option<Row>, Option<Row>),
    ) {
        let mut touched = false;
        for (key, old, new) in changes {
            let last = if self.shown.len() < SHOWN { None } else { self.shown.last() };
            let mut touch = |element: &Element| touched |= last.is_none_or(|last| element <= last);
            if let Some(old) = old {
                touch(&(*old, *key));
                self.order.take(&(*old, *key));
            }
            if let Some(new) = new {
                touch(&(*new, *key));
                self.order.add((*new, *key));
            }
        }
        if touched {
            self.show(publish);
        }
    }
}

fn alternative<W: Work, T: Top>(name: &'static str) -> Alternative {
    Alternative {
        name,
        round: round::<W, T>,
        build: || Box::new(T::load(W::loaded(), |_, _, _| {})) as Box<dyn Any>,
    }
}

fn round<W: Work, T: Top>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let mut relation: Vec<Option<i64>> = Vec::new();
    for (order, key) in W::loaded() {
        set(&mut relation, *key, Some(*order));
    }
    let mut answers = vec![0; 2];
    let mut tell = |answer: usize, key: i64, old: Option<Row>, new: Option<Row>| {
        let number = |row: Option<Row>| row.map_or(0, |(key, order)| (key << 40 ^ order) as u64);
        fold(&mut answers[answer], (key as u64) ^ number(old).wrapping_mul(3) ^ number(new).wrapping_mul(5));
    };
    let mut top: T = stopwatch
        .time("load", W::loaded().len(), || T::load(W::loaded(), |key, old, new| tell(0, key, old, new)));
    stopwatch.time("a step", W::steps().len(), || {
        for changes in W::steps() {
            let changes: &[Change] =
                if changes[1] == (changes[0].0, None, None) { &changes[..1] } else { changes };
            changes.iter().for_each(|(key, _, new)| set(&mut relation, *key, *new));
            top.step(changes, &relation, |key, old, new| tell(1, key, old, new));
        }
    });
    answers
}

fn set(relation: &mut Vec<Option<i64>>, key: i64, order: Option<i64>) {
    if relation.len() <= key as usize {
        relation.resize(key as usize + 1, None);
    }
    relation[key as usize] = order;
}
