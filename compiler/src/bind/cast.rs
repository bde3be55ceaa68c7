//! CAST and `::`.

use sqlparser::ast::{self, CastKind, DataType};

use super::operand::Operand;
use super::{Binder, coerce};
use crate::algebra::{Expr, ExprKind, Literal};
use crate::catalog::{self, Declared};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions;
use crate::source::Span;
use crate::types::Type;

impl Binder<'_> {
    /// `CAST(x AS type)` and `x::type`.
    pub(super) fn cast(&mut self, kind: &CastKind, inner: &ast::Expr, to: &DataType, span: Span) -> Expr {
        if !matches!(kind, CastKind::Cast | CastKind::DoubleColon) {
            return self.poison(
                Diagnostic::error(Code::Unsupported, span, "PostgreSQL has no such cast")
                    .help("write CAST or `::`"),
            );
        }
        let operand = self.operand(inner);
        self.cast_to(operand, to, span)
    }

    /// An explicit cast to a type as it is written.
    pub(super) fn cast_to(&mut self, operand: Operand, to: &DataType, span: Span) -> Expr {
        let Declared { ty, max_length } = match catalog::resolve_type(self.catalog, to, span) {
            Ok(declared) => declared,
            Err(diagnostic) => return self.poison(*diagnostic),
        };
        let cast = match operand {
            Operand::Open { text: None, .. } => self.give(Operand::Open { text: None, span }, ty),
            Operand::Open { text: Some(text), span: at } => {
                let text = cut(text, ty, max_length);
                let mut literal = self.text_as(&text, ty, at);
                literal.span = span;
                return literal;
            }
            Operand::Typed(e) => self.explicit(e, ty, span),
        };
        match max_length {
            Some(n) => self.shorten(cast, n, span),
            None => cast,
        }
    }

    /// An explicit cast of an expression that has a type.
    pub(super) fn explicit(&mut self, expr: Expr, to: Type, span: Span) -> Expr {
        let at = |mut e: Expr| {
            e.span = span;
            e
        };
        // NUMERIC without a scale keeps the decimals a number has, so those that are known stay known.
        let to = match (expr.ty, to) {
            (from @ Type::Decimal { .. }, Type::Numeric) => from,
            (from, Type::Numeric) if from.is_integer() => Type::wide_decimal(0),
            _ => to,
        };
        if expr.is_poison() || expr.ty.coerces_as_is(to) {
            return at(coerce::relabel(expr, to));
        }
        // There is a text form of everything, and CHAR(n) is cut from that.
        let expr = match to {
            Type::Char(_) if functions::cast(expr.ty, to).is_none() => self.explicit(expr, Type::Text, span),
            _ => expr,
        };
        if functions::cast(expr.ty, to).is_none() {
            let (from, to) = (self.type_name(expr.ty), self.type_name(to));
            let message = format!("{from} cannot be cast to {to}");
            return self.poison(
                Diagnostic::error(Code::TypeMismatch, span, message).label(format!("this is {from}")),
            );
        }
        at(coerce::convert(expr, to))
    }

    /// VARCHAR(n) cuts what is too long.
    fn shorten(&mut self, expr: Expr, n: u32, span: Span) -> Expr {
        let length = Expr::of(ExprKind::Literal(Literal::Integer(i64::from(n))), Type::Integer, span);
        Expr { ty: Type::Varchar, ..self.call_named("left", vec![expr.into(), length.into()], span) }
    }
}

/// An explicit cast of a string literal cuts it to the length of the type.
fn cut(text: String, ty: Type, max_length: Option<u32>) -> String {
    let length = match ty {
        Type::Char(n) => Some(n),
        _ => max_length,
    };
    match length {
        Some(n) => text.chars().take(n as usize).collect(),
        None => text,
    }
}
