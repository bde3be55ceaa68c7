//! The store under test, with a schema and a circuit written by hand.

pub(crate) mod board;
mod clock;
mod durability;
mod failures;
mod layouts;
mod references;
pub(crate) mod shop;
mod subscriptions;
mod transactions;

use std::sync::{Arc, Mutex};

use cosmictron_types::{Decimal, Timestamp};

use crate::subscribe::{Attached, Event, LiveQuery, Subscription};
use crate::{Clock, Database, Error};
use board::{Board, LastHourQuery, RevenueQuery, ShareQuery};
use shop::{Customer, NewCustomer, Order, Shop};

/// Noon of a day in 2026.
pub(crate) const NOON: Timestamp = Timestamp::from_micros(1_785_585_600_000_000);

pub(crate) fn minutes(minutes: i64) -> Timestamp {
    Timestamp::from_micros(NOON.micros() + minutes * 60_000_000)
}

/// An empty shop at noon.
pub(crate) fn shop() -> Database<Shop> {
    Database::in_memory_with(Clock::Manual(NOON))
}

pub(crate) fn order(id: i64, customer_id: i64, euros: i64) -> Order {
    Order { id, customer_id, total: Decimal::from_mantissa(euros * 100), created_at: NOON }
}

pub(crate) fn customer(id: i64) -> Customer {
    Customer { id, email: format!("c{id}@example.com").into(), name: None }
}

/// A shop with customers 1 and 2 and a board of queries.
pub(crate) fn open_shop() -> (Database<Shop>, Attached<Shop, Board>) {
    let shop = shop();
    let board = shop.attach().unwrap();
    fill(&shop);
    (shop, board)
}

pub(crate) fn fill(shop: &Database<Shop>) {
    shop.transaction(|tx| {
        tx.insert(NewCustomer("ada@example.com"))?;
        tx.insert(NewCustomer("bob@example.com"))?;
        Ok::<_, Error>(())
    })
    .unwrap();
}

/// Everything there is to see, as text: rows with their ids, and all results.
pub(crate) fn picture(shop: &Database<Shop>, board: &Attached<Shop, Board>) -> Vec<String> {
    let tx = shop.begin().unwrap();
    let tables = tx.tables();
    let mut lines = vec![];
    lines.extend(tables.customers.rows().iter().map(|r| format!("{r:?}")));
    lines.extend(tables.orders.rows().iter().map(|r| format!("{r:?}")));
    lines.extend(tables.staff.rows().iter().map(|r| format!("{r:?}")));
    lines.extend(tables.notes.rows().iter().map(|r| format!("{r:?}")));
    drop(tx);
    lines.push(format!("{:?}", board.query::<RevenueQuery>().snapshot()));
    lines.push(format!("{:?}", board.query::<LastHourQuery>().snapshot()));
    lines.push(format!("{:?}", board.query::<ShareQuery>().snapshot()));
    lines
}

/// Collects the events of a subscription.
pub(crate) struct Recorder<R> {
    events: Arc<Mutex<Vec<Event<R>>>>,
    _subscription: Subscription,
}

impl<R: Clone + Send + Sync + 'static> Recorder<R> {
    pub(crate) fn new<Q: LiveQuery<Row = R>>(query: &crate::Query<Q>) -> Self {
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = events.clone();
        let subscription = query.subscribe(move |event| sink.lock().unwrap().push(event.clone())).unwrap();
        Self { events, _subscription: subscription }
    }

    /// The events since the last call.
    pub(crate) fn take(&self) -> Vec<Event<R>> {
        std::mem::take(&mut self.events.lock().unwrap())
    }
}

/// Applies a delta to the rows a subscriber has.
pub(crate) fn fold<R: PartialEq + Clone>(rows: &mut Vec<R>, event: &Event<R>) {
    let Event::Delta(delta) = event else { return };
    if delta.initial {
        rows.clear();
    }
    let gone = delta.deletes.iter().chain(delta.updates.iter().map(|u| &u.old));
    for row in gone {
        let at = rows.iter().position(|r| r == row).expect("a row that leaves was there");
        rows.swap_remove(at);
    }
    rows.extend(delta.inserts.iter().chain(delta.updates.iter().map(|u| &u.new)).cloned());
}
