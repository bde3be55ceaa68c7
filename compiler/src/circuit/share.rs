//! Sharing: groups of one unit that mean the same exist once.

use super::{Group, GroupId, Input, Published, PublishedSource, Role, Source, State, SummandCount};
use crate::algebra::Expr;

/// Adds the groups of a query, in which a group that reads another refers to it by its position among them, and returns
/// the id of the last. What reads a group is renumbered to where its states have ended up.
pub(super) fn add(groups: &mut Vec<Group>, new: Vec<Group>, published: &mut [Published]) -> GroupId {
    let mut placed: Vec<(GroupId, Vec<usize>)> = Vec::new();
    for mut group in new {
        for input in &mut group.inputs {
            if let Source::Group { group, published } = &mut input.source {
                let (id, states) = &placed[group.0 as usize];
                *group = *id;
                published.iter_mut().for_each(|p| p.source.renumber(states));
            }
        }
        // A group that publishes cannot be looked into at the same time, so no group is two inputs of another.
        let own: Vec<GroupId> = placed.iter().map(|(id, _)| *id).collect();
        placed.push(add_one(groups, group, &own));
    }
    let Some((id, states)) = placed.pop() else { return GroupId(0) };
    published.iter_mut().for_each(|p| p.source.renumber(&states));
    id
}

/// Finds a group with the same chain and keys, other than the query's own, and merges the states, or adds the group. Returns the new position
/// of each state.
fn add_one(groups: &mut Vec<Group>, mut group: Group, own: &[GroupId]) -> (GroupId, Vec<usize>) {
    let same = groups.iter().enumerate().position(|(at, other)| {
        !own.contains(&GroupId(at as u32))
            && other.keys == group.keys
            && other.single == group.single
            && other.inputs.iter().map(reads).eq(group.inputs.iter().map(reads))
            && other.predicates == group.predicates
            && other.equalities == group.equalities
            && other.windows == group.windows
            && same_errors(&other.states, &group.states)
    });
    let Some(at) = same else {
        let states = (0..group.states.len()).collect();
        let taken = |name: &str| groups.iter().any(|g| g.name == name);
        if taken(&group.name) {
            let free = (2..).map(|n| format!("{}_{n}", group.name)).find(|name| !taken(name));
            group.name = free.unwrap_or_default();
        }
        groups.push(group);
        return (GroupId(groups.len() as u32 - 1), states);
    };
    let states = &mut groups[at].states;
    let positions = group
        .states
        .into_iter()
        .map(|state| match states.iter().position(|s| *s == state) {
            Some(at) => at,
            None => {
                states.push(state);
                states.len() - 1
            }
        })
        .collect();
    (GroupId(at as u32), positions)
}

fn reads(input: &Input) -> (&Source, Role) {
    (&input.source, input.role)
}

/// A row on which a state fails is an error of the whole group, so only queries that fail on the same rows share one.
fn same_errors(a: &[State], b: &[State]) -> bool {
    let all_in = |a: &[State], b: &[State]| a.iter().filter(|s| s.can_fail()).all(|s| b.contains(s));
    all_in(a, b) && all_in(b, a)
}

impl State {
    fn can_fail(&self) -> bool {
        self.exprs().any(Expr::can_fail)
    }
}

impl PublishedSource {
    /// Replaces the positions of states.
    pub(super) fn renumber(&mut self, new: &[usize]) {
        match self {
            PublishedSource::Key(_) | PublishedSource::Rows => {}
            PublishedSource::Count(s)
            | PublishedSource::DistinctCount(s)
            | PublishedSource::Min(s)
            | PublishedSource::Max(s)
            | PublishedSource::Determined(s) => *s = new[*s],
            PublishedSource::Sum { state, count } | PublishedSource::Avg { state, count, .. } => {
                *state = new[*state];
                match count {
                    SummandCount::Rows => {}
                    SummandCount::Count(s) | SummandCount::Distinct(s) | SummandCount::Total(s) => {
                        *s = new[*s]
                    }
                }
            }
        }
    }
}
