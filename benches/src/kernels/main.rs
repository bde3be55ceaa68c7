//! The runtime's data structures beside those it could have used instead, on the data and the work of the ten charts.
//!
//! `cargo run --release -p cosmictron-benches --features kernels --bin kernels -- --help`
//!
//! Each kernel has a file, which says what is compared and does the same work with each structure. [`measure`] has them do it in turns,
//! compares what they answer, and takes medians over the turns. Each kernel is measured in a process of its own, and the memory of each structure
//! too ([`resident`]).

mod cli;
mod count_distinct;
mod data;
mod decimal;
mod expiry;
mod float_sum;
mod group;
mod measure;
mod min_max;
mod resident;
mod row_storage;
mod secondary_index;
mod store;
mod table;
mod text;
mod top_k;
mod unique_index;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kernels: {error}");
            ExitCode::FAILURE
        }
    }
}
