//! Runs the queries of `live.rs` over lines of JSON.

mod live;

fn main() -> std::process::ExitCode {
    cosmictron::dynamic::runner::main::<live::schema::Schema, live::circuit::Circuit>()
}
