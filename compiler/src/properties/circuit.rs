//! Groups and outputs: what a circuit's nodes publish.

use super::{ChainProperties, Properties};
use crate::algebra::Expr;
use crate::catalog::Catalog;
use crate::circuit::{Circuit, Group, Output, Published, PublishedSource, ResultKey, State};

/// What is known of every node of a circuit.
#[derive(Clone, Debug)]
pub struct CircuitProperties {
    /// Of each group.
    pub groups: Vec<GroupProperties>,
    /// Of each output, whose columns are those of its select list, the hidden ones too.
    pub outputs: Vec<Properties>,
}

/// What is known of a group.
#[derive(Clone, Debug)]
pub struct GroupProperties {
    /// Of the rows that come to it.
    pub chain: ChainProperties,
    /// Of what it keeps, a row a group. Its columns are the keys, then the states.
    pub result: Properties,
}

impl CircuitProperties {
    /// Infers the properties of all nodes.
    pub fn of(catalog: &Catalog, circuit: &Circuit) -> Self {
        let groups: Vec<GroupProperties> =
            circuit.groups.iter().map(|group| GroupProperties::of(catalog, group)).collect();
        let outputs = circuit.outputs.iter().map(|output| {
            of_output(circuit.group(output.group), &groups[output.group.0 as usize].result, output)
        });
        Self { outputs: outputs.collect(), groups }
    }
}

impl GroupProperties {
    fn of(catalog: &Catalog, group: &Group) -> Self {
        let chain = ChainProperties::of_group(catalog, group);
        // All rows of a group agree on its keys and on what they determine.
        let kept = group.states.iter().map(|state| match state {
            State::Determined { value } => value.as_column(),
            _ => None,
        });
        let from: Vec<Option<usize>> = group.keys.iter().map(Expr::as_column).chain(kept).collect();
        let mut result = chain.rows.project(&from);
        let key: Vec<usize> = (0..group.keys.len()).collect();
        if !result.keys.iter().any(|known| known.iter().all(|c| key.contains(c))) {
            result.keys.insert(0, key);
        }
        result.at_most_one_row |= group.single || result.is_determined_by([]);
        result.non_null.extend((0..group.keys.len()).filter(|at| !group.keys[*at].nullable));
        Self { chain, result }
    }
}

fn of_output(group: &Group, below: &Properties, output: &Output) -> Properties {
    let mut below = below.clone();
    let column = |published: usize| output.published.get(published).and_then(|p| kept_column(group, p));
    for having in &output.having {
        let columns = having.columns();
        if columns.iter().all(|c| column(*c).is_some()) {
            below.holds(&having.clone().map_columns(&|c| column(c).unwrap_or(c)));
        }
    }
    below.at_most_one_row |= below.is_determined_by([]);
    let shown = |expr: &Expr| expr.as_column().and_then(column);
    let from: Vec<Option<usize>> = output.columns.iter().map(shown).collect();
    let mut result = below.project(&from);
    if output.key == ResultKey::Bag {
        // The rows of a group may be many.
        result.keys.clear();
        result.at_most_one_row = false;
    }
    result.non_null.extend((0..output.fields.len()).filter(|at| !output.fields[*at].nullable));
    result.at_most_one_row |= output.limit.is_some_and(|limit| limit.limit.is_some_and(|count| count <= 1));
    result
}

/// The column of a group's result that a published one has the values of: a key, as it is or as it looks, or what the key determines.
fn kept_column(group: &Group, published: &Published) -> Option<usize> {
    let key = |value: &Expr| group.keys.iter().position(|key| key == value);
    match published.source {
        PublishedSource::Key(at) => Some(at),
        PublishedSource::Determined(at) => Some(group.keys.len() + at),
        PublishedSource::Min(at) => match &group.states[at] {
            State::Extremes { condition, value } if condition.is_empty() => key(value),
            _ => None,
        },
        _ => None,
    }
}
