//! Unary and binary operators.
//!
//! The parser groups some of them unlike PostgreSQL does: what follows a minus sign, and what stands around the
//! operators that LIKE stands for and prefix operators. The first is put right here, the others are refused unless
//! parentheses decide.

use sqlparser::ast::{self, BinaryOperator, UnaryOperator, Value};

use super::operand::Operand;
use super::predicate::negation;
use super::{Binder, refuse, row};
use crate::algebra::Expr;
use crate::diagnostic::{Code, Diagnostic};
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
        if let Some(op) = Self::comparison(op)
            && let (Some(left), Some(right)) = (row::columns(left), row::columns(right))
        {
            return self.compare_rows(op, &left, &right, span);
        }
        let symbol = op.to_string();
        let ambiguous = |what: &str| {
            let message = format!("what `{what}` applies to is ambiguous here");
            Diagnostic::error(Code::Syntax, span, message)
        };
        if is_match(&symbol) && (binds_weaker(left) || binds_stronger(right)) {
            let diagnostic = ambiguous(&symbol);
            return self
                .poison(diagnostic.help("put parentheses around its operands, or around the whole match"));
        }
        if is_arithmetic(op)
            && let Some(prefix) = prefix_before(left)
        {
            let diagnostic = ambiguous(&prefix.to_string());
            return self.poison(diagnostic.help("put parentheses around the operator and its operand"));
        }
        let (left, right) = (self.operand(left), self.operand(right));
        self.apply(op, left, right, span)
    }

    /// An operator between operands that are bound.
    pub(super) fn apply(&mut self, op: &BinaryOperator, left: Operand, right: Operand, span: Span) -> Expr {
        if let Some(op) = Self::comparison(op) {
            return self.compare(op, left, right, span);
        }
        if let BinaryOperator::PGCustomBinaryOperator(_) = op {
            return self.poison(refuse::operator_syntax(span));
        }
        let symbol = op.to_string();
        if matches!(symbol.as_str(), "~" | "~*" | "!~" | "!~*") {
            return self.poison(refuse::regular_expression(span));
        }
        let args = vec![left, right];
        match symbol.strip_prefix('!').filter(|positive| is_match(positive)) {
            Some(positive) => {
                let matched = self.call_named(function(positive), args, span);
                negation(matched, span)
            }
            None => self.call_named(function(&symbol), args, span),
        }
    }

    /// `op x`
    pub(super) fn unary(&mut self, op: &UnaryOperator, expr: &ast::Expr, span: Span) -> Expr {
        match op {
            UnaryOperator::Not => {
                let condition = self.boolean(expr, "NOT");
                negation(condition, span)
            }
            UnaryOperator::Minus | UnaryOperator::Plus => self.signed(&op.to_string(), expr, span),
            op if is_symbol(op) => {
                let operand = self.operand(expr);
                self.call_named(&op.to_string(), vec![operand], span)
            }
            _ => self.poison(refuse::prefix_operator(&op.to_string(), span)),
        }
    }

    /// A sign, which belongs to the first operand of a power: `-2 ^ 2` is 4.
    fn signed(&mut self, sign: &str, expr: &ast::Expr, span: Span) -> Expr {
        match expr {
            ast::Expr::BinaryOp { left, op: op @ BinaryOperator::PGExp, right } => {
                let base = self.signed(sign, left, span).into();
                let exponent = self.operand(right);
                self.call_named(&op.to_string(), vec![base, exponent], span)
            }
            ast::Expr::Value(ast::ValueWithSpan { value: Value::Number(digits, _), .. }) => {
                self.number(digits, sign == "-", span)
            }
            _ => {
                let operand = self.operand(expr);
                self.call_named(sign, vec![operand], span)
            }
        }
    }
}

/// Whether a prefix operator is one of those that bind less than arithmetic does.
fn is_symbol(op: &UnaryOperator) -> bool {
    use UnaryOperator::*;
    matches!(op, BitwiseNot | PGAbs | PGSquareRoot | PGCubeRoot)
}

fn is_arithmetic(op: &BinaryOperator) -> bool {
    use BinaryOperator::*;
    matches!(op, Plus | Minus | Multiply | Divide | Modulo | PGExp)
}

/// The prefix operator that a left operand ends with, if so: PostgreSQL has it take what follows too, `@ a + b` being `@ (a + b)`.
fn prefix_before(left: &ast::Expr) -> Option<&UnaryOperator> {
    match left {
        ast::Expr::UnaryOp { op, .. } if is_symbol(op) => Some(op),
        ast::Expr::UnaryOp { expr, .. } => prefix_before(expr),
        ast::Expr::BinaryOp { right, .. } => prefix_before(right),
        _ => None,
    }
}

/// Whether an operator is another name of LIKE or ILIKE.
fn is_match(symbol: &str) -> bool {
    matches!(symbol.strip_prefix('!').unwrap_or(symbol), "~~" | "~~*")
}

/// Whether PostgreSQL would take a match into this left operand.
fn binds_weaker(left: &ast::Expr) -> bool {
    matches!(left, ast::Expr::BinaryOp { op, .. } if Binder::comparison(op).is_some())
}

/// Whether PostgreSQL would take a match out of this right operand.
fn binds_stronger(right: &ast::Expr) -> bool {
    matches!(right, ast::Expr::BinaryOp { op, .. } if !is_arithmetic(op))
}

/// LIKE has an operator and a function for the same thing.
fn function(symbol: &str) -> &str {
    match symbol {
        "~~" => "like",
        "~~*" => "ilike",
        other => other,
    }
}
