//! Error goldens: each file of `tests/errors` is refused, and `tests/errors/snapshots` shows how.
//!
//! A file holds a schema, and after a line `-- queries:` queries over it. `INSTA_UPDATE=always cargo test` accepts what
//! changed; read it as a user would.

use std::path::Path;

use cosmictron_compiler::bind::bind_query;
use cosmictron_compiler::catalog;
use cosmictron_compiler::diagnostic::Diagnostic;
use cosmictron_compiler::parse::{parse_queries, parse_schema};
use cosmictron_compiler::render::render_text;
use cosmictron_compiler::source::SourceMap;

const SEPARATOR: &str = "-- queries:\n";

#[test]
fn refused_inputs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder.join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().expect("a file name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let (sources, diagnostics) = diagnose(&text);
        assert!(!diagnostics.is_empty(), "{name}.sql is accepted");
        let rendered: Vec<_> =
            diagnostics.iter().map(|d| render_text(d, &sources, false, Some(120))).collect();
        settings.bind(|| insta::assert_snapshot!(name.as_str(), rendered.join("\n\n")));
    }
}

/// Everything there is to say about a case.
fn diagnose(text: &str) -> (SourceMap, Vec<Diagnostic>) {
    let (schema_text, queries_text) = match text.split_once(SEPARATOR) {
        Some((schema, queries)) => (schema, Some(queries)),
        None => (text, None),
    };
    let mut sources = SourceMap::default();
    let mut diagnostics = Vec::new();
    let id = sources.add("schema.sql", schema_text);
    let schema = parse_schema(&sources, id, &mut diagnostics);
    let catalog = catalog::build(&schema, &mut diagnostics);
    if let Some(text) = queries_text {
        let id = sources.add("queries.sql", text);
        for query in parse_queries(&sources, id, &mut diagnostics) {
            bind_query(&catalog, &query, &mut diagnostics);
        }
    }
    (sources, diagnostics)
}
