//! Time windows: a comparison of a row expression with a monotone function of the clock flips exactly once.
//!
//! For a monotone `f`, `f(now) >= y` holds from the smallest `t` with `f(t) >= y` on (the lower adjoint of `f`); a chain of stages is inverted from
//! the outermost to the innermost. So each comparison has one moment, computed from the row alone, at which it becomes true or false.

use crate::algebra::{CompareOp, Expr, ExprKind, Literal};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions;
use crate::types::Type;

use super::Window;

/// One stage of a monotone function of the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// `· + INTERVAL` (subtraction is the negated interval).
    Add {
        /// Months.
        months: i32,
        /// Days.
        days: i32,
        /// Microseconds.
        micros: i64,
    },
    /// `DATE_TRUNC(unit, ·)`, with the unit's name.
    Truncate(String),
    /// The cast of a timestamp to a date; what follows counts in days.
    ToDate,
    /// `· + n` of a date.
    AddDays(i32),
    /// The cast of a date to a timestamp.
    ToTimestamp,
}

/// The windows of a comparison that reads the clock; an equality has two. `input_of` finds the input of an expression that reads one only.
pub(super) fn windows(
    expr: &Expr,
    filters: bool,
    input_of: &impl Fn(&Expr) -> Option<usize>,
) -> Result<Vec<Window>, Diagnostic> {
    let ExprKind::Compare(op, left, right) = &expr.kind else {
        return Err(unmaintainable(expr, "NOW() can be maintained only in a comparison")
            .help("compare a column with it: `created_at > NOW() - INTERVAL '1 hour'`; conditions may be combined by AND"));
    };
    let (op, row, clock) = match (left.reads_clock(), right.reads_clock()) {
        (false, true) => (*op, &**left, &**right),
        (true, false) => (op.flipped(), &**right, &**left),
        _ => return Err(unmaintainable(expr, "NOW() may stand on one side of the comparison only")),
    };
    let mut stages = Vec::new();
    stages_of(clock, &mut stages)?;
    let Some(input) = input_of(row) else {
        return Err(unmaintainable(row, "NOW() is compared with more than one table, or with none")
            .label("this must read columns of exactly one table")
            .help("compare a column of one table with an expression of NOW()"));
    };
    let window = |successor, enters| Window {
        input,
        row: row.clone(),
        successor,
        stages: stages.clone(),
        enters,
        filters,
        span: expr.span,
    };
    Ok(match op {
        CompareOp::Gt => vec![window(false, false)],
        CompareOp::Ge => vec![window(true, false)],
        CompareOp::Lt => vec![window(true, true)],
        CompareOp::Le => vec![window(false, true)],
        CompareOp::Eq => vec![window(false, true), window(true, false)],
        CompareOp::Ne => {
            return Err(unmaintainable(expr, "`<>` with NOW() is not maintained")
                .help("write the two sides as two queries, or compare with `<` and `>`"));
        }
    })
}

fn stages_of(expr: &Expr, stages: &mut Vec<Stage>) -> Result<(), Diagnostic> {
    match &expr.kind {
        ExprKind::Now(_) => Ok(()),
        ExprKind::Cast(inner) => {
            stages_of(inner, stages)?;
            match (inner.ty, expr.ty) {
                (Type::Timestamp | Type::TimestampTz, Type::Timestamp | Type::TimestampTz) => {}
                (Type::Timestamp | Type::TimestampTz, Type::Date) => stages.push(Stage::ToDate),
                (Type::Date, Type::Timestamp | Type::TimestampTz) => stages.push(Stage::ToTimestamp),
                _ => return Err(not_monotone(expr)),
            }
            Ok(())
        }
        ExprKind::Call { function, args } => match (function.name, args.as_slice()) {
            ("+", [l, r]) if l.reads_clock() => add(l, r, false, stages),
            ("+", [l, r]) => add(r, l, false, stages),
            ("-", [l, r]) if !r.reads_clock() => add(l, r, true, stages),
            ("date_trunc", args) => {
                let Some(source) = args.iter().find(|a| a.reads_clock()) else {
                    return Err(not_monotone(expr));
                };
                stages_of(source, stages)?;
                let unit = function.unit.ok_or_else(|| not_monotone(expr))?;
                stages.push(Stage::Truncate(unit.to_owned()));
                Ok(())
            }
            _ => Err(not_monotone(expr)),
        },
        _ => Err(not_monotone(expr)),
    }
}

fn add(clock: &Expr, by: &Expr, subtract: bool, stages: &mut Vec<Stage>) -> Result<(), Diagnostic> {
    stages_of(clock, stages)?;
    // Whether the rest of the query is folded or not, a shift is a constant.
    let mut folded = by.clone();
    functions::fold(&mut folded, &|_| None);
    let mut constant = &folded;
    while let ExprKind::Cast(inner) = &constant.kind {
        constant = inner;
    }
    match &constant.kind {
        ExprKind::Literal(Literal::Interval { months, days, micros }) => {
            let (m, d, u) = (i64::from(*months), i64::from(*days), i128::from(*micros));
            let sign = if subtract { -1 } else { 1 };
            let stage = (|| {
                Some(Stage::Add {
                    months: i32::try_from(m * sign).ok()?,
                    days: i32::try_from(d * sign).ok()?,
                    micros: i64::try_from(u * i128::from(sign)).ok()?,
                })
            })();
            let stage = stage.ok_or_else(|| not_monotone(by))?;
            if *months != 0 && !at_midnight(stages) {
                return Err(unmaintainable(by, "NOW() shifted by months is not a monotone function of time")
                    .note("2026-03-28 18:00 less a month is 2026-02-28 18:00, but 2026-03-29 06:00 less a month is 2026-02-28 06:00")
                    .help("shift a whole day: `DATE_TRUNC('day', NOW()) - INTERVAL '1 month'`, or shift by days: `INTERVAL '30 days'`"));
            }
            stages.push(stage);
            Ok(())
        }
        ExprKind::Literal(Literal::Integer(n)) if clock.ty == Type::Date => {
            let days = i32::try_from(if subtract { -*n } else { *n });
            stages.push(Stage::AddDays(days.map_err(|_| not_monotone(by))?));
            Ok(())
        }
        _ => Err(unmaintainable(by, "only a constant may be added to NOW()")
            .help("move the column to the other side of the comparison: `created_at + span > NOW()`")),
    }
}

/// Whether what the stages compute is always a midnight.
fn at_midnight(stages: &[Stage]) -> bool {
    match stages.last() {
        Some(Stage::Truncate(unit)) => {
            !matches!(unit.as_str(), "microseconds" | "milliseconds" | "second" | "minute" | "hour")
        }
        Some(Stage::ToTimestamp) => true,
        Some(Stage::Add { micros: 0, .. }) => at_midnight(&stages[..stages.len() - 1]),
        _ => false,
    }
}

fn not_monotone(expr: &Expr) -> Diagnostic {
    unmaintainable(expr, "this function of NOW() is not maintained")
        .help("NOW() can be shifted by a constant INTERVAL, truncated by DATE_TRUNC, or cast to DATE, and then compared with a column")
}

fn unmaintainable(expr: &Expr, message: &str) -> Diagnostic {
    Diagnostic::error(Code::UnmaintainableNow, expr.span, message)
}
