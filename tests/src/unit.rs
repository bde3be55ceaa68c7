//! Units of queries with their types hidden: what the build script registers and the suites drive.

use std::path::Path;

use cosmictron::dynamic::DynamicDatabase;
use cosmictron::store::{Circuit, TableInfo};
use cosmictron::subscribe::{LiveQuery, QueryInfo, ResultRow};
use cosmictron::{
    Attached, Clock, Database, Delta, Durability, Error, Event, Options, Row, Schema, Subscription,
    Transaction, TxId, Value,
};
use cosmictron_types::Timestamp;

use crate::key::KeyParts;

/// A row as dynamic values.
pub type Values = Vec<Value>;

/// A listener for events with dynamic rows.
pub type Listener = Box<dyn FnMut(Event<Values>) + Send>;

/// What a transaction does: `Ok(true)` commits, `Ok(false)` drops the transaction, an error rolls it back.
pub type Script<'s> = &'s mut dyn FnMut(&mut dyn Writer) -> Result<bool, Error>;

/// A compiled unit of queries over a schema.
pub trait Unit: Sync {
    /// `schema/unit`.
    fn name(&self) -> &'static str;
    /// The text of the schema.
    fn schema(&self) -> &'static str;
    /// The text of the queries.
    fn queries(&self) -> &'static str;
    /// A new database in memory with a manual clock; `fill` runs before the queries are attached.
    fn in_memory(&self, now: Timestamp, fill: Script<'_>) -> Result<Box<dyn Session>, Error>;
    /// A database in a file with a manual clock, which outlives the process (and not the machine).
    fn open(&self, file: &Path, now: Timestamp) -> Result<Box<dyn Session>, Error>;
}

/// A database with a unit attached.
pub trait Session: Send + Sync {
    /// The tables in order of declaration.
    fn tables(&self) -> Vec<&'static TableInfo>;
    /// The queries in order.
    fn queries(&self) -> Vec<&'static QueryInfo>;
    /// Runs a transaction; `None` if it was dropped.
    fn transaction(&self, script: Script<'_>) -> Result<Option<TxId>, Error> {
        self.transaction_at(None, script)
    }
    /// Runs a transaction at a moment, if one is given.
    fn transaction_at(&self, now: Option<Timestamp>, script: Script<'_>) -> Result<Option<TxId>, Error>;
    /// Moves the clock.
    fn advance(&self, now: Timestamp) -> Result<TxId, Error>;
    /// The clock.
    fn now(&self) -> Result<Timestamp, Error>;
    /// The rows of a query.
    fn snapshot(&self, query: usize) -> Result<Vec<Values>, Error>;
    /// The row with this key, to which the number of the copy is added for bags. `None` if the values are no key.
    fn get(&self, query: usize, key: Values) -> Option<Result<Option<Values>, Error>>;
    /// Subscribes to a query.
    fn subscribe(&self, query: usize, listener: Listener) -> Result<Subscription, Error>;
    /// Attaches the same unit once more to the same database.
    fn attach_again(&self) -> Result<Box<dyn Session>, Error>;
    /// Attaches the same unit once more, by name.
    fn by_name(&self) -> Result<DynamicDatabase, Error>;
}

/// The tables inside of a transaction.
pub trait Writer {
    /// The transaction's clock.
    fn now(&self) -> Timestamp;
    /// The rows of a table by position.
    fn rows(&self, table: usize) -> Vec<Values>;
    /// Inserts a row.
    fn insert(&mut self, table: usize, row: Values) -> Result<(), Error>;
    /// Inserts or replaces a row by primary key.
    fn upsert(&mut self, table: usize, row: Values) -> Result<(), Error>;
    /// Replaces a row, which its primary key finds, or in a bag deletes one copy and inserts the other.
    fn update(&mut self, table: usize, old: Values, new: Values) -> Result<bool, Error>;
    /// Deletes a row, which its primary key finds, or one copy of it in a bag.
    fn delete(&mut self, table: usize, row: Values) -> Result<bool, Error>;
}

type Run<S, T> = for<'t, 'db> fn(&'t mut Transaction<'db, S>, Values) -> Result<T, Error>;

/// The operations of a table.
pub struct Table<S: Schema> {
    info: &'static TableInfo,
    rows: for<'t, 'db> fn(&'t Transaction<'db, S>) -> Vec<Values>,
    insert: Run<S, ()>,
    upsert: Run<S, ()>,
    update: for<'t, 'db> fn(&'t mut Transaction<'db, S>, Values, Values) -> Result<bool, Error>,
    delete: Run<S, bool>,
}

impl<S: Schema> Table<S> {
    /// The operations of the table with rows of this type.
    pub const fn of<R: Row<Schema = S>>() -> Self {
        Self {
            info: R::INFO,
            rows: |tx| tx.iter::<R>().map(R::to_values).collect(),
            insert: |tx, row| tx.insert(typed::<R>(row)?).map(drop),
            upsert: |tx, row| tx.upsert(typed::<R>(row)?).map(drop),
            update: |tx, old, new| {
                let (old, new) = (typed::<R>(old)?, typed::<R>(new)?);
                if !R::INFO.key.is_empty() {
                    return tx.update::<R>(&old.key(), |row| *row = new);
                }
                let found = tx.delete_equal(&old)?;
                if found {
                    tx.insert(new)?;
                }
                Ok(found)
            },
            delete: |tx, row| {
                let row = typed::<R>(row)?;
                if R::INFO.key.is_empty() { tx.delete_equal(&row) } else { tx.delete::<R>(&row.key()) }
            },
        }
    }
}

fn typed<R: Row>(values: Values) -> Result<R, Error> {
    R::from_values(values).map_err(|(column, why)| {
        Error::Input(format!("column {} of {}: {why}", R::INFO.columns[column].name, R::INFO.name))
    })
}

/// The operations of a query.
pub struct Live<S: Schema, C: Circuit<S>> {
    info: &'static QueryInfo,
    snapshot: fn(&Attached<S, C>) -> Result<Vec<Values>, Error>,
    get: fn(&Attached<S, C>, Values) -> Option<Result<Option<Values>, Error>>,
    subscribe: fn(&Attached<S, C>, Listener) -> Result<Subscription, Error>,
}

impl<S: Schema, C: Circuit<S>> Live<S, C> {
    /// The operations of this query.
    pub const fn of<Q: LiveQuery<Schema = S, Circuit = C>>() -> Self
    where
        Q::Key: KeyParts,
    {
        Self {
            info: Q::INFO,
            snapshot: |attached| {
                Ok(attached.query::<Q>().snapshot()?.iter().map(Q::Row::to_values).collect())
            },
            get: |attached, key| {
                let key = Q::Key::read(&mut key.into_iter())?;
                Some(attached.query::<Q>().get(&key).map(|row| row.map(|row| row.to_values())))
            },
            subscribe: |attached, mut listener| {
                attached.query::<Q>().subscribe(move |event| {
                    listener(match event {
                        Event::Delta(delta) => Event::Delta(Delta::map(delta, Q::Row::to_values)),
                        Event::Failed(failure) => Event::Failed(*failure),
                    });
                })
            },
        }
    }
}

/// A unit as the build script registers it.
pub struct Registered<S: Schema, C: Circuit<S>> {
    /// `schema/unit`.
    pub name: &'static str,
    /// The text of the schema.
    pub schema: &'static str,
    /// The text of the queries.
    pub queries: &'static str,
    /// The tables in order.
    pub tables: &'static [Table<S>],
    /// The queries in order.
    pub live: &'static [Live<S, C>],
}

impl<S: Schema, C: Circuit<S> + Default> Unit for Registered<S, C>
where
    Self: 'static,
{
    fn name(&self) -> &'static str {
        self.name
    }

    fn schema(&self) -> &'static str {
        self.schema
    }

    fn queries(&self) -> &'static str {
        self.queries
    }

    fn in_memory(&self, now: Timestamp, fill: Script<'_>) -> Result<Box<dyn Session>, Error> {
        let database = Database::in_memory_with(Clock::Manual(now));
        run(&database, self.tables, None, fill)?;
        Open { attached: database.attach::<C>()?, database, tables: self.tables, live: self.live }.boxed()
    }

    fn open(&self, file: &Path, now: Timestamp) -> Result<Box<dyn Session>, Error> {
        let options = Options { clock: Clock::Manual(now), durability: Durability::Normal };
        let database = Database::open_with(file, options)?;
        Open { attached: database.attach::<C>()?, database, tables: self.tables, live: self.live }.boxed()
    }
}

struct Open<S: Schema, C: Circuit<S>> {
    database: Database<S>,
    attached: Attached<S, C>,
    tables: &'static [Table<S>],
    live: &'static [Live<S, C>],
}

impl<S: Schema, C: Circuit<S> + Default> Open<S, C> {
    fn boxed(self) -> Result<Box<dyn Session>, Error> {
        Ok(Box::new(self))
    }
}

impl<S: Schema, C: Circuit<S> + Default> Session for Open<S, C> {
    fn tables(&self) -> Vec<&'static TableInfo> {
        self.tables.iter().map(|t| t.info).collect()
    }

    fn queries(&self) -> Vec<&'static QueryInfo> {
        self.live.iter().map(|q| q.info).collect()
    }

    fn transaction_at(&self, now: Option<Timestamp>, script: Script<'_>) -> Result<Option<TxId>, Error> {
        run(&self.database, self.tables, now, script)
    }

    fn advance(&self, now: Timestamp) -> Result<TxId, Error> {
        self.database.advance(now)
    }

    fn now(&self) -> Result<Timestamp, Error> {
        self.database.now()
    }

    fn snapshot(&self, query: usize) -> Result<Vec<Values>, Error> {
        (self.live[query].snapshot)(&self.attached)
    }

    fn get(&self, query: usize, key: Values) -> Option<Result<Option<Values>, Error>> {
        (self.live[query].get)(&self.attached, key)
    }

    fn subscribe(&self, query: usize, listener: Listener) -> Result<Subscription, Error> {
        (self.live[query].subscribe)(&self.attached, listener)
    }

    fn attach_again(&self) -> Result<Box<dyn Session>, Error> {
        let Self { database, tables, live, .. } = self;
        Open { attached: database.attach::<C>()?, database: database.clone(), tables, live }.boxed()
    }

    fn by_name(&self) -> Result<DynamicDatabase, Error> {
        DynamicDatabase::attach::<S, C>(self.database.clone())
    }
}

fn run<S: Schema>(
    database: &Database<S>,
    tables: &'static [Table<S>],
    now: Option<Timestamp>,
    script: Script<'_>,
) -> Result<Option<TxId>, Error> {
    let tx = now.map_or_else(|| database.begin(), |now| database.begin_at(now))?;
    let mut writing = Writing { tx, tables };
    if script(&mut writing)? { writing.tx.commit().map(Some) } else { Ok(None) }
}

struct Writing<'db, S: Schema> {
    tx: Transaction<'db, S>,
    tables: &'static [Table<S>],
}

impl<S: Schema> Writer for Writing<'_, S> {
    fn now(&self) -> Timestamp {
        self.tx.now()
    }

    fn rows(&self, table: usize) -> Vec<Values> {
        (self.tables[table].rows)(&self.tx)
    }

    fn insert(&mut self, table: usize, row: Values) -> Result<(), Error> {
        (self.tables[table].insert)(&mut self.tx, row)
    }

    fn upsert(&mut self, table: usize, row: Values) -> Result<(), Error> {
        (self.tables[table].upsert)(&mut self.tx, row)
    }

    fn update(&mut self, table: usize, old: Values, new: Values) -> Result<bool, Error> {
        (self.tables[table].update)(&mut self.tx, old, new)
    }

    fn delete(&mut self, table: usize, row: Values) -> Result<bool, Error> {
        (self.tables[table].delete)(&mut self.tx, row)
    }
}
