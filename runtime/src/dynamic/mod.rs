//! A database by name: operations and results as JSON, for the command line, servers and tools.
//!
//! Nothing here is generic: a [`DynamicDatabase`] hides schema and circuit behind a table of functions, so that what is built
//! on it is compiled once. Values are exact in both directions.

mod face;
mod json;
mod lookup;
mod operation;
#[cfg(feature = "runner")]
pub mod runner;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use cosmictron_types::{Timestamp, Value};
use serde_json::Value as Tree;

use self::face::{Face, Queries, Tables};
pub use self::json::{write_error, write_event, write_row, write_rows};
pub use self::operation::Operation;
use crate::error::Error;
use crate::store::{Circuit, Database, Schema, Stamp, TableInfo, TxId};
use crate::subscribe::{DynamicListener, QueryInfo, Subscription};

/// A database with its queries attached, by name.
///
/// It is a handle: clones are the same database.
#[derive(Clone)]
pub struct DynamicDatabase {
    face: Arc<dyn Face>,
    tables: Arc<[&'static TableInfo]>,
    queries: &'static [&'static QueryInfo],
}

/// The rows of a query at a moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The query.
    pub query: &'static QueryInfo,
    /// The last transaction that is in it, and the clock.
    pub stamp: Stamp,
    /// The rows: in the query's order, otherwise in key order.
    pub rows: Vec<Vec<Value>>,
}

impl DynamicDatabase {
    /// Attaches a unit of queries to a database.
    ///
    /// # Errors
    /// As for [`Database::attach`].
    pub fn attach<S: Schema, C: Circuit<S> + Default>(database: Database<S>) -> Result<Self, Error> {
        let queries = Queries::<S, C>::new(database)?;
        let names = queries.names()?;
        Ok(Self { face: Arc::new(queries), tables: infos::<S>(), queries: names })
    }

    /// The tables alone, without any query.
    pub fn of_tables<S: Schema>(database: Database<S>) -> Self {
        Self { face: Arc::new(Tables(database)), tables: infos::<S>(), queries: &[] }
    }

    /// The tables, in order of declaration.
    pub fn tables(&self) -> &[&'static TableInfo] {
        &self.tables
    }

    /// The queries, in the unit's order.
    pub fn queries(&self) -> &'static [&'static QueryInfo] {
        self.queries
    }

    /// The query of this name.
    ///
    /// # Errors
    /// [`Error::Input`] with the nearest name.
    pub fn query(&self, name: &str) -> Result<&'static QueryInfo, Error> {
        Ok(self.queries[self.query_position(name)?])
    }

    fn query_position(&self, name: &str) -> Result<usize, Error> {
        lookup::position("query", "queries", name, self.queries.iter().map(|query| query.name))
    }

    /// Reads an operation such as `{"insert":"orders","row":{"id":1,"total":"12.50"}}`:
    ///
    /// * `insert` with `row`: columns that are left out take their defaults;
    /// * `update` with `key` and `set`: the primary key, and the columns to change;
    /// * `upsert` with `row`: inserts the row, or changes the given columns of the one with its primary key;
    /// * `delete` with `key`, or with `row` where there is no primary key: one copy of that row.
    ///
    /// # Errors
    /// [`Error::Input`], or [`Error::Violation`] for a value that its column cannot hold.
    pub fn operation(&self, json: &Tree) -> Result<Operation, Error> {
        operation::read(&self.tables, json)
    }

    /// Reads a list of operations.
    ///
    /// # Errors
    /// As for [`DynamicDatabase::operation`]; the message says which one is wrong.
    pub fn operations(&self, json: &Tree) -> Result<Vec<Operation>, Error> {
        operation::read_list(&self.tables, json)
    }

    /// Runs operations as one transaction. To update or delete a row that is not there is an error, [`Error::NoRow`].
    ///
    /// # Errors
    /// Why nothing has changed; [`Error::Poisoned`] when that is unknown.
    pub fn transaction(&self, operations: Vec<Operation>) -> Result<TxId, Error> {
        self.face.transaction(operations)
    }

    /// Moves a manual clock, see [`Database::advance`].
    ///
    /// # Errors
    /// As for [`Database::advance`].
    pub fn advance(&self, now: Timestamp) -> Result<TxId, Error> {
        self.face.advance(now)
    }

    /// The rows of a query.
    ///
    /// # Errors
    /// [`Error::Input`] for an unknown name, [`Error::Query`] while the query is in its error state.
    pub fn snapshot(&self, query: &str) -> Result<Snapshot, Error> {
        let at = self.query_position(query)?;
        let (stamp, rows) = self.face.rows(at)?;
        Ok(Snapshot { query: self.queries[at], stamp, rows })
    }

    /// Subscribes to a query: see [`crate::Query::subscribe`].
    ///
    /// # Errors
    /// [`Error::Input`] for an unknown name; otherwise as for [`crate::Query::subscribe`].
    pub fn subscribe(&self, query: &str, listener: DynamicListener) -> Result<Subscription, Error> {
        self.face.subscribe(self.query_position(query)?, listener)
    }

    /// The last transaction and its clock.
    ///
    /// # Errors
    /// [`Error::Nested`], [`Error::Poisoned`].
    pub fn stamp(&self) -> Result<Stamp, Error> {
        self.face.stamp()
    }

    /// How many rows each table has, in order of declaration.
    ///
    /// # Errors
    /// [`Error::Nested`], [`Error::Poisoned`].
    pub fn table_sizes(&self) -> Result<Vec<usize>, Error> {
        self.face.table_sizes()
    }

    /// How many row changes have entered a query's operators since it was attached.
    ///
    /// # Errors
    /// [`Error::Input`] for an unknown name, [`Error::Nested`], [`Error::Poisoned`].
    pub fn work(&self, query: &str) -> Result<u64, Error> {
        self.face.work(self.query_position(query)?)
    }

    /// Inserts rows until `next` has none, in transactions that are as large as is good for loading: rows are in the file
    /// as soon as no reference among them is open.
    ///
    /// # Errors
    /// What `next` returns, or why a row was refused. Of what was loaded before, the last transaction is undone.
    pub fn load(&self, next: &mut NextRow<'_>) -> Result<(), Error> {
        self.face.load(next)
    }
}

/// Hands out rows to be loaded: the table's position and its columns, those without a value to be filled by their defaults.
pub type NextRow<'f> = dyn FnMut() -> Result<Option<(usize, Vec<Option<Value>>)>, Error> + 'f;

fn infos<S: Schema>() -> Arc<[&'static TableInfo]> {
    S::TABLES.iter().map(|operations| operations.info).collect()
}
