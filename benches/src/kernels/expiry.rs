//! When rows leave a time window: a queue of those that come in order with a tree for the others, and other orders of deadlines.

use std::any::Any;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::LazyLock;
use std::time::Duration;

use cosmictron::Timestamp;
use cosmictron::operators::Expiry;
use cosmictron::store::RowId;
use cosmictron_bench_harness::recipe::Recipe;
use hierarchical_hash_wheel_timer::wheels::quad_wheel::{QuadWheelWithOverflow, no_prune};

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch};

/// The kernel's name.
pub const NAME: &str = "expiry";

/// What is compared: a window over when orders were placed, and deadlines that have nothing to do with that.
pub fn cases() -> Vec<Case> {
    vec![case::<InOrder>("deadlines in order"), case::<InNoOrder>("deadlines in no order")]
}

fn case<W: When>(name: &'static str) -> Case {
    let alternatives = vec![
        alternative::<W, Expiry>("queue, BTreeSet for the others"),
        alternative::<W, BTreeSet<Deadline>>("BTreeSet"),
        alternative::<W, Heap>("heap, rows leave late"),
        alternative::<W, Wheel>("timing wheel, rows leave late"),
    ];
    // Half of them come later.
    Case { kernel: NAME, name, entries: W::deadlines().len() / 2, alternatives }
}

type Deadline = (Timestamp, RowId);

/// Deadlines of rows, those of the rows that come later last.
trait When: 'static {
    fn deadlines() -> &'static [Timestamp];
}

struct InOrder;
struct InNoOrder;

/// The recipe's distance between two orders, in microseconds.
fn distance() -> i64 {
    Recipe::placed_at(1) - Recipe::placed_at(0)
}

/// So long after it was placed each order leaves a window that begins with all of them in it.
fn window() -> i64 {
    shop().orders.len() as i64 * distance()
}

impl When for InOrder {
    fn deadlines() -> &'static [Timestamp] {
        static ALL: LazyLock<Vec<Timestamp>> = LazyLock::new(|| {
            let rows = 0..2 * shop().orders.len() as i64;
            rows.map(|id| Timestamp::from_micros(Recipe::placed_at(id) + window())).collect()
        });
        &ALL
    }
}

impl When for InNoOrder {
    fn deadlines() -> &'static [Timestamp] {
        static ALL: LazyLock<Vec<Timestamp>> = LazyLock::new(|| {
            let picked = shop().picked.iter().cycle().take(2 * shop().orders.len());
            let after = picked.map(|after| window() + i64::from(*after) * distance());
            (0..)
                .zip(after)
                .map(|(id, after)| Timestamp::from_micros(Recipe::placed_at(id) + after))
                .collect()
        });
        &ALL
    }
}

/// Rows that wait for their deadlines.
trait Waiting: 'static {
    fn load(deadlines: impl Iterator<Item = Deadline>) -> Self;
    fn change(&mut self, id: RowId, old: Option<Timestamp>, new: Option<Timestamp>);
    fn due(&mut self, now: Timestamp) -> Option<RowId>;
}

impl Waiting for Expiry {
    fn load(deadlines: impl Iterator<Item = Deadline>) -> Self {
        let mut expiry = Expiry::default();
        expiry.load(deadlines);
        expiry
    }

    fn change(&mut self, id: RowId, old: Option<Timestamp>, new: Option<Timestamp>) {
        self.change(id, old, new);
    }

    fn due(&mut self, now: Timestamp) -> Option<RowId> {
        self.due(now)
    }
}

impl Waiting for BTreeSet<Deadline> {
    fn load(deadlines: impl Iterator<Item = Deadline>) -> Self {
        deadlines.collect()
    }

    fn change(&mut self, id: RowId, old: Option<Timestamp>, new: Option<Timestamp>) {
        if let Some(old) = old {
            self.remove(&(old, id));
        }
        if let Some(new) = new {
            self.insert((new, id));
        }
    }

    fn due(&mut self, now: Timestamp) -> Option<RowId> {
        if self.first()?.0 > now {
            return None;
        }
        self.pop_first().map(|(_, id)| id)
    }
}

/// When each row is really due; what waits for another time, or a second time, is passed over.
#[derive(Default)]
struct Truth(Vec<Option<Timestamp>>);

impl Truth {
    fn set(&mut self, id: RowId, deadline: Option<Timestamp>) {
        let at = id.0 as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        self.0[at] = deadline;
    }

    fn take(&mut self, (deadline, id): Deadline) -> Option<RowId> {
        self.0[id.0 as usize].take_if(|truth| *truth == deadline).map(|_| id)
    }
}

/// A heap from which a row that has gone is taken when it comes to the top.
struct Heap {
    heap: BinaryHeap<Reverse<Deadline>>,
    truth: Truth,
}

impl Waiting for Heap {
    fn load(deadlines: impl Iterator<Item = Deadline>) -> Self {
        let mut truth = Truth::default();
        let heap: Vec<Reverse<Deadline>> =
            deadlines.inspect(|(deadline, id)| truth.set(*id, Some(*deadline))).map(Reverse).collect();
        Self { heap: heap.into(), truth }
    }

    fn change(&mut self, id: RowId, _: Option<Timestamp>, new: Option<Timestamp>) {
        self.truth.set(id, new);
        if let Some(new) = new {
            self.heap.push(Reverse((new, id)));
        }
    }

    fn due(&mut self, now: Timestamp) -> Option<RowId> {
        while self.heap.peek().is_some_and(|Reverse((deadline, _))| *deadline <= now) {
            let Reverse(next) = self.heap.pop()?;
            if let Some(id) = self.truth.take(next) {
                return Some(id);
            }
        }
        None
    }
}

/// A wheel that ticks once in the distance of two orders, which is as coarse as this data allows; the rows of a tick are sorted.
struct Wheel {
    wheel: QuadWheelWithOverflow<Deadline>,
    ticks: i64,
    /// The rows of the last tick, the next one last.
    ready: Vec<Deadline>,
    truth: Truth,
}

impl Waiting for Wheel {
    fn load(deadlines: impl Iterator<Item = Deadline>) -> Self {
        let wheel = QuadWheelWithOverflow::new(no_prune);
        let mut wheel = Self { wheel, ticks: 0, ready: Vec::new(), truth: Truth::default() };
        deadlines.for_each(|(deadline, id)| wheel.change(id, None, Some(deadline)));
        wheel
    }

    fn change(&mut self, id: RowId, _: Option<Timestamp>, new: Option<Timestamp>) {
        self.truth.set(id, new);
        let Some(new) = new else { return };
        let delay = tick_of(new) - self.ticks;
        let entry = (new, id);
        if delay <= 0 || self.wheel.insert_with_delay(entry, Duration::from_millis(delay as u64)).is_err() {
            self.ready.push(entry);
            self.ready.sort_unstable_by(|a, b| b.cmp(a));
        }
    }

    fn due(&mut self, now: Timestamp) -> Option<RowId> {
        loop {
            while let Some(next) = self.ready.pop_if(|(deadline, _)| *deadline <= now) {
                if let Some(id) = self.truth.take(next) {
                    return Some(id);
                }
            }
            if self.ticks >= tick_of(now) {
                return None;
            }
            self.ready.extend(self.wheel.tick());
            self.ready.sort_unstable_by(|a, b| b.cmp(a));
            self.ticks += 1;
        }
    }
}

fn tick_of(deadline: Timestamp) -> i64 {
    // The wheel's first tick is when the clock stands as the loaded orders begin to leave.
    (deadline.micros() - Recipe::placed_at(0) - window()) / distance() + 1
}

fn alternative<W: When, T: Waiting>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<W, T>, build: || Box::new(loaded::<W, T>()) as Box<dyn Any> }
}

fn loaded<W: When, T: Waiting>() -> T {
    let ids = (0..shop().orders.len() as u32).map(RowId);
    T::load(W::deadlines().iter().copied().zip(ids))
}

fn round<W: When, T: Waiting>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let orders = shop().orders.len();
    let deadline = |id: u32| Some(W::deadlines()[id as usize]);
    let mut answers = vec![0u64; 2];
    // The order in which rows are due counts.
    let tell =
        |answer: &mut u64, id: RowId| *answer = answer.wrapping_mul(31).wrapping_add(u64::from(id.0) + 1);
    let mut waiting: T = stopwatch.time("load", orders, loaded::<W, T>);
    let now = |step: usize| Timestamp::from_micros(Recipe::placed_at(step as i64) + window());
    let mut gone = vec![false; 2 * orders];
    stopwatch.time("a row comes, the clock moves", orders, || {
        for step in 0..orders {
            let id = (orders + step) as u32;
            waiting.change(RowId(id), None, deadline(id));
            while let Some(due) = waiting.due(now(step)) {
                gone[due.0 as usize] = true;
                tell(&mut answers[0], due);
            }
        }
    });
    // Rows that have come since the load; as many as the load had, so that what it left is worked off.
    let leaving = shop().leaving.iter().map(|id| orders as u32 + id);
    let leaving: Vec<u32> = leaving.filter(|id| !gone[*id as usize]).collect();
    stopwatch.time("a row leaves", leaving.len(), || {
        leaving.iter().for_each(|id| waiting.change(RowId(*id), deadline(*id), None));
    });
    let (again, _) = leaving.split_at(leaving.len() / 2);
    stopwatch.time("it comes again", again.len(), || {
        again.iter().rev().for_each(|id| waiting.change(RowId(*id), None, deadline(*id)));
    });
    let rest = gone.iter().filter(|gone| !**gone).count() - leaving.len() + again.len();
    stopwatch.time("all are due", rest, || {
        while let Some(id) = waiting.due(now(3 * orders)) {
            tell(&mut answers[1], id);
        }
    });
    answers
}
