//! `INTERVAL '1 hour' * 24` becomes `INTERVAL '24 hours'`.
//!
//! A function or cast of constants is evaluated once, here, by the function that emitted code would call for each row.
//!
//! *Why it keeps the meaning.* Functions are immutable (the clock is none of them), so the value is the one that each row would get, in its type; it is
//! NULL in every row or in none. One that fails is left where it is: PostgreSQL raises the error only if the expression is evaluated, so
//! it belongs to the rows that reach it.
//!
//! Without it the answers are the same, and a few queries are refused: an expression counts as one that can fail as long as it has a sum of
//! constants in it, and the two sides of a join must not.

use crate::algebra::Query;
use crate::catalog::Catalog;
use crate::functions;
use crate::types::Type;

/// Applies the rule to every expression of a query.
pub(super) fn apply(catalog: &Catalog, query: &mut Query) {
    let labels = |ty: Type| match ty {
        Type::Enum(id) => Some(catalog.enum_type(id).labels.as_slice()),
        _ => None,
    };
    query.expressions_mut(&mut |expr| functions::fold(expr, &labels));
}
