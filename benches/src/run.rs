//! Running the engines, each in a process of its own, and comparing their results.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cosmictron_bench_harness::report::write;
use cosmictron_bench_harness::{Figure, Measured};

use crate::engines::Kind;
use crate::report;

/// What is measured.
pub struct Plan {
    /// Numbers of orders.
    pub orders: Vec<i64>,
    /// Only these engines; all if there are none.
    pub engines: Vec<String>,
    /// Queries that are measured alone, besides all of them together.
    pub queries: Vec<Option<String>>,
    /// The engines of the other workspace too.
    pub peers: bool,
}

/// An engine and the program that measures it.
struct Candidate {
    name: String,
    program: PathBuf,
}

/// Measures, prints a table and writes the figures.
pub fn run(plan: &Plan, json: &Path) -> Result<(), Box<dyn Error>> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let own = env::current_exe()?;
    candidates.extend(Kind::ALL.map(|k| Candidate { name: k.name().to_owned(), program: own.clone() }));
    if plan.peers {
        candidates.extend(peers()?);
    }
    if let Some(unknown) = plan.engines.iter().find(|e| candidates.iter().all(|c| c.name != **e)) {
        let names: Vec<&str> = candidates.iter().map(|c| c.name.as_str()).collect();
        return Err(format!("there is no engine {unknown}; there are {}", names.join(", ")).into());
    }
    candidates.retain(|c| plan.engines.is_empty() || plan.engines.contains(&c.name));
    let mut figures: Vec<Figure> = Vec::new();
    for orders in &plan.orders {
        for query in [None].iter().chain(&plan.queries) {
            let mut first: Option<(String, Measured)> = None;
            for candidate in &candidates {
                let measured = candidate.measure(*orders, query.as_deref())?;
                figures.extend(measured.figures.clone());
                match &first {
                    None => first = Some((candidate.name.clone(), measured)),
                    Some((name, expected)) => compare(name, expected, &candidate.name, &measured)?,
                }
            }
        }
    }
    report::print(&figures);
    write("rows", serde_json::json!(figures), json)?;
    println!("written to {}", json.display());
    Ok(())
}

impl Candidate {
    fn measure(&self, orders: i64, query: Option<&str>) -> Result<Measured, Box<dyn Error>> {
        let mut command = Command::new(&self.program);
        command.args(["--measure", &self.name, "--orders", &orders.to_string()]);
        if let Some(query) = query {
            command.args(["--query", query]);
        }
        let output = command.stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("{} ended with {}", self.name, output.status).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}

/// Figures of engines that disagree mean nothing.
fn compare(a: &str, expected: &Measured, b: &str, found: &Measured) -> Result<(), Box<dyn Error>> {
    for (query, rows) in &expected.results {
        let other = found.results.get(query).map_or(&[][..], Vec::as_slice);
        if rows != other {
            let at = rows.iter().zip(other).position(|(x, y)| x != y).unwrap_or(rows.len().min(other.len()));
            let (x, y) = (rows.get(at), other.get(at));
            return Err(format!("{a} and {b} disagree about row {at} of {query}: {x:?} and {y:?}").into());
        }
    }
    Ok(())
}

/// Builds the engines of the other workspace.
fn peers() -> Result<Vec<Candidate>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let status = Command::new("cargo")
        .args(["build", "--release", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .status()?;
    if !status.success() {
        return Err("the peers could not be built".into());
    }
    let program = folder.join("target/release/cosmictron-bench-peers");
    let names = Command::new(&program).arg("--engines").output()?;
    let names = String::from_utf8(names.stdout)?;
    Ok(names.lines().map(|name| Candidate { name: name.to_owned(), program: program.clone() }).collect())
}
