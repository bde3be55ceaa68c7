//! The engines that Cosmictron's benchmarks compare with, in a workspace of their own.
//!
//! `cargo run --release -p cosmictron-benches -- --peers` builds this program, asks it which engines it has, and has it measure each.

mod engines;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use cosmictron_bench_harness::Setup;

use engines::Kind;

/// Measures one of the engines that Cosmictron is compared with.
#[derive(Debug, Parser)]
#[command(name = "cosmictron-bench-peers")]
struct Cli {
    /// Prints the names of the engines, one a line
    #[arg(long)]
    engines: bool,

    /// Measures this engine and prints a line of JSON
    #[arg(long, required_unless_present = "engines")]
    measure: Option<String>,

    /// How many orders are loaded
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(i64).range(1000..))]
    orders: i64,

    /// The only query that is live
    #[arg(long)]
    query: Option<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cosmictron-bench-peers: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    let Some(engine) = &cli.measure else {
        Kind::ALL.iter().for_each(|kind| println!("{}", kind.name()));
        return Ok(());
    };
    let kind = Kind::ALL.into_iter().find(|k| k.name() == engine);
    let kind = kind.ok_or_else(|| format!("there is no engine {engine}"))?;
    let setup = Setup { orders: cli.orders, query: cli.query };
    println!("{}", serde_json::to_string(&kind.measure(&setup)?)?);
    Ok(())
}
