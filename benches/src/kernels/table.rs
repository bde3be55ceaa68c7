//! The figures as tables of ratios and as JSON.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;

use cosmictron_bench_harness::report;
use serde_json::{Value, json};

use crate::measure::{Alternative, Case, Timing};

/// The figures of a case.
pub struct Measured {
    /// What was measured.
    pub case: Case,
    /// The times of each part of the work, by part and structure.
    pub timings: Vec<Timing>,
    /// The memory of each structure.
    pub bytes: Vec<u64>,
}

/// Prints where the figures come from.
pub fn print_machine() {
    println!("{}; ratios are to the first structure of each case", report::machine());
}

/// Prints a line for each part of the work and each structure.
pub fn print(measured: &Measured) {
    let case = &measured.case;
    println!("\n{}: {} ({} entries)", case.kernel, case.name, case.entries);
    println!("{:<28} {:<40} {:>10} {:>8}  {:<15}", "work", "structure", "ns", "ratio", "quartiles");
    for timing in &measured.timings {
        let [low, ratio, high] = timing.ratio;
        println!(
            "{:<28} {:<40} {:>10.1} {:>8}  {:<15}",
            timing.part,
            timing.alternative,
            timing.nanoseconds,
            format!("{ratio:.2}×"),
            format!("{low:.2}–{high:.2}")
        );
    }
    for (alternative, bytes) in case.alternatives.iter().zip(&measured.bytes) {
        println!(
            "{:<28} {:<40} {:>10.1} {:>8}",
            "bytes an entry",
            alternative.name,
            *bytes as f64 / case.entries as f64,
            ratio_of_bytes(measured, *bytes).map_or("–".to_owned(), |ratio| format!("{ratio:.2}×")),
        );
    }
}

/// Memory that is too small to be told from what the process does besides.
const UNSURE: u64 = 256 * 1024;

/// How many times as much memory as the chosen structure, if that has enough to tell.
fn ratio_of_bytes(measured: &Measured, bytes: u64) -> Option<f64> {
    let chosen = measured.bytes.first().filter(|chosen| **chosen >= UNSURE)?;
    Some(bytes as f64 / *chosen as f64)
}

/// The figures of each case.
pub fn json(all: &[Measured]) -> Vec<Value> {
    all.iter().map(json_of).collect()
}

fn json_of(measured: &Measured) -> Value {
    let case = &measured.case;
    let time = |t: &Timing| {
        let [low, ratio, high] = t.ratio;
        json!({ "work": t.part, "structure": t.alternative, "ns": t.nanoseconds, "ratio": ratio,
            "ratio_quartiles": [low, high] })
    };
    let memory = |(alternative, bytes): (&Alternative, &u64)| {
        json!({ "structure": alternative.name, "bytes_an_entry": *bytes as f64 / case.entries as f64,
            "ratio": ratio_of_bytes(measured, *bytes) })
    };
    json!({
        "kernel": case.kernel, "case": case.name, "entries": case.entries,
        "times": measured.timings.iter().map(time).collect::<Vec<_>>(),
        "memory": case.alternatives.iter().zip(&measured.bytes).map(memory).collect::<Vec<_>>(),
    })
}

const KEY: &str = "kernels";

/// Writes figures.
///
/// # Errors
/// If the file cannot be written.
pub fn write(figures: Vec<Value>, path: &Path) -> io::Result<()> {
    report::write(KEY, Value::Array(figures), path)
}

/// Reads figures that [`write`] has written.
///
/// # Errors
/// If they are not there.
pub fn read(path: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut all: Value = serde_json::from_slice(&fs::read(path)?)?;
    match all[KEY].take() {
        Value::Array(figures) => Ok(figures),
        _ => Err("there are no figures".into()),
    }
}
