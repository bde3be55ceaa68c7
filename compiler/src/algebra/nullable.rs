//! Nullability: whether an expression can be NULL, and which columns a condition proves not to be.

use std::collections::BTreeSet;

use super::{Expr, ExprKind, Literal};

/// Whether an expression of this kind can be NULL, given whether its parts can. Leaves that read columns
/// know it themselves and are taken to be nullable here.
pub(crate) fn of(kind: &ExprKind) -> bool {
    let any = |es: &[Expr]| es.iter().any(|e| e.nullable);
    match kind {
        ExprKind::Column(_) => true,
        ExprKind::Literal(l) => *l == Literal::Null,
        ExprKind::Now(_) | ExprKind::IsNull { .. } | ExprKind::Distinct { .. } => false,
        ExprKind::Call { function, args } => function.nullable || any(args),
        ExprKind::And(es) | ExprKind::Or(es) => any(es),
        ExprKind::Cast(e) | ExprKind::Not(e) => e.nullable,
        ExprKind::Compare(_, l, r) => l.nullable || r.nullable,
        ExprKind::In { expr, list, .. } => expr.nullable || any(list),
        ExprKind::Case { branches, otherwise } => {
            branches.iter().any(|(condition, result)| is_null_under(result, &proven(condition, true)))
                || otherwise.as_ref().is_none_or(|e| e.nullable)
        }
        ExprKind::Coalesce(es) => es.iter().all(|e| e.nullable),
    }
}

/// Whether an expression can be NULL where these columns are not.
fn is_null_under(expr: &Expr, known: &BTreeSet<usize>) -> bool {
    if known.is_empty() || !expr.nullable {
        return expr.nullable;
    }
    let any = |es: &[Expr]| es.iter().any(|e| is_null_under(e, known));
    match &expr.kind {
        ExprKind::Column(c) => !known.contains(c),
        ExprKind::Call { function, args } => function.nullable || any(args),
        ExprKind::And(es) | ExprKind::Or(es) => any(es),
        ExprKind::Cast(e) | ExprKind::Not(e) => is_null_under(e, known),
        ExprKind::Compare(_, l, r) => is_null_under(l, known) || is_null_under(r, known),
        ExprKind::In { expr, list, .. } => is_null_under(expr, known) || any(list),
        ExprKind::Coalesce(es) => es.iter().all(|e| is_null_under(e, known)),
        ExprKind::Case { branches, otherwise } => {
            branches.iter().any(|(condition, result)| {
                let known = known.union(&proven(condition, true)).copied().collect();
                is_null_under(result, &known)
            }) || otherwise.as_ref().is_none_or(|e| is_null_under(e, known))
        }
        _ => expr.nullable,
    }
}

/// Computes the nullability of everything above the leaves again, after those have changed.
pub(crate) fn renew(expr: &mut Expr) {
    expr.walk_mut(&mut |e| {
        if !matches!(e.kind, ExprKind::Column(_)) {
            e.nullable = of(&e.kind);
        }
    });
}

/// The columns that are not NULL in any row for which the condition has the given truth value.
pub(crate) fn proven(condition: &Expr, truth: bool) -> BTreeSet<usize> {
    match (&condition.kind, truth) {
        (ExprKind::And(es), true) | (ExprKind::Or(es), false) => {
            es.iter().flat_map(|e| proven(e, truth)).collect()
        }
        (ExprKind::And(es), false) | (ExprKind::Or(es), true) => {
            let mut sets = es.iter().map(|e| proven(e, truth));
            let first = sets.next().unwrap_or_default();
            sets.fold(first, |all, set| all.intersection(&set).copied().collect())
        }
        (ExprKind::Not(e), _) => proven(e, !truth),
        (ExprKind::IsNull { negated, expr }, _) if *negated == truth => strict_in(expr),
        _ => strict_in(condition),
    }
}

/// The columns whose being NULL makes the expression NULL.
fn strict_in(expr: &Expr) -> BTreeSet<usize> {
    match &expr.kind {
        ExprKind::Column(c) => BTreeSet::from([*c]),
        ExprKind::Call { .. } | ExprKind::Cast(_) | ExprKind::Not(_) | ExprKind::Compare(..) => {
            expr.children().into_iter().flat_map(strict_in).collect()
        }
        ExprKind::In { expr, list, .. } if !list.is_empty() => strict_in(expr),
        _ => BTreeSet::new(),
    }
}
