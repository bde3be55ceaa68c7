//! The two groups that the rule makes of one.

use std::collections::BTreeSet;

use crate::algebra::{Expr, ExprKind, Field};
use crate::types::Type;

use super::layout::Layout;
use super::{Plan, Side, determined};
use crate::circuit::{
    Condition, Equality, Group, Input, Predicate, Published, PublishedSource, Role, Source, State,
    SummandCount,
};

/// The group of the facts, the group above it, and how the published columns are read from the latter.
pub(super) fn build(plan: &Plan<'_>, published: &[Published]) -> (Group, Group, Vec<Published>) {
    let dimensions = plan.dimensions();
    let mut builder = Builder {
        plan,
        dimensions: Layout::of(plan.group, &dimensions),
        positions: kept_states(plan),
        below: Vec::new(),
        states: Vec::new(),
    };
    for (at, key) in plan.keys.iter().enumerate() {
        let name = match key.kind {
            ExprKind::Column(c) => plan.group.fields[c].name.clone(),
            _ => "key".to_owned(),
        };
        let field = Field { name, ty: key.ty, nullable: key.nullable };
        builder.below.push(Published { field, source: PublishedSource::Key(at) });
    }
    let read = published.iter().map(|column| builder.column(column)).collect();
    let below = builder.group_below();
    let above = builder.group_above();
    (below, above, read)
}

/// The new position of each state that the group of the facts keeps: all but what dimensions carry.
fn kept_states(plan: &Plan<'_>) -> Vec<Option<usize>> {
    let mut next = 0;
    let position = |state: &State| {
        let keeps = determined(state).is_none_or(|e| plan.side(e) == Some(Side::Facts));
        keeps.then(|| {
            next += 1;
            next - 1
        })
    };
    plan.group.states.iter().map(position).collect()
}

struct Builder<'a> {
    plan: &'a Plan<'a>,
    /// The dimensions are the first inputs of the group above, the group below is its last.
    dimensions: Layout<'a>,
    positions: Vec<Option<usize>>,
    /// The columns that are read of the group below.
    below: Vec<Published>,
    /// The states of the group above.
    states: Vec<State>,
}

impl Builder<'_> {
    /// How a published column is read from the group above.
    fn column(&mut self, column: &Published) -> Published {
        let source = match column.source.clone() {
            key @ PublishedSource::Key(_) => key,
            PublishedSource::Determined(s) if self.positions[s].is_none() => self.carry_dimension(s),
            _ if self.plan.one_to_one => self.carry(column),
            PublishedSource::Determined(_) => self.carry(column),
            count @ (PublishedSource::Rows
            | PublishedSource::Count(_)
            | PublishedSource::DistinctCount(_)) => {
                PublishedSource::Sum { state: self.total(count, Type::BigInt), count: SummandCount::Rows }
            }
            PublishedSource::Sum { state, count } => {
                PublishedSource::Sum { state: self.sum(state), count: self.count(count) }
            }
            PublishedSource::Avg { state, count, of } => {
                PublishedSource::Avg { state: self.sum(state), count: self.count(count), of }
            }
            PublishedSource::Min(_) => PublishedSource::Min(self.extremes(column)),
            PublishedSource::Max(_) => PublishedSource::Max(self.extremes(column)),
        };
        Published { field: column.field.clone(), source }
    }

    /// A column of the group below, as an expression of the group above.
    fn read(&mut self, column: Published) -> Expr {
        let mut column = column;
        let positions: Vec<usize> = self.positions.iter().map(|p| p.unwrap_or(0)).collect();
        column.source.renumber(&positions);
        let Field { ty, nullable, .. } = column.field;
        let at = self.below.iter().position(|c| *c == column).unwrap_or_else(|| {
            self.below.push(column);
            self.below.len() - 1
        });
        let kind = ExprKind::Column(self.dimensions.width() + at);
        Expr { kind, ty, nullable, span: self.plan.group.span }
    }

    fn keep(&mut self, state: State) -> usize {
        self.states.iter().position(|s| *s == state).unwrap_or_else(|| {
            self.states.push(state);
            self.states.len() - 1
        })
    }

    fn carry(&mut self, column: &Published) -> PublishedSource {
        let value = self.read(column.clone());
        PublishedSource::Determined(self.keep(State::Determined { value }))
    }

    fn carry_dimension(&mut self, state: usize) -> PublishedSource {
        match determined(&self.plan.group.states[state]).map(|value| self.dimensions.expr(value)) {
            Some(value) => PublishedSource::Determined(self.keep(State::Determined { value })),
            None => PublishedSource::Rows,
        }
    }

    /// The sum of a number that every group below publishes.
    fn total(&mut self, source: PublishedSource, ty: Type) -> usize {
        let value =
            self.read(Published { field: Field { name: "total".to_owned(), ty, nullable: false }, source });
        self.keep(State::Sum { condition: Condition::default(), value })
    }

    /// The sum of the sums of the groups below: all digits, never NULL.
    fn sum(&mut self, state: usize) -> usize {
        let scale = match self.plan.group.states[state].value().map(|v| v.ty) {
            Some(Type::Decimal { scale, .. }) => scale,
            _ => 0,
        };
        self.total(PublishedSource::Sum { state, count: SummandCount::Rows }, Type::wide_decimal(scale))
    }

    fn count(&mut self, count: SummandCount) -> SummandCount {
        SummandCount::Total(self.total(count.source(), Type::BigInt))
    }

    fn extremes(&mut self, column: &Published) -> usize {
        let value = self.read(column.clone());
        self.keep(State::Extremes { condition: Condition::default(), value })
    }

    /// The facts, grouped by what joins them with the dimensions.
    fn group_below(&self) -> Group {
        let (plan, group) = (self.plan, self.plan.group);
        let layout = Layout::of(group, &plan.facts);
        let windows = layout.window_positions();
        let mut predicates = layout.predicates();
        for key in plan.keys.iter().filter(|k| k.nullable && self.joins(k)) {
            // NULL joins nothing.
            let expr = key.clone().is_not_null();
            predicates.push(layout.predicate(&Predicate { inputs: group.inputs_of(&expr), expr }));
        }
        let kept = group.states.iter().zip(&self.positions).filter(|(_, position)| position.is_some());
        let states = kept.map(|(state, _)| {
            let mut state = state.clone();
            state.exprs_mut().into_iter().for_each(|e| *e = layout.expr(e));
            let used = state.condition_mut().into_iter().flat_map(|c| &mut c.windows);
            used.for_each(|w| *w = windows.iter().position(|own| own == w).unwrap_or(0));
            state
        });
        Group {
            name: self.name(),
            inputs: layout.inputs(),
            fields: layout.fields(),
            predicates,
            equalities: layout.equalities(),
            windows: layout.windows(),
            keys: plan.keys.iter().map(|k| layout.expr(k)).collect(),
            states: states.collect(),
            single: false,
            span: group.span,
        }
    }

    /// The dimensions, joined with the groups of facts.
    fn group_above(self) -> Group {
        let (plan, group, layout) = (self.plan, self.plan.group, &self.dimensions);
        let name = self.name();
        let mut inputs = layout.inputs();
        let facts = inputs.len();
        let first = layout.width();
        let width = self.below.len();
        let fields = layout.fields().into_iter().chain(self.below.iter().map(|p| p.field.clone())).collect();
        let source = Source::Group { group: self.plan.id, published: self.below };
        inputs.push(Input { source, role: Role::Joined, alias: name, first, width });
        let key_below = |e: &Expr| {
            let at = plan.keys.iter().position(|k| k == e).unwrap_or(0);
            Expr { kind: ExprKind::Column(first + at), ..e.clone() }
        };
        let mut equalities = layout.equalities();
        for e in &group.equalities {
            let sides = match (plan.facts.contains(&e.left_input), plan.facts.contains(&e.right_input)) {
                (true, false) => (&e.left, &e.right, e.right_input),
                (false, true) => (&e.right, &e.left, e.left_input),
                _ => continue,
            };
            let (fact, dimension, input) = sides;
            equalities.push(Equality {
                left: key_below(fact),
                left_input: facts,
                right: layout.expr(dimension),
                right_input: layout.position(input),
            });
        }
        let keys = group.keys.iter().map(|k| match plan.side(k) {
            Some(Side::Facts) => key_below(k),
            _ => layout.expr(k),
        });
        Group {
            name: group.name.clone(),
            fields,
            predicates: layout.predicates(),
            equalities,
            windows: layout.windows(),
            keys: keys.collect(),
            states: self.states,
            single: false,
            span: group.span,
            inputs,
        }
    }

    /// Whether a key of the group below is a side of an equality with a dimension.
    fn joins(&self, key: &Expr) -> bool {
        let facts: &BTreeSet<usize> = &self.plan.facts;
        let crosses = |e: &&Equality| facts.contains(&e.left_input) != facts.contains(&e.right_input);
        self.plan.group.equalities.iter().filter(crosses).any(|e| e.left == *key || e.right == *key)
    }

    fn name(&self) -> String {
        let aliases: Vec<&str> =
            self.plan.facts.iter().map(|i| self.plan.group.inputs[*i].alias.as_str()).collect();
        format!("{}_of_{}", self.plan.group.name, aliases.join("_"))
    }
}
