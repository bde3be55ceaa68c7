//! What hides the types of a schema and a circuit: the only generic code of the by-name interface, and little of it.

use cosmictron_types::{Timestamp, Value};

use super::NextRow;
use super::operation::{Action, Operation};
use crate::error::Error;
use crate::store::checks::describe_key;
use crate::store::{Circuit, Database, Schema, Stamp, TableInfo, Transaction, TxId};
use crate::subscribe::{Attached, DynamicListener, QueryInfo, Subscription};

/// A database whose types are hidden; tables and queries by position.
pub(super) trait Face: Send + Sync {
    fn transaction(&self, operations: Vec<Operation>) -> Result<TxId, Error>;
    fn load(&self, next: &mut NextRow<'_>) -> Result<(), Error>;
    fn advance(&self, now: Timestamp) -> Result<TxId, Error>;
    fn stamp(&self) -> Result<Stamp, Error>;
    fn table_sizes(&self) -> Result<Vec<usize>, Error>;
    fn rows(&self, query: usize) -> Result<(Stamp, Vec<Vec<Value>>), Error>;
    fn subscribe(&self, query: usize, listener: DynamicListener) -> Result<Subscription, Error>;
    fn work(&self, query: usize) -> Result<u64, Error>;
}

/// A database without queries.
pub(super) struct Tables<S: Schema>(pub(super) Database<S>);

/// A database with a unit of queries.
pub(super) struct Queries<S: Schema, C> {
    tables: Tables<S>,
    attached: Attached<S, C>,
}

/// How many rows a transaction loads at least.
const LOADED_AT_ONCE: usize = 100_000;

impl<S: Schema> Face for Tables<S> {
    fn transaction(&self, operations: Vec<Operation>) -> Result<TxId, Error> {
        let run = |tx: &mut Transaction<'_, S>| operations.into_iter().try_for_each(|o| apply(tx, o));
        self.0.transaction(run).map(|done| done.tx)
    }

    fn load(&self, next: &mut NextRow<'_>) -> Result<(), Error> {
        let mut tx = self.0.begin()?;
        let (mut open, mut enough) = (0, LOADED_AT_ONCE);
        while let Some((table, row)) = next()? {
            (S::TABLES[table].insert)(&mut tx, row)?;
            open += 1;
            if open < enough {
                continue;
            }
            // A row may reference one that comes later, so the transaction grows until none does.
            if tx.references_hold() {
                tx.commit()?;
                tx = self.0.begin()?;
                (open, enough) = (0, LOADED_AT_ONCE);
            } else {
                enough *= 2;
            }
        }
        tx.commit().map(drop)
    }

    fn advance(&self, now: Timestamp) -> Result<TxId, Error> {
        self.0.advance(now)
    }

    fn stamp(&self) -> Result<Stamp, Error> {
        self.0.inner().read(|core| core.stamp())
    }

    fn table_sizes(&self) -> Result<Vec<usize>, Error> {
        self.0.inner().read(|core| S::TABLES.iter().map(|table| (table.len)(&core.tables)).collect())
    }

    fn rows(&self, _: usize) -> Result<(Stamp, Vec<Vec<Value>>), Error> {
        Err(no_query())
    }

    fn subscribe(&self, _: usize, _: DynamicListener) -> Result<Subscription, Error> {
        Err(no_query())
    }

    fn work(&self, _: usize) -> Result<u64, Error> {
        Err(no_query())
    }
}

impl<S: Schema, C: Circuit<S> + Default> Queries<S, C> {
    pub(super) fn new(database: Database<S>) -> Result<Self, Error> {
        Ok(Self { attached: database.attach()?, tables: Tables(database) })
    }

    pub(super) fn names(&self) -> Result<&'static [&'static QueryInfo], Error> {
        self.read(|circuit, _, _| circuit.queries())
    }

    fn read<T>(&self, read: impl FnOnce(&dyn Circuit<S>, &S::Tables, Stamp) -> T) -> Result<T, Error> {
        let at = self.attached.position();
        let read =
            self.tables.0.inner().read(|core| {
                core.circuits.get(at).map(|circuit| read(&**circuit, &core.tables, core.stamp()))
            })?;
        read.ok_or_else(no_query)
    }
}

impl<S: Schema, C: Circuit<S> + Default> Face for Queries<S, C> {
    fn transaction(&self, operations: Vec<Operation>) -> Result<TxId, Error> {
        self.tables.transaction(operations)
    }

    fn load(&self, next: &mut NextRow<'_>) -> Result<(), Error> {
        self.tables.load(next)
    }

    fn advance(&self, now: Timestamp) -> Result<TxId, Error> {
        self.tables.advance(now)
    }

    fn stamp(&self) -> Result<Stamp, Error> {
        self.tables.stamp()
    }

    fn table_sizes(&self) -> Result<Vec<usize>, Error> {
        self.tables.table_sizes()
    }

    fn rows(&self, query: usize) -> Result<(Stamp, Vec<Vec<Value>>), Error> {
        let (stamp, rows) = self.read(|circuit, tables, stamp| (stamp, circuit.rows(tables, query)))?;
        Ok((stamp, rows?))
    }

    fn subscribe(&self, query: usize, listener: DynamicListener) -> Result<Subscription, Error> {
        let at = self.attached.position();
        self.tables.0.inner().subscribe(at, |circuit, tables, stamp, deliveries| {
            circuit.subscribe(tables, query, stamp, listener, deliveries)
        })
    }

    fn work(&self, query: usize) -> Result<u64, Error> {
        self.read(|circuit, _, _| circuit.work(query))
    }
}

fn apply<S: Schema>(tx: &mut Transaction<'_, S>, operation: Operation) -> Result<(), Error> {
    let table = &S::TABLES[operation.table];
    match operation.action {
        Action::Insert(row) => (table.insert)(tx, row),
        Action::Upsert(row) => (table.upsert)(tx, row),
        Action::Update { key, set } => match (table.find)(tx.tables(), &key)? {
            Some(id) => (table.update)(tx, id, set),
            None => Err(no_row(table.info, &key)),
        },
        Action::Delete(key) => match (table.find)(tx.tables(), &key)? {
            Some(id) => (table.delete)(tx, id),
            None => Err(no_row(table.info, &key)),
        },
    }
}

/// The error for a row that is not there, of which the columns of the key are given, or all.
fn no_row(info: &TableInfo, given: &[Option<Value>]) -> Error {
    let given =
        info.columns.iter().zip(given).filter_map(|(column, value)| Some((column.name, value.clone()?)));
    let (names, values): (Vec<_>, Vec<_>) = given.unzip();
    Error::NoRow { table: info.name, key: describe_key(&names.join(", "), &values) }
}

fn no_query() -> Error {
    Error::Input("the database has no such query".to_owned())
}
