//! `cosmictron-compile explain`: what each pass makes of the queries.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use cosmictron_compiler::diagnostic::Severity;
use cosmictron_compiler::parse::{ParsedQuery, parse_query_files};
use cosmictron_compiler::properties::PropertiesText;
use cosmictron_compiler::schedule::ProgramText;
use cosmictron_compiler::source::{Source, SourceMap};
use cosmictron_compiler::suggest::nearest;
use cosmictron_compiler::{Compilation, Request, compile, stack};

use crate::console;
use crate::input::{self, QueriesArg, RulesArg, SchemaArg};
use crate::stop::Stop;

/// Show what each stage of the compiler makes of the queries
#[derive(Args)]
#[command(after_help = "\
Examples:
  cosmictron-compile explain --queries queries.sql
  cosmictron-compile explain --queries queries.sql --query top_products --stage algebra
  cosmictron-compile explain --queries queries.sql --stage circuit --without-rule push_aggregate_below_join
  cosmictron-compile explain --queries queries/ --format dot | dot -Tsvg > circuit.svg")]
pub(crate) struct Explain {
    #[command(flatten)]
    schema: SchemaArg,
    #[command(flatten)]
    queries: QueriesArg,
    /// Only this query, as if it were alone
    #[arg(long, value_name = "NAME")]
    query: Option<String>,
    /// Only this stage
    #[arg(long, value_enum)]
    stage: Option<Stage>,
    /// Text, or a drawing of the circuit
    #[arg(long, value_enum, default_value_t)]
    format: Drawing,
    #[command(flatten)]
    rules: RulesArg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// The statements as understood
    Parse,
    /// What the schema declares
    Catalog,
    /// The typed relational algebra
    Algebra,
    /// The incremental circuit
    Circuit,
    /// What is known of its rows: keys, dependencies, NULLs, references
    Properties,
    /// What a change of each table does
    Program,
    /// The emitted Rust
    Rust,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Drawing {
    /// Every stage as text
    #[default]
    Text,
    /// The circuit for Mermaid, which Markdown viewers render
    Mermaid,
    /// The circuit for Graphviz
    Dot,
}

impl Explain {
    pub(crate) fn run(&self) -> Result<(), Stop> {
        if self.format != Drawing::Text && self.stage.is_some_and(|stage| stage != Stage::Circuit) {
            return Err(Stop::trouble("only the circuit can be drawn").help("leave out --stage"));
        }
        let mut request = input::read(&self.schema.schema, &self.queries.queries)?;
        request.rules = self.rules.rules();
        let mut compiled = compile(&request);
        if let Some(name) = &self.query {
            request = alone(name, request, &compiled)?;
            compiled = compile(&request);
        }
        console::report(&compiled, console::Format::Text);
        let text = match self.format {
            Drawing::Text => self.text(&request, &compiled),
            Drawing::Mermaid => compiled.circuit.mermaid(&compiled.catalog),
            Drawing::Dot => compiled.circuit.dot(&compiled.catalog),
        };
        console::print(&text)?;
        if compiled.failed() { Err(Stop::Refused) } else { Ok(()) }
    }

    fn text(&self, request: &Request, compiled: &Compilation) -> String {
        if let Some(stage) = self.stage {
            return stage.text(request, compiled);
        }
        let mut text = String::new();
        for stage in Stage::value_variants() {
            let content = stage.text(request, compiled);
            if !content.trim().is_empty() {
                // Writing to a string cannot fail.
                let _ = writeln!(text, "== {} ==\n\n{}\n", stage.name(), content.trim_end());
            }
        }
        text
    }
}

/// The request for one of the queries alone.
fn alone(name: &str, request: Request, compiled: &Compilation) -> Result<Request, Stop> {
    let parsed = parsed(&request);
    if let Some(query) = parsed.iter().find(|query| query.name == name) {
        let source = Source::new(format!("query {name}"), query.sql.clone());
        let source = Source { query: Some(name.to_owned()), ..source };
        return Ok(Request { queries: vec![source], ..request });
    }
    if compiled.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        // It may be one that could not be parsed.
        console::report(compiled, console::Format::Text);
    }
    let names: Vec<&str> = parsed.iter().map(|query| query.name.as_str()).collect();
    let stop = Stop::trouble(format!("there is no query called `{name}`"));
    Err(match nearest(name, names.iter().copied()) {
        Some(near) => stop.help(format!("did you mean `{near}`?")),
        None => stop.help(format!("the queries are {}", names.join(", "))),
    })
}

/// The queries that can be parsed. What is wrong with the others, `compile` reports.
fn parsed(request: &Request) -> Vec<ParsedQuery> {
    let mut sources = SourceMap::default();
    let ids: Vec<_> = request.queries.iter().map(|q| sources.add_source(q.clone())).collect();
    parse_query_files(&sources, &ids, &mut Vec::new())
}

impl Stage {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// The text form of what the stage has made.
    fn text(self, request: &Request, compiled: &Compilation) -> String {
        match self {
            Stage::Parse => statements(request),
            Stage::Catalog => compiled.catalog.to_string(),
            Stage::Algebra => stack::deep(|| compiled.queries.iter().map(|q| format!("{q}\n")).collect()),
            Stage::Circuit => stack::deep(|| compiled.circuit.to_string()),
            Stage::Properties => {
                stack::deep(|| PropertiesText(&compiled.circuit, &compiled.catalog).to_string())
            }
            Stage::Program => stack::deep(|| {
                ProgramText(&compiled.program, &compiled.circuit, &compiled.catalog).to_string()
            }),
            Stage::Rust => compiled.rust.clone().unwrap_or_default(),
        }
    }
}

/// The queries in the parser's own spelling, so that one sees how it read them.
fn statements(request: &Request) -> String {
    let text = |query: &ParsedQuery| format!("-- name: {}\n{:#};\n\n", query.name, query.statement);
    stack::deep(|| parsed(request).iter().map(text).collect())
}
