//! Calls of aggregates.

use sqlparser::ast::{self, DuplicateTreatment, FunctionArg, FunctionArgExpr, FunctionArguments};

use super::clause::Clause;
use super::coerce::convert;
use super::operand::Operand;
use super::{Binder, refuse};
use crate::algebra::{Aggregate, AggregateFunction, Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions;
use crate::source::Span;
use crate::types::Type;

/// An aggregate as it is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// One of the algebra.
    Plain(AggregateFunction),
    /// `bool_and`, `every` and `bool_or`: the least and the greatest of booleans, since false < true.
    Logical(AggregateFunction),
}

/// The aggregates by name.
const AGGREGATES: [(&str, Called); 8] = [
    ("count", Called::Plain(AggregateFunction::Count)),
    ("sum", Called::Plain(AggregateFunction::Sum)),
    ("avg", Called::Plain(AggregateFunction::Avg)),
    ("min", Called::Plain(AggregateFunction::Min)),
    ("max", Called::Plain(AggregateFunction::Max)),
    ("bool_and", Called::Logical(AggregateFunction::Min)),
    ("every", Called::Logical(AggregateFunction::Min)),
    ("bool_or", Called::Logical(AggregateFunction::Max)),
];

/// The aggregate of this name.
pub(super) fn function(name: &str) -> Option<Called> {
    AGGREGATES.iter().find(|(other, _)| *other == name).map(|(_, called)| *called)
}

/// The names of all aggregates.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    AGGREGATES.iter().map(|(name, _)| *name)
}

impl Binder<'_> {
    /// A call of an aggregate: it is collected in the scope and stands as a column beyond the scope's own.
    pub(super) fn aggregate(&mut self, called: Called, call: &ast::Function, span: Span) -> Expr {
        if !self.clause.allows_aggregates() {
            let diagnostic = misplaced(self.clause, span);
            return self.poison(diagnostic);
        }
        let Some((arg, distinct)) = self.aggregate_argument(called, call, span) else {
            return Expr::poison(span);
        };
        let Some((function, arg, ty)) = self.aggregate_type(called, arg, call, span) else {
            return Expr::poison(span);
        };
        let filter = call.filter.as_deref().map(|f| self.condition(f, Clause::Filter));
        if filter.as_ref().is_some_and(Expr::is_poison) {
            return Expr::poison(span);
        }
        // Until the grouping is known, every result but a count can be NULL.
        let nullable = function != AggregateFunction::Count;
        // The least and the greatest of some values are those of the values taken once.
        let distinct = distinct && !matches!(function, AggregateFunction::Min | AggregateFunction::Max);
        let aggregate = Aggregate { function, arg, distinct, filter, ty, nullable, span };
        let scope = self.scope();
        let index = scope.aggregates.iter().position(|a| same(a, &aggregate)).unwrap_or_else(|| {
            scope.aggregates.push(aggregate);
            scope.aggregates.len() - 1
        });
        Expr { kind: ExprKind::Column(scope.fields.len() + index), ty, nullable, span }
    }

    /// The argument (`None` for `*`) and whether it is DISTINCT; `None` if an error has been reported.
    fn aggregate_argument(
        &mut self,
        called: Called,
        call: &ast::Function,
        span: Span,
    ) -> Option<(Option<Operand>, bool)> {
        let list = match &call.args {
            FunctionArguments::List(list) => list,
            _ => {
                self.report(wrong_arguments(call, span));
                return None;
            }
        };
        let distinct = list.duplicate_treatment == Some(DuplicateTreatment::Distinct);
        match list.args.as_slice() {
            [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)]
                if called == Called::Plain(AggregateFunction::Count) && !distinct =>
            {
                Some((None, false))
            }
            [FunctionArg::Unnamed(FunctionArgExpr::Expr(e))] => {
                let arg = self.in_clause(Clause::AggregateArgument, |b| b.operand(e));
                (!arg.is_poison()).then_some((Some(arg), distinct))
            }
            [other @ FunctionArg::Unnamed(FunctionArgExpr::QualifiedWildcard(..))] => {
                let at = self.span(other);
                self.report(refuse::argument(other, at));
                None
            }
            _ => {
                self.report(wrong_arguments(call, span));
                None
            }
        }
    }

    /// The function, its converted argument and its result type; `None` if an error has been reported.
    fn aggregate_type(
        &mut self,
        called: Called,
        arg: Option<Operand>,
        call: &ast::Function,
        span: Span,
    ) -> Option<(AggregateFunction, Option<Expr>, Type)> {
        let arg = arg.map(|a| match called {
            Called::Logical(_) if a.ty().is_none() => self.give(a, Type::Boolean),
            _ => self.settle(a),
        });
        let ty = arg.as_ref().map(|a| a.ty);
        let resolved = match (called, ty) {
            (_, Some(Type::Error)) => return None,
            (Called::Logical(function), Some(Type::Boolean)) => Some((function, (ty, Type::Boolean))),
            (Called::Logical(_), _) => None,
            (Called::Plain(function), _) => functions::aggregate(function, ty).map(|types| (function, types)),
        };
        let Some((function, (arg_type, result))) = resolved else {
            let ty = ty.map_or("nothing".to_owned(), |t| self.type_name(t));
            let at = arg.map_or(span, |a| a.span);
            let message = format!("{} of {ty} is not defined", call.name);
            let help = match called {
                Called::Logical(_) => "give it a condition",
                Called::Plain(AggregateFunction::Sum | AggregateFunction::Avg) => {
                    "give it a number or an interval"
                }
                Called::Plain(_) => "give it a value that has an order",
            };
            self.report(
                Diagnostic::error(Code::TypeMismatch, at, message).label(format!("this is {ty}")).help(help),
            );
            return None;
        };
        let arg = match (arg, arg_type) {
            (Some(arg), Some(ty)) => Some(convert(arg, ty)),
            (arg, _) => arg,
        };
        Some((function, arg, result))
    }
}

/// Whether two calls compute the same.
fn same(a: &Aggregate, b: &Aggregate) -> bool {
    a.function == b.function && a.arg == b.arg && a.distinct == b.distinct && a.filter == b.filter
}

fn wrong_arguments(call: &ast::Function, span: Span) -> Diagnostic {
    let message = format!("{} takes one argument", call.name);
    let diagnostic = Diagnostic::error(Code::UnknownFunction, span, message);
    diagnostic.help(format!("write `{}(x)`; only COUNT also takes `*`", call.name))
}

fn misplaced(clause: Clause, span: Span) -> Diagnostic {
    let message = match clause {
        Clause::AggregateArgument => "an aggregate cannot stand inside of an aggregate".to_owned(),
        other => format!("an aggregate cannot stand in {}", other.name()),
    };
    let diagnostic = Diagnostic::error(Code::MisplacedAggregate, span, message);
    match clause {
        Clause::Where => diagnostic
            .label("there are no groups yet when rows are chosen")
            .help("move the condition to HAVING, which chooses groups"),
        Clause::JoinCondition => diagnostic.help("compare aggregates in HAVING, which chooses groups"),
        Clause::GroupBy => {
            diagnostic.help("group by columns of the input; choose groups by their aggregates in HAVING")
        }
        Clause::Filter => diagnostic.help("FILTER chooses rows by their own columns"),
        Clause::AggregateArgument => {
            diagnostic.help("aggregate once; an aggregate of aggregates needs a subquery in FROM")
        }
        _ => diagnostic.help("aggregates need groups of rows, as the select list of a query has them"),
    }
}
