//! Durability through SQLite: the file holds what the tables hold, and nothing of the circuits.
//!
//! Each table is an SQLite table of its name and columns, so that the file can be read with the `sqlite3` shell while no
//! program has it open. `_id` is the row's place in memory. Beside them stand tables that begin with `_cosmictron`: the
//! last transaction and its clock, the sequences of identity columns, and a description of the schema by which the file
//! is compared with the program that opens it.

mod connect;
mod evolve;
mod names;
mod recover;
mod stored;
mod value;

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, params};

use self::stored::StoredTable;
use self::value::Encoded;
use super::core::{Core, Stamp};
use super::database::Durability;
use super::operations::Write;
use super::pipeline::{Pending, Storage, WriteError};
use super::rows::RowId;
use super::schema::Schema;
use crate::error::Error;

/// An open database file.
pub(crate) struct SqliteFile {
    pub(super) connection: Connection,
    /// The tables in order of the schema.
    tables: Vec<Statements>,
    /// A move of the clock after the last write.
    unwritten: Option<Stamp>,
}

/// The statements that write one table.
struct Statements {
    upsert: String,
    delete: String,
    /// The table's and the columns' names in the schema, for the sequences.
    name: &'static str,
    columns: Vec<&'static str>,
}

impl SqliteFile {
    /// Opens or creates the file, brings it up to the schema, and fills `core` with what it holds.
    ///
    /// # Errors
    /// [`Error::Open`]; the file is as it was.
    pub(crate) fn open<S: Schema>(
        path: &Path,
        durability: Durability,
        core: &mut Core<S>,
    ) -> Result<Self, Error> {
        let connection = connect::connect(path, durability)?;
        let stored = recover::recover(&connection, core)
            .map_err(|why| Error::Open(format!("cannot open {}: {why}", path.display())))?;
        // One statement to insert and one to delete a table, and those of a commit.
        connection.set_prepared_statement_cache_capacity(2 * S::TABLES.len() + 8);
        let tables = S::TABLES.iter().zip(&stored).map(|(operations, stored)| Statements {
            upsert: stored.upsert(),
            delete: stored.delete(),
            name: operations.info.name,
            columns: operations.info.columns.iter().map(|column| column.name).collect(),
        });
        let tables = tables.collect();
        Ok(Self { connection, tables, unwritten: None })
    }

    /// Everything between BEGIN and COMMIT.
    fn write_changes(&self, group: &[Pending], last: Stamp) -> rusqlite::Result<()> {
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        match group {
            [single] => single.changes.rows.iter().try_for_each(|write| self.write_row(write))?,
            _ => {
                let all = group.iter().flat_map(|pending| &pending.changes.rows);
                // Of a row that several transactions wrote, the last version counts.
                let net: BTreeMap<(usize, RowId), &Write> = all.map(|w| ((w.table, w.id), w)).collect();
                net.into_values().try_for_each(|write| self.write_row(write))?;
            }
        }
        for (table, column, next) in group.iter().flat_map(|pending| &pending.changes.sequences) {
            let Statements { name, columns, .. } = &self.tables[*table];
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO _cosmictron_sequences VALUES (?, ?, ?)")?
                .execute(params![name, columns[*column], next])?;
        }
        self.write_stamp(last)
    }

    fn write_row(&self, write: &Write) -> rusqlite::Result<()> {
        let Statements { upsert, delete, .. } = &self.tables[write.table];
        let mut statement =
            self.connection.prepare_cached(if write.row.is_some() { upsert } else { delete })?;
        statement.raw_bind_parameter(1, write.id.0)?;
        for (at, value) in write.row.iter().flatten().enumerate() {
            statement.raw_bind_parameter(at + 2, Encoded(value))?;
        }
        statement.raw_execute().map(drop)
    }

    fn write_stamp(&self, Stamp { tx, now }: Stamp) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("UPDATE _cosmictron SET last_tx = ?, clock = ?")?
            .execute([tx.0.cast_signed(), now.micros()])
            .map(drop)
    }

    /// Gives the open transaction up and says what has become of it.
    fn give_up(&self, error: &rusqlite::Error, committing: bool) -> WriteError {
        // A COMMIT that found no room has not written its last page, without which the others do not count. After any other
        // failure of it nobody knows what is on the disk.
        let full = matches!(error.sqlite_error_code(), Some(ErrorCode::DiskFull | ErrorCode::DatabaseBusy));
        let unknown = committing && !full;
        if !self.connection.is_autocommit() {
            // What counts is whether the transaction is over.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        if unknown || !self.connection.is_autocommit() {
            WriteError::Unknown(error.to_string())
        } else {
            WriteError::Aborted(error.to_string())
        }
    }
}

impl Storage for SqliteFile {
    fn write(&mut self, group: &[Pending]) -> Result<(), WriteError> {
        let Some(Pending { stamp, .. }) = group.last() else { return Ok(()) };
        self.unwritten = None;
        self.write_changes(group, *stamp).map_err(|error| self.give_up(&error, false))?;
        let commit = self.connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([]));
        commit.map(drop).map_err(|error| self.give_up(&error, true))
    }

    fn passed(&mut self, last: Stamp) {
        self.unwritten = Some(last);
    }
}

impl Drop for SqliteFile {
    fn drop(&mut self) {
        if let Some(stamp) = self.unwritten {
            // If it fails, the file has the clock of the last write.
            let _ = self.write_stamp(stamp);
        }
    }
}

/// The names and types of a table's columns in the file.
fn stored_columns(stored: &StoredTable) -> impl Iterator<Item = String> {
    stored.columns.iter().map(|column| names::quoted(&column.stored_as))
}
