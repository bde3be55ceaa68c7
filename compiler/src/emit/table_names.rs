//! The identifiers of a table, from the names that the catalog has allocated.

use proc_macro2::Ident;

use super::naming::ident;
use crate::catalog::Table;

/// The struct of a table's rows.
pub(crate) fn row_type(table: &Table) -> Ident {
    ident(&table.rust.row)
}

/// A table's field among the tables.
pub(crate) fn table_field(table: &Table) -> Ident {
    ident(&table.rust.field)
}

/// The markers of a table's foreign keys, in order.
pub(crate) fn foreign_key_types(table: &Table) -> impl Iterator<Item = Ident> {
    table.rust.foreign_keys.iter().map(|name| ident(name))
}
