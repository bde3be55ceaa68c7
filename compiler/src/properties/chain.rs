//! A chain: the rows of several inputs, joined and filtered.

use std::collections::BTreeSet;

use super::{Dependency, Properties};
use crate::algebra::{CompareOp, Expr, ExprKind, nullable};
use crate::catalog::Catalog;
use crate::circuit::{Equality, Group, Input, Predicate, Role, Window};

/// What is known of a chain.
#[derive(Clone, Debug)]
pub struct ChainProperties {
    /// Of the rows of each input, before they are joined or filtered.
    pub inputs: Vec<Properties>,
    /// Of the rows that pass.
    pub rows: Properties,
}

/// The parts of a chain that properties follow from.
#[derive(Clone, Copy)]
pub(crate) struct ChainParts<'a> {
    pub inputs: &'a [Input],
    pub equalities: &'a [Equality],
    pub predicates: &'a [Predicate],
    pub windows: &'a [Window],
}

impl ChainProperties {
    /// The properties of a group's chain.
    pub fn of_group(catalog: &Catalog, group: &Group) -> Self {
        let Group { inputs, equalities, predicates, windows, .. } = group;
        Self::of(catalog, ChainParts { inputs, equalities, predicates, windows })
    }

    /// The properties of a chain.
    pub(crate) fn of(catalog: &Catalog, chain: ChainParts<'_>) -> Self {
        let inputs: Vec<Properties> = chain.inputs.iter().map(|i| Properties::of_input(catalog, i)).collect();
        // What is only tested has no columns in the rows that pass.
        let joined = || chain.inputs.iter().zip(&inputs).filter(|(i, _)| !i.is_tested()).map(|(_, p)| p);
        let mut rows = Properties {
            columns: joined().flat_map(|p| &p.columns).copied().collect(),
            non_null: joined().flat_map(|p| &p.non_null).copied().collect(),
            references: joined().flat_map(|p| &p.references).cloned().collect(),
            ..Properties::default()
        };
        for input in joined() {
            rows.dependencies.extend(input.dependencies.iter().cloned());
            // A key of an input is none of the join, but it determines the input's columns.
            rows.dependencies.extend(input.keys.iter().map(|key| Dependency {
                determinants: key.iter().copied().collect(),
                dependents: input.columns.clone(),
            }));
        }
        for equality in chain.equalities {
            rows.equal(chain.inputs, equality);
        }
        for predicate in chain.predicates {
            rows.holds(&predicate.expr);
        }
        for window in chain.windows.iter().filter(|w| w.filters) {
            rows.non_null.extend(window.row.as_column());
        }
        let mut properties = Self { inputs, rows };
        properties.rows.at_most_one_row = properties.rows.is_determined_by([]);
        properties.rows.keys = properties.least_key(chain.inputs).into_iter().collect();
        properties
    }

    /// A key of every joined input, the first that it has; together they are a key of the rows. `None` if an input has none.
    pub(crate) fn keys_of_inputs(&self, inputs: &[Input]) -> Option<Vec<Vec<usize>>> {
        // A test makes no more rows.
        let joined = inputs.iter().zip(&self.inputs).filter(|(input, _)| !input.is_tested());
        joined.map(|(_, properties)| properties.keys.first().cloned()).collect()
    }

    /// A key of the rows made of keys of the inputs, as few as a greedy search finds.
    fn least_key(&self, inputs: &[Input]) -> Option<Vec<usize>> {
        let mut kept = self.keys_of_inputs(inputs)?;
        // Inputs that many others reference come first in a query as a rule, so they are tried first.
        let mut at = 0;
        while at < kept.len() {
            let others = kept.iter().enumerate().filter(|(i, _)| *i != at).flat_map(|(_, key)| key).copied();
            if self.rows.is_determined_by(others) {
                kept.remove(at);
            } else {
                at += 1;
            }
        }
        Some(kept.concat())
    }

    /// The references of other inputs along which an input is joined, each as the referencing input and pairs of a referenced column
    /// with the referencing one, as the equalities between the two say.
    pub(crate) fn references_to<'a>(
        &'a self,
        group: &'a Group,
        parent: usize,
    ) -> impl Iterator<Item = (usize, Vec<(usize, usize)>)> + 'a {
        let table = group.inputs[parent].table();
        let equates = |one: usize, other: usize| {
            let is = |e: &Expr, column: usize| e.as_column() == Some(column);
            let mut equalities = group.equalities.iter();
            equalities
                .any(|e| is(&e.left, one) && is(&e.right, other) || is(&e.left, other) && is(&e.right, one))
        };
        let children = (0..group.inputs.len()).filter(move |child| *child != parent);
        let children = children.filter(|child| !group.inputs[*child].is_tested());
        children.flat_map(move |child| {
            let references = self.inputs[child].references.iter().filter(move |r| Some(r.table) == table);
            references.filter_map(move |reference| {
                let referenced =
                    reference.referenced.iter().map(|c| group.inputs[parent].first + c.0 as usize);
                let pairs: Vec<(usize, usize)> = referenced.zip(reference.columns.iter().copied()).collect();
                pairs.iter().all(|(one, other)| equates(*one, *other)).then_some((child, pairs))
            })
        })
    }
}

impl Properties {
    /// Takes note that two expressions are equal and not NULL in every row.
    fn equal(&mut self, inputs: &[Input], equality: &Equality) {
        let sides = [(&equality.left, equality.left_input), (&equality.right, equality.right_input)];
        let tests = |role: Role| sides.iter().any(|(_, input)| inputs[*input].role == role);
        // Rows that have no match may have none because they are NULL.
        if tests(Role::Absent) {
            return;
        }
        let columns = sides.iter().filter_map(|(side, _)| side.as_column());
        self.non_null.extend(columns.filter(|c| self.columns.contains(c)).collect::<Vec<_>>());
        // What is only tested has no columns to be determined.
        if tests(Role::Exists) {
            return;
        }
        for (from, to) in [(&equality.left, &equality.right), (&equality.right, &equality.left)] {
            if let Some(column) = to.as_column().filter(|_| from.keeps_equality()) {
                self.dependencies.push(Dependency {
                    determinants: from.columns().into_iter().collect(),
                    dependents: BTreeSet::from([column]),
                });
            }
        }
    }

    /// Takes note that a condition is true in every row.
    pub(super) fn holds(&mut self, condition: &Expr) {
        self.non_null.extend(nullable::proven(condition, true));
        if let Some(column) = constant_column(condition) {
            let (determinants, dependents) = (BTreeSet::new(), BTreeSet::from([column]));
            self.dependencies.push(Dependency { determinants, dependents });
        }
    }
}

/// The column of `column = constant`.
fn constant_column(expr: &Expr) -> Option<usize> {
    let ExprKind::Compare(CompareOp::Eq, left, right) = &expr.kind else { return None };
    match (&left.kind, &right.kind) {
        (ExprKind::Column(c), ExprKind::Literal(_)) | (ExprKind::Literal(_), ExprKind::Column(c)) => Some(*c),
        _ => None,
    }
}
