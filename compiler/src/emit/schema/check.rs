//! What a row is checked for before it is stored: lengths, ranges, CHECK constraints.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::super::expr::{Code, Scope};
use super::super::strip_schema;
use super::column_fields;
use crate::catalog::{Catalog, Check, Column, Table};
use crate::types::Type;

/// The statements of `Row::check`.
pub(super) fn emit(catalog: &Catalog, table: &Table) -> TokenStream {
    let fields = column_fields(&table.columns);
    let values = table.columns.iter().zip(&fields).filter_map(|(column, field)| value(table, column, field));
    let checks = table.checks.iter().map(|check| predicate(catalog, table, &fields, check));
    quote!(#(#values)* #(#checks)*)
}

/// The check of a column whose SQL type holds less than its Rust type.
fn value(table: &Table, column: &Column, field: &Ident) -> Option<TokenStream> {
    let (table, name) = (&table.name, &column.name);
    let function = match (column.ty, column.max_length) {
        (Type::Char(n), _) => quote!(pad_char(value, #n)),
        (Type::Varchar, Some(n)) => quote!(check_length(value, #n)),
        (Type::Decimal { precision, .. }, _) => {
            let precision = Literal::u8_unsuffixed(precision);
            quote!(check_digits((*value).mantissa(), #precision))
        }
        _ => return None,
    };
    let check = quote!(::cosmictron::store::checks::#function.map_err(|detail| ::cosmictron::Violation {
        kind: ::cosmictron::ViolationKind::Value,
        table: #table,
        constraint: #name.into(),
        detail,
    })?;);
    Some(if column.nullable {
        quote!(if let Some(value) = &mut self.#field { #check })
    } else {
        quote!({ let value = &mut self.#field; #check })
    })
}

fn predicate(catalog: &Catalog, table: &Table, fields: &[Ident], check: &Check) -> TokenStream {
    let column = |c: usize| {
        let (field, column) = (&fields[c], &table.columns[c]);
        Code::place(quote!(self.#field), column.ty, column.nullable)
    };
    let scope = Scope { catalog, column: &column };
    let code = scope.code(&check.predicate);
    let value = strip_schema(code.tokens.clone());
    let fails = if code.nullable { quote!(== Some(false)) } else { quote!(== false) };
    let name = |c: usize| table.columns.get(c).map_or_else(String::new, |column| column.name.clone());
    let text = crate::algebra::SqlText(&check.predicate, &name).to_string();
    let (name, table) = (&check.name, &table.name);
    let violation = |detail: TokenStream| {
        quote!(::cosmictron::Violation {
            kind: ::cosmictron::ViolationKind::Check,
            table: #table,
            constraint: #name.into(),
            detail: #detail,
        })
    };
    let failed = violation(quote!(#text.into()));
    if check.predicate.can_fail() {
        let error = violation(quote!(::std::string::ToString::to_string(&error)));
        quote! {
            let holds = || -> Result<_, ::cosmictron::EvalError> { Ok(#value) };
            match holds() {
                Ok(holds) if holds #fails => return Err(#failed),
                Ok(_) => {}
                Err(error) => return Err(#error),
            }
        }
    } else {
        quote!(if (#value) #fails { return Err(#failed); })
    }
}
