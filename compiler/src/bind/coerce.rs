//! Conversions that nobody wrote: literals take the type of their surroundings, and operands a common one.

use super::Binder;
use super::operand::Operand;
use crate::algebra::{Expr, ExprKind, Literal};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions::{self, CastContext};
use crate::source::Span;
use crate::suggest::nearest;
use crate::types::Type;

impl Binder<'_> {
    /// The operand as an expression; a literal that nothing has given a type is TEXT.
    pub(super) fn settle(&mut self, operand: Operand) -> Expr {
        match operand {
            Operand::Typed(e) => e,
            Operand::Open { text, span } => {
                let literal = text.map_or(Literal::Null, Literal::Text);
                Expr::of(ExprKind::Literal(literal), Type::Text, span)
            }
        }
    }

    /// The operand as an expression of this type, which is known to be reachable by an implicit conversion.
    pub(super) fn give(&mut self, operand: Operand, ty: Type) -> Expr {
        match operand {
            Operand::Typed(e) => convert(e, ty),
            Operand::Open { text: None, span } => Expr::of(ExprKind::Literal(Literal::Null), ty, span),
            Operand::Open { text: Some(text), span } => self.text_as(&text, ty, span),
        }
    }

    /// A string literal read as a value of this type.
    pub(super) fn text_as(&mut self, text: &str, ty: Type, span: Span) -> Expr {
        let labels = match ty {
            Type::Enum(id) => Some(self.catalog.enum_type(id).labels.as_slice()),
            _ => None,
        };
        match functions::parse_literal(text, ty, labels) {
            Ok(literal) => Expr::of(ExprKind::Literal(literal), ty, span),
            Err(reason) => {
                let diagnostic = self.invalid_literal(text, ty, span, reason);
                self.poison(diagnostic)
            }
        }
    }

    fn invalid_literal(&self, text: &str, ty: Type, span: Span, reason: String) -> Diagnostic {
        let Type::Enum(id) = ty else {
            let message = format!("'{text}' is not a valid {}", self.type_name(ty));
            return Diagnostic::error(Code::InvalidLiteral, span, message).label(reason);
        };
        let declared = self.catalog.enum_type(id);
        let message = format!("'{text}' is not a label of the enum `{}`", declared.name);
        let diagnostic = Diagnostic::error(Code::InvalidLiteral, span, message)
            .also(declared.span, "declared here")
            .note(format!("its labels are {}", declared.labels.join(", ")));
        match nearest(text, declared.labels.iter().map(String::as_str)) {
            Some(near) => diagnostic.help(format!("did you mean '{near}'?")).suggest(format!("'{near}'")),
            None => diagnostic,
        }
    }

    /// Operands of which all become values of one type, such as the results of CASE.
    pub(super) fn unify(&mut self, operands: Vec<Operand>, what: &str) -> (Vec<Expr>, Type) {
        if let Some(diagnostic) = self.lengths_differ(&operands, what) {
            self.report(diagnostic);
            return (operands.into_iter().map(|o| Expr::poison(o.span())).collect(), Type::Error);
        }
        self.unify_by(operands, what, functions::common_type, false)
    }

    /// CHARs of different lengths, and CHAR before text, make a CHAR without a length in PostgreSQL: each value keeps
    /// its own number of blanks. There is no such type here.
    fn lengths_differ(&self, operands: &[Operand], what: &str) -> Option<Diagnostic> {
        let char = operands.iter().find(|o| o.ty().is_some())?;
        let Some(Type::Char(n)) = char.ty() else { return None };
        let fits = |o: &Operand| match o {
            Operand::Typed(e) => e.ty == Type::Char(n) || e.is_poison(),
            Operand::Open { text: None, .. } => true,
            Operand::Open { text: Some(text), .. } => text.chars().count() == n as usize,
        };
        let odd = operands.iter().find(|o| !fits(o))?;
        let name = self.type_name(Type::Char(n));
        Some(
            Diagnostic::error(
                Code::Unsupported,
                odd.span(),
                format!("{what}: values of different lengths as CHAR"),
            )
            .label("this has a length of its own")
            .also(char.span(), format!("this is {name}"))
            .help(format!("convert the {name} with `::text`")),
        )
    }

    /// Operands that are compared with each other.
    pub(super) fn unify_compared(&mut self, operands: Vec<Operand>, what: &str) -> (Vec<Expr>, Type) {
        let types: Vec<_> = operands.iter().filter_map(Operand::ty).collect();
        let as_char = matches!(functions::comparison_type(&types), Some(Type::Char(_)));
        let operands = match as_char && types.contains(&Type::Varchar) {
            true => operands.into_iter().map(|o| self.without_blanks(o)).collect(),
            false => operands,
        };
        self.unify_by(operands, what, functions::comparison_type, true)
    }

    /// The text of a string without blanks at the end, which is what a VARCHAR and a CHAR(n) have in common.
    fn without_blanks(&mut self, operand: Operand) -> Operand {
        match operand {
            Operand::Typed(e) if matches!(e.ty, Type::Char(_)) => convert(e, Type::Text).into(),
            Operand::Typed(e) => {
                let span = e.span;
                self.call_named("rtrim", vec![e.into()], span).into()
            }
            Operand::Open { text, span } => {
                Operand::Open { text: text.map(|t| t.trim_end_matches(' ').to_owned()), span }
            }
        }
    }

    fn unify_by(
        &mut self,
        operands: Vec<Operand>,
        what: &str,
        common: impl Fn(&[Type]) -> Option<Type>,
        comparison: bool,
    ) -> (Vec<Expr>, Type) {
        let types: Vec<_> = operands.iter().filter_map(Operand::ty).collect();
        let ty = match types.as_slice() {
            [] => Some(Type::Text),
            _ if types.contains(&Type::Error) => Some(Type::Error),
            types => common(types),
        };
        let Some(ty) = ty else {
            let diagnostic = self.no_common_type(&operands, what, common);
            self.report(diagnostic);
            return (operands.into_iter().map(|o| Expr::poison(o.span())).collect(), Type::Error);
        };
        if ty == Type::Error {
            return (operands.into_iter().map(|o| Expr::poison(o.span())).collect(), ty);
        }
        let texts = operands.iter().filter_map(|o| match o {
            Operand::Open { text, .. } => text.as_deref(),
            Operand::Typed(_) => None,
        });
        let ty = texts.fold(ty, |ty, text| functions::admit_literal(ty, text, comparison));
        (operands.into_iter().map(|o| self.give(o, ty)).collect(), ty)
    }

    /// Names the first operand that does not go with those before it.
    fn no_common_type(
        &self,
        operands: &[Operand],
        what: &str,
        common: impl Fn(&[Type]) -> Option<Type>,
    ) -> Diagnostic {
        let typed: Vec<_> = operands.iter().filter_map(|o| Some((o.ty()?, o.span()))).collect();
        let disagree = |a: usize, b: usize| common(&[typed[a].0, typed[b].0]).is_none();
        let odd = (1..typed.len()).find(|i| disagree(0, *i)).unwrap_or(typed.len() - 1);
        let other = (0..odd).find(|i| disagree(*i, odd)).unwrap_or(0);
        let (first, second) = (self.type_name(typed[other].0), self.type_name(typed[odd].0));
        Diagnostic::error(
            Code::TypeMismatch,
            typed[odd].1,
            format!("{what}: {first} and {second} do not go together"),
        )
        .label(format!("this is {second}"))
        .also(typed[other].1, format!("this is {first}"))
        .help(self.cast_that_would_do(typed[other].0, typed[odd].0))
    }

    /// Advice on how to bring two types together: text gives way to whatever else there is.
    pub(super) fn cast_that_would_do(&self, left: Type, right: Type) -> String {
        let (l, r) = (self.type_name(left), self.type_name(right));
        let is_text = |ty: Type| ty.coerces_as_is(Type::Text);
        let to_left = is_text(right) || (!is_text(left) && functions::cast(right, left).is_some());
        if to_left && functions::cast(right, left).is_some() {
            return format!("convert the {r} with `::{l}`");
        }
        match functions::cast(left, right) {
            Some(_) => format!("convert the {l} with `::{r}`"),
            None => format!("there is no cast between {l} and {r}; compare or combine other columns"),
        }
    }

    /// The operand converted by assignment, as a value stored in a column of this type is.
    pub(super) fn assign(&mut self, operand: Operand, ty: Type) -> Expr {
        match operand {
            Operand::Typed(e) if !e.is_poison() && !e.ty.coerces_as_is(ty) => {
                let allowed = functions::cast(e.ty, ty).is_some_and(|c| c.context != CastContext::Explicit);
                if allowed {
                    return convert(e, ty);
                }
                let (from, to) = (self.type_name(e.ty), self.type_name(ty));
                let message = format!("a column of type {to} cannot default to a value of type {from}");
                let help = match functions::cast(e.ty, ty) {
                    Some(_) => format!("convert it with `::{to}`"),
                    None => format!("write a value of type {to}"),
                };
                self.poison(Diagnostic::error(Code::TypeMismatch, e.span, message).help(help))
            }
            other => self.give(other, ty),
        }
    }
}

/// The expression as a value of this type. Constants are converted here where that is exact and cannot fail.
pub(super) fn convert(expr: Expr, ty: Type) -> Expr {
    if expr.ty.coerces_as_is(ty) || expr.is_poison() {
        return expr;
    }
    if ty == Type::Error {
        return Expr::poison(expr.span);
    }
    let span = expr.span;
    if let ExprKind::Literal(literal) = &expr.kind
        && let Some(literal) = convert_literal(literal, ty)
    {
        return Expr::of(ExprKind::Literal(literal), ty, span);
    }
    Expr::of(ExprKind::Cast(Box::new(expr)), ty, span)
}

/// The expression as one of another type that has the same values.
pub(super) fn relabel(expr: Expr, ty: Type) -> Expr {
    if expr.ty == ty || expr.is_poison() {
        return expr;
    }
    let span = expr.span;
    Expr::of(ExprKind::Cast(Box::new(expr)), ty, span)
}

fn convert_literal(literal: &Literal, to: Type) -> Option<Literal> {
    match (literal, to) {
        (Literal::Null, _) => Some(Literal::Null),
        (Literal::Integer(i), Type::SmallInt) => i16::try_from(*i).ok().map(|_| Literal::Integer(*i)),
        (Literal::Integer(i), Type::Integer) => i32::try_from(*i).ok().map(|_| Literal::Integer(*i)),
        (Literal::Integer(i), Type::BigInt) => Some(Literal::Integer(*i)),
        (Literal::Integer(i), Type::Numeric) => Some(Literal::Numeric { mantissa: i128::from(*i), scale: 0 }),
        (Literal::Integer(i), Type::Decimal { precision, scale }) => {
            rescale(i128::from(*i), 0, precision, scale)
        }
        (Literal::Integer(i), Type::Double) => Some(Literal::Float((*i as f64).to_bits())),
        (Literal::Numeric { mantissa, scale: from }, Type::Decimal { precision, scale }) => {
            rescale(*mantissa, *from, precision, scale)
        }
        (Literal::Numeric { .. }, Type::Numeric) => Some(literal.clone()),
        _ => None,
    }
}

/// The same number with more decimals, if it has room.
fn rescale(mantissa: i128, from: u8, precision: u8, to: u8) -> Option<Literal> {
    let factor = 10i128.checked_pow(u32::from(to.checked_sub(from)?))?;
    let mantissa = mantissa.checked_mul(factor)?;
    let limit = 10i128.checked_pow(u32::from(precision))?;
    (mantissa.abs() < limit).then_some(Literal::Numeric { mantissa, scale: to })
}
