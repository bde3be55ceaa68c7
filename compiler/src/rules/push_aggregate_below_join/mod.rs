//! Aggregates are pushed below joins (Yan and Larson, *Eager Aggregation and Lazy Aggregation*, VLDB 1995).
//!
//! ```text
//! γ[R.k; sum(S.x)] (S ⋈ R)   =   γ[R.k; sum(s)] (γ[S.j; sum(S.x) as s] (S) ⋈ R)      where S.j joins at most one row of R
//! ```
//!
//! The inputs are divided: what is aggregated stays in the **facts** S, tables that only name or place the groups become
//! **dimensions** R. The facts are summed on their join key first; then a dimension's row meets one group instead of every fact, so that
//! renaming a product costs the same whether it was sold twice or two hundred thousand times.
//!
//! *Why it keeps the meaning.* The condition: every dimension is determined by the facts' columns (each fact joins at most one row), aggregates
//! read facts only, each key and carried column reads one side only, no predicate spans the two, the dimensions are joined among
//! themselves, and the facts are not already one row a join key. Then the rows of a group are the disjoint union of those of the groups below that it
//! meets. Sums of exact numbers, counts and extremes of a union follow from those of its parts, and are aggregated again above the join; where a
//! group above has exactly one below every aggregate is simply carried. Partial sums are wider than SQL's types, so none overflows; a sum is NULL by the
//! number of its summands, which is summed as well; a join key that is NULL joins nothing and is kept out below. If anything below can
//! fail, every fact must be joined ([`every_fact`]).

mod build;
mod every_fact;
mod layout;

use std::collections::BTreeSet;

use crate::algebra::Expr;
use crate::catalog::Catalog;
use crate::circuit::group::input_of;
use crate::circuit::{Group, GroupId, Published, PublishedSource, State, SummandCount};
use crate::properties::{ChainProperties, Properties};
use crate::types::Type;

/// Applies the rule to the last of a query's groups, if it does; the published columns are read from the new last group then.
pub(super) fn apply(catalog: &Catalog, groups: &mut Vec<Group>, published: &mut Vec<Published>) {
    let Some(group) = groups.pop() else { return };
    match Plan::of(catalog, &group, GroupId(groups.len() as u32), published) {
        Some(plan) => {
            let (below, above, read) = build::build(&plan, published);
            *published = read;
            groups.extend([below, above]);
        }
        None => groups.push(group),
    }
}

/// A division of a group's inputs to which the rule applies.
struct Plan<'a> {
    group: &'a Group,
    /// What the group of the facts will be called.
    id: GroupId,
    /// The inputs that are aggregated below the join.
    facts: BTreeSet<usize>,
    /// What the facts are grouped by: their sides of the equalities with dimensions.
    keys: Vec<Expr>,
    /// A group above has exactly one below.
    one_to_one: bool,
    /// What is known of the group's chain.
    properties: ChainProperties,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Facts,
    Dimensions,
}

impl<'a> Plan<'a> {
    fn of(catalog: &Catalog, group: &'a Group, id: GroupId, published: &[Published]) -> Option<Self> {
        if group.inputs.len() < 2 || group.single || !aggregates(group, published) {
            return None;
        }
        let properties = ChainProperties::of_group(catalog, group);
        let facts = facts(group, &properties.rows)?;
        let mut plan = Self { group, id, facts, keys: Vec::new(), one_to_one: false, properties };
        let carried = || group.keys.iter().chain(group.states.iter().filter_map(determined));
        let one_sided =
            carried().chain(group.predicates.iter().map(|p| &p.expr)).all(|e| plan.side(e).is_some());
        if !one_sided || !carried().any(|e| plan.side(e) == Some(Side::Dimensions)) {
            return None;
        }
        // What is only looked up stays on the side of all that it is looked up with.
        let looked_up = |input: usize| group.inputs[input].is_looked_up();
        let mut lookups =
            group.equalities.iter().filter(|e| looked_up(e.left_input) || looked_up(e.right_input));
        if lookups.any(|e| plan.facts.contains(&e.left_input) != plan.facts.contains(&e.right_input)) {
            return None;
        }
        let cut = group.equalities.iter().filter_map(|e| {
            match (plan.facts.contains(&e.left_input), plan.facts.contains(&e.right_input)) {
                (true, false) => Some(&e.left),
                (false, true) => Some(&e.right),
                _ => None,
            }
        });
        let mut keys: Vec<Expr> = Vec::new();
        for key in cut {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        // A dimension's row finds its groups of facts by their whole key, which only the dimensions' columns make up.
        if group.keys.iter().any(|k| plan.side(k) == Some(Side::Facts) && !keys.contains(k))
            || !connected(group, &plan.dimensions())
        {
            return None;
        }
        let known = |exprs: &[Expr]| plan.properties.rows.closure(exprs.iter().filter_map(Expr::as_column));
        let (below, above) = (known(&keys), known(&group.keys));
        let mut joined = plan.facts.iter().map(|i| &group.inputs[*i]).filter(|i| !i.is_tested());
        let reduces = joined.any(|i| i.columns().any(|c| !below.contains(&c)));
        plan.one_to_one = keys.iter().all(|k| k.columns().iter().all(|c| above.contains(c)));
        plan.keys = keys;
        let applies = plan.one_to_one || group.states.iter().all(decomposes);
        let same_errors = !plan.can_fail_below() || plan.keeps_every_fact();
        (reduces && applies && same_errors).then_some(plan)
    }

    /// The side whose inputs an expression reads; `None` if both or none.
    fn side(&self, expr: &Expr) -> Option<Side> {
        let inputs = self.group.inputs_of(expr);
        let facts = inputs.iter().filter(|i| self.facts.contains(i)).count();
        match inputs.len() {
            0 => None,
            n if facts == n => Some(Side::Facts),
            _ if facts == 0 => Some(Side::Dimensions),
            _ => None,
        }
    }

    fn dimensions(&self) -> BTreeSet<usize> {
        (0..self.group.inputs.len()).filter(|i| !self.facts.contains(i)).collect()
    }
}

/// The division: facts are the inputs that aggregates read, those that no other determines, and those that neither name nor
/// place a group nor connect one that does. `None` if that leaves no dimension.
fn facts(group: &Group, rows: &Properties) -> Option<BTreeSet<usize>> {
    let mut facts: BTreeSet<usize> = BTreeSet::new();
    for state in group.states.iter().filter(|s| determined(s).is_none()) {
        facts.extend(state.exprs().flat_map(|e| group.inputs_of(e)));
        let windows = state.condition().into_iter().flat_map(|c| &c.windows);
        facts.extend(windows.map(|w| group.windows[*w].input));
    }
    facts.extend(rows.keys.first()?.iter().map(|column| input_of(&group.inputs, *column)));
    let named = group.keys.iter().chain(group.states.iter().filter_map(determined));
    let naming: BTreeSet<usize> =
        named.flat_map(|e| group.inputs_of(e)).filter(|i| !facts.contains(i)).collect();
    // What is neither stays with the facts, unless a dimension hangs on it.
    for input in 0..group.inputs.len() {
        let mut without = facts.clone();
        without.extend((0..group.inputs.len()).filter(|i| *i != input && !naming.contains(i)));
        if !facts.contains(&input) && !naming.contains(&input) && reaches(group, &without, &naming, input) {
            facts.insert(input);
        }
    }
    let dimensions = group.inputs.len() - facts.len();
    let determined = rows.is_determined_by(facts.iter().flat_map(|i| group.inputs[*i].columns()));
    (dimensions > 0 && determined && connected(group, &facts)).then_some(facts)
}

/// Whether every input in `wanted` is reached from `from` by equalities without passing through `avoided`.
fn reaches(group: &Group, from: &BTreeSet<usize>, wanted: &BTreeSet<usize>, avoided: usize) -> bool {
    let mut reached = from.clone();
    loop {
        let before = reached.len();
        for e in &group.equalities {
            let (l, r) = (e.left_input, e.right_input);
            if l != avoided && r != avoided && (reached.contains(&l) || reached.contains(&r)) {
                reached.extend([l, r]);
            }
        }
        if reached.len() == before {
            return wanted.iter().all(|i| reached.contains(i));
        }
    }
}

/// Whether equalities between tables connect these inputs among themselves, and what is looked up with one of them.
fn connected(group: &Group, inputs: &BTreeSet<usize>) -> bool {
    let is_table = |input: &usize| !group.inputs[*input].is_looked_up();
    let Some(first) = inputs.iter().find(|i| is_table(i)) else { return false };
    let mut reached = BTreeSet::from([*first]);
    loop {
        let before = reached.len();
        for e in &group.equalities {
            for (from, to) in [(e.left_input, e.right_input), (e.right_input, e.left_input)] {
                if inputs.contains(&to) && reached.contains(&from) && is_table(&from) {
                    reached.insert(to);
                }
            }
        }
        if reached.len() == before {
            return reached.len() == inputs.len();
        }
    }
}

fn determined(state: &State) -> Option<&Expr> {
    match state {
        State::Determined { value } => Some(value),
        _ => None,
    }
}

/// Whether there is anything to sum below the join.
fn aggregates(group: &Group, published: &[Published]) -> bool {
    group.states.iter().any(|s| determined(s).is_none())
        || published.iter().any(|p| matches!(p.source, PublishedSource::Rows))
}

/// Whether a state over all facts can be computed from the same state over parts of them.
fn decomposes(state: &State) -> bool {
    match state {
        State::Count { .. } | State::Extremes { .. } | State::Determined { .. } => true,
        // A sum of these is more than a number of them: partial ones could fail, or look otherwise, where the whole does not.
        State::Sum { value, .. } => !matches!(value.ty, Type::Numeric | Type::Interval),
        State::FloatSum { .. } | State::Distinct { .. } => false,
    }
}

impl SummandCount {
    /// Where the number of summands is published.
    fn source(self) -> PublishedSource {
        match self {
            SummandCount::Rows => PublishedSource::Rows,
            SummandCount::Count(s) | SummandCount::Total(s) => PublishedSource::Count(s),
            SummandCount::Distinct(s) => PublishedSource::DistinctCount(s),
        }
    }
}
