//! Expressions: which family each one belongs to.

use sqlparser::ast::{self, BinaryOperator};

use super::operand::Operand;
use super::quantified::Quantifier;
use super::{Binder, names, refuse};
use crate::algebra::{CompareOp, Expr};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::limits;

/// How deep expressions may be nested. Parsing has bounded them before; this keeps a hole there from being a crash.
const MAX_DEPTH: usize = 2 * limits::MAX_DEPTH;

impl Binder<'_> {
    /// Binds an expression that takes a type of its own.
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Expr {
        let operand = self.operand(expr);
        self.settle(operand)
    }

    /// Binds an expression whose type may stay open.
    pub(super) fn operand(&mut self, expr: &ast::Expr) -> Operand {
        if self.depth >= MAX_DEPTH {
            let span = self.span(expr);
            return Operand::Typed(
                self.poison(
                    Diagnostic::error(Code::TooLarge, span, "this expression is nested too deeply")
                        .help("split the query, or simplify the expression"),
                ),
            );
        }
        self.depth += 1;
        let bound = self.dispatch(expr);
        self.depth -= 1;
        bound
    }

    fn dispatch(&mut self, expr: &ast::Expr) -> Operand {
        use ast::Expr::*;
        let span = self.span(expr);
        let bound = match expr {
            Value(v) => return self.value(&v.value, span),
            Nested(inner) => return self.operand(inner).at(span),
            Collate { expr, collation } if is_bytewise(collation) => return self.operand(expr).at(span),
            Identifier(ident) => self.column(ident),
            CompoundIdentifier(idents) => self.qualified_column(idents, span),
            TypedString(typed) => self.typed_string(typed, span),
            Interval(interval) => self.interval(interval, span),
            BinaryOp { op: BinaryOperator::And | BinaryOperator::Or, .. } => self.connective(expr, span),
            BinaryOp { left, op, right } => self.binary(left, op, right, span),
            UnaryOp { op, expr } => self.unary(op, expr, span),
            Cast { kind, expr, data_type, format: None, .. } => self.cast(kind, expr, data_type, span),
            Function(call) => self.function(call, span),
            Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref(), span)
            }
            IsNull(e) => self.is_null(e, false, span),
            IsNotNull(e) => self.is_null(e, true, span),
            IsTrue(e) => self.is_truth(e, true, false, span),
            IsNotTrue(e) => self.is_truth(e, true, true, span),
            IsFalse(e) => self.is_truth(e, false, false, span),
            IsNotFalse(e) => self.is_truth(e, false, true, span),
            IsUnknown(e) => self.is_unknown(e, false, span),
            IsNotUnknown(e) => self.is_unknown(e, true, span),
            IsDistinctFrom(l, r) => self.distinct_from(l, r, false, span),
            IsNotDistinctFrom(l, r) => self.distinct_from(l, r, true, span),
            In { expr, target: ast::InTarget::List(list), negated, .. } => {
                self.in_list(expr, list, *negated, span)
            }
            Between { expr, negated, low, high } => self.between(expr, low, high, *negated, span),
            Like { negated, any: false, expr, pattern, escape_char } => {
                self.like("like", expr, pattern, escape_char.as_deref(), *negated, span)
            }
            ILike { negated, any: false, expr, pattern, escape_char } => {
                self.like("ilike", expr, pattern, escape_char.as_deref(), *negated, span)
            }
            Like { negated, any: true, expr, pattern, escape_char: None } => {
                let op = if *negated { BinaryOperator::PGNotLikeMatch } else { BinaryOperator::PGLikeMatch };
                self.quantified(expr, &op, Quantifier::Any, pattern, span)
            }
            ILike { negated, any: true, expr, pattern, escape_char: None } => {
                let op =
                    if *negated { BinaryOperator::PGNotILikeMatch } else { BinaryOperator::PGILikeMatch };
                self.quantified(expr, &op, Quantifier::Any, pattern, span)
            }
            AnyOp { left, compare_op, right, .. } if !is_subquery(right) => {
                self.quantified(left, compare_op, Quantifier::Any, right, span)
            }
            AllOp { left, compare_op, right } if !is_subquery(right) => {
                self.quantified(left, compare_op, Quantifier::All, right, span)
            }
            _ => match self.special_syntax(expr, span) {
                Some(bound) => bound,
                None => {
                    let diagnostic = refuse::expr(expr, span);
                    self.poison(diagnostic)
                }
            },
        };
        Operand::Typed(bound)
    }

    /// A comparison operator, if it is one.
    pub(super) fn comparison(op: &BinaryOperator) -> Option<CompareOp> {
        Some(match op {
            BinaryOperator::Eq => CompareOp::Eq,
            BinaryOperator::NotEq => CompareOp::Ne,
            BinaryOperator::Lt => CompareOp::Lt,
            BinaryOperator::LtEq => CompareOp::Le,
            BinaryOperator::Gt => CompareOp::Gt,
            BinaryOperator::GtEq => CompareOp::Ge,
            _ => return None,
        })
    }
}

fn is_subquery(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Nested(inner) => is_subquery(inner),
        other => matches!(other, ast::Expr::Subquery(_)),
    }
}

/// Whether a collation is the one that all text is compared by.
fn is_bytewise(collation: &ast::ObjectName) -> bool {
    let name = names::parts(collation).and_then(|mut parts| parts.pop());
    name.is_some_and(|name| matches!(name.as_str(), "C" | "POSIX" | "ucs_basic" | "default"))
}
