//! What emitted code says about a schema: the traits between generated row types and the generic store.

use std::fmt::Debug;
use std::hash::Hash;

use cosmictron_types::{FromValue, SqlType, Timestamp, Value};

use super::foreign_key::{Incoming, Outgoing};
use super::operations::TableOperations;
use super::rows::{RowId, Rows};
use super::table::Table;
use crate::error::Violation;
use crate::zset::{Columns, RowChange};

/// A compiled schema: the type that stands for it, emitted once.
pub trait Schema: Sized + Send + Sync + 'static {
    /// One [`Table`] a table.
    type Tables: Default + Send + Sync;
    /// The change of one row of any table, an enum over [`RowChange`].
    type Change<'a>: Copy;
    /// The tables in order of declaration.
    const TABLES: &'static [TableOperations<Self>];
}

/// What is known of a table at compile time.
#[derive(Debug)]
pub struct TableInfo {
    /// SQL name.
    pub name: &'static str,
    /// Columns in order.
    pub columns: &'static [ColumnInfo],
    /// Positions of the primary key's columns; empty for a bag.
    pub key: &'static [usize],
    /// The constraints in a canonical text form, for the schema check on opening.
    pub constraints: &'static [&'static str],
}

/// What is known of a column at compile time.
#[derive(Debug)]
pub struct ColumnInfo {
    /// SQL name.
    pub name: &'static str,
    /// SQL type.
    pub ty: SqlType,
    /// Whether NULL is allowed.
    pub nullable: bool,
    /// What an insert that leaves it out stores.
    pub default: ColumnDefault,
}

/// What a column holds when an insert leaves it out.
#[derive(Clone, Copy, Debug)]
pub enum ColumnDefault {
    /// NULL, or an error where NULL is not allowed.
    None,
    /// What this function computes for the transaction's clock.
    Value(fn(Timestamp) -> Value),
    /// The next number of the column's sequence.
    Identity {
        /// Whether a value given by the user is refused.
        always: bool,
    },
}

/// A row type of a schema.
pub trait Row: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// Whose table it is.
    type Schema: Schema;
    /// The primary key: its column's type, or a tuple. `()` for a table without one.
    type Key: Clone + Debug + Eq + Hash + Send + Sync + 'static;
    /// The table's indexes.
    type Indexes: Indexes<Self>;

    /// Position of the table among the schema's.
    const TABLE: usize;
    /// The table's description.
    const INFO: &'static TableInfo;
    /// Foreign keys of this table.
    const OUTGOING: &'static [Outgoing<Self>];
    /// Foreign keys that reference this table.
    const INCOMING: &'static [Incoming<Self>];

    /// The table in the schema's tables.
    fn table(tables: &<Self::Schema as Schema>::Tables) -> &Table<Self>;
    /// The table in the schema's tables.
    fn table_mut(tables: &mut <Self::Schema as Schema>::Tables) -> &mut Table<Self>;
    /// Wraps a change of this table.
    fn change(change: RowChange<'_, Self>) -> <Self::Schema as Schema>::Change<'_>;

    /// The row's primary key.
    fn key(&self) -> Self::Key;
    /// Builds a key from dynamic values, one a key column; the error names the position among them and says what is wrong.
    fn key_from_values(values: Vec<Value>) -> Result<Self::Key, (usize, String)>;
    /// Brings values into the form they are stored in (`CHAR(n)` is padded), and checks lengths, ranges and CHECK constraints.
    fn check(&mut self) -> Result<(), Violation>;
    /// The columns in which two rows differ.
    fn differing(&self, other: &Self) -> Columns;
    /// Reads the columns as dynamic values.
    fn to_values(&self) -> Vec<Value>;
    /// Builds a row from dynamic values, one a column; the error names the column's position and says what is wrong.
    fn from_values(values: Vec<Value>) -> Result<Self, (usize, String)>;
}

/// Dynamic values on their way into a row or a key.
#[derive(Debug)]
pub struct Fields(std::iter::Enumerate<std::vec::IntoIter<Value>>);

impl Fields {
    /// The values in order.
    pub fn new(values: Vec<Value>) -> Self {
        Self(values.into_iter().enumerate())
    }

    /// The next value.
    ///
    /// # Errors
    /// Its position and what is wrong with it.
    pub fn take<T: FromValue>(&mut self) -> Result<T, (usize, String)> {
        match self.0.next() {
            Some((at, value)) => T::from_value(value).map_err(|why| (at, why)),
            None => Err((0, "a value is missing".to_owned())),
        }
    }
}

/// The indexes of a table: a struct of [`super::UniqueIndex`] and [`super::MultiIndex`], with straight-line emitted code.
pub trait Indexes<R: Row>: Default + Send + Sync {
    /// The row with this primary key; always `None` for a bag.
    fn find(&self, rows: &Rows<R>, key: &R::Key) -> Option<RowId>;
    /// The unique constraint, if any, that a row other than `except` already fills.
    fn conflict(&self, rows: &Rows<R>, row: &R, except: Option<RowId>) -> Option<Violation>;
    /// Whether a row that replaces `old` has to be asked for a conflict: an unchanged key is the row's own.
    fn may_conflict(&self, old: &R, new: &R) -> bool {
        let _ = (old, new);
        true
    }
    /// Adds a stored row to every index.
    fn insert(&mut self, rows: &Rows<R>, id: RowId, row: &R);
    /// Removes a row from every index, before it leaves the rows.
    fn remove(&mut self, id: RowId, row: &R);
    /// Removes a row that `new` is going to replace, before it leaves the rows: from the indexes in which its key changes.
    fn leave(&mut self, id: RowId, old: &R, new: &R) {
        let _ = new;
        self.remove(id, old);
    }
    /// Adds a stored row that has replaced `old`: to the indexes that [`Indexes::leave`] removed it from.
    fn enter(&mut self, rows: &Rows<R>, id: RowId, old: &R, new: &R) {
        let _ = old;
        self.insert(rows, id, new);
    }
    /// Makes room for this many further rows.
    fn reserve(&mut self, additional: usize);
}

/// Something that can be inserted: a full row, or an emitted `New…` struct that leaves out columns with defaults.
pub trait Insertable {
    /// The row it becomes.
    type Row: Row;
    /// Fills in defaults. `identity` hands out the next number of the sequence of the column at a position.
    fn into_row(
        self,
        now: Timestamp,
        identity: &mut dyn FnMut(usize) -> Result<i64, Violation>,
    ) -> Result<Self::Row, Violation>;
}

impl<R: Row> Insertable for R {
    type Row = R;
    fn into_row(
        self,
        _: Timestamp,
        _: &mut dyn FnMut(usize) -> Result<i64, Violation>,
    ) -> Result<R, Violation> {
        Ok(self)
    }
}
