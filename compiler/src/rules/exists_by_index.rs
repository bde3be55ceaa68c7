//! A semi-join whose inner side is all rows of a table, found by an index that the store keeps, needs no group.
//!
//! ```text
//! R ⋉ γ[S.b] (S)   =   R ⋉ S          if S has an index on b
//! ```
//!
//! *Why it keeps the meaning.* Whether a key has a match is whether the index has an entry, and a row is a key's first or last match if the index
//! has no other entry. The condition: the inner side is one table without conditions (or the entries would have to be searched for one that meets
//! them), the index is on exactly the columns that are compared, and the table is no other input of the same group: a change of a
//! row would reach two inputs at once. A key that is NULL is in no index and matches nothing; what connects the two sides cannot fail.

use crate::algebra::Expr;
use crate::catalog::{Catalog, TableId};
use crate::circuit::{Group, Input, Published, Source};

/// Applies the rule to the inputs of all groups of a query; groups that nothing reads any more go.
pub(super) fn apply(catalog: &Catalog, groups: &mut Vec<Group>, _: &mut Vec<Published>) {
    for at in 0..groups.len() {
        while let Some((input, table, columns)) = replaceable(catalog, groups, at) {
            replace(catalog, &mut groups[at], input, table, &columns);
        }
    }
    remove_unread(groups);
}

/// An input that can read the table itself, and the columns that are its key.
fn replaceable(catalog: &Catalog, groups: &[Group], at: usize) -> Option<(usize, TableId, Vec<usize>)> {
    groups[at].inputs.iter().enumerate().find_map(|(input, tested)| {
        let Source::Group { group, .. } = &tested.source else { return None };
        let inner = &groups[group.0 as usize];
        let [Input { source: Source::Table(table), .. }] = inner.inputs.as_slice() else { return None };
        let columns = inner.keys.iter().map(Expr::as_column).collect::<Option<Vec<usize>>>()?;
        // A row whose key is NULL matches nothing, and is in no index.
        let not_null: Vec<Expr> = inner.keys.iter().map(|key| key.clone().is_not_null()).collect();
        let is_unconditional =
            inner.windows.is_empty() && inner.predicates.iter().all(|p| not_null.contains(&p.expr));
        let is_plain = tested.is_tested() && is_unconditional;
        let is_free = groups[at].inputs.iter().all(|other| other.table() != Some(*table));
        let is_indexed = catalog.table(*table).physical_indexes().iter().any(|index| {
            let mut indexed: Vec<usize> = index.columns.iter().map(|c| c.0 as usize).collect();
            let mut wanted = columns.clone();
            indexed.sort_unstable();
            wanted.sort_unstable();
            indexed == wanted
        });
        (is_plain && is_free && is_indexed).then_some((input, *table, columns))
    })
}

/// The input reads the table from now on; what read the group's key reads the columns.
fn replace(catalog: &Catalog, group: &mut Group, at: usize, table: TableId, columns: &[usize]) {
    let first = group.inputs[at].first;
    group.replace_columns(at, catalog.table(table).fields().collect(), |key| first + columns[key - first]);
    group.inputs[at].source = Source::Table(table);
}

/// Removes groups that no group reads, other than the last, which the query reads.
fn remove_unread(groups: &mut Vec<Group>) {
    let read = |groups: &[Group], at: usize| {
        let sources = groups.iter().flat_map(|g| &g.inputs).map(|i| &i.source);
        sources.into_iter().any(|s| matches!(s, Source::Group { group, .. } if group.0 as usize == at))
    };
    while let Some(at) = (0..groups.len().saturating_sub(1)).rfind(|at| !read(groups, *at)) {
        groups.remove(at);
        for input in groups.iter_mut().flat_map(|g| &mut g.inputs) {
            if let Source::Group { group, .. } = &mut input.source
                && group.0 as usize > at
            {
                group.0 -= 1;
            }
        }
    }
}
