//! The end of a query's circuit: collects the net change of a step and hands it to the subscribers.
//!
//! What subscribers know changes when an event is delivered, not when its step ends: a step that cannot be made durable
//! is undone and its events dropped, as if it had never been.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cosmictron_types::{EvalError, Identical};

use super::Subscription;
use super::delta::{Delta, Event, Failure, Update};
use crate::error::QueryError;
use crate::store::{Deliver, Delivery, Stamp};

struct Subscriber<R> {
    alive: Arc<AtomicBool>,
    /// Subscribed while the query was failing, so that the snapshot is still owed.
    awaits_snapshot: AtomicBool,
    #[allow(clippy::type_complexity, reason = "a listener has no shorter type")]
    listener: Mutex<Box<dyn FnMut(&Arc<Event<R>>) + Send>>,
}

/// The change of a row: its key, and the row before and after.
type Change<K, R> = (K, Option<R>, Option<R>);

/// The output of one query. `K` identifies a row; a bag's rows are told apart by an ordinal.
pub struct Output<K, R> {
    query: &'static str,
    /// A result of exactly one row, which changes by a delete and an insert.
    single_row: bool,
    /// The changes of the step, each key at most once.
    changes: Vec<Change<K, R>>,
    failing: Option<EvalError>,
    subscribers: Subscribers<R>,
    /// The last delta of a few rows, to these subscribers. Once it has been delivered and nobody keeps it, the next one takes its
    /// place in memory.
    sent: Option<Arc<Parcel<R>>>,
    told: Arc<Mutex<Told<K, R>>>,
}

type Subscribers<R> = Arc<Vec<Arc<Subscriber<R>>>>;

/// An event on its way to those who were there when it was made.
struct Parcel<R> {
    event: Arc<Event<R>>,
    subscribers: Subscribers<R>,
}

/// A delta of more rows is not kept.
const KEPT_ROWS: usize = 64;

/// What the subscribers have been told.
struct Told<K, R> {
    failing: Option<EvalError>,
    /// The net change since then, which they have not been told.
    withheld: BTreeMap<K, (Option<R>, Option<R>)>,
}

impl<K, R> Output<K, R>
where
    K: Ord + Send + 'static,
    R: Identical + Send + Sync + 'static,
{
    /// The output of the query of this name, without subscribers.
    pub fn new(query: &'static str, single_row: bool) -> Self {
        Self {
            query,
            single_row,
            changes: Vec::new(),
            failing: None,
            subscribers: Arc::default(),
            sent: None,
            told: Arc::new(Mutex::new(Told { failing: None, withheld: BTreeMap::new() })),
        }
    }

    /// Whether anybody will receive what is pushed.
    pub fn is_active(&self) -> bool {
        !self.subscribers.is_empty()
    }

    /// Adds the change of a row to the step. Each key at most once a step.
    pub fn push(&mut self, key: K, old: Option<R>, new: Option<R>) {
        if self.is_active() && !old.identical(&new) {
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
        self.failing.is_some()
            && self.subscribers.iter().any(|subscriber| subscriber.awaits_snapshot.load(Ordering::Acquire))
    }

    /// Whether a step that leaves the query with this error has nothing to tell.
    #[inline]
    pub fn is_idle(&self, failing: Option<EvalError>) -> bool {
        self.changes.is_empty() && failing == self.failing
    }

    /// Ends the step. `failing` is the query's error after it, `rows` its result if [`Output::owes_snapshot`].
    pub fn publish(
        &mut self,
        failing: Option<EvalError>,
        stamp: Stamp,
        rows: Vec<R>,
        deliveries: &mut Vec<Delivery>,
    ) {
        if self.is_idle(failing) {
            return;
        }
        let failed_before = std::mem::replace(&mut self.failing, failing);
        if self.subscribers.iter().any(|s| !s.alive.load(Ordering::Acquire)) {
            self.forget_the_gone();
        }
        if !self.is_active() {
            self.changes.clear();
        } else if failing.is_none() && failed_before.is_none() {
            self.publish_delta(stamp, deliveries);
        } else {
            self.publish_failure(stamp, rows, deliveries);
        }
    }

    #[cold]
    #[inline(never)]
    fn forget_the_gone(&mut self) {
        let alive = self.subscribers.iter().filter(|s| s.alive.load(Ordering::Acquire));
        self.subscribers = Arc::new(alive.cloned().collect());
        self.sent = None;
    }

    /// Ends a step in which a failure begins, goes on or ends.
    #[cold]
    #[inline(never)]
    fn publish_failure(&mut self, stamp: Stamp, rows: Vec<R>, deliveries: &mut Vec<Delivery>) {
        let step = Step {
            query: self.query,
            single_row: self.single_row,
            stamp,
            failing: self.failing,
            changes: std::mem::take(&mut self.changes),
            rows,
            subscribers: self.subscribers.clone(),
        };
        let told = self.told.clone();
        deliveries.push(Delivery::once(move || step.deliver(&mut lock(&told))));
    }

    /// Ends a step without failures before or after it, which is nearly every one: nothing is withheld and nobody awaits a
    /// snapshot, since both begin with a failure and end with the step after it.
    fn publish_delta(&mut self, stamp: Stamp, deliveries: &mut Vec<Delivery>) {
        let Self { single_row, changes, subscribers, sent, .. } = self;
        let few = changes.len() <= KEPT_ROWS;
        let mut fill = |delta: &mut Delta<R>| {
            changes.drain(..).for_each(|(_, old, new)| add(delta, *single_row, old, new));
        };
        // Unless it is on its way, or somebody keeps the event.
        match sent.as_mut().and_then(Arc::get_mut).and_then(Parcel::delta) {
            Some(last) => {
                last.clear(stamp);
                fill(last);
            }
            None => {
                let mut delta = Delta::empty(stamp);
                fill(&mut delta);
                let event = Arc::new(Event::Delta(delta));
                *sent = Some(Arc::new(Parcel { event, subscribers: subscribers.clone() }));
            }
        }
        deliveries.extend(sent.clone().map(|parcel| Delivery::Shared(parcel)));
        if !few {
            *sent = None;
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
        let subscriber = Arc::new(Subscriber {
            alive,
            awaits_snapshot: AtomicBool::new(self.failing.is_some()),
            listener: Mutex::new(Box::new(listener)),
        });
        let event = Arc::new(match self.failing {
            Some(error) => failure(self.query, error, stamp),
            None => snapshot(stamp, rows()),
        });
        if !self.subscribers.iter().any(|subscriber| subscriber.alive.load(Ordering::Acquire)) {
            self.begin_telling(deliveries);
        }
        let receiver = subscriber.clone();
        deliveries.push(Delivery::once(move || receiver.tell(&event)));
        let all = self.subscribers.iter().cloned().chain([subscriber]);
        self.subscribers = Arc::new(all.collect());
        self.sent = None;
        subscription
    }

    /// Steps without subscribers told nobody anything: what is known begins here.
    fn begin_telling(&self, deliveries: &mut Vec<Delivery>) {
        let (told, failing) = (self.told.clone(), self.failing);
        deliveries.push(Delivery::once(move || *lock(&told) = Told { failing, withheld: BTreeMap::new() }));
    }
}

/// The net change of a step in which a failure begins, goes on or ends, on its way to the subscribers that were there.
struct Step<K, R> {
    query: &'static str,
    single_row: bool,
    stamp: Stamp,
    failing: Option<EvalError>,
    changes: Vec<Change<K, R>>,
    /// The result, if a snapshot was owed.
    rows: Vec<R>,
    subscribers: Subscribers<R>,
}

impl<R> Parcel<R> {
    /// The delta, to be made another one, unless somebody keeps it.
    fn delta(&mut self) -> Option<&mut Delta<R>> {
        match Arc::get_mut(&mut self.event) {
            Some(Event::Delta(delta)) => Some(delta),
            _ => None,
        }
    }
}

impl<R: Send + Sync> Deliver for Parcel<R> {
    fn deliver(&self) {
        self.subscribers.iter().for_each(|subscriber| subscriber.tell(&self.event));
    }
}

impl<K: Ord, R: Identical> Step<K, R> {
    fn deliver(self, told: &mut Told<K, R>) {
        let Self { query, single_row, stamp, failing, changes, rows, subscribers } = self;
        let failed_before = std::mem::replace(&mut told.failing, failing);
        if let Some(error) = failing {
            told.withhold(changes);
            if failed_before != failing {
                let event = Arc::new(failure(query, error, stamp));
                subscribers.iter().for_each(|subscriber| subscriber.tell(&event));
            }
            return;
        }
        told.withhold(changes);
        let withheld = std::mem::take(&mut told.withheld).into_values();
        let mut delta = Delta::empty(stamp);
        let different = withheld.filter(|(old, new)| !old.identical(new));
        different.for_each(|(old, new)| add(&mut delta, single_row, old, new));
        // The end of a failure is told even if all is as it was before.
        let delta = Arc::new(Event::Delta(delta));
        let snapshot = LazyCell::new(|| Arc::new(snapshot(stamp, rows)));
        for subscriber in subscribers.iter() {
            let awaited = subscriber.awaits_snapshot.swap(false, Ordering::AcqRel);
            subscriber.tell(if awaited { &snapshot } else { &delta });
        }
    }
}

impl<K: Ord, R> Told<K, R> {
    /// Adds changes to those that will be told when the query has recovered.
    fn withhold(&mut self, changes: Vec<Change<K, R>>) {
        for (key, old, new) in changes {
            match self.withheld.entry(key) {
                Entry::Occupied(mut entry) => entry.get_mut().1 = new,
                Entry::Vacant(entry) => {
                    entry.insert((old, new));
                }
            }
        }
    }
}

impl<R> Subscriber<R> {
    /// Calls the listener. One that panics is not called again; the panic has been reported by the panic hook, and neither
    /// the writer nor other subscribers are affected.
    fn tell(&self, event: &Arc<Event<R>>) {
        if !self.alive.load(Ordering::Acquire) {
            return;
        }
        let mut listener = lock(&self.listener);
        if catch_unwind(AssertUnwindSafe(|| listener(event))).is_err() {
            self.alive.store(false, Ordering::Release);
        }
    }
}

fn failure<R>(query: &'static str, error: EvalError, stamp: Stamp) -> Event<R> {
    Event::Failed(Failure { tx: stamp.tx, now: stamp.now, error: QueryError { query, error } })
}

fn snapshot<R>(stamp: Stamp, rows: Vec<R>) -> Event<R> {
    Event::Delta(Delta { initial: true, inserts: rows, ..Delta::empty(stamp) })
}

fn add<R>(delta: &mut Delta<R>, single_row: bool, old: Option<R>, new: Option<R>) {
    match (old, new) {
        (Some(old), Some(new)) if !single_row => delta.updates.push(Update { old, new }),
        (old, new) => {
            delta.deletes.extend(old);
            delta.inserts.extend(new);
        }
    }
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
