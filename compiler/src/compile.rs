//! The one function behind all front doors: sources in, Rust and diagnostics out, no I/O.

use std::fmt::Write as _;

use crate::algebra::Query;
use crate::bind::bind_query;
use crate::catalog::{self, Catalog};
use crate::circuit::{self, Circuit};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::emit::{self, SchemaModule};
use crate::parse::{parse_queries, parse_query_files, parse_schema};
use crate::rules::{self, Rules};
use crate::schedule::{self, Program};
use crate::source::{Source, SourceId, SourceMap};
use crate::stack;

/// What to compile.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The schema.
    pub schema: Source,
    /// Files of queries, in order; none to compile the schema alone.
    pub queries: Vec<Source>,
    /// Where the emitted queries find the schema module.
    pub schema_module: SchemaModule,
    /// The rules that the optimiser may apply.
    pub rules: Rules,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Compilation {
    /// The sources, for rendering diagnostics.
    pub sources: SourceMap,
    /// Everything there is to say, errors first in the order of the sources.
    pub diagnostics: Vec<Diagnostic>,
    /// What the schema declares.
    pub catalog: Catalog,
    /// The queries that could be bound.
    pub queries: Vec<Query>,
    /// Their circuit.
    pub circuit: Circuit,
    /// Its program.
    pub program: Program,
    /// The emitted Rust; `None` if there are errors.
    pub rust: Option<String>,
}

impl Compilation {
    /// Whether nothing could be emitted.
    pub fn failed(&self) -> bool {
        self.rust.is_none()
    }
}

/// Compiles a schema and queries over it. The same request gives the same bytes.
pub fn compile(request: &Request) -> Compilation {
    stack::deep(|| run(request))
}

fn run(request: &Request) -> Compilation {
    let mut result = Compilation::default();
    let schema_id = result.sources.add_source(request.schema.clone());
    let ids: Vec<SourceId> = request.queries.iter().map(|q| result.sources.add_source(q.clone())).collect();
    let parsed = parse_schema(&result.sources, schema_id, &mut result.diagnostics);
    result.catalog = catalog::build(&parsed, &mut result.diagnostics);
    let schema_failed = has_errors(&result.diagnostics);
    let parsed = match ids.as_slice() {
        [] => Vec::new(),
        [one] => parse_queries(&result.sources, *one, &mut result.diagnostics),
        several => parse_query_files(&result.sources, several, &mut result.diagnostics),
    };
    // Queries over a broken schema would only repeat its errors.
    if !schema_failed {
        let catalog = &result.catalog;
        let bound = parsed.iter().filter_map(|q| bind_query(catalog, q, &mut result.diagnostics));
        result.queries = bound.map(|query| rules::rewrite(&request.rules, catalog, query)).collect();
        check_names(&result.queries, &mut result.diagnostics);
        result.circuit = circuit::lower(catalog, &result.queries, &request.rules, &mut result.diagnostics);
        result.program = schedule::schedule(catalog, &result.circuit, &request.rules);
    }
    result.diagnostics.sort_by_key(|d| (d.severity, d.primary.span));
    result.diagnostics.dedup();
    if !has_errors(&result.diagnostics) {
        emit(request, &mut result);
    }
    result
}

fn emit(request: &Request, result: &mut Compilation) {
    let header = header(request, result);
    let emitted = if request.queries.is_empty() {
        emit::emit_schema(&result.catalog, &header)
    } else {
        emit::emit(&result.catalog, &result.circuit, &result.program, &request.schema_module, &header)
    };
    match emitted {
        Ok(rust) => result.rust = Some(rust),
        Err(message) => {
            let at = crate::source::Span::new(SourceId(0), 0, 0);
            let diagnostic =
                Diagnostic::error(Code::Internal, at, format!("the emitted code is not Rust: {message}"));
            result.diagnostics.push(
                diagnostic.help("this is a bug of the compiler: please report the schema and the queries"),
            );
        }
    }
}

/// Module names that the emitted file uses itself.
const RESERVED: [&str; 3] = ["schema", "circuit", "indexes"];

fn check_names(queries: &[Query], diagnostics: &mut Vec<Diagnostic>) {
    for query in queries {
        let name = query.name.as_str();
        if RESERVED.contains(&name) || name.ends_with("_group") || name == "attach" || name == "attached" {
            let message =
                format!("a query cannot be called {name:?}: the emitted code uses that name itself");
            let diagnostic = Diagnostic::error(Code::InvalidName, query.name_span, message);
            diagnostics.push(
                diagnostic
                    .help(format!("call it {name}_query, for example"))
                    .suggest(format!("{name}_query")),
            );
        }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// What stands at the top of the emitted file: where it comes from and the plan.
fn header(request: &Request, result: &Compilation) -> String {
    let files = std::iter::once(&request.schema).chain(request.queries.iter().filter(|q| q.query.is_none()));
    let sources: Vec<&str> = files.map(|s| s.name.as_str()).collect();
    let mut text = String::new();
    let version = env!("CARGO_PKG_VERSION");
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "// @generated by cosmictron-compile {version} from {}. Do not edit.",
        sources.join(", ")
    );
    if !request.queries.is_empty() {
        text.push_str("//\n");
        for line in result.circuit.to_string().lines() {
            let _ = writeln!(text, "// {line}");
        }
    }
    text.push('\n');
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
