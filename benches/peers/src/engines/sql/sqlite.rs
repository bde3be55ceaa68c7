//! SQLite, in memory, with an index that covers each query.

use std::error::Error;

use cosmictron_bench_harness::recipe::{Item, Order, Product, Purchase, STATUSES};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};

use super::{Cell, Change, LOADED_TOGETHER, SCHEMA, Store};

/// Made once the tables are filled, which is faster than keeping them up to date meanwhile.
const INDEXES: &str = "
CREATE INDEX orders_by_time ON orders (created_at, customer_id, total);
CREATE INDEX orders_by_status ON orders (status, total);
CREATE INDEX orders_by_region ON orders (region, total);
CREATE INDEX orders_by_customer ON orders (customer_id, total);
CREATE INDEX items_by_order ON order_items (order_id, product_id, quantity, price);
CREATE INDEX items_by_product ON order_items (product_id, quantity, price);
CREATE INDEX products_by_category ON products (id, category);
ANALYZE;
";

/// A database in memory.
pub struct Sqlite(Connection);

impl Sqlite {
    /// Empty tables.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(SCHEMA)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self(connection))
    }

    fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> rusqlite::Result<()> {
        self.0.prepare_cached(sql)?.execute(parameters).map(drop)
    }

    fn insert(&self, item: &Item) -> rusqlite::Result<()> {
        let Item { id, order_id, product_id, quantity, price } = item;
        self.execute(
            "INSERT INTO order_items VALUES (?, ?, ?, ?, ?)",
            params![id, order_id, product_id, quantity, price],
        )
    }

    fn change(&self, change: &Change) -> rusqlite::Result<()> {
        match change {
            Change::Purchase(Purchase { order, items }) => {
                let Order { id, customer_id, status, total, created_at, region } = order;
                let status = STATUSES[usize::from(*status)];
                self.execute(
                    "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)",
                    params![id, customer_id, status, total, created_at, region],
                )?;
                items.iter().try_for_each(|item| self.insert(item))
            }
            Change::Status(id, status) => {
                let status = STATUSES[usize::from(*status)];
                self.execute("UPDATE orders SET status = ? WHERE id = ?", params![status, id])
            }
            Change::Name(id, name) => {
                self.execute("UPDATE products SET name = ? WHERE id = ?", params![name, id])
            }
            Change::Delete(id) => self.execute("DELETE FROM order_items WHERE id = ?", params![id]),
            Change::Insert(item) => self.insert(item),
        }
    }
}

impl Store for Sqlite {
    fn load(
        &mut self,
        products: impl Iterator<Item = Product>,
        purchases: impl Iterator<Item = Purchase>,
    ) -> Result<(), Box<dyn Error>> {
        for Product { id, name, image_url, category } in products {
            self.execute("INSERT INTO products VALUES (?, ?, ?, ?)", params![id, name, image_url, category])?;
        }
        let mut purchases = purchases.map(Change::Purchase).peekable();
        while purchases.peek().is_some() {
            let changes: Vec<Change> = purchases.by_ref().take(LOADED_TOGETHER).collect();
            self.write(&changes)?;
        }
        Ok(self.0.execute_batch(INDEXES)?)
    }

    fn write(&mut self, changes: &[Change]) -> Result<(), Box<dyn Error>> {
        self.execute("BEGIN", [])?;
        changes.iter().try_for_each(|change| self.change(change))?;
        Ok(self.execute("COMMIT", [])?)
    }

    fn ask(&mut self, sql: &str, now: i64) -> Result<Vec<Vec<Cell>>, Box<dyn Error>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let row = |row: &Row<'_>| (0..columns).map(|at| Ok(cell(row.get_ref(at)?))).collect();
        let rows = match statement.parameter_count() {
            0 => statement.query_map([], row)?.collect(),
            _ => statement.query_map([now], row)?.collect::<rusqlite::Result<_>>(),
        };
        Ok(rows?)
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Integer(number) => Cell::Integer(i128::from(number)),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Cell::Null,
    }
}
