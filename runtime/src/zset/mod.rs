//! The vocabulary of change: tables and results are Z-sets (rows with weights, Budiu et al., VLDB 2023), and
//! what travels between the store and the circuits is their difference.
//!
//! A row of a keyed table has weight 0 or 1, so its change is a pair of an old and a new version and needs no
//! weights: an insert is (none, new), a delete (old, none), an update (old, new).

use crate::store::RowId;

/// The change of one row of one table.
#[derive(Debug)]
pub struct RowChange<'a, R> {
    /// Where the row lives; stable for the row's life.
    pub id: RowId,
    /// The row before, `None` for an insert.
    pub old: Option<&'a R>,
    /// The row after, `None` for a delete.
    pub new: Option<&'a R>,
    /// The columns that differ; all of them for inserts and deletes.
    pub columns: Columns,
}

impl<R> RowChange<'_, R> {
    /// Whether a query that reads these columns has anything to do: always for inserts and deletes.
    pub fn concerns(&self, columns: Columns) -> bool {
        self.old.is_none() || self.new.is_none() || self.columns.meets(columns)
    }
}

impl<R> Clone for RowChange<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for RowChange<'_, R> {}

/// A set of columns of one table, decided at compile time for what a query reads and at run time for what an
/// update changed. Columns from the 64th on share the last bit: a set may hold more than was meant, never less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns(pub u64);

impl Columns {
    /// Every column.
    pub const ALL: Columns = Columns(u64::MAX);
    /// No column.
    pub const NONE: Columns = Columns(0);

    /// The bit of the column at this position.
    pub const fn bit(position: usize) -> u64 {
        1 << if position < 63 { position } else { 63 }
    }

    /// Whether the sets have a column in common.
    pub const fn meets(self, other: Columns) -> bool {
        self.0 & other.0 != 0
    }
}
