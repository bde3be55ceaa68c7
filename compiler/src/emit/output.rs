//! The module of a query: its row, how the row is computed from what the group publishes, and its place in the step.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::expr::{Code, Scope};
use super::group::{key_type, module_name};
use super::naming::{Names, snake};
use super::order::{sort_type, sort_value};
use super::published::Reader;
use super::states::{States, identical};
use super::types::{field_type, rust_type, sql_type};
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

    fn has_window(&self) -> bool {
        self.output.limit.is_some()
    }

    /// The query's own state and what it does in a step.
    fn state(&self) -> TokenStream {
        let name = &self.output.name;
        let single = self.is_single();
        let node = module_name(self.group);
        let order = self.order_type();
        let (top_field, top_new) = match self.output.limit {
            Some(limit) => {
                let offset = Literal::usize_unsuffixed(usize::try_from(limit.offset).unwrap_or(usize::MAX));
                let count = match limit.limit.and_then(|l| usize::try_from(l).ok()) {
                    Some(limit) => {
                        let limit = Literal::usize_unsuffixed(limit);
                        quote!(#limit)
                    }
                    None => quote!(usize::MAX),
                };
                (
                    Some(quote!(window: ::cosmictron::operators::TopK<#order, Key, Row>,)),
                    Some(quote!(window: ::cosmictron::operators::TopK::new(#offset, #count),)),
                )
            }
            None => (None, None),
        };
        let begins = self.is_single() && (self.has_window() || self.fallible);
        let begin = begins.then(|| self.begin());
        let begun = begins.then(|| quote!(.begun()));
        let change = self.change();
        let publish = self.publish();
        let rows = self.rows();
        let get = self.get();
        let fetch = self.fetch();
        quote! {
            /// The query's part of the circuit.
            pub struct State {
                /// Where the result goes.
                pub output: ::cosmictron::subscribe::Output<Key, Row>,
                /// Groups on which an expression fails.
                pub errors: ::cosmictron::operators::Errors,
                #top_field
            }

            impl ::core::default::Default for State {
                fn default() -> Self {
                    Self {
                        output: ::cosmictron::subscribe::Output::new(#name, #single),
                        errors: ::core::default::Default::default(),
                        #top_new
                    }
                    #begun
                }
            }

            impl State {
                #begin
                #change
                #publish

                /// The rows of the result, in order.
                pub fn rows(&self, group: &super::#node::Group) -> Vec<Row> {
                    #rows
                }

                /// The row with this key.
                pub fn get(&self, group: &super::#node::Group, key: &Key) -> Option<Row> {
                    #get
                }
            }

            #fetch
        }
    }

    /// `compute(key, value)` as an `Option`, errors left out.
    fn computed(&self, key: TokenStream, value: TokenStream) -> TokenStream {
        if self.fallible {
            quote!(compute(#key, #value).ok().flatten())
        } else {
            quote!(compute(#key, #value))
        }
    }

    /// A group has changed.
    fn change(&self) -> TokenStream {
        let node = module_name(self.group);
        // An aggregation without GROUP BY has a value over no rows too.
        let defaults = self.is_single().then(|| {
            let empty = self.empty_value();
            quote! {
                #empty
                let (old, new) = (old.or(empty.as_ref()), new.or(empty.as_ref()));
            }
        });
        let computed = if self.fallible {
            quote! {
                let old = self.errors.check(old, -1, |value| compute(key, value)).flatten();
                let new = self.errors.check(new, 1, |value| compute(key, value)).flatten();
            }
        } else {
            quote! {
                let old = old.and_then(|value| compute(key, value));
                let new = new.and_then(|value| compute(key, value));
            }
        };
        let idle = (!self.fallible && !self.has_window()).then(|| {
            quote!(if !self.output.is_active() {
                return;
            })
        });
        let forward = match (self.has_window(), self.is_bag()) {
            (false, false) => quote! {
                self.output.push(key.clone(), old.map(|(row, _)| row), new.map(|(row, _)| row));
            },
            (true, false) => quote! {
                self.window.change(key, old.map(|(_, order)| order), new.map(|(row, order)| (order, row)));
            },
            (false, true) => quote! {
                for copy in copies_old.min(copies_new)..copies_old.max(copies_new) {
                    let there = |copies: i64| copy < copies;
                    let old = old.as_ref().filter(|_| there(copies_old)).map(|(row, _)| row.clone());
                    let new = new.as_ref().filter(|_| there(copies_new)).map(|(row, _)| row.clone());
                    self.output.push((key.clone(), copy), old, new);
                }
            },
            (true, true) => quote! {
                for copy in copies_old.min(copies_new)..copies_old.max(copies_new) {
                    let there = |copies: i64| copy < copies;
                    let old = old.as_ref().filter(|_| there(copies_old)).map(|(_, order)| order.clone());
                    let new = new.as_ref().filter(|_| there(copies_new));
                    let new = new.map(|(row, order)| (order.clone(), row.clone()));
                    self.window.change(&(key.clone(), copy), old, new);
                }
            },
        };
        let copies = self.is_bag().then(|| {
            quote! {
                let copies_old = old.map_or(0, |value| value.rows);
                let copies_new = new.map_or(0, |value| value.rows);
            }
        });
        quote! {
            /// What the group published has changed.
            pub fn change(
                &mut self,
                key: &super::#node::Key,
                old: Option<&super::#node::Value>,
                new: Option<&super::#node::Value>,
            ) {
                #idle
                #defaults
                #copies
                #computed
                #forward
            }
        }
    }

    /// The row over empty tables, which no change announces: a window shows it from the start, and what fails on it counts
    /// as an error until the first row comes.
    fn begin(&self) -> TokenStream {
        let empty = self.empty_value();
        let computed = if self.fallible {
            quote!(self.errors.check(empty.as_ref(), 1, |value| compute(&(), value)).flatten())
        } else {
            quote!(empty.as_ref().and_then(|value| compute(&(), value)))
        };
        let show = if self.has_window() {
            quote!(self.window.change(&(), None, row.map(|(row, order)| (order, row)));)
        } else {
            quote!(let _ = row;)
        };
        quote! {
            /// With the row over empty tables.
            fn begun(mut self) -> Self {
                #empty
                let row = #computed;
                #show
                self
            }
        }
    }

    /// The value of an aggregation without GROUP BY over no rows.
    fn empty_value(&self) -> TokenStream {
        let node = module_name(self.group);
        quote! {
            let empty = <super::#node::States as ::cosmictron::operators::Aggregates>::value(
                &::core::default::Default::default(),
                0,
            );
        }
    }

    /// The end of a step.
    fn publish(&self) -> TokenStream {
        let node = module_name(self.group);
        let window = self.has_window().then(|| {
            quote! {
                if self.window.is_touched() {
                    let Self { window, output, .. } = self;
                    window.finish(
                        |key| fetch(group, key).map(|(row, _)| row),
                        |key, old, new| output.push(key.clone(), old, new),
                    );
                }
            }
        });
        quote! {
            /// Ends the step. `upstream` is an error on the way to the group, if there is one.
            pub fn publish(
                &mut self,
                group: &super::#node::Group,
                upstream: Option<::cosmictron::EvalError>,
                stamp: ::cosmictron::store::Stamp,
                deliveries: &mut Vec<::cosmictron::store::Delivery>,
            ) {
                #window
                let failing = upstream.or(self.errors.first());
                // The rows are computed only for subscribers that are still owed a snapshot.
                let rows = if self.output.owes_snapshot() { self.rows(group) } else { Vec::new() };
                self.output.publish(failing, stamp, rows, deliveries);
            }
        }
    }

    fn rows(&self) -> TokenStream {
        if self.has_window() {
            return quote! {
                let _ = group;
                self.window.iter().cloned().collect()
            };
        }
        if self.is_single() {
            return quote!(fetch(group, &()).into_iter().map(|(row, _)| row).collect());
        }
        let computed = self.computed(quote!(key), quote!(value));
        let item = if self.is_bag() {
            quote! {
                rows.extend((0..value.rows).map(|copy| (order.clone(), (key.clone(), copy), row.clone())));
            }
        } else {
            quote!(rows.push((order, key.clone(), row));)
        };
        quote! {
            let mut rows = Vec::new();
            for (key, value) in group.group.iter() {
                if let Some((row, order)) = #computed {
                    #item
                }
            }
            rows.sort_unstable_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
            rows.into_iter().map(|(_, _, row)| row).collect()
        }
    }

    fn get(&self) -> TokenStream {
        if self.has_window() {
            quote! {
                let (_, order) = fetch(group, key)?;
                self.window.get(order, key).cloned()
            }
        } else {
            quote!(fetch(group, key).map(|(row, _)| row))
        }
    }

    /// Computes the row of a key from the group's current value.
    fn fetch(&self) -> TokenStream {
        let node = module_name(self.group);
        let order = self.order_type();
        let body = if self.is_single() {
            let computed = self.computed(quote!(key), quote!(&value));
            quote! {
                let value = group.group.total(key)?;
                #computed
            }
        } else if self.is_bag() {
            let computed = self.computed(quote!(key), quote!(value));
            quote! {
                let (key, copy) = key;
                let (_, value) = group.group.find(key)?;
                if *copy < value.rows { #computed } else { None }
            }
        } else {
            let computed = self.computed(quote!(key), quote!(value));
            quote! {
                let (_, value) = group.group.find(key)?;
                #computed
            }
        };
        quote! {
            fn fetch(group: &super::#node::Group, key: &Key) -> Option<(Row, #order)> {
                #body
            }
        }
    }

    fn order_type(&self) -> TokenStream {
        let parts = self.output.order.iter().map(|key| {
            let field = &self.output.fields[key.column];
            let ty = rust_type(self.catalog, field.ty);
            sort_type(*key, field.nullable, ty)
        });
        quote!((#(#parts,)*))
    }

    /// The function from what the group publishes to the row and its sort key; `None` where HAVING is not true.
    fn compute(&self) -> TokenStream {
        let node = module_name(self.group);
        let order = self.order_type();
        let lets = self.read().into_iter().map(|at| {
            let name = format_ident!("p{at}");
            let code = self.published(at).tokens;
            quote!(let #name = #code;)
        });
        let column = |at: usize| self.variable(at);
        let scope = Scope { catalog: self.catalog, column: &column };
        let none = if self.fallible { quote!(Ok(None)) } else { quote!(None) };
        let having = self.output.having.iter().map(|h| {
            let test = scope.code(h).is_true();
            quote!(if !(#test) { return #none; })
        });
        let visible = self.output.columns[..self.output.visible].iter().zip(&self.output.fields);
        let values = visible.map(|(e, field)| scope.code(e).into_owned_as(field.nullable));
        let fields = &self.fields;
        let sort = self.output.order.iter().map(|key| {
            let (expr, field) = (&self.output.columns[key.column], &self.output.fields[key.column]);
            let value = scope.code(expr).into_owned_as(field.nullable);
            sort_value(*key, field.nullable, field.ty, value)
        });
        let result = quote!(Some((Row { #(#fields: #values),* }, (#(#sort,)*))));
        let (ty, result) = if self.fallible {
            (quote!(Result<Option<(Row, #order)>, ::cosmictron::EvalError>), quote!(Ok(#result)))
        } else {
            (quote!(Option<(Row, #order)>), result)
        };
        let doc = format!("From a group to a row of the result.\n\n```sql\n{}\n```", self.output.sql);
        quote! {
            #[doc = #doc]
            fn compute(key: &super::#node::Key, value: &super::#node::Value) -> #ty {
                let _ = (key, value);
                #(#lets)*
                #(#having)*
                #result
            }
        }
    }

    /// The variable that holds a published column.
    fn variable(&self, at: usize) -> Code {
        let name = format_ident!("p{at}");
        let published = self.published(at);
        let clone = published.clone.clone().or_else(|| (published.owned).then(|| quote!(#name.clone())));
        let place = Code::place(quote!(#name), published.ty, published.nullable);
        if published.owned { place } else { Code { tokens: quote!(#name), clone, ..published } }
    }
}
