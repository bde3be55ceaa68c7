//! Names in the file.

/// The name as an SQLite identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The text as an SQLite literal.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The name under which something of the schema is kept: its own if possible. SQLite does not tell `"Total"` from `total` and keeps
/// some names to itself.
pub(super) fn stored_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let reserved = |n: &str| {
        let lower = n.to_ascii_lowercase();
        lower.starts_with("sqlite_") || lower.starts_with("_cosmictron") || lower == "_id"
    };
    let mut candidate = name.to_owned();
    let mut number = 1;
    while reserved(&candidate) || taken(&candidate) {
        number += 1;
        candidate = if reserved(name) { format!("x{name}_{number}") } else { format!("{name}_{number}") };
    }
    candidate
}
