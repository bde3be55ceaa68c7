//! The functions by which changes of tables and of other groups come in.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{deadline_name, handler_names, module_name, tables_of};
use crate::catalog::TableId;
use crate::circuit::{Group, GroupId, Role, Source};
use crate::emit::chain::filters::{beyond_tests, watched};
use crate::emit::chain::{Chain, row_struct};
use crate::schedule::GroupProgram;

/// For each table and each other group that is read, the functions that take its changes.
pub(super) fn handlers(chain: &Chain<'_>, program: &GroupProgram) -> Vec<TokenStream> {
    let tables = tables_of(chain.group).into_iter().map(|table| handler(chain, table, program));
    let groups = (0..chain.group.inputs.len()).filter_map(|input| match &chain.group.inputs[input].source {
        Source::Group { group, .. } => Some(group_handler(chain, input, *group, program)),
        Source::Table(_) => None,
    });
    tables.chain(groups).collect()
}

/// The name of the function that takes the changes of another group.
pub(crate) fn group_handler_name(group: &Group) -> Ident {
    format_ident!("after_{}", module_name(group))
}

fn group_handler(chain: &Chain<'_>, input: usize, group: GroupId, program: &GroupProgram) -> TokenStream {
    let name = group_handler_name(chain.circuit.group(group));
    let module = module_name(chain.circuit.group(group));
    let port = &chain.names.ports[input];
    let joined = program.ports[input].groups();
    let (parameters, arguments) = (chain.group_parameters(&joined), chain.group_arguments(&joined));
    let skip = chain.names.self_join.then(|| quote!(None,));
    let call = |old: TokenStream, new: TokenStream| quote!(self.#port(tables, indexes, #arguments #skip #old, #new););
    let (none, there) = (quote!(None), quote!(Some((key, value))));
    let input = &chain.group.inputs[input];
    // Where it matters only whether the group exists, a change of what it publishes is none.
    let body = if input.is_tested() {
        let (appears, disappears) = match input.role == Role::Absent {
            false => (call(none.clone(), there.clone()), call(there, none)),
            true => (call(there.clone(), none.clone()), call(none, there)),
        };
        quote! {
            match (old, new) {
                (None, Some(value)) => { #appears }
                (Some(value), None) => { #disappears }
                _ => {}
            }
        }
    } else {
        call(quote!(old.map(|value| (key, value))), quote!(new.map(|value| (key, value))))
    };
    quote! {
        /// What another group has published.
        pub fn #name<'r>(
            &mut self,
            tables: &'r super::schema::Tables,
            indexes: &'r super::indexes::Indexes,
            #parameters
            key: &'r super::#module::Key,
            old: Option<&'r super::#module::Value>,
            new: Option<&'r super::#module::Value>,
        ) {
            #body
        }
    }
}

fn handler(chain: &Chain<'_>, table: TableId, program: &GroupProgram) -> TokenStream {
    let (before, after) = handler_names(chain.catalog, table);
    let inputs = chain.inputs_of(table);
    let row = row_struct(chain.catalog, table);
    let joined = program.groups_joined(|i| inputs.contains(&i));
    let others = chain.group_parameters(&joined);
    let parameters = quote! {
        &mut self,
        tables: &'r super::schema::Tables,
        indexes: &'r super::indexes::Indexes,
        #others
        change: ::cosmictron::zset::RowChange<'r, #row>,
    };
    // A row that is joined with itself is met at the first place it stands in, also if only a later place reads what changed.
    let mask = inputs.iter().fold(0, |mask, input| mask | watched(&program.ports[*input]));
    let mask = columns(mask);
    let concerns = quote!(change.concerns(#mask));
    let call = |input: usize, old: TokenStream, new: TokenStream, skip: TokenStream| {
        let port = &chain.names.ports[input];
        let arguments = chain.group_arguments(&program.ports[input].groups());
        let skip = if chain.names.self_join { quote!(#arguments #skip,) } else { arguments };
        let same = beyond_tests(&program.ports[input]).map(|mask| {
            let mask = columns(mask);
            quote!(!change.concerns(#mask),)
        });
        let id = program.ports[input].test.as_ref().map(|_| quote!(change.id,));
        let skip = quote!(#skip #same #id);
        if chain.is_temporal(input) {
            let expiry = &chain.names.expiries[input];
            quote! {
                let now = self.#expiry.now();
                self.#port(tables, indexes, #skip #old.map(|row| (row, now)), #new.map(|row| (row, now)));
            }
        } else {
            quote!(self.#port(tables, indexes, #skip #old, #new);)
        }
    };
    let schedules = inputs.iter().filter(|i| chain.is_temporal(**i)).map(|input| {
        let (expiry, deadline) = (&chain.names.expiries[*input], deadline_name(chain, *input));
        quote! {
            let now = self.#expiry.now();
            let deadline = |row| #deadline(row, now);
            self.#expiry.change(change.id, change.old.and_then(deadline), change.new.and_then(deadline));
        }
    });
    if !chain.group.joins_itself(table) {
        let input = inputs[0];
        let call = call(input, quote!(change.old), quote!(change.new), quote!(None));
        return quote! {
            /// A row of the table has changed.
            pub fn #after<'r>(#parameters) {
                if #concerns {
                    #(#schedules)*
                    #call
                }
            }
        };
    }
    // Joined with itself: a row leaves while the tables still hold it and comes when they hold it, and the ports before the one it
    // goes through leave it out, so that each combination is met exactly once, at the first place the row stands in it.
    let leaves =
        inputs.iter().map(|input| call(*input, quote!(change.old), quote!(None), quote!(Some(change.id))));
    let comes =
        inputs.iter().map(|input| call(*input, quote!(None), quote!(change.new), quote!(Some(change.id))));
    quote! {
        /// A row of the table is about to change.
        pub fn #before<'r>(#parameters) {
            if #concerns {
                #(#leaves)*
            }
        }

        /// A row of the table has changed.
        pub fn #after<'r>(#parameters) {
            if #concerns {
                #(#schedules)*
                #(#comes)*
            }
        }
    }
}

/// A set of columns, from its mask.
fn columns(mask: u64) -> TokenStream {
    let mask = syn::LitInt::new(&format!("{mask:#x}"), proc_macro2::Span::call_site());
    quote!(::cosmictron::zset::Columns(#mask))
}
