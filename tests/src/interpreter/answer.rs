//! The answer of a query, as far as SQL determines it, and whether given rows are one.

use cosmictron_types::Value;

use crate::unit::Values;

/// All rows in order, before LIMIT: runs of rows among which the order decides nothing.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The runs, in order; a single one without ORDER BY.
    pub blocks: Vec<Vec<Values>>,
    /// At most this many rows are the result.
    pub limit: usize,
    /// After this many.
    pub offset: usize,
}

impl Answer {
    /// How many rows the result has.
    pub fn len(&self) -> usize {
        let all: usize = self.blocks.iter().map(Vec::len).sum();
        all.saturating_sub(self.offset).min(self.limit)
    }

    /// Whether the result has no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether these rows in this order are the result: where LIMIT cuts through a run, any of its rows may be in.
    ///
    /// # Errors
    /// What is wrong.
    pub fn accepts(&self, rows: &[Values]) -> Result<(), String> {
        if rows.len() != self.len() {
            return Err(format!("{} rows instead of {}", rows.len(), self.len()));
        }
        let mut left = rows;
        let mut position = 0;
        for block in &self.blocks {
            // The part of the block that lies in the window.
            let first = position.max(self.offset);
            let last = (position + block.len()).min(self.offset.saturating_add(self.limit));
            position += block.len();
            let (own, rest) = left.split_at(last.saturating_sub(first));
            left = rest;
            let mut candidates: Vec<&Values> = block.iter().collect();
            for row in own {
                let Some(at) = candidates.iter().position(|c| same_row(c, row)) else {
                    return Err(format!("the row {} is not expected here", show(row)));
                };
                candidates.swap_remove(at);
            }
        }
        Ok(())
    }

    /// The rows of the window, one choice of them where the order decides nothing.
    pub fn rows(&self) -> Vec<Values> {
        self.blocks.iter().flatten().skip(self.offset).take(self.limit).cloned().collect()
    }
}

/// A row as a failure shows it.
pub fn show(row: &[Value]) -> String {
    let values = row.iter().map(|v| if v.is_null() { "NULL".to_owned() } else { v.to_string() });
    format!("({})", values.collect::<Vec<_>>().join(", "))
}

fn same_row(expected: &[Value], found: &[Value]) -> bool {
    expected.len() == found.len() && expected.iter().zip(found).all(|(e, f)| same_value(e, f))
}

/// Whether two values are the same to the last decimal that is shown; floats may differ in the last bits.
pub fn same_value(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Double(e), Value::Double(f)) => close(e.0, f.0, 1e-12),
        (Value::Real(e), Value::Real(f)) => close(e.0.into(), f.0.into(), 1e-6),
        (Value::Numeric(e), Value::Numeric(f)) => e == f && e.scale() == f.scale(),
        (Value::Interval(e), Value::Interval(f)) => e.to_string() == f.to_string(),
        (Value::Json(e), Value::Json(f)) => e.to_string() == f.to_string(),
        _ => expected == found,
    }
}

fn close(expected: f64, found: f64, tolerance: f64) -> bool {
    let exact = expected == found || (expected.is_nan() && found.is_nan());
    exact || (expected - found).abs() <= tolerance * expected.abs().max(found.abs())
}
