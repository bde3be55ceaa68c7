//! Databases that are asked all queries again after each transaction that is timed.
//!
//! Transactions that are not timed are collected and written together before the next one that is.

mod duckdb;
mod queries;
mod sqlite;

use std::error::Error;
use std::mem;

use cosmictron_bench_harness::recipe::{Item, Product, Purchase};
use cosmictron_bench_harness::results::Results;
use cosmictron_bench_harness::{Engine, Setup};

pub use duckdb::Duckdb;
pub use queries::Cell;
pub use sqlite::Sqlite;

use queries::{QUERIES, Query};

/// The tables; amounts are cents, moments are microseconds. SQLite takes `INTEGER PRIMARY KEY` for its row number, DuckDB for 32 bits.
const SCHEMA: &str = "
CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, image_url TEXT NOT NULL, category INTEGER NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, status TEXT NOT NULL, total INTEGER NOT NULL,
                     created_at BIGINT NOT NULL, region INTEGER NOT NULL);
CREATE TABLE order_items (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL, product_id INTEGER NOT NULL,
                          quantity INTEGER NOT NULL, price INTEGER NOT NULL);
";

/// A change of the tables.
pub enum Change {
    /// An order and its items come.
    Purchase(Purchase),
    /// An order has another status.
    Status(i64, u8),
    /// A product has another name.
    Name(i64, String),
    /// An item goes.
    Delete(i64),
    /// An item comes.
    Insert(Item),
}

/// A database.
pub trait Store {
    /// Fills the tables and makes the indexes.
    fn load(
        &mut self,
        products: impl Iterator<Item = Product>,
        purchases: impl Iterator<Item = Purchase>,
    ) -> Result<(), Box<dyn Error>>;

    /// Makes the changes, in order, in as few transactions as can be.
    fn write(&mut self, changes: &[Change]) -> Result<(), Box<dyn Error>>;

    /// Asks a query, whose only parameter is the clock.
    fn ask(&mut self, sql: &str, now: i64) -> Result<Vec<Vec<Cell>>, Box<dyn Error>>;
}

/// Orders loaded in one transaction.
const LOADED_TOGETHER: usize = 100_000;

/// A database, what it has yet to be told, and its last answers.
pub struct Asked<S> {
    store: S,
    queries: Vec<&'static Query>,
    changes: Vec<Change>,
    answers: Vec<Vec<Vec<Cell>>>,
    now: i64,
}

impl<S: Store> Asked<S> {
    /// The queries that the setup asks for, over a database.
    pub fn new(store: S, setup: &Setup) -> Self {
        let queries = QUERIES.iter().filter(|q| setup.has(q.name)).collect();
        Self { store, queries, changes: Vec::new(), answers: Vec::new(), now: 0 }
    }

    fn ask(&mut self) {
        let ask = |q: &&Query| self.store.ask(q.sql, self.now).unwrap_or_else(|e| panic!("{}: {e}", q.name));
        self.answers = self.queries.iter().map(ask).collect();
    }
}

impl<S: Store> Engine for Asked<S> {
    const SAMPLE: usize = 25_000;

    fn load(&mut self, products: impl Iterator<Item = Product>, purchases: impl Iterator<Item = Purchase>) {
        let now = &mut self.now;
        let purchases = purchases.inspect(|p| *now = p.order.created_at);
        self.store.load(products, purchases).expect("the tables are filled");
        self.ask();
    }

    fn purchase(&mut self, purchases: &[Purchase]) {
        let Some(newest) = purchases.last() else { return };
        self.now = newest.order.created_at;
        self.changes.extend(purchases.iter().copied().map(Change::Purchase));
    }

    fn set_status(&mut self, order: i64, status: u8) {
        self.changes.push(Change::Status(order, status));
    }

    fn rename(&mut self, product: i64, name: &str) {
        self.changes.push(Change::Name(product, name.to_owned()));
    }

    fn delete_item(&mut self, item: i64) {
        self.changes.push(Change::Delete(item));
    }

    fn insert_item(&mut self, item: &Item) {
        self.changes.push(Change::Insert(*item));
    }

    fn publish(&mut self) {
        self.settle();
        self.ask();
    }

    fn settle(&mut self) {
        self.store.write(&mem::take(&mut self.changes)).expect("a transaction");
    }

    fn results(&mut self) -> Results {
        let answers = self.queries.iter().zip(&self.answers);
        answers.map(|(query, rows)| (query.name.to_owned(), query.text(rows))).collect()
    }
}
