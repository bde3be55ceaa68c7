//! Constants as Rust expressions.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::expr::Code;
use super::naming::ident;
use super::types::rust_type;
use crate::algebra::Literal;
use crate::catalog::Catalog;
use crate::types::Type;

/// The code of a constant of the given type.
pub(crate) fn code(catalog: &Catalog, literal: &Literal, ty: Type) -> Code {
    let owned = |tokens| Code { tokens, ty, nullable: false, owned: !ty.is_copy(), clone: None };
    match literal {
        Literal::Null => {
            let rust = rust_type(catalog, ty);
            Code { tokens: quote!(None::<#rust>), ty, nullable: true, owned: !ty.is_copy(), clone: None }
        }
        Literal::Boolean(b) => owned(quote!(#b)),
        Literal::Integer(i) => owned(integer(*i, ty)),
        Literal::Float(bits) => {
            let value = f64::from_bits(*bits);
            owned(match ty {
                Type::Real => {
                    let bits = (value as f32).to_bits();
                    quote!(::cosmictron::Real::from(f32::from_bits(#bits)))
                }
                _ if value.is_finite() => {
                    let value = Token::f64_unsuffixed(value);
                    quote!(::cosmictron::Double::from(#value))
                }
                _ => quote!(::cosmictron::Double::from(f64::from_bits(#bits))),
            })
        }
        Literal::Numeric { mantissa, scale } => owned(numeric(*mantissa, *scale, ty)),
        Literal::Text(s) => Code {
            tokens: quote!(#s),
            ty,
            nullable: false,
            owned: false,
            clone: Some(quote!(::cosmictron::Text::from_static(#s))),
        },
        Literal::Timestamp(micros) => owned(quote!(::cosmictron::Timestamp::from_micros(#micros))),
        Literal::Date(days) => owned(quote!(::cosmictron::Date::from_days(#days))),
        Literal::Time(micros) => owned(quote!(::cosmictron::Time::from_micros(#micros))),
        Literal::Interval { months, days, micros } => {
            owned(quote!(::cosmictron::Interval::new(#months, #days, #micros)))
        }
        Literal::Uuid(bytes) => owned(quote!(::cosmictron::Uuid::from_bytes([#(#bytes),*]))),
        Literal::Bytea(bytes) => {
            let bytes = Token::byte_string(bytes);
            owned(quote!(::cosmictron::Bytes::from(#bytes.as_slice())))
        }
        // Checked when the query was compiled, so that the fallback is never taken.
        Literal::Jsonb(text) => {
            owned(quote!(#text.parse::<::cosmictron::Json>().unwrap_or_else(|_| ::cosmictron::Json::null())))
        }
        Literal::Enum(label) => {
            let Type::Enum(id) = ty else { return owned(quote!(#label)) };
            let name = ident(&catalog.enum_type(id).rust_name);
            let label = super::schema::enum_variants(catalog.enum_type(id)).swap_remove(*label as usize);
            owned(quote!(super::schema::#name::#label))
        }
    }
}

fn integer(value: i64, ty: Type) -> TokenStream {
    let token = match ty {
        Type::SmallInt => i16::try_from(value).map(Token::i16_suffixed).ok(),
        Type::Integer => i32::try_from(value).map(Token::i32_suffixed).ok(),
        _ => None,
    };
    let token = token.unwrap_or_else(|| Token::i64_suffixed(value));
    quote!(#token)
}

fn numeric(mantissa: i128, scale: u8, ty: Type) -> TokenStream {
    match ty {
        Type::Decimal { precision, scale } if precision <= 18 => {
            let mantissa = Token::i64_unsuffixed(i64::try_from(mantissa).unwrap_or(i64::MAX));
            quote!(::cosmictron::Decimal::<#scale>::from_mantissa(#mantissa))
        }
        Type::Decimal { scale, .. } => {
            let mantissa = Token::i128_unsuffixed(mantissa);
            quote!(::cosmictron::WideDecimal::<#scale>::from_mantissa(#mantissa))
        }
        _ => {
            let mantissa = Token::i128_unsuffixed(mantissa);
            quote!(::cosmictron::Numeric::new(#mantissa, #scale))
        }
    }
}
