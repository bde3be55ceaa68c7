//! Walks over relations.

use super::{Expr, Query, Relation, RelationKind};

impl Query {
    /// Calls `f` on every expression of the query, to be changed in place.
    pub fn expressions_mut(&mut self, f: &mut impl FnMut(&mut Expr)) {
        self.root.expressions_mut(f);
    }
}

impl Relation {
    /// The direct inputs.
    pub fn inputs(&self) -> Vec<&Relation> {
        match &self.kind {
            RelationKind::Scan { .. } => Vec::new(),
            RelationKind::Join { left, right, .. } | RelationKind::SemiJoin { left, right, .. } => {
                vec![left, right]
            }
            RelationKind::Filter { input, .. }
            | RelationKind::Aggregate { input, .. }
            | RelationKind::Project { input, .. }
            | RelationKind::Limit { input, .. } => vec![input],
        }
    }

    /// Calls `f` on every expression below this relation, to be changed in place.
    pub fn expressions_mut(&mut self, f: &mut impl FnMut(&mut Expr)) {
        match &mut self.kind {
            RelationKind::Scan { .. } => {}
            RelationKind::Join { left, right, condition } => {
                left.expressions_mut(f);
                right.expressions_mut(f);
                condition.iter_mut().for_each(f);
            }
            RelationKind::SemiJoin { left, right, condition, .. } => {
                left.expressions_mut(f);
                right.expressions_mut(f);
                condition.iter_mut().for_each(f);
            }
            RelationKind::Filter { input, predicate } => {
                input.expressions_mut(f);
                f(predicate);
            }
            RelationKind::Aggregate { input, keys, aggregates } => {
                input.expressions_mut(f);
                keys.iter_mut().for_each(&mut *f);
                for aggregate in aggregates {
                    aggregate.arg.iter_mut().chain(&mut aggregate.filter).for_each(&mut *f);
                }
            }
            RelationKind::Project { input, columns } => {
                input.expressions_mut(f);
                columns.iter_mut().for_each(f);
            }
            RelationKind::Limit { input, .. } => input.expressions_mut(f),
        }
    }
}
