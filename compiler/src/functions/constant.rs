//! Functions and casts of constants.

use super::{evaluate, evaluate_cast, literal_of, value_of};
use crate::algebra::{Expr, ExprKind, Literal};
use crate::types::Type;

/// The value of a function or a cast of literals; `None` if the expression is anything else, or fails. `labels` are those of
/// an enum.
pub fn constant<'l>(expr: &Expr, labels: &impl Fn(Type) -> Option<&'l [String]>) -> Option<Literal> {
    let value = |e: &Expr| match &e.kind {
        ExprKind::Literal(literal) => value_of(literal, e.ty, labels(e.ty)),
        _ => None,
    };
    let result = match &expr.kind {
        ExprKind::Call { function, args } => {
            let args = args.iter().map(value).collect::<Option<Vec<_>>>()?;
            evaluate(function, &args, expr.ty).ok()?
        }
        ExprKind::Cast(inner) => {
            let labels = labels(inner.ty).or_else(|| labels(expr.ty));
            evaluate_cast(&value(inner)?, inner.ty, expr.ty, labels).ok()?
        }
        _ => return None,
    };
    literal_of(&result, expr.ty, labels(expr.ty))
}

/// Replaces every part of an expression that is a function or a cast of constants by its value, the innermost first. What
/// fails stays as it is.
pub fn fold<'l>(expr: &mut Expr, labels: &impl Fn(Type) -> Option<&'l [String]>) {
    expr.walk_mut(&mut |e| {
        if let Some(literal) = constant(e, labels) {
            e.nullable = literal == Literal::Null;
            e.kind = ExprKind::Literal(literal);
        }
    });
}
