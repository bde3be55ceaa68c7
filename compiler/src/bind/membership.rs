//! `x IN (a, b, …)`.
//!
//! PostgreSQL looks for `x` among the values that read no columns in one array, whose elements have one type, and compares it
//! with each of the others by itself. So `r IN (0.1, 0.2)` of a REAL compares REALs where `r = 0.1` compares DOUBLE PRECISIONs, and
//! a VARCHAR is compared with a CHAR(n) and a TEXT each in its own way. What is compared in the same way is one list here.

use sqlparser::ast;

use super::Binder;
use super::coerce::{convert, relabel};
use super::operand::Operand;
use super::predicate::negation;
use super::row::{self, connect};
use crate::algebra::{Expr, ExprKind};
use crate::functions;
use crate::source::Span;
use crate::types::Type;

impl Binder<'_> {
    /// `x [NOT] IN (a, b, …)`
    pub(super) fn in_list(
        &mut self,
        expr: &ast::Expr,
        list: &[ast::Expr],
        negated: bool,
        span: Span,
    ) -> Expr {
        if let Some(row) = row::columns(expr) {
            return self.row_in_list(&row, list, negated, span);
        }
        let sought = self.operand(expr);
        let items: Vec<_> = list.iter().map(|e| self.operand(e)).collect();
        if sought.is_poison() || items.iter().any(Operand::is_poison) {
            return Expr::poison(span);
        }
        let lists = alike(&sought, as_array(&sought, items));
        if lists.len() > 1 && !self.affords(sought.size(), lists.len() - 1, span) {
            return Expr::poison(span);
        }
        let found: Vec<_> =
            lists.into_iter().map(|list| self.among(sought.clone(), list, "IN", span)).collect();
        let found = connect(ExprKind::Or, found, span);
        if negated { negation(found, span) } else { found }
    }

    /// Whether a value is among others that all are compared with it in one type.
    pub(super) fn among(&mut self, sought: Operand, items: Vec<Operand>, what: &str, span: Span) -> Expr {
        let operands = std::iter::once(sought).chain(items).collect();
        let (mut bound, ty) = self.unify_compared(operands, what);
        if ty == Type::Error || bound.iter().any(Expr::is_poison) {
            return Expr::poison(span);
        }
        let expr = Box::new(bound.remove(0));
        Expr::of(ExprKind::In { negated: false, expr, list: bound }, Type::Boolean, span)
    }
}

/// The items, those that read no columns as elements of the array that PostgreSQL makes of several of them.
fn as_array(sought: &Operand, items: Vec<Operand>) -> Vec<Operand> {
    let elements: Vec<&Operand> = items.iter().filter(|item| !reads_columns(item)).collect();
    let types: Vec<_> =
        std::iter::once(sought).chain(elements.iter().copied()).filter_map(Operand::ty).collect();
    let element = match (sought.ty(), elements.len()) {
        (Some(_), 2..) => functions::common_type(&types),
        _ => None,
    };
    let Some(element) = element else { return items };
    let convert = |item: Operand| match item {
        Operand::Typed(e) if !reads_columns(&Operand::Typed(e.clone())) => {
            Operand::Typed(as_element(e, element))
        }
        other => other,
    };
    items.into_iter().map(convert).collect()
}

/// A value as an element of an array. Exact numbers are the same in every type that holds them.
fn as_element(item: Expr, element: Type) -> Expr {
    match (item.ty, element) {
        // Without a length, a CHAR does not cut what becomes one; it is compared as a VARCHAR is with a CHAR.
        (Type::Text | Type::Varchar, Type::Char(_)) => relabel(item, Type::Varchar),
        (Type::Char(_), Type::Char(_)) => item,
        (ty, _) if ty.coerces_as_is(element) => relabel(item, element),
        (_, element) if element.is_float() || element.is_string() => convert(item, element),
        _ => item,
    }
}

fn reads_columns(operand: &Operand) -> bool {
    let Operand::Typed(expr) = operand else { return false };
    let mut reads = false;
    expr.walk(&mut |e| reads |= matches!(e.kind, ExprKind::Column(_)));
    reads
}

/// The items in lists of those that are compared in the same way. A literal beside a string is one of its type; otherwise
/// literals take the way of the first item.
fn alike(sought: &Operand, items: Vec<Operand>) -> Vec<Vec<Operand>> {
    let way = |item: &Operand| functions::comparison_type(&[sought.ty()?, item.ty()?]);
    let own = sought.ty().filter(|ty| ty.is_string()).and_then(|ty| functions::comparison_type(&[ty]));
    let first = own.or_else(|| items.iter().find_map(way));
    let mut lists: Vec<(Option<Type>, Vec<Operand>)> = Vec::new();
    for item in items {
        let way = way(&item).or(first);
        let same = |(other, _): &&mut (Option<Type>, Vec<Operand>)| match (*other, way) {
            (Some(a), Some(b)) => a == b || (is_exact(a) && is_exact(b)) || (is_char(a) && is_char(b)),
            (a, b) => a == b,
        };
        match lists.iter_mut().find(same) {
            Some((_, list)) => list.push(item),
            None => lists.push((way, vec![item])),
        }
    }
    lists.into_iter().map(|(_, list)| list).collect()
}

fn is_exact(ty: Type) -> bool {
    ty.is_number() && !ty.is_float()
}

fn is_char(ty: Type) -> bool {
    matches!(ty, Type::Char(_))
}
