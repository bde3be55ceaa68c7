//! From the statements of a schema to the catalog.

use sqlparser::ast;

use super::relation_names::RelationNames;
use super::{Catalog, EnumId, TableId, enums, index, rust_names, table};
use crate::algebra::Expr;
use crate::bind;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{ParsedSchema, ParsedStatement, Spans, is_reserved};
use crate::source::Span;
use crate::suggest::nearest;
use crate::types::Type;

/// Resolves and checks what a schema declares. The catalog has every table that has a name and columns, whatever
/// else is wrong with it, so that queries over it can be checked as well.
pub fn build(schema: &ParsedSchema, diagnostics: &mut Vec<Diagnostic>) -> Catalog {
    let catalog = Catalog::default();
    let mut builder = Builder { catalog, names: RelationNames::default(), schema, diagnostics };
    for statement in &schema.statements {
        let context = Context { spans: &statement.spans, span: statement.span };
        match &statement.statement {
            ast::Statement::CreateTable(create) => table::create(&mut builder, &context, create),
            ast::Statement::CreateIndex(create) => index::create(&mut builder, &context, create),
            ast::Statement::CreateType { name, representation } => {
                enums::create(&mut builder, &context, name, representation.as_ref());
            }
            _ => builder.report(unsupported(statement.span, "this statement")),
        }
    }
    let mut catalog = builder.catalog;
    rust_names::allocate(&mut catalog);
    catalog
}

/// The catalog so far and what is needed to go on.
pub(super) struct Builder<'a> {
    pub catalog: Catalog,
    pub names: RelationNames,
    schema: &'a ParsedSchema,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// The statement that is being read.
pub(super) struct Context<'a> {
    pub spans: &'a Spans,
    pub span: Span,
}

impl Context<'_> {
    /// The words, given in upper case, in the declaration around `place`; the place itself if they are not there.
    pub fn words(&self, place: Span, words: &[&str]) -> Span {
        self.spans.find(self.spans.declaration(place), words).unwrap_or(place)
    }

    /// The words anywhere in the statement outside brackets; the whole statement if they are not there.
    pub fn option(&self, words: &[&str]) -> Span {
        self.spans.find(self.span, words).unwrap_or(self.span)
    }
}

impl Builder<'_> {
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Unwraps, reporting the error.
    pub fn ok<T>(&mut self, result: Result<T, Box<Diagnostic>>) -> Option<T> {
        result.map_err(|diagnostic| self.report(*diagnostic)).ok()
    }

    pub fn bind_check(&mut self, table: TableId, expr: &ast::Expr, spans: &Spans) -> Option<Expr> {
        bind::bind_check(&self.catalog, self.catalog.table(table), expr, spans, self.diagnostics)
    }

    pub fn bind_default(&mut self, ty: Type, expr: &ast::Expr, spans: &Spans) -> Option<Expr> {
        bind::bind_default(&self.catalog, ty, expr, spans, self.diagnostics)
    }

    /// PostgreSQL's grammar has no unquoted reserved word where a table or column is declared.
    pub fn refuse_reserved(&mut self, name: &ast::Ident, span: Span) {
        if name.quote_style.is_none() && is_reserved(&name.value.to_ascii_uppercase()) {
            let diagnostic = Diagnostic::error(Code::Syntax, span, format!("`{name}` is a reserved word"));
            let quoted = format!("\"{}\"", super::fold(name));
            self.report(
                diagnostic.help("choose another name, or quote it here and in every query").suggest(quoted),
            );
        }
    }

    /// Takes a name for a new table or index.
    pub fn declare_relation(&mut self, name: &str, span: Span) -> bool {
        let taken = self.names.declare(name, span);
        if let Err(first) = taken {
            self.report(duplicate(span, "table or index", name, first));
        }
        taken.is_ok()
    }

    /// The table of this name, declared above.
    pub fn table(&mut self, name: &ast::ObjectName, spans: &Spans) -> Option<TableId> {
        let folded = super::identifiers::unqualified(name, spans.of(name));
        let folded = self.ok(folded)?;
        if let Some(id) = self.catalog.find_table(&folded) {
            return Some(id);
        }
        let span = spans.of(name);
        let diagnostic = Diagnostic::error(Code::UnknownTable, span, format!("there is no table `{folded}`"));
        let tables = self.catalog.tables.iter().map(|t| t.name.as_str());
        let diagnostic = match (self.declared_below(&folded), nearest(&folded, tables)) {
            (Some(below), _) => diagnostic
                .also(below, "declared only here")
                .help(format!("move `{folded}` above: a table is declared before it is referenced")),
            (None, Some(near)) => diagnostic.help(format!("did you mean `{near}`?")).suggest(near),
            (None, None) => diagnostic,
        };
        self.report(diagnostic);
        None
    }

    /// Where a statement of the schema declares this table or type.
    pub fn declared_below(&self, folded: &str) -> Option<Span> {
        let declared = |statement: &ParsedStatement| {
            let (ast::Statement::CreateTable(ast::CreateTable { name, .. })
            | ast::Statement::CreateType { name, .. }) = &statement.statement
            else {
                return None;
            };
            let ident = name.0.last()?.as_ident()?;
            (super::fold(ident) == folded).then(|| statement.spans.of(ident))
        };
        self.schema.statements.iter().find_map(declared)
    }

    /// Where a type of this name exists: an enum, or the row type of a table.
    pub fn find_type(&self, folded: &str) -> Option<Span> {
        let of_enum = |id: EnumId| self.catalog.enum_type(id).span;
        let of_table = |id: TableId| self.catalog.table(id).span;
        let table = || self.catalog.find_table(folded).map(of_table);
        self.catalog.find_enum(folded).map(of_enum).or_else(table)
    }
}

/// The error for a name declared twice.
pub(super) fn duplicate(span: Span, what: &str, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error(Code::Duplicate, span, format!("a {what} `{name}` exists already"))
        .label("declared again here")
        .also(first, "first declared here")
}

/// The error for valid SQL that is left out.
pub(super) fn unsupported(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::Unsupported, span, format!("{what} is not supported"))
}

/// The error for declarations that contradict each other.
pub(super) fn invalid(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::InvalidSchema, span, message)
}
