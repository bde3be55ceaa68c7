//! Functions with a syntax of their own: EXTRACT, POSITION, SUBSTRING, TRIM and others.

use sqlparser::ast::{self, CeilFloorKind, TrimWhereField};

use super::coerce::convert;
use super::operand::Operand;
use super::{Binder, refuse};
use crate::algebra::Expr;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;

impl Binder<'_> {
    /// A function with a syntax of its own; `None` if it is none, or in a form that PostgreSQL does not have.
    pub(super) fn special_syntax(&mut self, expr: &ast::Expr, span: Span) -> Option<Expr> {
        use ast::Expr::*;
        let (name, args) = match expr {
            Extract { field, expr, .. } => {
                let text = Some(field.to_string().trim_matches('\'').to_lowercase());
                ("extract", vec![Operand::Open { text, span }, self.operand(expr)])
            }
            Ceil { expr, field: CeilFloorKind::DateTimeField(ast::DateTimeField::NoDateTime) } => {
                ("ceil", vec![self.operand(expr)])
            }
            Floor { expr, field: CeilFloorKind::DateTimeField(ast::DateTimeField::NoDateTime) } => {
                ("floor", vec![self.operand(expr)])
            }
            Position { expr, r#in } => {
                let (part, whole) = (self.operand(expr), self.operand(r#in));
                ("strpos", vec![whole, part])
            }
            Substring { expr, substring_from, substring_for, .. } => {
                ("substring", self.substring(expr, substring_from.as_deref(), substring_for.as_deref(), span))
            }
            Trim { trim_where, trim_what, expr, trim_characters } => {
                let name = match trim_where {
                    Some(TrimWhereField::Leading) => "ltrim",
                    Some(TrimWhereField::Trailing) => "rtrim",
                    _ => "btrim",
                };
                let what = trim_what.as_deref().into_iter().chain(trim_characters.iter().flatten());
                let all: Vec<_> = std::iter::once(&**expr).chain(what).collect();
                (name, all.into_iter().map(|e| self.operand(e)).collect())
            }
            AtTimeZone { timestamp, time_zone } => {
                let (zone, at) = (self.operand(time_zone), self.operand(timestamp));
                return Some(self.at_time_zone(zone, at, span));
            }
            _ => return None,
        };
        Some(self.call_named(name, args, span))
    }

    /// `x AT TIME ZONE 'UTC'`: a moment as the calendar shows it, and back. Both have the same representation.
    pub(super) fn at_time_zone(&mut self, zone: Operand, at: Operand, span: Span) -> Expr {
        if !matches!(&zone, Operand::Open { text: Some(zone), .. } if is_utc(zone)) {
            return self.poison(refuse::time_zone(zone.span()));
        }
        let at = self.settle(at);
        let to = match at.ty {
            Type::Timestamp => Type::TimestampTz,
            Type::TimestampTz | Type::Date => Type::Timestamp,
            Type::Error => return at,
            other => {
                let ty = self.type_name(other);
                let message = format!("AT TIME ZONE needs a timestamp, not {ty}");
                return self.poison(
                    Diagnostic::error(Code::TypeMismatch, at.span, message)
                        .label(format!("this is {ty}"))
                        .help("convert it with `::timestamp` or `::timestamptz`"),
                );
            }
        };
        Expr { span, ..convert(at, to) }
    }

    /// `SUBSTRING(x FROM a FOR b)`; without FROM it begins at the first character.
    fn substring(
        &mut self,
        expr: &ast::Expr,
        from: Option<&ast::Expr>,
        length: Option<&ast::Expr>,
        span: Span,
    ) -> Vec<Operand> {
        let mut args = vec![self.operand(expr)];
        match (from, length) {
            (Some(from), _) => args.push(self.operand(from)),
            (None, Some(_)) => args.push(self.number("1", false, span).into()),
            (None, None) => {}
        }
        args.extend(length.map(|e| self.operand(e)));
        args
    }
}

fn is_utc(zone: &str) -> bool {
    ["utc", "etc/utc", "gmt", "etc/gmt", "uct", "etc/uct", "zulu", "z", "greenwich", "universal"]
        .contains(&zone.to_ascii_lowercase().as_str())
}
