//! Catalog goldens: each schema of `tests/catalog` and what the compiler makes of it.

use std::path::Path;

use cosmictron_compiler::catalog;
use cosmictron_compiler::parse::parse_schema;
use cosmictron_compiler::source::SourceMap;

#[test]
fn accepted_schemas() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalog");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder.join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder of schemas")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_stem().expect("a file name").to_string_lossy().into_owned();
        let mut sources = SourceMap::default();
        let id = sources.add("schema.sql", std::fs::read_to_string(&path).expect("a readable schema"));
        let mut diagnostics = Vec::new();
        let schema = parse_schema(&sources, id, &mut diagnostics);
        let catalog = catalog::build(&schema, &mut diagnostics);
        assert_eq!(diagnostics, [], "{name}.sql");
        settings.bind(|| insta::assert_snapshot!(name.as_str(), catalog));
    }
}
