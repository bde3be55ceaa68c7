//! DuckDB, in memory, through its Python package, since compiling it takes the better part of an hour.
//!
//! The pipe to the child process costs some ten microseconds a request, against milliseconds of work.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use cosmictron_bench_harness::recipe::{Item, Order, Product, Purchase, STATUSES};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Cell, Change, LOADED_TOGETHER, SCHEMA, Store};

/// From how many rows on a file is copied instead of inserting values.
const COPIED: usize = 1_000;

/// A database in memory, in a child process.
pub struct Duckdb {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    files: TempDir,
}

impl Duckdb {
    /// Empty tables. The program that runs Python is `$PYTHON`, or `python3`.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
        let mut command = Command::new(&python);
        command.args(["-c", include_str!("duckdb.py")]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|e| format!("{} cannot be run: {e}", python.display()))?;
        let (requests, answers) = (child.stdin.take(), child.stdout.take().ok_or("no answers")?);
        let answers = BufReader::new(answers);
        let mut duckdb = Self { child, requests, answers, files: TempDir::new()? };
        let created = duckdb.request(&json!({ "write": [SCHEMA] }));
        created.map_err(|e| format!("{} cannot run DuckDB ({e}): pip install duckdb", python.display()))?;
        Ok(duckdb)
    }

    fn request(&mut self, request: &Value) -> Result<Value, Box<dyn Error>> {
        let requests = self.requests.as_mut().ok_or("DuckDB has ended")?;
        writeln!(requests, "{request}")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        Ok(serde_json::from_str(&answer)?)
    }

    /// A statement that inserts rows, given as their values in SQL.
    fn insert(&self, table: &str, rows: &[String]) -> Result<String, Box<dyn Error>> {
        if rows.len() < COPIED {
            return Ok(format!("INSERT INTO {table} VALUES ({})", rows.join("), (")));
        }
        let file = self.files.path().join(table);
        fs::write(&file, rows.join("\n") + "\n")?;
        Ok(format!(
            "COPY {table} FROM '{}' (FORMAT csv, HEADER false, QUOTE '''', ESCAPE '''')",
            file.display()
        ))
    }
}

impl Drop for Duckdb {
    fn drop(&mut self) {
        // The end of its input ends the child.
        drop(self.requests.take());
        drop(self.child.wait());
    }
}

/// Changes of many rows as sets of them, which is how DuckDB likes them.
#[derive(Default)]
struct Sets {
    orders: Vec<String>,
    items: Vec<String>,
    statuses: BTreeMap<i64, u8>,
    names: BTreeMap<i64, String>,
    deleted: Vec<String>,
}

impl Sets {
    fn add(&mut self, change: &Change) {
        match change {
            Change::Purchase(Purchase { order, items }) => {
                let Order { id, customer_id, status, total, created_at, region } = order;
                let status = STATUSES[usize::from(*status)];
                self.orders.push(format!("{id},{customer_id},'{status}',{total},{created_at},{region}"));
                self.items.extend(items.iter().map(item));
            }
            Change::Status(id, status) => drop(self.statuses.insert(*id, *status)),
            Change::Name(id, name) => drop(self.names.insert(*id, quoted(name))),
            Change::Delete(id) => self.deleted.push(id.to_string()),
            Change::Insert(it) => self.items.push(item(it)),
        }
    }

    fn statements(&self, duckdb: &Duckdb) -> Result<Vec<String>, Box<dyn Error>> {
        let mut statements = Vec::new();
        for (table, rows) in [("orders", &self.orders), ("order_items", &self.items)] {
            if !rows.is_empty() {
                statements.push(duckdb.insert(table, rows)?);
            }
        }
        let statuses = self.statuses.iter().map(|(id, status)| (id, quoted(STATUSES[usize::from(*status)])));
        statements.extend(update("orders", "status", statuses));
        statements.extend(update("products", "name", self.names.iter().map(|(id, name)| (id, name.clone()))));
        if !self.deleted.is_empty() {
            statements.push(format!("DELETE FROM order_items WHERE id IN ({})", self.deleted.join(", ")));
        }
        Ok(statements)
    }
}

fn item(item: &Item) -> String {
    let Item { id, order_id, product_id, quantity, price } = item;
    format!("{id},{order_id},{product_id},{quantity},{price}")
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A statement that gives a column new values by key, if there are any.
fn update<'a>(
    table: &str,
    column: &str,
    mut values: impl Iterator<Item = (&'a i64, String)>,
) -> Option<String> {
    let (id, value) = values.next()?;
    let mut list = format!("({id}, {value})");
    for (id, value) in values {
        write!(list, ", ({id}, {value})").ok()?;
    }
    Some(format!(
        "UPDATE {table} SET {column} = n.value FROM (VALUES {list}) n(id, value) WHERE {table}.id = n.id"
    ))
}

impl Store for Duckdb {
    fn load(
        &mut self,
        products: impl Iterator<Item = Product>,
        purchases: impl Iterator<Item = Purchase>,
    ) -> Result<(), Box<dyn Error>> {
        let row =
            |p: Product| format!("{},{},{},{}", p.id, quoted(&p.name), quoted(&p.image_url), p.category);
        let products = self.insert("products", &products.map(row).collect::<Vec<_>>())?;
        self.request(&json!({ "write": [products] }))?;
        let mut purchases = purchases.map(Change::Purchase).peekable();
        while purchases.peek().is_some() {
            let changes: Vec<Change> = purchases.by_ref().take(LOADED_TOGETHER).collect();
            self.write(&changes)?;
        }
        Ok(())
    }

    fn write(&mut self, changes: &[Change]) -> Result<(), Box<dyn Error>> {
        // An item that goes and comes again does so in two transactions: DuckDB's index on the key holds on to the keys that a transaction
        // deletes until it ends.
        let comes_again = |a: &Change, b: &Change| !matches!((a, b), (Change::Delete(_), Change::Insert(_)));
        for changes in changes.chunk_by(comes_again) {
            let mut sets = Sets::default();
            changes.iter().for_each(|change| sets.add(change));
            let statements = sets.statements(self)?;
            self.request(&json!({ "write": statements }))?;
        }
        Ok(())
    }

    fn ask(&mut self, sql: &str, now: i64) -> Result<Vec<Vec<Cell>>, Box<dyn Error>> {
        let parameters = if sql.contains("?1") { vec![now] } else { Vec::new() };
        let answer = self.request(&json!({ "ask": sql, "parameters": parameters }))?;
        let rows: Vec<Vec<Value>> = serde_json::from_value(answer)?;
        Ok(rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect())
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::String(text) => Cell::Text(text),
        Value::Number(number) => number.as_i128().map_or(Cell::Null, Cell::Integer),
        _ => Cell::Null,
    }
}
