//! The inputs of a chain: base tables and other groups.

use std::collections::BTreeSet;

use super::{Properties, Reference};
use crate::catalog::{Catalog, ColumnId, Key, Table};
use crate::circuit::{Input, Published, PublishedSource, Source};

impl Properties {
    /// What is known of an input's rows, whatever they are joined with.
    pub(super) fn of_input(catalog: &Catalog, input: &Input) -> Properties {
        match &input.source {
            Source::Table(table) => of_table(catalog.table(*table), input),
            Source::Group { published, .. } => of_group(published, input),
        }
    }
}

/// A table has the properties that the store enforces.
fn of_table(table: &Table, input: &Input) -> Properties {
    let at = |column: &ColumnId| input.first + column.0 as usize;
    let is_primary = |key: &Key| table.primary_key.as_ref() == Some(key);
    // A nullable unique column does not tell rows with NULL apart.
    let is_key = |key: &&Key| is_primary(key) || key.columns.iter().all(|c| !table.column(*c).nullable);
    let keys: Vec<Vec<usize>> =
        table.keys().filter(is_key).map(|key| key.columns.iter().map(at).collect()).collect();
    let declared = (0..table.columns.len()).filter(|c| !table.columns[*c].nullable).map(|c| input.first + c);
    let primary = table.primary_key.iter().flat_map(|key| key.columns.iter().map(at));
    let references = table.foreign_keys.iter().map(|key| Reference {
        columns: key.columns.iter().map(at).collect(),
        table: key.table,
        referenced: key.referenced.clone(),
    });
    Properties {
        columns: input.columns().collect(),
        non_null: declared.chain(primary).collect(),
        references: references.collect(),
        dependencies: Vec::new(),
        at_most_one_row: false,
        keys,
    }
}

/// A group publishes one row for each value of its key.
fn of_group(published: &[Published], input: &Input) -> Properties {
    let key: Vec<usize> = key_columns(published).map(|c| input.first + c).collect();
    let non_null: BTreeSet<usize> =
        (0..published.len()).filter(|c| !published[*c].field.nullable).map(|c| input.first + c).collect();
    Properties {
        columns: input.columns().collect(),
        at_most_one_row: key.is_empty(),
        keys: vec![key],
        non_null,
        ..Properties::default()
    }
}

/// The positions of a group's keys among the columns read of it. Whoever reads a group reads all its keys.
pub fn key_columns(published: &[Published]) -> impl Iterator<Item = usize> {
    let keys = published.iter().enumerate().filter(|(_, p)| matches!(p.source, PublishedSource::Key(_)));
    keys.map(|(at, _)| at)
}
