//! The door for build scripts.

use std::env;
use std::path::{Path, PathBuf};

use crate::compile::{Request, compile};
use crate::diagnostic::Severity;
use crate::emit::SchemaModule;
use crate::files::{self, FileError};
use crate::render;
use crate::rules::{Rule, Rules};

/// Compiles queries from a build script.
///
/// ```no_run
/// // build.rs
/// fn main() {
///     cosmictron_compiler::Builder::new().schema("schema.sql").queries("queries").compile();
/// }
/// ```
///
/// ```ignore
/// // src/main.rs
/// mod live {
///     include!(concat!(env!("OUT_DIR"), "/cosmictron.rs"));
/// }
/// ```
///
/// Paths are relative to the package. Errors are reported to cargo, which shows them and stops the build.
#[expect(clippy::needless_doctest_main, reason = "a build script has one")]
#[derive(Clone, Debug)]
pub struct Builder {
    schema: PathBuf,
    queries: Vec<PathBuf>,
    output: Option<PathBuf>,
    schema_module: SchemaModule,
    rules: Rules,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// Compiles `schema.sql` alone until told otherwise.
    pub fn new() -> Self {
        Self {
            schema: PathBuf::from("schema.sql"),
            queries: Vec::new(),
            output: None,
            schema_module: SchemaModule::Emitted,
            rules: Rules::default(),
        }
    }

    /// The schema file.
    pub fn schema(mut self, path: impl Into<PathBuf>) -> Self {
        self.schema = path.into();
        self
    }

    /// A file of queries, or a folder of `.sql` files. May be called several times: all are one unit.
    pub fn queries(mut self, path: impl Into<PathBuf>) -> Self {
        self.queries.push(path.into());
        self
    }

    /// Where to write the Rust, instead of `$OUT_DIR/cosmictron.rs`.
    pub fn output(mut self, path: impl Into<PathBuf>) -> Self {
        self.output = Some(path.into());
        self
    }

    /// Refers to a schema module that is already in the crate, instead of emitting one beside the queries: for several units over one
    /// database. The path is as seen from where the output is included, `crate::schema` for example.
    pub fn schema_module(mut self, path: impl Into<String>) -> Self {
        self.schema_module = SchemaModule::At(path.into());
        self
    }

    /// Leaves a rule of the optimiser out: to see what it does, or whether it is at fault. The rows are the same; without
    /// [`Rule::ReduceGroupKeys`] a result's key, which also decides ties under LIMIT, may have more columns.
    pub fn without_rule(mut self, rule: Rule) -> Self {
        self.rules = self.rules.without(rule);
        self
    }

    /// Compiles. Prints what cargo has to know: the files to watch, warnings, and errors, which end the build.
    pub fn compile(self) {
        if let Err(error) = self.run() {
            println!("cargo::error={}", one_line(&error.to_string()));
        }
    }

    fn run(&self) -> Result<(), FileError> {
        println!("cargo::rerun-if-changed={}", self.schema.display());
        let (schema_module, rules) = (self.schema_module.clone(), self.rules.clone());
        let mut request = Request { schema_module, rules, ..Request::default() };
        for path in &self.queries {
            // The folder too: a new file in it is a new query.
            println!("cargo::rerun-if-changed={}", path.display());
            for file in files::query_files(path)?.iter().filter(|f| *f != path) {
                println!("cargo::rerun-if-changed={}", file.display());
            }
        }
        request.schema = files::read(&self.schema, &self.schema.to_string_lossy())?;
        for path in &self.queries {
            request.queries.extend(files::read_queries(path)?);
        }
        let compiled = compile(&request);
        for diagnostic in &compiled.diagnostics {
            let kind = if diagnostic.severity == Severity::Error { "error" } else { "warning" };
            println!("cargo::{kind}={}", one_line(&render::render_line(diagnostic, &compiled.sources)));
        }
        if let Some(rust) = &compiled.rust {
            let output = match &self.output {
                Some(path) => path.clone(),
                None => Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("cosmictron.rs"),
            };
            files::write_if_changed(&output, rust)?;
        }
        Ok(())
    }
}

/// Cargo reads one message a line.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("; ")
}
