//! A join along an enforced foreign key to a table that contributes nothing disappears.
//!
//! If the referencing columns of one input equal the referenced key of another, each row of the first joins exactly one row of the second
//! (none where a referencing column is NULL, which a predicate keeps out). If nothing else of the second is read, leaving it
//! out changes no result: what is read of its key is read of the referencing columns instead. Integrity holds whenever a
//! step ends, in whatever order the transaction wrote, and groups publish only then.

use std::collections::BTreeMap;

use crate::algebra::{Expr, ExprKind};
use crate::catalog::Catalog;

use super::{Group, Predicate};

/// Applies the rule as often as it applies.
pub(super) fn apply(catalog: &Catalog, mut group: Group) -> Group {
    while let Some((input, columns)) = removable(catalog, &group) {
        group = remove(group, input, &columns);
    }
    group
}

/// An input that can go, and for each of its referenced columns the referencing one.
fn removable(catalog: &Catalog, group: &Group) -> Option<(usize, BTreeMap<usize, usize>)> {
    (0..group.inputs.len()).find_map(|parent| {
        let columns = references(catalog, group, parent)?;
        let range = &group.inputs[parent];
        let own = |c: &usize| range.columns().contains(c);
        let sides = group.equalities.iter().flat_map(|e| [&e.left, &e.right]);
        let reads_more = group
            .exprs()
            .chain(sides)
            .any(|e| e.columns().iter().any(|c| own(c) && !columns.contains_key(c)));
        let has_window = group.windows.iter().any(|w| w.input == parent);
        (!reads_more && !has_window).then_some((parent, columns))
    })
}

/// The columns of some other input that reference this one's row, if the chain joins them along a foreign key.
fn references(catalog: &Catalog, group: &Group, parent: usize) -> Option<BTreeMap<usize, usize>> {
    let table = group.inputs[parent].table()?;
    let pairs: Vec<(usize, usize, usize)> = group
        .equalities
        .iter()
        .flat_map(|e| {
            [
                (&e.left, e.left_input, &e.right, e.right_input),
                (&e.right, e.right_input, &e.left, e.left_input),
            ]
        })
        .filter(|(_, input, ..)| *input == parent)
        .filter_map(|(own, _, other, input)| Some((own.as_column()?, other.as_column()?, input)))
        .collect();
    group.inputs.iter().enumerate().filter(|(child, _)| *child != parent).find_map(|(child, input)| {
        let child_table = catalog.table(input.table()?);
        child_table.foreign_keys.iter().filter(|key| key.table == table).find_map(|key| {
            let columns = key.referenced.iter().zip(&key.columns).map(|(referenced, referencing)| {
                let own = group.inputs[parent].first + referenced.0 as usize;
                let other = input.first + referencing.0 as usize;
                let same_type = group.fields[own].ty.coerces_as_is(group.fields[other].ty);
                (same_type && pairs.contains(&(own, other, child))).then_some((own, other))
            });
            columns.collect::<Option<BTreeMap<usize, usize>>>()
        })
    })
}

fn remove(mut group: Group, parent: usize, columns: &BTreeMap<usize, usize>) -> Group {
    // The equalities of the foreign key itself are met by every row; others go on with the referencing columns.
    let references = |own: &Expr, other: &Expr| {
        own.as_column().is_some_and(|own| {
            columns.get(&own).is_some_and(|referencing| other.as_column() == Some(*referencing))
        })
    };
    group.equalities.retain(|e| !references(&e.left, &e.right) && !references(&e.right, &e.left));
    for referencing in columns.values() {
        let field = &group.fields[*referencing];
        if field.nullable {
            let column =
                Expr { kind: ExprKind::Column(*referencing), ty: field.ty, nullable: true, span: group.span };
            group.predicates.push(Predicate { expr: column.is_not_null(), inputs: Vec::new() });
        }
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
        let left_input = input_of(&group, &group.equalities[at].left);
        let right_input = input_of(&group, &group.equalities[at].right);
        (group.equalities[at].left_input, group.equalities[at].right_input) = (left_input, right_input);
    }
    // What equalled the referenced column in the same input that references it joins nothing any more.
    let (within, between): (Vec<_>, Vec<_>) =
        group.equalities.into_iter().partition(|e| e.left_input == e.right_input);
    group.equalities = between;
    group.predicates.extend(
        within.into_iter().map(|e| Predicate { expr: Expr::equal(e.left, e.right), inputs: Vec::new() }),
    );
    for at in 0..group.windows.len() {
        group.windows[at].input = input_of(&group, &group.windows[at].row);
    }
    for at in 0..group.predicates.len() {
        group.predicates[at].inputs = group.inputs_of(&group.predicates[at].expr);
    }
    group
}
