//! The groups of a query take their places in the circuit of the unit.

use super::{Group, GroupId, Published, PublishedSource, Source, SummandCount};
use crate::rules::{self, Rule, Rules};

/// Adds the groups of a query, in which a group that reads another refers to it by its position among them, and returns
/// the id of the last. What reads a group is renumbered to where its states have ended up.
pub(super) fn add(
    rules: &Rules,
    groups: &mut Vec<Group>,
    new: Vec<Group>,
    published: &mut [Published],
) -> GroupId {
    let mut placed: Vec<(GroupId, Vec<usize>)> = Vec::new();
    for mut group in new {
        for input in &mut group.inputs {
            if let Source::Group { group, published } = &mut input.source {
                let (id, states) = &placed[group.0 as usize];
                *group = *id;
                published.iter_mut().for_each(|p| p.source.renumber(states));
            }
        }
        let own: Vec<GroupId> = placed.iter().map(|(id, _)| *id).collect();
        let same = rules.has(Rule::ShareGroups).then(|| rules::same_group(groups, &group, &own)).flatten();
        placed.push(match same {
            Some(at) => merge(groups, at, group),
            None => push(groups, group),
        });
    }
    let Some((id, states)) = placed.pop() else { return GroupId(0) };
    published.iter_mut().for_each(|p| p.source.renumber(&states));
    id
}

/// Adds a group under a name of its own. Returns the position of each state, which is as before.
fn push(groups: &mut Vec<Group>, mut group: Group) -> (GroupId, Vec<usize>) {
    let states = (0..group.states.len()).collect();
    let taken = |name: &str| groups.iter().any(|g| g.name == name);
    if taken(&group.name) {
        let free = (2..).map(|n| format!("{}_{n}", group.name)).find(|name| !taken(name));
        group.name = free.unwrap_or_default();
    }
    groups.push(group);
    (GroupId(groups.len() as u32 - 1), states)
}

/// Adds the states of a group to those of another that means the same. Returns the new position of each.
fn merge(groups: &mut [Group], at: usize, group: Group) -> (GroupId, Vec<usize>) {
    let states = &mut groups[at].states;
    let positions = group.states.into_iter().map(|state| match states.iter().position(|s| *s == state) {
        Some(at) => at,
        None => {
            states.push(state);
            states.len() - 1
        }
    });
    let positions = positions.collect();
    (GroupId(at as u32), positions)
}

impl PublishedSource {
    /// Replaces the positions of states.
    pub(crate) fn renumber(&mut self, new: &[usize]) {
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
