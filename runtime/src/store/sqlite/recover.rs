//! From the file to memory.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row as SqlRow};

use cosmictron_types::{Timestamp, Value};

use super::connect::explain;
use super::evolve::{Evolution, evolve};
use super::names::quoted;
use super::stored::{self, OWN_TABLES, StoredTable};
use super::value::decode;
use crate::store::core::Core;
use crate::store::operations::TableOperations;
use crate::store::rows::RowId;
use crate::store::schema::{ColumnDefault, Schema, TableInfo};
use crate::store::transaction::TxId;

/// Brings the file up to the schema and fills `core`. Returns how the file keeps the tables, in order of the schema.
///
/// # Errors
/// What is wrong with the file, which is as it was.
pub(super) fn recover<S: Schema>(
    connection: &Connection,
    core: &mut Core<S>,
) -> Result<Vec<StoredTable>, String> {
    connection.execute_batch("BEGIN IMMEDIATE").map_err(|e| explain(&e))?;
    let recovered = recover_within(connection, core);
    let end = if recovered.is_ok() { "COMMIT" } else { "ROLLBACK" };
    connection.execute_batch(end).map_err(|e| explain(&e))?;
    recovered
}

fn recover_within<S: Schema>(
    connection: &Connection,
    core: &mut Core<S>,
) -> Result<Vec<StoredTable>, String> {
    connection.execute_batch(OWN_TABLES).map_err(|e| explain(&e))?;
    stamp(connection, core).map_err(|e| explain(&e))?;
    let infos: Vec<&'static TableInfo> = S::TABLES.iter().map(|operations| operations.info).collect();
    let described = stored::read(connection).map_err(|e| explain(&e))?;
    let Evolution { tables, unverified } = evolve(connection, &infos, described, core.now)?;
    for (operations, stored) in S::TABLES.iter().zip(&tables) {
        load(connection, operations, stored, &mut core.tables)?;
    }
    sequences(connection, &tables, core).map_err(|e| explain(&e))?;
    verify(&unverified, core)?;
    Ok(tables)
}

fn stamp<S: Schema>(connection: &Connection, core: &mut Core<S>) -> rusqlite::Result<()> {
    let (last_tx, clock): (i64, Option<i64>) =
        connection
            .query_row("SELECT last_tx, clock FROM _cosmictron", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    core.last_tx = TxId(last_tx.cast_unsigned());
    if let Some(clock) = clock.map(Timestamp::from_micros) {
        core.now = core.now.max(clock);
    }
    Ok(())
}

fn load<S: Schema>(
    connection: &Connection,
    operations: &TableOperations<S>,
    stored: &StoredTable,
    tables: &mut S::Tables,
) -> Result<(), String> {
    let count: i64 = connection.query_row(&stored.count(), [], |row| row.get(0)).map_err(|e| explain(&e))?;
    let mut statement = connection.prepare(&stored.select()).map_err(|e| explain(&e))?;
    let mut rows = statement.query([]).map_err(|e| explain(&e))?;
    let mut next = || match rows.next().map_err(|e| explain(&e))? {
        Some(row) => read_row(row, operations.info).map(Some),
        None => Ok(None),
    };
    (operations.restore)(tables, usize::try_from(count).unwrap_or(0), &mut next)
}

fn read_row(row: &SqlRow<'_>, info: &TableInfo) -> Result<(RowId, Vec<Value>), String> {
    let id: i64 = row.get(0).map_err(|e| explain(&e))?;
    let place = u32::try_from(id).ok().filter(|id| *id != u32::MAX);
    let place = place.ok_or_else(|| format!("table {:?} has no room for a row {id}", info.name))?;
    let mut values = Vec::with_capacity(info.columns.len());
    for (at, column) in info.columns.iter().enumerate() {
        let stored = row.get_ref(at + 1).map_err(|e| explain(&e))?;
        let value = decode(column.ty, stored).map_err(|why| {
            format!("it is damaged: row {id} of table {:?}, column {:?}: {why}", info.name, column.name)
        })?;
        values.push(value);
    }
    Ok((RowId(place), values))
}

/// The sequences of identity columns: as they were, or past all numbers if the column has become one.
fn sequences<S: Schema>(
    connection: &Connection,
    tables: &[StoredTable],
    core: &mut Core<S>,
) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare("SELECT table_name, column_name, next FROM _cosmictron_sequences")?;
    let known = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    let known: BTreeMap<(String, String), i64> = known.collect::<Result<_, _>>()?;
    for (operations, stored) in S::TABLES.iter().zip(tables) {
        for (at, column) in operations.info.columns.iter().enumerate() {
            if !matches!(column.default, ColumnDefault::Identity { .. }) {
                continue;
            }
            let next = match known.get(&(stored.name.clone(), column.name.to_owned())) {
                Some(next) => *next,
                None => {
                    let (name, table) = (quoted(&stored.columns[at].stored_as), quoted(&stored.stored_as));
                    let greatest = format!("SELECT coalesce(max({name}), 0) FROM {table}");
                    let greatest: i64 = connection.query_row(&greatest, [], |row| row.get(0))?;
                    greatest.max(0).saturating_add(1)
                }
            };
            (operations.restore_sequence)(&mut core.tables, at, next);
        }
    }
    Ok(())
}

/// Checks the rows of tables that have new constraints.
fn verify<S: Schema>(unverified: &BTreeSet<usize>, core: &Core<S>) -> Result<(), String> {
    for table in unverified {
        (S::TABLES[*table].verify)(&core.tables).map_err(|violation| {
            format!("the schema has a new constraint that a row of the file does not satisfy: {violation}")
        })?;
    }
    Ok(())
}
