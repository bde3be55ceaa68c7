//! One typed table: its rows, its indexes, and what undoes the writes that are not durable yet.

use std::collections::BTreeMap;

use super::history::History;
use super::rows::{RowId, Rows};
use super::schema::{ColumnDefault, Indexes, Row};
use crate::error::{Violation, ViolationKind};
use crate::zset::Columns;
use cosmictron_types::Value;

/// A table of rows in memory.
///
/// Reading is public, since circuits read tables; writing goes through a [`super::Transaction`].
pub struct Table<R: Row> {
    rows: Rows<R>,
    indexes: R::Indexes,
    history: History<R>,
    /// The next number of each identity column, by position.
    sequences: BTreeMap<usize, i64>,
}

impl<R: Row> Default for Table<R> {
    fn default() -> Self {
        Self {
            rows: Rows::default(),
            indexes: R::Indexes::default(),
            history: History::default(),
            sequences: BTreeMap::new(),
        }
    }
}

impl<R: Row> Table<R> {
    /// The rows.
    pub fn rows(&self) -> &Rows<R> {
        &self.rows
    }

    /// The indexes, for lookups with [`Table::rows`].
    pub fn indexes(&self) -> &R::Indexes {
        &self.indexes
    }

    /// The row with this primary key.
    pub fn find(&self, key: &R::Key) -> Option<(RowId, &R)> {
        let id = self.indexes.find(&self.rows, key)?;
        Some((id, self.rows.get(id)?))
    }

    /// A row of a bag that is equal to this one: one that looks the same if there is one (1.0 beside 1.00), otherwise the
    /// first. Scans the table.
    pub(crate) fn find_equal(&self, row: &R) -> Option<RowId> {
        let mut first = None;
        for (id, other) in self.rows.iter().filter(|(_, other)| *other == row) {
            if row.differing(other) == Columns::NONE {
                return Some(id);
            }
            first = first.or(Some(id));
        }
        first
    }

    pub(crate) fn conflict(&self, row: &R, except: Option<RowId>) -> Option<Violation> {
        self.indexes.conflict(&self.rows, row, except)
    }

    pub(crate) fn may_conflict(&self, old: &R, new: &R) -> bool {
        self.indexes.may_conflict(old, new)
    }

    pub(crate) fn insert(&mut self, row: R) -> Result<RowId, Violation> {
        if self.rows.next_id().is_none_or(|id| id.0 == u32::MAX) {
            return Err(full::<R>());
        }
        let id = self.rows.insert(row);
        if let Some(row) = self.rows.get(id) {
            self.indexes.insert(&self.rows, id, row);
        }
        Ok(id)
    }

    pub(crate) fn replace(&mut self, id: RowId, new: R) -> Option<R> {
        self.indexes.leave(id, self.rows.get(id)?, &new);
        let old = self.rows.replace(id, new)?;
        if let Some(new) = self.rows.get(id) {
            self.indexes.enter(&self.rows, id, &old, new);
        }
        Some(old)
    }

    pub(crate) fn remove(&mut self, id: RowId) -> Option<R> {
        self.indexes.remove(id, self.rows.get(id)?);
        self.rows.remove(id)
    }

    /// Fills an empty table with recovered rows under their old ids, until `next` has none. There are about so many.
    pub(crate) fn restore(
        &mut self,
        count: usize,
        mut next: impl FnMut() -> Result<Option<(RowId, R)>, String>,
    ) -> Result<(), String> {
        self.rows.reserve(count);
        while let Some((id, row)) = next()? {
            self.rows.restore(id, row);
        }
        self.rows.free_gaps();
        self.indexes.reserve(self.rows.len());
        for (id, row) in self.rows.iter() {
            self.indexes.insert(&self.rows, id, row);
        }
        Ok(())
    }

    /// What undoes the writes that are not durable yet.
    pub(crate) fn history(&self) -> &History<R> {
        &self.history
    }

    pub(crate) fn history_mut(&mut self) -> &mut History<R> {
        &mut self.history
    }

    /// Hands out the next number of an identity column.
    pub(crate) fn next_identity(&mut self, column: usize) -> Result<i64, Violation> {
        let next = self.sequences.entry(column).or_insert(1);
        let value = *next;
        *next = next.checked_add(1).ok_or_else(|| Violation {
            kind: ViolationKind::Value,
            table: R::INFO.name,
            constraint: R::INFO.columns[column].name.to_owned(),
            detail: "the sequence has no further number".to_owned(),
        })?;
        Ok(value)
    }

    /// Moves the sequences past numbers that were given explicitly, so that they are never handed out again.
    pub(crate) fn observe_identities(&mut self, row: &R) {
        if !R::INFO.columns.iter().any(|c| matches!(c.default, ColumnDefault::Identity { .. })) {
            return;
        }
        for (at, (column, value)) in R::INFO.columns.iter().zip(row.to_values()).enumerate() {
            if let (ColumnDefault::Identity { .. }, Value::Integer(value)) = (column.default, value) {
                let next = self.sequences.entry(at).or_insert(1);
                *next = (*next).max(value.saturating_add(1));
            }
        }
    }

    /// The next number of each identity column that has handed one out.
    pub(crate) fn sequences(&self) -> &BTreeMap<usize, i64> {
        &self.sequences
    }

    pub(crate) fn restore_sequence(&mut self, column: usize, next: i64) {
        self.sequences.insert(column, next);
    }
}

fn full<R: Row>() -> Violation {
    Violation {
        kind: ViolationKind::Value,
        table: R::INFO.name,
        constraint: R::INFO.name.to_owned(),
        detail: "the table is full: it holds at most 4,294,967,295 rows".to_owned(),
    }
}
