//! Lowering of aggregate calls to the states a group keeps; calls share states wherever they can.

use crate::algebra::{Aggregate, AggregateFunction, Expr, Field};
use crate::types::Type;

use super::{Condition, Published, PublishedSource, State, SummandCount};

/// Adds what an aggregate needs to the states and says how its result is read from them. `condition` is its FILTER.
pub(super) fn lower(aggregate: &Aggregate, condition: Condition, states: &mut Vec<State>) -> Published {
    let source = match (aggregate.function, aggregate.arg.clone()) {
        (AggregateFunction::Determined, Some(value)) => {
            PublishedSource::Determined(share(states, State::Determined { value }))
        }
        (AggregateFunction::Count, Some(value)) if aggregate.distinct => {
            PublishedSource::DistinctCount(distinct(states, condition, value, false))
        }
        (AggregateFunction::Count, value) => match count(states, condition, value) {
            SummandCount::Count(state) => PublishedSource::Count(state),
            _ => PublishedSource::Rows,
        },
        (AggregateFunction::Min, Some(value)) => {
            PublishedSource::Min(share(states, State::Extremes { condition, value }))
        }
        (AggregateFunction::Max, Some(value)) => {
            PublishedSource::Max(share(states, State::Extremes { condition, value }))
        }
        (AggregateFunction::Sum, Some(value)) => {
            let (state, count) = sum(states, condition, value, aggregate.distinct);
            PublishedSource::Sum { state, count }
        }
        (AggregateFunction::Avg, Some(value)) => {
            let of = value.ty;
            let (state, count) = sum(states, condition, value, aggregate.distinct);
            PublishedSource::Avg { state, count, of }
        }
        // Every function but COUNT has an argument.
        (_, None) => PublishedSource::Rows,
    };
    let field =
        Field { name: aggregate.function.name().to_owned(), ty: aggregate.ty, nullable: aggregate.nullable };
    Published { field, source }
}

fn sum(
    states: &mut Vec<State>,
    condition: Condition,
    value: Expr,
    is_distinct: bool,
) -> (usize, SummandCount) {
    if is_distinct {
        let state = distinct(states, condition, value, true);
        return (state, SummandCount::Distinct(state));
    }
    let count = count(states, condition.clone(), Some(value.clone()));
    let state = match value.ty {
        Type::Real | Type::Double => State::FloatSum { condition, value },
        _ => State::Sum { condition, value },
    };
    (share(states, state), count)
}

/// The number of rows that satisfy the condition with a value that is not NULL.
fn count(states: &mut Vec<State>, condition: Condition, value: Option<Expr>) -> SummandCount {
    // An expression that can fail is evaluated even where only its NULLs would count.
    let value = value.filter(|v| v.nullable || v.can_fail());
    if value.is_none() && condition.is_empty() {
        return SummandCount::Rows;
    }
    SummandCount::Count(share(states, State::Count { condition, value }))
}

/// One state of distinct values serves COUNT and SUM.
fn distinct(states: &mut Vec<State>, condition: Condition, value: Expr, sum: bool) -> usize {
    for (at, state) in states.iter_mut().enumerate() {
        if let State::Distinct { condition: c, value: v, sum: s } = state
            && *c == condition
            && *v == value
        {
            *s |= sum;
            return at;
        }
    }
    share(states, State::Distinct { condition, value, sum })
}

pub(super) fn share(states: &mut Vec<State>, state: State) -> usize {
    match states.iter().position(|s| *s == state) {
        Some(at) => at,
        None => {
            states.push(state);
            states.len() - 1
        }
    }
}
