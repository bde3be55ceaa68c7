//! `REFERENCES` and `FOREIGN KEY`.

use sqlparser::ast::{self, ConstraintReferenceMatchKind, ReferentialAction};

use super::build::{Builder, Context, invalid, unsupported};
use super::constraints::{self, Constraint};
use super::relation_names::joined;
use super::{ColumnId, ForeignKey, OnDelete, Table, TableId, fold};
use crate::diagnostic::{Code, Diagnostic};
use crate::types::Type;

/// Checks a foreign key and adds it to its table.
pub(super) fn add(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    constraint: &Constraint<'_>,
    written: &ast::ForeignKeyConstraint,
) {
    let Constraint { ref columns, span, .. } = *constraint;
    constraints::refuse_characteristics(builder, context, span, written.characteristics.as_ref());
    refuse_actions(builder, context, constraint, written);
    let Some(target) = builder.table(&written.foreign_table, context.spans) else { return };
    let Some(referenced) = referenced_columns(builder, context, target, written) else { return };
    if referenced.len() != columns.len() {
        let message = format!("{} columns reference {}", columns.len(), referenced.len());
        builder
            .report(invalid(span, message).also(builder.catalog.table(target).span, "the referenced table"));
        return;
    }
    check_types(builder, context, table, target, constraint, &referenced);
    let on_delete = match written.on_delete {
        Some(ReferentialAction::Cascade) => OnDelete::Cascade,
        Some(ReferentialAction::Restrict) => OnDelete::Restrict,
        Some(ReferentialAction::SetNull) => OnDelete::SetNull,
        Some(ReferentialAction::NoAction | ReferentialAction::SetDefault) | None => OnDelete::NoAction,
    };
    let declared = builder.catalog.table(table);
    if on_delete == OnDelete::SetNull
        && let Some(&column) = columns.iter().find(|&&c| !declared.column(c).nullable)
    {
        let message = format!("SET NULL, but the column `{}` is NOT NULL", declared.column(column).name);
        let diagnostic =
            Diagnostic::warning(Code::InvalidSchema, context.words(span, &["SET", "NULL"]), message);
        builder.report(diagnostic.note("deleting a referenced row will be refused"));
    }
    let declared = builder.catalog.table(table);
    let name = match constraint.name {
        Some(name) => fold(name),
        None => {
            let columns = joined(columns.iter().map(|&c| declared.column(c).name.as_str()));
            builder.names.choose(&declared.name, Some(&columns), "fkey")
        }
    };
    builder.names.note_constraint(&name);
    let key = ForeignKey { name, columns: columns.clone(), table: target, referenced, on_delete, span };
    builder.catalog.tables[table.0 as usize].foreign_keys.push(key);
}

fn refuse_actions(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    constraint: &Constraint<'_>,
    written: &ast::ForeignKeyConstraint,
) {
    if !matches!(written.on_update, None | Some(ReferentialAction::NoAction)) {
        let at = context.words(constraint.span, &["ON", "UPDATE"]);
        let help = "leave it out, and update the referencing rows in the same transaction";
        builder.report(unsupported(at, "an action ON UPDATE").help(help));
    }
    if written.on_delete == Some(ReferentialAction::SetDefault) {
        let at = context.words(constraint.span, &["SET", "DEFAULT"]);
        builder.report(unsupported(at, "SET DEFAULT").help("use SET NULL, CASCADE or RESTRICT"));
    }
    let composite = constraint.columns.len() > 1;
    match written.match_kind {
        Some(ConstraintReferenceMatchKind::Full) if composite => {
            let at = context.words(constraint.span, &["MATCH", "FULL"]);
            let help = "leave it out, and declare the columns NOT NULL or add a CHECK that all or none are";
            builder.report(unsupported(at, "MATCH FULL").help(help));
        }
        Some(ConstraintReferenceMatchKind::Partial) => {
            let at = context.words(constraint.span, &["MATCH", "PARTIAL"]);
            builder.report(unsupported(at, "MATCH PARTIAL").help("leave it out"));
        }
        _ => {}
    }
}

/// The referenced columns, which are the primary key where they are not named, and must be some key.
fn referenced_columns(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    target: TableId,
    written: &ast::ForeignKeyConstraint,
) -> Option<Vec<ColumnId>> {
    let place = context.spans.of(&written.foreign_table);
    let declared = builder.catalog.table(target);
    let name = declared.name.clone();
    if written.referred_columns.is_empty() {
        let Some(key) = &declared.primary_key else {
            let diagnostic = invalid(place, format!("the table `{name}` has no primary key to reference"));
            let diagnostic = diagnostic.also(declared.span, "declared here");
            builder
                .report(diagnostic.help("name the columns of a UNIQUE constraint, or give it a primary key"));
            return None;
        };
        return Some(key.columns.clone());
    }
    let columns = constraints::columns(builder, context, target, &written.referred_columns)?;
    let declared = builder.catalog.table(target);
    if !is_key(declared, &columns) {
        let span = context.spans.of(&written.referred_columns);
        let diagnostic =
            invalid(span, format!("these columns are no primary key or UNIQUE constraint of `{name}`"));
        let diagnostic = diagnostic.also(declared.span, "declared here");
        builder.report(diagnostic.help("declare UNIQUE on exactly these columns"));
        return None;
    }
    Some(columns)
}

/// Whether exactly these columns, in any order, are a key.
fn is_key(table: &Table, columns: &[ColumnId]) -> bool {
    let sorted = |columns: &[ColumnId]| {
        let mut columns = columns.to_vec();
        columns.sort_unstable();
        columns
    };
    table.keys().any(|key| sorted(&key.columns) == sorted(columns))
}

fn check_types(
    builder: &mut Builder<'_>,
    context: &Context<'_>,
    table: TableId,
    target: TableId,
    constraint: &Constraint<'_>,
    referenced: &[ColumnId],
) {
    for (&column, &other) in constraint.columns.iter().zip(referenced) {
        let catalog = &builder.catalog;
        let (column, other) = (catalog.table(table).column(column), catalog.table(target).column(other));
        if comparable(column.ty, other.ty) {
            continue;
        }
        let (ty, other_ty) = (catalog.type_name(column.ty), catalog.type_name(other.ty));
        let message = format!("`{}` is {ty}, but the referenced `{}` is {other_ty}", column.name, other.name);
        let diagnostic =
            Diagnostic::error(Code::TypeMismatch, context.spans.type_after(column.span), message);
        let diagnostic = diagnostic.also(other.span, other_ty.clone()).suggest(other_ty);
        builder.report(diagnostic.help("give both columns the same type"));
    }
}

/// Types whose values find each other in an index: equal ones, and integers of any width.
fn comparable(a: Type, b: Type) -> bool {
    let same_scale = match (a, b) {
        (Type::Decimal { scale: a, .. }, Type::Decimal { scale: b, .. }) => a == b,
        _ => a == b,
    };
    same_scale || (a.is_integer() && b.is_integer()) || a == Type::Error || b == Type::Error
}
