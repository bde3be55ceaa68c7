//! Semi- and anti-joins in a chain: the test of a row for a match, and what a change of the tested table comes to.

use proc_macro2::TokenStream;
use quote::quote;

use super::chain::Chain;
use super::group::module_name;
use crate::circuit::Role;
use crate::schedule::{Access, IndexRef, Lookup};

impl Chain<'_> {
    /// Keeps the rows that have a match, or those that have none.
    pub(super) fn match_test(&self, lookup: &Lookup, bound: &[usize]) -> TokenStream {
        let exists = self.group.inputs[lookup.input].role == Role::Exists;
        let note = self.join_note(if exists { "SEMI-JOIN" } else { "ANTI-JOIN" }, lookup);
        let (parameter, environment) = (self.parameter(bound), self.environment(bound));
        let found = self.existence(lookup, &self.key(&lookup.access));
        quote! {
            #note
            let exists = |#parameter| -> Option<bool> {
                let _ = #environment;
                Some(#found)
            };
            let keep = |#parameter| {
                if exists(#environment).unwrap_or(false) == #exists { Some(#environment) } else { None }
            };
            let (old, new) = (old.and_then(keep), new.and_then(keep));
        }
    }

    /// Whether there is a match.
    fn existence(&self, lookup: &Lookup, key: &TokenStream) -> TokenStream {
        if let IndexRef::Group(group) = lookup.access.index {
            let module = module_name(self.circuit.group(group));
            return quote!(#module.group.find(&#key).is_some());
        }
        let (rows, index) = self.index(&lookup.access.index, lookup.input);
        match lookup.access.is_unique() {
            true => quote!((#index).find(#rows, #key).is_some()),
            false => quote!((#index).matches(#rows, #key).next().is_some()),
        }
    }

    /// What a change of a table that is only tested comes to: the first match of a key, or the loss of the last.
    pub(super) fn first_and_last(&self, input: usize, access: &Access) -> TokenStream {
        let (rows, index) = self.index(&access.index, input);
        let (alias, row, key) = (&self.names.aliases[input], self.row_type(input), self.key(access));
        let ids = match access.is_unique() {
            true => quote!(index.find(rows, key).into_iter()),
            false => quote!(index.matches(rows, key).map(|(other, _)| other)),
        };
        let swap =
            (self.group.inputs[input].role == Role::Absent).then(|| quote!(let (old, new) = (new, old);));
        quote! {
            let (rows, index) = (#rows, #index);
            let key = |#alias: #row| Some(#key);
            let (old_key, new_key) = (old.and_then(key), new.and_then(key));
            if old_key == new_key {
                return;
            }
            let only = |key| { let mut others = #ids; others.all(|other| other == id) };
            let old = if old_key.is_some_and(only) { old } else { None };
            let new = if new_key.is_some_and(only) { new } else { None };
            #swap
        }
    }
}
