//! The three queries of a shop's dashboard over many orders, in memory, with a subscriber to each.

use std::error::Error as StdError;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use cosmictron::{Clock, Error, Event};

use crate::live::Queries;
use crate::live::schema::{Database, Orders, Products, Transaction};
use crate::recipe::{Recipe, STATUSES};
use crate::report::{Case, Report};

/// Loads and measures.
pub fn run(orders: i64) -> Result<Report, Box<dyn StdError>> {
    let mut report = Report::new(orders);
    let mut recipe = Recipe::new();
    let database = Database::in_memory_with(Clock::Manual(Recipe::placed_at(0)));
    let queries = Queries::attach(&database)?;

    eprintln!("loading {orders} orders with two items each …");
    let started = Instant::now();
    database.transaction(|tx| Recipe::products().try_for_each(|p| tx.insert(p).map(drop)))?;
    while recipe.next_order < orders {
        database.advance(Recipe::placed_at(recipe.next_order))?;
        let batch = 1000.min(orders - recipe.next_order);
        database.transaction(|tx| (0..batch).try_for_each(|_| insert(tx, &mut recipe)))?;
    }
    report.load(orders as u64 * 3, started.elapsed());

    let rows = Arc::new(AtomicU64::new(0));
    let _subscriptions = [
        queries.revenue_by_hour().subscribe(receive(&rows))?,
        queries.top_products().subscribe(receive(&rows))?,
        queries.kpi().subscribe(receive(&rows))?,
    ];

    report.measure(Case::Insert, 100_000, || {
        database.advance(Recipe::placed_at(recipe.next_order))?;
        database.transaction(|tx| insert(tx, &mut recipe)).map(drop)
    })?;
    report.measure(Case::Update, 100_000, || {
        let id = recipe.below(orders as u64) as i64;
        database.transaction(|tx| tx.update::<Orders>(&id, next_status)).map(drop)
    })?;
    report.measure(Case::Rename, 5, || {
        database
            .transaction(|tx| tx.update::<Products>(&1, |p| p.name = format!("{}!", p.name).into()))
            .map(drop)
    })?;
    report.measure(Case::Batch, 100, || {
        database.advance(Recipe::placed_at(recipe.next_order + 1000))?;
        database.transaction(|tx| (0..1000).try_for_each(|_| insert(tx, &mut recipe))).map(drop)
    })?;
    eprintln!("{} changed rows were delivered", rows.load(Ordering::Relaxed));
    Ok(report)
}

fn insert(tx: &mut Transaction<'_>, recipe: &mut Recipe) -> Result<(), Error> {
    let (order, items) = recipe.order();
    tx.insert(order)?;
    items.into_iter().try_for_each(|item| tx.insert(item).map(drop))
}

fn next_status(order: &mut Orders) {
    let at = STATUSES.iter().position(|s| *s == order.status.as_str()).unwrap_or(0);
    order.status = STATUSES[(at + 1) % STATUSES.len()].into();
}

/// A subscriber that looks at every row it is given.
fn receive<R>(rows: &Arc<AtomicU64>) -> impl FnMut(&Event<R>) + Send + 'static {
    let rows = rows.clone();
    move |event| {
        if let Some(delta) = event.delta() {
            black_box(delta);
            let changed = delta.inserts.len() + delta.updates.len() + delta.deletes.len();
            rows.fetch_add(changed as u64, Ordering::Relaxed);
        }
    }
}
