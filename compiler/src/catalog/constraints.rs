//! Keys and checks of a table.

use sqlparser::ast::{self, TableConstraint};

use super::build::{Builder, Context, duplicate, invalid, unsupported};
use super::relation_names::joined;
use super::{Check, ColumnId, Key, TableId, fold, foreign_keys};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest::nearest;

/// A constraint, written at a column or at the table.
pub(super) struct Constraint<'s> {
    /// `CONSTRAINT name`.
    pub name: Option<&'s ast::Ident>,
    /// The columns it constrains; none for a table's CHECK.
    pub columns: Vec<ColumnId>,
    /// Where it is written.
    pub span: Span,
    pub kind: Kind<'s>,
}

pub(super) enum Kind<'s> {
    /// An explicit `NULL`, which a primary key contradicts.
    Null,
    PrimaryKey,
    Unique,
    ForeignKey(&'s ast::ForeignKeyConstraint),
    Check(&'s ast::CheckConstraint),
}

/// Adds the constraints that are written at the table.
pub(super) fn of_table<'s>(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    written: &'s [TableConstraint],
    constraints: &mut Vec<Constraint<'s>>,
) {
    let spans = context.spans;
    for constraint in written {
        let (name, columns, span, kind) = match constraint {
            TableConstraint::PrimaryKey(key) => {
                let Some(columns) = index_columns(builder, context, table, &key.columns) else { continue };
                let span =
                    spans.declaration(key.columns.first().map_or(context.span, |c| spans.of(&c.column)));
                refuse_characteristics(builder, context, span, key.characteristics.as_ref());
                refuse_include(builder, context, span, &key.include);
                (key.name.as_ref(), columns, span, Kind::PrimaryKey)
            }
            TableConstraint::Unique(unique) => {
                let Some(columns) = index_columns(builder, context, table, &unique.columns) else { continue };
                let span =
                    spans.declaration(unique.columns.first().map_or(context.span, |c| spans.of(&c.column)));
                refuse_unique_options(builder, context, span, unique);
                (unique.name.as_ref(), columns, span, Kind::Unique)
            }
            TableConstraint::ForeignKey(key) => {
                let Some(columns) = columns(builder, context, table, &key.columns) else { continue };
                (
                    key.name.as_ref(),
                    columns,
                    spans.declaration(spans.of(&key.foreign_table)),
                    Kind::ForeignKey(key),
                )
            }
            TableConstraint::Check(check) => {
                (check.name.as_ref(), Vec::new(), spans.of(&check.expr), Kind::Check(check))
            }
            TableConstraint::Exclude(_) => {
                let span = context.spans.find_anywhere(&["EXCLUDE"]).unwrap_or(context.span);
                let help = "only UNIQUE is enforced; a query can list the rows that conflict";
                builder.report(unsupported(span, "EXCLUDE").help(help));
                continue;
            }
            other => {
                builder.report(unsupported(spans.of(other), "this constraint"));
                continue;
            }
        };
        constraints.push(Constraint { name, columns, span, kind });
    }
}

/// Checks and names the constraints, and adds them to the table: primary key and unique constraints before
/// foreign keys, which may refer to them.
pub(super) fn apply(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    constraints: &[Constraint<'_>],
) {
    refuse_repeated_names(builder, context, constraints);
    for constraint in constraints {
        if let Kind::Check(check) = constraint.kind {
            add_check(builder, context, table, constraint, check);
        }
    }
    for constraint in constraints.iter().filter(|c| matches!(c.kind, Kind::PrimaryKey)) {
        add_primary_key(builder, context, table, constraints, constraint);
    }
    for constraint in constraints.iter().filter(|c| matches!(c.kind, Kind::Unique)) {
        let name = name_index(builder, context, table, constraint);
        let key = Key { name, columns: constraint.columns.clone(), span: constraint.span };
        builder.catalog.tables[table.0 as usize].unique.push(key);
    }
    for constraint in constraints {
        if let Kind::ForeignKey(key) = constraint.kind {
            foreign_keys::add(builder, context, table, constraint, key);
        }
    }
}

fn refuse_repeated_names(builder: &mut Builder<'_>, context: &Context<'_>, constraints: &[Constraint<'_>]) {
    let named: Vec<_> = constraints.iter().filter_map(|c| c.name).collect();
    for (i, name) in named.iter().enumerate() {
        if let Some(first) = named[..i].iter().find(|other| fold(other) == fold(name)) {
            let first = context.spans.of(*first);
            builder.report(duplicate(context.spans.of(*name), "constraint", &fold(name), first));
        }
    }
}

fn add_check(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    constraint: &Constraint<'_>,
    check: &ast::CheckConstraint,
) {
    if check.enforced == Some(false) {
        let span = context.words(constraint.span, &["NOT", "ENFORCED"]);
        builder.report(unsupported(span, "a constraint that is not enforced").help("remove the constraint"));
    }
    let Some(predicate) = builder.bind_check(table, &check.expr, context.spans) else { return };
    let declared = builder.catalog.table(table);
    let column = match predicate.columns().as_slice() {
        [only] => declared.columns.get(*only).map(|c| c.name.clone()),
        _ => None,
    };
    let name = match constraint.name {
        Some(name) => fold(name),
        None => builder.names.choose(&declared.name, column.as_deref(), "check"),
    };
    builder.names.note_constraint(&name);
    let check = Check { name, predicate, span: constraint.span };
    builder.catalog.tables[table.0 as usize].checks.push(check);
}

fn add_primary_key(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    constraints: &[Constraint<'_>],
    constraint: &Constraint<'_>,
) {
    let declared = builder.catalog.table(table);
    if let Some(first) = &declared.primary_key {
        let message = format!("the table `{}` has two primary keys", declared.name);
        let diagnostic = invalid(constraint.span, message).also(first.span, "the first one");
        let help = "for a key of several columns write `PRIMARY KEY (a, b)` once, behind the columns";
        builder.report(diagnostic.help(help));
        return;
    }
    let name = name_index(builder, context, table, constraint);
    let key = Key { name, columns: constraint.columns.clone(), span: constraint.span };
    for null in
        constraints.iter().filter(|c| matches!(c.kind, Kind::Null) && key.columns.contains(&c.columns[0]))
    {
        let column = builder.catalog.table(table).column(null.columns[0]).name.clone();
        let diagnostic = invalid(null.span, format!("the column `{column}` is NULL, but in the primary key"));
        builder.report(diagnostic.also(constraint.span, "this key").help("remove NULL"));
    }
    let declared = &mut builder.catalog.tables[table.0 as usize];
    for column in &key.columns {
        declared.columns[column.0 as usize].nullable = false;
    }
    declared.primary_key = Some(key);
}

/// The name of the index behind a key: as given, or made up.
fn name_index(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    constraint: &Constraint<'_>,
) -> String {
    if let Some(name) = constraint.name {
        builder.declare_relation(&fold(name), context.spans.of(name));
        return fold(name);
    }
    let declared = builder.catalog.table(table);
    let name = match constraint.kind {
        Kind::PrimaryKey => builder.names.choose(&declared.name, None, "pkey"),
        _ => {
            let columns = joined(constraint.columns.iter().map(|&c| declared.column(c).name.as_str()));
            builder.names.choose(&declared.name, Some(&columns), "key")
        }
    };
    builder.declare_relation(&name, constraint.span);
    name
}

/// The columns of these names, each once.
pub(super) fn columns(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    names: &[ast::Ident],
) -> Option<Vec<ColumnId>> {
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        let span = context.spans.of(name);
        let id = column(builder, table, &fold(name), span)?;
        if columns.contains(&id) {
            builder.report(Diagnostic::error(
                Code::Duplicate,
                span,
                format!("the column `{}` is listed twice", fold(name)),
            ));
            return None;
        }
        columns.push(id);
    }
    Some(columns)
}

/// The column of this name.
fn column(builder: &mut Builder<'_>, table: TableId, name: &str, span: Span) -> Option<ColumnId> {
    let declared = builder.catalog.table(table);
    if let Some(id) = declared.find_column(name) {
        return Some(id);
    }
    let message = format!("the table `{}` has no column `{name}`", declared.name);
    let diagnostic = Diagnostic::error(Code::UnknownColumn, span, message);
    let diagnostic = match nearest(name, declared.columns.iter().map(|c| c.name.as_str())) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).suggest(near),
        None => diagnostic.also(declared.span, "this table"),
    };
    builder.report(diagnostic);
    None
}

/// The columns of an index or key: plain ones, each once.
pub(super) fn index_columns(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    written: &[ast::IndexColumn],
) -> Option<Vec<ColumnId>> {
    let mut names = Vec::with_capacity(written.len());
    for element in written {
        if let Some(class) = &element.operator_class {
            builder.report(unsupported(context.spans.of(class), "an operator class").help("leave it out"));
        }
        match &element.column.expr {
            ast::Expr::Identifier(name) => names.push(name.clone()),
            expr => {
                let help = "name columns only; the compiler finds out what indexes a query needs";
                builder.report(unsupported(context.spans.of(expr), "an index on an expression").help(help));
                return None;
            }
        }
    }
    columns(builder, context, table, &names)
}

/// `DEFERRABLE` and its relatives, except where they say what holds anyway.
pub(super) fn refuse_characteristics(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    span: Span,
    characteristics: Option<&ast::ConstraintCharacteristics>,
) {
    let Some(characteristics) = characteristics else { return };
    if characteristics.deferrable == Some(true)
        || characteristics.initially == Some(ast::DeferrableInitial::Deferred)
    {
        let at = context.words(span, &["DEFERRABLE"]);
        let help = "leave it out: foreign keys are checked when the transaction commits, other constraints at each write";
        builder.report(unsupported(at, "DEFERRABLE").help(help));
    }
    if characteristics.enforced == Some(false) {
        let at = context.words(span, &["NOT", "ENFORCED"]);
        builder.report(unsupported(at, "a constraint that is not enforced").help("remove the constraint"));
    }
}

/// What a unique constraint may say beyond its columns.
pub(super) fn refuse_unique_options(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    span: Span,
    unique: &ast::UniqueConstraint,
) {
    refuse_characteristics(builder, context, span, unique.characteristics.as_ref());
    refuse_include(builder, context, span, &unique.include);
    if unique.nulls_distinct == ast::NullsDistinctOption::NotDistinct {
        let at = context.words(span, &["NULLS", "NOT", "DISTINCT"]);
        builder.report(unsupported(at, "NULLS NOT DISTINCT").help("declare the columns NOT NULL"));
    }
}

fn refuse_include(builder: &mut Builder<'_>, context: &Context<'_>, span: Span, include: &[ast::Ident]) {
    if !include.is_empty() {
        let at = context.words(span, &["INCLUDE"]);
        builder.report(unsupported(at, "INCLUDE").help("leave it out: every index finds whole rows"));
    }
}
