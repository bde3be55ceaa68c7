//! Reading a published column: from a group's key and value to an SQL value.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::expr::Code;
use super::states::{States, is_wide, never_empty};
use crate::circuit::{Group, Published, PublishedSource, State, SummandCount};
use crate::types::Type;

/// Reads the published columns of a group.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    pub group: &'a Group,
    pub states: &'a States,
}

impl Reader<'_> {
    /// The code of a column. `key` and `value` are expressions of references to the group's key and value.
    pub(crate) fn code(&self, column: &Published, key: &TokenStream, value: &TokenStream) -> Code {
        let field = &column.field;
        let plain = |tokens: TokenStream| Code::place(tokens, field.ty, field.nullable);
        match &column.source {
            PublishedSource::Key(i) => {
                // A key that was folded to a constant is never NULL, whatever its column says.
                let nullable = self.group.keys[*i].nullable;
                let plain = |tokens: TokenStream| Code::place(tokens, field.ty, nullable);
                if self.group.keys.len() == 1 {
                    if field.ty.is_copy() { plain(quote!((*#key))) } else { plain(quote!(#key)) }
                } else {
                    let i = syn::Index::from(*i);
                    plain(quote!(#key.#i))
                }
            }
            PublishedSource::Rows => plain(quote!(#value.rows)),
            PublishedSource::Count(s) | PublishedSource::DistinctCount(s) => {
                let name = &self.states.fields[*s];
                plain(quote!(#value.#name))
            }
            PublishedSource::Determined(s) => {
                let name = &self.states.fields[*s];
                let nullable = self.group.states[*s].value().is_some_and(|v| v.nullable);
                Code::place(quote!(#value.#name), field.ty, nullable)
            }
            PublishedSource::Min(s) | PublishedSource::Max(s) => {
                let prefix = if matches!(column.source, PublishedSource::Min(_)) { "min" } else { "max" };
                let name = format_ident!("{prefix}_{}", self.states.fields[*s]);
                let always = !self.group.single && never_empty(&self.group.states[*s]);
                Code::place(quote!(#value.#name), field.ty, !always)
            }
            PublishedSource::Sum { state, count } => {
                let code = self.sum(*state, field.ty, value);
                self.unless_empty(code, *count, field.ty, field.nullable, value)
            }
            PublishedSource::Avg { state, count, of } => {
                let (code, ty) = self.avg(*state, *count, *of, value);
                self.unless_empty(code, *count, ty, field.nullable, value)
            }
        }
    }

    /// Whether reading a column can fail.
    pub(crate) fn fails(&self, column: &Published) -> bool {
        match &column.source {
            PublishedSource::Sum { state, .. } => self.total_fails(*state) || column.field.ty == Type::BigInt,
            // An average of whole words is one.
            PublishedSource::Avg { state, .. } => self.total_fails(*state),
            _ => false,
        }
    }

    /// Whether a sum can be beyond what holds it, rather than an `i128`.
    fn total_fails(&self, state: usize) -> bool {
        let (_, of) = self.total(state);
        is_wide(of) || matches!(of, Type::Numeric | Type::Interval | Type::Real | Type::Double)
    }

    fn count(&self, count: SummandCount, value: &TokenStream) -> TokenStream {
        match count {
            SummandCount::Rows => quote!(#value.rows),
            SummandCount::Count(s) | SummandCount::Distinct(s) => {
                let name = &self.states.fields[s];
                quote!(#value.#name)
            }
            // There are fewer rows than an i64 counts.
            SummandCount::Total(s) => {
                let name = &self.states.fields[s];
                let (_, of) = self.total(s);
                if is_wide(of) { quote!((#value.#name.get()? as i64)) } else { quote!((#value.#name as i64)) }
            }
        }
    }

    /// The name of a sum in the group's value, and the type of a summand.
    fn total(&self, state: usize) -> (Ident, Type) {
        let field = &self.states.fields[state];
        match &self.group.states[state] {
            State::Distinct { value, .. } => (format_ident!("sum_{}", field), value.ty),
            other => (field.clone(), other.value().map_or(Type::Error, |v| v.ty)),
        }
    }

    fn sum(&self, state: usize, ty: Type, value: &TokenStream) -> TokenStream {
        let (total, of) = self.total(state);
        let exact = exact_total(of, &quote!(#value.#total));
        match (of, ty) {
            (Type::Numeric | Type::Interval, _) => quote!(#value.#total.value()?),
            (Type::Real, _) => quote!(::cosmictron::sql::double_to_real(#exact)?),
            (Type::Double, _) => exact,
            (_, Type::BigInt) => quote!(::cosmictron::sql::sum_to_i64(#exact)?),
            (_, Type::Decimal { scale, .. }) => {
                quote!(::cosmictron::WideDecimal::<#scale>::from_mantissa(#exact))
            }
            _ => quote!(#value.#total),
        }
    }

    fn avg(&self, state: usize, count: SummandCount, of: Type, value: &TokenStream) -> (TokenStream, Type) {
        let (total, kept) = self.total(state);
        let number = self.count(count, value);
        let exact = exact_total(kept, &quote!(#value.#total));
        match of {
            Type::Numeric => {
                (quote!(::cosmictron::sql::avg_numeric(#value.#total.value()?, #number)?), Type::Numeric)
            }
            Type::Interval => {
                (quote!(::cosmictron::sql::avg_interval(#value.#total.value()?, #number)?), Type::Interval)
            }
            Type::Real | Type::Double => {
                (quote!(::cosmictron::sql::avg_double(#exact, #number)?), Type::Double)
            }
            Type::Decimal { scale, .. } => (
                quote!(::cosmictron::sql::avg_decimal::<#scale>(
                    ::cosmictron::WideDecimal::<#scale>::from_mantissa(#exact),
                    #number,
                )),
                Type::Numeric,
            ),
            _ => (quote!(::cosmictron::sql::avg_integer(#exact, #number)), Type::Numeric),
        }
    }

    fn unless_empty(
        &self,
        code: TokenStream,
        count: SummandCount,
        ty: Type,
        nullable: bool,
        value: &TokenStream,
    ) -> Code {
        let number = self.count(count, value);
        let tokens = if nullable { quote!((if #number > 0 { Some(#code) } else { None })) } else { code };
        Code { tokens, ty, nullable, owned: false, clone: None }
    }
}

/// A sum as an `i128`, or as a double of floats; a sum of wide numbers or of floats may be beyond them.
fn exact_total(of: Type, total: &TokenStream) -> TokenStream {
    match of {
        Type::Real | Type::Double => quote!(::cosmictron::sql::sum_to_double(#total)?),
        of if is_wide(of) => quote!(#total.get()?),
        _ => total.clone(),
    }
}
