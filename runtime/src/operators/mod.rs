//! The incremental kernels that emitted code calls with concrete types.
//!
//! A query's circuit is a chain of linear operators (filters, joins through indexes), fused into straight-line code over one
//! row change, that ends in a [`Group`]; what a group publishes at the end of a step flows on to a [`TopK`] or to the output.
//! Every state is a sum over the rows that went in, so taking rows out again restores it exactly.

mod aggregates;
mod errors;
mod expiry;
mod group;
mod join;
mod kinds;
mod membership;
mod order;
#[cfg(test)]
pub(crate) mod random;
mod sum_float;
mod top_k;
mod wide_sum;

pub use aggregates::{Aggregates, Determined, Distinct, Extremes};
pub use errors::Errors;
pub use expiry::Expiry;
pub use group::Group;
pub use join::{Pair, pairs, unique_matches};
pub use kinds::{Kinds, Represented};
pub use membership::{is_in, known};
pub use order::NullsLast;
pub use sum_float::FloatSum;
pub use top_k::TopK;
pub use wide_sum::WideSum;
