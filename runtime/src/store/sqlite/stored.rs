//! What the file says about its tables.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use cosmictron_types::SqlType;

use super::names::{quoted, stored_name};
use super::stored_columns;
use super::value::declared_type;
use crate::store::schema::{ColumnInfo, TableInfo};

/// The file's own tables.
pub(super) const OWN_TABLES: &str = "
    CREATE TABLE IF NOT EXISTS _cosmictron (last_tx INTEGER NOT NULL, clock INTEGER);
    INSERT INTO _cosmictron SELECT 0, NULL WHERE NOT EXISTS (SELECT * FROM _cosmictron);
    CREATE TABLE IF NOT EXISTS _cosmictron_tables (name TEXT PRIMARY KEY, stored_as TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS _cosmictron_columns (
        table_name TEXT, name TEXT, stored_as TEXT NOT NULL, type TEXT NOT NULL, nullable INTEGER NOT NULL,
        PRIMARY KEY (table_name, name)
    );
    CREATE TABLE IF NOT EXISTS _cosmictron_constraints (
        table_name TEXT, definition TEXT, PRIMARY KEY (table_name, definition)
    );
    CREATE TABLE IF NOT EXISTS _cosmictron_sequences (
        table_name TEXT, column_name TEXT, next INTEGER NOT NULL, PRIMARY KEY (table_name, column_name)
    );";

/// A table as the file describes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredTable {
    pub(super) name: String,
    pub(super) stored_as: String,
    /// Once compared with the schema: in its order.
    pub(super) columns: Vec<StoredColumn>,
    pub(super) constraints: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct StoredColumn {
    pub(super) name: String,
    pub(super) stored_as: String,
    pub(super) ty: String,
    pub(super) nullable: bool,
}

/// The type as the file describes it. An enum comes with its labels.
pub(super) fn type_text(ty: SqlType) -> String {
    match ty {
        SqlType::Enum(labels) => format!("enum {}", serde_json::Value::from(labels)),
        _ => ty.to_string(),
    }
}

/// The primary key and the constraints as the file describes them.
pub(super) fn constraints(info: &TableInfo) -> Vec<String> {
    let key: Vec<_> = info.key.iter().map(|at| info.columns[*at].name).collect();
    let key = (!key.is_empty()).then(|| format!("PRIMARY KEY ({})", key.join(", ")));
    key.into_iter().chain(info.constraints.iter().map(|c| (*c).to_owned())).collect()
}

impl StoredTable {
    /// A table that is new in the file.
    pub(super) fn new(info: &TableInfo, others: &BTreeMap<String, StoredTable>) -> Self {
        let taken = |name: &str| others.values().any(|t| t.stored_as.eq_ignore_ascii_case(name));
        let mut table = Self {
            name: info.name.to_owned(),
            stored_as: stored_name(info.name, taken),
            columns: Vec::new(),
            constraints: constraints(info),
        };
        for column in info.columns {
            let column = table.new_column(column);
            table.columns.push(column);
        }
        table
    }

    /// A column that is new in the table.
    pub(super) fn new_column(&self, info: &ColumnInfo) -> StoredColumn {
        let taken = |name: &str| self.columns.iter().any(|c| c.stored_as.eq_ignore_ascii_case(name));
        StoredColumn {
            name: info.name.to_owned(),
            stored_as: stored_name(info.name, taken),
            ty: type_text(info.ty),
            nullable: info.nullable,
        }
    }

    pub(super) fn create(&self, info: &TableInfo) -> String {
        let types = info.columns.iter().map(|column| declared_type(column.ty));
        let columns: String =
            stored_columns(self).zip(types).map(|(name, ty)| format!(", {name} {ty}")).collect();
        format!("CREATE TABLE {} (_id INTEGER PRIMARY KEY{columns})", quoted(&self.stored_as))
    }

    pub(super) fn count(&self) -> String {
        format!("SELECT count(*) FROM {}", quoted(&self.stored_as))
    }

    pub(super) fn select(&self) -> String {
        let columns: String = stored_columns(self).map(|name| format!(", {name}")).collect();
        format!("SELECT _id{columns} FROM {} ORDER BY _id", quoted(&self.stored_as))
    }

    pub(super) fn upsert(&self) -> String {
        let columns: String = stored_columns(self).map(|name| format!(", {name}")).collect();
        let values = ", ?".repeat(self.columns.len());
        format!("INSERT OR REPLACE INTO {} (_id{columns}) VALUES (?{values})", quoted(&self.stored_as))
    }

    pub(super) fn delete(&self) -> String {
        format!("DELETE FROM {} WHERE _id = ?", quoted(&self.stored_as))
    }
}

/// Reads the descriptions of all tables.
pub(super) fn read(connection: &Connection) -> rusqlite::Result<BTreeMap<String, StoredTable>> {
    let mut tables = BTreeMap::new();
    let mut statement = connection.prepare("SELECT name, stored_as FROM _cosmictron_tables")?;
    let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for name in names {
        let (name, stored_as): (String, String) = name?;
        let columns = read_columns(connection, &name)?;
        let mut statement =
            connection.prepare("SELECT definition FROM _cosmictron_constraints WHERE table_name = ?")?;
        let constraints = statement.query_map([&name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        tables.insert(name.clone(), StoredTable { name, stored_as, columns, constraints });
    }
    Ok(tables)
}

fn read_columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<StoredColumn>> {
    let mut statement = connection.prepare(
        "SELECT name, stored_as, type, nullable FROM _cosmictron_columns WHERE table_name = ? ORDER BY rowid",
    )?;
    let columns = statement.query_map([table], |row| {
        Ok(StoredColumn { name: row.get(0)?, stored_as: row.get(1)?, ty: row.get(2)?, nullable: row.get(3)? })
    })?;
    columns.collect()
}

/// Replaces the description of a table.
pub(super) fn write(connection: &Connection, table: &StoredTable) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO _cosmictron_tables VALUES (?, ?)",
        params![table.name, table.stored_as],
    )?;
    connection.execute("DELETE FROM _cosmictron_columns WHERE table_name = ?", [&table.name])?;
    for column in &table.columns {
        connection.execute(
            "INSERT INTO _cosmictron_columns VALUES (?, ?, ?, ?, ?)",
            params![table.name, column.name, column.stored_as, column.ty, column.nullable],
        )?;
    }
    connection.execute("DELETE FROM _cosmictron_constraints WHERE table_name = ?", [&table.name])?;
    for constraint in &table.constraints {
        connection.execute(
            "INSERT OR IGNORE INTO _cosmictron_constraints VALUES (?, ?)",
            params![table.name, constraint],
        )?;
    }
    Ok(())
}
