//! The recorded suite: changes and queries whose results a PostgreSQL has answered, see `tests/record.py`.
//!
//! After every line of changes the results of all queries are compared with what was recorded, character by character: those of the
//! compiled queries, and those of the reference interpreter, which is thereby held to PostgreSQL as well. Floats may differ
//! in their last digits.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use cosmictron::dynamic::DynamicDatabase;
use cosmictron::subscribe::QueryInfo;
use cosmictron_compiler::functions::EvaluationError;
use cosmictron_types::{SqlType, Timestamp, Value};
use serde_json::Value as Tree;

use crate::interpreter::{Contents, Interpreter, same_value};
use crate::unit::{Session, Unit, Values};

/// What a query answers: its rows in the text form of COPY, or the name of an error.
pub(crate) type Outcome = Result<Vec<String>, String>;

/// Runs a topic.
///
/// # Panics
/// If any result differs from what was recorded.
pub fn run(unit: &dyn Unit) {
    let topic = unit.name().trim_start_matches("recorded_").trim_end_matches("/queries");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sql/recorded").join(topic);
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|e| panic!("{topic}/{name}: {e}"));
    let recorded = Recorded::parse(&read("expected.txt"));
    let session = unit.in_memory(Timestamp::from_micros(0), &mut |_| Ok(true)).expect("a database");
    let database = session.by_name().expect("the database by name");
    let interpreter = Interpreter::new(unit.schema(), unit.queries());
    let mut expected = BTreeMap::new();
    let mut failures = String::new();
    for (number, line) in (1..).zip(read("changes.jsonl").lines()) {
        apply(&database, line).unwrap_or_else(|e| panic!("{topic}/changes.jsonl, line {number}: {e}"));
        expected.extend(recorded.lines.get(&number).cloned().unwrap_or_default());
        let contents = contents(&*session, interpreter.catalog.tables.len());
        for (at, info) in session.queries().into_iter().enumerate() {
            let Some(expected) = expected.get(info.name) else {
                panic!("{topic}: {} is not recorded", info.name)
            };
            let compiled = session.snapshot(at).map_err(|e| e.code().to_owned());
            let now = session.now().expect("a clock");
            let interpreted = interpreter.answer(at, &contents, now).map(|answer| answer.rows());
            let interpreted = interpreted.map_err(|e| match e {
                EvaluationError::Eval(e) => e.code().to_owned(),
                EvaluationError::Mistyped => "mistyped".to_owned(),
            });
            for (who, found) in [("compiled", compiled), ("interpreted", interpreted)] {
                for difference in differences(info, expected, &found) {
                    // Writing to a string does not fail.
                    let _ = writeln!(failures, "{topic} line {number}, {} {who}: {difference}", info.name);
                }
            }
        }
    }
    let count = failures.lines().count();
    assert!(failures.is_empty(), "{count} differences from PostgreSQL:\n{failures}");
}

/// What was recorded: for each line of changes the queries whose results changed.
pub(crate) struct Recorded {
    pub(crate) lines: BTreeMap<usize, BTreeMap<String, Outcome>>,
}

impl Recorded {
    pub(crate) fn parse(text: &str) -> Self {
        let mut lines: BTreeMap<usize, BTreeMap<String, Outcome>> = BTreeMap::new();
        let mut query = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match (word, lines.last_entry()) {
                ("line", _) => drop(lines.insert(rest.parse().expect("a line number"), BTreeMap::new())),
                ("query", Some(mut line)) => {
                    line.get_mut().insert(rest.to_owned(), Ok(Vec::new()));
                    query = Some(rest.to_owned());
                }
                (word, Some(mut line)) => {
                    let outcome = query.as_ref().and_then(|q| line.get_mut().get_mut(q)).expect("a query");
                    match (word, outcome) {
                        ("|", Ok(rows)) => rows.push(rest.to_owned()),
                        (_, outcome) => *outcome = Err(rest.to_owned()),
                    }
                }
                (_, None) => panic!("{line:?} belongs to no line"),
            }
        }
        Self { lines }
    }
}

/// Runs a line of changes.
fn apply(database: &DynamicDatabase, line: &str) -> Result<(), String> {
    let change: Tree = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let done = match change.get("advance").and_then(Tree::as_str) {
        Some(now) => database.advance(now.parse::<Timestamp>().map_err(|e| e.to_string())?),
        None => database.operations(&change["tx"]).and_then(|operations| database.transaction(operations)),
    };
    done.map(drop).map_err(|e| e.to_string())
}

fn contents(session: &dyn Session, tables: usize) -> Contents {
    let mut contents = Vec::new();
    let read = session.transaction(&mut |writer| {
        contents = (0..tables).map(|t| writer.rows(t)).collect();
        Ok(false)
    });
    read.expect("the tables can be read");
    contents
}

/// What is different in a result.
pub(crate) fn differences(
    info: &QueryInfo,
    expected: &Outcome,
    found: &Result<Vec<Values>, String>,
) -> Vec<String> {
    let (expected, found) = match (expected, found) {
        (Err(expected), Err(found)) if expected == found => return Vec::new(),
        (Ok(expected), Ok(found)) => (expected, found),
        _ => {
            let found = found.as_ref().map(|rows| format!("{} rows", rows.len()));
            let expected = expected.as_ref().map(|rows| format!("{} rows", rows.len()));
            return vec![format!("expected {expected:?}, found {found:?}")];
        }
    };
    let mut rows: Vec<Vec<String>> = found.iter().map(|row| texts(info, row)).collect();
    if !info.ordered {
        rows.sort_by_key(|row| row.join("\t"));
    }
    if rows.len() != expected.len() {
        return vec![format!("expected {expected:#?}\nfound {rows:#?}")];
    }
    let mut differences = Vec::new();
    for (number, (row, expected)) in (1..).zip(rows.iter().zip(expected)) {
        for ((found, expected), column) in row.iter().zip(expected.split('\t')).zip(info.columns) {
            if found != expected && !is_close(column.ty, found, expected) {
                let name = column.name;
                differences.push(format!(
                    "row {number} ({}), {name}: expected {expected:?}, found {found:?}",
                    row[0]
                ));
            }
        }
    }
    differences
}

/// Whether two texts are floats that differ in their last digits only.
fn is_close(ty: SqlType, found: &str, expected: &str) -> bool {
    matches!(ty, SqlType::Real | SqlType::Double)
        && match (ty.value_from_text(found), ty.value_from_text(expected)) {
            (Ok(found), Ok(expected)) => same_value(&expected, &found),
            _ => false,
        }
}

/// The values of a row as COPY writes them.
fn texts(info: &QueryInfo, row: &[Value]) -> Vec<String> {
    row.iter().zip(info.columns).map(|(value, column)| text(value, column.ty)).collect()
}

fn text(value: &Value, ty: SqlType) -> String {
    let zone = match value {
        Value::Null => return "\\N".to_owned(),
        Value::Timestamp(at) if ty == SqlType::TimestampTz && at.is_finite() => "+00",
        _ => "",
    };
    let shown = value.to_string();
    // The zone stands before the era.
    let (shown, era) = shown.strip_suffix(" BC").map_or((shown.as_str(), ""), |rest| (rest, " BC"));
    let escaped = shown.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
    format!("{escaped}{zone}{}", if zone.is_empty() || !era.is_empty() { era } else { "" })
}
