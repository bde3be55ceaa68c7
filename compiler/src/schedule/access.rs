//! The choice of an index for a join.

use crate::algebra::{Expr, ExprKind};
use crate::catalog::{Catalog, ColumnId, Table, TableId, TableIndex};
use crate::circuit::{Equality, Group, GroupId, Published, Source};
use crate::properties::key_columns;
use crate::types::Type;

/// Through which index the rows of an input are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The index.
    pub index: IndexRef,
    /// The key to look for, over inputs that are already there, in the order of the index.
    pub key: Vec<KeyPart>,
}

/// Which index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexRef {
    /// One that the store keeps.
    Table(TableIndex),
    /// One of the unit's own, by position in [`super::Program::indexes`].
    Owned(usize),
    /// The groups of another group, by their key.
    Group(GroupId),
}

/// A part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// What to look for.
    pub expr: Expr,
    /// The type of the index's column, which for integers may be narrower.
    pub column: Type,
    /// Whether the sought key may be NULL in this part. What is looked for never is.
    pub nullable: bool,
    /// Whether the index's key owns this part.
    pub owned: bool,
}

/// An index of the unit's own over a base table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedIndex {
    /// The table.
    pub table: TableId,
    /// Its key, over the table's columns.
    pub key: Vec<Expr>,
    /// Which parts of the key are owned: those that are computed on one of the sides and cannot be copied.
    pub owned: Vec<bool>,
}

impl Access {
    /// The group whose groups are found.
    pub fn group(&self) -> Option<GroupId> {
        match self.index {
            IndexRef::Group(group) => Some(group),
            _ => None,
        }
    }

    /// Whether at most one row matches.
    pub fn is_unique(&self) -> bool {
        match &self.index {
            IndexRef::Table(index) => index.constraint.is_some(),
            IndexRef::Owned(_) => false,
            IndexRef::Group(_) => true,
        }
    }
}

/// A way to find the rows of an input from those that are there.
pub(super) struct Choice {
    /// The index of the store, if one fits.
    index: Option<TableIndex>,
    /// Equalities as (of the sought input, of those there); the first `covered` make up the key.
    equalities: Vec<(Expr, Expr)>,
    covered: usize,
    /// The rows are groups, and the key is theirs.
    by_key: bool,
}

/// Chooses how to find the rows of `input`; `None` if no equality connects it with the inputs in `bound`. What is only tested has to wait for all
/// that it is asked about.
pub(super) fn choose(catalog: &Catalog, group: &Group, input: usize, bound: &[usize]) -> Option<Choice> {
    let waits = |e: &Equality| {
        e.left_input == input && !bound.contains(&e.right_input)
            || e.right_input == input && !bound.contains(&e.left_input)
    };
    if group.inputs[input].is_tested() && group.equalities.iter().any(waits) {
        return None;
    }
    let mut equalities: Vec<(Expr, Expr)> = Vec::new();
    for e in &group.equalities {
        if e.left_input == input && bound.contains(&e.right_input) {
            equalities.push((e.left.clone(), e.right.clone()));
        } else if e.right_input == input && bound.contains(&e.left_input) {
            equalities.push((e.right.clone(), e.left.clone()));
        }
    }
    if equalities.is_empty() {
        return None;
    }
    let first = group.inputs[input].first;
    let table = match &group.inputs[input].source {
        Source::Table(table) => catalog.table(*table),
        Source::Group { published, .. } => return choose_group(published, first, equalities),
    };
    let mut fitting: Vec<(TableIndex, Vec<usize>)> = table
        .physical_indexes()
        .into_iter()
        .filter_map(|index| {
            let parts = index.columns.iter().map(|c| {
                equalities.iter().position(|(own, sought)| {
                    indexed_column(own, table, first) == Some(*c) && can_be_borrowed(sought)
                })
            });
            let parts = parts.collect::<Option<Vec<usize>>>()?;
            // A test has to be about all that is asked.
            let is_enough = !group.inputs[input].is_tested() || parts.len() == equalities.len();
            is_enough.then_some((index, parts))
        })
        .collect();
    fitting.sort_by_key(|(index, parts)| (index.constraint.is_none(), std::cmp::Reverse(parts.len())));
    match fitting.into_iter().next() {
        Some((index, parts)) => {
            let covered = parts.len();
            let rest = (0..equalities.len()).filter(|i| !parts.contains(i));
            let order: Vec<usize> = parts.iter().copied().chain(rest).collect();
            let equalities = order.into_iter().map(|i| equalities[i].clone()).collect();
            Some(Choice { index: Some(index), equalities, covered, by_key: false })
        }
        None => Some(Choice { index: None, covered: equalities.len(), equalities, by_key: false }),
    }
}

/// A group is found by its whole key only.
fn choose_group(published: &[Published], first: usize, equalities: Vec<(Expr, Expr)>) -> Option<Choice> {
    let parts = key_columns(published)
        .map(|column| equalities.iter().position(|(own, _)| own.kind == ExprKind::Column(first + column)));
    let parts = parts.collect::<Option<Vec<usize>>>()?;
    let covered = parts.len();
    let rest = (0..equalities.len()).filter(|i| !parts.contains(i));
    let order: Vec<usize> = parts.iter().copied().chain(rest).collect();
    let equalities = order.into_iter().map(|i| equalities[i].clone()).collect();
    Some(Choice { index: None, equalities, covered, by_key: true })
}

/// The table's column that an expression is, through widening casts of integers, whose values an index of the narrower column
/// finds as well.
fn indexed_column(expr: &Expr, table: &Table, first: usize) -> Option<ColumnId> {
    match &expr.kind {
        ExprKind::Column(c) => {
            let column = ColumnId(c.checked_sub(first)? as u32);
            (!matches!(table.columns.get(column.0 as usize)?.ty, Type::Char(_))).then_some(column)
        }
        ExprKind::Cast(inner) if inner.ty.is_integer() && expr.ty.is_integer() && inner.ty < expr.ty => {
            indexed_column(inner, table, first)
        }
        _ => None,
    }
}

/// Whether the value need not be owned: it is copied, or lies in a row.
fn can_be_borrowed(expr: &Expr) -> bool {
    expr.ty.is_copy() || matches!(expr.kind, ExprKind::Column(_))
}

impl Choice {
    /// Unique indexes first, then indexes of the store, then those the unit has to keep.
    pub(super) fn cost(&self) -> u8 {
        match &self.index {
            Some(index) if index.constraint.is_some() => 0,
            None if self.by_key => 0,
            Some(_) => 1,
            None => 2,
        }
    }

    /// The same index with the rows' own key in the place of the sought one.
    pub(super) fn own_key(mut self) -> Self {
        self.equalities.iter_mut().for_each(|(own, sought)| *sought = own.clone());
        self
    }

    pub(super) fn uncovered(&self) -> Vec<(Expr, Expr)> {
        self.equalities[self.covered..].to_vec()
    }

    pub(super) fn into_access(
        self,
        catalog: &Catalog,
        group: &Group,
        input: usize,
        owned: &mut Vec<OwnedIndex>,
    ) -> Access {
        let Choice { index, mut equalities, covered, .. } = self;
        equalities.truncate(covered);
        let table = match &group.inputs[input].source {
            Source::Table(table) => *table,
            Source::Group { group, .. } => {
                let key = equalities.into_iter().map(|(own, expr)| KeyPart {
                    column: own.ty,
                    nullable: own.nullable,
                    owned: true,
                    expr,
                });
                return Access { index: IndexRef::Group(*group), key: key.collect() };
            }
        };
        let first = group.inputs[input].first;
        if let Some(index) = index {
            let columns = index.columns.iter().map(|c| catalog.table(table).column(*c).ty);
            let key = equalities.into_iter().zip(columns).map(|((_, expr), column)| KeyPart {
                expr,
                column,
                nullable: false,
                owned: false,
            });
            let key = key.collect();
            return Access { index: IndexRef::Table(index), key };
        }
        let is_owned =
            equalities.iter().map(|(own, sought)| !(can_be_borrowed(own) && can_be_borrowed(sought)));
        let is_owned: Vec<bool> = is_owned.collect();
        let (own, sought): (Vec<Expr>, Vec<Expr>) = equalities.into_iter().unzip();
        let key = own.into_iter().map(|e| e.map_columns(&|c| c - first)).collect();
        let wanted = OwnedIndex { table, key, owned: is_owned.clone() };
        let at = owned.iter().position(|i| *i == wanted).unwrap_or_else(|| {
            owned.push(wanted);
            owned.len() - 1
        });
        let parts = sought.into_iter().zip(is_owned);
        let key =
            parts.map(|(expr, owned)| KeyPart { column: expr.ty, nullable: false, owned, expr }).collect();
        Access { index: IndexRef::Owned(at), key }
    }
}
