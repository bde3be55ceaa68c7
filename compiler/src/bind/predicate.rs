//! Conditions: three-valued logic, comparisons, and the predicates built of them.

use sqlparser::ast;

use super::Binder;
use super::clause::Clause;
use super::operand::Operand;
use crate::algebra::{CompareOp, Expr, ExprKind, Literal};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions;
use crate::source::Span;
use crate::types::Type;

/// The conjunction of conditions; `None` if there are none.
pub(super) fn conjunction(mut conditions: Vec<Expr>) -> Option<Expr> {
    if conditions.len() < 2 {
        return conditions.pop();
    }
    let span = conditions.iter().map(|c| c.span).reduce(Span::to)?;
    Some(Expr::of(ExprKind::And(conditions), Type::Boolean, span))
}

/// The negation of a condition. A comparison turns into its opposite, which has the same NULLs.
pub(super) fn negation(condition: Expr, span: Span) -> Expr {
    if condition.is_poison() {
        return condition;
    }
    let kind = match condition.kind {
        ExprKind::Compare(op, l, r) => ExprKind::Compare(op.negated(), l, r),
        ExprKind::Not(inner) => return Expr { span, ..*inner },
        ExprKind::IsNull { negated, expr } => ExprKind::IsNull { negated: !negated, expr },
        ExprKind::Distinct { negated, left, right } => ExprKind::Distinct { negated: !negated, left, right },
        ExprKind::In { negated, expr, list } => ExprKind::In { negated: !negated, expr, list },
        _ => ExprKind::Not(Box::new(condition)),
    };
    Expr::of(kind, Type::Boolean, span)
}

impl Binder<'_> {
    /// The condition of a clause, with the rules for the clock checked.
    pub(super) fn condition(&mut self, condition: &ast::Expr, clause: Clause) -> Expr {
        let bound = self.in_clause(clause, |b| b.boolean(condition, clause.name()));
        self.check_clock(bound)
    }

    /// A boolean expression.
    pub(super) fn boolean(&mut self, expr: &ast::Expr, what: &str) -> Expr {
        let operand = self.operand(expr);
        match operand.ty() {
            None | Some(Type::Boolean | Type::Error) => self.give(operand, Type::Boolean),
            Some(other) => {
                let (ty, span) = (self.type_name(other), operand.span());
                let message = format!("{what} needs a boolean, not {ty}");
                self.poison(
                    Diagnostic::error(Code::TypeMismatch, span, message)
                        .label(format!("this is {ty}"))
                        .help("compare it with something, for example `… <> 0` or `… IS NOT NULL`"),
                )
            }
        }
    }

    /// A chain of AND or of OR, taken apart without recursion since it can be long.
    pub(super) fn connective(&mut self, expr: &ast::Expr, span: Span) -> Expr {
        let ast::Expr::BinaryOp { op: chain, .. } = expr else { return self.expr(expr) };
        let mut parts = Vec::new();
        let mut rest = expr;
        while let ast::Expr::BinaryOp { left, op, right } = rest
            && op == chain
        {
            parts.push(&**right);
            rest = left;
        }
        parts.push(rest);
        let what = chain.to_string();
        let bound: Vec<_> = parts.into_iter().rev().map(|e| self.boolean(e, &what)).collect();
        if bound.iter().any(Expr::is_poison) {
            return Expr::poison(span);
        }
        let kind = match chain {
            ast::BinaryOperator::And => ExprKind::And(bound),
            _ => ExprKind::Or(bound),
        };
        Expr::of(kind, Type::Boolean, span)
    }

    /// `left op right`
    pub(super) fn compare(&mut self, op: CompareOp, left: Operand, right: Operand, span: Span) -> Expr {
        if left.is_poison() || right.is_poison() {
            return Expr::poison(span);
        }
        if let (Some(l), Some(r)) = (left.ty(), right.ty())
            && functions::comparison_type(&[l, r]).is_none()
        {
            let (l_name, r_name) = (self.type_name(l), self.type_name(r));
            let message = format!("{l_name} and {r_name} cannot be compared");
            let diagnostic = Diagnostic::error(Code::TypeMismatch, span, message)
                .also(left.span(), format!("this is {l_name}"))
                .also(right.span(), format!("this is {r_name}"))
                .help(self.cast_that_would_do(l, r));
            return self.poison(diagnostic);
        }
        let (mut sides, ty) = self.unify_compared(vec![left, right], op.symbol());
        match (sides.pop(), sides.pop()) {
            (Some(right), Some(left)) if ty != Type::Error && !left.is_poison() && !right.is_poison() => {
                Expr::of(ExprKind::Compare(op, Box::new(left), Box::new(right)), Type::Boolean, span)
            }
            _ => Expr::poison(span),
        }
    }

    /// `x IS [NOT] NULL`
    pub(super) fn is_null(&mut self, expr: &ast::Expr, negated: bool, span: Span) -> Expr {
        let expr = self.expr(expr);
        null_test(expr, negated, span)
    }

    /// `x IS [NOT] UNKNOWN`
    pub(super) fn is_unknown(&mut self, expr: &ast::Expr, negated: bool, span: Span) -> Expr {
        let expr = self.boolean(expr, "IS UNKNOWN");
        null_test(expr, negated, span)
    }

    /// `x IS [NOT] TRUE` and `x IS [NOT] FALSE`
    pub(super) fn is_truth(&mut self, expr: &ast::Expr, truth: bool, negated: bool, span: Span) -> Expr {
        let condition = self.boolean(expr, if truth { "IS TRUE" } else { "IS FALSE" });
        if condition.is_poison() {
            return condition;
        }
        let condition = if truth { condition } else { negation(condition, span) };
        let test = if condition.nullable {
            let no = Expr::of(ExprKind::Literal(Literal::Boolean(false)), Type::Boolean, span);
            Expr::of(ExprKind::Coalesce(vec![condition, no]), Type::Boolean, span)
        } else {
            Expr { span, ..condition }
        };
        if negated { negation(test, span) } else { test }
    }

    /// `l IS [NOT] DISTINCT FROM r`
    pub(super) fn distinct_from(&mut self, l: &ast::Expr, r: &ast::Expr, negated: bool, span: Span) -> Expr {
        let sides = vec![self.operand(l), self.operand(r)];
        let (mut sides, ty) = self.unify_compared(sides, "IS DISTINCT FROM");
        match (sides.pop(), sides.pop()) {
            (Some(right), Some(left)) if ty != Type::Error => {
                let kind = ExprKind::Distinct { negated, left: Box::new(left), right: Box::new(right) };
                Expr::of(kind, Type::Boolean, span)
            }
            _ => Expr::poison(span),
        }
    }

    /// `x [NOT] BETWEEN low AND high`
    pub(super) fn between(
        &mut self,
        expr: &ast::Expr,
        low: &ast::Expr,
        high: &ast::Expr,
        negated: bool,
        span: Span,
    ) -> Expr {
        let (expr, low, high) = (self.operand(expr), self.operand(low), self.operand(high));
        if !self.affords(expr.size(), 1, span) {
            return Expr::poison(span);
        }
        let (above, below) = match negated {
            false => (CompareOp::Ge, CompareOp::Le),
            true => (CompareOp::Lt, CompareOp::Gt),
        };
        let sides = vec![self.compare(above, expr.clone(), low, span), self.compare(below, expr, high, span)];
        if sides.iter().any(Expr::is_poison) {
            return Expr::poison(span);
        }
        let kind = if negated { ExprKind::Or(sides) } else { ExprKind::And(sides) };
        Expr::of(kind, Type::Boolean, span)
    }

    /// `x [NOT] LIKE pattern [ESCAPE e]`, and ILIKE
    pub(super) fn like(
        &mut self,
        name: &str,
        expr: &ast::Expr,
        pattern: &ast::Expr,
        escape: Option<&ast::Expr>,
        negated: bool,
        span: Span,
    ) -> Expr {
        let mut args = vec![self.operand(expr), self.operand(pattern)];
        args.extend(escape.map(|e| self.operand(e)));
        let bound = self.call_named(name, args, span);
        if negated { negation(bound, span) } else { bound }
    }
}

fn null_test(expr: Expr, negated: bool, span: Span) -> Expr {
    if expr.is_poison() {
        return expr;
    }
    Expr::of(ExprKind::IsNull { negated, expr: Box::new(expr) }, Type::Boolean, span)
}
