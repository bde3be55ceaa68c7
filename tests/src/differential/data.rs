//! Random transactions over a schema.

use std::fmt::Write as _;

use cosmictron::Error;
use cosmictron_compiler::catalog::{Catalog, ColumnId, Table};
use cosmictron_types::{Timestamp, Value};

use super::domain::{Use, value};
use crate::interpreter::show;
use crate::random::Random;
use crate::unit::{Values, Writer};

/// Tables are kept at about this many rows.
const ROWS: usize = 22;

/// How a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Commit,
    Drop,
    Fail,
}

/// Makes transactions and remembers what the current one did.
pub(super) struct Data<'a> {
    catalog: &'a Catalog,
    pub random: Random,
    /// The statements of the current transaction, with what became of them.
    pub log: String,
}

impl<'a> Data<'a> {
    pub fn new(catalog: &'a Catalog, seed: u64) -> Self {
        Self { catalog, random: Random::new(seed), log: String::new() }
    }

    /// Writes a transaction.
    pub fn write(&mut self, writer: &mut dyn Writer, end: End) -> Result<bool, Error> {
        self.log.clear();
        let statements = if self.random.once_in(8) { 12 } else { 1 + self.random.below(4) };
        for _ in 0..statements {
            let table = self.random.below(self.catalog.tables.len());
            self.statement(writer, table);
        }
        match end {
            End::Commit => Ok(true),
            End::Drop => Ok(false),
            End::Fail => Err(Error::Input("the application gives up".to_owned())),
        }
    }

    fn statement(&mut self, writer: &mut dyn Writer, table: usize) {
        let mut rows = writer.rows(table);
        // Row order in memory depends on history alone, but a copy of a database has another.
        rows.sort();
        let full = rows.len() >= ROWS;
        if rows.is_empty() || self.random.below(10) < if full { 2 } else { 6 } {
            let row = self.row(writer, table);
            if self.is_keyed(table) && self.random.once_in(6) {
                self.upsert(writer, table, row);
            } else {
                self.insert(writer, table, row);
            }
            return;
        }
        let row = self.random.pick(&rows).clone();
        match self.random.below(10) {
            0..=4 => {
                let new = self.changed(writer, table, &row);
                self.update(writer, table, row, new);
            }
            5 => {
                // Deleted and inserted again, possibly with other values under the same key.
                self.delete(writer, table, row.clone());
                let new = if self.random.once_in(2) { self.changed(writer, table, &row) } else { row };
                self.insert(writer, table, new);
            }
            6 => {
                let new = self.row(writer, table);
                self.insert(writer, table, new.clone());
                self.delete(writer, table, new);
            }
            7 if !self.is_keyed(table) => self.insert(writer, table, row),
            _ => self.delete(writer, table, row),
        }
    }

    /// Inserts some row; numbers of keys that reference nothing are far apart, so that there can be many rows.
    pub fn insert_any(&mut self, writer: &mut dyn Writer, table: usize) {
        let mut row = self.row(writer, table);
        let declared = self.table(table);
        for column in declared.keys().flat_map(|key| key.columns.clone()) {
            let refers = declared.foreign_keys.iter().any(|key| key.columns.contains(&column));
            if let (Value::Integer(number), false) = (&mut row[column.0 as usize], refers) {
                *number = self.random.between(100, 30_000);
            }
        }
        self.insert(writer, table, row);
    }

    fn table(&self, table: usize) -> &'a Table {
        &self.catalog.tables[table]
    }

    fn is_keyed(&self, table: usize) -> bool {
        self.table(table).primary_key.is_some()
    }

    /// A new row.
    fn row(&mut self, writer: &dyn Writer, table: usize) -> Values {
        let columns = 0..self.table(table).columns.len();
        let mut row: Values = columns.map(|column| self.value(table, column, writer.now())).collect();
        self.refer(writer, table, &mut row);
        row
    }

    /// A row with one or two other values.
    fn changed(&mut self, writer: &dyn Writer, table: usize, row: &Values) -> Values {
        let mut new = row.clone();
        for _ in 0..1 + self.random.below(2) {
            let column = self.random.below(new.len());
            // Keys change more rarely than the rest.
            if self.usage(table, column) == Use::Payload || self.random.once_in(3) {
                new[column] = self.value(table, column, writer.now());
            }
        }
        if self.random.once_in(4) {
            self.refer(writer, table, &mut new);
        }
        new
    }

    fn value(&mut self, table: usize, column: usize, now: Timestamp) -> Value {
        let usage = self.usage(table, column);
        let declared = &self.table(table).columns[column];
        if declared.nullable && self.random.once_in(5) {
            return Value::Null;
        }
        let value = value(&mut self.random, self.catalog, declared.ty, usage, now);
        match (declared.max_length, value) {
            (Some(n), Value::Text(text)) => {
                Value::Text(text.chars().take(n as usize).collect::<String>().into())
            }
            (_, value) => value,
        }
    }

    fn usage(&self, table: usize, column: usize) -> Use {
        let table = self.table(table);
        let column = ColumnId(column as u32);
        let key = table.keys().any(|key| key.columns.contains(&column));
        let reference = table.foreign_keys.iter().any(|key| key.columns.contains(&column));
        if key || reference { Use::Key } else { Use::Payload }
    }

    /// Lets most references refer to rows that exist.
    fn refer(&mut self, writer: &dyn Writer, table: usize, row: &mut Values) {
        for key in &self.table(table).foreign_keys {
            let mut parents = writer.rows(key.table.0 as usize);
            parents.sort();
            let null = key.columns.iter().any(|c| row[c.0 as usize].is_null());
            if parents.is_empty() || null || self.random.once_in(12) {
                continue;
            }
            let parent = self.random.pick(&parents);
            for (own, other) in key.columns.iter().zip(&key.referenced) {
                row[own.0 as usize] = parent[other.0 as usize].clone();
            }
        }
    }

    fn insert(&mut self, writer: &mut dyn Writer, table: usize, row: Values) {
        let text = format!("insert into {} {}", self.table(table).name, show(&row));
        let done = writer.insert(table, row);
        self.note(&text, done.map(|()| true));
    }

    fn upsert(&mut self, writer: &mut dyn Writer, table: usize, row: Values) {
        let text = format!("upsert into {} {}", self.table(table).name, show(&row));
        let done = writer.upsert(table, row);
        self.note(&text, done.map(|()| true));
    }

    fn update(&mut self, writer: &mut dyn Writer, table: usize, old: Values, new: Values) {
        let text = format!("update {} {} to {}", self.table(table).name, show(&old), show(&new));
        let done = writer.update(table, old, new);
        self.note(&text, done);
    }

    pub fn delete(&mut self, writer: &mut dyn Writer, table: usize, row: Values) {
        let text = format!("delete from {} {}", self.table(table).name, show(&row));
        let done = writer.delete(table, row);
        self.note(&text, done);
    }

    fn note(&mut self, statement: &str, done: Result<bool, Error>) {
        let outcome = match done {
            Ok(true) => String::new(),
            Ok(false) => "  (no such row)".to_owned(),
            Err(error) => format!("  (refused: {error})"),
        };
        // Writing to a string does not fail.
        let _ = writeln!(self.log, "  {statement}{outcome}");
    }
}
