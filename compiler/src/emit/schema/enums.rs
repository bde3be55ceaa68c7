//! `CREATE TYPE … AS ENUM`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::naming::{Names, ident, pascal};
use crate::catalog::EnumType;

/// The variants of an enum, in order.
pub(crate) fn enum_variants(ty: &EnumType) -> Vec<Ident> {
    let mut names = Names::default();
    ty.labels.iter().map(|label| names.distinct_type(pascal(label))).collect()
}

pub(super) fn emit(ty: &EnumType) -> TokenStream {
    let name = ident(&ty.rust_name);
    let variants = enum_variants(ty);
    let labels = &ty.labels;
    let doc = format!("The enum `{}`; values are ordered as declared.", ty.name);
    let docs = labels.iter().map(|label| format!("`'{label}'`"));
    let unknown = format!("is not a label of {}", ty.name);
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name {
            #(#[doc = #docs] #variants,)*
        }

        impl #name {
            /// The labels in order.
            pub const LABELS: &'static [&'static str] = &[#(#labels),*];

            /// The value's label.
            pub const fn label(self) -> &'static str {
                match self {
                    #(Self::#variants => #labels,)*
                }
            }
        }

        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.label())
            }
        }

        impl ::core::str::FromStr for #name {
            type Err = String;
            fn from_str(label: &str) -> Result<Self, String> {
                match label {
                    #(#labels => Ok(Self::#variants),)*
                    other => Err(::std::format!("{other:?} {}", #unknown)),
                }
            }
        }

        impl ::cosmictron::Identical for #name {
            fn identical(&self, other: &Self) -> bool {
                self == other
            }
        }

        impl ::cosmictron::ToValue for #name {
            fn to_value(&self) -> ::cosmictron::Value {
                ::cosmictron::Value::Text(::cosmictron::Text::from_static(self.label()))
            }
        }

        impl ::cosmictron::FromValue for #name {
            fn from_value(value: ::cosmictron::Value) -> Result<Self, String> {
                let label = <::cosmictron::Text as ::cosmictron::FromValue>::from_value(value)?;
                label.as_str().parse()
            }
        }
    }
}
