//! Results of queries: snapshots, lookups, and subscriptions that receive the exact change of every transaction.

mod delta;
mod dynamic;
mod output;
mod query;

pub use delta::{Delta, DynamicEvent, DynamicListener, Event, Failure, ResultRow, Update};
pub use dynamic::{dynamic_rows, dynamic_subscribe};
pub use output::Output;
pub use query::{Attached, Channel, LiveQuery, Query, QueryInfo, ResultColumn};

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A subscription. Events stop when it is dropped; one that is being delivered at that moment may still arrive.
#[must_use = "a subscription ends when it is dropped"]
#[derive(Debug)]
pub struct Subscription {
    alive: Arc<AtomicBool>,
}

impl Subscription {
    pub(crate) fn new() -> (Self, Arc<AtomicBool>) {
        let alive = Arc::new(AtomicBool::new(true));
        (Self { alive: alive.clone() }, alive)
    }

    /// Keeps the subscription for as long as the database lives.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.alive.store(false, Ordering::Release);
    }
}
