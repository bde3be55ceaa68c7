//! Pass goldens: each file of `tests/passes` shows one feature, and `tests/passes/snapshots` what every pass makes of it.
//!
//! A file holds a schema, and after a line `-- queries:` queries over it. The comment above that line may ask for more than algebra,
//! circuit, properties and program: `-- show: rust mermaid dot`. `INSTA_UPDATE=always cargo test` accepts what changed; read it.

mod common;

use cosmictron_compiler::properties::PropertiesText;
use cosmictron_compiler::render::render_text;
use cosmictron_compiler::schedule::ProgramText;
use cosmictron_compiler::{Compilation, compile};

#[test]
fn every_stage() {
    common::goldens("passes", |name, text| {
        let compiled = compile(&common::request(text));
        let said: Vec<_> =
            compiled.diagnostics.iter().map(|d| render_text(d, &compiled.sources, false, None)).collect();
        assert_eq!(said, <[String; 0]>::default(), "{name}.sql is not accepted");
        let shown = text.lines().find_map(|line| line.strip_prefix("-- show: ")).unwrap_or_default();
        let stages =
            ["algebra", "circuit", "properties", "program"].into_iter().chain(shown.split_whitespace());
        let stages: Vec<String> = stages.map(|name| stage(name, &compiled)).collect();
        stages.join("\n\n")
    });
}

/// The text form of what a stage has made, under its name.
fn stage(name: &str, compiled: &Compilation) -> String {
    let text = match name {
        "algebra" => compiled.queries.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        "circuit" => compiled.circuit.to_string(),
        "properties" => PropertiesText(&compiled.circuit, &compiled.catalog).to_string(),
        "program" => ProgramText(&compiled.program, &compiled.circuit, &compiled.catalog).to_string(),
        "rust" => compiled.rust.clone().unwrap_or_default(),
        "mermaid" => compiled.circuit.mermaid(&compiled.catalog),
        "dot" => compiled.circuit.dot(&compiled.catalog),
        other => panic!("`-- show:` does not know {other:?}"),
    };
    format!("== {name} ==\n{}", text.trim_end())
}
