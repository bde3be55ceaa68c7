//! The engines.

mod dashboard;
mod dbsp;
mod differential;
mod sql;

use std::error::Error;

use cosmictron_bench_harness::engine::QUERIES;
use cosmictron_bench_harness::{Measured, Setup, measure};

use sql::{Asked, Duckdb, Sqlite};

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The `dbsp` crate.
    Dbsp,
    /// `differential-dataflow` on `timely`.
    Differential,
    /// SQLite, asked again.
    Sqlite,
    /// DuckDB, asked again.
    Duckdb,
}

impl Kind {
    /// All engines.
    pub const ALL: [Kind; 4] = [Kind::Dbsp, Kind::Differential, Kind::Sqlite, Kind::Duckdb];

    /// What it is called in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Dbsp => "dbsp",
            Kind::Differential => "differential",
            Kind::Sqlite => "sqlite",
            Kind::Duckdb => "duckdb",
        }
    }

    /// Lets the engine do the work.
    pub fn measure(self, setup: &Setup) -> Result<Measured, Box<dyn Error>> {
        if let Some(query) = setup.query.as_deref().filter(|q| !QUERIES.contains(q)) {
            return Err(format!("there is no query {query}").into());
        }
        let name = self.name();
        match self {
            Kind::Dbsp => Ok(measure(name, setup, dbsp::Dbsp::new(setup)?)),
            Kind::Differential => Ok(differential::measure(name, setup)),
            Kind::Sqlite => Ok(measure(name, setup, Asked::new(Sqlite::new()?, setup))),
            Kind::Duckdb => {
                let mut measured = measure(name, setup, Asked::new(Duckdb::new()?, setup));
                // Its memory is a child process's, which is not measured.
                measured.figures.iter_mut().for_each(|figure| figure.rss_mb = 0.0);
                Ok(measured)
            }
        }
    }
}
