//! `CREATE INDEX`.

use sqlparser::ast::{self, IndexType};

use super::Key;
use super::build::{Builder, Context, unsupported};
use super::constraints::index_columns;
use super::identifiers::unqualified;
use super::relation_names::joined;

/// Adds the index to its table; a unique one becomes a key.
pub(super) fn create(builder: &mut Builder<'_>, context: &Context<'_>, create: &ast::CreateIndex) {
    refuse_options(builder, context, create);
    let Some(table) = builder.table(&create.table_name, context.spans) else { return };
    let Some(columns) = index_columns(builder, context, table, &create.columns) else { return };
    let (name, span) = match &create.name {
        Some(name) => match builder.ok(unqualified(name, context.spans.of(name))) {
            Some(folded) => (folded, context.spans.of(name)),
            None => return,
        },
        None => {
            let declared = builder.catalog.table(table);
            let columns = joined(columns.iter().map(|&c| declared.column(c).name.as_str()));
            (builder.names.choose(&declared.name, Some(&columns), "idx"), context.span)
        }
    };
    if !builder.declare_relation(&name, span) {
        return;
    }
    let key = Key { name, columns, span: context.span };
    let declared = &mut builder.catalog.tables[table.0 as usize];
    if create.unique { declared.unique.push(key) } else { declared.indexes.push(key) }
}

fn refuse_options(builder: &mut Builder<'_>, context: &Context<'_>, create: &ast::CreateIndex) {
    if let Some(predicate) = &create.predicate {
        let help = match create.unique {
            true => "put the rows it is about in a table of their own",
            false => "leave the WHERE out; the compiler finds out what indexes a query needs",
        };
        builder.report(unsupported(context.spans.of(predicate), "a partial index").help(help));
    }
    if let Some(method) =
        create.using.as_ref().filter(|using| !matches!(using, IndexType::BTree | IndexType::Hash))
    {
        let what = format!("an index USING {method}");
        builder.report(unsupported(context.option(&["USING"]), &what).help("leave USING out"));
    }
    if create.nulls_distinct == Some(false) {
        let at = context.option(&["NULLS", "NOT", "DISTINCT"]);
        builder.report(unsupported(at, "NULLS NOT DISTINCT").help("declare the columns NOT NULL"));
    }
    if !create.include.is_empty() {
        let at = context.option(&["INCLUDE"]);
        builder.report(unsupported(at, "INCLUDE").help("leave it out: every index finds whole rows"));
    }
    if !create.with.is_empty() {
        builder.report(unsupported(context.option(&["WITH"]), "a storage parameter").help("leave it out"));
    }
}
