//! What a subscriber receives.

use std::fmt::Debug;
use std::hash::Hash;

use cosmictron_types::{Identical, Timestamp, Value};

use super::query::ResultColumn;
use crate::error::QueryError;
use crate::store::{Stamp, TxId};

/// A row of a query's result. Emitted code implements it.
pub trait ResultRow: Clone + Debug + Eq + Hash + Identical + Send + Sync + 'static {
    /// The columns in order.
    const COLUMNS: &'static [ResultColumn];
    /// The columns as dynamic values.
    fn to_values(&self) -> Vec<Value>;
}

/// The exact change of one query's result by one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta<R> {
    /// The transaction.
    pub tx: TxId,
    /// Its clock.
    pub now: Timestamp,
    /// Whether this is the snapshot that a subscription begins with: all rows, as inserts.
    pub initial: bool,
    /// Rows that were not in the result before.
    pub inserts: Vec<R>,
    /// Rows whose key was in the result before with other values. A result of a single row without a key has none: it
    /// changes by a delete and an insert.
    pub updates: Vec<Update<R>>,
    /// Rows that are no longer in the result.
    pub deletes: Vec<R>,
}

impl<R> Delta<R> {
    /// No change by this transaction.
    pub(super) fn empty(stamp: Stamp) -> Self {
        let Stamp { tx, now } = stamp;
        Self { tx, now, initial: false, inserts: Vec::new(), updates: Vec::new(), deletes: Vec::new() }
    }

    /// Makes it that of another transaction, with the memory it has.
    pub(super) fn clear(&mut self, stamp: Stamp) {
        (self.tx, self.now, self.initial) = (stamp.tx, stamp.now, false);
        self.inserts.clear();
        self.updates.clear();
        self.deletes.clear();
    }

    /// Whether nothing changed. Only a snapshot can be empty, and the delta that says that a query has recovered.
    pub fn is_empty(&self) -> bool {
        self.inserts.is_empty() && self.updates.is_empty() && self.deletes.is_empty()
    }

    /// The same delta with every row converted.
    pub fn map<T>(&self, mut f: impl FnMut(&R) -> T) -> Delta<T> {
        Delta {
            tx: self.tx,
            now: self.now,
            initial: self.initial,
            inserts: self.inserts.iter().map(&mut f).collect(),
            updates: self.updates.iter().map(|u| Update { old: f(&u.old), new: f(&u.new) }).collect(),
            deletes: self.deletes.iter().map(&mut f).collect(),
        }
    }
}

/// A row of a result before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update<R> {
    /// Before.
    pub old: R,
    /// After; the key is the same.
    pub new: R,
}

/// What happened to a query in a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<R> {
    /// Its result changed.
    Delta(Delta<R>),
    /// It went into its error state. The next delta, when it has recovered, covers all that happened meanwhile.
    Failed(Failure),
}

/// A query went into its error state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The transaction.
    pub tx: TxId,
    /// Its clock.
    pub now: Timestamp,
    /// Which query and what fails.
    pub error: QueryError,
}

impl<R> Event<R> {
    /// The delta, unless the query failed.
    pub fn delta(&self) -> Option<&Delta<R>> {
        match self {
            Event::Delta(delta) => Some(delta),
            Event::Failed(_) => None,
        }
    }
}

/// An event with rows as dynamic values.
pub type DynamicEvent = Event<Vec<Value>>;

/// Receives events with rows as dynamic values.
pub type DynamicListener = Box<dyn FnMut(&DynamicEvent) + Send>;
