//! When rows enter or leave time windows.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only expiry`; ARCHITECTURE.md tells how and on what machine).
//!
//! A million orders that leave a window in the order they were placed in:
//!
//! | | load | a row comes, one is due | a row leaves | comes back | all are due | memory |
//! |---|---|---|---|---|---|---|
//! | **queue, BTreeSet for the others** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | BTreeSet | 0.46 | 2.65 | 0.70 | 0.98 | 3.95 | 0.82 |
//! | heap, rows leave late | 0.61 | 3.36 | 0.01 | 0.08 | 19.7 | 1.33 |
//! | timing wheel, rows leave late | 2.26 | 1.99 | 0.01 | 0.21 | 6.77 | 1.67 |
//!
//! The same number of deadlines in no order:
//!
//! | | load | a row comes, one is due | a row leaves | comes back | all are due | memory |
//! |---|---|---|---|---|---|---|
//! | **queue, BTreeSet for the others** | 1 | 1 | 1 | 1 | 1 | 1 |
//! | BTreeSet | 1.32 | 0.41 | 0.61 | 0.58 | 0.63 | 0.81 |
//! | heap, rows leave late | 0.28 | 0.54 | 0.01 | 0.05 | 6.65 | 1.33 |
//! | timing wheel, rows leave late | 0.62 | 0.16 | 0.01 | 0.19 | 1.97 | 1.71 |
//!
//! The queue is for windows over when a row was written, in which nearly all rows come in order and stay until they are due. The heap and the wheel (of the crate
//! `hierarchical_hash_wheel_timer`) only note that a row has left, in an array of all rows, and find it when it is due; a step that is undone again and again fills them. A wheel cannot tell the next deadline, and this one's ticks are as coarse as the data allows.

use std::collections::BTreeSet;

use cosmictron_types::Timestamp;

use self::run::Run;
use crate::store::RowId;

mod run;

/// The rows of one input whose membership in a time window will change, ordered by when.
///
/// Each row stands under its next deadline only; rows that no longer change by time alone are not here. Most rows come in the order of
/// their times, and so do their deadlines: those wait in a queue, where a row comes and goes in constant time and takes 24 bytes.
/// The others wait in a tree, for the logarithm of their number. Maintaining the two windows of ten charts over a million orders, the queue took
/// a third of the instructions that a tree for all rows did.
#[derive(Debug)]
pub struct Expiry {
    /// The clock that memberships are evaluated with: it moves at this input's moment of the step.
    now: Timestamp,
    in_order: Run<(Timestamp, RowId)>,
    others: BTreeSet<(Timestamp, RowId)>,
}

impl Default for Expiry {
    fn default() -> Self {
        Self { now: Timestamp::from_micros(i64::MIN), in_order: Run::default(), others: BTreeSet::new() }
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
        if let Some(deadline) = old
            && !self.in_order.remove(&(deadline, id))
        {
            self.others.remove(&(deadline, id));
        }
        if let Some(deadline) = new
            && !self.in_order.push((deadline, id))
        {
            self.others.insert((deadline, id));
        }
    }

    /// Takes out the next row whose deadline is not after `now`.
    pub fn due(&mut self, now: Timestamp) -> Option<RowId> {
        let next = self.first()?;
        if next.0 > now {
            return None;
        }
        if !self.in_order.remove(&next) {
            self.others.remove(&next);
        }
        Some(next.1)
    }

    /// The next deadline.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.first().map(|(deadline, _)| deadline)
    }

    fn first(&self) -> Option<(Timestamp, RowId)> {
        let first = self.in_order.first().copied();
        first.into_iter().chain(self.others.first().copied()).min()
    }

    /// Fills an empty structure in bulk.
    pub fn load(&mut self, deadlines: impl IntoIterator<Item = (Timestamp, RowId)>) {
        let mut deadlines: Vec<_> = deadlines.into_iter().collect();
        deadlines.sort_unstable();
        self.in_order = deadlines.into();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::operators::random::Random;

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros(micros)
    }

    fn waiting(expiry: &Expiry) -> BTreeSet<(Timestamp, RowId)> {
        let all: BTreeSet<_> = expiry.in_order.iter().chain(&expiry.others).copied().collect();
        assert_eq!(all.len(), expiry.in_order.iter().count() + expiry.others.len(), "each row waits once");
        all
    }

    #[test]
    fn rows_are_due_from_their_deadline_on_in_order() {
        let mut expiry = Expiry::default();
        expiry.change(RowId(1), None, Some(at(20)));
        expiry.change(RowId(2), None, Some(at(10)));
        expiry.change(RowId(3), None, Some(at(10)));
        expiry.change(RowId(4), None, None);
        assert_eq!((expiry.next_deadline(), expiry.due(at(9))), (Some(at(10)), None));
        assert_eq!(
            (expiry.due(at(10)), expiry.due(at(10)), expiry.due(at(10))),
            (Some(RowId(2)), Some(RowId(3)), None)
        );
        expiry.change(RowId(1), Some(at(20)), Some(at(30)));
        assert_eq!(
            (expiry.due(at(29)), expiry.due(at(30)), expiry.next_deadline()),
            (None, Some(RowId(1)), None)
        );
    }

    #[test]
    fn the_clock_starts_before_all_time_and_tells_where_it_stood() {
        let mut expiry = Expiry::default();
        assert_eq!(expiry.set_now(at(5)), at(i64::MIN));
        assert_eq!((expiry.set_now(at(7)), expiry.now()), (at(5), at(7)));
    }

    /// Rows come, go and are postponed, and the clock moves; a map from row to deadline says who is due. Steps that are undone leave
    /// no trace, and loading in bulk is the same as inserting one by one.
    #[test]
    fn random_deadlines_equal_a_map_from_row_to_deadline() {
        for seed in 0..20 {
            let mut random = Random::new(seed);
            let mut expiry = Expiry::default();
            let mut model: BTreeMap<RowId, Timestamp> = BTreeMap::new();
            for now in (0..400).map(at) {
                let mut log = Vec::new();
                let before = waiting(&expiry);
                for _ in 0..random.below(5) {
                    let id = RowId(random.below(12) as u32);
                    let new = (random.below(3) > 0).then(|| at(now.micros() + random.below(40) as i64));
                    let old = model.remove(&id);
                    model.extend(new.map(|deadline| (id, deadline)));
                    expiry.change(id, old, new);
                    log.push((id, old, new));
                }
                if random.below(4) == 0 {
                    for (id, old, new) in log.into_iter().rev() {
                        expiry.change(id, new, old);
                        model.remove(&id);
                        model.extend(old.map(|deadline| (id, deadline)));
                    }
                    assert_eq!(waiting(&expiry), before, "what is undone leaves no trace");
                }
                assert_eq!(expiry.next_deadline(), model.values().min().copied());
                let mut due: Vec<_> =
                    model.iter().filter(|(_, d)| **d <= now).map(|(id, d)| (*d, *id)).collect();
                due.sort_unstable();
                let found: Vec<RowId> = std::iter::from_fn(|| expiry.due(now)).collect();
                assert_eq!(found, due.iter().map(|(_, id)| *id).collect::<Vec<_>>());
                model.retain(|_, deadline| *deadline > now);
                let mut loaded = Expiry::default();
                loaded.load(model.iter().map(|(id, deadline)| (*deadline, *id)));
                assert_eq!(waiting(&loaded), waiting(&expiry));
            }
        }
    }
}
