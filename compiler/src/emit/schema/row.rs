//! A table's row struct and what the store asks of it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::strip_schema;
use super::super::table_names::{foreign_key_types, row_type, table_field};
use super::super::types::{column_type, rust_type, tuple};
use super::{check, column_fields, info};
use crate::catalog::{Catalog, Table};

pub(super) fn emit(catalog: &Catalog, table: &Table) -> TokenStream {
    let row = row_type(table);
    let indexes = format_ident!("{row}Indexes");
    let table_field = table_field(table);
    let fields = column_fields(&table.columns);
    let types: Vec<_> = table.columns.iter().map(|c| strip_schema(column_type(catalog, c))).collect();
    let doc = format!("A row of the table `{}`.", table.name);
    let docs = table.columns.iter().map(|c| {
        let null = if c.nullable { "" } else { " NOT NULL" };
        format!("`{} {}{null}`", c.name, catalog.type_name(c.ty).to_uppercase())
    });
    let position = Literal::usize_unsuffixed(catalog.find_table(&table.name).map_or(0, |id| id.0 as usize));
    let bits = (0..fields.len()).map(Literal::usize_unsuffixed);
    let info = info::emit(catalog, table);
    let check = check::emit(catalog, table);
    let outgoing = foreign_key_types(table);
    let incoming = catalog.tables.iter().flat_map(|child| {
        let keys = child.foreign_keys.iter().zip(foreign_key_types(child));
        keys.filter(|(key, _)| catalog.table(key.table).name == table.name).map(|(_, marker)| marker)
    });
    let key_columns: Vec<usize> =
        table.primary_key.iter().flat_map(|k| &k.columns).map(|c| c.0 as usize).collect();
    let key_types: Vec<_> =
        key_columns.iter().map(|c| strip_schema(rust_type(catalog, table.columns[*c].ty))).collect();
    let key_type = tuple(&key_types);
    let key_values: Vec<_> = key_columns
        .iter()
        .map(|c| {
            let field = &fields[*c];
            if table.columns[*c].ty.is_copy() { quote!(self.#field) } else { quote!(self.#field.clone()) }
        })
        .collect();
    let key_value = tuple(&key_values);
    let taken: Vec<_> = key_columns.iter().map(|_| quote!(fields.take()?)).collect();
    let key_from_values = if taken.is_empty() {
        quote! {
            let _ = values;
            Ok(())
        }
    } else {
        let key = match taken.len() {
            1 => quote!(fields.take()),
            _ => {
                let key = tuple(&taken);
                quote!(Ok(#key))
            }
        };
        quote! {
            let mut fields = ::cosmictron::store::Fields::new(values);
            #key
        }
    };
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct #row {
            #(#[doc = #docs] pub #fields: #types,)*
        }

        impl ::cosmictron::Row for #row {
            type Schema = Schema;
            type Key = #key_type;
            type Indexes = #indexes;

            const TABLE: usize = #position;
            const INFO: &'static ::cosmictron::store::TableInfo = #info;
            const OUTGOING: &'static [::cosmictron::store::Outgoing<Self>] =
                &[#(::cosmictron::store::Outgoing::of::<#outgoing>()),*];
            const INCOMING: &'static [::cosmictron::store::Incoming<Self>] =
                &[#(::cosmictron::store::Incoming::of::<#incoming>()),*];

            fn table(tables: &Tables) -> &::cosmictron::store::Table<Self> {
                &tables.#table_field
            }

            fn table_mut(tables: &mut Tables) -> &mut ::cosmictron::store::Table<Self> {
                &mut tables.#table_field
            }

            fn change(change: ::cosmictron::zset::RowChange<'_, Self>) -> Change<'_> {
                Change::#row(change)
            }

            fn key(&self) -> Self::Key {
                #key_value
            }

            fn key_from_values(values: Vec<::cosmictron::Value>) -> Result<Self::Key, (usize, String)> {
                #key_from_values
            }

            fn check(&mut self) -> Result<(), ::cosmictron::Violation> {
                #check
                Ok(())
            }

            fn differing(&self, other: &Self) -> ::cosmictron::zset::Columns {
                let mut columns = 0;
                #(if !::cosmictron::Identical::identical(&self.#fields, &other.#fields) {
                    columns |= ::cosmictron::zset::Columns::bit(#bits);
                })*
                ::cosmictron::zset::Columns(columns)
            }

            fn to_values(&self) -> Vec<::cosmictron::Value> {
                ::std::vec![#(::cosmictron::ToValue::to_value(&self.#fields)),*]
            }

            fn from_values(values: Vec<::cosmictron::Value>) -> Result<Self, (usize, String)> {
                let mut fields = ::cosmictron::store::Fields::new(values);
                Ok(Self { #(#fields: fields.take()?),* })
            }
        }
    }
}
