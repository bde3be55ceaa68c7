//! `--stats`.

use std::time::Duration;

use crate::dynamic::DynamicDatabase;

/// What a run has done.
#[derive(Debug, Default)]
pub(super) struct Statistics {
    pub(super) loaded: u64,
    pub(super) loading: Duration,
    pub(super) transactions: u64,
    pub(super) operations: u64,
    pub(super) rejected: u64,
    /// Time spent on input lines, without waiting for them.
    pub(super) working: Duration,
}

impl Statistics {
    /// Prints to standard error. What the database no longer tells is left out.
    pub(super) fn print(&self, database: &DynamicDatabase) {
        for (table, rows) in database.tables().iter().zip(database.table_sizes().unwrap_or_default()) {
            eprintln!("table {}: {rows} rows", table.name);
        }
        for query in database.queries() {
            if let Ok(work) = database.work(query.name) {
                eprintln!("query {}: {work} row changes", query.name);
            }
        }
        if self.loaded > 0 {
            eprintln!("loaded {} rows in {:.3} s", self.loaded, self.loading.as_secs_f64());
        }
        eprintln!(
            "{} transactions with {} operations in {:.3} s, {} lines rejected",
            self.transactions,
            self.operations,
            self.working.as_secs_f64(),
            self.rejected
        );
    }
}
