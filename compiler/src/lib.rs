//! The Cosmictron compiler: PostgreSQL schema and queries in, incremental Rust out.
//!
//! A pipeline of small passes, each a folder: text is parsed ([`parse`]), the schema becomes a [`catalog`], each
//! query is bound to typed relational [`algebra`] ([`bind`]), turned into an incremental
//! circuit ([`circuit`]), scheduled ([`schedule`]) and emitted as Rust ([`emit`]). On the way [`rules`] improve it, by what is known of
//! its [`properties`]. No pass does I/O; problems are [`diagnostic`] values.

pub mod algebra;
pub mod bind;
mod build_script;
pub mod catalog;
pub mod circuit;
pub mod compile;
pub mod diagnostic;
pub mod emit;
pub mod files;
pub mod functions;
mod naming;
pub mod parse;
pub mod properties;
pub mod render;
pub mod rules;
pub mod schedule;
pub mod source;
pub mod stack;
pub mod types;

pub use cosmictron_types::suggest;

pub use build_script::Builder;
pub use compile::{Compilation, Request, compile};
