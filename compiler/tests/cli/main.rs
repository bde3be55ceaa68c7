//! The tool as its users call it.

mod run;
mod scaffold;
mod sql;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What the tool answers, called in the folder of the test files.
fn tool(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the tool starts")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cosmictron-compile"));
    command.args(arguments).current_dir(files()).stdin(Stdio::null());
    // One cache for all tests and all times they are run.
    command.env("COSMICTRON_CACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cosmictron"));
    command.env_remove("COSMICTRON_RUNTIME");
    command
}

/// The folder of the test files.
fn files() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli"))
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The exit status and both streams, for snapshots.
fn shown(output: &Output) -> String {
    let status = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    format!("status {status}\n== output ==\n{out}== errors ==\n{err}")
}
