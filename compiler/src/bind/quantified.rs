//! `x op ANY (ARRAY[…])` and `x op ALL (ARRAY[…])`: a comparison with each element, joined by OR or by AND.

use sqlparser::ast::{self, ArrayElemTypeDef, BinaryOperator, CastKind, DataType};

use super::operand::Operand;
use super::predicate::negation;
use super::row::connect;
use super::{Binder, refuse};
use crate::algebra::{CompareOp, Expr, ExprKind, Literal};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;

/// Whether one element is enough, or all must do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    Any,
    All,
}

impl Binder<'_> {
    /// `x op ANY (array)` and `x op ALL (array)`
    pub(super) fn quantified(
        &mut self,
        left: &ast::Expr,
        op: &BinaryOperator,
        quantifier: Quantifier,
        array: &ast::Expr,
        span: Span,
    ) -> Expr {
        let left = self.operand(left);
        let after = Span { start: left.span().end.min(span.end), ..span };
        let Some(elements) = self.elements(array, None, after) else { return Expr::poison(span) };
        if left.is_poison() || elements.iter().any(Operand::is_poison) {
            return Expr::poison(span);
        }
        match (Self::comparison(op), quantifier) {
            _ if elements.is_empty() => {
                let truth = Literal::Boolean(quantifier == Quantifier::All);
                Expr::of(ExprKind::Literal(truth), Type::Boolean, span)
            }
            (Some(CompareOp::Eq), Quantifier::Any) => self.among(left, elements, "ANY", span),
            (Some(CompareOp::Ne), Quantifier::All) => {
                let found = self.among(left, elements, "ALL", span);
                negation(found, span)
            }
            _ => {
                if !self.affords(left.size(), elements.len() - 1, span) {
                    return Expr::poison(span);
                }
                let each = elements.into_iter().map(|element| self.apply(op, left.clone(), element, span));
                let by = if quantifier == Quantifier::Any { ExprKind::Or } else { ExprKind::And };
                connect(by, each.collect(), span)
            }
        }
    }

    /// The elements of an array that is written out at this place, which have one type or are cast to one; `None` if an
    /// error has been reported.
    fn elements(&mut self, array: &ast::Expr, to: Option<&DataType>, place: Span) -> Option<Vec<Operand>> {
        match (array, to) {
            (ast::Expr::Nested(inner), _) => self.elements(inner, to, place),
            (ast::Expr::Array(array), Some(to)) => {
                let cast = |element: &ast::Expr| {
                    let (operand, span) = (self.operand(element), self.span(element));
                    Operand::Typed(self.cast_to(operand, to, span))
                };
                Some(array.elem.iter().map(cast).collect())
            }
            (ast::Expr::Array(elements), None) if !elements.elem.is_empty() => {
                let elements: Vec<_> = elements.elem.iter().map(|e| self.operand(e)).collect();
                let (unified, ty) = self.unify(elements.clone(), "ARRAY");
                // Exact numbers are the same in every type that holds them.
                let exact = |o: &Operand| o.ty().is_some_and(|ty| ty.is_number() && !ty.is_float());
                match elements.iter().all(exact) && ty != Type::Error {
                    true => Some(elements),
                    false => Some(unified.into_iter().map(Operand::Typed).collect()),
                }
            }
            (
                ast::Expr::Cast {
                    kind: CastKind::Cast | CastKind::DoubleColon,
                    expr,
                    data_type: DataType::Array(ArrayElemTypeDef::SquareBracket(element, _)),
                    format: None,
                    ..
                },
                None,
            ) => self.elements(expr, Some(element), place),
            (ast::Expr::Array(_), None) => {
                // No node of an empty array has a place of its own.
                let at = self.spans.find(place, &["ARRAY"]).unwrap_or(place);
                let diagnostic = Diagnostic::error(Code::TypeMismatch, at, "an empty array needs a type");
                self.report(diagnostic.help("write `ARRAY[]::integer[]`, for example"));
                None
            }
            (other, _) => {
                let span = self.span(other);
                self.report(refuse::array(span));
                None
            }
        }
    }
}
