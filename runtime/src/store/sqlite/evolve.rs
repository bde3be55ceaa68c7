//! When the schema has changed since the file was written: what can be applied is applied, and the rest is refused by name.
//!
//! A program must not guess what became of data: a column that is gone from the schema may have been renamed or may
//! be wanted again. The refusal says which statements of the `sqlite3` shell decide it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use cosmictron_types::{Timestamp, Value};

use super::connect::explain;
use super::names::{literal, quoted};
use super::stored::{self, StoredColumn, StoredTable, constraints, type_text};
use super::value::{Encoded, declared_type};
use crate::store::schema::{ColumnDefault, ColumnInfo, TableInfo};

/// The file, brought up to the schema.
pub(super) struct Evolution {
    /// The tables in order of the schema, their columns too.
    pub(super) tables: Vec<StoredTable>,
    /// Tables, by position, with constraints that their rows have not been checked against.
    pub(super) unverified: BTreeSet<usize>,
}

/// Compares the file with the schema and applies what has been added.
///
/// # Errors
/// Everything that has been removed or changed, and what to do about it.
pub(super) fn evolve(
    connection: &Connection,
    schema: &[&'static TableInfo],
    mut described: BTreeMap<String, StoredTable>,
    now: Timestamp,
) -> Result<Evolution, String> {
    let mut problems = Vec::new();
    let mut evolution = Evolution { tables: Vec::new(), unverified: BTreeSet::new() };
    for (at, info) in schema.iter().enumerate() {
        let before = described.get(info.name);
        let after = match before {
            None => {
                let table = StoredTable::new(info, &described);
                connection.execute_batch(&table.create(info)).map_err(|e| explain(&e))?;
                table
            }
            Some(before) => Comparison { connection, info, before, now }.run(&mut problems)?,
        };
        if before.is_some_and(|before| after.constraints.iter().any(|c| !before.constraints.contains(c))) {
            evolution.unverified.insert(at);
        }
        if before != Some(&after) {
            stored::write(connection, &after).map_err(|e| explain(&e))?;
        }
        described.insert(after.name.clone(), after.clone());
        evolution.tables.push(after);
    }
    let gone = described.values().filter(|table| !schema.iter().any(|info| info.name == table.name));
    problems.extend(gone.map(removed_table));
    if problems.is_empty() {
        return Ok(evolution);
    }
    let problems: String = problems.iter().map(|problem| format!("\n  - {problem}")).collect();
    Err(format!("the schema has changed since the file was written:{problems}"))
}

fn removed_table(table: &StoredTable) -> String {
    format!(
        "table {:?} is no longer in the schema; to give up its rows, close the program and run in sqlite3: \
         DROP TABLE {}; DELETE FROM _cosmictron_tables WHERE name = {};",
        table.name,
        quoted(&table.stored_as),
        literal(&table.name)
    )
}

/// One table in the file and in the schema.
struct Comparison<'a> {
    connection: &'a Connection,
    info: &'static TableInfo,
    before: &'a StoredTable,
    now: Timestamp,
}

impl Comparison<'_> {
    fn run(&self, problems: &mut Vec<String>) -> Result<StoredTable, String> {
        let mut after = StoredTable { constraints: constraints(self.info), ..self.before.clone() };
        let mut columns = Vec::new();
        for info in self.info.columns {
            match self.before.columns.iter().find(|column| column.name == info.name) {
                Some(before) => columns.push(self.compare(info, before, problems)?),
                None => {
                    let column = after.new_column(info);
                    self.add(info, &column, problems)?;
                    after.columns.push(column.clone());
                    columns.push(column);
                }
            }
        }
        let gone =
            self.before.columns.iter().filter(|c| !self.info.columns.iter().any(|info| info.name == c.name));
        problems.extend(gone.map(|column| self.removed_column(column)));
        after.columns = columns;
        Ok(after)
    }

    /// How messages begin.
    fn column(&self, name: &str) -> String {
        format!("column {name:?} of table {:?}", self.info.name)
    }

    fn compare(
        &self,
        info: &ColumnInfo,
        before: &StoredColumn,
        problems: &mut Vec<String>,
    ) -> Result<StoredColumn, String> {
        let ty = type_text(info.ty);
        if ty != before.ty && !adds_labels(&before.ty, &ty) {
            problems.push(format!(
                "{} is of type {} in the file and {ty} in the schema: put the old type back, or add a column \
                 of the new type under another name",
                self.column(info.name),
                before.ty
            ));
        }
        if before.nullable && !info.nullable {
            let nulls = self.count(&format!("WHERE {} IS NULL", quoted(&before.stored_as)))?;
            if nulls > 0 {
                problems.push(format!(
                    "{} is NOT NULL in the schema, but {nulls} rows of the file have no value for it: give them one before",
                    self.column(info.name)
                ));
            }
        }
        Ok(StoredColumn { ty, nullable: info.nullable, ..before.clone() })
    }

    fn add(
        &self,
        info: &ColumnInfo,
        column: &StoredColumn,
        problems: &mut Vec<String>,
    ) -> Result<(), String> {
        let (table, name) = (quoted(&self.before.stored_as), quoted(&column.stored_as));
        let add = format!("ALTER TABLE {table} ADD COLUMN {name} {}", declared_type(info.ty));
        self.connection.execute_batch(&add).map_err(|e| explain(&e))?;
        match info.default {
            ColumnDefault::Identity { .. } => self.number(&name, info.name).map_err(|e| explain(&e))?,
            ColumnDefault::Value(default) => self.fill(&name, &default(self.now))?,
            ColumnDefault::None if info.nullable => {}
            ColumnDefault::None => {
                let rows = self.count("")?;
                if rows > 0 {
                    problems.push(format!(
                        "{} is new and NOT NULL, but the file has {rows} rows without it: give it a DEFAULT",
                        self.column(info.name)
                    ));
                }
            }
        }
        Ok(())
    }

    fn fill(&self, name: &str, value: &Value) -> Result<(), String> {
        let fill = format!("UPDATE {} SET {name} = ?", quoted(&self.before.stored_as));
        self.connection.execute(&fill, [Encoded(value)]).map(drop).map_err(|e| explain(&e))
    }

    /// Numbers the rows in the order of their places.
    fn number(&self, name: &str, column: &str) -> rusqlite::Result<()> {
        let table = quoted(&self.before.stored_as);
        self.connection.execute_batch(&format!(
            "UPDATE {table} SET {name} = numbered.number
             FROM (SELECT _id AS place, row_number() OVER (ORDER BY _id) AS number FROM {table}) AS numbered
             WHERE numbered.place = {table}._id;
             INSERT OR REPLACE INTO _cosmictron_sequences
             VALUES ({}, {}, (SELECT count(*) + 1 FROM {table}))",
            literal(self.info.name),
            literal(column)
        ))
    }

    fn count(&self, condition: &str) -> Result<i64, String> {
        let count = format!("SELECT count(*) FROM {} {condition}", quoted(&self.before.stored_as));
        self.connection.query_row(&count, [], |row| row.get(0)).map_err(|e| explain(&e))
    }

    fn removed_column(&self, column: &StoredColumn) -> String {
        let (table, name) = (quoted(&self.before.stored_as), quoted(&column.stored_as));
        let described =
            format!("table_name = {} AND name = {}", literal(self.info.name), literal(&column.name));
        let candidates = self.info.columns.iter().filter(|info| {
            type_text(info.ty) == column.ty && !self.before.columns.iter().any(|c| c.name == info.name)
        });
        let renamed = candidates.map(|info| {
            format!(
                "; if it is now called {:?}, run: UPDATE _cosmictron_columns SET name = {} WHERE {described};",
                info.name,
                literal(info.name)
            )
        });
        format!(
            "{} is no longer in the schema; to give up its values, close the program and run in sqlite3: \
             ALTER TABLE {table} DROP COLUMN {name}; DELETE FROM _cosmictron_columns WHERE {described};{}",
            self.column(&column.name),
            renamed.collect::<String>()
        )
    }
}

/// Whether the schema only adds labels to an enum.
fn adds_labels(before: &str, after: &str) -> bool {
    let labels = |ty: &str| serde_json::from_str::<Vec<String>>(ty.strip_prefix("enum ")?).ok();
    match (labels(before), labels(after)) {
        (Some(before), Some(after)) => before.iter().all(|label| after.contains(label)),
        _ => false,
    }
}
