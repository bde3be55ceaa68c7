//! Comparisons of rows, `(a, b) = (1, 2)`: those of their columns, put together.

use sqlparser::ast;

use super::Binder;
use super::operand::Operand;
use super::predicate::negation;
use crate::algebra::{CompareOp, Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;

/// The columns of `(a, b)` and of `ROW(a, b)`.
pub(super) fn columns(expr: &ast::Expr) -> Option<Vec<&ast::Expr>> {
    match expr {
        ast::Expr::Nested(inner) => columns(inner),
        ast::Expr::Tuple(columns) => Some(columns.iter().collect()),
        ast::Expr::Function(ast::Function { name, args: ast::FunctionArguments::List(list), .. })
            if super::names::function(name).as_deref() == Some("row") =>
        {
            let columns = list.args.iter().map(|arg| match arg {
                ast::FunctionArg::Unnamed(ast::FunctionArgExpr::Expr(column)) => Some(column),
                _ => None,
            });
            columns.collect()
        }
        _ => None,
    }
}

impl Binder<'_> {
    /// `(a, b) op (c, d)`
    pub(super) fn compare_rows(
        &mut self,
        op: CompareOp,
        left: &[&ast::Expr],
        right: &[&ast::Expr],
        span: Span,
    ) -> Expr {
        let left: Vec<_> = left.iter().map(|e| self.operand(e)).collect();
        let right: Vec<_> = right.iter().map(|e| self.operand(e)).collect();
        if !self.as_wide(left.len(), right.len(), span) {
            return Expr::poison(span);
        }
        let copied = left.iter().chain(&right).map(Operand::size).sum();
        if !self.affords(copied, 1, span) {
            return Expr::poison(span);
        }
        let pairs: Vec<_> = left.into_iter().zip(right).collect();
        match op {
            CompareOp::Eq => self.all_equal(pairs, span),
            CompareOp::Ne => {
                let equal = self.all_equal(pairs, span);
                negation(equal, span)
            }
            op => self.in_order(op, pairs, span),
        }
    }

    /// `(a, b) [NOT] IN ((1, 2), (3, 4))`
    pub(super) fn row_in_list(
        &mut self,
        row: &[&ast::Expr],
        list: &[ast::Expr],
        negated: bool,
        span: Span,
    ) -> Expr {
        let sought: Vec<_> = row.iter().map(|e| self.operand(e)).collect();
        let size = sought.iter().map(Operand::size).sum();
        if !self.affords(size, list.len().saturating_sub(1), span) {
            return Expr::poison(span);
        }
        let mut found = Vec::new();
        for item in list {
            let at = self.span(item);
            found.push(match columns(item) {
                Some(columns) if self.as_wide(sought.len(), columns.len(), at) => {
                    let pairs = sought.iter().cloned().zip(columns);
                    let pairs = pairs.map(|(x, y)| (x, self.operand(y))).collect();
                    self.all_equal(pairs, at)
                }
                Some(_) => Expr::poison(at),
                None => {
                    let message = "this is no row, and is compared with one";
                    self.poison(
                        Diagnostic::error(Code::TypeMismatch, at, message)
                            .help("write one in parentheses: `(a, b) IN ((1, 2), (3, 4))`"),
                    )
                }
            });
        }
        let found = connect(ExprKind::Or, found, span);
        if negated { negation(found, span) } else { found }
    }

    /// Whether two rows have as many columns; reports an error if not.
    fn as_wide(&mut self, left: usize, right: usize, span: Span) -> bool {
        if left != right {
            let message = format!("a row of {left} columns is compared with one of {right}");
            self.report(
                Diagnostic::error(Code::TypeMismatch, span, message)
                    .help("compare rows that have the same number of columns"),
            );
        }
        left == right
    }

    fn all_equal(&mut self, pairs: Vec<(Operand, Operand)>, span: Span) -> Expr {
        let equal = pairs.into_iter().map(|(x, y)| self.compare(CompareOp::Eq, x, y, span)).collect();
        connect(ExprKind::And, equal, span)
    }

    /// The first columns decide, the others where those are equal: `a < c OR a = c AND b <= d`.
    fn in_order(&mut self, op: CompareOp, pairs: Vec<(Operand, Operand)>, span: Span) -> Expr {
        let strict = match op {
            CompareOp::Le => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Gt,
            op => op,
        };
        let mut decided: Option<Expr> = None;
        for (x, y) in pairs.into_iter().rev() {
            decided = Some(match decided {
                None => self.compare(op, x, y, span),
                Some(rest) => {
                    let before = self.compare(strict, x.clone(), y.clone(), span);
                    let equal = self.compare(CompareOp::Eq, x, y, span);
                    let rest = connect(ExprKind::And, vec![equal, rest], span);
                    connect(ExprKind::Or, vec![before, rest], span)
                }
            });
        }
        decided.unwrap_or_else(|| Expr::poison(span))
    }
}

/// Conditions joined by AND or OR; there is at least one.
pub(super) fn connect(by: fn(Vec<Expr>) -> ExprKind, mut conditions: Vec<Expr>, span: Span) -> Expr {
    if conditions.is_empty() || conditions.iter().any(Expr::is_poison) {
        return Expr::poison(span);
    }
    match conditions.len() {
        1 => Expr { span, ..conditions.remove(0) },
        _ => Expr::of(by(conditions), Type::Boolean, span),
    }
}
