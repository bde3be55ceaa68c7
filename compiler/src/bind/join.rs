//! JOIN: its operators, and the conditions of ON, USING and NATURAL.

use sqlparser::ast::{self, JoinConstraint, JoinOperator};

use super::clause::Clause;
use super::from::Bound;
use super::names::parts;
use super::operand::Operand;
use super::predicate::conjunction;
use super::scope::{Scope, Visible};
use super::{Binder, refuse};
use crate::algebra::{CompareOp, Expr, ExprKind, Relation, RelationKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions;
use crate::source::Span;
use crate::suggest::nearest;
use crate::types::Type;

impl Binder<'_> {
    /// `left JOIN right …`
    pub(super) fn join(&mut self, left: Bound, right: Bound, join: &ast::Join) -> Option<Bound> {
        let span = left.relation.span.to(self.span(join));
        let condition = match &join.join_operator {
            JoinOperator::Join(constraint) | JoinOperator::Inner(constraint) => constraint,
            JoinOperator::CrossJoin(JoinConstraint::None) => &JoinConstraint::None,
            other => {
                let words = self.span(join);
                let diagnostic = refuse::join(other, words);
                self.report(diagnostic);
                return None;
            }
        };
        match condition {
            JoinConstraint::None => {
                if !matches!(join.join_operator, JoinOperator::CrossJoin(_)) {
                    let words = self.span(join);
                    self.report(
                        Diagnostic::error(Code::Syntax, words, "JOIN without a condition")
                            .help("add `ON left.column = right.column`"),
                    );
                    return None;
                }
                let scope = left.scope.join(right.scope);
                Some(inner(left.relation, right.relation, scope, None, span))
            }
            JoinConstraint::On(condition) => {
                let scope = left.scope.join(right.scope);
                let (scope, condition) = self.over(scope, |b| b.condition(condition, Clause::JoinCondition));
                Some(inner(left.relation, right.relation, scope, Some(condition), span))
            }
            JoinConstraint::Using(columns) => {
                let named = columns.iter().map(|c| Some((parts(c)?.pop()?, self.span(c))));
                let named: Vec<_> = named.collect::<Option<_>>()?;
                self.using(left, right, &named, span)
            }
            JoinConstraint::Natural => {
                let words = self.span(join);
                let common = left.scope.visible.iter().filter(|v| !right.scope.find(&v.name).is_empty());
                let named: Vec<_> = common.map(|v| (v.name.clone(), words)).collect();
                self.using(left, right, &named, span)
            }
            JoinConstraint::UsingAlias(_, alias) => {
                let words = self.span(alias);
                self.report(
                    Diagnostic::error(
                        Code::Unsupported,
                        words,
                        "an alias for the columns of USING is not supported",
                    )
                    .help("leave the alias out and name the columns themselves"),
                );
                None
            }
        }
    }

    fn using(&mut self, left: Bound, right: Bound, names: &[(String, Span)], span: Span) -> Option<Bound> {
        let mut merged = Vec::new();
        for (name, at) in names {
            let l = self.using_column(&left.scope, name, *at);
            let r = self.using_column(&right.scope, name, *at);
            merged.push((l?, r?, *at));
        }
        let shift = left.scope.fields.len();
        let mut scope = left.scope.join(right.scope);
        let mut conditions = Vec::new();
        let mut visible = Vec::new();
        for (l, r, at) in merged {
            let r = Visible { position: r.position + shift, ..r };
            let (over, (a, b)) = self.over(scope, |b| (b.visible_column(&l, at), b.visible_column(&r, at)));
            scope = over;
            visible.push(Visible { ty: merged_type(a.ty, b.ty).or(l.ty), ..l });
            conditions.push(self.compare(CompareOp::Eq, Operand::Typed(a), Operand::Typed(b), at));
        }
        let names: Vec<_> = visible.iter().map(|v| v.name.clone()).collect();
        visible.extend(scope.visible.drain(..).filter(|v| !names.contains(&v.name)));
        scope.visible = visible;
        let condition = match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => Some(Expr::of(ExprKind::And(conditions), Type::Boolean, span)),
        };
        Some(inner(left.relation, right.relation, scope, condition, span))
    }

    fn using_column(&mut self, scope: &Scope, name: &str, at: Span) -> Option<Visible> {
        let tables = scope.tables.iter().map(|t| format!("`{}`", t.name)).collect::<Vec<_>>().join(", ");
        let diagnostic = match scope.find(name).as_slice() {
            [one] => return Some(Visible::clone(one)),
            [] => {
                let message = format!("{tables} has no column `{name}`");
                let diagnostic = Diagnostic::error(Code::UnknownColumn, at, message);
                match nearest(name, scope.visible.iter().map(|v| v.name.as_str())) {
                    Some(near) => {
                        diagnostic.help(format!("`{near}` exists; columns of different names need ON"))
                    }
                    None => {
                        diagnostic.help("USING needs a column of this name on both sides; write ON instead")
                    }
                }
            }
            many => {
                let candidates: Vec<_> = many.iter().map(|v| scope.qualified(v.position)).collect();
                super::column::ambiguous_column(name, at, &candidates)
                    .help("write ON with qualified columns instead")
            }
        };
        self.report(diagnostic);
        None
    }
}

/// The type of a column merged by USING, where it is not that of the left side: an inner join shows the left
/// side's value, converted only if the sides differ in more than their number of decimals.
fn merged_type(left: Type, right: Type) -> Option<Type> {
    let exact = |t| matches!(t, Type::Decimal { .. } | Type::Numeric);
    if left == right || (exact(left) && exact(right)) {
        return None;
    }
    functions::common_type(&[left, right]).filter(|common| *common != left)
}

/// An inner join. Conjuncts that read the clock stand above it: they bound its result, they do not match rows.
fn inner(left: Relation, right: Relation, mut scope: Scope, condition: Option<Expr>, span: Span) -> Bound {
    let (clock, matching): (Vec<_>, Vec<_>) =
        condition.into_iter().flat_map(Expr::conjuncts).partition(Expr::reads_clock);
    let condition = conjunction(matching);
    if let Some(condition) = &condition {
        scope.assume(condition);
    }
    let kind = RelationKind::Join { left: Box::new(left), right: Box::new(right), condition };
    let mut relation = Relation { kind, columns: scope.fields.clone(), span };
    if let Some(predicate) = conjunction(clock) {
        scope.assume(&predicate);
        let kind = RelationKind::Filter { input: Box::new(relation), predicate };
        relation = Relation { kind, columns: scope.fields.clone(), span };
    }
    Bound { relation, scope }
}
