//! The history goes through the program behind `cosmictron-compile run`: tables by `--load`, changes line by line. Where it asks for
//! results, they are what PostgreSQL answered, and what the deltas since the beginning add up to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use cosmictron::dynamic::DynamicDatabase;
use cosmictron::subscribe::QueryInfo;
use cosmictron::{Clock, Value};
use serde_json::Value as Tree;

use super::history::{self, START};
use super::live::{circuit::Circuit, schema::Database};
use crate::recorded::{Outcome, Recorded, differences};
use crate::unit::Values;

/// Runs the program over the history in a folder that is there for it, and checks what it prints.
///
/// # Panics
/// If any result differs from what was recorded, or from what the deltas add up to.
pub fn replay(program: &Path, folder: &Path) {
    history::write(folder).expect("the history is written");
    let recorded = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql/ecommerce/expected.txt");
    let recorded = Recorded::parse(&fs::read_to_string(recorded).expect("what was recorded"));
    let changes = fs::read_to_string(folder.join(history::CHANGES)).expect("the changes");
    let asked: Vec<usize> =
        (1..).zip(changes.lines()).filter(|(_, line)| line.contains("snapshot")).map(|(n, _)| n).collect();
    // What is recorded is what differs from the time before.
    let lines: Vec<usize> = recorded.lines.keys().copied().collect();
    assert!(lines.iter().all(|line| asked.contains(line)), "the history has changed: run tests/record.py");

    let output = run(program, folder);
    let mut replay = Replay::new();
    for line in output.lines() {
        let line: Tree = serde_json::from_str(line).expect("a line of JSON");
        match line["snapshot"].as_str() {
            Some(query) => {
                let at = *asked.get(replay.answers).expect("as many answers as questions");
                replay.expected.extend(
                    recorded.lines.get(&at).into_iter().flatten().map(|(q, o)| (q.clone(), o.clone())),
                );
                replay.check(query, &line, at);
            }
            None => replay.fold(&line),
        }
    }
    assert_eq!(replay.answers, asked.len(), "every question is answered");
    replay.check_variety();
}

/// What the program prints.
fn run(program: &Path, folder: &Path) -> String {
    let mut command = Command::new(program);
    for table in history::TABLES {
        command.arg("--load").arg(format!("{table}={}", folder.join(table).with_extension("csv").display()));
    }
    command.args(["--now", &START.to_rfc3339()]).arg("--input").arg(folder.join(history::CHANGES));
    let output = command.output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{}: {said}", output.status);
    String::from_utf8(output.stdout).expect("its output is UTF-8")
}

struct Replay {
    /// Knows the queries.
    database: DynamicDatabase,
    expected: BTreeMap<String, Outcome>,
    folded: BTreeMap<&'static str, Folded>,
    answers: usize,
}

/// A result as its deltas tell it: rows as JSON, with the number of their copies.
#[derive(Default)]
struct Folded {
    rows: BTreeMap<String, usize>,
    deltas: usize,
    last: u64,
    /// The different results that were asked for.
    results: Vec<Vec<Values>>,
}

impl Replay {
    fn new() -> Self {
        let database = Database::in_memory_with(Clock::Manual(START));
        let database = DynamicDatabase::attach::<_, Circuit>(database).expect("the queries attach");
        Self { database, expected: BTreeMap::new(), folded: BTreeMap::new(), answers: 0 }
    }

    fn query(&self, name: &Tree) -> &'static QueryInfo {
        self.database.query(name.as_str().expect("a name")).expect("a query")
    }

    fn fold(&mut self, line: &Tree) {
        assert!(line.get("rejected").is_none() && line.get("error").is_none(), "{line}");
        let query = self.query(&line["query"]);
        let folded = self.folded.entry(query.name).or_default();
        let list = |name: &str| line[name].as_array().expect("a list");
        let tx = line["tx"].as_u64().expect("a transaction");
        assert!(folded.deltas == 0 || tx > folded.last, "{line} after transaction {}", folded.last);
        (folded.last, folded.deltas) = (tx, folded.deltas + 1);
        for row in list("deletes").iter().chain(list("updates").iter().map(|u| &u["old"])) {
            let row = row.to_string();
            let count = folded.rows.get_mut(&row).unwrap_or_else(|| panic!("{row} is not there: {line}"));
            *count -= 1;
            folded.rows.retain(|_, count| *count > 0);
        }
        for row in list("inserts").iter().chain(list("updates").iter().map(|u| &u["new"])) {
            *folded.rows.entry(row.to_string()).or_insert(0) += 1;
        }
    }

    /// Checks an answer.
    fn check(&mut self, query: &str, line: &Tree, at: usize) {
        let info = self.query(&query.into());
        let rows = line["rows"].as_array().expect("rows");
        let mut snapshot: BTreeMap<String, usize> = BTreeMap::new();
        rows.iter().for_each(|row| *snapshot.entry(row.to_string()).or_insert(0) += 1);
        let folded = self.folded.entry(info.name).or_default();
        assert_eq!(folded.rows, snapshot, "line {at}: the deltas of {query} do not add up to its result");
        let value = |row: &Tree, name: &str| -> Value {
            let column = info.columns.iter().find(|c| c.name == name).expect("a column");
            column.ty.value_from_json(&row[name]).expect("a value of the column's type")
        };
        let found: Vec<Values> =
            rows.iter().map(|row| info.columns.iter().map(|c| value(row, c.name)).collect()).collect();
        if !folded.results.contains(&found) {
            folded.results.push(found.clone());
        }
        let expected = self.expected.get(query).expect("an answer of PostgreSQL");
        let differences = differences(info, expected, &Ok(found));
        assert!(differences.is_empty(), "line {at}, {query}:\n{}", differences.join("\n"));
        self.answers += 1;
    }

    /// Something has happened: results that stay the same prove nothing.
    fn check_variety(&self) {
        for (query, folded) in &self.folded {
            let (deltas, results) = (folded.deltas, folded.results.len());
            assert!(deltas > 300 && results > 5, "{query}: {deltas} deltas, {results} different results");
        }
        let hours = &self.folded["revenue_by_hour"];
        assert!(hours.rows.is_empty(), "time alone empties the window");
        assert!(hours.results.iter().any(|rows| rows.len() >= 24), "a full day was there");
    }
}
