//! The scalar functions and operators that compiled queries call.
//!
//! Each is strict (emitted code deals with NULL), takes plain values by value and others by reference, and fails with an
//! [`EvalError`](crate::EvalError) where PostgreSQL raises an error. The names say operation and type: [`add_i32`],
//! [`add_decimal`], [`add_numeric`].

mod decimal;
mod integer;
mod numeric;

pub use decimal::*;
pub use integer::*;
pub use numeric::*;
