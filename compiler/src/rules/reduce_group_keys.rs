//! Group keys that the others determine are kept as values.
//!
//! ```text
//! γ[a, b; …] (R)   =   γ[a; b, …] (R)          if a determines b in R
//! ```
//!
//! A group's key is hashed and compared with every change, and copied into every index of groups; what it determines is read once.
//!
//! *Why it keeps the meaning.* Rows that agree on `a` agree on `b` (that is what [`Properties::closure`] proves), so both sides divide the rows
//! alike, NULL being its own group in either. (Agreeing is being equal, so an expression over values that look different when they are equal is
//! determined by nothing.) The values are carried with their types and nullability, and one that can fail is evaluated for the same
//! rows. What identifies a row of the result becomes fewer columns, which tells an update of `b` from a row that goes and another
//! that comes.
//!
//! The plain answer is the key as it is written; of a query without aggregation, the keys of all its tables.

use crate::algebra::Expr;
use crate::circuit::Input;
use crate::properties::{ChainProperties, Properties};

use super::{Rule, Rules};

/// The grouping expressions that stay, by position.
pub(crate) fn needed_keys(rules: &Rules, rows: &Properties, keys: &[Expr]) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..keys.len()).collect();
    if !rules.has(Rule::ReduceGroupKeys) {
        return kept;
    }
    // A key whose removal loses nothing goes; the last ones first, so that `GROUP BY p.id, p.name` keeps the id.
    for at in (0..keys.len()).rev() {
        let others: Vec<usize> = kept.iter().filter(|k| **k != at).copied().collect();
        let closure = rows.closure(others.iter().filter_map(|at| keys[*at].as_column()));
        let columns = keys[at].columns();
        let determined = keys[at].keeps_equality() && columns.iter().all(|c| closure.contains(c));
        if !others.is_empty() && !columns.is_empty() && determined {
            kept = others;
        }
    }
    kept
}

/// The columns by which a query without aggregation is grouped, so that each row is a group; `None` if it is a bag.
pub(crate) fn key_of_rows(rules: &Rules, chain: &ChainProperties, inputs: &[Input]) -> Option<Vec<usize>> {
    if rules.has(Rule::ReduceGroupKeys) {
        return chain.rows.keys.first().cloned();
    }
    chain.keys_of_inputs(inputs).map(|keys| keys.concat())
}
