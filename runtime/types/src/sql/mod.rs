//! The scalar functions and operators that compiled queries call.
//!
//! Each is strict (emitted code deals with NULL), takes plain values by value and others by reference, and fails with an
//! [`EvalError`](crate::EvalError) where PostgreSQL raises an error. The names say operation and type: [`add_i32`],
//! [`add_decimal`], [`add_numeric`].

mod aggregate;
mod cast_decimal;
mod cast_number;
mod cast_text;
mod cast_time;
pub mod date_part;
mod date_trunc;
mod decimal;
mod earliest;
pub mod extract;
mod float;
mod integer;
mod interval;
mod json;
mod like;
mod numeric;
mod text;
mod timestamp;

pub use aggregate::*;
pub use cast_decimal::*;
pub use cast_number::*;
pub use cast_text::*;
pub use cast_time::*;
pub use date_trunc::*;
pub use decimal::*;
pub use earliest::*;
pub use float::*;
pub use integer::*;
pub use interval::*;
pub use json::*;
pub use like::*;
pub use numeric::*;
pub use text::*;
pub use timestamp::*;
