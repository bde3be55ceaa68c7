//! The work, and how long it takes.

use std::fs;
use std::time::Instant;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

use crate::engine::{Engine, Setup};
use crate::recipe::{Item, MOST_SOLD, Purchase, Recipe, STATUSES};
use crate::results::Results;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// Loading everything.
    Load,
    /// A transaction of one order and its two items.
    Insert,
    /// A transaction that changes one order's status.
    Update,
    /// A transaction that renames the most sold product.
    Rename,
    /// A transaction of 1,000 orders and their items.
    Batch,
    /// A transaction that deletes one item of the most sold product.
    DeletePopular,
    /// A transaction that inserts it again.
    InsertPopular,
}

/// How long a case took.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Who did it.
    pub engine: String,
    /// What was done.
    pub case: Case,
    /// How many orders were loaded before.
    pub orders: i64,
    /// `all`, or the only query that was live.
    pub query: String,
    /// The median, in nanoseconds.
    pub p50_ns: Option<u64>,
    /// The 99th percentile, in nanoseconds.
    pub p99_ns: Option<u64>,
    /// The mean, in nanoseconds.
    pub mean_ns: Option<u64>,
    /// Rows a second, of loading.
    pub rows_per_s: Option<f64>,
    /// The peak of the process's memory so far, in megabytes.
    pub rss_mb: f64,
}

/// Everything that one engine's process reports.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    /// How long each case took.
    pub figures: Vec<Figure>,
    /// The results in the end.
    pub results: Results,
}

/// Transactions of the short cases.
const TRANSACTIONS: usize = 100_000;
const RENAMES: usize = 100;
const BATCHES: usize = 100;
const BATCH: usize = 1_000;
const POPULAR: usize = 10_000;

/// Loads an engine and lets it work.
pub fn measure<E: Engine>(name: &str, setup: &Setup, mut engine: E) -> Measured {
    let mut work = Work { name, setup, figures: Vec::new() };
    let mut recipe = Recipe::default();
    let mut statuses: Vec<u8> = Vec::with_capacity(setup.orders as usize);
    let mut popular: Vec<Item> = Vec::new();

    work.say("loading");
    let started = Instant::now();
    let purchases = (0..setup.orders).map(|_| {
        let purchase = recipe.purchase();
        statuses.push(purchase.order.status);
        let sold = purchase.items.into_iter().filter(|item| item.product_id == MOST_SOLD);
        popular.extend(sold.take(POPULAR - popular.len().min(POPULAR)));
        purchase
    });
    engine.load(Recipe::products(), purchases);
    let rows = setup.orders as f64 * 3.0;
    work.note(Case::Load, None, Some(rows / started.elapsed().as_secs_f64()));
    engine.subscribe();

    let bought: Vec<Purchase> = (0..TRANSACTIONS).map(|_| recipe.purchase()).collect();
    work.time(Case::Insert, &mut engine, &bought, E::SAMPLE, |engine, purchase| {
        engine.purchase(std::slice::from_ref(purchase));
    });
    let updates: Vec<(i64, u8)> = (0..TRANSACTIONS)
        .map(|_| {
            let id = recipe.below(setup.orders as u64);
            let status = &mut statuses[id as usize];
            *status = (*status + 1) % STATUSES.len() as u8;
            (id as i64, *status)
        })
        .collect();
    work.time(Case::Update, &mut engine, &updates, E::SAMPLE, |engine, (id, status)| {
        engine.set_status(*id, *status);
    });
    let names: Vec<String> =
        (0..RENAMES).map(|n| format!("product {MOST_SOLD}, renamed {n} times")).collect();
    let few = E::SAMPLE.min(RENAMES / 5);
    work.time(Case::Rename, &mut engine, &names, few, |engine, name| engine.rename(MOST_SOLD, name));
    let batches: Vec<Vec<Purchase>> =
        (0..BATCHES).map(|_| (0..BATCH).map(|_| recipe.purchase()).collect()).collect();
    work.time(Case::Batch, &mut engine, &batches, few, |engine, batch| engine.purchase(batch));
    work.time(Case::DeletePopular, &mut engine, &popular, E::SAMPLE, |engine, item| {
        engine.delete_item(item.id)
    });
    work.time(Case::InsertPopular, &mut engine, &popular, E::SAMPLE, |engine, item| engine.insert_item(item));
    engine.settle();
    engine.publish();
    Measured { figures: work.figures, results: engine.results() }
}

struct Work<'a> {
    name: &'a str,
    setup: &'a Setup,
    figures: Vec<Figure>,
}

impl Work<'_> {
    fn say(&self, what: &str) {
        let query = self.setup.query.as_deref().unwrap_or("all queries");
        eprintln!("{}, {} orders, {query}: {what} …", self.name, self.setup.orders);
    }

    /// Does something to each input, timing one of `sample`; the results of the others need not be up to date.
    fn time<E: Engine, T>(
        &mut self,
        case: Case,
        engine: &mut E,
        inputs: &[T],
        sample: usize,
        mut work: impl FnMut(&mut E, &T),
    ) {
        self.say(&format!("{case:?}").to_lowercase());
        // Three significant digits, as far as ten minutes.
        let mut times = Histogram::<u64>::new_with_bounds(1, 600_000_000_000, 3).expect("valid bounds");
        for (at, input) in inputs.iter().enumerate() {
            if (at + 1) % sample != 0 {
                work(engine, input);
                continue;
            }
            engine.settle();
            let started = Instant::now();
            work(engine, input);
            engine.publish();
            times.saturating_record(started.elapsed().as_nanos() as u64);
        }
        // With few inputs, no transaction may have been timed.
        self.note(case, Some(&times).filter(|t| !t.is_empty()), None);
    }

    fn note(&mut self, case: Case, times: Option<&Histogram<u64>>, rows_per_s: Option<f64>) {
        self.figures.push(Figure {
            engine: self.name.to_owned(),
            case,
            orders: self.setup.orders,
            query: self.setup.query.clone().unwrap_or_else(|| "all".to_owned()),
            p50_ns: times.map(|t| t.value_at_quantile(0.5)),
            p99_ns: times.map(|t| t.value_at_quantile(0.99)),
            mean_ns: times.map(|t| t.mean() as u64),
            rows_per_s,
            rss_mb: peak_memory(),
        });
    }
}

/// The process's peak resident memory in megabytes, 0 where the system does not tell.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    peak.unwrap_or(0.0) / 1024.0
}
