//! References to columns.

use sqlparser::ast;

use super::clause::Clause;
use super::scope::{Scope, Visible};
use super::{Binder, coerce};
use crate::algebra::{Expr, ExprKind, nullable};
use crate::catalog::fold;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest::nearest;

impl Binder<'_> {
    /// An unqualified name.
    pub(super) fn column(&mut self, ident: &ast::Ident) -> Expr {
        let name = fold(ident);
        let span = self.span(ident);
        let scope = self.scope();
        match scope.find(&name).as_slice() {
            [] => {
                let mut diagnostic = self.unknown_column(&name, span);
                if ident.quote_style.is_some() && diagnostic.suggestion.is_none() {
                    diagnostic =
                        diagnostic.note("double quotes are for names; strings are written in single quotes");
                }
                self.poison(diagnostic)
            }
            [one] => {
                let visible = Visible::clone(one);
                self.visible_column(&visible, span)
            }
            many => {
                let candidates: Vec<_> = many.iter().map(|v| scope.qualified(v.position)).collect();
                let diagnostic = ambiguous_column(&name, span, &candidates);
                self.poison(diagnostic)
            }
        }
    }

    /// `table.column`.
    pub(super) fn qualified_column(&mut self, idents: &[ast::Ident], span: Span) -> Expr {
        let names: Vec<_> = idents.iter().map(fold).collect();
        let (table, column) = match names.as_slice() {
            [table, column] => (table, column),
            [schema, table, column] if schema == "public" => (table, column),
            _ => {
                let message = format!("`{}` is not `table.column`", names.join("."));
                return self.poison(
                    Diagnostic::error(Code::Unsupported, span, message)
                        .help("write the table's alias and the column"),
                );
            }
        };
        let table_span =
            idents[..idents.len() - 1].iter().map(|i| self.span(i)).reduce(Span::to).unwrap_or(span);
        let Some(found) = self.scope().table(table) else {
            let diagnostic = self.unknown_table_in_from(table, table_span);
            return self.poison(diagnostic);
        };
        match found.columns.iter().position(|c| c == column) {
            Some(i) => {
                let position = found.first + i;
                self.visible_column(&Visible { name: column.clone(), position, ty: None }, span)
            }
            None => {
                let column_span = idents.last().map_or(span, |i| self.span(i));
                let diagnostic = self.unknown_column_of(table, column, column_span);
                self.poison(diagnostic)
            }
        }
    }

    /// The expression a visible column stands for.
    pub(super) fn visible_column(&mut self, visible: &Visible, span: Span) -> Expr {
        let field = &self.scope().fields[visible.position];
        let column =
            Expr { kind: ExprKind::Column(visible.position), ty: field.ty, nullable: field.nullable, span };
        match visible.ty {
            Some(ty) => coerce::convert(column, ty),
            None => column,
        }
    }

    fn unknown_column(&mut self, name: &str, span: Span) -> Diagnostic {
        let clause = self.clause;
        let scope = self.scope();
        let diagnostic = Diagnostic::error(Code::UnknownColumn, span, format!("unknown column `{name}`"));
        if let Some((_, alias)) = scope.aliases.iter().find(|(alias, _)| alias == name) {
            return alias_misuse(diagnostic, name, *alias, clause);
        }
        if scope.table(name).is_some() {
            return diagnostic.label("this is a table").help(format!("name one of its columns: `{name}.…`"));
        }
        let candidates = scope.visible.iter().map(|v| v.name.as_str());
        match nearest(name, candidates) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).suggest(near),
            None if scope.tables.is_empty() => diagnostic.help("only constants may stand here"),
            None => {
                let tables =
                    scope.tables.iter().map(|t| format!("`{}` has {}", t.name, t.columns.join(", ")));
                tables.fold(diagnostic, Diagnostic::note)
            }
        }
    }

    fn unknown_column_of(&mut self, table: &str, column: &str, span: Span) -> Diagnostic {
        let message = format!("table `{table}` has no column `{column}`");
        let diagnostic = Diagnostic::error(Code::UnknownColumn, span, message);
        let scope = self.scope();
        let columns = scope.table(table).map_or(&[][..], |t| &t.columns);
        if let Some(near) = nearest(column, columns.iter().map(String::as_str)) {
            return diagnostic.help(format!("did you mean `{near}`?")).suggest(near);
        }
        let elsewhere = scope.tables.iter().find(|t| t.columns.iter().any(|c| c == column));
        match elsewhere {
            Some(t) => diagnostic.help(format!("`{}` has this column: write `{}.{column}`", t.name, t.name)),
            None => diagnostic.note(format!("`{table}` has {}", columns.join(", "))),
        }
    }

    pub(super) fn unknown_table_in_from(&mut self, table: &str, span: Span) -> Diagnostic {
        let exists = self.catalog.find_table(table).is_some();
        let scope = self.scope();
        let message = format!("table `{table}` is not in FROM");
        let diagnostic = Diagnostic::error(Code::UnknownTable, span, message);
        if let Some(t) = scope.tables.iter().find(|t| t.renamed.as_deref() == Some(table)) {
            return diagnostic
                .also(t.span, format!("`{table}` is called `{}` here", t.name))
                .help(format!("write `{}`, since an alias hides the table's own name", t.name))
                .suggest(&t.name);
        }
        match nearest(table, scope.tables.iter().map(|t| t.name.as_str())) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).suggest(near),
            None if exists => diagnostic.help(format!("join `{table}` in FROM first")),
            None => diagnostic,
        }
    }
}

/// An alias of the select list in a clause that is evaluated before there is a select list.
fn alias_misuse(diagnostic: Diagnostic, name: &str, alias: Span, clause: Clause) -> Diagnostic {
    let help = match clause {
        Clause::GroupBy | Clause::OrderBy => {
            format!("`{name}` may stand there alone; inside of an expression, repeat what it stands for")
        }
        _ => format!("repeat the expression that `{name}` stands for"),
    };
    diagnostic.also(alias, "an alias names a result column, not one of the input").help(help)
}

/// A name with several meanings.
pub(super) fn ambiguous_column(name: &str, span: Span, candidates: &[String]) -> Diagnostic {
    let list: Vec<_> = candidates.iter().map(|c| format!("`{c}`")).collect();
    Diagnostic::error(Code::Ambiguous, span, format!("`{name}` is ambiguous"))
        .help(format!("write {}", list.join(" or ")))
}

impl Scope {
    /// Takes over what a condition proves about the rows that pass it.
    pub fn assume(&mut self, condition: &Expr) {
        for column in nullable::proven(condition, true) {
            if let Some(field) = self.fields.get_mut(column) {
                field.nullable = false;
            }
        }
    }
}
