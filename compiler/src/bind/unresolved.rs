//! Why a call means nothing, and what would.

use super::Binder;
use super::call::function_names;
use super::operand::Operand;
use crate::diagnostic::{Code, Diagnostic};
use crate::functions::{self, ResolveError};
use crate::source::Span;
use crate::suggest::nearest;
use crate::types::Type;

/// More signatures than these are no help.
const MAX_SIGNATURES: usize = 8;

impl Binder<'_> {
    /// The error for a call that could not be resolved.
    pub(super) fn unresolved(
        &self,
        name: &str,
        args: &[Operand],
        error: ResolveError,
        span: Span,
    ) -> Diagnostic {
        match error {
            ResolveError::UnknownName => unknown_name(name, span),
            ResolveError::NoMatch { signatures } => match is_operator(name) {
                true => self.no_operator(name, args, signatures, span),
                false => {
                    let message = format!("there is no function `{}`", self.call_text(name, args));
                    let diagnostic = Diagnostic::error(Code::UnknownFunction, span, message);
                    existing(diagnostic, signatures)
                }
            },
            ResolveError::Ambiguous { signatures } => {
                let message = format!("`{}` can mean several things", self.call_text(name, args));
                let diagnostic = Diagnostic::error(Code::Ambiguous, span, message)
                    .help("write the type of the literal, for example `INTERVAL '1 day'` or `'1'::integer`");
                existing(diagnostic, self.fitting(name, args, signatures))
            }
            ResolveError::InvalidConstant { arg, reason } => {
                let at = args.get(arg).map_or(span, Operand::span);
                Diagnostic::error(Code::InvalidLiteral, at, reason)
            }
            ResolveError::Unsupported { reason, help } => {
                Diagnostic::error(Code::Unsupported, span, reason).help(help)
            }
        }
    }

    fn no_operator(&self, name: &str, args: &[Operand], signatures: Vec<String>, span: Span) -> Diagnostic {
        let message = format!("there is no operator `{}`", self.call_text(name, args));
        let mut diagnostic = Diagnostic::error(Code::TypeMismatch, span, message);
        for arg in args {
            if let Some(ty) = arg.ty() {
                diagnostic = diagnostic.also(arg.span(), format!("this is {}", self.type_name(ty)));
            }
        }
        if let [Operand::Typed(l), Operand::Typed(r)] = args
            && let Some(help) = self.cast_for_operator(name, l.ty, r.ty).or_else(|| instead(name, l.ty, r.ty))
        {
            return diagnostic.help(help);
        }
        existing(diagnostic, self.fitting(name, args, signatures))
    }

    /// Of the signatures of an operator those that take one of two operands where it stands.
    fn fitting(&self, name: &str, args: &[Operand], signatures: Vec<String>) -> Vec<String> {
        if !is_operator(name) {
            return signatures;
        }
        let [left, right] = args else { return Vec::new() };
        // Without precision and scale, as signatures have it.
        let kind = |operand: &Operand| {
            let ty = self.type_name(operand.ty()?);
            Some(ty.split('(').next().unwrap_or_default().to_owned())
        };
        let (left, right) = (kind(left), kind(right));
        let fits = |signature: &String| {
            let sides = signature.split_once(&format!(" {name} "));
            sides.is_some_and(|(l, r)| left.as_deref() == Some(l) || right.as_deref() == Some(r))
        };
        signatures.into_iter().filter(fits).collect()
    }

    /// The cast of one side to the type of the other that gives the operator a meaning.
    fn cast_for_operator(&self, name: &str, left: Type, right: Type) -> Option<String> {
        let would_do = |from: Type, to: Type| {
            from != to
                && functions::cast(from, to).is_some()
                && functions::resolve(name, &[to.into(), to.into()]).is_ok()
        };
        let (from, to) = match (would_do(left, right), would_do(right, left)) {
            (true, _) => (left, right),
            (false, true) => (right, left),
            (false, false) => return None,
        };
        Some(format!("convert the {} with `::{}`", self.type_name(from), self.type_name(to)))
    }

    /// The call with the types of its arguments.
    fn call_text(&self, name: &str, args: &[Operand]) -> String {
        let type_of = |a: &Operand| a.ty().map_or_else(|| "unknown".to_owned(), |t| self.type_name(t));
        let types: Vec<_> = args.iter().map(type_of).collect();
        match types.as_slice() {
            [operand] if is_operator(name) => format!("{name} {operand}"),
            [left, right] if is_operator(name) => format!("{left} {name} {right}"),
            types => format!("{name}({})", types.join(", ")),
        }
    }
}

/// What an operator may be meant for that is written in another way.
fn instead(name: &str, left: Type, right: Type) -> Option<String> {
    let is_time =
        |ty| matches!(ty, Type::Timestamp | Type::TimestampTz | Type::Date | Type::Time | Type::Interval);
    let is_shift = (is_time(left) && right.is_number()) || (left.is_number() && is_time(right));
    match name {
        "+" | "-" if is_shift => {
            Some("say the unit of the number, for example with `* INTERVAL '1 day'`".to_owned())
        }
        "+" if left.is_string() && right.is_string() => Some("texts are put together with `||`".to_owned()),
        _ => None,
    }
}

fn is_operator(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The error for a name that no function has.
pub(super) fn unknown_name(name: &str, span: Span) -> Diagnostic {
    if is_operator(name) {
        return Diagnostic::error(Code::UnknownFunction, span, format!("unknown operator `{name}`"));
    }
    let diagnostic = Diagnostic::error(Code::UnknownFunction, span, format!("unknown function `{name}`"));
    match nearest(name, function_names()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// Says which signatures exist, unless there are too many to read.
fn existing(diagnostic: Diagnostic, signatures: Vec<String>) -> Diagnostic {
    match signatures.len() {
        0 => diagnostic,
        1..=MAX_SIGNATURES => diagnostic.note(format!("there is {}", signatures.join(", "))),
        _ => diagnostic.note(format!("there is {}, …", signatures[..MAX_SIGNATURES].join(", "))),
    }
}
