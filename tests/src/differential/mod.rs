//! The differential suite: random transactions, and after each of them every query's maintained result, the deltas folded since
//! subscription, point lookups, and a full recomputation, which must all agree.

mod data;
mod domain;
mod follow;
mod report;
mod run;

pub use run::{Run, Setting};
