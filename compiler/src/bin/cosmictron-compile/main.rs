//! The `cosmictron-compile` tool: one file a subcommand.
//!
//! Standard output carries what was asked for and nothing else; diagnostics and progress go to standard error. The exit status is 0 when
//! all is well, 1 when the SQL has errors, 2 when the tool was called wrongly or a file cannot be read or written.

mod check;
mod compile;
mod console;
mod dependency;
mod explain;
mod input;
mod new;
mod run;
mod stop;
mod templates;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Compiles live PostgreSQL queries into incremental Rust.
#[derive(Parser)]
#[command(name = "cosmictron-compile", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cosmictron-compile new shop                                      a small application to start from
  cosmictron-compile check --schema schema.sql --queries queries/  are the queries right?
  cosmictron-compile explain --queries queries/ --query top_products --stage circuit
  cosmictron-compile compile --queries queries/ -o src/live.rs
  cosmictron-compile run --queries queries/ --input changes.jsonl";

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Compile(compile::Compile),
    Explain(explain::Explain),
    Run(run::Run),
    New(new::New),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Check(command) => command.run(),
        Command::Compile(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Run(command) => command.run(),
        Command::New(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => stop.report(),
    }
}
