//! `New…` structs: rows whose columns with defaults may be left out of an insert.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::expr::{Code, Scope};
use super::super::strip_schema;
use super::super::table_names::row_type;
use super::super::types::rust_type;
use super::column_fields;
use crate::catalog::{Catalog, Column, Default, Table};

/// The struct, for a table in which some column has a default; `None` otherwise.
pub(super) fn emit(catalog: &Catalog, table: &Table) -> Option<TokenStream> {
    if table.columns.iter().all(|c| matches!(c.default, Default::None)) {
        return None;
    }
    let row = row_type(table);
    let name = format_ident!("New{row}");
    let fields = column_fields(&table.columns);
    let shown = |column: &Column| !matches!(column.default, Default::Identity { always: true });
    let declared = table.columns.iter().zip(&fields).filter(|(c, _)| shown(c)).map(|(column, field)| {
        let ty = strip_schema(rust_type(catalog, column.ty));
        let has_default = !matches!(column.default, Default::None);
        let doc = match (&column.default, column.nullable) {
            (Default::Identity { .. }, _) => "`None` takes the next number of the sequence.",
            (Default::Expr(_), true) => "`None` takes the default, `Some(None)` is NULL.",
            (Default::Expr(_), false) => "`None` takes the default.",
            (Default::None, true) => "`None` is NULL.",
            (Default::None, false) => "Has no default.",
        };
        let ty = if column.nullable { quote!(Option<#ty>) } else { ty };
        let ty = if has_default { quote!(Option<#ty>) } else { ty };
        quote!(#[doc = #doc] pub #field: #ty,)
    });
    let values = table.columns.iter().zip(&fields).enumerate().map(|(at, (column, field))| {
        let value = fill(catalog, table, column, at, &quote!(self.#field));
        quote!(#field: #value)
    });
    let derive_default = table.columns.iter().all(|c| c.nullable || !matches!(c.default, Default::None));
    let default = derive_default.then(|| quote!(, Default));
    let doc = format!("A row to be inserted into `{}`: columns with a default may be left out.", table.name);
    Some(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq, Eq #default)]
        pub struct #name {
            #(#declared)*
        }

        impl ::cosmictron::store::Insertable for #name {
            type Row = #row;
            fn into_row(
                self,
                now: ::cosmictron::Timestamp,
                identity: &mut dyn FnMut(usize) -> Result<i64, ::cosmictron::Violation>,
            ) -> Result<#row, ::cosmictron::Violation> {
                let _ = (now, &identity);
                Ok(#row { #(#values),* })
            }
        }
    })
}

fn fill(catalog: &Catalog, table: &Table, column: &Column, at: usize, given: &TokenStream) -> TokenStream {
    match &column.default {
        Default::None => given.clone(),
        Default::Identity { always } => {
            let ty = strip_schema(rust_type(catalog, column.ty));
            let position = Literal::usize_unsuffixed(at);
            let (table, name) = (&table.name, &column.name);
            let next = quote! {
                #ty::try_from(identity(#position)?).map_err(|_| ::cosmictron::Violation {
                    kind: ::cosmictron::ViolationKind::Value,
                    table: #table,
                    constraint: #name.into(),
                    detail: "the next number of the sequence does not fit the column".into(),
                })?
            };
            if *always { next } else { quote!(match #given { Some(given) => given, None => #next }) }
        }
        Default::Expr(expr) => {
            let scope = Scope { catalog, column: &|_| Code::place(quote!(now), expr.ty, false) };
            let value = strip_schema(scope.code(expr).into_owned_as(column.nullable));
            let value = if expr.can_fail() {
                let (table, name) = (&table.name, &column.name);
                quote!({
                    let value = || -> Result<_, ::cosmictron::EvalError> { Ok(#value) };
                    value().map_err(|error| ::cosmictron::Violation {
                        kind: ::cosmictron::ViolationKind::Value,
                        table: #table,
                        constraint: #name.into(),
                        detail: ::std::string::ToString::to_string(&error),
                    })?
                })
            } else {
                value
            };
            quote!(match #given { Some(given) => given, None => #value })
        }
    }
}
