//! ORDER BY.

use sqlparser::ast::{self, OrderByKind, OrderBySort, UnaryOperator, Value};

use super::Binder;
use super::clause::Clause;
use super::names::figure;
use super::project::Output;
use crate::algebra::SortKey;
use crate::catalog::fold;
use crate::diagnostic::{Code, Diagnostic};

impl Binder<'_> {
    /// The sort keys over `outputs`; what is not selected is added there.
    pub(super) fn order_by(
        &mut self,
        order_by: Option<&ast::OrderBy>,
        outputs: &mut Vec<Output>,
        distinct: bool,
    ) -> Vec<SortKey> {
        let exprs = match order_by.map(|o| (&o.kind, o)) {
            Some((OrderByKind::Expressions(exprs), ast::OrderBy { interpolate: None, .. })) => exprs,
            Some((_, whole)) => {
                let span = self.span(whole);
                self.report(
                    Diagnostic::error(Code::Unsupported, span, "PostgreSQL has no such ORDER BY")
                        .help("list the columns to order by"),
                );
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let visible = outputs.len();
        let mut keys: Vec<SortKey> = Vec::new();
        for item in exprs {
            let Some(column) =
                self.in_clause(Clause::OrderBy, |b| b.sort_column(&item.expr, visible, outputs))
            else {
                continue;
            };
            if distinct && column >= visible {
                let span = self.span(&item.expr);
                self.report(
                    Diagnostic::error(
                        Code::Ungrouped,
                        span,
                        "SELECT DISTINCT can only be ordered by selected expressions",
                    )
                    .label("equal rows can differ in this")
                    .help("add it to the select list"),
                );
            }
            let descending = match &item.options.sort {
                None | Some(OrderBySort::Asc) => false,
                Some(OrderBySort::Desc) => true,
                Some(OrderBySort::Using(_)) => {
                    let span = self.span(item);
                    self.report(
                        Diagnostic::error(Code::Unsupported, span, "ORDER BY … USING is not supported")
                            .help("write ASC or DESC"),
                    );
                    false
                }
            };
            // What comes after a column of the same value decides nothing.
            if keys.iter().all(|k| k.column != column) {
                let nulls_first = item.options.nulls_first.unwrap_or(descending);
                keys.push(SortKey { column, descending, nulls_first });
            }
        }
        keys
    }

    /// The position of a sort expression among the outputs; `None` if an error has been reported.
    fn sort_column(&mut self, expr: &ast::Expr, visible: usize, outputs: &mut Vec<Output>) -> Option<usize> {
        let span = self.span(expr);
        if let ast::Expr::Identifier(ident) = expr {
            let name = fold(ident);
            // Names are unique, or an error has been reported.
            if let Some(named) = outputs[..visible].iter().position(|o| o.name == name) {
                return Some(named);
            }
        }
        match self.ordinal(expr, &outputs[..visible], Clause::OrderBy) {
            Some(Ok(output)) => return Some(output),
            Some(Err(diagnostic)) => {
                self.report(diagnostic);
                return None;
            }
            None => {}
        }
        let bound = self.expr(expr);
        if bound.is_poison() {
            return None;
        }
        Some(outputs.iter().position(|o| o.expr == bound).unwrap_or_else(|| {
            outputs.push(Output { name: figure(expr), expr: bound, span });
            outputs.len() - 1
        }))
    }

    /// A bare constant in GROUP BY or ORDER BY: the number of a result column, counted from 1.
    pub(super) fn ordinal(
        &self,
        expr: &ast::Expr,
        outputs: &[Output],
        clause: Clause,
    ) -> Option<Result<usize, Diagnostic>> {
        let span = self.span(expr);
        let number = match bare(expr) {
            ast::Expr::Value(ast::ValueWithSpan { value: Value::Number(digits, _), .. }) => {
                digits.parse::<i64>().ok()
            }
            ast::Expr::UnaryOp { op: UnaryOperator::Minus, expr } => match &**expr {
                ast::Expr::Value(ast::ValueWithSpan { value: Value::Number(..), .. }) => Some(-1),
                _ => return None,
            },
            ast::Expr::Value(ast::ValueWithSpan { value: Value::Placeholder(_), .. }) => return None,
            ast::Expr::Value(_) => None,
            _ => return None,
        };
        let Some(number) = number else {
            let message = format!("a constant in {} decides nothing", clause.name());
            return Some(Err(Diagnostic::error(Code::Syntax, span, message)
                .help("write a column, or the number of a result column")));
        };
        let index = usize::try_from(number - 1).ok().filter(|i| *i < outputs.len());
        Some(index.ok_or_else(|| {
            let message = format!("there is no result column {number}");
            let help = format!("{} counts the result columns from 1 to {}", clause.name(), outputs.len());
            Diagnostic::error(Code::UnknownColumn, span, message).help(help)
        }))
    }
}

fn bare(expr: &ast::Expr) -> &ast::Expr {
    match expr {
        ast::Expr::Nested(inner) => bare(inner),
        other => other,
    }
}
