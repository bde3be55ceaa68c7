//! What a row contributes to the states of its group.

use proc_macro2::TokenStream;
use quote::quote;

use super::States;
use super::part::{exact, kept_apart};
use crate::circuit::{Condition, Group, State};
use crate::emit::expr::{Code, Scope};
use crate::types::Type;

/// The fields of `Input` for a row: a struct expression. `window` is the code that tests a window by position.
pub(crate) fn contribution(
    scope: &Scope<'_>,
    group: &Group,
    states: &States,
    window: &dyn Fn(usize) -> TokenStream,
) -> TokenStream {
    let fields = group.states.iter().zip(&states.fields).map(|(state, field)| {
        let condition = state.condition().and_then(|c| condition_code(scope, c, window));
        let value = state.value().map(|v| scope.code(v));
        let code = contributed(state, value, condition);
        quote!(#field: #code)
    });
    quote!(Input { #(#fields),* })
}

fn contributed(state: &State, value: Option<Code>, condition: Option<TokenStream>) -> TokenStream {
    let guarded = |value: TokenStream, otherwise: TokenStream| match &condition {
        Some(c) => quote!(if #c { #value } else { #otherwise }),
        None => value,
    };
    match (state, value) {
        (State::Count { .. }, None) => guarded(quote!(true), quote!(false)),
        (State::Count { .. }, Some(value)) => {
            let tokens = &value.tokens;
            let counts =
                if value.nullable { quote!((#tokens).is_some()) } else { quote!({ let _ = #tokens; true }) };
            guarded(counts, quote!(false))
        }
        (State::Sum { value: expr, .. }, Some(value)) if kept_apart(expr.ty).is_some() => {
            guarded(value.into_owned_as(true), quote!(None))
        }
        (State::Sum { value: expr, .. }, Some(value)) => {
            let tokens = &value.tokens;
            let sum = if value.nullable {
                let exact = exact(expr.ty, &quote!(x));
                quote!((#tokens).map_or(0, |x| #exact))
            } else {
                exact(expr.ty, tokens)
            };
            guarded(sum, quote!(0))
        }
        (State::FloatSum { value: expr, .. }, Some(value)) => {
            let tokens = value.into_owned_as(true);
            let tokens = if expr.ty == Type::Real {
                quote!((#tokens).map(|x| ::cosmictron::Double::from(f64::from(x.0))))
            } else {
                tokens
            };
            guarded(tokens, quote!(None))
        }
        (State::Extremes { value: expr, .. }, Some(value)) if expr.ty.looks_vary() => {
            let tokens = value.into_owned_as(true);
            guarded(quote!((#tokens).map(::cosmictron::Look)), quote!(None))
        }
        (State::Extremes { .. } | State::Distinct { .. }, Some(value)) => {
            guarded(value.into_owned_as(true), quote!(None))
        }
        (State::Determined { value: expr }, Some(value)) => value.into_owned_as(expr.nullable),
        // Every other state has a value.
        (_, None) => quote!(::core::default::Default::default()),
    }
}

fn condition_code(
    scope: &Scope<'_>,
    condition: &Condition,
    window: &dyn Fn(usize) -> TokenStream,
) -> Option<TokenStream> {
    let predicate = condition.predicate.as_ref().map(|p| scope.code(p).is_true());
    let windows = condition.windows.iter().map(|w| window(*w));
    let parts: Vec<_> = windows.chain(predicate).collect();
    if parts.is_empty() { None } else { Some(quote!(#(#parts)&&*)) }
}
