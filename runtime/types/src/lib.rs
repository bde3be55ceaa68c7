//! SQL values as Rust types, and the scalar functions over them, with PostgreSQL's semantics.
//!
//! A SQL type is a Rust type: `NUMERIC(12,2)` is [`Decimal<2>`], `TIMESTAMPTZ` is [`Timestamp`], `TEXT` is [`Text`];
//! booleans and integers are Rust's own, and a column that may be NULL is an `Option`. All of them have a total order
//! and a hash that agree with PostgreSQL's `=` and `<`, print as PostgreSQL prints, and read what PostgreSQL reads.
//!
//! [`sql`] has the scalar functions and operators that compiled queries call. Where a value is dynamic, at the edge to
//! JSON or CSV, it is a [`Value`] described by a [`SqlType`].

mod bytes;
mod error;
mod float;
mod identical;
mod json;
mod normalize;
mod numeric;
pub mod sql;
pub mod suggest;
mod text;
mod time;
mod value;

pub use bytes::Bytes;
pub use error::{EvalError, ParseError, TypeName};
pub use float::{Double, Real};
pub use identical::{Identical, Look, Varied};
pub use json::Json;
pub use normalize::normalize_sql;
pub use numeric::{Decimal, Numeric, NumericSum, WideDecimal};
pub use text::Text;
pub use time::{Date, Interval, IntervalSum, Time, Timestamp};
pub use uuid::Uuid;
pub use value::{FromValue, SqlType, ToValue, Value};
