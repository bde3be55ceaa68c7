//! When rows enter or leave time windows.

use std::collections::BTreeSet;

use cosmictron_types::Timestamp;

use crate::store::RowId;

/// The rows of one input whose membership in a time window will change, ordered by when.
///
/// Each row stands under its next deadline only. A change costs the logarithm of the number of rows that wait; rows that
/// no longer change by time alone are not here.
#[derive(Debug)]
pub struct Expiry {
    /// The clock that memberships are evaluated with: it moves at this input's moment of the step.
    now: Timestamp,
    waiting: BTreeSet<(Timestamp, RowId)>,
}

impl Default for Expiry {
    fn default() -> Self {
        Self { now: Timestamp::from_micros(i64::MIN), waiting: BTreeSet::new() }
    }
}

impl Expiry {
    /// The clock that memberships are evaluated with.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Moves the clock and returns where it stood.
    pub fn set_now(&mut self, now: Timestamp) -> Timestamp {
        std::mem::replace(&mut self.now, now)
    }

    /// The deadlines of a row before and after a change.
    pub fn change(&mut self, id: RowId, old: Option<Timestamp>, new: Option<Timestamp>) {
        if old == new {
            return;
        }
        if let Some(deadline) = old {
            self.waiting.remove(&(deadline, id));
        }
        if let Some(deadline) = new {
            self.waiting.insert((deadline, id));
        }
    }

    /// Takes out the next row whose deadline is not after `now`.
    pub fn due(&mut self, now: Timestamp) -> Option<RowId> {
        match self.waiting.first() {
            Some((deadline, _)) if *deadline <= now => self.waiting.pop_first().map(|(_, id)| id),
            _ => None,
        }
    }

    /// The next deadline.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.waiting.first().map(|(deadline, _)| *deadline)
    }

    /// Fills an empty structure in bulk.
    pub fn load(&mut self, deadlines: impl IntoIterator<Item = (Timestamp, RowId)>) {
        self.waiting = deadlines.into_iter().collect();
    }
}
