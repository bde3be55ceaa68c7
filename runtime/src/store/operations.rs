//! What the store does to a table without knowing its row type: a table of functions for each, made by the compiler
//! from one generic definition.

use cosmictron_types::Value;

use super::core::Core;
use super::rows::RowId;
use super::schema::{ColumnDefault, Row, Schema, TableInfo};
use super::transaction::Transaction;
use crate::error::{Error, Violation, ViolationKind};
use crate::zset::{Columns, RowChange};

/// One write of a transaction; the row it replaced is the newest in its table's history.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogEntry {
    pub(crate) table: u32,
    pub(crate) id: RowId,
}

/// A row's values after a transaction, or `None` if it is gone: what durability writes down.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub(crate) table: usize,
    pub(crate) id: RowId,
    pub(crate) row: Option<Vec<Value>>,
}

/// Hands out the rows of a file one by one.
pub(crate) type NextRow<'f> = dyn FnMut() -> Result<Option<(RowId, Vec<Value>)>, String> + 'f;

/// The functions of one table, over dynamic values.
pub struct TableOperations<S: Schema> {
    /// The table's description.
    pub info: &'static TableInfo,
    pub(crate) undo: fn(&mut Core<S>, RowId),
    /// Checks the foreign keys of the write that is `age` writes from the newest in the table's history.
    pub(crate) check_references: fn(&S::Tables, RowId, age: usize) -> Result<(), Violation>,
    /// Forgets how to undo the oldest write.
    pub(crate) forget: fn(&mut S::Tables),
    pub(crate) values: fn(&S::Tables, RowId) -> Option<Vec<Value>>,
    /// Fills the table with about so many rows of a file.
    pub(crate) restore: fn(&mut S::Tables, usize, &mut NextRow<'_>) -> Result<(), String>,
    /// Checks all constraints of all rows.
    pub(crate) verify: fn(&S::Tables) -> Result<(), Violation>,
    pub(crate) sequences: fn(&S::Tables) -> Vec<(usize, i64)>,
    pub(crate) restore_sequence: fn(&mut S::Tables, usize, i64),
    pub(crate) len: fn(&S::Tables) -> usize,
    pub(crate) insert: fn(&mut Transaction<'_, S>, Vec<Option<Value>>) -> Result<(), Error>,
    /// Inserts a row, or sets the given columns of the one with the same primary key.
    pub(crate) upsert: fn(&mut Transaction<'_, S>, Vec<Option<Value>>) -> Result<(), Error>,
    /// Finds the row that matches the given columns: by primary key, or the whole row in a bag.
    pub(crate) find: fn(&S::Tables, &[Option<Value>]) -> Result<Option<RowId>, Error>,
    pub(crate) update: fn(&mut Transaction<'_, S>, RowId, Vec<Option<Value>>) -> Result<(), Error>,
    pub(crate) delete: fn(&mut Transaction<'_, S>, RowId) -> Result<(), Error>,
}

impl<S: Schema> TableOperations<S> {
    /// The functions of the table that holds rows of type `R`.
    pub const fn of<R: Row<Schema = S>>() -> Self {
        Self {
            info: R::INFO,
            undo: undo::<R>,
            check_references: check_references::<R>,
            forget: |tables| R::table_mut(tables).history_mut().forget(),
            values: |tables, id| Some(R::table(tables).rows().get(id)?.to_values()),
            restore: restore::<R>,
            verify: |tables| R::table(tables).rows().iter().try_for_each(|(id, row)| verify(tables, id, row)),
            sequences: |tables| R::table(tables).sequences().iter().map(|(c, n)| (*c, *n)).collect(),
            restore_sequence: |tables, column, next| R::table_mut(tables).restore_sequence(column, next),
            len: |tables| R::table(tables).rows().len(),
            insert: insert::<R>,
            upsert: upsert::<R>,
            find: find::<R>,
            update: update::<R>,
            delete: |tx, id| tx.delete_row::<R>(id).map(drop),
        }
    }
}

/// Undoes the newest write of a table, which was to this row, and tells the circuits.
fn undo<R: Row>(core: &mut Core<R::Schema>, id: RowId) {
    let table = R::table_mut(&mut core.tables);
    let Some(before) = table.history_mut().recall() else { return };
    match before {
        // The write was an insert.
        None => {
            let Some(row) = table.rows().get(id).cloned() else { return };
            let change = RowChange { id, old: Some(&row), new: None, columns: Columns::ALL };
            for circuit in &mut core.circuits {
                circuit.before(&core.tables, R::change(change));
            }
            R::table_mut(&mut core.tables).remove(id);
            for circuit in &mut core.circuits {
                circuit.after(&core.tables, R::change(change));
            }
        }
        Some(old) => match table.rows().get(id).cloned() {
            // The write was an update.
            Some(new) => {
                let change = RowChange { id, old: Some(&new), new: Some(&old), columns: old.differing(&new) };
                for circuit in &mut core.circuits {
                    circuit.before(&core.tables, R::change(change));
                }
                R::table_mut(&mut core.tables).replace(id, old.clone());
                for circuit in &mut core.circuits {
                    circuit.after(&core.tables, R::change(change));
                }
            }
            // The write was a delete. Its place is the one freed last, so the row comes back where it was.
            None => {
                let Ok(id) = table.insert(old) else { return };
                if let Some(row) = R::table(&core.tables).rows().get(id) {
                    let change = RowChange { id, old: None, new: Some(row), columns: Columns::ALL };
                    for circuit in &mut core.circuits {
                        circuit.after(&core.tables, R::change(change));
                    }
                }
            }
        },
    }
}

fn check_references<R: Row>(
    tables: &<R::Schema as Schema>::Tables,
    id: RowId,
    age: usize,
) -> Result<(), Violation> {
    let table = R::table(tables);
    let old = table.history().replaced(age);
    let new = table.rows().get(id);
    if let Some(new) = new {
        R::OUTGOING.iter().try_for_each(|key| (key.check)(tables, old, new))?;
    }
    if let Some(old) = old {
        R::INCOMING.iter().try_for_each(|key| (key.check)(tables, old, new))?;
    }
    Ok(())
}

fn restore<R: Row>(
    tables: &mut <R::Schema as Schema>::Tables,
    count: usize,
    next: &mut NextRow<'_>,
) -> Result<(), String> {
    R::table_mut(tables).restore(count, || {
        let Some((id, values)) = next()? else { return Ok(None) };
        let row = R::from_values(values).map_err(|(column, why)| {
            format!(
                "row {} of table {:?}, column {:?}: {why}",
                id.0,
                R::INFO.name,
                R::INFO.columns[column].name
            )
        })?;
        Ok(Some((id, row)))
    })
}

fn verify<R: Row>(tables: &<R::Schema as Schema>::Tables, id: RowId, row: &R) -> Result<(), Violation> {
    row.clone().check()?;
    if let Some(violation) = R::table(tables).conflict(row, Some(id)) {
        return Err(violation);
    }
    R::OUTGOING.iter().try_for_each(|key| (key.check)(tables, None, row))
}

fn insert<R: Row>(tx: &mut Transaction<'_, R::Schema>, values: Vec<Option<Value>>) -> Result<(), Error> {
    let row = complete::<R>(tx, values)?;
    tx.insert(row).map(drop)
}

fn upsert<R: Row>(tx: &mut Transaction<'_, R::Schema>, mut values: Vec<Option<Value>>) -> Result<(), Error> {
    // A key that is left out is a default, and that of a new row.
    if R::INFO.key.iter().all(|at| values[*at].is_some())
        && let Some(id) = find::<R>(tx.tables(), &values)?
    {
        R::INFO.key.iter().for_each(|at| values[*at] = None);
        return update::<R>(tx, id, values);
    }
    insert::<R>(tx, values)
}

/// Fills in defaults and builds the row.
fn complete<R: Row>(tx: &mut Transaction<'_, R::Schema>, values: Vec<Option<Value>>) -> Result<R, Error> {
    let mut row = Vec::with_capacity(values.len());
    for (at, (value, column)) in values.into_iter().zip(R::INFO.columns).enumerate() {
        let given = match (value, column.default) {
            (Some(_), ColumnDefault::Identity { always: true }) => {
                return Err(column_violation::<R>(ViolationKind::GeneratedAlways, at, String::new()));
            }
            (Some(value), _) => value,
            (None, ColumnDefault::None) => Value::Null,
            (None, ColumnDefault::Value(default)) => default(tx.now()),
            (None, ColumnDefault::Identity { .. }) => Value::Integer(tx.next_identity::<R>(at)?),
        };
        row.push(given);
    }
    build(row)
}

fn build<R: Row>(values: Vec<Value>) -> Result<R, Error> {
    for (at, (value, column)) in values.iter().zip(R::INFO.columns).enumerate() {
        if !column.nullable && *value == Value::Null {
            return Err(column_violation::<R>(ViolationKind::NotNull, at, String::new()));
        }
    }
    R::from_values(values).map_err(|(at, why)| column_violation::<R>(ViolationKind::Value, at, why))
}

/// Finds a row by its primary key, or in a bag one that is equal in all columns, which must be given.
fn find<R: Row>(
    tables: &<R::Schema as Schema>::Tables,
    given: &[Option<Value>],
) -> Result<Option<RowId>, Error> {
    let info = R::INFO;
    if info.key.is_empty() {
        let values = given.iter().map(|value| value.clone().unwrap_or(Value::Null)).collect();
        let mut row = build::<R>(values)?;
        row.check()?;
        return Ok(R::table(tables).find_equal(&row));
    }
    let key = info.key.iter().map(|at| given[*at].clone().unwrap_or(Value::Null)).collect();
    let key = R::key_from_values(key)
        .map_err(|(at, why)| column_violation::<R>(ViolationKind::Value, info.key[at], why))?;
    Ok(R::table(tables).find(&key).map(|(id, _)| id))
}

fn update<R: Row>(
    tx: &mut Transaction<'_, R::Schema>,
    id: RowId,
    set: Vec<Option<Value>>,
) -> Result<(), Error> {
    let Some(row) = R::table(tx.tables()).rows().get(id) else { return Ok(()) };
    for (at, (value, column)) in set.iter().zip(R::INFO.columns).enumerate() {
        if value.is_some() && matches!(column.default, ColumnDefault::Identity { always: true }) {
            return Err(column_violation::<R>(ViolationKind::GeneratedAlways, at, String::new()));
        }
    }
    let values = row.to_values().into_iter().zip(set).map(|(old, new)| new.unwrap_or(old)).collect();
    let new = build::<R>(values)?;
    tx.update_row::<R>(id, |row| *row = new).map(drop)
}

fn column_violation<R: Row>(kind: ViolationKind, column: usize, detail: String) -> Error {
    let constraint = R::INFO.columns[column].name.to_owned();
    Violation { kind, table: R::INFO.name, constraint, detail }.into()
}
