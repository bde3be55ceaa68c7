//! Benchmarks: ten charts over many orders, maintained by several engines side by side.
//!
//! `cargo run --release -p cosmictron-benches -- --help`

mod cli;
mod compile_time;
mod engines;
mod report;
mod run;

/// The tables of the shop, as emitted.
#[allow(clippy::all, unused_qualifications)]
mod schema {
    include!(concat!(env!("OUT_DIR"), "/schema.rs"));
}

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cosmictron-benches: {error}");
            ExitCode::FAILURE
        }
    }
}
