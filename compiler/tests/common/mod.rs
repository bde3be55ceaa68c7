//! What the golden tests share: cases are files, and each has its snapshot beside it.

use std::path::Path;

use cosmictron_compiler::Request;
use cosmictron_compiler::source::Source;

const SEPARATOR: &str = "-- queries:\n";

/// Compares what `show` makes of each `.sql` file in a folder of `tests` with its snapshot. It is given the file's name and text.
pub fn goldens(folder: &str, mut show: impl FnMut(&str, &str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
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
        let shown = show(&name, &text);
        settings.bind(|| insta::assert_snapshot!(name.as_str(), shown));
    }
}

/// A case as a request: the schema, and after a line `-- queries:` the queries.
pub fn request(text: &str) -> Request {
    let (schema, queries) = match text.split_once(SEPARATOR) {
        Some((schema, queries)) => (schema, Some(queries)),
        None => (text, None),
    };
    Request {
        schema: Source::new("schema.sql", schema),
        queries: queries.map(|text| Source::new("queries.sql", text)).into_iter().collect(),
        ..Request::default()
    }
}
