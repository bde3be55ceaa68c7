//! What a group keeps: the structs for a row's contribution, for the states, and for what the group publishes.

mod contribution;
mod part;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::naming::{Names, snake};
use crate::algebra::ExprKind;
use crate::catalog::Catalog;
use crate::circuit::{Circuit, Condition, Group, GroupId, PublishedSource, Source, State, SummandCount};

pub(crate) use contribution::contribution;
use part::Part;
pub(crate) use part::is_wide;

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
