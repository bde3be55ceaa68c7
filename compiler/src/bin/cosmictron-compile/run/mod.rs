//! `cosmictron-compile run`: compiles queries into a cached program and runs it.

mod build;
mod cache;
mod program;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use cosmictron_compiler::catalog::Catalog;
use cosmictron_compiler::suggest::did_you_mean;
use cosmictron_compiler::{compile, files};
use cosmictron_types::Timestamp;

use self::build::Build;
use self::cache::Cache;
use crate::console::{self, Format};
use crate::dependency::Crates;
use crate::input::{self, QueriesArg, SchemaArg};
use crate::stop::Stop;
use crate::templates::{render, template};

/// Run queries over transactions, and print how their results change
///
/// Reads one transaction a line and writes one delta a line, both as JSON. The queries are compiled to a program first, which takes a
/// while the first time; the next run of the same queries starts at once.
#[derive(Args)]
#[command(after_help = "\
Input lines:
  {\"tx\":[{\"insert\":\"orders\",\"row\":{\"id\":1,\"total\":\"12.50\"}},
         {\"update\":\"orders\",\"key\":{\"id\":1},\"set\":{\"total\":\"13.00\"}},
         {\"upsert\":\"orders\",\"row\":{\"id\":1,\"total\":\"14.00\"}},
         {\"delete\":\"orders\",\"key\":{\"id\":1}}]}
  {\"advance\":\"2026-01-01T11:00:00Z\"}    moves the clock of --now
  {\"snapshot\":\"revenue_by_hour\"}         asks for a whole result
  {\"subscribe\":\"revenue_by_hour\",\"as\":\"r\"}  makes a query live under another name
  {\"unsubscribe\":\"r\"}                    ends that

Examples:
  cosmictron-compile run --queries queries.sql --input changes.jsonl
  cosmictron-compile run --queries queries/ --load orders=orders.csv --snapshot < /dev/null
  tail -f changes.jsonl | cosmictron-compile run --queries queries.sql --db shop.db")]
pub(crate) struct Run {
    #[command(flatten)]
    schema: SchemaArg,
    #[command(flatten)]
    queries: QueriesArg,
    /// One transaction a line; - is standard input
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    input: PathBuf,
    /// Load a table first; the header names its columns. May be repeated
    #[arg(long, value_name = "TABLE=FILE.csv", value_parser = Load::parse)]
    load: Vec<Load>,
    /// Keep the tables in this file; in memory without it
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// A clock that starts here and is moved by {"advance":…}; the system's without it
    #[arg(long, value_name = "TIMESTAMP", value_parser = timestamp)]
    now: Option<String>,
    /// Print the changes of every result (the default)
    #[arg(long, conflicts_with_all = ["snapshot", "quiet"])]
    deltas: bool,
    /// Print every result once, at the end
    #[arg(long, conflicts_with = "quiet")]
    snapshot: bool,
    /// Print only what is asked for, and what is rejected
    #[arg(long)]
    quiet: bool,
    /// Print row counts, times and work to standard error at the end
    #[arg(long)]
    stats: bool,
    /// Optimise the program: slower to build, faster to run
    #[arg(long)]
    release: bool,
    /// Show what cargo does
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Clone, Debug)]
struct Load {
    table: String,
    file: PathBuf,
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

fn timestamp(text: &str) -> Result<String, String> {
    match Timestamp::parse(text) {
        Ok(time) if time.is_finite() => Ok(text.to_owned()),
        Ok(_) => Err("the clock needs a finite time".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

impl Run {
    pub(crate) fn run(&self) -> Result<(), Stop> {
        let request = input::read(&self.schema.schema, &self.queries.queries)?;
        let compiled = compile(&request);
        console::report(&compiled, Format::Text);
        let Some(rust) = &compiled.rust else { return Err(Stop::Refused) };
        self.check_files(&compiled.catalog)?;
        let cache = Cache::open()?;
        let package = package(&cache, rust)?;
        let (release, verbose) = (self.release, self.verbose);
        let program = Build { package: &package, target: &cache.target(), release, verbose }.run()?;
        cache.sweep();
        if self.input == Path::new("-") && io::stdin().is_terminal() {
            console::say("type one transaction a line; Ctrl-D ends (see --help)");
        }
        program::execute(&program, &self.arguments())
    }

    /// What would only be noticed after the build.
    fn check_files(&self, catalog: &Catalog) -> Result<(), Stop> {
        if self.input != Path::new("-") {
            readable(&self.input, "--input names a file with one transaction a line")?;
        }
        for Load { table, file } in &self.load {
            if catalog.find_table(table).is_none() {
                let stop = Stop::trouble(format!("--load: there is no table `{table}`"));
                let names = catalog.tables.iter().map(|t| t.name.as_str());
                return Err(match did_you_mean(table, names) {
                    Some(help) => stop.help(help),
                    None => stop,
                });
            }
            readable(file, "--load names a table and a CSV file, as in orders=orders.csv")?;
        }
        Ok(())
    }

    /// The program's arguments.
    fn arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec!["--input".into(), self.input.clone().into()];
        for Load { table, file } in &self.load {
            let mut load = OsString::from(format!("{table}="));
            load.push(file);
            arguments.extend(["--load".into(), load]);
        }
        arguments.extend(self.db.iter().flat_map(|db| ["--db".into(), db.clone().into()]));
        arguments.extend(self.now.iter().map(|now| format!("--now={now}").into()));
        let flags = [
            ("--deltas", self.deltas),
            ("--snapshot", self.snapshot),
            ("--quiet", self.quiet),
            ("--stats", self.stats),
        ];
        arguments.extend(flags.into_iter().filter(|(_, set)| *set).map(|(flag, _)| flag.into()));
        arguments
    }
}

fn readable(path: &Path, help: &str) -> Result<(), Stop> {
    match std::fs::File::open(path) {
        Ok(_) => Ok(()),
        Err(error) => {
            let message = format!("cannot read {}: {}", path.display(), files::reason(&error));
            Err(Stop::trouble(message).help(help))
        }
    }
}

/// Writes the package of the emitted code.
fn package(cache: &Cache, rust: &str) -> Result<PathBuf, Stop> {
    let crates = Crates::find()?;
    // The first line names the source files: the same queries in another folder are the same program.
    let code = rust.split_once('\n').map_or(rust, |(_, code)| code);
    let lock = crates.lock_file().and_then(|path| std::fs::read_to_string(path).ok());
    cache.package(|name| {
        let values = [("name", name), ("runtime", &crates.runtime())];
        let mut files = vec![
            ("Cargo.toml", render(template!("run/Cargo.toml.tera"), &values)?),
            ("src/main.rs", template!("run/main.rs").to_owned()),
            ("src/live.rs", code.to_owned()),
        ];
        files.extend(lock.clone().map(|lock| ("Cargo.lock", lock)));
        Ok(files)
    })
}
