//! Benchmarks: prints a table and writes it as JSON.
//!
//! `cargo run --release -p cosmictron-benches -- [--orders N] [--json FILE]`

mod live {
    include!(concat!(env!("OUT_DIR"), "/cosmictron.rs"));
}
mod product;
mod recipe;
mod report;

use std::process::ExitCode;

const USAGE: &str = "usage: cosmictron-benches [--orders N] [--json FILE]";

fn main() -> ExitCode {
    let (mut orders, mut json) = (1_000_000, "target/bench.json".to_owned());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--orders", Some(n)) if n.parse::<i64>().is_ok_and(|n| n >= 1000) => {
                orders = n.parse().unwrap_or(orders);
            }
            ("--json", Some(file)) => json = file,
            _ => {
                eprintln!("{USAGE}\nN is at least 1000");
                return ExitCode::from(2);
            }
        }
    }
    let run = || -> Result<(), Box<dyn std::error::Error>> {
        let report = product::run(orders)?;
        report.print();
        report.write(&json)?;
        println!("written to {json}");
        Ok(())
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cosmictron-benches: {error}");
            ExitCode::FAILURE
        }
    }
}
