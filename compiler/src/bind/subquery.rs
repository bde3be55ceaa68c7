//! Subqueries in WHERE: `EXISTS (…)` and `x IN (SELECT …)`, alone or joined to other conditions by AND.

use sqlparser::ast::{self, BinaryOperator, SetExpr, UnaryOperator};

use super::clause::Clause;
use super::from::Bound;
use super::operand::Operand;
use super::predicate::conjunction;
use super::project::Output;
use super::scope::Scope;
use super::select::is_grouped;
use super::{Binder, refuse, row};
use crate::algebra::{CompareOp, Expr, Relation, RelationKind};
use crate::diagnostic::{Code, Diagnostic};

/// A test of whether a subquery has a row, or one that equals an operand.
pub(super) struct Membership<'a> {
    whole: &'a ast::Expr,
    subquery: &'a ast::Query,
    /// `x` of `x IN (…)`.
    operand: Option<&'a ast::Expr>,
    negated: bool,
}

/// Takes a condition apart into its conjuncts: those that test a subquery, and all others.
pub(super) fn split(condition: &ast::Expr) -> (Vec<Membership<'_>>, Vec<&ast::Expr>) {
    let (mut memberships, mut others) = (Vec::new(), Vec::new());
    let mut rest = vec![condition];
    while let Some(expr) = rest.pop() {
        match (expr, membership(expr, false)) {
            (_, Some(test)) => memberships.push(test),
            (ast::Expr::BinaryOp { left, op: BinaryOperator::And, right }, _) => {
                rest.extend([&**right, &**left]);
            }
            (ast::Expr::Nested(inner), _) => match split(inner) {
                (tests, _) if tests.is_empty() => others.push(expr),
                (tests, conditions) => {
                    memberships.extend(tests);
                    others.extend(conditions);
                }
            },
            _ => others.push(expr),
        }
    }
    (memberships, others)
}

fn membership(expr: &ast::Expr, negate: bool) -> Option<Membership<'_>> {
    let (subquery, operand, negated) = match expr {
        ast::Expr::Exists { subquery, negated } => (&**subquery, None, *negated),
        ast::Expr::In { expr, target: ast::InTarget::Subquery(subquery), negated, .. } => {
            (&**subquery, Some(&**expr), *negated)
        }
        // `= ANY` is IN, and `<> ALL` is NOT IN.
        ast::Expr::AnyOp { left, compare_op: BinaryOperator::Eq, right, .. } => {
            (queried(right)?, Some(&**left), false)
        }
        ast::Expr::AllOp { left, compare_op: BinaryOperator::NotEq, right } => {
            (queried(right)?, Some(&**left), true)
        }
        ast::Expr::Nested(inner) => return membership(inner, negate),
        ast::Expr::UnaryOp { op: UnaryOperator::Not, expr } => return membership(expr, !negate),
        _ => return None,
    };
    Some(Membership { whole: expr, subquery, operand, negated: negated != negate })
}

/// The query of a subquery.
fn queried(expr: &ast::Expr) -> Option<&ast::Query> {
    match expr {
        ast::Expr::Nested(inner) => queried(inner),
        ast::Expr::Subquery(query) => Some(query),
        _ => None,
    }
}

impl Binder<'_> {
    /// The rows for which the tests hold.
    pub(super) fn semi_joined(&mut self, outer: Relation, tests: &[Membership<'_>]) -> Relation {
        tests.iter().fold(outer, |outer, test| self.semi_join(outer, test))
    }

    fn semi_join(&mut self, outer: Relation, test: &Membership<'_>) -> Relation {
        let Some((inner, condition)) = self.inner_side(test) else { return outer };
        let scope = self.scope();
        if !test.negated {
            condition.iter().for_each(|c| scope.assume(c));
        }
        let (columns, span) = (scope.fields.clone(), outer.span);
        let (left, right) = (Box::new(outer), Box::new(inner));
        Relation {
            kind: RelationKind::SemiJoin { left, right, condition, anti: test.negated },
            columns,
            span,
        }
    }

    /// The subquery's rows, and the conditions that read the outer query, over the columns of both.
    fn inner_side(&mut self, test: &Membership<'_>) -> Option<(Relation, Vec<Expr>)> {
        let (select, order_by) = self.inner_select(test)?;
        // What IN compares is an expression of the outer query.
        let sought = test.operand.map(|e| {
            let columns = row::columns(e).unwrap_or_else(|| vec![e]);
            self.in_clause(Clause::Where, |b| columns.into_iter().map(|e| b.operand(e)).collect::<Vec<_>>())
        });
        let Bound { relation, scope: inner } = self.from(&select.from)?;
        let width = self.scope().fields.len();
        let (nested, plain) = select.selection.as_ref().map(split).unwrap_or_default();
        let (inner, mut relation) = self.over(inner, |b| b.semi_joined(relation, &nested));
        let both = self.scope().clone().around(inner);
        let (mut both, bound) = self.over(both, |b| {
            let mut bound: Vec<Expr> = Vec::new();
            for condition in plain {
                let condition = b.condition(condition, Clause::Where);
                for conjunct in condition.conjuncts() {
                    // What connects the two queries says nothing about the subquery's rows by themselves.
                    if conjunct.columns().iter().all(|c| *c >= width) {
                        b.scope().assume(&conjunct);
                    }
                    bound.push(conjunct);
                }
            }
            let outputs = b.select_list(&select.projection);
            // An order decides nothing here, but has to mean something.
            let distinct = select.distinct == Some(ast::Distinct::Distinct);
            b.order_by(order_by, &mut outputs.clone(), distinct);
            if let Some(aggregate) = b.scope().aggregates.first() {
                let span = aggregate.span;
                b.report(refuse::grouped_subquery(span));
            }
            bound.extend(sought.and_then(|x| b.operand_equalities(test, x, &outputs)).into_iter().flatten());
            bound
        });
        if self.failed() {
            return None;
        }
        let (own, condition): (Vec<_>, Vec<_>) =
            bound.into_iter().partition(|e| e.columns().iter().all(|c| *c >= width));
        let columns = both.fields.split_off(width);
        if let Some(predicate) = conjunction(own.into_iter().map(|e| e.map_columns(&|c| c - width)).collect())
        {
            let span = predicate.span;
            let kind = RelationKind::Filter { input: Box::new(relation), predicate };
            relation = Relation { kind, columns, span };
        }
        // Errors about the whole subquery point at all of it.
        relation.span = self.span(test.subquery);
        Some((relation, condition))
    }

    /// The only SELECT of a subquery and its ORDER BY; what would decide about its rows other than by conditions is refused.
    fn inner_select<'q>(
        &mut self,
        test: &Membership<'q>,
    ) -> Option<(&'q ast::Select, Option<&'q ast::OrderBy>)> {
        let mut query = test.subquery;
        let refused = loop {
            if let Some(refused) = refuse::query(query, self.spans) {
                break refused;
            }
            if query.fetch.is_some() || query.limit_clause.as_ref().is_some_and(|l| !is_idle(l, test)) {
                break refuse::limited_subquery(self.span(query));
            }
            match &*query.body {
                SetExpr::Select(select) if select.having.is_some() || is_grouped(&select.group_by) => {
                    break refuse::grouped_subquery(self.span(query));
                }
                SetExpr::Select(select) => match refuse::select(select, self.spans) {
                    Some(refused) => break refused,
                    None => return Some((select, query.order_by.as_ref())),
                },
                SetExpr::Query(inner) if query.order_by.is_none() => query = inner,
                other => break refuse::body(other, self.span(other)),
            }
        };
        self.report(refused);
        None
    }

    /// `x = y` of `x IN (SELECT y …)`, and that of each column of a row.
    fn operand_equalities(
        &mut self,
        test: &Membership<'_>,
        sought: Vec<Operand>,
        outputs: &[Output],
    ) -> Option<Vec<Expr>> {
        let span = self.span(test.whole);
        if sought.len() != outputs.len() {
            let message = format!("the subquery of IN has {} columns", outputs.len());
            self.report(Diagnostic::error(Code::TypeMismatch, span, message).help(match sought.len() {
                1 => "select the one column that is compared".to_owned(),
                n => format!("select the {n} columns that are compared"),
            }));
            return None;
        }
        let pairs = sought.into_iter().zip(outputs);
        let equal = |(x, y): (Operand, &Output)| self.compare(CompareOp::Eq, x, y.expr.clone().into(), span);
        let equalities: Vec<Expr> = pairs.map(equal).collect();
        if test.negated && equalities.iter().any(|e| e.nullable && !e.is_poison()) {
            self.report(refuse::nullable_not_in(span));
            return None;
        }
        Some(equalities)
    }
}

/// `LIMIT 1` in EXISTS asks for what EXISTS asks for anyway.
fn is_idle(limit: &ast::LimitClause, test: &Membership<'_>) -> bool {
    let ast::LimitClause::LimitOffset { limit: Some(rows), offset: None, limit_by } = limit else {
        return false;
    };
    let is_positive = matches!(rows, ast::Expr::Value(value)
        if matches!(&value.value, ast::Value::Number(digits, _) if digits.parse::<u64>().is_ok_and(|n| n > 0)));
    test.operand.is_none() && limit_by.is_empty() && is_positive
}

impl Scope {
    /// The names inside of a subquery: its own first, then those of the query around it that it does not hide.
    fn around(self, inner: Scope) -> Scope {
        let mut outer = self;
        outer.visible.retain(|v| inner.find(&v.name).is_empty());
        outer.tables.retain(|t| inner.table(&t.name).is_none());
        outer.aliases.clear();
        outer.aggregates.clear();
        outer.join(inner)
    }
}
