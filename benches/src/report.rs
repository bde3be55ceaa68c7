//! Collecting, printing and writing figures.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use serde_json::json;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Loading everything.
    Load,
    /// A transaction of one order and its two items.
    Insert,
    /// A transaction that changes one order's status.
    Update,
    /// A transaction that renames the most sold product.
    Rename,
    /// A transaction of 1,000 orders and their items.
    Batch,
}

impl Case {
    fn name(self) -> &'static str {
        match self {
            Case::Load => "load",
            Case::Insert => "insert",
            Case::Update => "update",
            Case::Rename => "rename",
            Case::Batch => "batch",
        }
    }
}

struct Line {
    case: Case,
    /// Nanoseconds: median, 99th percentile, mean.
    times: Option<[u64; 3]>,
    rows_per_second: Option<f64>,
    resident_mb: f64,
}

/// The figures of one run.
pub struct Report {
    orders: i64,
    lines: Vec<Line>,
}

impl Report {
    /// An empty report.
    pub fn new(orders: i64) -> Self {
        Self { orders, lines: Vec::new() }
    }

    /// Notes how long loading took.
    pub fn load(&mut self, rows: u64, took: Duration) {
        let rows_per_second = Some(rows as f64 / took.as_secs_f64());
        self.lines.push(Line { case: Case::Load, times: None, rows_per_second, resident_mb: peak_memory() });
    }

    /// Times `work` again and again, each call alone.
    pub fn measure<E>(
        &mut self,
        case: Case,
        times: usize,
        mut work: impl FnMut() -> Result<(), E>,
    ) -> Result<(), E> {
        eprintln!("measuring {} …", case.name());
        // Three significant digits, as far as a minute; the bounds are constants, so that it cannot fail.
        let Ok(mut histogram) = Histogram::<u64>::new_with_bounds(1, 60_000_000_000, 3) else {
            return Ok(());
        };
        for _ in 0..times {
            let started = Instant::now();
            work()?;
            histogram.saturating_record(u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX));
        }
        let times =
            [histogram.value_at_quantile(0.5), histogram.value_at_quantile(0.99), histogram.mean() as u64];
        let line = Line { case, times: Some(times), rows_per_second: None, resident_mb: peak_memory() };
        self.lines.push(line);
        Ok(())
    }

    /// Prints a table.
    pub fn print(&self) {
        println!("{} orders, {}", self.orders, machine());
        println!(
            "{:<8} {:>12} {:>12} {:>12} {:>12} {:>9}",
            "case", "p50", "p99", "mean", "rows/s", "peak MB"
        );
        for line in &self.lines {
            let time = |i: usize| {
                line.times.map_or("–".to_owned(), |t| format!("{:.1?}", Duration::from_nanos(t[i])))
            };
            let rows = line.rows_per_second.map_or("–".to_owned(), |r| format!("{r:.0}"));
            println!(
                "{:<8} {:>12} {:>12} {:>12} {:>12} {:>9.0}",
                line.case.name(),
                time(0),
                time(1),
                time(2),
                rows,
                line.resident_mb
            );
        }
    }

    /// Writes the figures as JSON.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self, path: &str) -> io::Result<()> {
        let rows: Vec<_> = self
            .lines
            .iter()
            .map(|line| {
                json!({
                    "engine": "compiled",
                    "case": line.case.name(),
                    "orders": self.orders,
                    "query": "all",
                    "p50_ns": line.times.map(|t| t[0]),
                    "p99_ns": line.times.map(|t| t[1]),
                    "mean_ns": line.times.map(|t| t[2]),
                    "rows_per_s": line.rows_per_second,
                    "rss_mb": line.resident_mb,
                })
            })
            .collect();
        if let Some(folder) = Path::new(path).parent().filter(|p| !p.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, format!("{:#}\n", json!({ "machine": { "description": machine() }, "rows": rows })))
    }
}

/// The processor and the number of its cores, as far as the system tells.
fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(':').map(|(_, m)| m.trim()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores", model.unwrap_or("unknown processor"))
}

/// The process's peak resident memory in megabytes, 0 where the system does not tell.
fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    peak.unwrap_or(0.0) / 1024.0
}
