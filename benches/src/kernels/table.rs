//! The figures as tables of ratios and as JSON.

use std::io;
use std::path::Path;

use cosmictron_bench_harness::report;
use serde_json::{Value, json};

use crate::measure::Case;
use crate::measure::Timing;

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
            format!("{:.2}×", ratio_of_bytes(measured, *bytes)),
        );
    }
}

fn ratio_of_bytes(measured: &Measured, bytes: u64) -> f64 {
    bytes as f64 / measured.bytes.first().copied().unwrap_or(0).max(1) as f64
}

/// Writes all figures.
///
/// # Errors
/// If the file cannot be written.
pub fn write(all: &[Measured], path: &Path) -> io::Result<()> {
    let cases: Vec<Value> = all
        .iter()
        .map(|measured| {
            let case = &measured.case;
            let times: Vec<Value> = measured
                .timings
                .iter()
                .map(|t| {
                    json!({ "work": t.part, "structure": t.alternative, "ns": t.nanoseconds, "ratio": t.ratio[1],
                        "ratio_quartiles": [t.ratio[0], t.ratio[2]] })
                })
                .collect();
            let memory: Vec<Value> = case
                .alternatives
                .iter()
                .zip(&measured.bytes)
                .map(|(alternative, bytes)| {
                    json!({ "structure": alternative.name, "bytes_an_entry": *bytes as f64 / case.entries as f64,
                        "ratio": ratio_of_bytes(measured, *bytes) })
                })
                .collect();
            json!({ "kernel": case.kernel, "case": case.name, "entries": case.entries, "times": times, "memory": memory })
        })
        .collect();
    report::write("kernels", Value::Array(cases), path)
}
