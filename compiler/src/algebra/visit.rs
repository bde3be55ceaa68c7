//! Walks over expressions, so that passes need no match of their own to reach every child.

use super::{Expr, ExprKind};

impl Expr {
    /// The direct children, in order of evaluation.
    pub fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            ExprKind::Column(_) | ExprKind::Literal(_) | ExprKind::Now(_) => Vec::new(),
            ExprKind::Call { args, .. }
            | ExprKind::And(args)
            | ExprKind::Or(args)
            | ExprKind::Coalesce(args) => args.iter().collect(),
            ExprKind::Cast(e) | ExprKind::Not(e) | ExprKind::IsNull { expr: e, .. } => vec![e],
            ExprKind::Compare(_, l, r) | ExprKind::Distinct { left: l, right: r, .. } => vec![l, r],
            ExprKind::In { expr, list, .. } => std::iter::once(&**expr).chain(list).collect(),
            ExprKind::Case { branches, otherwise } => {
                branches.iter().flat_map(|(c, r)| [c, r]).chain(otherwise.as_deref()).collect()
            }
        }
    }

    /// The direct children, to be changed in place.
    pub fn children_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.kind {
            ExprKind::Column(_) | ExprKind::Literal(_) | ExprKind::Now(_) => Vec::new(),
            ExprKind::Call { args, .. }
            | ExprKind::And(args)
            | ExprKind::Or(args)
            | ExprKind::Coalesce(args) => args.iter_mut().collect(),
            ExprKind::Cast(e) | ExprKind::Not(e) | ExprKind::IsNull { expr: e, .. } => vec![e],
            ExprKind::Compare(_, l, r) | ExprKind::Distinct { left: l, right: r, .. } => vec![l, r],
            ExprKind::In { expr, list, .. } => std::iter::once(&mut **expr).chain(list).collect(),
            ExprKind::Case { branches, otherwise } => {
                branches.iter_mut().flat_map(|(c, r)| [c, r]).chain(otherwise.as_deref_mut()).collect()
            }
        }
    }

    /// Calls `f` on this expression and everything below it, parents first.
    pub fn walk<'a>(&'a self, f: &mut impl FnMut(&'a Expr)) {
        f(self);
        for child in self.children() {
            child.walk(f);
        }
    }

    /// Calls `f` on everything below this expression and then on itself.
    pub fn walk_mut(&mut self, f: &mut impl FnMut(&mut Expr)) {
        for child in self.children_mut() {
            child.walk_mut(f);
        }
        f(self);
    }

    /// The columns it reads, ascending, each once.
    pub fn columns(&self) -> Vec<usize> {
        let mut columns = Vec::new();
        self.walk(&mut |e| {
            if let ExprKind::Column(c) = e.kind {
                columns.push(c);
            }
        });
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Whether it reads the clock.
    pub fn reads_clock(&self) -> bool {
        let mut found = false;
        self.walk(&mut |e| found |= matches!(e.kind, ExprKind::Now(_)));
        found
    }

    /// The same expression with every column position replaced by `f` of it.
    pub fn map_columns(mut self, f: &impl Fn(usize) -> usize) -> Expr {
        self.walk_mut(&mut |e| {
            if let ExprKind::Column(c) = &mut e.kind {
                *c = f(*c);
            }
        });
        self
    }

    /// Splits a conjunction into its parts.
    pub fn conjuncts(self) -> Vec<Expr> {
        match self.kind {
            ExprKind::And(parts) => parts.into_iter().flat_map(Expr::conjuncts).collect(),
            _ => vec![self],
        }
    }
}

/// Equality of meaning: where an expression was written does not count.
impl PartialEq for Expr {
    fn eq(&self, other: &Expr) -> bool {
        self.ty == other.ty && self.nullable == other.nullable && self.kind == other.kind
    }
}

impl Eq for Expr {}

impl PartialEq for ExprKind {
    fn eq(&self, other: &ExprKind) -> bool {
        use ExprKind::*;
        match (self, other) {
            (Column(a), Column(b)) => a == b,
            (Literal(a), Literal(b)) => a == b,
            (Call { function: f, args: a }, Call { function: g, args: b }) => f == g && a == b,
            (Cast(a), Cast(b)) | (Not(a), Not(b)) => a == b,
            (Compare(o, a, b), Compare(p, c, d)) => o == p && a == c && b == d,
            (Distinct { negated: n, left: a, right: b }, Distinct { negated: m, left: c, right: d }) => {
                n == m && a == c && b == d
            }
            (And(a), And(b)) | (Or(a), Or(b)) | (Coalesce(a), Coalesce(b)) => a == b,
            (IsNull { negated: n, expr: a }, IsNull { negated: m, expr: b }) => n == m && a == b,
            (In { negated: n, expr: a, list: l }, In { negated: m, expr: b, list: k }) => {
                n == m && a == b && l == k
            }
            (Case { branches: a, otherwise: c }, Case { branches: b, otherwise: d }) => a == b && c == d,
            (Now(a), Now(b)) => a == b,
            _ => false,
        }
    }
}
