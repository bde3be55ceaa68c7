//! What is known of the rows of a relation from the schema and the query alone: keys, functional dependencies, columns that are never NULL,
//! references to other tables, and whether there can be more than one row.
//!
//! Each node of a circuit has its [`Properties`]: an input by what is declared of its table, the rows of a chain by its inputs and conditions, the result
//! of a group by those of its chain, an output by its group. Everything that is stated holds whenever a step ends; what is not stated may hold
//! too. Equality is SQL's: values that are equal but look different are one.

mod chain;
mod circuit;
mod display;
mod input;

use std::collections::BTreeSet;

use crate::catalog::{ColumnId, TableId};

pub(crate) use chain::ChainParts;
pub use chain::ChainProperties;
pub use circuit::{CircuitProperties, GroupProperties};
pub use display::PropertiesText;
pub use input::key_columns;

/// What is known of a relation. Columns are positions among those of the node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// Its columns.
    pub columns: BTreeSet<usize>,
    /// Sets of columns of which no two rows have the same values, NULLs being the same as each other.
    pub keys: Vec<Vec<usize>>,
    /// Which columns determine which others.
    pub dependencies: Vec<Dependency>,
    /// Columns without NULL.
    pub non_null: BTreeSet<usize>,
    /// Columns whose values are in a table.
    pub references: Vec<Reference>,
    /// There are no two rows.
    pub at_most_one_row: bool,
}

/// Rows that agree on some columns agree on others; all rows do on those that depend on none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The columns that determine.
    pub determinants: BTreeSet<usize>,
    /// The columns that are determined.
    pub dependents: BTreeSet<usize>,
}

/// An enforced inclusion: where none of the columns is NULL, the table has exactly one row with these values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The columns that reference.
    pub columns: Vec<usize>,
    /// The table that has the row.
    pub table: TableId,
    /// Its columns with the same values, in the same order.
    pub referenced: Vec<ColumnId>,
}

impl Properties {
    /// All columns that are determined by the given ones (Armstrong's axioms, to the fixed point).
    pub fn closure(&self, columns: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut known: BTreeSet<usize> = columns.into_iter().collect();
        if self.at_most_one_row {
            known.extend(&self.columns);
        }
        loop {
            let before = known.len();
            for dependency in &self.dependencies {
                if dependency.determinants.is_subset(&known) {
                    known.extend(&dependency.dependents);
                }
            }
            if self.keys.iter().any(|key| key.iter().all(|c| known.contains(c))) {
                known.extend(&self.columns);
            }
            if known.len() == before {
                return known;
            }
        }
    }

    /// Whether a row is determined once these columns are.
    pub fn is_determined_by(&self, columns: impl IntoIterator<Item = usize>) -> bool {
        self.columns.is_subset(&self.closure(columns))
    }

    /// What is known of a relation whose columns are some of these, or computed from them: `from` has for each of its columns the one of which it has
    /// the values. No two of its rows may come from the same row here unless they are equal.
    fn project(&self, from: &[Option<usize>]) -> Properties {
        let new = |old: usize| from.iter().position(|f| *f == Some(old));
        let all_new = |old: &[usize]| old.iter().map(|c| new(*c)).collect::<Option<Vec<usize>>>();
        let there: BTreeSet<usize> = (0..from.len()).filter(|at| from[*at].is_some()).collect();
        let mut dependencies = Vec::new();
        for dependency in &self.dependencies {
            let determinants: Vec<usize> = dependency.determinants.iter().copied().collect();
            let Some(new_determinants) = all_new(&determinants) else { continue };
            let known = self.closure(determinants);
            let determinants: BTreeSet<usize> = new_determinants.into_iter().collect();
            let determined = |at: &&usize| from[**at].is_some_and(|old| known.contains(&old));
            let dependents = there.iter().filter(determined).copied();
            let dependents: BTreeSet<usize> = dependents.filter(|at| !determinants.contains(at)).collect();
            let dependency = Dependency { determinants, dependents };
            if !dependency.dependents.is_empty() && !dependencies.contains(&dependency) {
                dependencies.push(dependency);
            }
        }
        let references = self.references.iter().filter_map(|reference| {
            Some(Reference { columns: all_new(&reference.columns)?, ..reference.clone() })
        });
        let non_null = there.iter().filter(|at| from[**at].is_some_and(|c| self.non_null.contains(&c)));
        Properties {
            columns: (0..from.len()).collect(),
            keys: self.keys.iter().filter_map(|key| all_new(key)).collect(),
            non_null: non_null.copied().collect(),
            references: references.collect(),
            dependencies,
            at_most_one_row: self.at_most_one_row,
        }
    }
}
