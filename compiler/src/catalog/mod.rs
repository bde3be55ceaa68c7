//! The catalog: what the schema file declares, resolved and checked.

mod build;
mod constraints;
mod data_type;
mod display;
mod enums;
mod foreign_keys;
mod identifiers;
mod index;
mod physical;
mod relation_names;
mod rust_names;
mod table;

pub use build::build;
pub use data_type::{Declared, resolve as resolve_type};
pub use identifiers::{MAX_NAME_BYTES, fold, unqualified};

pub use physical::TableIndex;
pub use rust_names::RustNames;

use crate::algebra::{Expr, Field};
use crate::source::Span;
use crate::types::Type;

/// A table of the catalog, in order of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(pub u32);

/// A column of a table, in order of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId(pub u32);

/// An enum type of the catalog, in order of declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u32);

/// Everything the schema declares.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Tables in order of declaration.
    pub tables: Vec<Table>,
    /// `CREATE TYPE … AS ENUM`, in order of declaration.
    pub enums: Vec<EnumType>,
}

impl Catalog {
    /// The table with this id.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0 as usize]
    }

    /// The enum with this id.
    pub fn enum_type(&self, id: EnumId) -> &EnumType {
        &self.enums[id.0 as usize]
    }

    /// Finds a table by its (already case-folded) name.
    pub fn find_table(&self, name: &str) -> Option<TableId> {
        self.tables.iter().position(|t| t.name == name).map(|i| TableId(i as u32))
    }

    /// Finds an enum by its (already case-folded) name.
    pub fn find_enum(&self, name: &str) -> Option<EnumId> {
        self.enums.iter().position(|e| e.name == name).map(|i| EnumId(i as u32))
    }

    /// Ids and tables in order.
    pub fn iter(&self) -> impl Iterator<Item = (TableId, &Table)> {
        self.tables.iter().enumerate().map(|(i, t)| (TableId(i as u32), t))
    }

    /// The name of a type as the user would write it.
    pub fn type_name(&self, ty: Type) -> String {
        match ty {
            Type::Enum(id) => self.enum_type(id).name.clone(),
            other => other.to_string(),
        }
    }
}

/// `CREATE TYPE name AS ENUM (labels)`; values are ordered as declared.
#[derive(Clone, Debug)]
pub struct EnumType {
    /// Case-folded name.
    pub name: String,
    /// Labels in order.
    pub labels: Vec<String>,
    /// What the emitted type is called.
    pub rust_name: String,
    /// The name in the declaration.
    pub span: Span,
}

/// `CREATE TABLE`.
#[derive(Clone, Debug)]
pub struct Table {
    /// Case-folded name.
    pub name: String,
    /// Columns in order of declaration.
    pub columns: Vec<Column>,
    /// The primary key, if any; a table without one is a bag. Its columns are never null.
    pub primary_key: Option<Key>,
    /// `UNIQUE` constraints and unique indexes; nulls are distinct from each other.
    pub unique: Vec<Key>,
    /// `REFERENCES` and `FOREIGN KEY`.
    pub foreign_keys: Vec<ForeignKey>,
    /// `CHECK` constraints; column references in the expressions are positions in `columns`.
    pub checks: Vec<Check>,
    /// `CREATE INDEX` (not unique), as lists of columns.
    pub indexes: Vec<Key>,
    /// What it is called in emitted Rust.
    pub rust: RustNames,
    /// The name in the declaration.
    pub span: Span,
}

impl Table {
    /// The column with this id.
    pub fn column(&self, id: ColumnId) -> &Column {
        &self.columns[id.0 as usize]
    }

    /// Its columns as those of a relation.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.columns.iter().map(|c| Field { name: c.name.clone(), ty: c.ty, nullable: c.nullable })
    }

    /// Finds a column by its (already case-folded) name.
    pub fn find_column(&self, name: &str) -> Option<ColumnId> {
        self.columns.iter().position(|c| c.name == name).map(|i| ColumnId(i as u32))
    }

    /// The primary key and all unique constraints.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.primary_key.iter().chain(&self.unique)
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Case-folded name.
    pub name: String,
    /// Resolved type.
    pub ty: Type,
    /// `n` of `VARCHAR(n)`, in characters.
    pub max_length: Option<u32>,
    /// Whether NULL is allowed.
    pub nullable: bool,
    /// What an insert that leaves the column out stores.
    pub default: Default,
    /// The name in the declaration.
    pub span: Span,
}

/// What a column holds when an insert leaves it out.
#[derive(Clone, Debug)]
pub enum Default {
    /// NULL, or an error where NULL is not allowed.
    None,
    /// A constant expression, or one of the clock (`DEFAULT NOW()`), already of the column's type.
    Expr(Expr),
    /// `SERIAL` and `GENERATED … AS IDENTITY`: the next number of the column's own sequence.
    Identity {
        /// `GENERATED ALWAYS`: a value given by the user is refused.
        always: bool,
    },
}

/// A named list of columns: a primary key, a unique constraint or an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The constraint's name, given or by PostgreSQL's rule (`orders_pkey`, `customers_email_key`, `t_a_b_idx`).
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<ColumnId>,
    /// Where it is declared.
    pub span: Span,
}

/// A foreign key; its referenced columns are the primary key or a unique constraint of the other table.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// The constraint's name, given or by PostgreSQL's rule (`orders_customer_id_fkey`).
    pub name: String,
    /// The referencing columns, in order.
    pub columns: Vec<ColumnId>,
    /// The referenced table.
    pub table: TableId,
    /// The referenced columns, in the same order.
    pub referenced: Vec<ColumnId>,
    /// What deleting the referenced row does.
    pub on_delete: OnDelete,
    /// Where it is declared.
    pub span: Span,
}

/// What deleting a referenced row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// The default: refused when the transaction ends and a reference is left.
    NoAction,
    /// Refused at once.
    Restrict,
    /// The referencing rows are deleted too.
    Cascade,
    /// The referencing columns become NULL.
    SetNull,
}

/// A `CHECK` constraint: refused when false, accepted when true or NULL.
#[derive(Clone, Debug)]
pub struct Check {
    /// The constraint's name, given or by PostgreSQL's rule (`orders_status_check`).
    pub name: String,
    /// The condition; [`crate::algebra::ExprKind::Column`] positions are the table's columns.
    pub predicate: Expr,
    /// Where it is declared.
    pub span: Span,
}
