//! What a group keeps: the structs for a row's contribution, for the states, and for what the group publishes.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::expr::{Code, Scope, owned_type};
use super::naming::{Names, snake};
use crate::algebra::{Expr, ExprKind};
use crate::catalog::Catalog;
use crate::circuit::{Circuit, Condition, Group, GroupId, PublishedSource, Source, State, SummandCount};
use crate::types::Type;

/// The names of a group's states, and which of their values outputs and other groups read.
pub(crate) struct States {
    /// The field of each state.
    pub fields: Vec<Ident>,
    /// Somebody reads the number of rows.
    pub rows: bool,
    /// Whether somebody reads the least or the greatest value of an `Extremes`, or the count or the sum of a `Distinct`.
    pub first: Vec<bool>,
    /// See `first`.
    pub second: Vec<bool>,
}

impl States {
    /// Collects what a circuit reads of a group.
    pub(crate) fn of(circuit: &Circuit, id: GroupId) -> States {
        let group = circuit.group(id);
        let mut names = Names::default();
        let fields = group.states.iter().map(|state| names.distinct(state_name(group, state))).collect();
        let mut states = States {
            fields,
            rows: false,
            first: vec![false; group.states.len()],
            second: vec![false; group.states.len()],
        };
        for output in circuit.outputs.iter().filter(|o| o.group == id) {
            states.rows |= output.key == crate::circuit::ResultKey::Bag;
            output.published.iter().for_each(|p| states.read(&p.source));
        }
        for input in circuit.groups.iter().flat_map(|g| &g.inputs) {
            if let Source::Group { group, published } = &input.source
                && *group == id
            {
                published.iter().for_each(|p| states.read(&p.source));
            }
        }
        states
    }

    fn read(&mut self, source: &PublishedSource) {
        match source {
            PublishedSource::Key(_) => {}
            PublishedSource::Rows => self.rows = true,
            PublishedSource::Count(s)
            | PublishedSource::DistinctCount(s)
            | PublishedSource::Min(s)
            | PublishedSource::Determined(s) => self.first[*s] = true,
            PublishedSource::Max(s) => self.second[*s] = true,
            PublishedSource::Sum { state, count } | PublishedSource::Avg { state, count, .. } => {
                self.second[*state] = true;
                match count {
                    SummandCount::Rows => self.rows = true,
                    SummandCount::Count(s) | SummandCount::Distinct(s) => self.first[*s] = true,
                    SummandCount::Total(s) => self.second[*s] = true,
                }
            }
        }
    }
}

fn state_name(group: &Group, state: &State) -> Ident {
    let kind = match state {
        State::Count { .. } => "count",
        State::Sum { .. } | State::FloatSum { .. } => "sum",
        State::Extremes { .. } => "extremes",
        State::Distinct { .. } => "distinct",
        State::Determined { .. } => "determined",
    };
    match state.value().map(|v| &v.kind) {
        Some(ExprKind::Column(c)) => snake(&format!("{kind}_{}", group.fields[*c].name)),
        Some(_) => snake(&format!("{kind}_of_expression")),
        None => snake(kind),
    }
}

/// The structs `Input`, `States` and `Value` of a group's module.
pub(crate) fn emit(catalog: &Catalog, group: &Group, states: &States) -> TokenStream {
    let mut inputs = Vec::new();
    let mut kept = Vec::new();
    let (mut inserts, mut removes) = (Vec::new(), Vec::new());
    let (mut names, mut published, mut values) = (Vec::new(), Vec::new(), Vec::new());
    if states.rows {
        names.push(format_ident!("rows"));
        published.push(quote!(i64));
        values.push(quote!(rows));
    }
    for (at, (state, field)) in group.states.iter().zip(&states.fields).enumerate() {
        let part = Part::of(catalog, state, field, (states.first[at], states.second[at]), group.single);
        let (input, keep) = (part.input, part.kept);
        inputs.push(input);
        kept.extend(keep);
        inserts.push(part.insert);
        removes.push(part.remove);
        for (name, ty, value) in part.published {
            values.push(quote!(#name: #value));
            names.push(name);
            published.push(ty);
        }
    }
    let fields = &states.fields;
    let identical_inputs = identical(&quote!(Input), fields);
    let identical_values = identical(&quote!(Value), &names);
    quote! {
        /// What the states read of a row.
        #[derive(Clone, Debug)]
        pub struct Input { #(pub #fields: #inputs,)* }

        #identical_inputs

        /// What is kept for each group.
        #[derive(Default)]
        pub struct States { #(#kept,)* }

        /// What a group publishes.
        #[derive(Clone, Debug)]
        pub struct Value { #(pub #names: #published,)* }

        #identical_values

        impl ::cosmictron::operators::Aggregates for States {
            type Input = Input;
            type Value = Value;

            fn insert(&mut self, input: &Input) {
                #(#inserts)*
                let _ = input;
            }

            fn remove(&mut self, input: &Input) {
                #(#removes)*
                let _ = input;
            }

            fn value(&self, rows: i64) -> Option<Value> {
                let _ = rows;
                Some(Value { #(#values,)* })
            }
        }
    }
}

/// Two structs are identical if all their fields are.
pub(crate) fn identical(name: &TokenStream, fields: &[Ident]) -> TokenStream {
    quote! {
        impl ::cosmictron::Identical for #name {
            fn identical(&self, other: &Self) -> bool {
                let _ = other;
                true #(&& ::cosmictron::Identical::identical(&self.#fields, &other.#fields))*
            }
        }
    }
}

/// Whether every row counts for a state, so that it has a value in every group with rows.
pub(crate) fn never_empty(state: &State) -> bool {
    let unconditional = state.condition().is_none_or(|c| *c == Condition::default());
    unconditional && state.value().is_none_or(|v| !v.nullable)
}

/// The pieces of code of one state.
struct Part {
    /// The type of its field in `Input`.
    input: TokenStream,
    /// Its fields in `States`.
    kept: Vec<TokenStream>,
    insert: TokenStream,
    remove: TokenStream,
    /// Its fields in `Value`: name, type and how to read it.
    published: Vec<(Ident, TokenStream, TokenStream)>,
}

impl Part {
    fn of(
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
                let ty = super::types::rust_type(catalog, value.ty);
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
        let ty = super::types::rust_type(catalog, value.ty);
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
fn kept_apart(ty: Type) -> Option<(TokenStream, TokenStream)> {
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
fn exact(ty: Type, value: &TokenStream) -> TokenStream {
    match ty {
        Type::Decimal { precision, .. } if precision > 18 => quote!((#value).mantissa()),
        Type::Decimal { .. } => quote!(i128::from((#value).mantissa())),
        _ => quote!(i128::from(#value)),
    }
}

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
