//! Getting hold of the file: the right kind of file, and for this process alone.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};

use crate::error::Error;
use crate::store::database::Durability;

/// Marks the file in its header: `CSMT`.
const APPLICATION_ID: i32 = 0x4353_4d54;

/// The version of the file's own tables.
const FORMAT: i32 = 1;

/// How long to wait for a process that is about to end.
const PATIENCE: Duration = Duration::from_millis(200);

/// Opens the file with an exclusive lock. It is a database of some Cosmictron schema, or new and empty.
pub(super) fn connect(path: &Path, durability: Durability) -> Result<Connection, Error> {
    let shown = path.display();
    // SQLite would not take a name such as `:memory:` for a file.
    let absolute =
        std::path::absolute(path).map_err(|why| Error::Open(format!("cannot open {shown:?}: {why}")))?;
    if absolute.is_dir() {
        return Err(Error::Open(format!("cannot open {shown}: it is a directory")));
    }
    if let Some(folder) = absolute.parent().filter(|folder| !folder.is_dir()) {
        return Err(Error::Open(format!("cannot open {shown}: there is no directory {}", folder.display())));
    }
    open(&absolute, durability).map_err(|why| Error::Open(format!("cannot open {shown}: {why}")))
}

fn open(path: &Path, durability: Durability) -> Result<Connection, String> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| explain(&e))?;
    if connection.is_readonly(MAIN_DB).map_err(|e| explain(&e))? {
        return Err("it may only be read".to_owned());
    }
    let new = lock(&connection).map_err(|e| explain(&e))?;
    if new.is_none() {
        return Err("it is an SQLite database, but not one of Cosmictron's".to_owned());
    }
    let format: i32 = pragma(&connection, "user_version").map_err(|e| explain(&e))?;
    if format > FORMAT {
        return Err(format!("it was written by a newer version of Cosmictron (format {format})"));
    }
    settings(&connection, durability).map_err(|e| explain(&e))?;
    if new == Some(true) {
        let marks = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}");
        connection.execute_batch(&marks).map_err(|e| explain(&e))?;
    }
    Ok(connection)
}

/// Takes the lock for as long as the connection lives, and says whether the file is new; `None` if it belongs to something else.
fn lock(connection: &Connection) -> rusqlite::Result<Option<bool>> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    let id: i32 = pragma(connection, "application_id")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    connection.execute_batch("COMMIT")?;
    Ok(match id {
        APPLICATION_ID => Some(false),
        0 if tables == 0 => Some(true),
        _ => None,
    })
}

fn settings(connection: &Connection, durability: Durability) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    match durability {
        // The second is for macOS, where a plain fsync does not reach the disk.
        Durability::Full => connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON"),
        Durability::Normal => connection.execute_batch("PRAGMA synchronous = NORMAL"),
    }
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i32> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}

/// An error of SQLite in words that say what to do.
pub(super) fn explain(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "it is in use: another process has it open, or this one has already".to_owned()
        }
        Some(ErrorCode::NotADatabase) => "it is not a Cosmictron database".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => format!("it is damaged: {error}"),
        Some(ErrorCode::ReadOnly) => "it may only be read".to_owned(),
        _ => error.to_string(),
    }
}
