//! What a failure prints.

use std::fmt::Write as _;

use cosmictron_compiler::catalog::Catalog;

use crate::interpreter::{Contents, show};
use crate::unit::Values;

/// Two lists of rows side by side, each row once in each column, equal ones on one line.
pub(super) fn side_by_side(titles: [&str; 2], left: &[Values], right: &[Values]) -> String {
    let (left, right): (Vec<String>, Vec<String>) =
        (left.iter().map(|r| show(r)).collect(), right.iter().map(|r| show(r)).collect());
    let mut rest = right.clone();
    let mut lines = vec![(titles[0].to_owned(), "   ", titles[1].to_owned())];
    for row in left {
        match rest.iter().position(|r| *r == row) {
            Some(at) => lines.push((row, " = ", rest.remove(at))),
            None => lines.push((row, " ≠ ", String::new())),
        }
    }
    lines.extend(rest.into_iter().map(|row| (String::new(), " ≠ ", row)));
    let width = lines.iter().map(|(l, ..)| l.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for (l, sign, r) in lines {
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {l}{:pad$}{sign}{r}", "", pad = width - l.chars().count());
    }
    text
}

/// The tables.
pub(super) fn tables(catalog: &Catalog, contents: &Contents) -> String {
    let mut text = String::new();
    for (table, rows) in catalog.tables.iter().zip(contents) {
        let columns: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        let _ = writeln!(text, "  {} ({})", table.name, columns.join(", "));
        for row in rows {
            let _ = writeln!(text, "    {}", show(row));
        }
    }
    text
}
