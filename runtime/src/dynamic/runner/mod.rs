//! The program behind `cosmictron-compile run`: transactions in, deltas out, as lines of JSON.
//!
//! An emitted `main.rs` calls [`main`] with its schema and circuit. Standard output carries JSON lines only; everything else
//! goes to standard error.

mod csv;
mod load;
mod printer;
mod request;
mod session;
mod settings;
mod statistics;
#[cfg(test)]
mod tests;
mod unique_keys;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;

use self::printer::Printer;
use self::session::Session;
use self::settings::Settings;
use self::statistics::Statistics;
use super::DynamicDatabase;
use crate::clock::Clock;
use crate::error::Error;
use crate::store::{Circuit, Database, Options, Schema};

/// Runs the program with the arguments of the process: see `--help`.
///
/// The exit status is 0 at the end of the input, also if transactions were rejected or nobody reads the output any more; 1 if
/// the database cannot be opened, loaded or worked with; 2 for wrong arguments.
pub fn main<S: Schema, C: Circuit<S> + Default>() -> ExitCode {
    let settings = match Settings::try_parse() {
        Ok(settings) => settings,
        Err(error) => {
            // There is nobody to tell if even this cannot be printed.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match run(&settings, start::<S, C>) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Opens a database, has it loaded, and attaches the queries: in this order, since they are computed faster in bulk.
type Start =
    fn(&Settings, &mut dyn FnMut(&DynamicDatabase) -> Result<(), String>) -> Result<DynamicDatabase, String>;

fn start<S: Schema, C: Circuit<S> + Default>(
    settings: &Settings,
    load: &mut dyn FnMut(&DynamicDatabase) -> Result<(), String>,
) -> Result<DynamicDatabase, String> {
    let clock = settings.now.map_or(Clock::System, Clock::Manual);
    let database = open::<S>(settings.db.as_deref(), clock).map_err(|error| error.to_string())?;
    load(&DynamicDatabase::of_tables(database.clone()))?;
    DynamicDatabase::attach::<S, C>(database).map_err(|error| error.to_string())
}

fn open<S: Schema>(path: Option<&Path>, clock: Clock) -> Result<Database<S>, Error> {
    match path {
        Some(path) => Database::open_with(path, Options { clock, ..Options::default() }),
        None => Ok(Database::in_memory_with(clock)),
    }
}

fn run(settings: &Settings, start: Start) -> Result<(), String> {
    // A file that is not there is noticed before anything is loaded.
    let input = input(&settings.input)?;
    let mut statistics = Statistics::default();
    let database = start(settings, &mut |tables| {
        let begun = Instant::now();
        statistics.loaded = load::load(tables, &settings.load)?;
        statistics.loading = begun.elapsed();
        Ok(())
    })?;
    let printer = Printer::new(Box::new(io::stdout()));
    let mut session = Session::new(database.clone(), printer, settings.print());
    let ended = session.run(BufReader::with_capacity(1 << 16, input), &mut statistics);
    if settings.stats {
        statistics.print(&database);
    }
    ended
}

fn input(name: &str) -> Result<Box<dyn Read>, String> {
    if name == "-" {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(name).map_err(|why| format!("cannot read {name:?}: {why}"))?;
    Ok(Box::new(file))
}
