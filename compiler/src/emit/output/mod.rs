//! The module of a query: its row ([`compute`] says how it comes from what the group publishes) and its place in the step
//! ([`state`]).

mod compute;
mod state;

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::expr::Code;
use super::group::{key_type, module_name};
use super::naming::{Names, snake};
use super::published::Reader;
use super::states::{States, identical};
use super::types::{field_type, sql_type};
use crate::algebra::Expr;
use crate::catalog::Catalog;
use crate::circuit::{Group, Output, ResultKey};

/// The content of a query's module.
pub(crate) fn emit(catalog: &Catalog, group: &Group, output: &Output, states: &States) -> TokenStream {
    let query = QueryCode::new(catalog, group, output, states);
    let row = query.row_struct();
    let info = query.info();
    let key = key_type(catalog, group);
    let state = query.state();
    let compute = query.compute();
    let field = snake(&output.name);
    let node = module_name(group);
    let is_bag = output.key == ResultKey::Bag;
    let key_doc = match &output.key {
        ResultKey::SingleRow => "There is exactly one row, which has no key.".to_owned(),
        ResultKey::Keys(names) => format!("What identifies a row: {}.", names.join(", ")),
        ResultKey::Bag => {
            "Rows may be equal; a row's key is the row and its number among its equals.".to_owned()
        }
    };
    let public_key = if is_bag { quote!((#key, i64)) } else { key };
    quote! {
        #row

        #[doc = #key_doc]
        pub type Key = #public_key;

        /// The query, as a type.
        #[derive(Clone, Copy, Debug)]
        pub struct Query;

        impl ::cosmictron::subscribe::LiveQuery for Query {
            type Schema = super::schema::Schema;
            type Circuit = super::circuit::Circuit;
            type Row = Row;
            type Key = Key;

            const INFO: &'static ::cosmictron::subscribe::QueryInfo = #info;

            fn output(circuit: &mut super::circuit::Circuit) -> &mut ::cosmictron::subscribe::Output<Key, Row> {
                &mut circuit.#field.output
            }

            fn rows(
                circuit: &super::circuit::Circuit,
                _tables: &super::schema::Tables,
            ) -> Result<Vec<Row>, ::cosmictron::QueryError> {
                circuit.#field.output.check()?;
                Ok(circuit.#field.rows(&circuit.#node))
            }

            fn get(
                circuit: &super::circuit::Circuit,
                _tables: &super::schema::Tables,
                key: &Key,
            ) -> Result<Option<Row>, ::cosmictron::QueryError> {
                circuit.#field.output.check()?;
                Ok(circuit.#field.get(&circuit.#node, key))
            }
        }

        #state
        #compute
    }
}

struct QueryCode<'a> {
    catalog: &'a Catalog,
    group: &'a Group,
    output: &'a Output,
    states: &'a States,
    /// The fields of the visible columns.
    fields: Vec<Ident>,
    /// The expressions and the reading of a published column can fail.
    fallible: bool,
}

impl<'a> QueryCode<'a> {
    fn new(catalog: &'a Catalog, group: &'a Group, output: &'a Output, states: &'a States) -> Self {
        let mut names = Names::default();
        let visible = &output.fields[..output.visible];
        let fields = visible.iter().map(|f| names.distinct(snake(&f.name))).collect();
        let mut query = Self { catalog, group, output, states, fields, fallible: false };
        query.fallible = output.having.iter().chain(&output.columns).any(Expr::can_fail)
            || query.read().into_iter().any(|p| query.reader().fails(&output.published[p]));
        query
    }

    /// The published columns that the query reads.
    fn read(&self) -> BTreeSet<usize> {
        self.output.having.iter().chain(&self.output.columns).flat_map(Expr::columns).collect()
    }

    fn reader(&self) -> Reader<'a> {
        Reader { group: self.group, states: self.states }
    }

    /// How a published column is read from the arguments `key` and `value`.
    fn published(&self, at: usize) -> Code {
        self.reader().code(&self.output.published[at], &quote!(key), &quote!(value))
    }

    fn is_bag(&self) -> bool {
        self.output.key == ResultKey::Bag
    }

    fn is_single(&self) -> bool {
        self.output.key == ResultKey::SingleRow
    }

    fn has_window(&self) -> bool {
        self.output.limit.is_some()
    }

    fn row_struct(&self) -> TokenStream {
        let doc = format!("A row of `{}`.", self.output.name);
        let visible = &self.output.fields[..self.output.visible];
        let fields = &self.fields;
        let types = visible.iter().map(|f| field_type(self.catalog, f.ty, f.nullable));
        let docs = visible.iter().map(|f| {
            let null = if f.nullable { "" } else { " NOT NULL" };
            format!("`{} {}{null}`", f.name, self.catalog.type_name(f.ty).to_uppercase())
        });
        let columns = self.columns();
        let identical = identical(&quote!(Row), fields);
        quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            pub struct Row {
                #(#[doc = #docs] pub #fields: #types,)*
            }

            #identical

            impl ::cosmictron::subscribe::ResultRow for Row {
                const COLUMNS: &'static [::cosmictron::subscribe::ResultColumn] = &[#(#columns),*];

                fn to_values(&self) -> Vec<::cosmictron::Value> {
                    ::std::vec![#(::cosmictron::ToValue::to_value(&self.#fields)),*]
                }
            }
        }
    }

    fn columns(&self) -> Vec<TokenStream> {
        let visible = &self.output.fields[..self.output.visible];
        visible
            .iter()
            .map(|f| {
                let (name, nullable) = (&f.name, f.nullable);
                let ty = sql_type(self.catalog, f.ty, None);
                quote!(::cosmictron::subscribe::ResultColumn { name: #name, ty: #ty, nullable: #nullable })
            })
            .collect()
    }

    fn info(&self) -> TokenStream {
        let (name, sql) = (&self.output.name, &self.output.sql);
        let keys = match &self.output.key {
            ResultKey::SingleRow => Vec::new(),
            ResultKey::Keys(names) => names.clone(),
            ResultKey::Bag => {
                self.output.fields[..self.output.visible].iter().map(|f| f.name.clone()).collect()
            }
        };
        let (single, ordered) = (self.is_single(), !self.output.order.is_empty());
        quote! {
            &::cosmictron::subscribe::QueryInfo {
                name: #name,
                sql: #sql,
                columns: <Row as ::cosmictron::subscribe::ResultRow>::COLUMNS,
                key: &[#(#keys),*],
                single_row: #single,
                ordered: #ordered,
            }
        }
    }
}
