//! A whole query: its body, its order and its limit.

use sqlparser::ast::{self, SetExpr};

use super::{Binder, refuse};
use crate::algebra::{Relation, SortKey};
use crate::source::Span;

/// A bound query.
pub(super) struct BoundQuery {
    /// What it computes.
    pub relation: Relation,
    /// How many of the columns were asked for.
    pub visible: usize,
    /// The order of the rows.
    pub order: Vec<SortKey>,
}

impl Binder<'_> {
    /// Binds a query; `None` if an error has been reported.
    pub(super) fn query(&mut self, query: &ast::Query, span: Span) -> Option<BoundQuery> {
        if let Some(diagnostic) = refuse::query(query, self.spans) {
            self.report(diagnostic);
            return None;
        }
        let bound = match &*query.body {
            SetExpr::Select(select) => self.select(select, query.order_by.as_ref(), span)?,
            SetExpr::Query(inner) if query.order_by.is_none() => self.query(inner, span)?,
            other => {
                let at = self.span(other);
                self.report(refuse::body(other, at));
                return None;
            }
        };
        Some(self.limited(query, bound))
    }
}
