//! `run`: the queries of the product page, over a few transactions.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use insta::assert_snapshot;

use super::{command, text, tool};

const QUERIES: [&str; 4] = ["run", "--queries", "queries.sql", "--now=2026-01-01T10:00:00Z"];

#[test]
fn deltas_of_live_queries() {
    let output = tool(&[&QUERIES[..], &["--input", "changes.jsonl"]].concat());
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert_snapshot!("deltas", text(&output.stdout));

    // What comes in through the pipe is answered at once, and who has seen enough may leave.
    let mut command = command(&QUERIES);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the tool starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let first = lines.next().expect("a line").expect("text");
    assert!(first.contains("\"query\":\"revenue_by_hour\""), "{first}");
    drop(lines);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

#[test]
fn a_table_is_loaded_and_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = folder.path().join("shop.db");
    let with = |arguments: &[&str]| {
        let database = ["--db", database.to_str().expect("a path in UTF-8")];
        let output = tool(&[&QUERIES[..], &database, arguments].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout).to_owned()
    };
    assert_snapshot!("loaded", with(&["--load", "orders=orders.csv", "--snapshot"]));
    assert_snapshot!("kept", with(&["--quiet", "--input", "snapshot.jsonl"]));
}

#[test]
fn the_status_of_the_program_is_passed_on() {
    let output = tool(&[&QUERIES[..], &["--db", "/nowhere/shop.db", "--input", "changes.jsonl"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("error: "), "{}", text(&output.stderr));
}
