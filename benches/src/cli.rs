//! The command line.

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;
use cosmictron_bench_harness::Setup;
use cosmictron_bench_harness::engine::QUERIES;

use crate::compile_time;
use crate::engines::Kind;
use crate::run::{self, Plan};

/// Maintains ten charts over many orders with several engines, compares their results, and prints how long each took.
#[derive(Debug, Parser)]
#[command(name = "cosmictron-benches")]
struct Cli {
    /// How many orders are loaded; several may be given, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "1000000", value_parser = clap::value_parser!(i64).range(1000..))]
    orders: Vec<i64>,

    /// Only these engines, separated by commas
    #[arg(long, value_delimiter = ',')]
    engines: Vec<String>,

    /// Each query alone too (needs `--features alone`)
    #[arg(long)]
    alone: bool,

    /// Also the engines in benches/peers, which are built first
    #[arg(long)]
    peers: bool,

    /// Instead, how long crates of 1, 10, 40 and 100 queries take to build
    #[arg(long, conflicts_with_all = ["orders", "engines", "alone", "peers"])]
    compile_time: bool,

    /// Where the figures go
    #[arg(long, value_name = "FILE", default_value = "target/bench.json")]
    json: PathBuf,

    /// Measures one engine in this process and prints a line of JSON
    #[arg(long, hide = true)]
    measure: Option<String>,

    /// The only query that is live
    #[arg(long, hide = true)]
    query: Option<String>,
}

/// Runs what the command line asks for.
pub fn run() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    if let Some(engine) = &cli.measure {
        let kind = Kind::ALL.into_iter().find(|k| k.name() == engine);
        let kind = kind.ok_or_else(|| format!("there is no engine {engine}"))?;
        let setup = Setup { orders: cli.orders[0], query: cli.query };
        println!("{}", serde_json::to_string(&kind.measure(&setup)?)?);
        return Ok(());
    }
    if cli.compile_time {
        return compile_time::run(&cli.json);
    }
    let queries =
        if cli.alone { QUERIES.iter().map(|q| Some((*q).to_owned())).collect() } else { Vec::new() };
    let plan = Plan { orders: cli.orders, engines: cli.engines, queries, peers: cli.peers };
    run::run(&plan, &cli.json)
}
