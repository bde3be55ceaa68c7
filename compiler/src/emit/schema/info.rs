//! The description of a table for the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::expr::Scope;
use super::super::strip_schema;
use super::super::types::sql_type;
use crate::catalog::{Catalog, Column, Default, Key, OnDelete, Table};

pub(super) fn emit(catalog: &Catalog, table: &Table) -> TokenStream {
    let name = &table.name;
    let columns = table.columns.iter().map(|column| {
        let name = &column.name;
        let ty = strip_schema(sql_type(catalog, column.ty, column.max_length));
        let nullable = column.nullable;
        let default = default(catalog, column);
        quote! {
            ::cosmictron::store::ColumnInfo { name: #name, ty: #ty, nullable: #nullable, default: #default }
        }
    });
    let key = table.primary_key.iter().flat_map(|k| &k.columns);
    let key = key.map(|c| Literal::usize_unsuffixed(c.0 as usize));
    let constraints = constraints(catalog, table);
    quote! {
        &::cosmictron::store::TableInfo {
            name: #name,
            columns: &[#(#columns),*],
            key: &[#(#key),*],
            constraints: &[#(#constraints),*],
        }
    }
}

fn default(catalog: &Catalog, column: &Column) -> TokenStream {
    let path = quote!(::cosmictron::store::ColumnDefault);
    match &column.default {
        Default::None => quote!(#path::None),
        Default::Identity { always } => quote!(#path::Identity { always: #always }),
        Default::Expr(expr) => {
            let scope = Scope { catalog, column: &|_| unreachable_column() };
            let value = strip_schema(scope.code(expr).into_owned());
            let now = if expr.reads_clock() { quote!(now) } else { quote!(_) };
            let value = if expr.can_fail() {
                quote!({
                    let value = || -> Result<_, ::cosmictron::EvalError> { Ok(#value) };
                    value().map_or(::cosmictron::Value::Null, |v| ::cosmictron::ToValue::to_value(&v))
                })
            } else {
                quote!(::cosmictron::ToValue::to_value(&#value))
            };
            quote!(#path::Value(|#now| #value))
        }
    }
}

/// A default reads no column: binding has refused it.
fn unreachable_column() -> super::super::expr::Code {
    super::super::literal::code(
        &Catalog::default(),
        &crate::algebra::Literal::Null,
        crate::types::Type::Error,
    )
}

/// The constraints in a canonical text form, sorted.
fn constraints(catalog: &Catalog, table: &Table) -> Vec<String> {
    let list = |columns: &[crate::catalog::ColumnId], table: &Table| {
        columns.iter().map(|c| table.column(*c).name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let unique = |key: &Key| format!("{} unique ({})", key.name, list(&key.columns, table));
    let mut all: Vec<String> = Vec::new();
    all.extend(
        table.primary_key.iter().map(|k| format!("{} primary key ({})", k.name, list(&k.columns, table))),
    );
    all.extend(table.unique.iter().map(unique));
    all.extend(table.foreign_keys.iter().map(|key| {
        let parent = catalog.table(key.table);
        let action = match key.on_delete {
            OnDelete::NoAction => "no action",
            OnDelete::Restrict => "restrict",
            OnDelete::Cascade => "cascade",
            OnDelete::SetNull => "set null",
        };
        format!(
            "{} foreign key ({}) references {} ({}) on delete {action}",
            key.name,
            list(&key.columns, table),
            parent.name,
            list(&key.referenced, parent)
        )
    }));
    let fields: Vec<_> = table
        .columns
        .iter()
        .map(|c| crate::algebra::Field { name: c.name.clone(), ty: c.ty, nullable: c.nullable })
        .collect();
    all.extend(table.checks.iter().map(|check| {
        format!("{} check {}", check.name, crate::algebra::ExprText(&check.predicate, &fields))
    }));
    all.sort();
    all
}
