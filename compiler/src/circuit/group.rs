//! Walks over the parts of a group.

use super::{Condition, Group, Input, State};
use crate::algebra::{Expr, Field};
use crate::catalog::TableId;

/// The input that a column of a chain belongs to.
pub(crate) fn input_of(inputs: &[Input], column: usize) -> usize {
    inputs.iter().rposition(|input| input.first <= column).unwrap_or(0)
}

/// The inputs that an expression reads, ascending.
pub(super) fn inputs_of(inputs: &[Input], expr: &Expr) -> Vec<usize> {
    let mut read: Vec<usize> = expr.columns().into_iter().map(|column| input_of(inputs, column)).collect();
    read.dedup();
    read
}

impl Group {
    /// All expressions over the group's columns, except those of the equalities that connect its inputs.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        self.predicates
            .iter()
            .map(|p| &p.expr)
            .chain(self.windows.iter().map(|w| &w.row))
            .chain(&self.keys)
            .chain(self.states.iter().flat_map(State::exprs))
    }

    /// All expressions over the group's columns, those of the equalities too, to be changed in place.
    pub fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let equalities = self.equalities.iter_mut().flat_map(|e| [&mut e.left, &mut e.right]);
        let predicates = self.predicates.iter_mut().map(|p| &mut p.expr);
        let windows = self.windows.iter_mut().map(|w| &mut w.row);
        let states = self.states.iter_mut().flat_map(State::exprs_mut);
        equalities.chain(predicates).chain(windows).chain(&mut self.keys).chain(states).collect()
    }

    /// Whether a table is several of its inputs.
    pub fn joins_itself(&self, table: TableId) -> bool {
        self.inputs.iter().filter(|i| i.table() == Some(table)).count() > 1
    }

    /// Gives an input other columns. `own` gives, for an old one that is read, the position of the column that takes its
    /// place, counted in the new order.
    pub(crate) fn replace_columns(&mut self, input: usize, fields: Vec<Field>, own: impl Fn(usize) -> usize) {
        let old = self.inputs[input].columns();
        let width = fields.len();
        let moved = |c: usize| match c {
            c if old.contains(&c) => own(c),
            c if c >= old.end => c - old.len() + width,
            c => c,
        };
        for expr in self.exprs_mut() {
            *expr = expr.clone().map_columns(&moved);
        }
        for later in self.inputs.iter_mut().filter(|later| later.first >= old.end) {
            later.first = later.first - old.len() + width;
        }
        self.inputs[input].width = width;
        self.fields.splice(old, fields);
    }

    /// The inputs an expression reads, ascending.
    pub fn inputs_of(&self, expr: &Expr) -> Vec<usize> {
        inputs_of(&self.inputs, expr)
    }
}

impl State {
    /// All expressions it evaluates for a row, to be changed in place.
    pub fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let (condition, value) = match self {
            State::Count { condition, value } => (Some(condition), value.as_mut()),
            State::Sum { condition, value }
            | State::FloatSum { condition, value }
            | State::Extremes { condition, value }
            | State::Distinct { condition, value, .. } => (Some(condition), Some(value)),
            State::Determined { value } => (None, Some(value)),
        };
        condition.and_then(|c| c.predicate.as_mut()).into_iter().chain(value).collect()
    }

    /// The condition, if the state has one, to be changed in place.
    pub fn condition_mut(&mut self) -> Option<&mut Condition> {
        match self {
            State::Count { condition, .. }
            | State::Sum { condition, .. }
            | State::FloatSum { condition, .. }
            | State::Extremes { condition, .. }
            | State::Distinct { condition, .. } => Some(condition),
            State::Determined { .. } => None,
        }
    }
}
