//! A join along an enforced foreign key to a table that contributes nothing disappears.
//!
//! ```text
//! π[S] (S ⋈ R)   =   σ[S.r is not null] (S)          where S.r references R's key
//! ```
//!
//! *Why it keeps the meaning.* If the referencing columns of one input equal the referenced key of another, each row of the first joins exactly one row of
//! the second, and none where a referencing column is NULL, which a predicate keeps out. If nothing else of the second is read, leaving
//! it out changes no row and no error: what is read of its key is read of the referencing columns instead, whose type is the same. Integrity holds
//! whenever a step ends, in whatever order the transaction wrote, and groups publish only then.

use std::collections::BTreeMap;

use crate::algebra::{Expr, ExprKind};
use crate::catalog::Catalog;
use crate::circuit::{Group, Predicate, Published};
use crate::properties::ChainProperties;

/// Applies the rule to each group of a query as often as it applies.
pub(super) fn apply(catalog: &Catalog, groups: &mut Vec<Group>, _: &mut Vec<Published>) {
    for group in groups {
        while let Some((input, reference)) = removable(catalog, group) {
            remove(group, input, &reference);
        }
    }
}

/// A foreign key along which an input is joined.
struct Reference {
    /// For each referenced column the referencing one.
    columns: BTreeMap<usize, usize>,
    /// The referencing columns that may be NULL.
    nullable: Vec<usize>,
}

/// An input that can go.
fn removable(catalog: &Catalog, group: &Group) -> Option<(usize, Reference)> {
    let properties = ChainProperties::of_group(catalog, group);
    let joined = (0..group.inputs.len()).filter(|input| !group.inputs[*input].is_tested());
    joined.into_iter().find_map(|parent| {
        let same_type =
            |(one, other): &(usize, usize)| group.fields[*one].ty.coerces_as_is(group.fields[*other].ty);
        let (child, pairs) =
            properties.references_to(group, parent).find(|(_, pairs)| pairs.iter().all(same_type))?;
        let is_null = |column: &usize| !properties.inputs[child].non_null.contains(column);
        let nullable = pairs.iter().map(|(_, referencing)| *referencing).filter(is_null).collect();
        let columns: BTreeMap<usize, usize> = pairs.into_iter().collect();
        let range = group.inputs[parent].columns();
        let sides = group.equalities.iter().flat_map(|e| [&e.left, &e.right]);
        let mut read = group.exprs().chain(sides).flat_map(Expr::columns);
        let reads_more = read.any(|c| range.contains(&c) && !columns.contains_key(&c));
        let has_window = group.windows.iter().any(|w| w.input == parent);
        (!reads_more && !has_window).then_some((parent, Reference { columns, nullable }))
    })
}

fn remove(group: &mut Group, parent: usize, reference: &Reference) {
    let columns = &reference.columns;
    // The equalities of the foreign key itself are met by every row; others go on with the referencing columns.
    let references = |own: &Expr, other: &Expr| {
        own.as_column().is_some_and(|own| {
            columns.get(&own).is_some_and(|referencing| other.as_column() == Some(*referencing))
        })
    };
    group.equalities.retain(|e| !references(&e.left, &e.right) && !references(&e.right, &e.left));
    for referencing in &reference.nullable {
        let (kind, ty) = (ExprKind::Column(*referencing), group.fields[*referencing].ty);
        let column = Expr { kind, ty, nullable: true, span: group.span };
        group.predicates.push(Predicate { expr: column.is_not_null(), inputs: Vec::new() });
    }
    let removed = group.inputs[parent].columns();
    // Nothing but referenced columns is read of it.
    group.replace_columns(parent, Vec::new(), |own| {
        let referencing = columns.get(&own).copied().unwrap_or(own);
        if referencing >= removed.end { referencing - removed.len() } else { referencing }
    });
    group.inputs.remove(parent);
    let input_of = |group: &Group, e: &Expr| group.inputs_of(e).first().copied().unwrap_or(0);
    for at in 0..group.equalities.len() {
        let left_input = input_of(group, &group.equalities[at].left);
        let right_input = input_of(group, &group.equalities[at].right);
        (group.equalities[at].left_input, group.equalities[at].right_input) = (left_input, right_input);
    }
    // What equalled the referenced column in the same input that references it joins nothing any more.
    let (within, between): (Vec<_>, Vec<_>) =
        std::mem::take(&mut group.equalities).into_iter().partition(|e| e.left_input == e.right_input);
    group.equalities = between;
    group.predicates.extend(
        within.into_iter().map(|e| Predicate { expr: Expr::equal(e.left, e.right), inputs: Vec::new() }),
    );
    for at in 0..group.windows.len() {
        group.windows[at].input = input_of(group, &group.windows[at].row);
    }
    for at in 0..group.predicates.len() {
        group.predicates[at].inputs = group.inputs_of(&group.predicates[at].expr);
    }
}
