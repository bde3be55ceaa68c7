//! The queries of the ecommerce example as `cosmictron-compile run` runs them.

use std::process::ExitCode;

use cosmictron_tests::ecommerce::live::{circuit::Circuit, schema::Schema};

fn main() -> ExitCode {
    cosmictron::dynamic::runner::main::<Schema, Circuit>()
}
