//! `INTERVAL '1 hour' * 24` becomes `INTERVAL '24 hours'`.
//!
//! A function or cast of constants is evaluated once, here. One that fails is left where it is: PostgreSQL raises
//! the error only if the expression is evaluated, so it belongs to the rows that reach it.

use crate::algebra::{Expr, ExprKind, Literal, Query};
use crate::catalog::Catalog;
use crate::functions;
use crate::types::Type;

pub(super) fn apply(catalog: &Catalog, query: &mut Query) {
    query.expressions_mut(&mut |expr| expr.walk_mut(&mut |e| fold(catalog, e)));
}

fn fold(catalog: &Catalog, expr: &mut Expr) {
    if let Some(literal) = folded(catalog, expr) {
        expr.nullable = literal == Literal::Null;
        expr.kind = ExprKind::Literal(literal);
    }
}

fn folded(catalog: &Catalog, expr: &Expr) -> Option<Literal> {
    let labels = |ty: Type| match ty {
        Type::Enum(id) => Some(catalog.enum_type(id).labels.as_slice()),
        _ => None,
    };
    let value = |e: &Expr| match &e.kind {
        ExprKind::Literal(literal) => functions::value_of(literal, e.ty, labels(e.ty)),
        _ => None,
    };
    let result = match &expr.kind {
        ExprKind::Call { function, args } => {
            let args = args.iter().map(value).collect::<Option<Vec<_>>>()?;
            functions::evaluate(function, &args, expr.ty).ok()?
        }
        ExprKind::Cast(inner) => {
            let labels = labels(inner.ty).or_else(|| labels(expr.ty));
            functions::evaluate_cast(&value(inner)?, inner.ty, expr.ty, labels).ok()?
        }
        _ => return None,
    };
    functions::literal_of(&result, expr.ty, labels(expr.ty))
}
