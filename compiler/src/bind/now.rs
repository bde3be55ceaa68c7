//! The clock: where it may be read, and what to write where it may not.

use super::Binder;
use super::clause::Clause;
use super::coerce::convert;
use crate::algebra::{Expr, ExprKind, NowFunction};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::types::Type;

/// The functions that read the clock and follow the transaction, with the type of what they return.
pub(super) fn clock_function(name: &str) -> Option<Type> {
    match name {
        "now" | "current_timestamp" | "transaction_timestamp" => Some(Type::TimestampTz),
        "localtimestamp" => Some(Type::Timestamp),
        "current_date" => Some(Type::Date),
        _ => None,
    }
}

/// Functions whose result changes in ways that no maintained result can follow.
pub(super) fn is_volatile(name: &str) -> bool {
    const VOLATILE: &[&str] = &[
        "clock_timestamp",
        "statement_timestamp",
        "timeofday",
        "current_time",
        "localtime",
        "random",
        "gen_random_uuid",
        "nextval",
        "currval",
        "lastval",
        "txid_current",
        "pg_sleep",
    ];
    VOLATILE.contains(&name)
}

impl Binder<'_> {
    /// `NOW()` and the functions derived of it.
    pub(super) fn now(&mut self, ty: Type, span: Span) -> Expr {
        if !self.clause.allows_now() {
            let diagnostic = misplaced(self.clause, span);
            return self.poison(diagnostic);
        }
        let now = Expr::of(ExprKind::Now(NowFunction::Now), Type::TimestampTz, span);
        convert(now, ty)
    }

    /// A call of a volatile function.
    pub(super) fn volatile(&mut self, name: &str, span: Span) -> Expr {
        let diagnostic =
            Diagnostic::error(Code::UnmaintainableNow, span, format!("{name}() cannot be maintained"))
                .label("its value changes without any change of a table");
        let time = name.contains("time");
        self.poison(diagnostic.help(match time {
            true => "use NOW() in a comparison of WHERE or FILTER",
            false => "compute the value when the row is written and store it in a column",
        }))
    }

    /// Checks that a condition reads the clock only in comparisons that must all hold.
    pub(super) fn check_clock(&mut self, condition: Expr) -> Expr {
        if !condition.reads_clock() {
            return condition;
        }
        let conjuncts = condition.clone().conjuncts();
        for conjunct in
            conjuncts.iter().filter(|c| c.reads_clock() && !matches!(c.kind, ExprKind::Compare(..)))
        {
            let span = clock_span(conjunct).unwrap_or(conjunct.span);
            self.report(
                Diagnostic::error(Code::UnmaintainableNow, span, "NOW() may only stand in a comparison here")
                    .also(conjunct.span, "this condition cannot be scheduled")
                    .help(
                        "compare a column with NOW() and join such comparisons by AND: `created_at > NOW() - INTERVAL '1 hour'`",
                    ),
            );
        }
        condition
    }
}

/// Where an expression reads the clock.
fn clock_span(expr: &Expr) -> Option<Span> {
    let mut found = None;
    expr.walk(&mut |e| {
        if let ExprKind::Now(_) = e.kind {
            found = found.or(Some(e.span));
        }
    });
    found
}

fn misplaced(clause: Clause, span: Span) -> Diagnostic {
    let message = format!("NOW() cannot stand in {}", clause.name());
    let diagnostic = Diagnostic::error(Code::UnmaintainableNow, span, message)
        .label("this would change every row at every moment");
    diagnostic.help(match clause {
        Clause::Select => {
            "select the column itself and compute with the time where it is shown; to count recent rows write `COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour')`"
        }
        Clause::Having => "move the comparison with NOW() to WHERE, or to the FILTER of an aggregate",
        Clause::GroupBy => "group by the column, for example `DATE_TRUNC('hour', created_at)`, and compare it with NOW() in WHERE",
        Clause::OrderBy => "order by the column itself: its age is the same order reversed",
        Clause::AggregateArgument => "put the comparison with NOW() in FILTER: `COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour')`",
        Clause::Check => "a CHECK holds forever or not at all; check it where the row is written",
        _ => "write a constant",
    })
}
