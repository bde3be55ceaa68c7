//! `cosmictron-compile check`: are the schema and the queries right?

use std::path::PathBuf;

use clap::Args;
use cosmictron_compiler::compile;

use crate::console::{self, Format, count};
use crate::input::{self, SchemaArg};
use crate::stop::Stop;

/// Check a schema and queries
///
/// Exits with 0 if all compile; otherwise with 1, and what is wrong on standard error.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cosmictron-compile check --schema schema.sql --queries queries.sql
  cosmictron-compile check --queries queries/ --format json")]
pub(crate) struct Check {
    #[command(flatten)]
    schema: SchemaArg,
    /// A file of queries or a folder of .sql files; may be repeated
    #[arg(long, short, value_name = "FILE|FOLDER")]
    queries: Vec<PathBuf>,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Check {
    pub(crate) fn run(&self) -> Result<(), Stop> {
        let compiled = compile(&input::read(&self.schema.schema, &self.queries)?);
        console::report(&compiled, self.format);
        if compiled.failed() {
            return Err(Stop::Refused);
        }
        if self.format == Format::Json {
            return Ok(());
        }
        let tables = count(compiled.catalog.tables.len(), "table");
        let what = match compiled.queries.len() {
            0 => tables,
            queries => format!("{} over {tables}", count(queries, "query")),
        };
        let warnings = match compiled.diagnostics.len() {
            0 => String::new(),
            warnings => format!(", {}", count(warnings, "warning")),
        };
        console::print(&format!("{what}: ok{warnings}\n"))
    }
}
