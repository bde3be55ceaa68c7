//! From a finished transaction to its subscribers: made durable in groups, then delivered in order.
//!
//! A finished transaction is queued while its thread still holds the writer's lock, so the queue is in transaction order.
//! Then one of the waiting threads becomes the leader: it writes all that is queued to the file in one SQLite transaction
//! and delivers the deltas. The others find their work done when they get the leader's lock. Meanwhile the
//! next transaction runs; what it builds on becomes durable before it or with it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::core::Core;
use super::operations::{LogEntry, Write};
use super::schema::Schema;
use super::transaction::TxId;
use crate::error::Error;

/// Hands one event to the subscribers that were there when it was made.
pub type Delivery = Box<dyn FnOnce() + Send>;

/// What a transaction changed, for the file.
#[derive(Default)]
pub(crate) struct Changes {
    /// Each changed row once.
    pub(crate) rows: Vec<Write>,
    /// Table, column and next number of the identity columns of changed tables.
    pub(crate) sequences: Vec<(usize, usize, i64)>,
}

/// A finished transaction (or a subscription's snapshot) on its way.
pub(crate) struct Pending {
    pub(crate) tx: TxId,
    /// How to undo it if the file cannot be written.
    pub(crate) log: Vec<LogEntry>,
    pub(crate) changes: Changes,
    pub(crate) deliveries: Vec<Delivery>,
}

/// Why a group of transactions was not written.
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
}

/// The position of an entry in the queue's history, counted from 1.
pub(crate) type Ticket = u64;

pub(crate) struct Pipeline {
    queue: Mutex<Queue>,
    leader: Mutex<Leader>,
    settled: AtomicU64,
    /// The thread that is delivering, see [`super::database::thread_token`].
    pub(crate) delivering: AtomicU64,
    durable: bool,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Pending>,
    last_ticket: Ticket,
}

struct Leader {
    storage: Option<Box<dyn Storage>>,
    /// Groups that could not be written: first and last ticket, and why.
    failures: Vec<(Ticket, Ticket, Error)>,
}

impl Pipeline {
    pub(crate) fn new(storage: Option<Box<dyn Storage>>) -> Self {
        Self {
            queue: Mutex::default(),
            durable: storage.is_some(),
            leader: Mutex::new(Leader { storage, failures: Vec::new() }),
            settled: AtomicU64::new(0),
            delivering: AtomicU64::new(0),
        }
    }

    pub(crate) fn is_durable(&self) -> bool {
        self.durable
    }

    /// Queues an entry. The caller holds the writer's lock.
    pub(crate) fn enqueue(&self, pending: Pending) -> Ticket {
        let mut queue = lock(&self.queue);
        queue.waiting.push_back(pending);
        queue.last_ticket += 1;
        queue.last_ticket
    }

    /// The ticket of the entry queued last. The caller holds the writer's lock.
    pub(crate) fn last_ticket(&self) -> Ticket {
        lock(&self.queue).last_ticket
    }

    /// Waits until an entry is durable and delivered, doing the work if nobody else does. The caller does not hold
    /// the writer's lock, since a group that cannot be written has to be undone under it.
    pub(crate) fn settle<S: Schema>(
        &self,
        ticket: Ticket,
        me: u64,
        core: &Mutex<Core<S>>,
    ) -> Result<(), Error> {
        if self.settled.load(Ordering::Acquire) < ticket {
            let mut leader = lock(&self.leader);
            while self.settled.load(Ordering::Acquire) < ticket {
                let group: Vec<Pending> = lock(&self.queue).waiting.drain(..).collect();
                if group.is_empty() {
                    break;
                }
                self.delivering.store(me, Ordering::Release);
                self.settle_group(&mut leader, group, core);
                self.delivering.store(0, Ordering::Release);
            }
        }
        if !self.durable {
            return Ok(());
        }
        let leader = lock(&self.leader);
        match leader.failures.iter().find(|(first, last, _)| (*first..=*last).contains(&ticket)) {
            Some((_, _, error)) => Err(error.clone()),
            None => Ok(()),
        }
    }

    fn settle_group<S: Schema>(&self, leader: &mut Leader, mut group: Vec<Pending>, core: &Mutex<Core<S>>) {
        let first = self.settled.load(Ordering::Acquire) + 1;
        let written = match &mut leader.storage {
            Some(storage) => storage.write(&group),
            None => Ok(()),
        };
        let settled = match written {
            Ok(()) => {
                let settled = first - 1 + group.len() as u64;
                if leader.storage.is_some() {
                    let mut core = lock(core);
                    group.iter().for_each(|pending| core.forget(&pending.log));
                }
                for pending in group {
                    pending.deliveries.into_iter().for_each(|deliver| deliver());
                }
                settled
            }
            Err(error) => {
                let mut core = lock(core);
                let mut queue = lock(&self.queue);
                group.extend(queue.waiting.drain(..));
                let error = abandon(&mut core, group, error);
                leader.failures.push((first, queue.last_ticket, error));
                queue.last_ticket
            }
        };
        self.settled.store(settled, Ordering::Release);
    }
}

/// Undoes transactions that did not reach the file, the last first, together with what no subscriber has seen of them.
fn abandon<S: Schema>(core: &mut Core<S>, group: Vec<Pending>, error: WriteError) -> Error {
    match error {
        WriteError::Unknown(why) => {
            let reason = format!("the outcome of a commit is unknown, open the database again: {why}");
            core.poison(&reason);
            Error::Poisoned(reason)
        }
        WriteError::Aborted(why) => {
            let before = group.iter().find(|p| !p.log.is_empty()).map(|p| TxId(p.tx.0 - 1));
            for pending in group.into_iter().rev() {
                core.undo(&pending.log);
            }
            // The step that ends the undoing takes back what the steps before it announced to nobody.
            drop(core.finish());
            core.last_tx = before.unwrap_or(core.last_tx);
            Error::Storage(format!("the transaction was rolled back, since it could not be written: {why}"))
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
