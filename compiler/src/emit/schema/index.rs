//! The indexes of a table: key readers and the straight-line code that maintains them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::super::naming::{Names, ident, snake};
use super::super::strip_schema;
use super::super::table_names::row_type;
use super::super::types::{key_type, tuple};
use super::column_fields;
use crate::catalog::{Catalog, Table, TableIndex};

/// The field and marker type of each physical index of a table.
pub(crate) fn index_names(table: &Table) -> Vec<(TableIndex, Ident, Ident)> {
    let mut names = Names::default();
    table
        .physical_indexes()
        .into_iter()
        .zip(&table.rust.indexes)
        .map(|(index, marker)| {
            let field = names.distinct(snake(&index.name));
            (index, field, ident(marker))
        })
        .collect()
}

pub(super) fn emit(catalog: &Catalog, table: &Table) -> TokenStream {
    let row = row_type(table);
    let indexes = format_ident!("{row}Indexes");
    let names = index_names(table);
    let fields: Vec<_> = names.iter().map(|(_, field, _)| field).collect();
    let markers: Vec<_> = names.iter().map(|(.., marker)| marker).collect();
    let types = names.iter().map(|(index, _, marker)| {
        let kind = if index.constraint.is_some() { quote!(UniqueIndex) } else { quote!(MultiIndex) };
        quote!(::cosmictron::store::#kind<#marker>)
    });
    let docs = names.iter().map(|(index, ..)| match &index.constraint {
        Some(constraint) => format!("The index of the constraint `{constraint}`."),
        None => format!("The index on ({}).", column_list(table, index)),
    });
    let keys = names.iter().map(|(index, _, marker)| key(catalog, table, index, marker));
    let unique = names.iter().filter(|(index, ..)| index.constraint.is_some()).map(|(_, _, marker)| marker);
    let conflicts = names.iter().filter_map(|(index, field, marker)| {
        let constraint = index.constraint.as_ref()?;
        let detail = describe(table, index, &quote!(row));
        let name = &table.name;
        Some(quote! {
            if let Some(key) = <#marker as ::cosmictron::store::IndexKey>::key(row)
                && let Some(id) = self.#field.find(rows, key)
                && Some(id) != except
            {
                return Some(::cosmictron::Violation {
                    kind: ::cosmictron::ViolationKind::Unique,
                    table: #name,
                    constraint: #constraint.into(),
                    detail: #detail,
                });
            }
        })
    });
    let find = match (&table.primary_key, names.first()) {
        (Some(key), Some((_, field, _))) => {
            let parts: Vec<_> = key
                .columns
                .iter()
                .enumerate()
                .map(|(i, c)| {
                    let place = if key.columns.len() == 1 {
                        quote!(key)
                    } else {
                        let i = syn::Index::from(i);
                        quote!(key.#i)
                    };
                    let ty = table.column(*c).ty;
                    match (ty.is_copy(), key.columns.len() == 1) {
                        (true, true) => quote!(*key),
                        (true, false) => place,
                        (false, _) => super::super::expr::Code::place(place, ty, false).tokens,
                    }
                })
                .collect();
            let parts = tuple(&parts);
            quote!(self.#field.find(rows, #parts))
        }
        _ => quote!({
            let _ = (rows, key);
            None
        }),
    };
    quote! {
        /// The indexes of the table.
        #[derive(Default)]
        pub struct #indexes {
            #(#[doc = #docs] pub #fields: #types,)*
        }

        impl ::cosmictron::store::Indexes<#row> for #indexes {
            fn find(
                &self,
                rows: &::cosmictron::store::Rows<#row>,
                key: &<#row as ::cosmictron::Row>::Key,
            ) -> Option<::cosmictron::store::RowId> {
                #find
            }

            fn conflict(
                &self,
                rows: &::cosmictron::store::Rows<#row>,
                row: &#row,
                except: Option<::cosmictron::store::RowId>,
            ) -> Option<::cosmictron::Violation> {
                #(#conflicts)*
                let _ = (rows, row, except);
                None
            }

            fn may_conflict(&self, old: &#row, new: &#row) -> bool {
                let _ = (old, new);
                false #(|| !::cosmictron::store::same_key::<#unique>(old, new))*
            }

            fn insert(
                &mut self,
                rows: &::cosmictron::store::Rows<#row>,
                id: ::cosmictron::store::RowId,
                row: &#row,
            ) {
                #(self.#fields.insert(rows, id, row);)*
                let _ = (rows, id, row);
            }

            fn remove(&mut self, id: ::cosmictron::store::RowId, row: &#row) {
                #(self.#fields.remove(id, row);)*
                let _ = (id, row);
            }

            fn leave(&mut self, id: ::cosmictron::store::RowId, old: &#row, new: &#row) {
                #(if !::cosmictron::store::same_key::<#markers>(old, new) {
                    self.#fields.remove(id, old);
                })*
                let _ = (id, old, new);
            }

            fn enter(
                &mut self,
                rows: &::cosmictron::store::Rows<#row>,
                id: ::cosmictron::store::RowId,
                old: &#row,
                new: &#row,
            ) {
                #(if !::cosmictron::store::same_key::<#markers>(old, new) {
                    self.#fields.insert(rows, id, new);
                })*
                let _ = (rows, id, old, new);
            }

            fn reserve(&mut self, additional: usize) {
                #(self.#fields.reserve(additional);)*
                let _ = additional;
            }
        }

        #(#keys)*
    }
}

fn key(catalog: &Catalog, table: &Table, index: &TableIndex, marker: &Ident) -> TokenStream {
    let row = row_type(table);
    let fields = column_fields(&table.columns);
    let doc = format!("Reads ({}) of a row of `{}`.", column_list(table, index), table.name);
    let types: Vec<_> =
        index.columns.iter().map(|c| strip_schema(key_type(catalog, table.column(*c).ty))).collect();
    let parts: Vec<_> = index
        .columns
        .iter()
        .map(|c| {
            let (column, field) = (table.column(*c), &fields[c.0 as usize]);
            let code = super::super::expr::Code::place(quote!(row.#field), column.ty, column.nullable).tokens;
            if column.nullable { quote!(#code?) } else { code }
        })
        .collect();
    let (ty, value) = (tuple(&types), tuple(&parts));
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug)]
        pub struct #marker;

        impl ::cosmictron::store::IndexKey for #marker {
            type Row = #row;
            type Key<'a> = #ty;
            fn key(row: &#row) -> Option<Self::Key<'_>> {
                Some(#value)
            }
        }
    }
}

/// A row's key as text, `(customer_id)=(42)`.
pub(super) fn describe(table: &Table, index: &TableIndex, row: &TokenStream) -> TokenStream {
    let fields = column_fields(&table.columns);
    let columns = column_list(table, index);
    let values = index.columns.iter().map(|c| {
        let field = &fields[c.0 as usize];
        quote!(::cosmictron::ToValue::to_value(&#row.#field))
    });
    quote!(::cosmictron::store::checks::describe_key(#columns, &[#(#values),*]))
}

fn column_list(table: &Table, index: &TableIndex) -> String {
    index.columns.iter().map(|c| table.column(*c).name.as_str()).collect::<Vec<_>>().join(", ")
}
