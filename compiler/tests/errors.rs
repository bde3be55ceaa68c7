//! Error goldens: each file of `tests/errors` is refused, and `tests/errors/snapshots` shows how.
//!
//! A file holds a schema, and after a line `-- queries:` queries over it. `INSTA_UPDATE=always cargo test` accepts what
//! changed; read it as a user would.

mod common;

use std::collections::BTreeSet;

use cosmictron_compiler::compile;
use cosmictron_compiler::diagnostic::{Code, Severity};
use cosmictron_compiler::render::render_text;

#[test]
fn refused_inputs() {
    let mut seen = BTreeSet::new();
    common::goldens("errors", |name, text| {
        let compiled = compile(&common::request(text));
        assert!(!compiled.diagnostics.is_empty(), "{name}.sql is accepted");
        let errors = compiled.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        assert_eq!(
            compiled.rust.is_none(),
            errors > 0,
            "{name}.sql: Rust is emitted if and only if there are no errors"
        );
        seen.extend(compiled.diagnostics.iter().map(|d| d.code));
        let rendered: Vec<_> = compiled
            .diagnostics
            .iter()
            .map(|d| render_text(d, &compiled.sources, false, Some(120)))
            .collect();
        rendered.join("\n\n")
    });
    // A bug has no case: it would be mended instead.
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| **code != Code::Internal && !seen.contains(code))
        .map(|c| c.as_str())
        .collect();
    assert!(missing.is_empty(), "add a case to tests/errors for {}", missing.join(", "));
}
