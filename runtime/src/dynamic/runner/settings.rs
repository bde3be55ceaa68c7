//! The arguments.

use std::path::PathBuf;

use clap::Parser;
use cosmictron_types::Timestamp;

/// Runs compiled queries over transactions and prints their deltas, as lines of JSON.
#[derive(Debug, Parser)]
#[command(name = "cosmictron-compile run")]
pub(super) struct Settings {
    /// One transaction a line; `-` is standard input
    #[arg(long, value_name = "FILE", default_value = "-")]
    pub(super) input: String,
    /// Loads a table first; the header names its columns. May be given several times
    #[arg(long, value_name = "TABLE=FILE.csv", value_parser = Load::parse)]
    pub(super) load: Vec<Load>,
    /// Keeps the tables in this file; in memory without it
    #[arg(long, value_name = "FILE")]
    pub(super) db: Option<PathBuf>,
    /// A clock that starts here and is moved by {"advance":…}; the system's without it
    #[arg(long, value_name = "TIMESTAMP", value_parser = parse_timestamp)]
    pub(super) now: Option<Timestamp>,
    /// Prints the changes of every result (the default)
    #[arg(long, conflicts_with_all = ["snapshot", "quiet"])]
    deltas: bool,
    /// Prints every result once, at the end
    #[arg(long, conflicts_with = "quiet")]
    snapshot: bool,
    /// Prints only what is asked for, and what is rejected
    #[arg(long)]
    quiet: bool,
    /// Prints row counts, times and work to standard error at the end
    #[arg(long)]
    pub(super) stats: bool,
}

/// What to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Print {
    Deltas,
    /// Of every result, at the end.
    Snapshots,
    /// Only what is asked for.
    Answers,
}

/// A table and the file to load it from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) table: String,
    pub(super) file: PathBuf,
}

impl Settings {
    pub(super) fn print(&self) -> Print {
        match (self.snapshot, self.quiet) {
            (true, _) => Print::Snapshots,
            (_, true) => Print::Answers,
            _ => Print::Deltas,
        }
    }
}

impl Load {
    fn parse(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((table, file)) if !table.is_empty() && !file.is_empty() => {
                Ok(Self { table: table.to_owned(), file: file.into() })
            }
            _ => Err("give a table and a file, as in orders=orders.csv".to_owned()),
        }
    }
}

fn parse_timestamp(text: &str) -> Result<Timestamp, String> {
    let time = Timestamp::parse(text).map_err(|error| error.to_string())?;
    if time.is_finite() { Ok(time) } else { Err("the clock needs a finite time".to_owned()) }
}
