//! Time windows: the moment at which a row's comparison with the clock flips, and the test against a clock.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::expr::Scope;
use crate::circuit::{Group, Stage, Window, window_text};

/// The function that computes the moment of a window from its row; `None` if the row's value is NULL.
pub(crate) fn moment(
    group: &Group,
    window: &Window,
    scope: &Scope<'_>,
    names: (&Ident, &Ident),
    row: &TokenStream,
) -> TokenStream {
    let (function, alias) = names;
    let code = scope.code(&window.row);
    let value = code.tokens.clone();
    let fallible = window.row.can_fail();
    let value = match (code.nullable, fallible) {
        (false, _) => value,
        (true, false) => quote!((#value)?),
        (true, true) => quote!(match #value { Some(value) => value, None => return Ok(None) }),
    };
    let next = window.successor.then(|| quote!(let moment = ::cosmictron::sql::successor(moment);));
    let stages = window.stages.iter().rev().map(stage);
    let doc = format!(
        "When `{}` {}.",
        window_text(window, &group.text(&window.row)),
        if window.enters { "becomes true" } else { "becomes false" }
    );
    let result = quote!(::core::option::Option<::cosmictron::Timestamp>);
    let (result, last) = if fallible {
        (quote!(Result<#result, ::cosmictron::EvalError>), quote!(Ok(Some(moment))))
    } else {
        (result, quote!(Some(moment)))
    };
    quote! {
        #[doc = #doc]
        fn #function(#alias: &#row) -> #result {
            let moment = #value;
            #next
            #(#stages)*
            #last
        }
    }
}

/// The inverse of a stage, its lower adjoint: the first moment at which the stage reaches a value.
fn stage(stage: &Stage) -> TokenStream {
    match stage {
        Stage::Add { months, days, micros } => quote! {
            let moment = ::cosmictron::sql::earliest_add(moment, ::cosmictron::Interval::new(#months, #days, #micros));
        },
        Stage::Truncate(unit) => {
            let earliest = format_ident!("earliest_date_trunc_{unit}");
            quote!(let moment = ::cosmictron::sql::#earliest(moment);)
        }
        Stage::ToDate => quote!(let moment = ::cosmictron::sql::earliest_to_date(moment);),
        Stage::AddDays(days) => quote!(let moment = ::cosmictron::sql::earliest_add_days(moment, #days);),
        Stage::ToTimestamp => quote!(let moment = ::cosmictron::sql::earliest_to_timestamp(moment);),
    }
}

/// The test of a window against a clock; uses `?` if the row's expression can fail.
pub(crate) fn test(window: &Window, function: &Ident, alias: &Ident, now: &Ident) -> TokenStream {
    let moment = if window.row.can_fail() { quote!(#function(#alias)?) } else { quote!(#function(#alias)) };
    if window.enters {
        quote!(#moment.is_some_and(|moment| moment <= #now))
    } else {
        quote!(#moment.is_some_and(|moment| #now < moment))
    }
}
