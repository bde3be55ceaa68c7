//! Runtime of Cosmictron: what the emitted code of live SQL queries links against.
//!
//! A [`Database`] holds the typed tables of one schema in memory, durable through SQLite if wanted. Circuits
//! (compiled queries) are attached to it; every committed [`Transaction`] moves all of them together and hands
//! each subscriber the exact [`Delta`] of its query.
//!
//! The [`store`] keeps tables and runs transactions, [`operators`] are the incremental kernels that emitted
//! code calls with concrete types, [`zset`] is the vocabulary of changes between the two, [`subscribe`] delivers
//! results, [`clock`] tells them what time it is, and [`dynamic`] is the same database by name with JSON values.

pub mod clock;
pub mod dynamic;
mod error;
pub mod operators;
pub mod store;
pub mod subscribe;
pub mod zset;

pub use cosmictron_types::*;

#[cfg(feature = "macros")]
pub use cosmictron_macros::{cosmictron_query, cosmictron_schema};

pub use clock::Clock;
pub use error::{Error, QueryError, Violation, ViolationKind};
pub use store::{Committed, Database, Durability, Options, Row, Schema, Transaction, TxId};
pub use subscribe::{Attached, Delta, Event, Query, Subscription, Update};
