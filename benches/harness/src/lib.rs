//! What the benchmarks share: the data, the work that every engine does, and the figures.
//!
//! An engine is measured in a process of its own, so that memory counts for it alone: the process does the work, prints a [`Measured`] as
//! one line of JSON and ends. The figures of several engines are shown only after their results have been compared.

pub mod engine;
pub mod measure;
pub mod recipe;
pub mod report;
pub mod results;

pub use engine::{Engine, Setup};
pub use measure::{Case, Figure, Measured, measure};
