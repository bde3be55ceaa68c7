//! `check`, `compile` and `explain`.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use cosmictron_compiler::Builder;
use insta::assert_snapshot;

use super::{command, shown, text, tool};

#[test]
fn what_is_right_is_summed_up() {
    let output = tool(&["check", "--schema", "schema.sql", "--queries", "queries.sql"]);
    assert_snapshot!(shown(&output), @r"
    status 0
    == output ==
    3 queries over 3 tables: ok
    == errors ==
    ");
    assert_snapshot!(shown(&tool(&["check"])), @r"
    status 0
    == output ==
    3 tables: ok
    == errors ==
    ");
}

#[test]
fn what_is_wrong_is_shown() {
    assert_snapshot!("wrong", shown(&tool(&["check", "--queries", "wrong.sql"])));
    assert_snapshot!("wrong_json", shown(&tool(&["check", "--queries", "wrong.sql", "--format", "json"])));
}

#[test]
fn wrong_calls_are_explained() {
    for (name, arguments) in [
        ("no_schema", &["check", "--schema", "nowhere.sql"][..]),
        ("no_queries", &["check", "--queries", "nowhere"]),
        ("misspelt_command", &["chekc"]),
        ("misspelt_flag", &["check", "--querys", "queries.sql"]),
        ("no_such_query", &["explain", "--queries", "queries.sql", "--query", "top_product"]),
        (
            "drawing_of_algebra",
            &["explain", "--queries", "queries.sql", "--stage", "algebra", "--format", "dot"],
        ),
        (
            "no_such_rule",
            &["explain", "--queries", "queries.sql", "--without-rule", "push_aggregates_below_join"],
        ),
        ("no_such_table", &["run", "--queries", "queries.sql", "--load", "order=orders.csv"]),
        ("no_such_input", &["run", "--queries", "queries.sql", "--input", "nowhere.jsonl"]),
        ("no_such_time", &["run", "--queries", "queries.sql", "--now", "noon"]),
    ] {
        let output = tool(arguments);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_eq!(text(&output.stdout), "", "{name}");
        assert_snapshot!(name, text(&output.stderr));
    }
}

#[test]
fn all_doors_emit_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (by_tool, by_builder) = (folder.path().join("tool.rs"), folder.path().join("builder.rs"));
    let path = |name: &str| format!("{}/{name}", super::files().display());
    let (schema, queries) = (path("schema.sql"), path("queries.sql"));
    let output = by_tool.to_str().expect("a path in UTF-8");
    let arguments = ["compile", "--schema", &schema, "--queries", &queries, "-o", output];
    assert_snapshot!(shown(&tool(&arguments)), @r"
    status 0
    == output ==
    == errors ==
    ");
    Builder::new().schema(&schema).queries(&queries).output(&by_builder).compile();
    let read = |path| fs::read_to_string(path).expect("the emitted file");
    assert_eq!(read(&by_tool), read(&by_builder));

    // What does not change is not written again.
    let modified = || fs::metadata(&by_tool).and_then(|m| m.modified()).expect("a time");
    let before = modified();
    assert!(tool(&arguments).status.success());
    assert_eq!(modified(), before);
}

#[test]
fn a_reader_may_leave_early() {
    let mut command = command(&["compile", "--queries", "queries.sql"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the tool starts");
    let mut first = [0; 3];
    let mut stdout = child.stdout.take().expect("its output");
    stdout.read_exact(&mut first).expect("some output");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((text(&first), text(&output.stderr)), ("// ", ""));
    assert!(output.status.success());
}

#[test]
fn one_query_is_explained_alone() {
    let output = tool(&["explain", "--queries", "queries.sql", "--query", "kpi", "--stage", "circuit"]);
    assert_snapshot!("one_query", shown(&output));
    let output = tool(&["explain", "--queries", "queries.sql", "--query", "kpi", "--stage", "parse"]);
    assert!(text(&output.stdout).starts_with("-- name: kpi\n"), "{}", shown(&output));
    let output = tool(&["explain", "--queries", "queries.sql"]);
    let headings: Vec<_> = text(&output.stdout).lines().filter(|line| line.starts_with("== ")).collect();
    let stages = ["parse", "catalog", "algebra", "circuit", "properties", "program", "rust"];
    assert_eq!(headings, stages.map(|stage| format!("== {stage} ==")));
}
