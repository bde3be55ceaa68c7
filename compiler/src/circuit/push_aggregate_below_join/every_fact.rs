//! Whether the dimensions leave every fact in.
//!
//! An expression that fails on a fact fails below the join, whether the fact has partners or not, but an error of the query is only what
//! fails on a joined row. So what can fail goes below only where every fact is joined.

use crate::algebra::{Expr, ExprKind};
use crate::catalog::{Catalog, ForeignKey};

use super::{Plan, Side};

impl Plan<'_> {
    /// Whether something can fail that is evaluated below.
    pub(super) fn can_fail_below(&self) -> bool {
        let group = self.group;
        let carried = group.keys.iter().chain(group.states.iter().flat_map(|s| s.exprs()));
        let windows = group.windows.iter().map(|w| &w.row);
        carried
            .chain(group.predicates.iter().map(|p| &p.expr))
            .chain(windows)
            .any(|e| e.can_fail() && self.side(e) != Some(Side::Dimensions))
    }

    /// Whether each fact joins exactly one row of every dimension: the dimensions hang on enforced foreign keys that are
    /// never NULL, and nothing else is asked of them.
    pub(super) fn keeps_every_fact(&self, catalog: &Catalog) -> bool {
        let is_dimension = |input: &usize| !self.facts.contains(input);
        let restricted = self.group.predicates.iter().flat_map(|p| &p.inputs).any(is_dimension)
            || self.group.windows.iter().any(|w| is_dimension(&w.input));
        let dimensions = self.dimensions();
        let mut along_keys = 0;
        for dimension in &dimensions {
            match self.foreign_key_to(catalog, *dimension) {
                Some(key) => along_keys += key.columns.len(),
                None => return false,
            }
        }
        let asked = self.group.equalities.iter();
        let asked = asked.filter(|e| is_dimension(&e.left_input) || is_dimension(&e.right_input));
        !restricted && asked.count() == along_keys
    }

    /// A foreign key without NULLs along which another input is joined with this one.
    fn foreign_key_to<'c>(&self, catalog: &'c Catalog, dimension: usize) -> Option<&'c ForeignKey> {
        let referenced = self.group.inputs[dimension].table()?;
        let others = self.group.inputs.iter().enumerate().filter(|(other, _)| *other != dimension);
        others.into_iter().find_map(|(_, input)| {
            let table = catalog.table(input.table()?);
            table.foreign_keys.iter().filter(|key| key.table == referenced).find(|key| {
                key.columns.iter().zip(&key.referenced).all(|(own, other)| {
                    let own_column = input.first + own.0 as usize;
                    let other_column = self.group.inputs[dimension].first + other.0 as usize;
                    !table.column(*own).nullable && self.equates(own_column, other_column)
                })
            })
        })
    }

    fn equates(&self, one: usize, other: usize) -> bool {
        let is = |e: &Expr, column: usize| e.kind == ExprKind::Column(column);
        self.group
            .equalities
            .iter()
            .any(|e| is(&e.left, one) && is(&e.right, other) || is(&e.left, other) && is(&e.right, one))
    }
}
