//! Writes transactions into a ledger until it is killed: `ledger_writer FILE FIRST`. After each commit it prints the
//! number of the transaction, which is then acknowledged.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(first)) = (arguments.next(), arguments.next()) else {
        return Err("usage: ledger_writer FILE FIRST".into());
    };
    let database = cosmictron_tests::ledger::open(&path)?;
    let _queries = cosmictron_tests::ledger::Queries::attach(&database)?;
    let mut out = std::io::stdout().lock();
    for number in first.parse::<i64>()?.. {
        cosmictron_tests::ledger::step(&database, number)?;
        writeln!(out, "{number}")?;
        out.flush()?;
    }
    Ok(())
}
