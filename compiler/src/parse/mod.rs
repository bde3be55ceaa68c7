//! Text to syntax trees: limits, tokens, statements, the names of queries, and exact spans of every node.

mod accepted;
mod backtrack;
mod extent;
mod extent_query;
pub mod limits;
mod mistakes;
mod names;
mod queries;
mod reserved;
mod schema;
mod spans;
mod statements;
mod syntax_error;
#[cfg(test)]
mod tests;
mod tokens;

pub use cosmictron_types::normalize_sql;
pub use queries::{ParsedQuery, parse_queries, parse_query_files};
pub use reserved::is_reserved;
pub use schema::{ParsedSchema, ParsedStatement, parse_schema};
pub use spans::{Located, Spans};
