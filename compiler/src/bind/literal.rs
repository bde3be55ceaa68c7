//! Constants: numbers, strings, typed strings and intervals.

use sqlparser::ast::{self, DateTimeField, Value};

use super::operand::Operand;
use super::{Binder, refuse};
use crate::algebra::{Expr, ExprKind, Literal};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;

/// The most digits a NUMERIC constant can have.
const MAX_DIGITS: usize = 38;

impl Binder<'_> {
    /// A constant as the parser delivers it.
    pub(super) fn value(&mut self, value: &Value, span: Span) -> Operand {
        match value {
            Value::Number(digits, _) => Operand::Typed(self.number(digits, false, span)),
            Value::Boolean(b) => {
                Operand::Typed(Expr::of(ExprKind::Literal(Literal::Boolean(*b)), Type::Boolean, span))
            }
            Value::Null => Operand::Open { text: None, span },
            Value::Placeholder(_) => {
                let diagnostic = refuse::parameter(span);
                Operand::Typed(self.poison(diagnostic))
            }
            other => match string(other) {
                Some(text) => Operand::Open { text: Some(text.to_owned()), span },
                None => {
                    let diagnostic = refuse::literal(span);
                    Operand::Typed(self.poison(diagnostic))
                }
            },
        }
    }

    /// A number: INTEGER if it fits, else BIGINT, else NUMERIC; with a point or an exponent always NUMERIC.
    pub(super) fn number(&mut self, digits: &str, negative: bool, span: Span) -> Expr {
        let sign = if negative { "-" } else { "" };
        if let Ok(i) = format!("{sign}{digits}").parse::<i64>() {
            let ty = if i32::try_from(i).is_ok() { Type::Integer } else { Type::BigInt };
            return Expr::of(ExprKind::Literal(Literal::Integer(i)), ty, span);
        }
        let Some((mantissa, scale)) = decimal(digits) else {
            let message = format!("the number {sign}{digits} has more than {MAX_DIGITS} digits");
            return self.poison(
                Diagnostic::error(Code::InvalidLiteral, span, message)
                    .help("use fewer digits, or a double precision such as `'1e100'::double precision`"),
            );
        };
        let used = mantissa.checked_ilog10().unwrap_or(0) as u8 + 1;
        let precision = used.max(scale).max(1);
        let mantissa = if negative { -mantissa } else { mantissa };
        let literal = Literal::Numeric { mantissa, scale };
        Expr::of(ExprKind::Literal(literal), Type::Decimal { precision, scale }, span)
    }

    /// `DATE '2026-01-01'` and its like.
    pub(super) fn typed_string(&mut self, typed: &ast::TypedString, span: Span) -> Expr {
        let text = string(&typed.value.value).map(str::to_owned);
        let text_span = self.span(&typed.value);
        let operand = Operand::Open { text, span: text_span };
        self.cast_to(operand, &typed.data_type, span)
    }

    /// `INTERVAL '1 day'`, `INTERVAL '1' DAY`, `INTERVAL '1:30' MINUTE TO SECOND`.
    pub(super) fn interval(&mut self, interval: &ast::Interval, span: Span) -> Expr {
        let text = match &*interval.value {
            ast::Expr::Value(v) => string(&v.value),
            _ => None,
        };
        let Some(text) = text else {
            let message = "INTERVAL needs a string";
            return self.poison(
                Diagnostic::error(Code::Syntax, span, message)
                    .help("write `INTERVAL '1 day'`; for a computed one multiply: `n * INTERVAL '1 day'`"),
            );
        };
        if interval.leading_precision.is_some() || interval.fractional_seconds_precision.is_some() {
            return self.poison(
                Diagnostic::error(Code::Unsupported, span, "an interval with a precision is not supported")
                    .help("leave the precision out and write the seconds as you want them"),
            );
        }
        let Some(first) = &interval.leading_field else { return self.text_as(text, Type::Interval, span) };
        let last = interval.last_field.as_ref().unwrap_or(first);
        let (Some(first), Some(last)) = (Unit::of(first), Unit::of(last)) else {
            return self.poison(
                Diagnostic::error(Code::InvalidLiteral, span, "an interval has no such field")
                    .help("its fields are YEAR, MONTH, DAY, HOUR, MINUTE and SECOND"),
            );
        };
        let mut bound = self.text_as(&qualify(text, first, last), Type::Interval, span);
        if let ExprKind::Literal(Literal::Interval { months, days, micros }) = &mut bound.kind {
            last.truncate(months, days, micros);
        }
        bound
    }
}

/// The text of a string literal, in any of its spellings.
pub(super) fn string(value: &Value) -> Option<&str> {
    match value {
        Value::SingleQuotedString(s)
        | Value::EscapedStringLiteral(s)
        | Value::UnicodeStringLiteral(s)
        | Value::NationalStringLiteral(s) => Some(s),
        Value::DollarQuotedString(s) => Some(&s.value),
        _ => None,
    }
}

/// Digits with a point or an exponent as mantissa and scale.
fn decimal(digits: &str) -> Option<(i128, u8)> {
    let (number, exponent) = match digits.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let joined = format!("{whole}{fraction}");
    let significant = joined.trim_start_matches('0');
    if significant.len() > MAX_DIGITS {
        return None;
    }
    let mantissa = if significant.is_empty() { 0 } else { significant.parse::<i128>().ok()? };
    let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    match u8::try_from(scale) {
        Ok(scale) if usize::from(scale) <= MAX_DIGITS => Some((mantissa, scale)),
        Ok(_) => None,
        Err(_) if scale > 0 => None,
        Err(_) => {
            let mantissa = mantissa.checked_mul(10i128.checked_pow(scale.unsigned_abs())?)?;
            (mantissa.checked_ilog10().unwrap_or(0) < MAX_DIGITS as u32).then_some((mantissa, 0))
        }
    }
}

/// A field of an interval, from the largest to the smallest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

impl Unit {
    fn of(field: &DateTimeField) -> Option<Unit> {
        use DateTimeField::*;
        Some(match field {
            Year | Years => Unit::Year,
            Month | Months => Unit::Month,
            Day | Days => Unit::Day,
            Hour | Hours => Unit::Hour,
            Minute | Minutes => Unit::Minute,
            Second | Seconds => Unit::Second,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Unit::Year => "year",
            Unit::Month => "month",
            Unit::Day => "day",
            Unit::Hour => "hour",
            Unit::Minute => "minute",
            Unit::Second => "second",
        }
    }

    /// Drops everything smaller than this field.
    fn truncate(self, months: &mut i32, days: &mut i32, micros: &mut i64) {
        const MINUTE: i64 = 60_000_000;
        if self == Unit::Year {
            *months -= *months % 12;
        }
        if matches!(self, Unit::Year | Unit::Month) {
            *days = 0;
        }
        match self {
            Unit::Year | Unit::Month | Unit::Day => *micros = 0,
            Unit::Hour => *micros -= *micros % (60 * MINUTE),
            Unit::Minute => *micros -= *micros % MINUTE,
            Unit::Second => {}
        }
    }
}

/// An interval's text with the units that its fields give to bare numbers.
fn qualify(text: &str, first: Unit, last: Unit) -> String {
    let text = text.trim();
    let bare = |s: &str| s.parse::<f64>().is_ok() && s.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    if bare(text) {
        return format!("{text} {}", last.word());
    }
    let (before, time) = text.rsplit_once(' ').map_or(("", text), |(before, time)| (before.trim(), time));
    if (first, last) == (Unit::Minute, Unit::Second) && time.matches(':').count() == 1 {
        let (sign, digits) = match time.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", time),
        };
        return format!("{before} {sign}00:{digits}");
    }
    if last == Unit::Hour && bare(before) && bare(time) {
        return format!("{before} day {time} hour");
    }
    text.to_owned()
}
