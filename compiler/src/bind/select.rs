//! SELECT: its clauses in the order in which SQL evaluates them.

use sqlparser::ast;

use super::clause::Clause;
use super::from::Bound;
use super::group::Grouping;
use super::predicate::conjunction;
use super::project::{Output, aliases, distinct, project};
use super::query::BoundQuery;
use super::{Binder, refuse, subquery};
use crate::algebra::{Expr, Relation, RelationKind};
use crate::source::Span;

impl Binder<'_> {
    /// Binds a SELECT with the ORDER BY that follows it; `None` if an error has been reported.
    pub(super) fn select(
        &mut self,
        select: &ast::Select,
        order_by: Option<&ast::OrderBy>,
        span: Span,
    ) -> Option<BoundQuery> {
        if let Some(diagnostic) = refuse::select(select, self.spans) {
            self.report(diagnostic);
            return None;
        }
        let Bound { relation, mut scope } = self.from(&select.from)?;
        scope.aliases = aliases(self, &select.projection);
        let (_, bound) = self.over(scope, |b| b.clauses(select, order_by, relation, span));
        (!self.failed()).then_some(bound)
    }

    fn clauses(
        &mut self,
        select: &ast::Select,
        order_by: Option<&ast::OrderBy>,
        from: Relation,
        span: Span,
    ) -> BoundQuery {
        let input = match &select.selection {
            Some(condition) => self.filtered(from, condition),
            None => from,
        };
        let mut outputs = self.select_list(&select.projection);
        self.distinct_columns(&outputs);
        let visible = outputs.len();
        let keys = self.group_by(&select.group_by, &outputs);
        let having = select.having.as_ref().map(|h| self.condition(h, Clause::Having));
        let unique = select.distinct == Some(ast::Distinct::Distinct);
        let order = self.order_by(order_by, &mut outputs, unique);

        let explicit = is_grouped(&select.group_by);
        let grouped = explicit || having.is_some() || !self.scope().aggregates.is_empty();
        // Groups whose keys are shown are distinct already.
        let shown = |keys: &[Expr]| keys.iter().all(|key| outputs[..visible].iter().any(|o| o.expr == *key));
        let distinct_groups = grouped && keys.as_deref().is_some_and(shown);
        if unique && grouped && keys.is_some() && !distinct_groups {
            self.report(refuse::distinct_groups(self.spans, span));
        }
        let unique = unique && !grouped;
        let input = match keys {
            Some(keys) if grouped => self.grouped(input, keys, having, &mut outputs, explicit),
            _ => input,
        };
        let relation = project(input, outputs, span);
        let relation = if unique { distinct(relation) } else { relation };
        BoundQuery { relation, visible, order }
    }

    /// The rows for which the condition of WHERE is true.
    fn filtered(&mut self, input: Relation, condition: &ast::Expr) -> Relation {
        let (memberships, others) = subquery::split(condition);
        if memberships.is_empty() {
            let predicate = self.condition(condition, Clause::Where);
            return self.filter(input, predicate);
        }
        let others = others.into_iter().map(|c| self.condition(c, Clause::Where)).collect();
        let input = match conjunction(others) {
            Some(predicate) => self.filter(input, predicate),
            None => input,
        };
        self.semi_joined(input, &memberships)
    }

    fn filter(&mut self, input: Relation, predicate: Expr) -> Relation {
        let scope = self.scope();
        scope.assume(&predicate);
        let (columns, span) = (scope.fields.clone(), predicate.span);
        Relation { kind: RelationKind::Filter { input: Box::new(input), predicate }, columns, span }
    }

    /// The groups of the input, with everything above them expressed over them.
    fn grouped(
        &mut self,
        input: Relation,
        keys: Vec<Expr>,
        having: Option<Expr>,
        outputs: &mut [Output],
        explicit: bool,
    ) -> Relation {
        let scope = self.scope().clone();
        let mut grouping = Grouping::new(self.catalog, scope, keys, outputs, explicit);
        let having = having.map(|condition| grouping.lift(condition, self.diagnostics));
        if let Some(condition) = &having {
            grouping.assume(condition);
        }
        for output in outputs {
            let expr = std::mem::replace(&mut output.expr, Expr::poison(output.span));
            output.expr = grouping.lift(expr, self.diagnostics);
        }
        grouping.relation(input, having)
    }
}

/// Whether GROUP BY was written.
pub(super) fn is_grouped(group_by: &ast::GroupByExpr) -> bool {
    match group_by {
        ast::GroupByExpr::All(_) => true,
        ast::GroupByExpr::Expressions(exprs, modifiers) => !exprs.is_empty() || !modifiers.is_empty(),
    }
}
