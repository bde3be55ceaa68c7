//! Transactions: typed reads and writes with constraints, applied at once and undone on error or drop.

use std::fmt;
use std::ops::Deref;

use cosmictron_types::Timestamp;

use super::database::{CoreGuard, Inner, thread_token};
use super::foreign_key::Cascade;
use super::pipeline::{Pending, Ticket, Turn};
use super::rows::RowId;
use super::schema::{Insertable, Row, Schema};
use crate::error::{Error, Violation};
use crate::zset::{Columns, RowChange};

/// The number of a transaction: 1 for the first of a database, and one more for each that changed something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TxId(pub u64);

impl fmt::Display for TxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a committed transaction returned, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed<T> {
    /// The number of the transaction; that of the last one before it if it changed nothing.
    pub tx: TxId,
    /// What the closure returned.
    pub value: T,
}

impl<T> Deref for Committed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// An open transaction. It has the database to itself, reads its own writes, and is rolled back when dropped.
pub struct Transaction<'db, S: Schema> {
    inner: &'db Inner<S>,
    core: CoreGuard<'db, S>,
    /// Neither committed nor rolled back yet.
    open: bool,
    /// The clock has moved in the transaction's step, and that changes a result.
    clock_moved: bool,
    /// Dropped last, when the writer's lock is free.
    moved: Moved<'db, S>,
}

/// Delivers what the passing of time has changed if the transaction that came with it is rolled back.
struct Moved<'db, S: Schema> {
    inner: &'db Inner<S>,
    ticket: Option<Ticket>,
}

impl<S: Schema> Drop for Moved<'_, S> {
    fn drop(&mut self) {
        // In memory nothing can fail that is delivered.
        let _ = self.inner.settle(self.ticket.take());
    }
}

impl<'db, S: Schema> Transaction<'db, S> {
    /// A transaction whose step has begun with a move of the clock, if that changes a result.
    pub(crate) fn new(inner: &'db Inner<S>, core: CoreGuard<'db, S>, clock_moved: bool) -> Self {
        Self { inner, core, open: true, clock_moved, moved: Moved { inner, ticket: None } }
    }

    /// The transaction's clock: what `NOW()` is for everything in it.
    pub fn now(&self) -> Timestamp {
        self.core.now
    }

    /// All tables, as this transaction sees them.
    pub fn tables(&self) -> &S::Tables {
        &self.core.tables
    }

    /// The row with this primary key.
    pub fn get<R: Row<Schema = S>>(&self, key: &R::Key) -> Option<&R> {
        R::table(&self.core.tables).find(key).map(|(_, row)| row)
    }

    /// All rows of a table, in no particular order.
    pub fn iter<R: Row<Schema = S>>(&self) -> impl Iterator<Item = &R> {
        R::table(&self.core.tables).rows().iter().map(|(_, row)| row)
    }

    /// Inserts a row (or an emitted `New…` struct, whose missing columns take their defaults) and returns its key.
    ///
    /// # Errors
    /// A violated UNIQUE, CHECK or length; the transaction goes on as if the insert had not been tried.
    pub fn insert<I: Insertable>(&mut self, row: I) -> Result<<I::Row as Row>::Key, Error>
    where
        I::Row: Row<Schema = S>,
    {
        let now = self.now();
        let mut row = row.into_row(now, &mut |column| self.next_identity::<I::Row>(column))?;
        row.check()?;
        let key = row.key();
        self.insert_checked(row)?;
        Ok(key)
    }

    /// Inserts a row whose values have been checked.
    fn insert_checked<R: Row<Schema = S>>(&mut self, row: R) -> Result<(), Violation> {
        let table = R::table_mut(&mut self.core.tables);
        if let Some(violation) = table.conflict(&row, None) {
            return Err(violation);
        }
        table.observe_identities(&row);
        let id = table.insert(row)?;
        table.history_mut().remember(None);
        self.core.step(|core| core.applied::<R>(id, Columns::ALL));
        Ok(())
    }

    /// Changes the row with this primary key in place; false if there is none.
    ///
    /// # Errors
    /// A violated constraint; the row stays as it was and the transaction goes on.
    pub fn update<R: Row<Schema = S>>(
        &mut self,
        key: &R::Key,
        change: impl FnOnce(&mut R),
    ) -> Result<bool, Error> {
        match R::table(&self.core.tables).find(key).map(|(id, _)| id) {
            Some(id) => self.update_row(id, change),
            None => Ok(false),
        }
    }

    /// Inserts a row, or replaces the one with the same primary key; true if it was new.
    ///
    /// # Errors
    /// As for [`Transaction::insert`].
    pub fn upsert<R: Row<Schema = S>>(&mut self, mut row: R) -> Result<bool, Error> {
        // The key is looked up in the form in which it would be stored.
        row.check()?;
        match R::table(&self.core.tables).find(&row.key()).map(|(id, _)| id) {
            Some(id) => self.replace_checked(id, row).map(|()| false).map_err(Error::from),
            None => self.insert_checked(row).map(|()| true).map_err(Error::from),
        }
    }

    /// Deletes the row with this primary key, and what references it with ON DELETE CASCADE; false if there is none.
    ///
    /// # Errors
    /// A reference with ON DELETE RESTRICT; nothing is deleted and the transaction goes on.
    pub fn delete<R: Row<Schema = S>>(&mut self, key: &R::Key) -> Result<bool, Error> {
        match R::table(&self.core.tables).find(key).map(|(id, _)| id) {
            Some(id) => self.delete_row::<R>(id),
            None => Ok(false),
        }
    }

    /// Deletes one row equal to this one, for tables without a primary key; false if there is none. Of equal rows that do not look
    /// the same (1.0 and 1.00) it is one that looks like this one, if there is one. Scans the table.
    ///
    /// # Errors
    /// As for [`Transaction::delete`].
    pub fn delete_equal<R: Row<Schema = S>>(&mut self, row: &R) -> Result<bool, Error> {
        match R::table(&self.core.tables).find_equal(row) {
            Some(id) => self.delete_row::<R>(id),
            None => Ok(false),
        }
    }

    pub(crate) fn next_identity<R: Row<Schema = S>>(&mut self, column: usize) -> Result<i64, Violation> {
        R::table_mut(&mut self.core.tables).next_identity(column)
    }

    pub(crate) fn update_row<R: Row<Schema = S>>(
        &mut self,
        id: RowId,
        change: impl FnOnce(&mut R),
    ) -> Result<bool, Error> {
        let Some(old) = R::table(&self.core.tables).rows().get(id) else { return Ok(false) };
        let mut new = old.clone();
        change(&mut new);
        new.check()?;
        self.replace_checked(id, new)?;
        Ok(true)
    }

    /// Puts a row whose values have been checked in the place of another.
    fn replace_checked<R: Row<Schema = S>>(&mut self, id: RowId, new: R) -> Result<(), Violation> {
        let core = &mut *self.core;
        let table = R::table(&core.tables);
        let Some(old) = table.rows().get(id) else { return Ok(()) };
        let columns = old.differing(&new);
        if columns == Columns::NONE {
            return Ok(());
        }
        if table.may_conflict(old, &new)
            && let Some(violation) = table.conflict(&new, Some(id))
        {
            return Err(violation);
        }
        core.step(|core| {
            if let Some(old) = R::table(&core.tables).rows().get(id) {
                let change = R::change(RowChange { id, old: Some(old), new: Some(&new), columns });
                core.circuits.iter_mut().for_each(|c| c.before(&core.tables, change));
            }
            let table = R::table_mut(&mut core.tables);
            table.observe_identities(&new);
            let old = table.replace(id, new);
            table.history_mut().remember(old);
            core.applied::<R>(id, columns);
        });
        Ok(())
    }

    pub(crate) fn delete_row<R: Row<Schema = S>>(&mut self, id: RowId) -> Result<bool, Error> {
        if R::table(&self.core.tables).rows().get(id).is_none() {
            return Ok(false);
        }
        let savepoint = self.core.log.len();
        let mut cascade = Cascade(Vec::new());
        let mut result = self.delete_one::<R>(id, &mut cascade);
        while let (Ok(()), Some((id, delete))) = (&result, cascade.0.pop()) {
            result = delete(self, id, &mut cascade);
        }
        if result.is_err() {
            let undone = self.core.log.split_off(savepoint);
            self.core.undo(&undone);
        }
        result.map(|()| true)
    }

    pub(crate) fn delete_one<R: Row<Schema = S>>(
        &mut self,
        id: RowId,
        cascade: &mut Cascade<S>,
    ) -> Result<(), Error> {
        let core = &mut *self.core;
        let Some(old) = R::table(&core.tables).rows().get(id) else { return Ok(()) };
        let parent = if R::INCOMING.is_empty() { None } else { Some(old.clone()) };
        core.step(|core| {
            if let Some(old) = R::table(&core.tables).rows().get(id) {
                let change = R::change(RowChange { id, old: Some(old), new: None, columns: Columns::ALL });
                core.circuits.iter_mut().for_each(|c| c.before(&core.tables, change));
            }
            let table = R::table_mut(&mut core.tables);
            let old = table.remove(id);
            table.history_mut().remember(old);
            core.applied::<R>(id, Columns::ALL);
        });
        match parent {
            Some(parent) => R::INCOMING.iter().try_for_each(|key| (key.on_delete)(self, &parent, cascade)),
            None => Ok(()),
        }
    }

    /// Whether it could be committed as far as references are concerned.
    pub(crate) fn references_hold(&mut self) -> bool {
        self.core.check_references().is_ok()
    }

    /// Ends the transaction: checks references, makes it durable, and delivers the deltas of all queries.
    ///
    /// # Errors
    /// A violated foreign key or a failed write to the file: the transaction has been rolled back.
    /// [`Error::Poisoned`] when the outcome is unknown.
    pub fn commit(mut self) -> Result<TxId, Error> {
        self.core.check_references()?;
        self.open = false;
        if !self.core.log.is_empty()
            && let Some(turn) = self.inner.turn()
        {
            return Ok(self.commit_in(turn));
        }
        let core = &mut *self.core;
        let ticket = if core.log.is_empty() && self.clock_moved {
            self.inner.enqueue_move(core)
        } else if core.log.is_empty() {
            self.inner.unsettled(core)
        } else {
            let log = std::mem::take(&mut core.log);
            let (stamp, deliveries) = core.finish();
            let pending = if self.inner.is_durable() {
                let changes = core.changes(&log);
                Pending::transaction(stamp, log, changes, deliveries)
            } else {
                core.forget_all(log);
                Pending::delivery(stamp, deliveries)
            };
            self.inner.enqueue(core, pending)
        };
        let (inner, tx) = (self.inner, core.last_tx);
        drop(self);
        inner.settle(ticket)?;
        Ok(tx)
    }

    /// The end of a transaction in memory that can be delivered at once.
    fn commit_in(mut self, mut turn: Turn<'db>) -> TxId {
        let mut deliveries = turn.deliveries();
        let core = &mut *self.core;
        let tx = core.finish_into(&mut deliveries).tx;
        let log = std::mem::take(&mut core.log);
        core.forget_all(log);
        self.inner.wake_ticker(core);
        let taken = turn.taken();
        drop(self);
        taken.deliver(deliveries, thread_token());
        tx
    }

    /// Undoes everything the transaction wrote. Dropping it does the same.
    pub fn rollback(self) {
        drop(self);
    }
}

impl<S: Schema> Drop for Transaction<'_, S> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        // In the middle of a step nothing can be undone; letting go of the writer's lock then poisons the database.
        if !self.core.is_stepping() {
            let log = std::mem::take(&mut self.core.log);
            self.core.undo(&log);
            if self.clock_moved {
                self.moved.ticket = self.inner.enqueue_move(&mut self.core);
            }
        }
    }
}
