//! The store: typed tables in memory, transactions over them, and what makes them durable.
//!
//! A transaction applies each write to the tables at once and tells every attached circuit, so that it reads its own
//! writes, constraints look at plain indexes, and a circuit sees one row change at a time. Undoing it applies the inverse
//! changes: every circuit state is a sum over rows, so that restores it exactly.

pub mod checks;
mod core;
mod database;
mod foreign_key;
mod history;
mod index;
mod operations;
mod pipeline;
pub(crate) mod places;
mod rows;
mod schema;
mod sqlite;
mod table;
#[cfg(test)]
pub(crate) mod tests;
mod ticker;
mod transaction;

pub use self::core::{Circuit, Stamp};
pub use database::{Database, Durability, Options};
pub use foreign_key::{ForeignKey, Incoming, OnDelete, Outgoing};
pub use index::{IndexKey, Matches, MultiIndex, UniqueIndex, same_key};
pub use operations::TableOperations;
pub use rows::{RowId, Rows};
pub use schema::{ColumnDefault, ColumnInfo, Fields, Indexes, Insertable, Row, Schema, TableInfo};
pub use table::Table;
pub use transaction::{Committed, Transaction, TxId};

pub(crate) use database::Inner;
pub(crate) use pipeline::Pending;
pub use pipeline::{Deliver, Delivery};
