//! What the suites of the workspace share: the compiled corpora, a reference interpreter, and the drivers.
//!
//! The corpora under `sql/` are compiled by the build script and reached through [`unit::Unit`], which hides their types. The
//! [`interpreter`] answers the same queries from full tables, slowly and obviously. [`differential`] lets both run side by side under
//! random transactions.

pub mod differential;
pub mod ecommerce;
pub mod interpreter;
pub mod key;
#[allow(missing_docs, clippy::all)]
pub mod ledger;
pub mod random;
pub mod recorded;
pub mod unit;
#[allow(missing_docs, clippy::all)]
pub mod units;
