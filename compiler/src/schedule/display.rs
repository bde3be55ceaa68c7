//! The text form of a program.

use std::collections::BTreeSet;
use std::fmt;

use crate::algebra::{Expr, ExprText, SqlText};
use crate::catalog::Catalog;
use crate::circuit::{Circuit, Group, Role};

use super::{Access, IndexRef, Lookup, Port, Program};

/// A program together with the circuit it executes and the catalog that names its tables.
pub struct ProgramText<'a>(pub &'a Program, pub &'a Circuit, pub &'a Catalog);

impl fmt::Display for ProgramText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(program, circuit, catalog) = self;
        for (at, index) in program.indexes.iter().enumerate() {
            let table = catalog.table(index.table);
            let column = |c: usize| table.columns.get(c).map_or("?".to_owned(), |column| column.name.clone());
            let key: Vec<String> = index.key.iter().map(|e| SqlText(e, &column).to_string()).collect();
            writeln!(f, "index {at} on {} by ({})", table.name, key.join(", "))?;
        }
        for (group, ports) in circuit.groups.iter().zip(&program.groups) {
            writeln!(f, "group {} computed from {}", group.name, group.inputs[ports.driver].alias)?;
            for (input, port) in ports.ports.iter().enumerate() {
                write_port(f, group, input, port)?;
            }
        }
        Ok(())
    }
}

fn text<'a>(group: &'a Group, expr: &'a Expr) -> ExprText<'a> {
    ExprText(expr, &group.fields)
}

fn write_port(f: &mut fmt::Formatter<'_>, group: &Group, input: usize, port: &Port) -> fmt::Result {
    let (alias, first) = (&group.inputs[input].alias, group.inputs[input].first);
    let names = |columns: &BTreeSet<usize>| {
        columns.iter().map(|c| group.fields[first + c].name.as_str()).collect::<Vec<_>>().join(", ")
    };
    match &port.watched {
        Some(watched) => writeln!(f, "  change of {alias} ({})", names(&watched.columns))?,
        None => writeln!(f, "  change of {alias}")?,
    }
    if let Some(test) = &port.test {
        writeln!(f, "    test that it is the only {alias} with ({})", key_text(group, test))?;
    }
    for predicate in &port.predicates {
        writeln!(f, "    test {}", text(group, &predicate.expr))?;
    }
    if let Some(beyond) = port.watched.as_ref().and_then(|watched| watched.beyond_tests.as_ref()) {
        writeln!(f, "    stop if it passes before and after with the same ({})", names(beyond))?;
    }
    for lookup in &port.lookups {
        write_lookup(f, group, lookup)?;
    }
    for predicate in &port.last {
        writeln!(f, "    finally test {}", text(group, &predicate.expr))?;
    }
    Ok(())
}

fn write_lookup(f: &mut fmt::Formatter<'_>, group: &Group, lookup: &Lookup) -> fmt::Result {
    let index = match &lookup.access.index {
        IndexRef::Table(index) => index.name.clone(),
        IndexRef::Owned(at) => format!("index {at}"),
        IndexRef::Group(_) => "key".to_owned(),
    };
    let input = &group.inputs[lookup.input];
    let rows = match input.role {
        Role::Joined if lookup.access.is_unique() => "find at most one",
        Role::Joined => "find all",
        Role::Exists => "test that there is",
        Role::Absent => "test that there is no",
    };
    writeln!(f, "    {rows} {} through {index} = ({})", input.alias, key_text(group, &lookup.access))?;
    for (left, right) in &lookup.equalities {
        writeln!(f, "      test {} = {}", text(group, left), text(group, right))?;
    }
    for predicate in &lookup.predicates {
        writeln!(f, "      test {}", text(group, &predicate.expr))?;
    }
    Ok(())
}

/// What is looked for, or the row's own key.
fn key_text(group: &Group, access: &Access) -> String {
    access.key.iter().map(|part| text(group, &part.expr).to_string()).collect::<Vec<_>>().join(", ")
}
