//! The end of a query's circuit: collects the net change of a step and hands it to the subscribers.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use cosmictron_types::EvalError;

use super::Subscription;
use super::delta::{Delta, Event, Failure, Update};
use crate::error::QueryError;
use crate::store::{Delivery, Stamp};

type Listener<R> = Arc<Mutex<dyn FnMut(&Arc<Event<R>>) + Send>>;

struct Subscriber<R> {
    alive: Arc<AtomicBool>,
    listener: Listener<R>,
    /// Subscribed while the query was failing, so that the snapshot is still owed.
    awaits_snapshot: bool,
}

impl<R> Clone for Subscriber<R> {
    fn clone(&self) -> Self {
        Self {
            alive: self.alive.clone(),
            listener: self.listener.clone(),
            awaits_snapshot: self.awaits_snapshot,
        }
    }
}

/// The output of one query. `K` identifies a row; a bag's rows are told apart by an ordinal.
pub struct Output<K, R> {
    query: &'static str,
    /// A result of exactly one row, which changes by a delete and an insert.
    single_row: bool,
    /// The changes of the step, each key at most once.
    changes: Vec<(K, Option<R>, Option<R>)>,
    /// The net change since the query began to fail.
    withheld: BTreeMap<K, (Option<R>, Option<R>)>,
    failing: Option<EvalError>,
    subscribers: Arc<Vec<Subscriber<R>>>,
}

impl<K, R> Output<K, R>
where
    K: Ord,
    R: PartialEq + Send + Sync + 'static,
{
    /// The output of the query of this name, without subscribers.
    pub fn new(query: &'static str, single_row: bool) -> Self {
        Self {
            query,
            single_row,
            changes: Vec::new(),
            withheld: BTreeMap::new(),
            failing: None,
            subscribers: Arc::default(),
        }
    }

    /// Whether anybody will receive what is pushed.
    pub fn is_active(&self) -> bool {
        !self.subscribers.is_empty()
    }

    /// Adds the change of a row to the step. Each key at most once a step.
    pub fn push(&mut self, key: K, old: Option<R>, new: Option<R>) {
        if self.is_active() && old != new {
            self.changes.push((key, old, new));
        }
    }

    /// The query's error, if it is in its error state as of the last step.
    pub fn check(&self) -> Result<(), QueryError> {
        match self.failing {
            Some(error) => Err(QueryError { query: self.query, error }),
            None => Ok(()),
        }
    }

    /// Whether a subscriber that came while the query was failing still waits for its snapshot.
    pub fn owes_snapshot(&self) -> bool {
        self.subscribers.iter().any(|s| s.awaits_snapshot)
    }

    /// Ends the step. `failing` is the query's error after it, `rows` its result if [`Output::owes_snapshot`].
    pub fn publish(
        &mut self,
        failing: Option<EvalError>,
        stamp: Stamp,
        rows: Vec<R>,
        deliveries: &mut Vec<Delivery>,
    ) {
        let failed_before = std::mem::replace(&mut self.failing, failing);
        if self.changes.is_empty() && failing == failed_before {
            return;
        }
        if self.subscribers.iter().any(|s| !s.alive.load(Ordering::Acquire)) {
            let alive = self.subscribers.iter().filter(|s| s.alive.load(Ordering::Acquire));
            self.subscribers = Arc::new(alive.cloned().collect());
        }
        if let Some(error) = failing {
            self.withhold();
            if failed_before != failing && self.is_active() {
                deliveries.push(self.delivery(Arc::new(self.failure(error, stamp))));
            }
            return;
        }
        let mut delta = Delta {
            tx: stamp.tx,
            now: stamp.now,
            initial: false,
            inserts: Vec::new(),
            updates: Vec::new(),
            deletes: Vec::new(),
        };
        if failed_before.is_some() {
            self.withhold();
            std::mem::take(&mut self.withheld)
                .into_iter()
                .for_each(|(_, (old, new))| add(&mut delta, self.single_row, old, new));
            if self.owes_snapshot() {
                self.deliver_owed_snapshots(stamp, rows, deliveries);
            }
        } else {
            self.changes.drain(..).for_each(|(_, old, new)| add(&mut delta, self.single_row, old, new));
        }
        if !delta.is_empty() && self.is_active() {
            deliveries.push(self.delivery(Arc::new(Event::Delta(delta))));
        }
        if self.owes_snapshot() {
            let told = self.subscribers.iter().cloned().map(|s| Subscriber { awaits_snapshot: false, ..s });
            self.subscribers = Arc::new(told.collect());
        }
    }

    /// Adds a subscriber; `rows` is the result, which is its first event.
    pub fn subscribe(
        &mut self,
        stamp: Stamp,
        rows: impl FnOnce() -> Vec<R>,
        listener: impl FnMut(&Arc<Event<R>>) + Send + 'static,
        deliveries: &mut Vec<Delivery>,
    ) -> Subscription {
        let (subscription, alive) = Subscription::new();
        let listener: Listener<R> = Arc::new(Mutex::new(listener));
        let subscriber = Subscriber { alive, listener, awaits_snapshot: self.failing.is_some() };
        let event = match self.failing {
            Some(error) => self.failure(error, stamp),
            None => snapshot(stamp, rows()),
        };
        let receiver = subscriber.clone();
        let event = Arc::new(event);
        deliveries.push(Box::new(move || tell(&receiver, &event)));
        let all = self.subscribers.iter().cloned().chain([subscriber]);
        self.subscribers = Arc::new(all.collect());
        subscription
    }

    fn withhold(&mut self) {
        for (key, old, new) in self.changes.drain(..) {
            match self.withheld.entry(key) {
                Entry::Occupied(mut entry) => entry.get_mut().1 = new,
                Entry::Vacant(entry) => {
                    entry.insert((old, new));
                }
            }
        }
    }

    fn failure(&self, error: EvalError, stamp: Stamp) -> Event<R> {
        let error = QueryError { query: self.query, error };
        Event::Failed(Failure { tx: stamp.tx, now: stamp.now, error })
    }

    /// Delivers to all subscribers that have had their snapshot, or that need none (a failure).
    fn delivery(&self, event: Arc<Event<R>>) -> Delivery {
        let subscribers = self.subscribers.clone();
        Box::new(move || {
            let is_delta = event.delta().is_some();
            let receivers = subscribers.iter().filter(|s| !(is_delta && s.awaits_snapshot));
            receivers.for_each(|s| tell(s, &event));
        })
    }

    fn deliver_owed_snapshots(&self, stamp: Stamp, rows: Vec<R>, deliveries: &mut Vec<Delivery>) {
        let subscribers = self.subscribers.clone();
        let event = Arc::new(snapshot(stamp, rows));
        deliveries.push(Box::new(move || {
            subscribers.iter().filter(|s| s.awaits_snapshot).for_each(|s| tell(s, &event));
        }));
    }
}

fn snapshot<R>(stamp: Stamp, rows: Vec<R>) -> Event<R> {
    let Stamp { tx, now } = stamp;
    Event::Delta(Delta { tx, now, initial: true, inserts: rows, updates: Vec::new(), deletes: Vec::new() })
}

fn add<R: PartialEq>(delta: &mut Delta<R>, single_row: bool, old: Option<R>, new: Option<R>) {
    match (old, new) {
        (Some(old), Some(new)) if old == new => {}
        (Some(old), Some(new)) if !single_row => delta.updates.push(Update { old, new }),
        (old, new) => {
            delta.deletes.extend(old);
            delta.inserts.extend(new);
        }
    }
}

/// Calls a listener. One that panics is not called again; the panic has been reported by the panic hook, and neither the writer
/// nor other subscribers are affected.
fn tell<R>(subscriber: &Subscriber<R>, event: &Arc<Event<R>>) {
    if !subscriber.alive.load(Ordering::Acquire) {
        return;
    }
    let mut listener = subscriber.listener.lock().unwrap_or_else(PoisonError::into_inner);
    if catch_unwind(AssertUnwindSafe(|| listener(event))).is_err() {
        subscriber.alive.store(false, Ordering::Release);
    }
}
