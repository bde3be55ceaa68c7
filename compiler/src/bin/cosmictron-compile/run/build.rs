//! Building a package with cargo, with a line that says so on a terminal.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::console;
use crate::stop::Stop;

/// What to build.
pub(super) struct Build<'a> {
    /// The package's folder.
    pub package: &'a Path,
    /// Where cargo builds.
    pub target: &'a Path,
    /// Optimised.
    pub release: bool,
    /// Cargo's own output is shown.
    pub verbose: bool,
}

/// How one call of cargo has ended.
struct Outcome {
    success: bool,
    /// It got as far as compiling: what was missing is not a dependency.
    compiled: bool,
    executable: Option<PathBuf>,
    /// What it said, unless that was shown at once.
    said: String,
}

impl Build<'_> {
    /// Builds and returns the program.
    pub(super) fn run(&self) -> Result<PathBuf, Stop> {
        let progress = self.progress();
        // Nothing is asked of the network if all dependencies are there already.
        let mut outcome = self.cargo(&["--offline"], &progress)?;
        if !outcome.success && !outcome.compiled {
            outcome = self.cargo(&[], &progress)?;
        }
        progress.finish_and_clear();
        match outcome {
            Outcome { success: true, executable: Some(executable), .. } => Ok(executable),
            outcome => {
                console::say(outcome.said.trim_end());
                Err(if outcome.compiled {
                    Stop::trouble("the queries could not be built").help(format!(
                        "if this is not about your machine, it is a bug of the compiler: please report it; the package is {}",
                        self.package.display()
                    ))
                } else {
                    Stop::trouble("cargo could not prepare the build").help("what it said stands above")
                })
            }
        }
    }

    fn progress(&self) -> ProgressBar {
        if self.verbose || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} building queries… {elapsed} {wide_msg:.dim}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    fn cargo(&self, extra: &[&str], progress: &ProgressBar) -> Result<Outcome, Stop> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(&cargo);
        command
            .args(["build", "--message-format", "json-render-diagnostics", "--target-dir"])
            .arg(self.target);
        command.args(extra).args(self.release.then_some("--release"));
        // A configuration of the project one happens to stand in is not meant for this package.
        command.current_dir(self.package).stdin(Stdio::null()).stdout(Stdio::piped());
        command.stderr(if self.verbose { Stdio::inherit() } else { Stdio::piped() });
        let mut child = command.spawn().map_err(|e| {
            let message = format!("cannot start {}: {e}", Path::new(&cargo).display());
            Stop::trouble(message)
                .help("`run` builds the queries with cargo, which comes with Rust: https://rustup.rs")
        })?;
        let (artifacts, said) = read(&mut child, progress);
        let status = child.wait().map_err(|e| Stop::trouble(format!("cannot wait for cargo: {e}")))?;
        Ok(Outcome {
            success: status.success(),
            compiled: artifacts.compiled,
            executable: artifacts.executable,
            said,
        })
    }
}

/// What cargo's messages tell.
#[derive(Default)]
struct Artifacts {
    compiled: bool,
    executable: Option<PathBuf>,
}

/// Reads both of cargo's streams to their ends.
fn read(child: &mut Child, progress: &ProgressBar) -> (Artifacts, String) {
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        let said = scope.spawn(|| stderr.map(|pipe| listen(pipe, progress)).unwrap_or_default());
        let artifacts = stdout.map(artifacts).unwrap_or_default();
        (artifacts, said.join().unwrap_or_default())
    })
}

/// Shows what cargo is doing, and keeps what it says.
fn listen(pipe: impl Read, progress: &ProgressBar) -> String {
    let mut said = String::new();
    for line in lines(pipe) {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("Blocking"), _) => progress.set_message("waiting for another build"),
            (Some("Compiling"), Some(package)) if package.starts_with("queries_") => progress.set_message(""),
            (Some("Compiling" | "Downloaded"), Some(package)) => {
                progress.set_message(format!("{package} (the first time only)"));
            }
            _ => {}
        }
        said.push_str(&line);
        said.push('\n');
    }
    said
}

fn artifacts(pipe: impl Read) -> Artifacts {
    let mut artifacts = Artifacts::default();
    for line in lines(pipe) {
        let Ok(message) = serde_json::from_str::<Value>(&line) else { continue };
        // Also where nothing had to be compiled, or what was compiled has errors.
        artifacts.compiled |=
            matches!(message["reason"].as_str(), Some("compiler-artifact" | "build-finished"));
        if let Some(executable) = message["executable"].as_str() {
            artifacts.executable = Some(PathBuf::from(executable));
        }
    }
    artifacts
}

/// Lines, whatever bytes they hold.
fn lines(pipe: impl Read) -> impl Iterator<Item = String> {
    let lines = BufReader::new(pipe).split(b'\n').map_while(Result::ok);
    lines.map(|line| String::from_utf8_lossy(&line).into_owned())
}
