//! Structures that do the same work in turns.

use std::any::Any;
use std::error::Error;
use std::hint::black_box;

use rustix::time::{ClockId, clock_gettime};

/// Structures that are compared on one kind of data, which is there once the case is.
pub struct Case {
    /// The kernel, such as `secondary_index`.
    pub kernel: &'static str,
    /// What distinguishes it from the kernel's other cases.
    pub name: &'static str,
    /// How many entries a built structure has.
    pub entries: usize,
    /// The structures; the first is the chosen one.
    pub alternatives: Vec<Alternative>,
}

/// A structure under comparison.
pub struct Alternative {
    /// What it is.
    pub name: &'static str,
    /// Does all the work once and gives what it found out on the way, which must be the same for all.
    pub round: fn(&mut Stopwatch) -> Vec<u64>,
    /// Makes the structure with all its entries, for its memory.
    pub build: fn() -> Box<dyn Any>,
}

/// How long the parts of one round took.
#[derive(Default)]
pub struct Stopwatch {
    parts: Vec<(&'static str, f64)>,
}

impl Stopwatch {
    /// Times a part of a round that does so many operations. It counts what the thread was given of the processor, since other programs
    /// may run beside this one.
    pub fn time<T>(&mut self, part: &'static str, operations: usize, work: impl FnOnce() -> T) -> T {
        let started = thread_time();
        let result = black_box(work());
        let nanoseconds = thread_time() - started;
        self.parts.push((part, nanoseconds as f64 / operations.max(1) as f64));
        result
    }
}

fn thread_time() -> i64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}

/// How one structure did in one part of the work.
#[derive(Clone, Debug)]
pub struct Timing {
    /// The part.
    pub part: &'static str,
    /// The structure.
    pub alternative: &'static str,
    /// Nanoseconds an operation, the median over the rounds.
    pub nanoseconds: f64,
    /// How many times as long as the chosen structure in the same round: the lower quartile, the median and the upper quartile.
    pub ratio: [f64; 3],
}

/// Lets all structures of a case do the work in turns.
///
/// # Errors
/// If two of them disagree: a figure for a structure that answers wrongly means nothing.
pub fn timings(case: &Case, rounds: usize) -> Result<Vec<Timing>, Box<dyn Error>> {
    // For each structure, for each round, the parts.
    let mut times: Vec<Vec<Stopwatch>> = case.alternatives.iter().map(|_| Vec::new()).collect();
    let mut expected: Option<Vec<u64>> = None;
    // The first round warms up. Each round begins with another structure, since what a structure leaves behind may help or hinder the next.
    for round in 0..=rounds {
        for turn in 0..case.alternatives.len() {
            let at = (round + turn) % case.alternatives.len();
            let (alternative, times) = (&case.alternatives[at], &mut times[at]);
            let mut stopwatch = Stopwatch::default();
            let answers = (alternative.round)(&mut stopwatch);
            agree(case, alternative, expected.get_or_insert_with(|| answers.clone()), &answers)?;
            if round > 0 {
                times.push(stopwatch);
            }
        }
    }
    let Some(chosen) = times.first() else { return Ok(Vec::new()) };
    let parts = chosen.first().map_or(&[][..], |stopwatch| &stopwatch.parts);
    Ok(parts
        .iter()
        .enumerate()
        .flat_map(|(part, (name, _))| {
            case.alternatives.iter().zip(&times).map(move |(alternative, times)| {
                let of = |stopwatch: &Stopwatch| stopwatch.parts[part].1;
                let [_, nanoseconds, _] = quartiles(times.iter().map(of));
                let ratio = quartiles(times.iter().zip(chosen).map(|(time, chosen)| of(time) / of(chosen)));
                Timing { part: name, alternative: alternative.name, nanoseconds, ratio }
            })
        })
        .collect())
}

fn agree(
    case: &Case,
    alternative: &Alternative,
    expected: &[u64],
    found: &[u64],
) -> Result<(), Box<dyn Error>> {
    if expected == found {
        return Ok(());
    }
    let chosen = case.alternatives.first().map_or("", |chosen| chosen.name);
    Err(format!(
        "{}, {}: {chosen} and {} disagree: {expected:?} and {found:?}",
        case.kernel, case.name, alternative.name
    )
    .into())
}

fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let at = |quarter: usize| values.get((values.len().saturating_sub(1)) * quarter / 4);
    [1, 2, 3].map(|quarter| at(quarter).copied().unwrap_or(f64::NAN))
}

/// Folds something into an answer, whatever the order it comes in.
pub fn fold(answer: &mut u64, value: u64) {
    // A multiply and a shift, so that values that swap places do not cancel in the sum.
    let mixed = (value ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xff51_afd7_ed55_8ccd);
    *answer = answer.wrapping_add(mixed ^ (mixed >> 32));
}
