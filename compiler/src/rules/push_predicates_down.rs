//! Predicates are tested as soon as what they read is there.
//!
//! ```text
//! σ[p(R)] (R ⋈ S)   =   σ[p(R)] (R) ⋈ S
//! ```
//!
//! A row that a predicate over its own table keeps out looks nothing up.
//!
//! *Why it keeps the meaning.* Conditions of a chain are a conjunction, of which the order decides nothing but errors. So a predicate that can fail stays at the
//! end: tested earlier, a row that fails would count as an error when it comes through its own port, and once more for each
//! partner that comes through another, and never cancel; it would be an error too where no partner makes it a row of the join. Those that cannot
//! fail keep the same rows wherever they are tested.
//!
//! The plain answer is to test all when all inputs are there.

use super::{Rule, Rules};
use crate::circuit::Predicate;

/// Divides the predicates of a chain into those that are tested as soon as may be and those that are tested last.
pub(crate) fn divide<'p>(
    rules: &Rules,
    predicates: &'p [Predicate],
) -> (Vec<&'p Predicate>, Vec<&'p Predicate>) {
    predicates.iter().partition(|p| rules.has(Rule::PushPredicatesDown) && !p.expr.can_fail())
}
