//! CASE and what is defined by it: NULLIF, GREATEST, LEAST; and COALESCE.

use sqlparser::ast;

use super::coerce::{convert, relabel};
use super::operand::Operand;
use super::predicate::conjunction;
use super::repeat::size;
use super::{Binder, refuse};
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
        if let Some(value) = &operand
            && !self.affords(size(value), branches.len(), span)
        {
            return Expr::poison(span);
        }
        // ELSE decides first what the common type is.
        let mut results: Vec<_> = otherwise.map(|e| self.operand(e)).into_iter().collect();
        let mut conditions = Vec::new();
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
        let (mut results, ty) = self.unify(results, "CASE");
        if ty == Type::Error || results.iter().chain(&conditions).any(Expr::is_poison) {
            return Expr::poison(span);
        }
        let otherwise = otherwise.map(|_| Box::new(results.remove(0)));
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

    /// `NULLIF(a, b)`: NULL if they are equal, otherwise `a`, converted as the comparison converts it.
    pub(super) fn nullif(&mut self, a: Operand, b: Operand, span: Span) -> Expr {
        let other = b.ty();
        if !self.affords(a.size(), 1, span) {
            return Expr::poison(span);
        }
        let equal = self.compare(CompareOp::Eq, a.clone(), b, span);
        let value = match (a, other) {
            (a @ Operand::Open { .. }, Some(other)) => self.give(a, other),
            (a, other) => {
                let value = self.settle(a);
                if let (Type::Varchar, Some(Type::Char(_))) = (value.ty, other) {
                    return self.poison(refuse::char_without_length("NULLIF", value.span));
                }
                match (other, value.ty) {
                    (Some(other), ty) => {
                        relabel(convert(value, compared_as(ty, other)), compared_as(ty, other))
                    }
                    (None, Type::Varchar) => relabel(value, Type::Text),
                    (None, _) => value,
                }
            }
        };
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
        let copies = args.len() + 1;
        if !args.iter().all(|arg| self.affords(arg.size(), copies, span)) {
            return Expr::poison(span);
        }
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

/// The type that PostgreSQL's `=` takes a value of type `ty` as, when the other side is of type `other`: numbers of
/// different classes meet in the larger one, while there are operators between those of one class.
fn compared_as(ty: Type, other: Type) -> Type {
    let exact = |t| matches!(t, Type::Decimal { .. } | Type::Numeric);
    match ty {
        ty if ty.is_integer() && exact(other) => Type::wide_decimal(0),
        ty if (ty.is_integer() || exact(ty)) && other.is_float() => Type::Double,
        Type::Char(_) if other == Type::Text => Type::Text,
        Type::Varchar => Type::Text,
        ty => ty,
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
