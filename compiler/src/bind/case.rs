//! CASE and what is defined by it: NULLIF, GREATEST, LEAST; and COALESCE.

use sqlparser::ast;

use super::Binder;
use super::operand::Operand;
use super::predicate::conjunction;
use crate::algebra::{CompareOp, Expr, ExprKind, Literal};
use crate::source::Span;
use crate::types::Type;

impl Binder<'_> {
    /// Both forms of CASE; the simple one compares its operand with each value.
    pub(super) fn case(
        &mut self,
        operand: Option<&ast::Expr>,
        branches: &[ast::CaseWhen],
        otherwise: Option<&ast::Expr>,
        span: Span,
    ) -> Expr {
        // A string literal has the type it would have alone, since it stands for a value of its own.
        let operand = operand.map(|e| self.expr(e));
        let mut conditions = Vec::new();
        let mut results = Vec::new();
        for branch in branches {
            conditions.push(match &operand {
                Some(value) => {
                    let other = self.operand(&branch.condition);
                    let at = value.span.to(other.span());
                    self.compare(CompareOp::Eq, value.clone().into(), other, at)
                }
                None => self.boolean(&branch.condition, "WHEN"),
            });
            results.push(self.operand(&branch.result));
        }
        let has_else = otherwise.is_some();
        results.extend(otherwise.map(|e| self.operand(e)));
        let (mut results, ty) = self.unify(results, "CASE");
        if ty == Type::Error || results.iter().chain(&conditions).any(Expr::is_poison) {
            return Expr::poison(span);
        }
        let otherwise = if has_else { results.pop().map(Box::new) } else { None };
        let branches = conditions.into_iter().zip(results).collect();
        Expr::of(ExprKind::Case { branches, otherwise }, ty, span)
    }

    /// `COALESCE(a, b, …)`; arguments after one that is never NULL are never reached.
    pub(super) fn coalesce(&mut self, args: Vec<Operand>, span: Span) -> Expr {
        let (mut args, ty) = self.unify(args, "COALESCE");
        if ty == Type::Error || args.iter().any(Expr::is_poison) {
            return Expr::poison(span);
        }
        if let Some(certain) = args.iter().position(|e| !e.nullable) {
            args.truncate(certain + 1);
        }
        match args.len() {
            1 => Expr { span, ..args.remove(0) },
            _ => Expr::of(ExprKind::Coalesce(args), ty, span),
        }
    }

    /// `NULLIF(a, b)`: NULL if they are equal, otherwise `a` as it is.
    pub(super) fn nullif(&mut self, a: Operand, b: Operand, span: Span) -> Expr {
        let equal = self.compare(CompareOp::Eq, a.clone(), b, span);
        let value = self.settle(a);
        if equal.is_poison() || value.is_poison() {
            return Expr::poison(span);
        }
        let ty = value.ty;
        let null = Expr::of(ExprKind::Literal(Literal::Null), ty, span);
        let kind = ExprKind::Case { branches: vec![(equal, null)], otherwise: Some(Box::new(value)) };
        Expr::of(kind, ty, span)
    }

    /// `GREATEST` (`keeps` is `>=`) and `LEAST` (`<=`), which pass NULLs over: the first argument that keeps
    /// its place against all later ones.
    pub(super) fn extreme(&mut self, keeps: CompareOp, args: Vec<Operand>, span: Span) -> Expr {
        let what = if keeps == CompareOp::Ge { "GREATEST" } else { "LEAST" };
        let (mut args, ty) = self.unify(args, what);
        if ty == Type::Error || args.iter().any(Expr::is_poison) {
            return Expr::poison(span);
        }
        let Some(last) = args.pop() else { return Expr::poison(span) };
        if args.is_empty() {
            return Expr { span, ..last };
        }
        let all: Vec<_> = args.iter().chain([&last]).cloned().collect();
        let branches = args.into_iter().enumerate().map(|(i, candidate)| {
            let mut conditions: Vec<_> =
                all[i + 1..].iter().map(|later| stands(keeps, &candidate, later)).collect();
            if candidate.nullable {
                conditions.insert(0, null_test(&candidate, true));
            }
            (conjunction(conditions), candidate)
        });
        let branches: Vec<_> =
            branches.filter_map(|(condition, result)| Some((condition?, result))).collect();
        let kind = ExprKind::Case { branches, otherwise: Some(Box::new(last)) };
        Expr::of(kind, ty, span)
    }
}

/// Whether a candidate keeps its place against a later argument, which it does if that is NULL.
fn stands(keeps: CompareOp, candidate: &Expr, later: &Expr) -> Expr {
    let span = candidate.span.to(later.span);
    let sides = (Box::new(candidate.clone()), Box::new(later.clone()));
    let compare = Expr::of(ExprKind::Compare(keeps, sides.0, sides.1), Type::Boolean, span);
    if !later.nullable {
        return compare;
    }
    Expr::of(ExprKind::Or(vec![null_test(later, false), compare]), Type::Boolean, span)
}

fn null_test(expr: &Expr, negated: bool) -> Expr {
    Expr::of(ExprKind::IsNull { negated, expr: Box::new(expr.clone()) }, Type::Boolean, expr.span)
}
