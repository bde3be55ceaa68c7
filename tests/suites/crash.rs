//! A writer is killed in the middle of a stream of transactions, again and again: what was acknowledged is there, nothing is torn, and
//! the queries over the reopened file are right.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use cosmictron_tests::ledger::{self, Queries, schema::Transfers};
use cosmictron_tests::random::Random;

const ROUNDS: usize = 50;

#[test]
fn kill_loses_nothing_and_tears_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("ledger.db").display().to_string();
    let mut random = Random::new(20_260_101);
    let mut next = 0;
    for round in 0..ROUNDS {
        let acknowledged =
            write_until_killed(&path, next, Duration::from_micros(5_000 + random.below(60_000) as u64));
        let found = check(&path);
        let last = acknowledged.map_or(next, |last| last + 1);
        assert!(
            found == last || found == last + 1,
            "round {round}: {last} transactions were acknowledged, the file has {found}"
        );
        next = found;
    }
    assert!(next > ROUNDS as i64, "the writer hardly ever got to write");
}

/// Runs the writer for a while after its first commit, kills it, and returns the last transaction it acknowledged.
fn write_until_killed(path: &str, first: i64, time: Duration) -> Option<i64> {
    let mut writer = Command::new(env!("CARGO_BIN_EXE_ledger_writer"))
        .args([path, &first.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the writer starts");
    let mut lines = BufReader::new(writer.stdout.take().expect("its output is piped")).lines();
    let mut last = lines.next().map(|line| line.expect("a line"));
    thread::sleep(time);
    // On Unix this is SIGKILL: the writer gets no chance to tidy up.
    writer.kill().expect("the writer is killed");
    writer.wait().expect("the writer is gone");
    while let Some(Ok(line)) = lines.next() {
        last = Some(line);
    }
    last.map(|line| line.parse().expect("a number"))
}

/// Reopens the ledger and returns how many transactions it holds, all of them whole.
fn check(path: &str) -> i64 {
    let database = ledger::open(path).expect("the ledger opens again");
    let queries = Queries::attach(&database).expect("the queries attach");
    let transfers = database
        .transaction(|tx| {
            let mut ids: Vec<i64> = tx.iter::<Transfers>().map(|t| t.id).collect();
            ids.sort_unstable();
            Ok::<_, cosmictron::Error>(ids)
        })
        .expect("the ledger can be read")
        .value;
    // The last transfer tells the number of transactions but for one that took an earlier one back.
    let last = transfers.last().map_or(0, |id| id + 1);
    let steps = (last..last + 2).find(|steps| ledger::expected(*steps) == transfers);
    let steps = steps.unwrap_or_else(|| panic!("no number of transactions leads to {transfers:?}"));
    let rows = queries.by_transfer().snapshot().expect("the query answers");
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), transfers);
    for row in rows {
        assert_eq!(row.entries, 2, "transfer {} is torn", row.id);
        assert_eq!(row.total.mantissa(), 2 * i128::from(row.amount.mantissa()));
    }
    let balance = queries.balance().get(&()).expect("the query answers").expect("there is always a row");
    assert_eq!(balance.entries, 2 * transfers.len() as i64);
    assert!(balance.balance.is_none_or(|b| b.mantissa() == 0), "{balance:?}");
    steps
}
