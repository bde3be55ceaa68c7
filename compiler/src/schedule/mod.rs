//! From circuit to program: in which order a change meets the other inputs, through which index, and where each predicate is tested.

mod access;
mod display;

pub use access::{Access, IndexRef, KeyPart, OwnedIndex};
pub use display::ProgramText;

use std::collections::BTreeSet;

use crate::algebra::Expr;
use crate::catalog::Catalog;
use crate::circuit::{Circuit, Group, GroupId, Predicate};
use crate::rules::{self, Rules};

/// The program of one unit.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Indexes over base tables that the unit keeps itself because no index of the store fits.
    pub indexes: Vec<OwnedIndex>,
    /// One a group of the circuit.
    pub groups: Vec<GroupProgram>,
}

/// How a group's chain is executed.
#[derive(Clone, Debug)]
pub struct GroupProgram {
    /// One an input: what a change of it does.
    pub ports: Vec<Port>,
    /// The port through which the group is computed from full tables.
    pub driver: usize,
}

/// What a change of one input goes through.
#[derive(Clone, Debug)]
pub struct Port {
    /// For a table: the columns that an update has to change to matter; `None` if every update is taken.
    pub watched: Option<Watched>,
    /// For a table that is only tested: the index and the row's own key, by which one sees whether it is the only match.
    pub test: Option<Access>,
    /// Predicates that are tested on the input alone. They cannot fail.
    pub predicates: Vec<Predicate>,
    /// The other inputs, in the order in which they are joined.
    pub lookups: Vec<Lookup>,
    /// Predicates that are tested when all inputs are there, among them all that can fail.
    pub last: Vec<Predicate>,
}

/// Columns of a table, by position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Those that are read at all. An update that changes none of them is none.
    pub columns: BTreeSet<usize>,
    /// Those that decide more than whether a row passes the tests on it alone, if that is not all. An update that changes none of them matters only
    /// if the row passes before and not after, or after and not before.
    pub beyond_tests: Option<BTreeSet<usize>>,
}

impl Port {
    /// The other groups that it looks into.
    pub fn groups(&self) -> Vec<GroupId> {
        groups_of([self])
    }
}

impl GroupProgram {
    /// The other groups that the ports of some inputs look into.
    pub fn groups_joined(&self, from: impl Fn(usize) -> bool) -> Vec<GroupId> {
        groups_of(self.ports.iter().enumerate().filter(|(input, _)| from(*input)).map(|(_, port)| port))
    }
}

fn groups_of<'a>(ports: impl IntoIterator<Item = &'a Port>) -> Vec<GroupId> {
    let lookups = ports.into_iter().flat_map(|port| &port.lookups);
    let mut groups: Vec<GroupId> = lookups.filter_map(|lookup| lookup.access.group()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// One join with another input.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// Which input.
    pub input: usize,
    /// Through which index.
    pub access: Access,
    /// Equalities that the index does not cover, as pairs of equal expressions.
    pub equalities: Vec<(Expr, Expr)>,
    /// Predicates that can be tested once this input is there, and cannot fail.
    pub predicates: Vec<Predicate>,
}

/// Schedules a circuit.
pub fn schedule(catalog: &Catalog, circuit: &Circuit, rules: &Rules) -> Program {
    let mut program = Program::default();
    for group in &circuit.groups {
        let mut port = |input| port(catalog, rules, group, input, &mut program.indexes);
        let ports: Vec<Port> = (0..group.inputs.len()).map(&mut port).collect();
        let driver = rules::driver(rules, group, &ports);
        program.groups.push(GroupProgram { ports, driver });
    }
    program
}

fn port(
    catalog: &Catalog,
    rules: &Rules,
    group: &Group,
    input: usize,
    indexes: &mut Vec<OwnedIndex>,
) -> Port {
    let mut bound = vec![input];
    let (mut waiting, last) = rules::divide(rules, &group.predicates);
    let predicates = take_ready(&mut waiting, &bound);
    let mut lookups = Vec::new();
    while bound.len() < group.inputs.len() {
        let candidates = (0..group.inputs.len()).filter(|i| !bound.contains(i));
        let reachable = candidates.filter_map(|i| Some((i, access::choose(catalog, group, i, &bound)?)));
        let Some((next, chosen)) = rules::next(rules, reachable, access::Choice::cost) else { break };
        bound.push(next);
        lookups.push(Lookup {
            input: next,
            equalities: chosen.uncovered(),
            access: chosen.into_access(catalog, group, next, indexes),
            predicates: take_ready(&mut waiting, &bound),
        });
    }
    let others: Vec<usize> = (0..group.inputs.len()).filter(|i| *i != input).collect();
    let is_tested = group.inputs[input].is_tested() && group.inputs[input].table().is_some();
    let test = if is_tested { access::choose(catalog, group, input, &others) } else { None };
    let test = test.map(|chosen| chosen.own_key().into_access(catalog, group, input, indexes));
    let watched = rules::watched(rules, group, input, &predicates);
    Port { watched, test, predicates, lookups, last: last.into_iter().cloned().collect() }
}

fn take_ready(waiting: &mut Vec<&Predicate>, bound: &[usize]) -> Vec<Predicate> {
    let (ready, later): (Vec<&Predicate>, Vec<&Predicate>) =
        waiting.iter().partition(|p| p.inputs.iter().all(|i| bound.contains(i)));
    *waiting = later;
    ready.into_iter().cloned().collect()
}
