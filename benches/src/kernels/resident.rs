//! How much memory a structure takes: what the process's resident memory grows by when it is made.

use std::env;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::process::{Command, Stdio};

use crate::measure::{Alternative, Case};

/// The hidden argument of the process that makes one structure.
pub const ARGUMENT: &str = "resident";

/// Makes the structure in a process of its own and gives the bytes, what the allocator takes for itself among them.
///
/// # Errors
/// If the process fails.
pub fn in_own_process(case: &Case, alternative: &Alternative, orders: usize) -> Result<u64, Box<dyn Error>> {
    let mut command = Command::new(env::current_exe()?);
    command.args([&format!("--{ARGUMENT}"), case.kernel, case.name, alternative.name]);
    command.args(["--orders", &orders.to_string()]);
    // Large blocks go back to the system when a table grows out of them, rather than being counted for the next one.
    command.env("MALLOC_MMAP_THRESHOLD_", "131072");
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", alternative.name, output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Makes the structure in this process and gives the bytes. The data that it is made from must be there already.
///
/// # Errors
/// If the system does not tell.
pub fn here(alternative: &Alternative) -> Result<u64, Box<dyn Error>> {
    let before = resident()?;
    let built = black_box((alternative.build)());
    let after = resident()?;
    drop(built);
    Ok(after.saturating_sub(before))
}

fn resident() -> Result<u64, Box<dyn Error>> {
    let rollup = fs::read_to_string("/proc/self/smaps_rollup")?;
    let kilobytes = rollup.lines().find_map(|line| line.strip_prefix("Rss:")?.trim().strip_suffix("kB"));
    Ok(kilobytes.ok_or("no resident memory")?.trim().parse::<u64>()? * 1024)
}
