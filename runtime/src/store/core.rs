//! What the writer's lock protects: the tables, the circuits attached to them, and the clock.

use std::any::Any;
use std::collections::BTreeSet;

use cosmictron_types::{Timestamp, Value};

use super::operations::{LogEntry, Write};
use super::pipeline::{Changes, Delivery};
use super::rows::RowId;
use super::schema::{Row, Schema};
use super::transaction::TxId;
use crate::error::{Error, QueryError, Violation};
use crate::subscribe::{DynamicListener, QueryInfo, Subscription};
use crate::zset::{Columns, RowChange};

/// The transaction a delta belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its number.
    pub tx: TxId,
    /// Its clock.
    pub now: Timestamp,
}

/// A compiled unit of queries. Emitted code implements it; the store drives it.
///
/// Within a transaction the store calls [`Circuit::advance`] once and then, for every row it changes,
/// [`Circuit::before`] and [`Circuit::after`]. No method can fail: evaluation errors are data.
pub trait Circuit<S: Schema>: Any + Send {
    /// The unit's queries in order.
    fn queries(&self) -> &'static [&'static QueryInfo];

    /// Computes all results from the tables as they are. [`Circuit::finish`] follows.
    fn load(&mut self, tables: &S::Tables, now: Timestamp);

    /// Moves the clock: rows whose time has come enter or leave.
    fn advance(&mut self, tables: &S::Tables, now: Timestamp);

    /// The next time at which [`Circuit::advance`] would change a result without any write.
    fn next_deadline(&self) -> Option<Timestamp>;

    /// A row is about to be updated or deleted; the tables still hold the old one. Self-joins retract here.
    fn before(&mut self, _tables: &S::Tables, _change: S::Change<'_>) {}

    /// A row has been inserted, updated or deleted; the tables hold the new one.
    fn after(&mut self, tables: &S::Tables, change: S::Change<'_>);

    /// Ends the step: the net changes of all queries, ready to be delivered.
    fn finish(&mut self, tables: &S::Tables, stamp: Stamp, deliveries: &mut Vec<Delivery>);

    /// The rows of a query by position, in order, as dynamic values.
    fn rows(&self, tables: &S::Tables, query: usize) -> Result<Vec<Vec<Value>>, QueryError>;

    /// Subscribes to a query by position with dynamic values; the snapshot is delivered first. `None` if there is no such query.
    fn subscribe(
        &mut self,
        tables: &S::Tables,
        query: usize,
        stamp: Stamp,
        listener: DynamicListener,
        deliveries: &mut Vec<Delivery>,
    ) -> Option<Subscription>;

    /// How many row changes have entered a query's operators since it was attached.
    fn work(&self, query: usize) -> u64;
}

/// The state behind the writer's lock.
pub(crate) struct Core<S: Schema> {
    pub(crate) tables: S::Tables,
    pub(crate) circuits: Vec<Box<dyn Circuit<S>>>,
    pub(crate) now: Timestamp,
    /// The last transaction that was given a number.
    pub(crate) last_tx: TxId,
    /// The writes of the open transaction.
    pub(crate) log: Vec<LogEntry>,
    /// How many writes of each table have been looked at, kept for its memory.
    ages: Vec<usize>,
    /// Why no further work is accepted, if so.
    poisoned: Option<String>,
    /// Tables or circuits are being changed; still set only if that panicked.
    stepping: bool,
}

impl<S: Schema> Core<S> {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            tables: S::Tables::default(),
            circuits: Vec::new(),
            now,
            last_tx: TxId(0),
            log: Vec::new(),
            ages: Vec::new(),
            poisoned: None,
            stepping: false,
        }
    }

    pub(crate) fn check_usable(&self) -> Result<(), Error> {
        match &self.poisoned {
            Some(reason) => Err(Error::Poisoned(reason.clone())),
            None => Ok(()),
        }
    }

    /// Whether moving the clock to `now` changes a result.
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        self.next_deadline().is_some_and(|deadline| deadline <= now)
    }

    /// Moves the clock forward; it never goes back.
    pub(crate) fn advance(&mut self, now: Timestamp) {
        if now <= self.now {
            return;
        }
        self.now = now;
        self.step(|core| core.circuits.iter_mut().for_each(|c| c.advance(&core.tables, now)));
    }

    /// Changes tables or circuits. If that panics, the database is in the middle of a step and refuses further work.
    pub(crate) fn step<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        self.stepping = true;
        let result = change(self);
        self.stepping = false;
        result
    }

    /// Called by whoever lets go of the writer's lock.
    pub(crate) fn poison_if_stepping(&mut self) {
        if self.stepping {
            self.poison("a circuit failed in the middle of a step: open the database again");
        }
    }

    pub(crate) fn is_stepping(&self) -> bool {
        self.stepping
    }

    pub(crate) fn poison(&mut self, reason: &str) {
        self.poisoned.get_or_insert_with(|| reason.to_owned());
    }

    /// Notes a write that has just been applied and remembered, and tells the circuits.
    pub(crate) fn applied<R: Row<Schema = S>>(&mut self, id: RowId, columns: Columns) {
        self.log.push(LogEntry { table: R::TABLE as u32, id });
        let table = R::table(&self.tables);
        let old = table.history().newest();
        let change = R::change(RowChange { id, old, new: table.rows().get(id), columns });
        self.circuits.iter_mut().for_each(|c| c.after(&self.tables, change));
    }

    /// Checks every foreign key that a write of the open transaction may have broken.
    pub(crate) fn check_references(&mut self) -> Result<(), Violation> {
        self.ages.clear();
        self.ages.resize(S::TABLES.len(), 0);
        for LogEntry { table, id } in self.log.iter().rev() {
            let age = &mut self.ages[*table as usize];
            (S::TABLES[*table as usize].check_references)(&self.tables, *id, *age)?;
            *age += 1;
        }
        Ok(())
    }

    /// What durability has to write down for these log entries: each row once, as it is now.
    pub(crate) fn changes(&self, log: &[LogEntry]) -> Changes {
        let rows: BTreeSet<(u32, RowId)> = log.iter().map(|e| (e.table, e.id)).collect();
        let tables: BTreeSet<u32> = log.iter().map(|e| e.table).collect();
        let values = |table: usize, id| (S::TABLES[table].values)(&self.tables, id);
        Changes {
            rows: rows
                .into_iter()
                .map(|(t, id)| Write { table: t as usize, id, row: values(t as usize, id) })
                .collect(),
            sequences: tables
                .into_iter()
                .flat_map(|t| {
                    let sequences = (S::TABLES[t as usize].sequences)(&self.tables);
                    sequences.into_iter().map(move |(column, next)| (t as usize, column, next))
                })
                .collect(),
        }
    }

    /// Forgets how to undo writes that stand: the oldest ones of their tables.
    pub(crate) fn forget(&mut self, log: &[LogEntry]) {
        for entry in log {
            (S::TABLES[entry.table as usize].forget)(&mut self.tables);
        }
    }

    /// Ends a transaction that nothing can undo any more; its list serves the next one.
    pub(crate) fn forget_all(&mut self, mut log: Vec<LogEntry>) {
        self.forget(&log);
        log.clear();
        self.log = log;
    }

    pub(crate) fn next_deadline(&self) -> Option<Timestamp> {
        self.circuits.iter().filter_map(|c| c.next_deadline()).min()
    }

    /// The stamp of everything that has happened so far.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp { tx: self.last_tx, now: self.now }
    }

    /// Ends the step under a new transaction number.
    pub(crate) fn finish(&mut self) -> (Stamp, Vec<Delivery>) {
        let mut deliveries = Vec::with_capacity(self.circuits.iter().map(|c| c.queries().len()).sum());
        let stamp = self.finish_into(&mut deliveries);
        (stamp, deliveries)
    }

    /// The same, with a list that is there.
    pub(crate) fn finish_into(&mut self, deliveries: &mut Vec<Delivery>) -> Stamp {
        self.last_tx = TxId(self.last_tx.0 + 1);
        let stamp = self.stamp();
        self.step(|core| core.circuits.iter_mut().for_each(|c| c.finish(&core.tables, stamp, deliveries)));
        stamp
    }

    /// Undoes writes, the last first.
    pub(crate) fn undo(&mut self, log: &[LogEntry]) {
        self.step(|core| {
            for entry in log.iter().rev() {
                (S::TABLES[entry.table as usize].undo)(core, entry.id);
            }
        });
    }
}
