//! `cosmictron-compile compile`: the Rust, as the build script and the macros emit it.

use std::path::{Path, PathBuf};

use clap::Args;
use cosmictron_compiler::emit::SchemaModule;
use cosmictron_compiler::{compile, files};

use crate::console::{self, Format};
use crate::input::{self, RulesArg, SchemaArg};
use crate::stop::Stop;

/// Compile a schema and queries to Rust
///
/// Without queries, the schema module alone is emitted. A file is written in one step, and only if its content changes.
#[derive(Args)]
#[command(after_help = "\
Examples:
  cosmictron-compile compile --schema schema.sql --queries queries/ -o src/live.rs
  cosmictron-compile compile --queries dashboard.sql --schema-module crate::schema | less")]
pub(crate) struct Compile {
    #[command(flatten)]
    schema: SchemaArg,
    /// A file of queries or a folder of .sql files; may be repeated
    #[arg(long, short, value_name = "FILE|FOLDER")]
    queries: Vec<PathBuf>,
    /// Where the Rust goes; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// The schema module is already in the crate, at this path (crate::schema): emit the queries alone
    #[arg(long, value_name = "PATH", requires = "queries", value_parser = module_path)]
    schema_module: Option<String>,
    #[command(flatten)]
    rules: RulesArg,
}

impl Compile {
    pub(crate) fn run(&self) -> Result<(), Stop> {
        let mut request = input::read(&self.schema.schema, &self.queries)?;
        request.rules = self.rules.rules();
        if let Some(path) = &self.schema_module {
            request.schema_module = SchemaModule::At(path.clone());
        }
        let compiled = compile(&request);
        console::report(&compiled, Format::Text);
        let Some(rust) = &compiled.rust else { return Err(Stop::Refused) };
        if self.output == Path::new("-") {
            return console::print(rust);
        }
        files::write_if_changed(&self.output, rust)?;
        Ok(())
    }
}

fn module_path(text: &str) -> Result<String, String> {
    match syn::parse_str::<syn::Path>(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("expected the path of a Rust module, such as crate::schema".to_owned()),
    }
}
