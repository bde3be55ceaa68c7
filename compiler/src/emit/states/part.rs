//! What each kind of state adds to the structs of a group.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::never_empty;
use crate::algebra::Expr;
use crate::catalog::Catalog;
use crate::circuit::State;
use crate::emit::expr::owned_type;
use crate::emit::types::rust_type;
use crate::types::Type;

/// The pieces of code of one state.
pub(super) struct Part {
    /// The type of its field in `Input`.
    pub(super) input: TokenStream,
    /// Its fields in `States`.
    pub(super) kept: Vec<TokenStream>,
    pub(super) insert: TokenStream,
    pub(super) remove: TokenStream,
    /// Its fields in `Value`: name, type and how to read it.
    pub(super) published: Vec<(Ident, TokenStream, TokenStream)>,
}

impl Part {
    pub(super) fn of(
        catalog: &Catalog,
        state: &State,
        field: &Ident,
        (first, second): (bool, bool),
        single: bool,
    ) -> Part {
        let name = field.clone();
        match state {
            State::Count { .. } => Part {
                input: quote!(bool),
                kept: vec![quote!(#field: i64)],
                insert: quote!(self.#field += i64::from(input.#field);),
                remove: quote!(self.#field -= i64::from(input.#field);),
                published: keep(first, name, quote!(i64), quote!(self.#field)),
            },
            State::Sum { value, .. } if let Some((of, sum)) = kept_apart(value.ty) => Part {
                input: quote!(Option<#of>),
                kept: vec![quote!(#field: #sum)],
                insert: quote!(if let Some(value) = input.#field { self.#field.add(value); }),
                remove: quote!(if let Some(value) = input.#field { self.#field.sub(value); }),
                published: keep(second, name, sum, quote!(self.#field.clone())),
            },
            State::Sum { value, .. } if is_wide(value.ty) => Part {
                input: quote!(i128),
                kept: vec![quote!(#field: ::cosmictron::operators::WideSum)],
                insert: quote!(self.#field.add(input.#field);),
                remove: quote!(self.#field.sub(input.#field);),
                published: keep(second, name, quote!(::cosmictron::operators::WideSum), quote!(self.#field)),
            },
            // There are not enough rows for a sum of 64-bit values to overflow.
            State::Sum { .. } => Part {
                input: quote!(i128),
                kept: vec![quote!(#field: i128)],
                insert: quote!(self.#field += input.#field;),
                remove: quote!(self.#field -= input.#field;),
                published: keep(second, name, quote!(i128), quote!(self.#field)),
            },
            State::FloatSum { .. } => Part {
                input: quote!(Option<::cosmictron::Double>),
                kept: vec![quote!(#field: ::cosmictron::operators::FloatSum)],
                insert: quote!(if let Some(value) = input.#field { self.#field.add(value.0); }),
                remove: quote!(if let Some(value) = input.#field { self.#field.sub(value.0); }),
                published: keep(
                    second,
                    name,
                    quote!(Option<::cosmictron::Double>),
                    quote!(self.#field.value().map(::cosmictron::Double::from)),
                ),
            },
            State::Extremes { value, .. } => {
                let ty = rust_type(catalog, value.ty);
                // The extreme is one that a row has, also in how it looks.
                let (stored, shown) = if value.ty.looks_vary() {
                    (quote!(::cosmictron::Look<#ty>), quote!(.map(|look| look.0)))
                } else {
                    (ty.clone(), quote!())
                };
                let (min, max) = (format_ident!("min_{}", field), format_ident!("max_{}", field));
                // Where every row of a group counts there is a least and a greatest value.
                let always = !single && never_empty(state);
                let (kept, some) =
                    if always { (ty.clone(), quote!(?)) } else { (quote!(Option<#ty>), quote!()) };
                let mut published = keep(first, min, kept.clone(), quote!(self.#field.min() #shown #some));
                published.extend(keep(second, max, kept, quote!(self.#field.max() #shown #some)));
                Part {
                    input: quote!(Option<#stored>),
                    kept: vec![quote!(#field: ::cosmictron::operators::Extremes<#stored>)],
                    insert: quote!(self.#field.insert(&input.#field);),
                    remove: quote!(self.#field.remove(&input.#field);),
                    published,
                }
            }
            State::Distinct { value, sum, .. } => Part::distinct(catalog, value, *sum, field, first),
            State::Determined { value } => {
                let ty = owned_type(catalog, value);
                Part {
                    input: ty.clone(),
                    kept: vec![quote!(#field: ::cosmictron::operators::Determined<#ty>)],
                    insert: quote!(self.#field.insert(&input.#field);),
                    remove: TokenStream::new(),
                    published: keep(first, name, ty.clone(), quote!(self.#field.get()?)),
                }
            }
        }
    }

    fn distinct(catalog: &Catalog, value: &Expr, sum: bool, field: &Ident, count: bool) -> Part {
        let ty = rust_type(catalog, value.ty);
        let by_looks = sum && kept_apart(value.ty).is_some();
        let kernel = if by_looks { quote!(Kinds) } else { quote!(Distinct) };
        let mut kept = vec![quote!(#field: ::cosmictron::operators::#kernel<#ty>)];
        let mut published = keep(count, field.clone(), quote!(i64), quote!(self.#field.count()));
        if !sum {
            return Part {
                input: quote!(Option<#ty>),
                kept,
                insert: quote!(self.#field.insert(&input.#field);),
                remove: quote!(self.#field.remove(&input.#field);),
                published,
            };
        }
        let total = format_ident!("sum_{}", field);
        let (sum_type, add, sub, read) = match value.ty {
            ty if let Some((_, sum)) = kept_apart(ty) => (
                sum.clone(),
                quote!(self.#total.add(value);),
                quote!(self.#total.sub(value);),
                (sum, quote!(self.#total.clone())),
            ),
            Type::Real | Type::Double => (
                quote!(::cosmictron::operators::FloatSum),
                quote!(self.#total.add(f64::from(value.0));),
                quote!(self.#total.sub(f64::from(value.0));),
                (
                    quote!(Option<::cosmictron::Double>),
                    quote!(self.#total.value().map(::cosmictron::Double::from)),
                ),
            ),
            ty if is_wide(ty) => (
                quote!(::cosmictron::operators::WideSum),
                quote!(self.#total.add(value.mantissa());),
                quote!(self.#total.sub(value.mantissa());),
                (quote!(::cosmictron::operators::WideSum), quote!(self.#total)),
            ),
            ty => {
                let exact = exact(ty, &quote!(value));
                (
                    quote!(i128),
                    quote!(self.#total += #exact;),
                    quote!(self.#total -= #exact;),
                    (quote!(i128), quote!(self.#total)),
                )
            }
        };
        kept.push(quote!(#total: #sum_type));
        published.push((total.clone(), read.0, read.1));
        if by_looks {
            let change = |function: Ident| {
                quote! {
                    let (before, now) = self.#field.#function(&input.#field);
                    if let Some(value) = before { #sub }
                    if let Some(value) = now { #add }
                }
            };
            return Part {
                input: quote!(Option<#ty>),
                kept,
                insert: change(format_ident!("insert")),
                remove: change(format_ident!("remove")),
                published,
            };
        }
        Part {
            input: quote!(Option<#ty>),
            kept,
            insert: quote! {
                if self.#field.insert(&input.#field) && let Some(value) = input.#field { #add }
            },
            remove: quote! {
                if self.#field.remove(&input.#field) && let Some(value) = input.#field { #sub }
            },
            published,
        }
    }
}

fn keep(
    wanted: bool,
    name: Ident,
    ty: TokenStream,
    value: TokenStream,
) -> Vec<(Ident, TokenStream, TokenStream)> {
    if wanted { vec![(name, ty, value)] } else { Vec::new() }
}

/// The types of values whose sum is more than a number of one unit: the value's and the sum's.
pub(super) fn kept_apart(ty: Type) -> Option<(TokenStream, TokenStream)> {
    match ty {
        Type::Numeric => Some((quote!(::cosmictron::Numeric), quote!(::cosmictron::NumericSum))),
        Type::Interval => Some((quote!(::cosmictron::Interval), quote!(::cosmictron::IntervalSum))),
        _ => None,
    }
}

/// Decimals of which a few may fill an `i128`.
pub(crate) fn is_wide(ty: Type) -> bool {
    matches!(ty, Type::Decimal { precision, .. } if precision > 18)
}

/// An integer or decimal as an `i128` in units of its last decimal.
pub(super) fn exact(ty: Type, value: &TokenStream) -> TokenStream {
    match ty {
        Type::Decimal { precision, .. } if precision > 18 => quote!((#value).mantissa()),
        Type::Decimal { .. } => quote!(i128::from((#value).mantissa())),
        _ => quote!(i128::from(#value)),
    }
}
