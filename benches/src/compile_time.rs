//! How long a crate with so many queries takes to build: the compiler, then cargo in both profiles, and how much LLVM is given.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use cosmictron_bench_harness::report;
use cosmictron_compiler::source::Source;
use cosmictron_compiler::{Request, compile};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../sql/schema.sql");
/// Ten queries with a number in them, so that copies share nothing.
const QUERIES: &str = include_str!("../sql/compile_time.sql");
const TEN: usize = 10;

const MAIN: &str = "#[allow(dead_code)]
mod live {
    include!(\"live.rs\");
}

fn main() {
    let database = live::schema::Database::in_memory();
    live::Queries::attach(&database).expect(\"an empty database\");
}
";

/// Builds crates of 1, 10, 40 and 100 queries and prints how long that takes; the figures go to a file too.
pub fn run(json: &Path) -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join("cosmictron-compile-time");
    let mut rows: Vec<Value> = Vec::new();
    println!("{}", report::machine());
    println!(
        "{:>7} {:>12} {:>9} {:>11} {:>14}",
        "queries", "compiler ms", "debug s", "release s", "LLVM lines"
    );
    for number in [1, TEN, 4 * TEN, 10 * TEN] {
        let project = Project::write(&folder, number)?;
        let debug = project.seconds(&["build"])?;
        let release = project.seconds(&["build", "--release"])?;
        let llvm_lines = project.llvm_lines();
        let lines = llvm_lines.map_or("–".to_owned(), |lines| lines.to_string());
        println!("{number:>7} {:>12.1} {debug:>9.2} {release:>11.2} {lines:>14}", project.compiler_ms);
        rows.push(json!({
            "queries": number, "compiler_ms": project.compiler_ms, "debug_s": debug, "release_s": release,
            "emitted_lines": project.emitted_lines, "llvm_lines": llvm_lines,
        }));
    }
    report::write("compile_time", Value::Array(rows), json)?;
    println!("written to {}", json.display());
    Ok(())
}

/// A crate with so many queries.
struct Project {
    folder: PathBuf,
    target: PathBuf,
    compiler_ms: f64,
    emitted_lines: usize,
}

impl Project {
    fn write(folder: &Path, number: usize) -> Result<Self, Box<dyn Error>> {
        let queries: String =
            (0..number.div_ceil(TEN)).map(|n| QUERIES.replace("{n}", &(n + 1).to_string())).collect();
        let kept: Vec<&str> = queries.split_inclusive(";\n").take(number).collect();
        let request = Request {
            schema: Source::new("schema.sql", SCHEMA),
            queries: vec![Source::new("queries.sql", kept.concat())],
            ..Request::default()
        };
        let started = Instant::now();
        let compilation = compile(&request);
        let compiler_ms = started.elapsed().as_secs_f64() * 1e3;
        let code = compilation.rust.ok_or("the queries do not compile")?;
        let project = Self {
            folder: folder.join(format!("queries{number}")),
            target: folder.join("target"),
            compiler_ms,
            emitted_lines: code.lines().count(),
        };
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        fs::create_dir_all(project.folder.join("src"))?;
        fs::write(
            project.folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"queries{number}\"\nedition = \"2024\"\n\n[dependencies]\n\
                 cosmictron = {{ path = {:?}, default-features = false }}\n\n[workspace]\n",
                root.join("runtime")
            ),
        )?;
        fs::copy(root.join("Cargo.lock"), project.folder.join("Cargo.lock"))?;
        fs::write(project.folder.join("src/main.rs"), MAIN)?;
        fs::write(project.folder.join("src/live.rs"), code)?;
        Ok(project)
    }

    /// The second of two builds, with only the crate itself to do.
    fn seconds(&self, arguments: &[&str]) -> Result<f64, Box<dyn Error>> {
        let mut elapsed = 0.0;
        for _ in 0..2 {
            let main = self.folder.join("src/main.rs");
            fs::write(&main, MAIN)?;
            let started = Instant::now();
            let status = self.cargo(arguments).stderr(Stdio::null()).status()?;
            elapsed = started.elapsed().as_secs_f64();
            if !status.success() {
                return Err(
                    format!("cargo {} failed in {}", arguments.join(" "), self.folder.display()).into()
                );
            }
        }
        Ok(elapsed)
    }

    /// What `cargo llvm-lines` counts, if it is installed.
    fn llvm_lines(&self) -> Option<u64> {
        let output = self.cargo(&["llvm-lines"]).stderr(Stdio::null()).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        text.lines().find(|l| l.ends_with("(TOTAL)"))?.split_whitespace().next()?.parse().ok()
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(&self.folder);
        // Nothing is left over from the build before.
        command.env("CARGO_TARGET_DIR", &self.target).env("CARGO_INCREMENTAL", "0");
        command
    }
}
