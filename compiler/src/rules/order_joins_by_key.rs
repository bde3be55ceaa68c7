//! Tables that are found by a key are joined first.
//!
//! A change of a row goes first to those inputs of which it meets at most one row, then to those that the store has an index for, and last to
//! those that the unit has to keep an index of. Full tables are read from the input from which every other is found by a key.
//!
//! *Why it keeps the meaning.* A join is commutative and associative, and so are the conditions between its inputs: in whatever order they are met,
//! the same combinations of rows pass. What can fail is tested when all are there, so the order decides no error either.
//!
//! The plain answer is the order in which the query names its tables.

use super::{Rule, Rules};
use crate::circuit::Group;
use crate::schedule::{Lookup, Port};

/// The input that is joined next, of those that can be in order, with the way it is found, whose cost is given.
pub(crate) fn next<T>(
    rules: &Rules,
    mut reachable: impl Iterator<Item = (usize, T)>,
    cost: impl Fn(&T) -> u8,
) -> Option<(usize, T)> {
    if !rules.has(Rule::OrderJoinsByKey) {
        return reachable.next();
    }
    reachable.min_by_key(|(input, found)| (cost(found), *input))
}

/// The input from whose rows the others are looked up when a group is computed from full tables. What is only tested has no rows of the chain.
pub(crate) fn driver(rules: &Rules, group: &Group, ports: &[Port]) -> usize {
    let at_most_one = |l: &Lookup| l.access.is_unique() || group.inputs[l.input].is_tested();
    let mut joined = (0..group.inputs.len()).filter(|input| !group.inputs[*input].is_tested());
    let first = joined.clone().next().unwrap_or_default();
    if !rules.has(Rule::OrderJoinsByKey) {
        return first;
    }
    joined.find(|input| ports[*input].lookups.iter().all(at_most_one)).unwrap_or(first)
}
