//! The text form of properties, in the names that the query gives to columns.

use std::collections::BTreeSet;
use std::fmt;

use super::{CircuitProperties, Properties};
use crate::algebra::SqlText;
use crate::catalog::Catalog;
use crate::circuit::{Circuit, Group, group::input_of};

/// What is known of every node of a circuit, with the catalog that names its tables.
pub struct PropertiesText<'a>(pub &'a Circuit, pub &'a Catalog);

impl fmt::Display for PropertiesText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(circuit, catalog) = self;
        let properties = CircuitProperties::of(catalog, circuit);
        for (group, known) in circuit.groups.iter().zip(&properties.groups) {
            writeln!(f, "group {}", group.name)?;
            for (input, known) in group.inputs.iter().zip(&known.chain.inputs) {
                writeln!(f, "  input {}", input.alias)?;
                write(f, catalog, known, &|c| group.fields[c].name.clone())?;
            }
            // A table as it is has been described.
            if known.chain.inputs.first() != Some(&known.chain.rows) {
                writeln!(f, "  rows")?;
                write(f, catalog, &known.chain.rows, &|c| qualified(group, c))?;
            }
            writeln!(f, "  groups")?;
            write(f, catalog, &known.result, &|c| kept(group, c))?;
        }
        for (output, known) in circuit.outputs.iter().zip(&properties.outputs) {
            writeln!(f, "query {}", output.name)?;
            write(f, catalog, known, &|c| output.fields[c].name.clone())?;
        }
        Ok(())
    }
}

/// A column of a chain as a query would write it.
fn qualified(group: &Group, column: usize) -> String {
    format!("{}.{}", group.inputs[input_of(&group.inputs, column)].alias, group.fields[column].name)
}

/// A key or a state of a group.
fn kept(group: &Group, at: usize) -> String {
    let text = |expr| SqlText(expr, &|c| qualified(group, c)).to_string();
    match group.keys.get(at) {
        Some(key) => text(key),
        None => group.states[at - group.keys.len()].value().map(text).unwrap_or_default(),
    }
}

fn write(
    f: &mut fmt::Formatter<'_>,
    catalog: &Catalog,
    known: &Properties,
    name: &dyn Fn(usize) -> String,
) -> fmt::Result {
    let list = |columns: &mut dyn Iterator<Item = usize>| {
        let mut names: Vec<String> = columns.map(name).collect();
        // What a group publishes has no names of its own.
        names.dedup();
        names.join(", ")
    };
    if known.at_most_one_row {
        writeln!(f, "    at most one row")?;
    }
    for key in known.keys.iter().filter(|key| !key.is_empty()) {
        writeln!(f, "    key ({})", list(&mut key.iter().copied()))?;
    }
    for dependency in &known.dependencies {
        let determinants = &dependency.determinants;
        // A key says it already.
        let is_key = |key: &Vec<usize>| key.iter().all(|c| determinants.contains(c));
        let dependents: BTreeSet<usize> = dependency.dependents.difference(determinants).copied().collect();
        if known.at_most_one_row || known.keys.iter().any(is_key) || dependents.is_empty() {
            continue;
        }
        let dependents = list(&mut dependents.into_iter());
        if determinants.is_empty() {
            writeln!(f, "    constant {dependents}")?;
        } else {
            writeln!(f, "    ({}) determines {dependents}", list(&mut determinants.iter().copied()))?;
        }
    }
    if !known.non_null.is_empty() {
        writeln!(f, "    not null {}", list(&mut known.non_null.iter().copied()))?;
    }
    for reference in &known.references {
        let table = catalog.table(reference.table);
        let referenced: Vec<&str> =
            reference.referenced.iter().map(|c| table.column(*c).name.as_str()).collect();
        let columns = list(&mut reference.columns.iter().copied());
        writeln!(f, "    ({columns}) references {} ({})", table.name, referenced.join(", "))?;
    }
    Ok(())
}
