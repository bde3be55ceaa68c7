//! The indexes that the store keeps for a table: those of its keys, of its foreign keys, and the declared ones.

use super::{ColumnId, Table};

/// An index of a table's own, maintained by the store and shared by all circuits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableIndex {
    /// A name unique within the table: `pkey`, or its columns joined by `_`.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<ColumnId>,
    /// The unique constraint it enforces, by name.
    pub constraint: Option<String>,
}

impl Table {
    /// The indexes of this table in a fixed order, no two over the same columns.
    pub fn physical_indexes(&self) -> Vec<TableIndex> {
        let mut indexes: Vec<TableIndex> = Vec::new();
        let mut add = |name: Option<&str>, columns: &[ColumnId], constraint: Option<&String>| {
            if indexes.iter().any(|i| i.columns == columns) {
                return;
            }
            let by_columns =
                || columns.iter().map(|c| self.column(*c).name.as_str()).collect::<Vec<_>>().join("_");
            let name = name.map_or_else(by_columns, str::to_owned);
            indexes.push(TableIndex { name, columns: columns.to_vec(), constraint: constraint.cloned() });
        };
        if let Some(key) = &self.primary_key {
            add(Some("pkey"), &key.columns, Some(&key.name));
        }
        for key in &self.unique {
            add(None, &key.columns, Some(&key.name));
        }
        for key in &self.foreign_keys {
            add(None, &key.columns, None);
        }
        for key in &self.indexes {
            add(None, &key.columns, None);
        }
        indexes
    }
}
