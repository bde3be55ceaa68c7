//! The thread that moves the system clock when nobody writes: it sleeps until the next deadline of any time window.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::thread::{self, JoinHandle, Thread};
use std::time::Duration;

use cosmictron_types::Timestamp;

use super::database::Inner;
use super::schema::Schema;
use crate::clock::system_now;

/// The handle by which writers wake the thread and the last owner ends it.
pub(crate) struct Ticker {
    thread: OnceLock<Thread>,
    handle: Mutex<Option<JoinHandle<()>>>,
    started: AtomicBool,
    stopped: AtomicBool,
    /// When it will wake by itself, in microseconds.
    wakes_at: AtomicI64,
}

impl Default for Ticker {
    fn default() -> Self {
        Self {
            thread: OnceLock::new(),
            handle: Mutex::new(None),
            started: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            wakes_at: AtomicI64::new(i64::MAX),
        }
    }
}

impl Ticker {
    /// Starts the thread if it does not run yet, and makes it look at the deadlines.
    pub(crate) fn start<S: Schema>(inner: &Arc<Inner<S>>) {
        let ticker = &inner.ticker;
        if !ticker.started.swap(true, Ordering::AcqRel) {
            let weak = Arc::downgrade(inner);
            let spawned =
                thread::Builder::new().name("cosmictron-clock".to_owned()).spawn(move || run(&weak));
            if let Ok(handle) = spawned {
                let _ = ticker.thread.set(handle.thread().clone());
                *ticker.handle.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
            }
        }
        ticker.wake();
    }

    /// Ends the thread and waits for it, so that the file is closed when the database is gone.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        self.wake();
        let handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The thread itself may drop the last handle, in a subscription's callback.
        if let Some(handle) = handle.filter(|h| h.thread().id() != thread::current().id()) {
            // A panic in it has been reported by the panic hook.
            let _ = handle.join();
        }
    }

    /// Wakes the thread.
    pub(crate) fn wake(&self) {
        if let Some(thread) = self.thread.get() {
            thread.unpark();
        }
    }

    /// Wakes the thread if it would sleep past this deadline.
    pub(crate) fn wake_before(&self, deadline: Option<Timestamp>) {
        if deadline.is_some_and(|d| d.micros() < self.wakes_at.load(Ordering::Acquire)) {
            self.wake();
        }
    }
}

/// The longest sleep: a machine that was suspended, or whose clock was set, is noticed after this time.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);

fn run<S: Schema>(inner: &Weak<Inner<S>>) {
    loop {
        let Some(strong) = inner.upgrade().filter(|inner| !inner.ticker.stopped.load(Ordering::Acquire))
        else {
            return;
        };
        // Reading moves the clock and delivers what that changes. A poisoned database has nothing to deliver.
        let asked = strong.read(|core| {
            let deadline = core.next_deadline();
            // Set under the writer's lock, so that no writer compares its deadline with an older one.
            strong.ticker.wakes_at.store(deadline.map_or(i64::MAX, Timestamp::micros), Ordering::Release);
            deadline
        });
        let Ok(deadline) = asked else { return };
        let until = deadline.map(|d| d.micros().saturating_sub(system_now().micros()).max(0).unsigned_abs());
        let sleep = until.map_or(LONGEST_SLEEP, Duration::from_micros).min(LONGEST_SLEEP);
        // The database must be able to close while this thread sleeps.
        drop(strong);
        thread::park_timeout(sleep);
    }
}
