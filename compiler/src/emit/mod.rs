//! From program to Rust.
//!
//! The emitted file has a module for the schema, one for each group, one for each query, and one for the circuit that drives
//! them. It is meant to be read: the plan stands at the top, the SQL above each function, names are the query's own. Paths are
//! absolute, so that it compiles wherever it is included.

mod chain;
mod expr;
mod group;
mod literal;
mod order;
mod output;
mod published;
mod schema;
mod semi_join;
mod states;
mod table_names;
mod text;
mod types;
mod unit;
mod window;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;

use crate::catalog::Catalog;
use crate::circuit::{Circuit, GroupId};
use crate::naming;
use crate::schedule::Program;

/// Where the schema module comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SchemaModule {
    /// It is emitted beside the queries.
    #[default]
    Emitted,
    /// It is elsewhere in the same crate, at this path.
    At(String),
}

/// Emits the content of a schema module alone.
///
/// # Errors
/// A message, if the tokens are not Rust: a bug of the emitter.
pub fn emit_schema(catalog: &Catalog, header: &str) -> Result<String, String> {
    // What is included in a module cannot say which lints it allows, a module of its own can.
    let tables = bare_module(&naming::ident("tables"), "The tables.", false, schema::emit(catalog));
    let file = quote! {
        #tables
        #[allow(unused_imports)]
        pub use self::tables::*;
    };
    text::format(file).map(|body| format!("{header}{body}"))
}

/// Emits a unit of queries.
///
/// # Errors
/// A message, if the tokens are not Rust: a bug of the emitter.
pub fn emit(
    catalog: &Catalog,
    circuit: &Circuit,
    program: &Program,
    schema_module: &SchemaModule,
    header: &str,
) -> Result<String, String> {
    let schema = match schema_module {
        SchemaModule::Emitted => {
            bare_module(&naming::ident("schema"), "The tables.", true, schema::emit(catalog))
        }
        SchemaModule::At(path) => {
            let path: syn::Path = syn::parse_str(path).map_err(|e| format!("{path:?} is not a path: {e}"))?;
            quote!(use #path as schema;)
        }
    };
    let ids = (0..circuit.groups.len()).map(|at| GroupId(at as u32));
    let states: Vec<states::States> = ids.clone().map(|id| states::States::of(circuit, id)).collect();
    let groups = ids.map(|id| {
        let name = group::module_name(circuit.group(id));
        let doc = format!("The groups of `{}`.", circuit.group(id).name);
        module(&name, &doc, false, group::emit(catalog, circuit, program, &states, id))
    });
    let outputs = circuit.outputs.iter().map(|out| {
        let content = output::emit(catalog, circuit.group(out.group), out, &states[out.group.0 as usize]);
        module(&naming::snake(&out.name), &format!("The query `{}`.", out.name), true, content)
    });
    let indexes =
        module(&naming::ident("indexes"), "The unit's own indexes.", false, unit::indexes(catalog, program));
    let driver =
        module(&naming::ident("circuit"), "The circuit.", true, unit::circuit(catalog, circuit, program));
    let handle = unit::handle(circuit);
    let file = quote! {
        #handle
        #schema
        #(#outputs)*
        #(#groups)*
        #indexes
        #driver
    };
    text::format(file).map(|body| format!("{header}{body}"))
}

/// A module that brings the prelude's names with it, since the place it is included may hide them.
fn module(name: &Ident, doc: &str, public: bool, content: TokenStream) -> TokenStream {
    let content = quote! {
        use ::core::option::Option::{self, None, Some};
        use ::core::result::Result::{self, Err, Ok};
        use ::std::vec::Vec;
        #content
    };
    bare_module(name, doc, public, content)
}

/// A module under which no lint speaks, since nobody can mend what it says.
fn bare_module(name: &Ident, doc: &str, public: bool, content: TokenStream) -> TokenStream {
    let visibility = public.then(|| quote!(pub));
    quote! {
        #[doc = #doc]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, dead_code, unused_imports, unused_variables)]
        #[allow(unused_mut, unused_parens, unused_qualifications, private_interfaces, missing_docs)]
        #[allow(non_snake_case, non_camel_case_types)]
        #visibility mod #name {
            #content
        }
    }
}

/// Types are written as seen from a sibling of the schema module; inside it `super::schema::` goes.
pub(crate) fn strip_schema(tokens: TokenStream) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut result = Vec::with_capacity(trees.len());
    let mut at = 0;
    while at < trees.len() {
        if is_schema_path(&trees[at..]) {
            at += 6;
            continue;
        }
        result.push(match &trees[at] {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), strip_schema(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            tree => tree.clone(),
        });
        at += 1;
    }
    result.into_iter().collect()
}

/// `super::schema::`
fn is_schema_path(trees: &[TokenTree]) -> bool {
    let word = |tree: Option<&TokenTree>, word: &str| matches!(tree, Some(TokenTree::Ident(i)) if *i == word);
    let colon = |tree: Option<&TokenTree>| matches!(tree, Some(TokenTree::Punct(p)) if p.as_char() == ':');
    word(trees.first(), "super")
        && colon(trees.get(1))
        && colon(trees.get(2))
        && word(trees.get(3), "schema")
        && colon(trees.get(4))
        && colon(trees.get(5))
}
