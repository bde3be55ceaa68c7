//! SQL types as Rust types and as descriptions for the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::naming::ident;
use crate::catalog::{Catalog, Column};
use crate::types::Type;

/// The Rust type of a value that is not NULL.
pub(crate) fn rust_type(catalog: &Catalog, ty: Type) -> TokenStream {
    match ty {
        Type::Boolean => quote!(bool),
        Type::SmallInt => quote!(i16),
        Type::Integer => quote!(i32),
        Type::BigInt => quote!(i64),
        Type::Real => quote!(::cosmictron::Real),
        Type::Double => quote!(::cosmictron::Double),
        Type::Decimal { precision, scale } if precision <= 18 => quote!(::cosmictron::Decimal<#scale>),
        Type::Decimal { scale, .. } => quote!(::cosmictron::WideDecimal<#scale>),
        Type::Numeric => quote!(::cosmictron::Numeric),
        Type::Text | Type::Varchar | Type::Char(_) | Type::Error => quote!(::cosmictron::Text),
        Type::Timestamp | Type::TimestampTz => quote!(::cosmictron::Timestamp),
        Type::Date => quote!(::cosmictron::Date),
        Type::Time => quote!(::cosmictron::Time),
        Type::Interval => quote!(::cosmictron::Interval),
        Type::Uuid => quote!(::cosmictron::Uuid),
        Type::Bytea => quote!(::cosmictron::Bytes),
        Type::Jsonb => quote!(::cosmictron::Json),
        Type::Enum(id) => {
            let name = ident(&catalog.enum_type(id).rust_name);
            quote!(super::schema::#name)
        }
    }
}

/// The Rust type of a value that may be NULL.
pub(crate) fn field_type(catalog: &Catalog, ty: Type, nullable: bool) -> TokenStream {
    let ty = rust_type(catalog, ty);
    if nullable { quote!(Option<#ty>) } else { ty }
}

/// The Rust type of an index key's part, borrowed where the value is not plain bits.
pub(crate) fn key_type(catalog: &Catalog, ty: Type) -> TokenStream {
    match ty {
        ty if ty.is_string() => quote!(&'a str),
        Type::Bytea => quote!(&'a ::cosmictron::Bytes),
        Type::Jsonb => quote!(&'a ::cosmictron::Json),
        other => rust_type(catalog, other),
    }
}

/// One type for one column, a tuple for several, `()` for none.
pub(crate) fn tuple(parts: &[TokenStream]) -> TokenStream {
    match parts {
        [one] => one.clone(),
        parts => quote!((#(#parts),*)),
    }
}

/// The runtime's description of a type.
pub(crate) fn sql_type(catalog: &Catalog, ty: Type, max_length: Option<u32>) -> TokenStream {
    let variant = match (ty, max_length) {
        (Type::Varchar, Some(n)) => quote!(Varchar(#n)),
        (Type::Boolean, _) => quote!(Boolean),
        (Type::SmallInt, _) => quote!(SmallInt),
        (Type::Integer, _) => quote!(Integer),
        (Type::BigInt, _) => quote!(BigInt),
        (Type::Real, _) => quote!(Real),
        (Type::Double, _) => quote!(Double),
        (Type::Decimal { precision, scale }, _) => quote!(Decimal { precision: #precision, scale: #scale }),
        (Type::Numeric, _) => quote!(Numeric),
        (Type::Text | Type::Varchar | Type::Error, _) => quote!(Text),
        (Type::Char(n), _) => quote!(Char(#n)),
        (Type::Timestamp, _) => quote!(Timestamp),
        (Type::TimestampTz, _) => quote!(TimestampTz),
        (Type::Date, _) => quote!(Date),
        (Type::Time, _) => quote!(Time),
        (Type::Interval, _) => quote!(Interval),
        (Type::Uuid, _) => quote!(Uuid),
        (Type::Bytea, _) => quote!(Bytea),
        (Type::Jsonb, _) => quote!(Jsonb),
        (Type::Enum(id), _) => {
            let labels = &catalog.enum_type(id).labels;
            quote!(Enum(&[#(#labels),*]))
        }
    };
    quote!(::cosmictron::SqlType::#variant)
}

/// The type of a column's field in its row struct.
pub(crate) fn column_type(catalog: &Catalog, column: &Column) -> TokenStream {
    field_type(catalog, column.ty, column.nullable)
}
