//! A unit of queries: its own indexes, the circuit that drives all groups and queries, and the handle an application holds.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::expr::{Code, Scope};
use super::group::{
    group_handler_name, groups_loaded_from, handler_names, is_temporal, module_name, tables_of,
};
use super::naming::snake;
use super::schema::column_fields;
use super::table_names::{row_type, table_field};
use super::types::{key_type, rust_type, tuple};
use crate::catalog::{Catalog, TableId};
use crate::circuit::{Circuit, GroupId, Source};
use crate::schedule::{OwnedIndex, Program};

/// The field of one of the unit's own indexes.
pub(crate) fn owned_index_field(at: usize) -> Ident {
    format_ident!("index_{at}")
}

/// The module of the unit's own indexes.
pub(crate) fn indexes(catalog: &Catalog, program: &Program) -> TokenStream {
    let fields: Vec<_> = (0..program.indexes.len()).map(owned_index_field).collect();
    let markers: Vec<_> = (0..program.indexes.len()).map(|i| format_ident!("Index{i}")).collect();
    let keys = program.indexes.iter().zip(&markers).map(|(index, marker)| index_key(catalog, index, marker));
    quote! {
        /// Indexes over base tables that the store does not keep.
        #[derive(Default)]
        pub struct Indexes {
            #(pub #fields: ::cosmictron::store::MultiIndex<#markers>,)*
        }

        #(#keys)*
    }
}

fn index_key(catalog: &Catalog, index: &OwnedIndex, marker: &Ident) -> TokenStream {
    let table = catalog.table(index.table);
    let row = row_type(table);
    let fields = column_fields(&table.columns);
    let column = |c: usize| {
        let field = &fields[c];
        Code::place(quote!(row.#field), table.columns[c].ty, table.columns[c].nullable)
    };
    let scope = Scope { catalog, column: &column };
    let key = index.key.iter().zip(&index.owned);
    let types: Vec<_> = key
        .clone()
        .map(|(e, owned)| if *owned { rust_type(catalog, e.ty) } else { key_type(catalog, e.ty) })
        .collect();
    let parts: Vec<_> = key.map(|(e, owned)| scope.code(e).into_index_key(*owned)).collect();
    let (ty, key) = (tuple(&types), tuple(&parts));
    quote! {
        /// Reads the key of a row.
        pub struct #marker;

        impl ::cosmictron::store::IndexKey for #marker {
            type Row = super::schema::#row;
            type Key<'a> = #ty;
            fn key(row: &Self::Row) -> Option<Self::Key<'_>> {
                Some(#key)
            }
        }
    }
}

/// The module of the circuit.
pub(crate) fn circuit(catalog: &Catalog, circuit: &Circuit, program: &Program) -> TokenStream {
    let groups: Vec<Ident> = circuit.groups.iter().map(module_name).collect();
    let queries: Vec<Ident> = circuit.outputs.iter().map(|o| snake(&o.name)).collect();
    let positions: Vec<_> = (0..queries.len()).map(Literal::usize_unsuffixed).collect();
    let query_groups: Vec<Ident> =
        circuit.outputs.iter().map(|o| module_name(circuit.group(o.group))).collect();
    let states: Vec<Ident> = circuit.outputs.iter().map(|o| state_variable(&o.name)).collect();
    let names: Vec<&str> = circuit.outputs.iter().map(|o| o.name.as_str()).collect();
    let finishes = (0..groups.len()).map(|at| {
        let (readers, queries) = (changes_of_groups(circuit, program, at), changes_of_queries(circuit, at));
        finish(&groups[at], &quote!(#readers #queries))
    });
    let group_loads = circuit.groups.iter().zip(&program.groups).enumerate().map(|(at, (group, program))| {
        let name = &groups[at];
        let from = groups_loaded_from(group, program);
        let from = from.iter().map(|g| &groups[g.0 as usize]);
        let finish = finish(name, &changes_of_queries(circuit, at));
        quote! {
            #name.load(tables, indexes, #(&*#from,)* now);
            #finish
        }
    });
    let failures = circuit.outputs.iter().map(|o| {
        let upstream = upstream(circuit, o.group).into_iter().map(|g| &groups[g.0 as usize]);
        quote!(None #(.or(#upstream.errors.first()))*)
    });
    let works = circuit.outputs.iter().map(|o| {
        let upstream = upstream(circuit, o.group).into_iter().map(|g| &groups[g.0 as usize]);
        quote!(0 #(+ self.#upstream.work)*)
    });
    let advances = circuit.groups.iter().zip(&program.groups).zip(&groups).map(|((group, program), name)| {
        let joined = program.groups_joined(|i| is_temporal(group, i));
        let joined = joined.iter().map(|g| &groups[g.0 as usize]);
        quote!(self.#name.advance(tables, &self.indexes, #(&self.#joined,)* now);)
    });
    let handlers = handlers(catalog, circuit, program);
    let loads = program.indexes.iter().enumerate().map(|(at, index)| {
        let (field, table) = (owned_index_field(at), table_field(catalog.table(index.table)));
        quote! {
            let rows = tables.#table.rows();
            self.indexes.#field.reserve(rows.len());
            for (id, row) in rows.iter() {
                self.indexes.#field.insert(rows, id, row);
            }
        }
    });
    quote! {
        /// All queries of the unit as one incremental circuit.
        #[derive(Default)]
        pub struct Circuit {
            indexes: super::indexes::Indexes,
            #(pub(super) #groups: super::#groups::Group,)*
            #(pub(super) #queries: super::#queries::State,)*
        }

        impl ::cosmictron::store::Circuit<super::schema::Schema> for Circuit {
            fn queries(&self) -> &'static [&'static ::cosmictron::subscribe::QueryInfo] {
                &[#(<super::#queries::Query as ::cosmictron::subscribe::LiveQuery>::INFO),*]
            }

            fn load(&mut self, tables: &super::schema::Tables, now: ::cosmictron::Timestamp) {
                #(#loads)*
                let Self { indexes, #(#groups,)* #(#queries: #states,)* } = self;
                #(#group_loads)*
                let _ = (tables, indexes, now);
            }

            fn advance(&mut self, tables: &super::schema::Tables, now: ::cosmictron::Timestamp) {
                #(#advances)*
                let _ = (tables, now);
            }

            fn next_deadline(&self) -> Option<::cosmictron::Timestamp> {
                let deadlines: [Option<::cosmictron::Timestamp>; _] = [#(self.#groups.next_deadline()),*];
                deadlines.into_iter().flatten().min()
            }

            #handlers

            fn finish(
                &mut self,
                tables: &super::schema::Tables,
                stamp: ::cosmictron::store::Stamp,
                deliveries: &mut Vec<::cosmictron::store::Delivery>,
            ) {
                let Self { indexes, #(#groups,)* #(#queries: #states,)* } = self;
                #(#finishes)*
                #(#states.publish(#query_groups, #failures, stamp, deliveries);)*
                let _ = (tables, indexes, stamp, deliveries);
            }

            fn rows(
                &self,
                tables: &super::schema::Tables,
                query: usize,
            ) -> Result<Vec<Vec<::cosmictron::Value>>, ::cosmictron::QueryError> {
                match query {
                    #(#positions => ::cosmictron::subscribe::dynamic_rows::<super::#queries::Query>(self, tables),)*
                    _ => Ok(Vec::new()),
                }
            }

            fn subscribe(
                &mut self,
                tables: &super::schema::Tables,
                query: usize,
                stamp: ::cosmictron::store::Stamp,
                listener: ::cosmictron::subscribe::DynamicListener,
                deliveries: &mut Vec<::cosmictron::store::Delivery>,
            ) -> Option<::cosmictron::Subscription> {
                match query {
                    #(#positions => Some(::cosmictron::subscribe::dynamic_subscribe::<super::#queries::Query>(
                        self, tables, stamp, listener, deliveries,
                    )),)*
                    _ => None,
                }
            }

            fn work(&self, query: usize) -> u64 {
                match query {
                    #(#positions => #works,)*
                    _ => 0,
                }
            }
        }

        /// The names of the queries, in order.
        pub const NAMES: &[&str] = &[#(#names),*];
    }
}

/// The variable of a query's state, which is called like no other variable whatever the query is called.
fn state_variable(query: &str) -> Ident {
    format_ident!("{query}_query")
}

/// A group publishes; `changes` are the calls that take a change.
fn finish(name: &Ident, changes: &TokenStream) -> TokenStream {
    quote! {
        #name.group.finish(|key, old, new| {
            let _ = (key, old, new);
            #changes
        });
    }
}

/// What a group publishes goes to the queries over it.
fn changes_of_queries(circuit: &Circuit, at: usize) -> TokenStream {
    let queries =
        circuit.outputs.iter().filter(|o| o.group.0 as usize == at).map(|o| state_variable(&o.name));
    quote!(#(#queries.change(key, old, new);)*)
}

/// What a group publishes goes to the groups that read it.
fn changes_of_groups(circuit: &Circuit, program: &Program, at: usize) -> TokenStream {
    let handler = group_handler_name(&circuit.groups[at]);
    let mut changes = Vec::new();
    for (reader, program) in circuit.groups.iter().zip(&program.groups) {
        for (input, port) in reader.inputs.iter().zip(&program.ports) {
            if matches!(&input.source, Source::Group { group, .. } if group.0 as usize == at) {
                let reader = module_name(reader);
                let joined = port.groups().into_iter().map(|g| module_name(circuit.group(g)));
                changes.push(quote!(#reader.#handler(tables, indexes, #(&*#joined,)* key, old, new);));
            }
        }
    }
    quote!(#(#changes)*)
}

/// A group and all groups it reads, directly or not.
fn upstream(circuit: &Circuit, id: GroupId) -> Vec<GroupId> {
    let mut all = vec![id];
    let mut next = 0;
    while let Some(group) = all.get(next).copied() {
        for input in &circuit.group(group).inputs {
            if let Source::Group { group, .. } = &input.source
                && !all.contains(group)
            {
                all.push(*group);
            }
        }
        next += 1;
    }
    all
}

/// `before` and `after`: a change of a table goes to the unit's own indexes and to the groups that read the table.
fn handlers(catalog: &Catalog, circuit: &Circuit, program: &Program) -> TokenStream {
    let mut tables: Vec<TableId> = circuit.groups.iter().flat_map(tables_of).collect();
    tables.sort_unstable();
    tables.dedup();
    let (mut befores, mut afters) = (Vec::new(), Vec::new());
    for table in tables {
        let variant = row_type(catalog.table(table));
        let field = table_field(catalog.table(table));
        let (before, after) = handler_names(catalog, table);
        let readers = circuit.groups.iter().zip(&program.groups);
        let readers = readers.filter(|(g, _)| g.inputs.iter().any(|i| i.table() == Some(table)));
        let (mut calls_before, mut calls_after) = (Vec::new(), Vec::new());
        for (group, program) in readers {
            let name = module_name(group);
            let joined = program.groups_joined(|i| group.inputs[i].table() == Some(table));
            let joined = joined.into_iter().map(|g| module_name(circuit.group(g)));
            let others = quote!(#(&self.#joined,)*);
            if group.joins_itself(table) {
                calls_before.push(quote!(self.#name.#before(tables, &self.indexes, #others change);));
            }
            calls_after.push(quote!(self.#name.#after(tables, &self.indexes, #others change);));
        }
        let own = program.indexes.iter().enumerate().filter(|(_, index)| index.table == table);
        let maintain = own.map(|(at, _)| {
            let (index, marker) = (owned_index_field(at), format_ident!("Index{at}"));
            quote! {
                let same = |old, new| ::cosmictron::store::same_key::<super::indexes::#marker>(old, new);
                if !change.old.zip(change.new).is_some_and(|(old, new)| same(old, new)) {
                    if let Some(old) = change.old {
                        self.indexes.#index.remove(change.id, old);
                    }
                    if let Some(new) = change.new {
                        self.indexes.#index.insert(tables.#field.rows(), change.id, new);
                    }
                }
            }
        });
        if !calls_before.is_empty() {
            befores.push(quote!(super::schema::Change::#variant(change) => { #(#calls_before)* }));
        }
        afters.push(quote!(super::schema::Change::#variant(change) => { #(#maintain)* #(#calls_after)* }));
    }
    // Tables that no query reads.
    let rest = |arms: &[TokenStream]| (arms.len() < catalog.tables.len()).then(|| quote!(_ => {}));
    let (rest_before, rest_after) = (rest(&befores), rest(&afters));
    let before = (!befores.is_empty()).then(|| {
        quote! {
            fn before(&mut self, tables: &super::schema::Tables, change: super::schema::Change<'_>) {
                match change {
                    #(#befores)*
                    #rest_before
                }
            }
        }
    });
    quote! {
        #before

        fn after(&mut self, tables: &super::schema::Tables, change: super::schema::Change<'_>) {
            match change {
                #(#afters)*
                #rest_after
            }
        }
    }
}

/// The handle an application holds.
pub(crate) fn handle(circuit: &Circuit) -> TokenStream {
    let queries: Vec<Ident> = circuit.outputs.iter().map(|o| snake(&o.name)).collect();
    let docs = circuit.outputs.iter().map(|o| format!("The query `{}`:\n\n```sql\n{}\n```", o.name, o.sql));
    quote! {
        /// The queries, attached to a database.
        #[derive(Clone)]
        #[allow(dead_code, unused_qualifications, non_snake_case)]
        pub struct Queries {
            attached: ::cosmictron::Attached<schema::Schema, circuit::Circuit>,
        }

        #[allow(dead_code, unused_qualifications, non_snake_case)]
        impl Queries {
            /// Attaches the queries: their results are computed from the tables and kept up to date from then on.
            ///
            /// # Errors
            /// When called from inside a transaction or a subscription, or when the database refuses further work.
            pub fn attach(
                database: &schema::Database,
            ) -> ::core::result::Result<Self, ::cosmictron::Error> {
                ::core::result::Result::Ok(Self { attached: database.attach()? })
            }

            /// The queries as one unit.
            pub fn attached(&self) -> &::cosmictron::Attached<schema::Schema, circuit::Circuit> {
                &self.attached
            }

            #(
                #[doc = #docs]
                pub fn #queries(&self) -> ::cosmictron::Query<#queries::Query> {
                    self.attached.query()
                }
            )*
        }
    }
}
