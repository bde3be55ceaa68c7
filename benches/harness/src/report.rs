//! Where figures go, and the machine they are from.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};

/// Writes figures as JSON, with the machine they are from.
pub fn write(key: &str, figures: Value, path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let figures = json!({ "machine": { "description": machine() }, key: figures });
    fs::write(path, format!("{figures:#}\n"))
}

/// The processor and the number of its cores, as far as the system tells.
pub fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(':').map(|(_, m)| m.trim()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {cores} cores", model.unwrap_or("unknown processor"))
}
