//! What a chain tests: windows and predicates, and which columns it reads.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Chain;
use crate::algebra::Expr;
use crate::circuit::window_text;
use crate::emit::group::joins_itself;
use crate::emit::text::comment;
use crate::emit::window;
use crate::schedule::Port;

impl Chain<'_> {
    pub(super) fn state_windows(&self) -> impl Iterator<Item = usize> {
        self.group.states.iter().filter_map(|s| s.condition()).flat_map(|c| c.windows.iter().copied())
    }

    /// The code that tests whether a window holds at its input's clock.
    pub(super) fn window_test(&self, at: usize) -> TokenStream {
        let window = &self.group.windows[at];
        let (alias, now) = (&self.names.aliases[window.input], self.now(window.input));
        window::test(window, &self.names.moments[at], alias, &now)
    }

    /// The filter of those windows of some inputs that decide whether a row passes, and that can fail or cannot.
    pub(super) fn window_filters(&self, inputs: &[usize], bound: &[usize], fallible: bool) -> TokenStream {
        let windows = self.group.windows.iter().enumerate();
        let wanted =
            windows.filter(|(_, w)| w.filters && inputs.contains(&w.input) && w.row.can_fail() == fallible);
        let (tests, texts): (Vec<_>, Vec<_>) =
            wanted.map(|(at, w)| (self.window_test(at), window_text(w, &self.group.text(&w.row)))).unzip();
        if tests.is_empty() {
            return TokenStream::new();
        }
        let note = comment(&format!("WHERE {}", texts.join(" AND ")));
        let filter = self.filter(bound, &quote!(#(#tests)&&*), fallible);
        quote!(#note #filter)
    }

    pub(super) fn predicates(&self, predicates: &[Expr], bound: &[usize]) -> TokenStream {
        let filters = predicates.iter().map(|predicate| {
            let note = comment(&format!("WHERE {}", self.group.text(predicate)));
            let filter = self.filter(bound, &self.code(predicate).is_true(), self.can_fail(predicate));
            quote!(#note #filter)
        });
        quote!(#(#filters)*)
    }

    pub(super) fn filter(&self, bound: &[usize], test: &TokenStream, fallible: bool) -> TokenStream {
        let (parameter, environment) = (self.parameter(bound), self.environment(bound));
        if fallible {
            quote! {
                let keep = |#parameter| -> Result<_, ::cosmictron::EvalError> {
                    Ok(if #test { Some(#environment) } else { None })
                };
                let old = self.errors.check(old, -1, keep).flatten();
                let new = self.errors.check(new, 1, keep).flatten();
            }
        } else {
            quote! {
                let keep = |#parameter| if #test { Some(#environment) } else { None };
                let (old, new) = (old.and_then(keep), new.and_then(keep));
            }
        }
    }

    /// The columns that a port reads of its input, as a mask.
    pub(crate) fn mask(&self, input: usize) -> u64 {
        let sides = self.group.equalities.iter().flat_map(|e| [&e.left, &e.right]);
        self.mask_of(input, self.group.exprs().chain(sides))
    }

    pub(super) fn mask_of<'e>(&self, input: usize, exprs: impl Iterator<Item = &'e Expr>) -> u64 {
        let range = &self.group.inputs[input];
        let read: BTreeSet<usize> = exprs.flat_map(|e| e.columns()).collect();
        let own = read.into_iter().filter(|c| range.columns().contains(c));
        own.fold(0, |mask, c| mask | 1u64 << (c - range.first).min(63))
    }

    /// The columns of an input that decide more than whether a row passes the tests on it alone, as a mask; `None` if these are all that
    /// it reads anyway. Where none of them has changed, a row that passes before and after changes nothing.
    pub(crate) fn columns_beyond_filters(&self, input: usize, port: &Port) -> Option<u64> {
        let table = self.group.inputs[input].table()?;
        let group = self.group;
        let later = group.predicates.iter().filter(|p| !port.predicates.contains(p)).map(|p| &p.expr);
        let sides = group.equalities.iter().flat_map(|e| [&e.left, &e.right]);
        let states = group.states.iter().flat_map(|s| s.exprs());
        let windows = group.windows.iter().map(|w| &w.row);
        let beyond = self.mask_of(input, later.chain(sides).chain(states).chain(windows).chain(&group.keys));
        (beyond != self.mask(input) && !joins_itself(group, table)).then_some(beyond)
    }
}
