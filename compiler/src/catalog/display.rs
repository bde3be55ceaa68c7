//! The text form of the catalog.

use std::fmt;

use super::{Catalog, Column, ColumnId, Default, ForeignKey, Key, OnDelete, Table};
use crate::algebra::Field;

/// One declaration a line, in order.
impl fmt::Display for Catalog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for declared in &self.enums {
            let labels: Vec<_> =
                declared.labels.iter().map(|l| format!("'{}'", l.replace('\'', "''"))).collect();
            writeln!(f, "enum {} ({})", declared.name, labels.join(", "))?;
        }
        self.tables.iter().try_for_each(|table| self.write_table(f, table))
    }
}

impl Catalog {
    fn write_table(&self, f: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
        writeln!(f, "table {}", table.name)?;
        for column in &table.columns {
            self.write_column(f, column)?;
        }
        let key = |f: &mut fmt::Formatter<'_>, what: &str, key: &Key| {
            writeln!(f, "  {what} {} ({})", key.name, names(table, &key.columns))
        };
        table.primary_key.iter().try_for_each(|k| key(f, "primary key", k))?;
        table.unique.iter().try_for_each(|k| key(f, "unique", k))?;
        table.foreign_keys.iter().try_for_each(|k| self.write_foreign_key(f, table, k))?;
        let fields: Vec<_> = table
            .columns
            .iter()
            .map(|c| Field { name: c.name.clone(), ty: c.ty, nullable: c.nullable })
            .collect();
        for check in &table.checks {
            writeln!(f, "  check {} {}", check.name, check.predicate.text(&fields))?;
        }
        table.indexes.iter().try_for_each(|k| key(f, "index", k))
    }

    fn write_column(&self, f: &mut fmt::Formatter<'_>, column: &Column) -> fmt::Result {
        match column.max_length {
            Some(length) => write!(f, "  {}: varchar({length})", column.name)?,
            None => write!(f, "  {}: {}", column.name, self.type_name(column.ty))?,
        }
        if column.nullable {
            write!(f, "?")?;
        }
        match &column.default {
            Default::None => writeln!(f),
            Default::Expr(expr) => writeln!(f, " default {}", expr.text(&[])),
            Default::Identity { always: true } => writeln!(f, " identity always"),
            Default::Identity { always: false } => writeln!(f, " identity"),
        }
    }

    fn write_foreign_key(&self, f: &mut fmt::Formatter<'_>, table: &Table, key: &ForeignKey) -> fmt::Result {
        let other = self.table(key.table);
        let columns = names(table, &key.columns);
        write!(
            f,
            "  foreign key {} ({columns}) references {} ({})",
            key.name,
            other.name,
            names(other, &key.referenced)
        )?;
        f.write_str(match key.on_delete {
            OnDelete::NoAction => "\n",
            OnDelete::Restrict => " on delete restrict\n",
            OnDelete::Cascade => " on delete cascade\n",
            OnDelete::SetNull => " on delete set null\n",
        })
    }
}

fn names(table: &Table, columns: &[ColumnId]) -> String {
    columns.iter().map(|&c| table.column(c).name.as_str()).collect::<Vec<_>>().join(", ")
}
