//! The schema module: row types, indexes, foreign keys and the description of every table.

mod check;
mod enums;
mod foreign_key;
mod index;
mod info;
mod new_row;
mod row;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use enums::enum_variants;
pub(crate) use index::index_names;

use super::naming::{Names, snake};
use super::table_names::{foreign_key_types, row_type, table_field};
use crate::catalog::{Catalog, Column, Table};

/// The items of the schema module.
pub(crate) fn emit(catalog: &Catalog) -> TokenStream {
    let enums = catalog.enums.iter().map(enums::emit);
    let tables = catalog.tables.iter().map(|table| emit_table(catalog, table));
    let rows: Vec<_> = catalog.tables.iter().map(row_type).collect();
    let fields: Vec<_> = catalog.tables.iter().map(table_field).collect();
    let docs = catalog.tables.iter().map(|t| format!("The table `{}`.", t.name));
    quote! {
        use ::core::option::Option::{self, None, Some};
        #[allow(unused_imports)]
        use ::core::result::Result::{self, Err, Ok};
        use ::std::string::String;
        use ::std::vec::Vec;

        /// This schema, as a type.
        #[derive(Clone, Copy, Debug)]
        pub struct Schema;

        /// A database of this schema.
        pub type Database = ::cosmictron::Database<Schema>;
        /// A transaction of this schema.
        pub type Transaction<'db> = ::cosmictron::Transaction<'db, Schema>;

        /// All tables.
        #[derive(Default)]
        pub struct Tables {
            #(#[doc = #docs] pub #fields: ::cosmictron::store::Table<#rows>,)*
        }

        /// The change of one row of any table.
        #[derive(Clone, Copy, Debug)]
        pub enum Change<'a> {
            #(#[allow(missing_docs)] #rows(::cosmictron::zset::RowChange<'a, #rows>),)*
        }

        impl ::cosmictron::Schema for Schema {
            type Tables = Tables;
            type Change<'a> = Change<'a>;
            const TABLES: &'static [::cosmictron::store::TableOperations<Self>] =
                &[#(::cosmictron::store::TableOperations::of::<#rows>()),*];
        }

        #(#enums)*
        #(#tables)*
    }
}

fn emit_table(catalog: &Catalog, table: &Table) -> TokenStream {
    let row = row::emit(catalog, table);
    let new_row = new_row::emit(catalog, table);
    let indexes = index::emit(catalog, table);
    let foreign_keys = table.foreign_keys.iter().zip(foreign_key_types(table));
    let foreign_keys = foreign_keys.map(|(key, marker)| foreign_key::emit(catalog, table, key, &marker));
    quote! {
        #row
        #new_row
        #indexes
        #(#foreign_keys)*
    }
}

/// The field names of a table's columns, in order.
pub(crate) fn column_fields(columns: &[Column]) -> Vec<proc_macro2::Ident> {
    let mut names = Names::default();
    columns.iter().map(|c| names.distinct(snake(&c.name))).collect()
}
