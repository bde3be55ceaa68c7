//! Unary and binary operators.

use sqlparser::ast::{self, BinaryOperator, UnaryOperator, Value};

use super::Binder;
use super::predicate::negation;
use crate::algebra::Expr;
use crate::source::Span;

impl Binder<'_> {
    /// `left op right`
    pub(super) fn binary(
        &mut self,
        left: &ast::Expr,
        op: &BinaryOperator,
        right: &ast::Expr,
        span: Span,
    ) -> Expr {
        if let Some(op) = Self::comparison(op) {
            let (left, right) = (self.operand(left), self.operand(right));
            return self.compare(op, left, right, span);
        }
        let symbol = symbol(op);
        let args = vec![self.operand(left), self.operand(right)];
        match symbol.strip_prefix('!') {
            Some(positive) if matches!(positive, "~" | "~*" | "~~" | "~~*") => {
                let matched = self.call_named(like_name(positive), args, span);
                negation(matched, span)
            }
            _ => self.call_named(like_name(&symbol), args, span),
        }
    }

    /// `op x`
    pub(super) fn unary(&mut self, op: &UnaryOperator, expr: &ast::Expr, span: Span) -> Expr {
        match op {
            UnaryOperator::Not => {
                let condition = self.boolean(expr, "NOT");
                negation(condition, span)
            }
            UnaryOperator::Minus => match expr {
                ast::Expr::Value(ast::ValueWithSpan { value: Value::Number(digits, _), .. }) => {
                    self.number(digits, true, span)
                }
                _ => self.prefix("-", expr, span),
            },
            other => self.prefix(&other.to_string(), expr, span),
        }
    }

    fn prefix(&mut self, symbol: &str, expr: &ast::Expr, span: Span) -> Expr {
        let operand = self.operand(expr);
        self.call_named(symbol, vec![operand], span)
    }
}

/// The operator as PostgreSQL writes it.
fn symbol(op: &BinaryOperator) -> String {
    match op {
        BinaryOperator::PGCustomBinaryOperator(parts) => parts.last().cloned().unwrap_or_default(),
        other => other.to_string(),
    }
}

/// LIKE has an operator and a function for the same thing.
fn like_name(symbol: &str) -> &str {
    match symbol {
        "~~" => "like",
        "~~*" => "ilike",
        other => other,
    }
}
