//! Some of a group's inputs as the inputs of another group.

use std::collections::BTreeSet;

use crate::algebra::{Expr, Field};

use crate::circuit::{Equality, Group, Input, Predicate, Window};

/// Where the columns and inputs of a part of a group are in another group that has only these inputs, in the same order.
pub(super) struct Layout<'a> {
    group: &'a Group,
    inputs: &'a BTreeSet<usize>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(group: &'a Group, inputs: &'a BTreeSet<usize>) -> Self {
        Self { group, inputs }
    }

    /// The new position of an input.
    pub(super) fn position(&self, input: usize) -> usize {
        self.inputs.iter().take_while(|i| **i < input).count()
    }

    /// How many columns the inputs have together.
    pub(super) fn width(&self) -> usize {
        self.inputs.iter().map(|i| self.group.inputs[*i].width).sum()
    }

    fn column(&self, column: usize) -> usize {
        let before =
            self.inputs.iter().map(|i| &self.group.inputs[*i]).take_while(|i| i.first + i.width <= column);
        let skipped: usize = before.map(|i| i.width).sum();
        let own = self.inputs.iter().map(|i| &self.group.inputs[*i]).find(|i| i.columns().contains(&column));
        own.map_or(column, |input| skipped + column - input.first)
    }

    pub(super) fn expr(&self, expr: &Expr) -> Expr {
        expr.clone().map_columns(&|c| self.column(c))
    }

    pub(super) fn inputs(&self) -> Vec<Input> {
        let mut first = 0;
        let moved = self.inputs.iter().map(|i| {
            let input = &self.group.inputs[*i];
            first += input.width;
            Input { first: first - input.width, ..input.clone() }
        });
        moved.collect()
    }

    pub(super) fn fields(&self) -> Vec<Field> {
        self.inputs
            .iter()
            .flat_map(|i| &self.group.fields[self.group.inputs[*i].columns()])
            .cloned()
            .collect()
    }

    /// The predicates that read these inputs only.
    pub(super) fn predicates(&self) -> Vec<Predicate> {
        let own = self.group.predicates.iter().filter(|p| p.inputs.iter().all(|i| self.inputs.contains(i)));
        own.map(|p| self.predicate(p)).collect()
    }

    pub(super) fn predicate(&self, predicate: &Predicate) -> Predicate {
        let inputs = predicate.inputs.iter().map(|i| self.position(*i)).collect();
        Predicate { expr: self.expr(&predicate.expr), inputs }
    }

    /// The equalities among these inputs.
    pub(super) fn equalities(&self) -> Vec<Equality> {
        let own = self.group.equalities.iter();
        let own = own.filter(|e| self.inputs.contains(&e.left_input) && self.inputs.contains(&e.right_input));
        own.map(|e| Equality {
            left: self.expr(&e.left),
            left_input: self.position(e.left_input),
            right: self.expr(&e.right),
            right_input: self.position(e.right_input),
        })
        .collect()
    }

    /// The positions of these inputs' windows among the group's.
    pub(super) fn window_positions(&self) -> Vec<usize> {
        (0..self.group.windows.len())
            .filter(|w| self.inputs.contains(&self.group.windows[*w].input))
            .collect()
    }

    pub(super) fn windows(&self) -> Vec<Window> {
        let own = self.window_positions().into_iter().map(|w| &self.group.windows[w]);
        own.map(|w| Window { input: self.position(w.input), row: self.expr(&w.row), ..w.clone() }).collect()
    }
}
