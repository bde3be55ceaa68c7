//! Groups of several queries that mean the same are kept once.
//!
//! Revenue by day and orders by day are states of one group: the chain runs once for each change, and so does the group's hash table.
//!
//! *Why it keeps the meaning.* Two groups are the same if they read the same inputs under the same conditions by the same keys; then they have the same
//! rows, and a state is a sum over these, whoever reads it. Expressions are compared with their types and nullability. A row on
//! which a state fails is an error of the whole group, so only groups that fail on the same rows are one. What each query publishes, filters and
//! sorts stays its own.

use crate::algebra::Expr;
use crate::circuit::{Group, GroupId, Input, Role, Source, State};

/// Finds a group with the same chain and keys, other than the query's own. A group that publishes cannot be looked into at the same time, so no
/// group is two inputs of another.
pub(crate) fn same_group(groups: &[Group], group: &Group, own: &[GroupId]) -> Option<usize> {
    groups.iter().enumerate().position(|(at, other)| {
        !own.contains(&GroupId(at as u32))
            && other.keys == group.keys
            && other.single == group.single
            && other.inputs.iter().map(reads).eq(group.inputs.iter().map(reads))
            && other.predicates == group.predicates
            && other.equalities == group.equalities
            && other.windows == group.windows
            && same_errors(&other.states, &group.states)
    })
}

fn reads(input: &Input) -> (&Source, Role) {
    (&input.source, input.role)
}

fn same_errors(a: &[State], b: &[State]) -> bool {
    let can_fail = |state: &&State| state.exprs().any(Expr::can_fail);
    let all_in = |a: &[State], b: &[State]| a.iter().filter(can_fail).all(|s| b.contains(s));
    all_in(a, b) && all_in(b, a)
}
