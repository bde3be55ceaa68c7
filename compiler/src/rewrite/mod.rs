//! Algebra to algebra, one rule a file. A rule keeps the meaning of a query: rows, types, nullability and errors.

mod fold_constants;

use crate::algebra::Query;
use crate::catalog::Catalog;

/// Applies all rules.
pub fn rewrite(catalog: &Catalog, mut query: Query) -> Query {
    fold_constants::apply(catalog, &mut query);
    query
}
