//! From what a group publishes to a row of the result and its sort key.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::QueryCode;
use crate::algebra::Expr;
use crate::emit::expr::{Code, Scope};
use crate::emit::group::module_name;
use crate::emit::order::{sort_type, sort_value};
use crate::emit::types::rust_type;

impl QueryCode<'_> {
    pub(super) fn order_type(&self) -> TokenStream {
        let parts = self.output.order.iter().map(|key| {
            let field = &self.output.fields[key.column];
            let ty = rust_type(self.catalog, field.ty);
            sort_type(*key, field.nullable, ty)
        });
        quote!((#(#parts,)*))
    }

    /// The functions from what the group publishes to the row and its sort key, and, where a window needs no more, to the sort key alone;
    /// `None` where HAVING is not true.
    pub(super) fn compute(&self) -> TokenStream {
        let order = self.order_type();
        let visible = self.output.columns[..self.output.visible].iter().zip(&self.output.fields);
        let values =
            visible.map(|(e, field)| self.scope(|scope| scope.code(e).into_owned_as(field.nullable)));
        let fields = &self.fields;
        let sort = self.sort_key();
        let doc = format!("From a group to a row of the result.\n\n```sql\n{}\n```", self.output.sql);
        let result = quote!((Row { #(#fields: #values),* }, #sort));
        let compute = self.function("compute", &doc, &quote!((Row, #order)), &self.read(), &result);
        let order = self.orders_alone().then(|| {
            let sorted = self.output.order.iter().map(|key| &self.output.columns[key.column]);
            let read = self.output.having.iter().chain(sorted).flat_map(Expr::columns).collect();
            self.function("order", "The sort key of that row.", &order, &read, &sort)
        });
        quote!(#compute #order)
    }

    /// Whether the window asks for a row's sort key without the row: nothing is gained if the row has to be computed to see whether
    /// that fails.
    pub(super) fn orders_alone(&self) -> bool {
        self.has_window() && !self.fallible
    }

    fn sort_key(&self) -> TokenStream {
        let sort = self.output.order.iter().map(|key| {
            let (expr, field) = (&self.output.columns[key.column], &self.output.fields[key.column]);
            let value = self.scope(|scope| scope.code(expr).into_owned_as(field.nullable));
            sort_value(*key, field.nullable, field.ty, value)
        });
        quote!((#(#sort,)*))
    }

    fn scope<T>(&self, f: impl FnOnce(&Scope<'_>) -> T) -> T {
        f(&Scope { catalog: self.catalog, column: &|at| self.variable(at) })
    }

    /// A function of a group's key and value that reads these published columns.
    fn function(
        &self,
        name: &str,
        doc: &str,
        ty: &TokenStream,
        read: &BTreeSet<usize>,
        result: &TokenStream,
    ) -> TokenStream {
        let (node, name) = (module_name(self.group), format_ident!("{name}"));
        let lets = read.iter().map(|at| {
            let at = *at;
            let name = format_ident!("p{at}");
            let code = self.published(at).tokens;
            quote!(let #name = #code;)
        });
        let none = if self.fallible { quote!(Ok(None)) } else { quote!(None) };
        let having = self.output.having.iter().map(|h| {
            let test = self.scope(|scope| scope.code(h).is_true());
            quote!(if !(#test) { return #none; })
        });
        let (ty, result) = if self.fallible {
            (quote!(Result<Option<#ty>, ::cosmictron::EvalError>), quote!(Ok(Some(#result))))
        } else {
            (quote!(Option<#ty>), quote!(Some(#result)))
        };
        quote! {
            #[doc = #doc]
            fn #name(key: &super::#node::Key, value: &super::#node::Value) -> #ty {
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
