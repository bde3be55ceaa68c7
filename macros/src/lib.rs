//! The proc macros of Cosmictron: a thin shell over the compiler.
//!
//! They are re-exported by the `cosmictron` crate, whose documentation shows them in use.

extern crate proc_macro;

mod expand;
mod input;
mod position;

use proc_macro::TokenStream;

/// Compiles queries where they are used.
///
/// ```ignore
/// cosmictron::cosmictron_query! {
///     schema "schema.sql";
///
///     query revenue_by_hour = "
///         SELECT DATE_TRUNC('hour', created_at) AS hour, SUM(total) AS revenue
///         FROM orders WHERE created_at > NOW() - INTERVAL '24 hours'
///         GROUP BY hour ORDER BY hour DESC";
///
///     query top_products = file "queries/top_products.sql";
/// }
/// ```
///
/// Paths are relative to the package, or to the Rust file if there is no such file in the package. The macro expands to what the other doors emit: a `Queries` handle, a module for each
/// query (`revenue_by_hour::Row`), and the `schema` module with the tables and the `Database`. With
/// `schema "schema.sql" as crate::schema;` the schema module is the one that [`cosmictron_schema!`] has made there, so
/// that macros in different modules attach to one database. `queries "file.sql";` takes all queries of a file or folder.
#[proc_macro]
pub fn cosmictron_query(input: TokenStream) -> TokenStream {
    expand::queries(input.into()).into()
}

/// Compiles a schema into the module it is called in: row types, `Database`, `Transaction`.
///
/// ```ignore
/// pub mod schema {
///     cosmictron::cosmictron_schema!("schema.sql");
/// }
/// ```
#[proc_macro]
pub fn cosmictron_schema(input: TokenStream) -> TokenStream {
    expand::schema(input.into()).into()
}
