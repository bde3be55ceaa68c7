//! FROM: tables, their aliases, and the products of its items.

use sqlparser::ast::{self, TableFactor, TableWithJoins};

use super::names::parts;
use super::scope::Scope;
use super::{Binder, refuse};
use crate::algebra::{Relation, RelationKind};
use crate::catalog::{TableId, fold};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest::nearest;

/// A relation and what the names over it mean.
pub(super) struct Bound {
    pub relation: Relation,
    pub scope: Scope,
}

impl Binder<'_> {
    /// The product of all items of FROM; `None` if one cannot be bound.
    pub(super) fn from(&mut self, items: &[TableWithJoins]) -> Option<Bound> {
        let mut product: Option<Bound> = None;
        let mut complete = true;
        for item in items {
            let Some(item) = self.joined(item) else {
                complete = false;
                continue;
            };
            product = Some(match product {
                Some(left) => {
                    complete &= self.distinct_tables(&left.scope, &item.scope);
                    left.times(item)
                }
                None => item,
            });
        }
        product.filter(|_| complete)
    }

    /// One item of FROM: a table and what is joined to it.
    fn joined(&mut self, item: &TableWithJoins) -> Option<Bound> {
        let mut left = self.factor(&item.relation);
        for join in &item.joins {
            let right = self.factor(&join.relation);
            left = match (left, right) {
                (Some(left), Some(right)) if self.distinct_tables(&left.scope, &right.scope) => {
                    self.join(left, right, join)
                }
                _ => None,
            };
        }
        left
    }

    fn factor(&mut self, factor: &TableFactor) -> Option<Bound> {
        match factor {
            TableFactor::Table { name, alias, args: None, with_ordinality: false, sample: None, .. } => {
                self.table(name, alias.as_ref())
            }
            TableFactor::NestedJoin { table_with_joins, alias: None } => self.joined(table_with_joins),
            other => {
                let span = self.span(other);
                let diagnostic = refuse::table_factor(other, span);
                self.report(diagnostic);
                None
            }
        }
    }

    fn table(&mut self, name: &ast::ObjectName, alias: Option<&ast::TableAlias>) -> Option<Bound> {
        let span = self.span(name);
        let id = self.find_table(name, span)?;
        let table = self.catalog.table(id);
        let called = alias.map_or_else(|| table.name.clone(), |a| fold(&a.name));
        let called_span = alias.map_or(span, |a| self.span(&a.name));
        let fields: Vec<_> = table.fields().collect();
        let mut names: Vec<_> = table.columns.iter().map(|c| c.name.clone()).collect();
        let renamed = alias.map_or(&[][..], |a| &a.columns);
        if renamed.len() > names.len() {
            let message =
                format!("table `{called}` has {} columns, but {} names", names.len(), renamed.len());
            self.report(
                Diagnostic::error(Code::UnknownColumn, called_span, message)
                    .help("give one name a column at most"),
            );
            return None;
        }
        for (name, column) in names.iter_mut().zip(renamed) {
            *name = fold(&column.name);
        }
        let mut scope = Scope::default();
        scope.add_table(called.clone(), called_span, names, fields.clone());
        let entry = &mut scope.tables[0];
        entry.table = Some(id);
        entry.renamed = (called != table.name).then(|| table.name.clone());
        let kind = RelationKind::Scan { table: id, alias: called };
        Some(Bound { relation: Relation { kind, columns: fields, span: span.to(called_span) }, scope })
    }

    fn find_table(&mut self, name: &ast::ObjectName, span: Span) -> Option<TableId> {
        let parts = parts(name).unwrap_or_default();
        let found = match parts.as_slice() {
            [table] => self.catalog.find_table(table),
            [schema, table] if schema == "public" => self.catalog.find_table(table),
            _ => None,
        };
        if found.is_none() {
            let name = parts.join(".");
            let diagnostic = Diagnostic::error(Code::UnknownTable, span, format!("unknown table `{name}`"));
            let candidates = self.catalog.tables.iter().map(|t| t.name.as_str());
            let diagnostic = match nearest(&name, candidates) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")).suggest(near),
                None => diagnostic.help("declare it in the schema with CREATE TABLE"),
            };
            self.report(diagnostic);
        }
        found
    }

    /// Whether all tables have names of their own; reports those that do not.
    fn distinct_tables(&mut self, left: &Scope, right: &Scope) -> bool {
        let mut distinct = true;
        for table in &right.tables {
            if let Some(first) = left.table(&table.name) {
                distinct = false;
                let message = format!("two tables are called `{}`", table.name);
                self.report(
                    Diagnostic::error(Code::Duplicate, table.span, message)
                        .also(first.span, "the first one")
                        .help(format!("give one of them an alias: `{} AS …`", table.name)),
                );
            }
        }
        distinct
    }
}

impl Bound {
    /// The product with another one.
    fn times(self, right: Bound) -> Bound {
        let span = self.relation.span.to(right.relation.span);
        let scope = self.scope.join(right.scope);
        let kind = RelationKind::Join {
            left: Box::new(self.relation),
            right: Box::new(right.relation),
            condition: None,
        };
        Bound { relation: Relation { kind, columns: scope.fields.clone(), span }, scope }
    }
}
