//! Function calls: the functions with rules of their own, and those of the registry.

use sqlparser::ast::{self, FunctionArg, FunctionArgExpr, FunctionArguments};

use super::operand::Operand;
use super::unresolved::unknown_name;
use super::{Binder, aggregate, names, now, refuse};
use crate::algebra::{CompareOp, Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions::{self, Arg};
use crate::source::Span;
use crate::types::Type;

/// The functions with rules of their own.
const SPECIAL: [&str; 7] = ["coalesce", "concat", "concat_ws", "greatest", "least", "nullif", "timezone"];

/// The names of all functions there are.
pub(super) fn function_names() -> impl Iterator<Item = &'static str> {
    let ruled = aggregate::names().chain(now::clock_names()).chain(SPECIAL);
    ruled.chain(functions::names())
}

impl Binder<'_> {
    /// `name(args)`, with whatever may be written around the arguments.
    pub(super) fn function(&mut self, call: &ast::Function, span: Span) -> Expr {
        let Some(name) = names::function(&call.name) else {
            let at = self.span(&call.name);
            let message = format!("unknown function `{}`", call.name);
            return self.poison(
                Diagnostic::error(Code::UnknownFunction, at, message)
                    .help("functions are named without a schema"),
            );
        };
        if let Some(diagnostic) = refuse::call(call, &name, span) {
            return self.poison(diagnostic);
        }
        if let Some(aggregate) = aggregate::function(&name) {
            return self.aggregate(aggregate, call, span);
        }
        if let Some(misplaced) = &call.filter {
            let at = self.span(&**misplaced);
            let message = format!("FILTER needs an aggregate, and `{name}` is none");
            return self
                .poison(Diagnostic::error(Code::MisplacedAggregate, at, message).help("use CASE instead"));
        }
        if now::is_volatile(&name) {
            return self.volatile(&name, span);
        }
        let Some(args) = self.arguments(call, &name, span) else { return Expr::poison(span) };
        match (now::clock_function(&name), name.as_str(), args.as_slice()) {
            (Some(ty), _, []) => self.now(ty, span),
            (Some(_), ..) => self.poison(
                Diagnostic::error(
                    Code::Unsupported,
                    span,
                    format!("{name} with a precision is not supported"),
                )
                .help("leave the precision out"),
            ),
            (_, "coalesce", [_, ..]) => self.coalesce(args, span),
            (_, "concat", [_, ..]) => self.concat(args, span),
            (_, "concat_ws", [separator, texts @ ..]) if !texts.is_empty() => {
                self.concat_ws(separator.clone(), texts.to_vec(), span)
            }
            (_, "greatest", [_, ..]) => self.extreme(CompareOp::Ge, args, span),
            (_, "least", [_, ..]) => self.extreme(CompareOp::Le, args, span),
            (_, "timezone", [zone, at]) => self.at_time_zone(zone.clone(), at.clone(), span),
            (_, "nullif", [a, b]) => self.nullif(a.clone(), b.clone(), span),
            (_, special, args) if SPECIAL.contains(&special) => {
                let count = if args.len() == 1 { "1 argument" } else { &format!("{} arguments", args.len()) };
                let message = format!("`{special}` cannot be called with {count}");
                self.poison(Diagnostic::error(Code::UnknownFunction, span, message))
            }
            _ => self.call_named(&name, args, span),
        }
    }

    /// The arguments of a call that is no aggregate; `None` if an error has been reported.
    fn arguments(&mut self, call: &ast::Function, name: &str, span: Span) -> Option<Vec<Operand>> {
        let list = match &call.args {
            FunctionArguments::List(list) => list,
            FunctionArguments::None => return Some(Vec::new()),
            FunctionArguments::Subquery(query) => {
                let span = self.span(&**query);
                self.report(refuse::subquery(span));
                return None;
            }
        };
        let mut args = Vec::new();
        for arg in &list.args {
            match arg {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(e)) => args.push(self.operand(e)),
                other => {
                    let known = function_names().any(|known| known == name);
                    self.report(if known { refuse::argument(other, span) } else { unknown_name(name, span) });
                    return None;
                }
            }
        }
        Some(args)
    }

    /// A call of a registered function or operator.
    pub(super) fn call_named(&mut self, name: &str, args: Vec<Operand>, span: Span) -> Expr {
        if args.iter().any(Operand::is_poison) {
            return Expr::poison(span);
        }
        let described: Vec<Arg<'_>> = args.iter().map(Operand::arg).collect();
        let resolved = match functions::resolve(name, &described) {
            Ok(resolved) => resolved,
            Err(error) => {
                let diagnostic = self.unresolved(name, &args, error, span);
                return self.poison(diagnostic);
            }
        };
        let mut args: Vec<_> = args.into_iter().map(Some).collect();
        let passed = resolved.args.iter().zip(resolved.arg_types);
        let args: Vec<_> = passed
            .filter_map(|(at, ty)| Some((args[*at].take()?, ty)))
            .map(|(a, ty)| self.give(a, ty))
            .collect();
        if args.iter().any(Expr::is_poison) {
            return Expr::poison(span);
        }
        Expr::of(ExprKind::Call { function: resolved.function, args }, resolved.result, span)
    }
}

impl Expr {
    /// The text of a string constant.
    pub(super) fn constant_text(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Literal(crate::algebra::Literal::Text(text)) if self.ty.coerces_as_is(Type::Text) => {
                Some(text)
            }
            _ => None,
        }
    }

    /// The number of an integer constant.
    pub(super) fn constant_integer(&self) -> Option<i64> {
        match &self.kind {
            ExprKind::Literal(crate::algebra::Literal::Integer(i)) => Some(*i),
            _ => None,
        }
    }
}
