//! The database: one writer's lock, a pipeline of commits behind it, and circuits attached to it.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cosmictron_types::Timestamp;

use super::core::{Circuit, Core};
use super::pipeline::{Pending, Pipeline, Storage, Ticket, Turn};
use super::schema::Schema;
use super::ticker::Ticker;
use super::transaction::{Committed, Transaction, TxId};
use crate::clock::{Clock, system_now};
use crate::error::Error;
use crate::subscribe::Attached;

/// How sure a commit is when it is acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// It is on the disk: survives the process and the machine (SQLite `synchronous=FULL`).
    #[default]
    Full,
    /// It is with the operating system: survives the process; the last moments before a power failure may be lost, never
    /// half of a transaction (SQLite `synchronous=NORMAL`).
    Normal,
}

/// How to open a database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How sure a commit is. Means nothing in memory.
    pub durability: Durability,
    /// Where the time comes from.
    pub clock: Clock,
}

/// A database of one schema: the tables, in memory and optionally in a file, and the circuits attached to them.
///
/// It is a handle: clones are the same database, and it closes when the last one is dropped. Any number of threads may use it;
/// transactions run one after the other.
pub struct Database<S: Schema> {
    inner: Arc<Inner<S>>,
    _open: Arc<Open<S>>,
}

/// Shared by the handles alone: when the last one is dropped, the clock's thread ends and the file is closed.
struct Open<S: Schema> {
    inner: Arc<Inner<S>>,
}

impl<S: Schema> Drop for Open<S> {
    fn drop(&mut self) {
        self.inner.ticker.stop();
    }
}

impl<S: Schema> Clone for Database<S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), _open: self._open.clone() }
    }
}

impl<S: Schema> Database<S> {
    /// An empty database that lives as long as the process.
    pub fn in_memory() -> Self {
        Self::in_memory_with(Clock::System)
    }

    /// An empty database in memory with the given clock.
    pub fn in_memory_with(clock: Clock) -> Self {
        Self::build(Core::new(clock.start()), None, clock)
    }

    /// Opens the database in a file, which is created if it does not exist.
    ///
    /// # Errors
    /// [`Error::Open`] when it is open already, in another process or in this one, when the file is not a database of this schema, or when it cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::open_with(path, Options::default())
    }

    /// Opens the database in a file with the given options.
    ///
    /// # Errors
    /// As for [`Database::open`].
    pub fn open_with(path: impl AsRef<Path>, options: Options) -> Result<Self, Error> {
        let mut core = Core::new(options.clock.start());
        let file = super::sqlite::SqliteFile::open(path.as_ref(), options.durability, &mut core)?;
        Ok(Self::build(core, Some(Box::new(file)), options.clock))
    }

    pub(super) fn build(core: Core<S>, storage: Option<Box<dyn Storage>>, clock: Clock) -> Self {
        let inner = Arc::new(Inner {
            core: Mutex::new(core),
            holder: AtomicU64::new(0),
            pipeline: Pipeline::new(storage),
            clock,
            ticker: Ticker::default(),
        });
        Self { _open: Arc::new(Open { inner: inner.clone() }), inner }
    }

    /// Runs a transaction: committed if the closure returns `Ok`, rolled back if it returns `Err` or panics.
    ///
    /// # Errors
    /// What the closure returns, or why the commit failed.
    pub fn transaction<T, E: From<Error>>(
        &self,
        run: impl FnOnce(&mut Transaction<'_, S>) -> Result<T, E>,
    ) -> Result<Committed<T>, E> {
        run_in(self.begin()?, run)
    }

    /// Moves a manual clock forward and runs a transaction at that moment, as [`Database::transaction`] does. An earlier time moves
    /// nothing.
    ///
    /// In memory, what the passing of time changes and what the transaction writes are one delta. In a file they are two
    /// transactions: time that has passed stays so, also if the transaction cannot be written.
    ///
    /// # Errors
    /// [`Error::Input`] with the system clock and for an infinite time; otherwise as for [`Database::transaction`].
    ///
    /// ```
    /// # use cosmictron::store::Schema;
    /// # use cosmictron::{Database, Error, Timestamp};
    /// # fn example<S: Schema>(database: &Database<S>, noon: Timestamp) -> Result<(), Error> {
    /// database.transaction_at(noon, |tx| {
    ///     assert_eq!(tx.now(), noon);
    ///     Ok::<_, Error>(())
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn transaction_at<T, E: From<Error>>(
        &self,
        now: Timestamp,
        run: impl FnOnce(&mut Transaction<'_, S>) -> Result<T, E>,
    ) -> Result<Committed<T>, E> {
        run_in(self.begin_at(now)?, run)
    }

    /// Begins a transaction, waiting for the one that is open. It is rolled back if dropped without
    /// [`Transaction::commit`].
    ///
    /// # Errors
    /// [`Error::Nested`] inside another transaction or a subscription callback of this thread, [`Error::Poisoned`].
    pub fn begin(&self) -> Result<Transaction<'_, S>, Error> {
        match self.inner.clock {
            Clock::System => self.inner.begin_at(system_now()),
            Clock::Manual(_) => Ok(Transaction::new(&self.inner, self.inner.lock()?, false)),
        }
    }

    /// Moves a manual clock forward and begins a transaction at that moment: see [`Database::transaction_at`].
    ///
    /// # Errors
    /// [`Error::Input`] with the system clock and for an infinite time; otherwise as for [`Database::begin`].
    pub fn begin_at(&self, now: Timestamp) -> Result<Transaction<'_, S>, Error> {
        self.check_move(now)?;
        self.inner.begin_at(now)
    }

    /// Attaches compiled queries: their results are computed from the tables and kept up to date from then on.
    ///
    /// # Errors
    /// As for [`Database::begin`].
    pub fn attach<C: Circuit<S> + Default>(&self) -> Result<Attached<S, C>, Error> {
        let mut core = self.inner.lock_now()?;
        let mut circuit = Box::new(C::default());
        core.step(|core| {
            circuit.load(&core.tables, core.now);
            // Nobody has subscribed yet, but a query may fail from the start.
            circuit.finish(&core.tables, core.stamp(), &mut Vec::new());
        });
        core.circuits.push(circuit);
        let at = core.circuits.len() - 1;
        drop(core);
        if self.inner.clock == Clock::System {
            Ticker::start(&self.inner);
        }
        Ok(Attached::new(self.clone(), at))
    }

    /// Moves a manual clock forward, as a transaction of its own if that changes any result. An earlier time changes nothing.
    /// In a file, the clock is that of the last write.
    ///
    /// # Errors
    /// [`Error::Input`] with the system clock and for an infinite time; otherwise as for [`Database::begin`].
    pub fn advance(&self, now: Timestamp) -> Result<TxId, Error> {
        self.check_move(now)?;
        let core = self.inner.lock_at(now)?;
        let (tx, ticket) = (core.last_tx, self.inner.unsettled(&core));
        drop(core);
        self.inner.settle(ticket)?;
        Ok(tx)
    }

    /// Whether the clock may be moved to `now` by hand.
    fn check_move(&self, now: Timestamp) -> Result<(), Error> {
        let why = match self.inner.clock {
            Clock::System => "the clock of this database is the system's: it moves by itself",
            Clock::Manual(_) if !now.is_finite() => "the clock cannot be moved to an infinite time",
            Clock::Manual(_) => return Ok(()),
        };
        Err(Error::Input(why.to_owned()))
    }

    /// The time as the last transaction saw it.
    ///
    /// # Errors
    /// As for [`Database::begin`].
    pub fn now(&self) -> Result<Timestamp, Error> {
        Ok(self.inner.lock()?.now)
    }

    pub(crate) fn inner(&self) -> &Inner<S> {
        &self.inner
    }

    #[cfg(test)]
    pub(super) fn shared(&self) -> &Arc<Inner<S>> {
        &self.inner
    }
}

fn run_in<S: Schema, T, E: From<Error>>(
    mut transaction: Transaction<'_, S>,
    run: impl FnOnce(&mut Transaction<'_, S>) -> Result<T, E>,
) -> Result<Committed<T>, E> {
    let value = run(&mut transaction)?;
    let tx = transaction.commit()?;
    Ok(Committed { tx, value })
}

/// What the handles share.
pub(crate) struct Inner<S: Schema> {
    core: Mutex<Core<S>>,
    /// The thread that holds the writer's lock, or 0.
    holder: AtomicU64,
    pipeline: Pipeline,
    clock: Clock,
    pub(crate) ticker: Ticker,
}

impl<S: Schema> Inner<S> {
    /// Takes the writer's lock.
    fn lock(&self) -> Result<CoreGuard<'_, S>, Error> {
        let me = thread_token();
        if self.holder.load(Ordering::Relaxed) == me {
            return Err(Error::Nested("a transaction of this thread is already open: end it first"));
        }
        if self.pipeline.delivering.load(Ordering::Relaxed) == me {
            return Err(Error::Nested(
                "a subscription callback may not call the database: hand the work to a channel or another thread",
            ));
        }
        let core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
        core.check_usable()?;
        self.holder.store(me, Ordering::Relaxed);
        Ok(CoreGuard { core, holder: &self.holder })
    }

    /// Takes the writer's lock with the clock at the present.
    pub(crate) fn lock_now(&self) -> Result<CoreGuard<'_, S>, Error> {
        match self.clock {
            Clock::System => self.lock_at(system_now()),
            Clock::Manual(_) => self.lock(),
        }
    }

    /// Begins a transaction with the clock not earlier than `now`. In memory the move belongs to the transaction's step; in a file it
    /// must stand if the transaction cannot be written, and so is a step of its own.
    fn begin_at(&self, now: Timestamp) -> Result<Transaction<'_, S>, Error> {
        if self.is_durable() {
            return Ok(Transaction::new(self, self.lock_at(now)?, false));
        }
        let mut core = self.lock()?;
        let moves = core.is_due(now);
        core.advance(now);
        Ok(Transaction::new(self, core, moves))
    }

    /// Takes the writer's lock with the clock not earlier than `now`. If that changes a result, it is a transaction of its own,
    /// which only begins when everything before it is durable: time that has passed cannot be rolled back.
    fn lock_at(&self, now: Timestamp) -> Result<CoreGuard<'_, S>, Error> {
        loop {
            let mut core = self.lock()?;
            if !core.is_due(now) {
                core.advance(now);
                return Ok(core);
            }
            if self.is_durable()
                && let Some(ticket) = self.unsettled(&core)
            {
                drop(core);
                // Whether it could be written is the concern of those who wrote it.
                let _ = self.settle(Some(ticket));
                continue;
            }
            core.advance(now);
            self.enqueue_move(&mut core);
            // Somebody delivers it: whoever settles next, at the latest the ticker.
            self.ticker.wake();
            return Ok(core);
        }
    }

    pub(crate) fn is_durable(&self) -> bool {
        self.pipeline.is_durable()
    }

    /// The right to deliver at once, see [`Pipeline::turn`]. The writer's lock is held.
    pub(crate) fn turn(&self) -> Option<Turn<'_>> {
        self.pipeline.turn()
    }

    /// Wakes the ticker if a deadline has come closer.
    pub(crate) fn wake_ticker(&self, core: &Core<S>) {
        if self.clock == Clock::System {
            self.ticker.wake_before(core.next_deadline());
        }
    }

    /// Queues an entry, unless there is nothing to do for it, and wakes the ticker if a deadline has come closer. The
    /// writer's lock is held.
    pub(crate) fn enqueue(&self, core: &Core<S>, pending: Pending) -> Option<Ticket> {
        self.wake_ticker(core);
        let idle = pending.deliveries.is_empty() && !self.is_durable();
        (!idle).then(|| self.pipeline.enqueue(pending))
    }

    /// Ends a step in which the clock alone has moved, and queues what that changes.
    pub(crate) fn enqueue_move(&self, core: &mut Core<S>) -> Option<Ticket> {
        let (stamp, deliveries) = core.finish();
        self.enqueue(core, Pending::delivery(stamp, deliveries))
    }

    /// What is still to be made durable and delivered. The writer's lock is held.
    pub(crate) fn unsettled(&self, _core: &Core<S>) -> Option<Ticket> {
        self.pipeline.unsettled()
    }

    /// Waits until an entry is durable and delivered. The writer's lock is not held.
    pub(crate) fn settle(&self, ticket: Option<Ticket>) -> Result<(), Error> {
        ticket.map_or(Ok(()), |ticket| self.pipeline.settle(&ticket, thread_token(), &self.core))
    }

    /// Reads the state, once everything it consists of is durable.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&mut Core<S>) -> T) -> Result<T, Error> {
        let mut core = self.lock_now()?;
        let result = read(&mut core);
        let ticket = self.unsettled(&core);
        drop(core);
        self.settle(ticket)?;
        Ok(result)
    }
}

/// The writer's lock, held.
pub(crate) struct CoreGuard<'db, S: Schema> {
    core: MutexGuard<'db, Core<S>>,
    holder: &'db AtomicU64,
}

impl<S: Schema> Deref for CoreGuard<'_, S> {
    type Target = Core<S>;
    fn deref(&self) -> &Core<S> {
        &self.core
    }
}

impl<S: Schema> DerefMut for CoreGuard<'_, S> {
    fn deref_mut(&mut self) -> &mut Core<S> {
        &mut self.core
    }
}

impl<S: Schema> Drop for CoreGuard<'_, S> {
    fn drop(&mut self) {
        self.core.poison_if_stepping();
        self.holder.store(0, Ordering::Relaxed);
    }
}

/// A number of the calling thread, never 0.
pub(crate) fn thread_token() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    thread_local!(static TOKEN: u64 = NEXT.fetch_add(1, Ordering::Relaxed));
    TOKEN.with(|token| *token)
}
