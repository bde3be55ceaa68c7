//! The module of a group: its state, the chain that feeds it, and its part in each phase of a step.

mod handlers;
mod names;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::chain::{Chain, filters::beyond_tests, row_struct};
use super::expr::Scope;
use super::naming::snake;
use super::states::{self, States};
use super::types::{field_type, tuple};
use super::{table_names, window};
use crate::algebra::Expr;
use crate::catalog::{Catalog, TableId};
use crate::circuit::{Circuit, Group, GroupId, Input, Source};
use crate::properties::ChainProperties;
use crate::schedule::{GroupProgram, Program};

pub(crate) use handlers::group_handler_name;
use handlers::handlers;
pub(crate) use names::GroupNames;

/// The name of a group's module, and of its field in the circuit.
pub(crate) fn module_name(group: &Group) -> Ident {
    format_ident!("{}_group", snake(&group.name).to_string().trim_start_matches("r#"))
}

/// The type of a group's key.
pub(crate) fn key_type(catalog: &Catalog, group: &Group) -> TokenStream {
    let parts: Vec<_> = group.keys.iter().map(|k| field_type(catalog, k.ty, k.nullable)).collect();
    tuple(&parts)
}

/// The content of a group's module.
pub(crate) fn emit(
    catalog: &Catalog,
    circuit: &Circuit,
    program: &Program,
    all: &[States],
    id: GroupId,
) -> TokenStream {
    let (group, program) = (circuit.group(id), &program.groups[id.0 as usize]);
    let states = &all[id.0 as usize];
    let names = GroupNames::of(group);
    let chain = Chain { catalog, circuit, group, names: &names, states: all, own: states };
    let key = key_type(catalog, group);
    let structs = states::emit(catalog, group, states);
    let ports = program.ports.iter().enumerate().map(|(input, port)| chain.port(input, port));
    let temporal: Vec<usize> = (0..group.inputs.len()).filter(|i| chain.is_temporal(*i)).collect();
    let expiries = temporal.iter().map(|i| &names.expiries[*i]);
    let moments = group.windows.iter().zip(&names.moments).map(|(w, function)| {
        let column = |c: usize| chain.column(c);
        let scope = Scope { catalog, column: &column };
        let row = window_row(&chain, w.input);
        window::moment(group, w, &scope, (function, &names.aliases[w.input]), &row)
    });
    let deadlines = temporal.iter().map(|input| deadline(&chain, *input, program));
    let tables = handlers(&chain, program);
    let advance = advance(&chain, &temporal, program);
    let load = load(&chain, &temporal, program);
    let next = temporal.iter().map(|i| {
        let expiry = &names.expiries[*i];
        quote!(self.#expiry.next_deadline())
    });
    quote! {
        /// What identifies a group.
        pub type Key = #key;

        #structs

        /// The groups and what feeds them.
        #[derive(Default)]
        pub struct Group {
            /// The groups.
            pub group: ::cosmictron::operators::Group<Key, States>,
            /// Rows on which an expression fails.
            pub errors: ::cosmictron::operators::Errors,
            /// How many row changes have come in.
            pub work: u64,
            #(#expiries: ::cosmictron::operators::Expiry,)*
        }

        impl Group {
            #(#tables)*
            #advance
            #load

            /// The next moment at which a row enters or leaves a window.
            pub fn next_deadline(&self) -> Option<::cosmictron::Timestamp> {
                let deadlines: [Option<::cosmictron::Timestamp>; _] = [#(#next),*];
                deadlines.into_iter().flatten().min()
            }

            #(#ports)*
        }

        #(#deadlines)*
        #(#moments)*
    }
}

/// The row type of an input with a window, which is a table.
fn window_row(chain: &Chain<'_>, input: usize) -> TokenStream {
    chain.group.inputs[input].table().map(|table| row_struct(chain.catalog, table)).unwrap_or_default()
}

/// The field of an input's table among the tables.
fn table_field(chain: &Chain<'_>, input: usize) -> Option<Ident> {
    chain.group.inputs[input].table().map(|table| table_names::table_field(chain.catalog.table(table)))
}

fn deadline_name(chain: &Chain<'_>, input: usize) -> Ident {
    format_ident!("{}_deadline", chain.names.aliases[input].to_string().trim_start_matches("r#"))
}

/// The function that finds when an input's row changes next by time alone.
fn deadline(chain: &Chain<'_>, input: usize, program: &GroupProgram) -> TokenStream {
    let function = deadline_name(chain, input);
    let (alias, row) = (&chain.names.aliases[input], window_row(chain, input));
    let column = |c: usize| chain.column(c);
    let scope = Scope { catalog: chain.catalog, column: &column };
    // A row that never passes needs no deadline.
    let certain = &program.ports[input].predicates;
    let tests: Vec<_> = certain.iter().map(|p| scope.code(&p.expr).is_true()).collect();
    let passes = tests.iter().map(|test| quote!(if !(#test) { return None; }));
    let windows = chain.group.windows.iter().zip(&chain.names.moments).filter(|(w, _)| w.input == input);
    let moments = windows.map(|(w, function)| {
        if w.row.can_fail() { quote!(#function(#alias).ok().flatten()) } else { quote!(#function(#alias)) }
    });
    quote! {
        /// When the row next enters or leaves a window, if it does after `now`.
        fn #function(#alias: &#row, now: ::cosmictron::Timestamp) -> Option<::cosmictron::Timestamp> {
            #(#passes)*
            [#(#moments),*].into_iter().flatten().filter(|moment| *moment > now).min()
        }
    }
}

/// The name of the functions that take a table's changes.
pub(crate) fn handler_names(catalog: &Catalog, table: TableId) -> (Ident, Ident) {
    let table = &catalog.table(table).rust.field;
    (format_ident!("before_{table}"), format_ident!("after_{table}"))
}

/// The tables a group reads, each once, in order.
pub(crate) fn tables_of(group: &Group) -> Vec<TableId> {
    let mut tables: Vec<TableId> = group.inputs.iter().filter_map(|i| i.table()).collect();
    tables.sort_unstable();
    tables.dedup();
    tables
}

/// Whether an input has a window.
pub(crate) fn is_temporal(group: &Group, input: usize) -> bool {
    group.windows.iter().any(|w| w.input == input)
}

/// The move of the clock: each input's rows that enter or leave a window, the inputs one after the other.
fn advance(chain: &Chain<'_>, temporal: &[usize], program: &GroupProgram) -> TokenStream {
    let others = chain.group_parameters(&program.groups_joined(|i| temporal.contains(&i)));
    let moves = temporal.iter().map(|input| {
        let (expiry, port) = (&chain.names.expiries[*input], &chain.names.ports[*input]);
        let deadline = deadline_name(chain, *input);
        let table = table_field(chain, *input);
        let arguments = chain.group_arguments(&program.ports[*input].groups());
        let skip = chain.names.self_join.then(|| quote!(None,));
        let same = beyond_tests(&program.ports[*input]).map(|_| quote!(false,));
        quote! {
            let then = self.#expiry.set_now(now);
            while let Some(id) = self.#expiry.due(now) {
                let Some(row) = tables.#table.rows().get(id) else { continue };
                self.#expiry.change(id, None, #deadline(row, now));
                self.#port(tables, indexes, #arguments #skip #same Some((row, then)), Some((row, now)));
            }
        }
    });
    quote! {
        /// Moves the clock: rows enter and leave windows.
        pub fn advance<'r>(
            &mut self,
            tables: &'r super::schema::Tables,
            indexes: &'r super::indexes::Indexes,
            #others
            now: ::cosmictron::Timestamp,
        ) {
            #(#moves)*
            let _ = (tables, indexes, now);
        }
    }
}

/// The groups that a group is computed from: the one whose groups it goes through, and those it looks into.
pub(crate) fn groups_loaded_from(group: &Group, program: &GroupProgram) -> Vec<GroupId> {
    let mut groups = program.ports[program.driver].groups();
    if let Source::Group { group, .. } = &group.inputs[program.driver].source {
        groups.push(*group);
    }
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Computing the groups from full tables and from groups that are computed already: every row of one input, joined with the others.
fn load(chain: &Chain<'_>, temporal: &[usize], program: &GroupProgram) -> TokenStream {
    let clocks = temporal.iter().map(|input| {
        let (expiry, deadline) = (&chain.names.expiries[*input], deadline_name(chain, *input));
        let table = table_field(chain, *input);
        quote! {
            self.#expiry.set_now(now);
            let deadlines = tables.#table.rows().iter().filter_map(|(id, row)| Some((#deadline(row, now)?, id)));
            self.#expiry.load(deadlines);
        }
    });
    let port = &chain.names.ports[program.driver];
    let (parameters, arguments) = (
        chain.group_parameters(&groups_loaded_from(chain.group, program)),
        chain.group_arguments(&program.ports[program.driver].groups()),
    );
    let skip = chain.names.self_join.then(|| quote!(None,));
    let one_group_a_row = gives_each_row_its_group(chain, program.driver);
    let rows = match &chain.group.inputs[program.driver].source {
        Source::Table(table) => {
            let table = table_names::table_field(chain.catalog.table(*table));
            let row = if chain.is_temporal(program.driver) { quote!((row, now)) } else { quote!(row) };
            let same = beyond_tests(&program.ports[program.driver]);
            let same = same.map(|_| quote!(false,));
            let reserve = one_group_a_row.then(|| quote!(self.group.reserve(tables.#table.rows().len());));
            quote! {
                #reserve
                for (_, row) in tables.#table.rows().iter() {
                    self.#port(tables, indexes, #arguments #skip #same None, Some(#row));
                }
            }
        }
        Source::Group { group, .. } => {
            let module = module_name(chain.circuit.group(*group));
            let reserve = one_group_a_row.then(|| quote!(self.group.reserve(#module.group.len());));
            quote! {
                #reserve
                for group in #module.group.iter() {
                    self.#port(tables, indexes, #arguments #skip None, Some(group));
                }
            }
        }
    };
    quote! {
        /// Computes the groups from full tables.
        pub fn load<'r>(
            &mut self,
            tables: &'r super::schema::Tables,
            indexes: &'r super::indexes::Indexes,
            #parameters
            now: ::cosmictron::Timestamp,
        ) {
            #(#clocks)*
            #rows
            let _ = (tables, indexes, now);
        }
    }
}

/// Whether every row of an input has a group of its own, unless others have to match it: so many groups there will be.
fn gives_each_row_its_group(chain: &Chain<'_>, input: usize) -> bool {
    let group = chain.group;
    let all_pass = group.predicates.is_empty()
        && group.windows.iter().all(|window| !window.filters)
        && !group.inputs.iter().any(Input::is_tested);
    let keys = group.keys.iter().filter_map(Expr::as_column);
    let determined = ChainProperties::of_group(chain.catalog, group).rows.closure(keys);
    all_pass && group.inputs[input].columns().all(|column| determined.contains(&column))
}
