//! Sort keys: their types and values, by which ORDER BY … LIMIT keeps its rows in order.

use proc_macro2::TokenStream;
use quote::quote;

use crate::algebra::SortKey;
use crate::types::Type;

/// The type of one part of a sort key.
pub(super) fn sort_type(key: SortKey, nullable: bool, ty: TokenStream) -> TokenStream {
    let inner = match (nullable, key.nulls_first == key.descending) {
        (false, _) => ty,
        (true, true) => quote!(::cosmictron::operators::NullsLast<#ty>),
        (true, false) => quote!(Option<#ty>),
    };
    if key.descending { quote!(::core::cmp::Reverse<#inner>) } else { inner }
}

/// The value of one part of a sort key. NULLS LAST ascending and NULLS FIRST descending (the defaults) are one order reversed.
pub(super) fn sort_value(key: SortKey, nullable: bool, ty: Type, value: TokenStream) -> TokenStream {
    let value = match (ty, nullable) {
        (Type::Char(_), false) => quote!(::cosmictron::Text::from((#value).trim_end_matches(' '))),
        (Type::Char(_), true) => quote!((#value).map(|x| ::cosmictron::Text::from(x.trim_end_matches(' ')))),
        _ => value,
    };
    let inner = match (nullable, key.nulls_first == key.descending) {
        (true, true) => quote!(::cosmictron::operators::NullsLast(#value)),
        _ => value,
    };
    if key.descending { quote!(::core::cmp::Reverse(#inner)) } else { inner }
}
