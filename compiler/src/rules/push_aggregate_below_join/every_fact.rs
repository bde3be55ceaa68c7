//! Whether the dimensions leave every fact in.
//!
//! An expression that fails on a fact fails below the join, whether the fact has partners or not, but an error of the query is only what
//! fails on a joined row. So what can fail goes below only where every fact is joined.

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
    pub(super) fn keeps_every_fact(&self) -> bool {
        let is_dimension = |input: &usize| !self.facts.contains(input);
        let restricted = self.group.predicates.iter().flat_map(|p| &p.inputs).any(is_dimension)
            || self.group.windows.iter().any(|w| is_dimension(&w.input));
        let dimensions = self.dimensions();
        let mut along_keys = 0;
        for dimension in &dimensions {
            match self.foreign_key_to(*dimension) {
                Some(columns) => along_keys += columns,
                None => return false,
            }
        }
        let asked = self.group.equalities.iter();
        let asked = asked.filter(|e| is_dimension(&e.left_input) || is_dimension(&e.right_input));
        !restricted && asked.count() == along_keys
    }

    /// The number of columns of a foreign key without NULLs along which another input is joined with this one.
    fn foreign_key_to(&self, dimension: usize) -> Option<usize> {
        let mut references = self.properties.references_to(self.group, dimension);
        let is_total = |child: usize, pairs: &[(usize, usize)]| {
            pairs.iter().all(|(_, column)| self.properties.inputs[child].non_null.contains(column))
        };
        references.find(|(child, pairs)| is_total(*child, pairs)).map(|(_, pairs)| pairs.len())
    }
}
