//! GROUP BY, and how expressions over the input become expressions over the groups.

use std::collections::BTreeSet;

use sqlparser::ast::{self, GroupByExpr};

use super::Binder;
use super::clause::Clause;
use super::project::Output;
use super::scope::Scope;
use crate::algebra::{Aggregate, AggregateFunction, Expr, ExprKind, Field, Relation, RelationKind, nullable};
use crate::catalog::Catalog;
use crate::catalog::fold;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

impl Binder<'_> {
    /// The grouping expressions; `None` if one has an error, for then it is not known what is grouped.
    pub(super) fn group_by(&mut self, group_by: &GroupByExpr, outputs: &[Output]) -> Option<Vec<Expr>> {
        let GroupByExpr::Expressions(exprs, _) = group_by else { return None };
        let bound: Vec<_> =
            exprs.iter().map(|e| self.in_clause(Clause::GroupBy, |b| b.group_key(e, outputs))).collect();
        let mut keys: Vec<Expr> = Vec::new();
        for key in bound {
            if key.is_poison() {
                return None;
            }
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Some(keys)
    }

    fn group_key(&mut self, expr: &ast::Expr, outputs: &[Output]) -> Expr {
        let span = self.span(expr);
        if let ast::Expr::Identifier(ident) = expr {
            let name = fold(ident);
            // A column of the input comes before an alias, unlike in ORDER BY.
            if self.scope().find(&name).is_empty()
                && let Some(named) = outputs.iter().find(|o| o.name == name)
            {
                return self.output_key(named, span);
            }
        }
        match self.ordinal(expr, outputs, Clause::GroupBy) {
            Some(Ok(output)) => self.output_key(&outputs[output], span),
            Some(Err(diagnostic)) => self.poison(diagnostic),
            None => self.expr(expr),
        }
    }

    /// A key that is a result column, named by its alias or its ordinal.
    fn output_key(&mut self, output: &Output, span: Span) -> Expr {
        let inputs = self.scope().fields.len();
        if output.expr.columns().into_iter().all(|c| c < inputs) {
            return output.expr.clone();
        }
        let message = format!("`{}` is an aggregate and cannot be grouped by", output.name);
        self.poison(
            Diagnostic::error(Code::MisplacedAggregate, span, message)
                .also(output.expr.span, "computed of the groups")
                .help("group by columns of the input"),
        )
    }
}

/// The groups of a query, and the way from expressions over its input to expressions over them.
pub(super) struct Grouping<'a> {
    catalog: &'a Catalog,
    scope: Scope,
    keys: Vec<Expr>,
    aggregates: Vec<Aggregate>,
    /// The columns of the groups: keys, then aggregates.
    columns: Vec<Field>,
    /// Columns that HAVING proves not to be NULL.
    proven: BTreeSet<usize>,
    /// Whether GROUP BY was written.
    explicit: bool,
}

impl<'a> Grouping<'a> {
    /// Groups the rows of `scope`, with the aggregates met in it; `outputs` lend their names.
    pub fn new(
        catalog: &'a Catalog,
        mut scope: Scope,
        keys: Vec<Expr>,
        outputs: &[Output],
        explicit: bool,
    ) -> Self {
        let output_name =
            |is: &dyn Fn(&Expr) -> bool| outputs.iter().find(|o| is(&o.expr)).map(|o| o.name.clone());
        let key_field = |key: &Expr| Field {
            name: match key.kind {
                ExprKind::Column(c) => scope.fields[c].name.clone(),
                _ => output_name(&|e| e == key).unwrap_or_else(|| "key".to_owned()),
            },
            ty: key.ty,
            nullable: key.nullable,
        };
        let mut columns: Vec<_> = keys.iter().map(key_field).collect();
        let mut aggregates = std::mem::take(&mut scope.aggregates);
        for (i, aggregate) in aggregates.iter_mut().enumerate() {
            // A group has at least one row, so what is not NULL in any row is not NULL in the group.
            let sure = aggregate.filter.is_none() && aggregate.arg.as_ref().is_some_and(|a| !a.nullable);
            aggregate.nullable &= !sure || keys.is_empty();
            let position = scope.fields.len() + i;
            let name = output_name(&|e| matches!(e.kind, ExprKind::Column(c) if c == position));
            columns.push(Field {
                name: name.unwrap_or_else(|| aggregate.function.name().to_owned()),
                ty: aggregate.ty,
                nullable: aggregate.nullable,
            });
        }
        Self { catalog, scope, keys, aggregates, columns, proven: BTreeSet::new(), explicit }
    }

    /// The expression over the groups.
    pub fn lift(&mut self, expr: Expr, diagnostics: &mut Vec<Diagnostic>) -> Expr {
        let mut lifted = self.lift_part(expr, diagnostics);
        nullable::renew(&mut lifted);
        lifted
    }

    fn lift_part(&mut self, mut expr: Expr, diagnostics: &mut Vec<Diagnostic>) -> Expr {
        if let Some(key) = self.keys.iter().position(|k| *k == expr) {
            return self.column(key, expr.span);
        }
        if let ExprKind::Column(column) = expr.kind {
            return match column.checked_sub(self.scope.fields.len()) {
                Some(aggregate) => self.column(self.keys.len() + aggregate, expr.span),
                None if self.is_determined(column) => self.determined(expr, column),
                None => {
                    diagnostics.push(self.ungrouped(column, expr.span));
                    Expr::poison(expr.span)
                }
            };
        }
        for child in expr.children_mut() {
            let whole = std::mem::replace(child, Expr::poison(child.span));
            *child = self.lift_part(whole, diagnostics);
        }
        expr
    }

    fn column(&self, position: usize, span: Span) -> Expr {
        let Field { ty, nullable, .. } = self.columns[position];
        let nullable = nullable && !self.proven.contains(&position);
        Expr { kind: ExprKind::Column(position), ty, nullable, span }
    }

    /// Whether all rows of a group agree on a column, because they agree on the primary key of its table.
    fn is_determined(&self, column: usize) -> bool {
        let Some(owner) = self.scope.owner(column) else { return false };
        let Some(key) = owner.table.and_then(|t| self.catalog.table(t).primary_key.as_ref()) else {
            return false;
        };
        key.columns.iter().all(|c| {
            let position = owner.first + c.0 as usize;
            self.keys.iter().any(|k| matches!(k.kind, ExprKind::Column(p) if p == position))
        })
    }

    /// A column carried along with the key that determines it.
    fn determined(&mut self, expr: Expr, column: usize) -> Expr {
        let span = expr.span;
        let carries =
            |a: &Aggregate| a.function == AggregateFunction::Determined && a.arg.as_ref() == Some(&expr);
        let index = self.aggregates.iter().position(carries).unwrap_or_else(|| {
            let Field { name, ty, nullable } = self.scope.fields[column].clone();
            self.columns.push(Field { name, ty, nullable });
            self.aggregates.push(Aggregate {
                function: AggregateFunction::Determined,
                arg: Some(expr),
                distinct: false,
                filter: None,
                ty,
                nullable,
                span,
            });
            self.aggregates.len() - 1
        });
        self.column(self.keys.len() + index, span)
    }

    fn ungrouped(&self, column: usize, span: Span) -> Diagnostic {
        let name = self.scope.written(column);
        let message = format!("column `{name}` is neither grouped nor aggregated");
        let diagnostic = Diagnostic::error(Code::Ungrouped, span, message);
        let diagnostic = match self.aggregates.first() {
            Some(aggregate) if !self.explicit => {
                diagnostic.also(aggregate.span, "this aggregate makes one group of all rows")
            }
            _ => diagnostic.label("it can have several values in one group"),
        };
        diagnostic.help(match self.explicit {
            true => format!("add `{name}` to GROUP BY, or wrap it in an aggregate: `MAX({name})`"),
            false => format!("add `GROUP BY {name}`, or wrap it in an aggregate: `MAX({name})`"),
        })
    }

    /// Takes over what HAVING proves about the groups that pass it.
    pub fn assume(&mut self, having: &Expr) {
        self.proven = nullable::proven(having, true);
    }

    /// The groups of `input`, those that pass HAVING.
    pub fn relation(self, input: Relation, having: Option<Expr>) -> Relation {
        let span = input.span;
        let mut columns = self.columns;
        let kind =
            RelationKind::Aggregate { input: Box::new(input), keys: self.keys, aggregates: self.aggregates };
        let groups = Relation { kind, columns: columns.clone(), span };
        let Some(predicate) = having else { return groups };
        self.proven.iter().for_each(|c| columns[*c].nullable = false);
        let span = predicate.span;
        Relation { kind: RelationKind::Filter { input: Box::new(groups), predicate }, columns, span }
    }
}
