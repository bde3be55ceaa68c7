//! The select list, its `*`, and SELECT DISTINCT.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use sqlparser::ast::{self, SelectItem, SelectItemQualifiedWildcardKind};

use super::clause::Clause;
use super::names::{figure, parts};
use super::scope::Visible;
use super::{Binder, refuse};
use crate::algebra::{Expr, ExprKind, Field, Relation, RelationKind};
use crate::catalog::fold;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A column of the result, or one that exists for sorting.
#[derive(Clone, Debug)]
pub(super) struct Output {
    /// Its name.
    pub name: String,
    /// What it is.
    pub expr: Expr,
    /// The words that name it.
    pub span: Span,
}

/// The aliases of a select list, which other clauses may refer to.
pub(super) fn aliases(binder: &Binder<'_>, items: &[SelectItem]) -> Vec<(String, Span)> {
    let alias = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { alias, .. } => Some((fold(alias), binder.span(alias))),
        _ => None,
    };
    items.iter().filter_map(alias).collect()
}

impl Binder<'_> {
    /// The columns of the select list.
    pub(super) fn select_list(&mut self, items: &[SelectItem]) -> Vec<Output> {
        self.in_clause(Clause::Select, |b| items.iter().flat_map(|item| b.select_item(item)).collect())
    }

    fn select_item(&mut self, item: &SelectItem) -> Vec<Output> {
        match item {
            SelectItem::UnnamedExpr(expr) => {
                let expr_span = self.span(expr);
                vec![Output { name: figure(expr), expr: self.expr(expr), span: expr_span }]
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                vec![Output { name: fold(alias), expr: self.expr(expr), span: self.span(alias) }]
            }
            SelectItem::Wildcard(options) if refuse::plain_wildcard(options) => {
                let span = self.span(item);
                let visible = self.scope().visible.clone();
                visible.iter().map(|v| self.star(v, span)).collect()
            }
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), options)
                if refuse::plain_wildcard(options) =>
            {
                self.qualified_star(name, self.span(item))
            }
            _ => {
                let span = self.span(item);
                self.report(refuse::select_item(span));
                Vec::new()
            }
        }
    }

    fn qualified_star(&mut self, name: &ast::ObjectName, span: Span) -> Vec<Output> {
        let table = parts(name).and_then(|mut p| p.pop()).unwrap_or_default();
        let Some(found) = self.scope().table(&table) else {
            let at = self.span(name);
            let diagnostic = self.unknown_table_in_from(&table, at);
            self.report(diagnostic);
            return Vec::new();
        };
        let first = found.first;
        let columns = found.columns.clone().into_iter().enumerate();
        columns.map(|(i, name)| self.star(&Visible { name, position: first + i, ty: None }, span)).collect()
    }

    fn star(&mut self, visible: &Visible, span: Span) -> Output {
        Output { name: visible.name.clone(), expr: self.visible_column(visible, span), span }
    }

    /// Refuses result columns that share a name: a row is delivered as a record with one field a column.
    pub(super) fn distinct_columns(&mut self, outputs: &[Output]) {
        let mut seen: BTreeMap<&str, &Output> = BTreeMap::new();
        for output in outputs {
            let first = match seen.entry(&output.name) {
                Entry::Vacant(entry) => {
                    entry.insert(output);
                    continue;
                }
                Entry::Occupied(entry) => *entry.get(),
            };
            let message = format!("two result columns are called `{}`", output.name);
            let diagnostic = Diagnostic::error(Code::Duplicate, output.span, message);
            self.report(match first.span == output.span {
                true => diagnostic
                    .help("`*` stands for columns of the same name: list the columns and give them aliases"),
                false => diagnostic
                    .also(first.span, "the first one")
                    .help("give one of them another name with `AS`"),
            });
        }
    }
}

/// The relation with these columns.
pub(super) fn project(input: Relation, outputs: Vec<Output>, span: Span) -> Relation {
    let field = |o: &Output| Field { name: o.name.clone(), ty: o.expr.ty, nullable: o.expr.nullable };
    let columns = outputs.iter().map(field).collect();
    let exprs = outputs.into_iter().map(|o| o.expr).collect();
    Relation { kind: RelationKind::Project { input: Box::new(input), columns: exprs }, columns, span }
}

/// SELECT DISTINCT: one row a group of equal rows.
pub(super) fn distinct(input: Relation) -> Relation {
    let (columns, span) = (input.columns.clone(), input.span);
    let key =
        |(i, c): (usize, &Field)| Expr { kind: ExprKind::Column(i), ty: c.ty, nullable: c.nullable, span };
    let keys = columns.iter().enumerate().map(key).collect();
    Relation {
        kind: RelationKind::Aggregate { input: Box::new(input), keys, aggregates: Vec::new() },
        columns,
        span,
    }
}
