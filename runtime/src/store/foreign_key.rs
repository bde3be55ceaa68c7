//! Foreign keys: what emitted code says about one, and the function tables through which the store checks them.
//!
//! References are checked when the transaction ends, so that it may write in any order; CASCADE, SET NULL and
//! RESTRICT act at once.

use super::rows::RowId;
use super::schema::{Row, Schema};
use super::transaction::Transaction;
use crate::error::{Error, Violation, ViolationKind};

/// What deleting a referenced row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// Refused when the transaction ends and a reference is left.
    NoAction,
    /// Refused at once.
    Restrict,
    /// The referencing rows are deleted too.
    Cascade,
    /// The referencing columns become NULL.
    SetNull,
}

/// One foreign key. Emitted code implements it on a marker type.
pub trait ForeignKey: 'static {
    /// The referencing table's rows.
    type Child: Row<Schema = Self::Schema>;
    /// The referenced table's rows.
    type Parent: Row<Schema = Self::Schema>;
    /// Whose tables they are.
    type Schema: Schema;
    /// The constraint's name.
    const NAME: &'static str;
    /// What deleting a referenced row does.
    const ON_DELETE: OnDelete;

    /// Whether the row a child references exists; true where the reference is NULL.
    fn satisfied(tables: &<Self::Schema as Schema>::Tables, child: &Self::Child) -> bool;
    /// Whether two versions of a child reference the same row.
    fn same_reference(old: &Self::Child, new: &Self::Child) -> bool;
    /// Whether two versions of a parent are referenced by the same key.
    fn same_referenced(old: &Self::Parent, new: &Self::Parent) -> bool;
    /// The rows that reference a parent.
    fn children(tables: &<Self::Schema as Schema>::Tables, parent: &Self::Parent) -> Vec<RowId>;
    /// The first row that references a parent.
    fn first_child<'t>(
        tables: &'t <Self::Schema as Schema>::Tables,
        parent: &'t Self::Parent,
    ) -> Option<&'t Self::Child>;
    /// Sets the referencing columns to NULL; does nothing where ON DELETE is not SET NULL.
    fn clear(child: &mut Self::Child);
    /// The reference as text, `(customer_id)=(42)`.
    fn describe(child: &Self::Child) -> String;
}

/// Deletes that CASCADE still has to do: a list rather than recursion, since a chain of references may be long.
pub(crate) struct Cascade<S: Schema>(pub(crate) Vec<(RowId, DeleteOne<S>)>);

/// Deletes the row of one table and notes what that cascades to.
pub(crate) type DeleteOne<S> = fn(&mut Transaction<'_, S>, RowId, &mut Cascade<S>) -> Result<(), Error>;

/// A foreign key as its referencing table sees it.
pub struct Outgoing<R: Row> {
    pub(crate) check: fn(&<R::Schema as Schema>::Tables, old: Option<&R>, new: &R) -> Result<(), Violation>,
}

impl<R: Row> Outgoing<R> {
    /// The function table of a foreign key.
    pub const fn of<F: ForeignKey<Child = R, Schema = R::Schema>>() -> Self {
        Self { check: check_reference::<F> }
    }
}

/// A foreign key as its referenced table sees it.
pub struct Incoming<R: Row> {
    pub(crate) check: fn(&<R::Schema as Schema>::Tables, old: &R, new: Option<&R>) -> Result<(), Violation>,
    pub(crate) on_delete:
        fn(&mut Transaction<'_, R::Schema>, &R, &mut Cascade<R::Schema>) -> Result<(), Error>,
}

impl<R: Row> Incoming<R> {
    /// The function table of a foreign key.
    pub const fn of<F: ForeignKey<Parent = R, Schema = R::Schema>>() -> Self {
        Self { check: check_referenced::<F>, on_delete: act_on_delete::<F> }
    }
}

fn check_reference<F: ForeignKey>(
    tables: &<F::Schema as Schema>::Tables,
    old: Option<&F::Child>,
    new: &F::Child,
) -> Result<(), Violation> {
    if old.is_some_and(|old| F::same_reference(old, new)) || F::satisfied(tables, new) {
        return Ok(());
    }
    Err(violation::<F>(format!(
        "{} is not present in table {:?}",
        F::describe(new),
        <F::Parent as Row>::INFO.name
    )))
}

fn check_referenced<F: ForeignKey>(
    tables: &<F::Schema as Schema>::Tables,
    old: &F::Parent,
    new: Option<&F::Parent>,
) -> Result<(), Violation> {
    if new.is_some_and(|new| F::same_referenced(old, new)) {
        return Ok(());
    }
    match F::first_child(tables, old) {
        Some(child) if !F::satisfied(tables, child) => Err(still_referenced::<F>(child)),
        _ => Ok(()),
    }
}

/// Called when the parent is gone, so that a cycle of references ends.
fn act_on_delete<F: ForeignKey>(
    tx: &mut Transaction<'_, F::Schema>,
    parent: &F::Parent,
    cascade: &mut Cascade<F::Schema>,
) -> Result<(), Error> {
    match F::ON_DELETE {
        OnDelete::NoAction => {}
        OnDelete::Restrict => {
            if let Some(child) = F::first_child(tx.tables(), parent) {
                return Err(still_referenced::<F>(child).into());
            }
        }
        OnDelete::Cascade => {
            let children = F::children(tx.tables(), parent);
            let delete: DeleteOne<F::Schema> = |tx, id, cascade| tx.delete_one::<F::Child>(id, cascade);
            cascade.0.extend(children.into_iter().map(|id| (id, delete)));
        }
        OnDelete::SetNull => {
            for id in F::children(tx.tables(), parent) {
                tx.update_row::<F::Child>(id, F::clear)?;
            }
        }
    }
    Ok(())
}

fn still_referenced<F: ForeignKey>(child: &F::Child) -> Violation {
    violation::<F>(format!(
        "the row it references with {} in table {:?} would go away",
        F::describe(child),
        <F::Parent as Row>::INFO.name
    ))
}

fn violation<F: ForeignKey>(detail: String) -> Violation {
    Violation {
        kind: ViolationKind::ForeignKey,
        table: <F::Child as Row>::INFO.name,
        constraint: F::NAME.to_owned(),
        detail,
    }
}
