//! The emitted code that the examples have checked in is what the compiler emits today.

use std::path::{Path, PathBuf};

use cosmictron_compiler::{Request, compile, files};

#[test]
fn examples_are_up_to_date() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-examples");
    let folders =
        std::fs::read_dir(&examples).expect("the examples").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.join("src/live.rs").is_file()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    for folder in folders {
        let rust = emit(&folder);
        let live = folder.join("src/live.rs");
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            files::write_if_changed(&live, &rust).expect("a writable example");
        }
        let checked_in = std::fs::read_to_string(&live).expect("emitted code");
        let name = folder.file_name().expect("a name").to_string_lossy();
        assert!(
            checked_in == rust,
            "{name} is out of date: INSTA_UPDATE=always cargo test -p cosmictron-compiler --test examples"
        );
    }
}

/// What `compile --queries queries` emits in this folder.
fn emit(folder: &Path) -> String {
    let read = |path: &Path| {
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
        files::read(path, &name).expect("a readable source")
    };
    let queries = files::query_files(&folder.join("queries")).expect("queries");
    let queries = queries.iter().map(|path| read(path)).collect();
    let request = Request { schema: read(&folder.join("schema.sql")), queries, ..Request::default() };
    compile(&request).rust.expect("an example that compiles")
}
