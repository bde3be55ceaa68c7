//! LIMIT, OFFSET and FETCH FIRST.

use sqlparser::ast::{self, LimitClause};

use super::clause::Clause;
use super::query::BoundQuery;
use super::{Binder, Scope};
use crate::algebra::{ExprKind, Literal, Relation, RelationKind};
use crate::diagnostic::{Code, Diagnostic};

impl Binder<'_> {
    /// The rows of a query that LIMIT, OFFSET and FETCH leave.
    pub(super) fn limited(&mut self, query: &ast::Query, bound: BoundQuery) -> BoundQuery {
        let (mut limit, mut offset) = (None, 0);
        match &query.limit_clause {
            Some(LimitClause::LimitOffset { limit: rows, offset: skipped, limit_by })
                if limit_by.is_empty() =>
            {
                limit = rows.as_ref().and_then(|e| self.row_count(e, "LIMIT"));
                offset = skipped.as_ref().and_then(|o| self.row_count(&o.value, "OFFSET")).unwrap_or(0);
            }
            Some(other) => {
                let span = self.span(other);
                self.report(
                    Diagnostic::error(Code::Unsupported, span, "PostgreSQL has no such LIMIT")
                        .help("write `LIMIT rows OFFSET skipped`"),
                );
            }
            None => {}
        }
        if let Some(fetch) = &query.fetch {
            limit = self.fetch(fetch);
        }
        if limit.is_none() && offset == 0 {
            return bound;
        }
        let BoundQuery { relation, visible, order } = bound;
        let (columns, span) = (relation.columns.clone(), relation.span);
        let kind = RelationKind::Limit { input: Box::new(relation), order: order.clone(), limit, offset };
        BoundQuery { relation: Relation { kind, columns, span }, visible, order }
    }

    fn fetch(&mut self, fetch: &ast::Fetch) -> Option<u64> {
        if fetch.with_ties || fetch.percent {
            let span = self.span(fetch);
            let what = if fetch.percent { "PERCENT" } else { "WITH TIES" };
            self.report(
                Diagnostic::error(Code::Unsupported, span, format!("FETCH … {what} is not supported"))
                    .help("write `FETCH FIRST 10 ROWS ONLY`, or LIMIT"),
            );
            return None;
        }
        match &fetch.quantity {
            Some(rows) => self.row_count(rows, "FETCH FIRST"),
            None => Some(1),
        }
    }

    /// A constant number of rows; `None` for NULL, which means all of them.
    fn row_count(&mut self, expr: &ast::Expr, what: &str) -> Option<u64> {
        let before = self.diagnostics.len();
        if let ast::Expr::Value(ast::ValueWithSpan { value: ast::Value::Number(digits, _), .. }) = expr
            && digits.bytes().all(|b| b.is_ascii_digit())
            && digits.parse::<i64>().is_err()
        {
            let message = format!("{what} is too large: there are at most {} rows", i64::MAX);
            let span = self.span(expr);
            self.report(
                Diagnostic::error(Code::InvalidLiteral, span, message)
                    .help("write a smaller number, or leave it out"),
            );
            return None;
        }
        let (_, bound) = self.over(Scope::default(), |b| b.in_clause(Clause::Limit, |b| b.expr(expr)));
        let span = bound.span;
        match bound.kind {
            ExprKind::Literal(Literal::Integer(rows)) if rows >= 0 => return u64::try_from(rows).ok(),
            ExprKind::Literal(Literal::Null) if !bound.is_poison() => return None,
            ExprKind::Literal(Literal::Integer(_)) => {
                let message = format!("{what} must not be negative");
                self.report(
                    Diagnostic::error(Code::InvalidLiteral, span, message).help("write 0 for no rows"),
                );
            }
            // Why it cannot be bound matters less than that nothing but a number may stand here.
            _ => {
                let parameter = self.diagnostics[before..].iter().any(|d| d.code == Code::Unsupported);
                if !parameter {
                    self.diagnostics.truncate(before);
                    self.report(
                        Diagnostic::error(
                            Code::Unsupported,
                            span,
                            format!("{what} needs a constant number of rows"),
                        )
                        .help("write a number"),
                    );
                }
            }
        }
        None
    }
}
