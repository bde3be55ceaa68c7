//! The command line.

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use clap::Parser;
use serde_json::Value;

use crate::measure::{Alternative, Case, timings};
use crate::table::{self, Measured};
use crate::{
    count_distinct, data, decimal, expiry, float_sum, group, min_max, resident, row_storage, secondary_index,
    text, top_k, unique_index,
};

/// Measures the runtime's data structures beside those it could have used instead, and prints how many times as long each took, and how
/// many times as much memory.
#[derive(Debug, Parser)]
#[command(name = "kernels")]
struct Cli {
    /// Only these kernels, separated by commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,

    /// How many orders there are; each has two items
    #[arg(long, default_value = "1000000", value_parser = clap::value_parser!(u32).range(1000..=100_000_000))]
    orders: u32,

    /// How often each structure does the work
    #[arg(long, default_value = "9", value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,

    /// Where the figures go
    #[arg(long, value_name = "FILE", default_value = "target/kernels.json")]
    json: PathBuf,

    /// Measures in this process, and prints nothing but tables
    #[arg(long, hide = true)]
    here: bool,

    /// Makes one structure in this process and prints the bytes it takes
    #[arg(long, hide = true, num_args = 3, value_names = ["KERNEL", "CASE", "STRUCTURE"], id = resident::ARGUMENT)]
    resident: Vec<String>,
}

/// A kernel and what makes its cases.
type Kernel = (&'static str, fn() -> Vec<Case>);

const KERNELS: [Kernel; 11] = [
    (unique_index::NAME, unique_index::cases),
    (group::NAME, group::cases),
    (row_storage::NAME, row_storage::cases),
    (secondary_index::NAME, secondary_index::cases),
    (top_k::NAME, top_k::cases),
    (min_max::NAME, min_max::cases),
    (count_distinct::NAME, count_distinct::cases),
    (expiry::NAME, expiry::cases),
    (text::NAME, text::cases),
    (decimal::NAME, decimal::cases),
    (float_sum::NAME, float_sum::cases),
];

/// Runs what the command line asks for.
pub fn run() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    data::set_orders(cli.orders as usize);
    if let [kernel, case, structure] = &cli.resident[..] {
        let found = find(kernel, case, structure).ok_or("there is no such structure")?;
        println!("{}", resident::here(&found)?);
        return Ok(());
    }
    if let Some(unknown) = cli.only.iter().find(|name| KERNELS.iter().all(|(kernel, _)| kernel != name)) {
        let names: Vec<&str> = KERNELS.iter().map(|(name, _)| *name).collect();
        return Err(format!("there is no kernel {unknown}; there are {}", names.join(", ")).into());
    }
    let chosen =
        KERNELS.iter().filter(|(name, _)| cli.only.is_empty() || cli.only.iter().any(|only| only == name));
    if cli.here {
        let measured = chosen.flat_map(|(_, cases)| cases()).map(|case| measure(case, &cli));
        return Ok(table::write(table::json(&measured.collect::<Result<Vec<_>, _>>()?), &cli.json)?);
    }
    table::print_machine();
    let mut figures = Vec::new();
    for (name, _) in chosen {
        figures.extend(in_own_process(name, &cli)?);
    }
    table::write(figures, &cli.json)?;
    println!("\nwritten to {}", cli.json.display());
    Ok(())
}

/// Measures a kernel in a process of its own, where the allocator has not learnt anything from others, and gives the figures.
fn in_own_process(kernel: &str, cli: &Cli) -> Result<Vec<Value>, Box<dyn Error>> {
    let file = env::temp_dir().join(format!("cosmictron-kernels-{}-{kernel}.json", std::process::id()));
    let mut command = Command::new(env::current_exe()?);
    command.args(["--here", "--only", kernel, "--orders", &cli.orders.to_string()]);
    let status = command.args(["--rounds", &cli.rounds.to_string(), "--json"]).arg(&file).status()?;
    if !status.success() {
        return Err(format!("{kernel} ended with {status}").into());
    }
    let figures = table::read(&file)?;
    fs::remove_file(file)?;
    Ok(figures)
}

fn measure(case: Case, cli: &Cli) -> Result<Measured, Box<dyn Error>> {
    let bytes = case.alternatives.iter().map(|a| resident::in_own_process(&case, a, cli.orders as usize));
    let bytes = bytes.collect::<Result<Vec<u64>, _>>()?;
    let timings = timings(&case, cli.rounds as usize)?;
    let measured = Measured { case, timings, bytes };
    table::print(&measured);
    Ok(measured)
}

fn find(kernel: &str, case: &str, structure: &str) -> Option<Alternative> {
    let (_, cases) = KERNELS.into_iter().find(|(name, _)| *name == kernel)?;
    let case = cases().into_iter().find(|c| c.name == case)?;
    case.alternatives.into_iter().find(|alternative| alternative.name == structure)
}
