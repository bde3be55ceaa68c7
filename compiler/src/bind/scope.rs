//! What names mean at one query level.

use crate::algebra::{Aggregate, Field};
use crate::catalog::{Table, TableId};
use crate::source::Span;
use crate::types::Type;

/// The names of one query level: the tables of its FROM over the columns of one relation.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The columns of the relation that expressions are bound over.
    pub fields: Vec<Field>,
    /// The tables of FROM, in order.
    pub tables: Vec<ScopeTable>,
    /// What `*` stands for, and what an unqualified name is looked up in.
    pub visible: Vec<Visible>,
    /// Aliases of the select list: they may stand in GROUP BY and ORDER BY, and explain mistakes elsewhere.
    pub aliases: Vec<(String, Span)>,
    /// The aggregates met so far; the i-th stands as column `fields.len() + i`.
    pub aggregates: Vec<Aggregate>,
}

/// A table of FROM.
#[derive(Clone, Debug)]
pub(super) struct ScopeTable {
    /// What the query calls it.
    pub name: String,
    /// Where it is named.
    pub span: Span,
    /// Which table it is, if it is one of the catalog.
    pub table: Option<TableId>,
    /// The table's own name, if it has been given an alias.
    pub renamed: Option<String>,
    /// The position of its first column.
    pub first: usize,
    /// The names of its columns.
    pub columns: Vec<String>,
}

/// A column that an unqualified name can mean.
#[derive(Clone, Debug)]
pub(super) struct Visible {
    /// Its name.
    pub name: String,
    /// Its position.
    pub position: usize,
    /// The type it is converted to: that of a column merged by USING from sides of different types.
    pub ty: Option<Type>,
}

impl Scope {
    /// The scope of the conditions of a table.
    pub fn of_table(table: &Table) -> Scope {
        let mut scope = Scope::default();
        let names = table.columns.iter().map(|c| c.name.clone()).collect();
        scope.add_table(table.name.clone(), table.span, names, table.fields().collect());
        scope
    }

    /// Adds a table whose columns follow those that are already there.
    pub fn add_table(&mut self, name: String, span: Span, columns: Vec<String>, fields: Vec<Field>) {
        let first = self.fields.len();
        self.visible.extend(columns.iter().enumerate().map(|(i, name)| Visible {
            name: name.clone(),
            position: first + i,
            ty: None,
        }));
        self.tables.push(ScopeTable { name, span, table: None, renamed: None, first, columns });
        self.fields.extend(fields);
    }

    /// The names of a join: those of `self`, then those of `right`, whose columns follow.
    pub fn join(mut self, right: Scope) -> Scope {
        let shift = self.fields.len();
        self.fields.extend(right.fields);
        self.tables.extend(right.tables.into_iter().map(|t| ScopeTable { first: t.first + shift, ..t }));
        self.visible.extend(right.visible.into_iter().map(|v| Visible { position: v.position + shift, ..v }));
        self
    }

    /// What an unqualified name can mean.
    pub fn find(&self, name: &str) -> Vec<&Visible> {
        self.visible.iter().filter(|v| v.name == name).collect()
    }

    /// The table a query calls by this name.
    pub fn table(&self, name: &str) -> Option<&ScopeTable> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// The table that a column belongs to.
    pub fn owner(&self, position: usize) -> Option<&ScopeTable> {
        self.tables.iter().find(|t| (t.first..t.first + t.columns.len()).contains(&position))
    }

    /// A column as a query would write it: qualified only where there are several tables.
    pub fn written(&self, position: usize) -> String {
        match self.tables.len() {
            1 => self.fields[position].name.clone(),
            _ => self.qualified(position),
        }
    }

    /// A column as `table.column`.
    pub fn qualified(&self, position: usize) -> String {
        match self.owner(position) {
            Some(t) => format!("{}.{}", t.name, t.columns[position - t.first]),
            None => self.fields.get(position).map_or_else(String::new, |f| f.name.clone()),
        }
    }
}
