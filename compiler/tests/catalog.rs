//! Catalog goldens: each schema of `tests/catalog` and what the compiler makes of it.

#[allow(dead_code, reason = "a schema alone is not a request")]
mod common;

use cosmictron_compiler::catalog;
use cosmictron_compiler::parse::parse_schema;
use cosmictron_compiler::source::SourceMap;

#[test]
fn accepted_schemas() {
    common::goldens("catalog", |name, text| {
        let mut sources = SourceMap::default();
        let id = sources.add("schema.sql", text);
        let mut diagnostics = Vec::new();
        let schema = parse_schema(&sources, id, &mut diagnostics);
        let catalog = catalog::build(&schema, &mut diagnostics);
        assert_eq!(diagnostics, [], "{name}.sql");
        catalog.to_string()
    });
}
