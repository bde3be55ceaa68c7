//! What a chain tests: windows and predicates, and which columns an update has to change to get there.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::Chain;
use crate::algebra::Expr;
use crate::circuit::window_text;
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
}

/// The columns of which an update has to change one to go through a port, as a mask.
pub(crate) fn watched(port: &Port) -> u64 {
    port.watched.as_ref().map_or(u64::MAX, |watched| mask(&watched.columns))
}

/// The columns of which an update has to change one to matter to rows that pass the tests on them before and after, as a mask; `None` if
/// these are no fewer.
pub(crate) fn beyond_tests(port: &Port) -> Option<u64> {
    port.watched.as_ref()?.beyond_tests.as_ref().map(mask)
}

fn mask(columns: &BTreeSet<usize>) -> u64 {
    columns.iter().fold(0, |mask, column| mask | 1u64 << (*column).min(63))
}
