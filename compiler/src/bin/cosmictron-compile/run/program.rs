//! Handing over to the built program.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::stop::Stop;

/// Becomes the program, so that signals, a closed pipe and the exit status are its own. Returns only if that fails.
#[cfg(unix)]
pub(super) fn execute(program: &Path, arguments: &[OsString]) -> Result<(), Stop> {
    use std::os::unix::process::CommandExt;

    let error = Command::new(program).args(arguments).exec();
    Err(cannot_start(program, &error))
}

/// Runs the program and exits as it does.
#[cfg(not(unix))]
pub(super) fn execute(program: &Path, arguments: &[OsString]) -> Result<(), Stop> {
    let status = Command::new(program).args(arguments).status();
    let status = status.map_err(|error| cannot_start(program, &error))?;
    std::process::exit(status.code().unwrap_or(1))
}

fn cannot_start(program: &Path, error: &std::io::Error) -> Stop {
    Stop::trouble(format!("cannot start {}: {error}", program.display()))
}
