//! From a finished transaction to its subscribers: made durable in groups, then delivered in order.
//!
//! A finished transaction is queued while its thread still holds the writer's lock, so the queue is in transaction order.
//! Then one of the waiting threads becomes the leader: it writes all that is queued to the file in one SQLite transaction
//! and delivers the deltas. The others find their work done when they get the leader's lock. Meanwhile the
//! next transaction runs; what it builds on becomes durable before it or with it.
//!
//! In memory there is nothing to write, so that a transaction before which nothing waits is delivered by its own thread without having been
//! queued. Others wait for it in the same way.
//!
//! A group that cannot be written is undone, together with what has been queued behind it. Moves of the clock cannot be: the
//! writer's side queues one only when everything before it is durable, so that in a group they come first and stand.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};

use super::core::{Core, Stamp};
use super::operations::{LogEntry, Write};
use super::schema::Schema;
use super::transaction::TxId;
use crate::error::Error;

/// Hands one event to the subscribers that were there when it was made.
pub enum Delivery {
    /// Made for this time only.
    Once(Box<dyn FnOnce() + Send>),
    /// Shared with the query, which makes the next one of it.
    Shared(Arc<dyn Deliver>),
}

/// An event and its subscribers.
pub trait Deliver: Send + Sync {
    /// Hands it to them.
    fn deliver(&self);
}

impl Delivery {
    /// What has to be done only once.
    pub(crate) fn once(deliver: impl FnOnce() + Send + 'static) -> Self {
        Self::Once(Box::new(deliver))
    }

    fn run(self) {
        match self {
            Self::Once(deliver) => deliver(),
            Self::Shared(event) => event.deliver(),
        }
    }
}

/// What a transaction changed, for the file.
#[derive(Default)]
pub(crate) struct Changes {
    /// Each changed row once.
    pub(crate) rows: Vec<Write>,
    /// Table, column and next number of the identity columns of changed tables.
    pub(crate) sequences: Vec<(usize, usize, i64)>,
}

/// A finished transaction, a move of the clock or a subscription's snapshot on its way.
pub(crate) struct Pending {
    pub(crate) stamp: Stamp,
    /// How to undo it if the file cannot be written; empty unless it is a transaction that wrote.
    pub(crate) log: Vec<LogEntry>,
    pub(crate) changes: Changes,
    pub(crate) deliveries: Vec<Delivery>,
    failure: Option<Failure>,
}

/// Why an entry was not written, once that is known.
type Failure = Arc<OnceLock<Error>>;

impl Pending {
    /// A transaction that wrote.
    pub(crate) fn transaction(
        stamp: Stamp,
        log: Vec<LogEntry>,
        changes: Changes,
        deliveries: Vec<Delivery>,
    ) -> Self {
        Self { stamp, log, changes, deliveries, failure: None }
    }

    /// Something to deliver, with nothing for the file.
    pub(crate) fn delivery(stamp: Stamp, deliveries: Vec<Delivery>) -> Self {
        Self::transaction(stamp, Vec::new(), Changes::default(), deliveries)
    }
}

/// Why a group of transactions was not written.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// Nothing of it is in the file.
    Aborted(String),
    /// It may or may not be in the file.
    Unknown(String),
}

/// Where committed transactions are kept.
pub(crate) trait Storage: Send {
    /// Writes the changes of a group in one atomic step.
    fn write(&mut self, group: &[Pending]) -> Result<(), WriteError>;
    /// Takes note of moves of the clock, which are not worth a write of their own.
    fn passed(&mut self, last: Stamp);
}

/// By which an entry of the queue is waited for.
#[derive(Clone, Default)]
pub(crate) struct Ticket {
    /// Its position in the queue's history, counted from 1.
    number: u64,
    failure: Option<Failure>,
}

pub(crate) struct Pipeline {
    queue: Mutex<Queue>,
    leader: Mutex<Leader>,
    /// How many entries have been dealt with.
    settled: AtomicU64,
    /// The thread that is delivering, see [`super::database::thread_token`].
    pub(crate) delivering: AtomicU64,
    durable: bool,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Pending>,
    last: Ticket,
}

struct Leader {
    storage: Option<Box<dyn Storage>>,
    /// What is being dealt with.
    group: VecDeque<Pending>,
    /// An empty list, kept for its memory.
    deliveries: Vec<Delivery>,
}

/// The right to deliver next. It is got and used under the writer's lock, and outlives that for the delivery.
pub(crate) struct Turn<'p> {
    pipeline: &'p Pipeline,
    leader: MutexGuard<'p, Leader>,
    queue: MutexGuard<'p, Queue>,
}

impl<'p> Turn<'p> {
    /// An empty list for what is to be delivered.
    pub(crate) fn deliveries(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.leader.deliveries)
    }

    /// From now on others may queue, behind this. The caller still holds the writer's lock.
    pub(crate) fn taken(mut self) -> Taken<'p> {
        self.queue.last = Ticket { number: self.queue.last.number + 1, failure: None };
        Taken { pipeline: self.pipeline, leader: self.leader }
    }
}

/// A turn that others wait for.
pub(crate) struct Taken<'p> {
    pipeline: &'p Pipeline,
    leader: MutexGuard<'p, Leader>,
}

impl Taken<'_> {
    /// Delivers. The writer's lock is not held.
    pub(crate) fn deliver(mut self, mut deliveries: Vec<Delivery>, me: u64) {
        self.pipeline.delivering.store(me, Ordering::Release);
        deliveries.drain(..).for_each(Delivery::run);
        self.pipeline.delivering.store(0, Ordering::Release);
        self.pipeline.settled.fetch_add(1, Ordering::Release);
        self.leader.deliveries = deliveries;
    }
}

impl Pipeline {
    pub(crate) fn new(storage: Option<Box<dyn Storage>>) -> Self {
        Self {
            queue: Mutex::default(),
            durable: storage.is_some(),
            leader: Mutex::new(Leader { storage, group: VecDeque::new(), deliveries: Vec::new() }),
            settled: AtomicU64::new(0),
            delivering: AtomicU64::new(0),
        }
    }

    pub(crate) fn is_durable(&self) -> bool {
        self.durable
    }

    /// The right to deliver next, unless there is a file to be written first, something is waiting, or somebody is delivering. The
    /// caller holds the writer's lock.
    pub(crate) fn turn(&self) -> Option<Turn<'_>> {
        if self.durable {
            return None;
        }
        let leader = match self.leader.try_lock() {
            Ok(leader) => leader,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        let queue = lock(&self.queue);
        queue.waiting.is_empty().then_some(Turn { pipeline: self, leader, queue })
    }

    /// Queues an entry. The caller holds the writer's lock.
    pub(crate) fn enqueue(&self, mut pending: Pending) -> Ticket {
        pending.failure = self.durable.then(Failure::default);
        let mut queue = lock(&self.queue);
        queue.last = Ticket { number: queue.last.number + 1, failure: pending.failure.clone() };
        queue.waiting.push_back(pending);
        queue.last.clone()
    }

    /// The entry queued last, unless everything has been dealt with. The caller holds the writer's lock.
    pub(crate) fn unsettled(&self) -> Option<Ticket> {
        let queue = lock(&self.queue);
        (self.settled.load(Ordering::Acquire) < queue.last.number).then(|| queue.last.clone())
    }

    /// Waits until an entry is durable and delivered, doing the work if nobody else does. The caller does not hold
    /// the writer's lock, since a group that cannot be written has to be undone under it.
    pub(crate) fn settle<S: Schema>(
        &self,
        ticket: &Ticket,
        me: u64,
        core: &Mutex<Core<S>>,
    ) -> Result<(), Error> {
        if self.settled.load(Ordering::Acquire) < ticket.number {
            let mut leader = lock(&self.leader);
            if self.settled.load(Ordering::Acquire) < ticket.number {
                std::mem::swap(&mut lock(&self.queue).waiting, &mut leader.group);
                self.delivering.store(me, Ordering::Release);
                self.settle_group(&mut leader, core);
                self.delivering.store(0, Ordering::Release);
            }
        }
        match ticket.failure.as_ref().and_then(|failure| failure.get()) {
            Some(error) => Err(error.clone()),
            None => Ok(()),
        }
    }

    fn settle_group<S: Schema>(&self, leader: &mut Leader, core: &Mutex<Core<S>>) {
        let Leader { storage, group, .. } = leader;
        let written = match storage {
            Some(storage) => write(&mut **storage, group.make_contiguous()),
            None => Ok(()),
        };
        let stands = |entry: &&Pending| written.is_ok() || entry.log.is_empty();
        let standing = group.iter().take_while(stands).count();
        if self.durable {
            let mut core = lock(core);
            group.iter().take(standing).for_each(|entry| core.forget(&entry.log));
        }
        for entry in group.drain(..standing) {
            entry.deliveries.into_iter().for_each(Delivery::run);
        }
        self.settled.fetch_add(standing as u64, Ordering::Release);
        if let Err(error) = written {
            self.abandon(group, core, error);
        }
    }

    /// Gives up a group that was not written, and all that has been queued behind it.
    fn abandon<S: Schema>(&self, group: &mut VecDeque<Pending>, core: &Mutex<Core<S>>, error: WriteError) {
        // Until the lock is let go, nobody sees the state in which these entries are settled but not undone.
        let mut core = lock(core);
        group.append(&mut lock(&self.queue).waiting);
        let abandoned = group.len() as u64;
        let error = undo(&mut core, group, error);
        for failure in group.drain(..).filter_map(|entry| entry.failure) {
            let _ = failure.set(error.clone());
        }
        self.settled.fetch_add(abandoned, Ordering::Release);
    }
}

/// Writes a group if there is anything to write.
fn write(storage: &mut dyn Storage, group: &[Pending]) -> Result<(), WriteError> {
    if group.iter().all(|entry| entry.log.is_empty()) {
        group.iter().for_each(|entry| storage.passed(entry.stamp));
        return Ok(());
    }
    catch_unwind(AssertUnwindSafe(|| storage.write(group)))
        .unwrap_or_else(|_| Err(WriteError::Unknown("writing panicked".to_owned())))
}

/// Undoes transactions that did not reach the file, the last first, together with what no subscriber has seen of them.
fn undo<S: Schema>(core: &mut Core<S>, group: &VecDeque<Pending>, error: WriteError) -> Error {
    match error {
        WriteError::Unknown(why) => {
            let reason = format!("the outcome of a commit is unknown, open the database again: {why}");
            core.poison(&reason);
            Error::Poisoned(reason)
        }
        WriteError::Aborted(why) => {
            let first = group.iter().find(|entry| !entry.log.is_empty());
            let before = first.map_or(core.last_tx, |entry| TxId(entry.stamp.tx.0 - 1));
            let undone = catch_unwind(AssertUnwindSafe(|| {
                group.iter().rev().for_each(|entry| core.undo(&entry.log));
                // The step that ends the undoing takes back what the steps before it would have delivered.
                drop(core.finish());
            }));
            if undone.is_err() {
                core.poison_if_stepping();
            }
            core.last_tx = before;
            Error::Storage(format!(
                "the transaction was rolled back, since the file could not be written: {why}"
            ))
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
