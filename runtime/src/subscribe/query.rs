//! Handles through which an application reads and subscribes to attached queries.

use std::any::Any;
use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;
use std::sync::{Arc, mpsc};

use cosmictron_types::SqlType;

use super::Subscription;
use super::delta::{Event, ResultRow};
use super::output::Output;
use crate::error::{Error, QueryError};
use crate::store::{Circuit, Database, Delivery, Pending, Schema, Stamp};

/// What is known of a query at compile time.
#[derive(Debug)]
pub struct QueryInfo {
    /// Its name.
    pub name: &'static str,
    /// Its SQL text.
    pub sql: &'static str,
    /// The columns of its result.
    pub columns: &'static [ResultColumn],
    /// What identifies a row of the result: names of result columns, or of columns it does not show. Empty for a single row;
    /// all columns for a bag.
    pub key: &'static [&'static str],
    /// Whether the result always has exactly one row.
    pub single_row: bool,
    /// Whether the query has an `ORDER BY`.
    pub ordered: bool,
}

/// A column of a result.
#[derive(Debug)]
pub struct ResultColumn {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: SqlType,
    /// Whether it can be NULL.
    pub nullable: bool,
}

/// A compiled query: how to find its parts in its circuit. Emitted code implements it on a marker type.
pub trait LiveQuery: 'static {
    /// The schema it reads.
    type Schema: Schema;
    /// The unit it belongs to.
    type Circuit: Circuit<Self::Schema>;
    /// A row of its result.
    type Row: ResultRow;
    /// What identifies a row.
    type Key: Clone + Debug + Ord + Hash + Send + 'static;

    /// Its description.
    const INFO: &'static QueryInfo;

    /// Its output.
    fn output(circuit: &mut Self::Circuit) -> &mut Output<Self::Key, Self::Row>;
    /// Its rows, in order.
    fn rows(
        circuit: &Self::Circuit,
        tables: &<Self::Schema as Schema>::Tables,
    ) -> Result<Vec<Self::Row>, QueryError>;
    /// The row with this key.
    fn get(
        circuit: &Self::Circuit,
        tables: &<Self::Schema as Schema>::Tables,
        key: &Self::Key,
    ) -> Result<Option<Self::Row>, QueryError>;
}

/// A unit of queries attached to a database.
pub struct Attached<S: Schema, C> {
    database: Database<S>,
    at: usize,
    circuit: PhantomData<fn() -> C>,
}

impl<S: Schema, C> Clone for Attached<S, C> {
    fn clone(&self) -> Self {
        Self { database: self.database.clone(), at: self.at, circuit: PhantomData }
    }
}

impl<S: Schema, C: Circuit<S>> Attached<S, C> {
    pub(crate) fn new(database: Database<S>, at: usize) -> Self {
        Self { database, at, circuit: PhantomData }
    }

    /// The database it is attached to.
    pub fn database(&self) -> &Database<S> {
        &self.database
    }

    /// One of its queries.
    pub fn query<Q: LiveQuery<Schema = S, Circuit = C>>(&self) -> Query<Q> {
        Query { attached: self.clone() }
    }

    /// The unit's position among those attached.
    pub(crate) fn position(&self) -> usize {
        self.at
    }
}

/// One query of an attached unit.
pub struct Query<Q: LiveQuery> {
    attached: Attached<Q::Schema, Q::Circuit>,
}

impl<Q: LiveQuery> Clone for Query<Q> {
    fn clone(&self) -> Self {
        Self { attached: self.attached.clone() }
    }
}

impl<Q: LiveQuery> Query<Q> {
    /// All rows of the result: in the query's order, otherwise in key order.
    ///
    /// Costs the size of the result.
    ///
    /// # Errors
    /// [`Error::Query`] while the query is in its error state; [`Error::Nested`], [`Error::Poisoned`].
    pub fn snapshot(&self) -> Result<Vec<Q::Row>, Error> {
        Ok(self.read(|circuit, tables| Q::rows(circuit, tables))??)
    }

    /// The row of the result with this key. Costs a lookup.
    ///
    /// # Errors
    /// As for [`Query::snapshot`].
    pub fn get(&self, key: &Q::Key) -> Result<Option<Q::Row>, Error> {
        Ok(self.read(|circuit, tables| Q::get(circuit, tables, key))??)
    }

    /// How many row changes have entered the query's operators since it was attached. A write that changes no column
    /// the query reads does not count.
    ///
    /// # Errors
    /// [`Error::Nested`], [`Error::Poisoned`].
    pub fn work(&self) -> Result<u64, Error> {
        let name = Q::INFO.name;
        self.read(|circuit, _| {
            let position = circuit.queries().iter().position(|q| q.name == name);
            position.map_or(0, |query| circuit.work(query))
        })
    }

    /// Calls `listener` with the snapshot, before this returns, and then with the delta of every transaction that changes
    /// the result, in order, on the thread that commits. The listener must not call the database: see [`Query::channel`].
    /// One that panics is not called again; neither the writer nor other listeners are affected.
    ///
    /// # Errors
    /// [`Error::Nested`], [`Error::Poisoned`], [`Error::Storage`].
    pub fn subscribe(
        &self,
        mut listener: impl FnMut(&Event<Q::Row>) + Send + 'static,
    ) -> Result<Subscription, Error> {
        self.subscribe_shared(move |event| listener(event))
    }

    /// A channel that receives the snapshot and then the delta of every transaction that changes the result. It
    /// is unbounded: a receiver that does not keep up costs memory, never time of a writer. Drop the channel to end it.
    ///
    /// # Errors
    /// As for [`Query::subscribe`].
    pub fn channel(&self) -> Result<Channel<Q::Row>, Error> {
        let (sender, events) = mpsc::channel();
        let subscription = self.subscribe_shared(move |event| {
            // An error means that the receiver is gone and the subscription is about to end.
            let _ = sender.send(event.clone());
        })?;
        Ok(Channel { events, _subscription: subscription })
    }

    fn subscribe_shared(
        &self,
        listener: impl FnMut(&Arc<Event<Q::Row>>) + Send + 'static,
    ) -> Result<Subscription, Error> {
        let inner = self.attached.database.inner();
        let at = self.attached.at;
        inner.subscribe(at, |circuit, tables, stamp, deliveries| {
            let circuit: &mut dyn Any = circuit;
            let circuit = circuit.downcast_mut::<Q::Circuit>()?;
            let rows = Q::rows(circuit, tables).unwrap_or_default();
            Some(Q::output(circuit).subscribe(stamp, || rows, listener, deliveries))
        })
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&Q::Circuit, &<Q::Schema as Schema>::Tables) -> T,
    ) -> Result<T, Error> {
        let at = self.attached.at;
        let read = self.attached.database.inner().read(|core| {
            let circuit: &dyn Any = &**core.circuits.get(at)?;
            Some(read(circuit.downcast_ref()?, &core.tables))
        })?;
        read.ok_or_else(|| Error::Poisoned("the circuit of this query is not attached".to_owned()))
    }
}

/// The receiving end of a subscription by channel.
pub struct Channel<R> {
    events: mpsc::Receiver<Arc<Event<R>>>,
    _subscription: Subscription,
}

impl<R> Channel<R> {
    /// The events, the snapshot first: to look for one without waiting, or to wait for some time only.
    ///
    /// It is lent and not a field, since whoever moved it out, as a closure does with a field that it uses, would end the
    /// subscription by leaving the rest behind.
    pub fn events(&self) -> &mpsc::Receiver<Arc<Event<R>>> {
        &self.events
    }
}

impl<R> Iterator for Channel<R> {
    type Item = Arc<Event<R>>;

    /// Waits for the next event; `None` when the database is closed.
    fn next(&mut self) -> Option<Self::Item> {
        self.events.recv().ok()
    }
}

impl<S: Schema> crate::store::Inner<S> {
    /// Runs `subscribe` on an attached circuit and delivers the snapshot in its place among the transactions.
    pub(crate) fn subscribe(
        &self,
        at: usize,
        subscribe: impl FnOnce(&mut dyn Circuit<S>, &S::Tables, Stamp, &mut Vec<Delivery>) -> Option<Subscription>,
    ) -> Result<Subscription, Error> {
        let mut core = self.lock_now()?;
        let stamp = core.stamp();
        let mut deliveries = Vec::new();
        let core_mut = &mut *core;
        let subscription = core_mut
            .circuits
            .get_mut(at)
            .and_then(|circuit| subscribe(&mut **circuit, &core_mut.tables, stamp, &mut deliveries))
            .ok_or_else(|| Error::Poisoned("the circuit of this query is not attached".to_owned()))?;
        let ticket = self.enqueue(&core, Pending::delivery(stamp, deliveries));
        drop(core);
        self.settle(ticket)?;
        Ok(subscription)
    }
}
