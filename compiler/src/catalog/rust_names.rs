//! The names that tables and enums have in emitted Rust, allocated once for the whole schema so that no two are the same.

use super::{Catalog, Table};
use crate::naming::{Names, pascal, plain, snake};

/// What a table is called in emitted Rust.
#[derive(Clone, Debug, Default)]
pub struct RustNames {
    /// The struct of its rows. `New…` and `…Indexes` of it are the table's too.
    pub row: String,
    /// Its field among the tables, without `r#`.
    pub field: String,
    /// The key reader of each of its [physical indexes](Table::physical_indexes).
    pub indexes: Vec<String>,
    /// The marker of each of its foreign keys.
    pub foreign_keys: Vec<String>,
}

/// Types of the schema module itself, and the names of Rust's prelude, on which emitted code relies.
const RESERVED: &[&str] = &[
    "Schema",
    "Database",
    "Transaction",
    "Tables",
    "Change",
    // The prelude.
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Gives every table and enum its names: those that a user writes first, in order of declaration.
pub(super) fn allocate(catalog: &mut Catalog) {
    let (mut types, mut fields) = (Names::default(), Names::default());
    for reserved in RESERVED {
        types.take_all(&[(*reserved).to_owned()]);
    }
    for table in &mut catalog.tables {
        let family = |row: &str| vec![row.to_owned(), format!("New{row}"), format!("{row}Indexes")];
        table.rust.row = allocate_type(&mut types, &table.name, "Row", family);
        table.rust.field = plain(&fields.distinct(snake(&table.name)).to_string()).to_owned();
    }
    for enumeration in &mut catalog.enums {
        enumeration.rust_name =
            allocate_type(&mut types, &enumeration.name, "Enum", |name| vec![name.to_owned()]);
    }
    for table in &mut catalog.tables {
        table.rust.indexes = index_types(&mut types, table);
        table.rust.foreign_keys = foreign_key_types(&mut types, table);
    }
}

/// `Name`, or the first free of `NameRow`, `NameRow2`, `NameRow3`…
fn allocate_type(
    types: &mut Names,
    name: &str,
    suffix: &str,
    family: impl Fn(&str) -> Vec<String>,
) -> String {
    let base = pascal(name).to_string();
    let numbered = (2..).map(|n: u32| format!("{base}{suffix}{n}"));
    let mut candidates = [base.clone(), format!("{base}{suffix}")].into_iter().chain(numbered);
    candidates.find(|candidate| types.take_all(&family(candidate))).unwrap_or(base)
}

fn index_types(types: &mut Names, table: &Table) -> Vec<String> {
    let wanted = table.physical_indexes().into_iter().map(|index| {
        let index = snake(&index.name).to_string();
        pascal(&format!("{}By_{}", table.rust.row, plain(&index)))
    });
    wanted.map(|wanted| types.distinct_type(wanted).to_string()).collect()
}

fn foreign_key_types(types: &mut Names, table: &Table) -> Vec<String> {
    let wanted = table.foreign_keys.iter().map(|key| pascal(&format!("{}_{}_key", table.rust.row, key.name)));
    wanted.map(|wanted| types.distinct_type(wanted).to_string()).collect()
}

#[cfg(test)]
mod tests {
    use crate::compile::{Request, compile};
    use crate::source::Source;

    /// The row types and fields of tables, and the types of enums.
    fn names(schema: &str) -> Vec<String> {
        let request = Request { schema: Source::new("schema.sql", schema), ..Request::default() };
        let compiled = compile(&request);
        assert!(!compiled.failed(), "{:?}", compiled.diagnostics);
        let tables = compiled.catalog.tables.iter().map(|t| format!("{} {}", t.rust.row, t.rust.field));
        let enums = compiled.catalog.enums.iter().map(|e| e.rust_name.clone());
        tables.chain(enums).collect()
    }

    #[test]
    fn a_name_that_rust_needs_gets_a_suffix() {
        let found = names(
            "CREATE TABLE transaction (a INT); CREATE TABLE option (a INT); CREATE TYPE result AS ENUM ('a');",
        );
        assert_eq!(found, ["TransactionRow transaction", "OptionRow option", "ResultEnum"]);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_suffix_and_then_a_number() {
        let found = names(
            "CREATE TABLE log_1 (a INT); CREATE TABLE log1 (a INT); CREATE TABLE \"log 1\" (a INT);
             CREATE TABLE orders (a INT DEFAULT 1); CREATE TABLE new_orders (a INT); CREATE TABLE \"log-1\" (a INT);",
        );
        let expected = [
            "Log1 log_1",
            "Log1Row log1",
            "Log1Row2 log_1_2",
            "Orders orders",
            "NewOrdersRow new_orders",
            "Log1Row3 log_1_3",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_a_user_writes_goes_before_markers() {
        let found =
            names("CREATE TABLE orders (a INT PRIMARY KEY); CREATE TYPE orders_by_pkey AS ENUM ('a');");
        assert_eq!(found, ["Orders orders", "OrdersByPkey"]);
    }
}
