//! Goldens of binding: each file of `tests/bind` is a schema, a line `-- queries:`, and queries; its snapshot shows the
//! algebra of each.

mod common;

use cosmictron_compiler::bind::bind_query;
use cosmictron_compiler::catalog;
use cosmictron_compiler::parse::{parse_queries, parse_schema};
use cosmictron_compiler::source::SourceMap;

#[test]
fn bound_queries() {
    common::goldens("bind", |name, text| {
        let request = common::request(text);
        let mut sources = SourceMap::default();
        let mut diagnostics = Vec::new();
        let id = sources.add("schema.sql", request.schema.text);
        let catalog = catalog::build(&parse_schema(&sources, id, &mut diagnostics), &mut diagnostics);
        let mut shown = Vec::new();
        for queries in request.queries {
            let id = sources.add("queries.sql", queries.text);
            for parsed in parse_queries(&sources, id, &mut diagnostics) {
                let bound = bind_query(&catalog, &parsed, &mut diagnostics);
                shown.extend(bound.map(|query| format!("{}\n\n{}", query.sql, query.to_string().trim_end())));
            }
        }
        assert_eq!(diagnostics, [], "{name}.sql");
        shown.join("\n\n")
    });
}
