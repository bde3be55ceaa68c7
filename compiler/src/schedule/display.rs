//! The text form of a program.

use std::fmt;

use crate::algebra::{ExprText, SqlText};
use crate::catalog::Catalog;
use crate::circuit::{Circuit, Role};

use super::{IndexRef, Program};

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
            for (input, port) in group.inputs.iter().zip(&ports.ports) {
                writeln!(f, "  change of {}", input.alias)?;
                if let Some(test) = &port.test {
                    let key: Vec<String> =
                        test.key.iter().map(|k| ExprText(&k.expr, &group.fields).to_string()).collect();
                    writeln!(f, "    test that it is the only {} with ({})", input.alias, key.join(", "))?;
                }
                for predicate in &port.predicates {
                    writeln!(f, "    test {}", ExprText(&predicate.expr, &group.fields))?;
                }
                for lookup in &port.lookups {
                    let key: Vec<String> = lookup
                        .access
                        .key
                        .iter()
                        .map(|k| ExprText(&k.expr, &group.fields).to_string())
                        .collect();
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
                    let alias = &input.alias;
                    writeln!(f, "    {rows} {alias} through {index} = ({})", key.join(", "))?;
                    for (l, r) in &lookup.equalities {
                        let (l, r) = (ExprText(l, &group.fields), ExprText(r, &group.fields));
                        writeln!(f, "      test {l} = {r}")?;
                    }
                    for predicate in &lookup.predicates {
                        writeln!(f, "      test {}", ExprText(&predicate.expr, &group.fields))?;
                    }
                }
                for predicate in &port.fallible {
                    writeln!(f, "    finally test {}", ExprText(&predicate.expr, &group.fields))?;
                }
            }
        }
        Ok(())
    }
}
