//! `CONCAT` and `CONCAT_WS`, which pass NULLs over and take values of every type as PostgreSQL prints them.

use super::Binder;
use super::coerce::convert;
use super::operand::Operand;
use crate::algebra::{Expr, ExprKind, Literal};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;

impl Binder<'_> {
    /// `CONCAT(a, b, …)`: the texts one after the other, NULL being none.
    pub(super) fn concat(&mut self, args: Vec<Operand>, span: Span) -> Expr {
        let texts: Vec<_> = args.into_iter().map(|arg| self.printed(arg)).collect();
        let texts = texts.into_iter().map(|text| self.or_empty(text)).collect();
        self.concatenated(texts, span)
    }

    /// `CONCAT_WS(separator, a, b, …)`: those that are not NULL, with the separator between them.
    ///
    /// Each comes with the separator before it, `COALESCE(separator || a, '')`, and the first separator is cut off. A first
    /// one that is never NULL stands without it to begin with.
    pub(super) fn concat_ws(&mut self, separator: Operand, args: Vec<Operand>, span: Span) -> Expr {
        if separator.is_poison() || !self.affords(separator.size(), args.len(), span) {
            return Expr::poison(span);
        }
        let Some(separator) = self.separator(separator) else { return Expr::poison(span) };
        let mut texts: Vec<_> = args.into_iter().map(|arg| self.printed(arg)).collect();
        let first = texts.first().is_some_and(|first| !separator.nullable && !first.nullable);
        let first = first.then(|| texts.remove(0));
        let stands_first = first.is_some();
        let mut parts: Vec<Expr> = first.into_iter().collect();
        for text in texts {
            let at = text.span;
            let separated = self.concatenated(vec![separator.clone(), text], at);
            parts.push(self.or_empty(separated));
        }
        let whole = self.concatenated(parts, span);
        if stands_first {
            return whole;
        }
        let length = self.call_named("length", vec![separator.into()], span);
        let start = vec![length.into(), integer(1, span).into()];
        let start = self.call_named("+", start, span);
        self.call_named("substring", vec![whole.into(), start.into()], span)
    }

    /// The separator as a text; `None` if an error has been reported.
    fn separator(&mut self, separator: Operand) -> Option<Expr> {
        match separator {
            Operand::Typed(e) if !e.ty.is_string() => {
                let ty = self.type_name(e.ty);
                let message = format!("the separator of CONCAT_WS must be a text, not {ty}");
                let diagnostic = Diagnostic::error(Code::TypeMismatch, e.span, message);
                self.report(diagnostic.label(format!("this is {ty}")).help("convert it with `::text`"));
                None
            }
            other => Some(self.give(other, Type::Text)),
        }
    }

    /// A value as PostgreSQL prints it, which is its cast to text but for two types: a boolean is a letter, and a CHAR(n) keeps
    /// its blanks.
    fn printed(&mut self, value: Operand) -> Expr {
        let value = self.settle(value);
        let (ty, span) = (value.ty, value.span);
        let text = self.explicit(value, Type::Text, span);
        let length = match ty {
            Type::Boolean => integer(1, span),
            Type::Char(n) => integer(i64::from(n), span),
            _ => return text,
        };
        let function = if ty == Type::Boolean { "left" } else { "rpad" };
        self.call_named(function, vec![text.into(), length.into()], span)
    }

    fn or_empty(&mut self, text: Expr) -> Expr {
        let span = text.span;
        let empty = Operand::Open { text: Some(String::new()), span };
        self.coalesce(vec![text.into(), empty], span)
    }

    fn concatenated(&mut self, texts: Vec<Expr>, span: Span) -> Expr {
        let mut texts = texts.into_iter();
        let Some(first) = texts.next() else { return Expr::poison(span) };
        let first = Expr { span, ..convert(first, Type::Text) };
        texts.fold(first, |whole, text| self.call_named("||", vec![whole.into(), text.into()], span))
    }
}

fn integer(value: i64, span: Span) -> Expr {
    Expr::of(ExprKind::Literal(Literal::Integer(value)), Type::Integer, span)
}
