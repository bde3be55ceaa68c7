//! The names of tables, indexes and constraints, and how PostgreSQL makes up those that are not given.

use std::collections::{HashMap, HashSet};

use super::identifiers::{MAX_NAME_BYTES, clip};
use crate::source::Span;

/// Names in use. Tables, indexes and sequences share one namespace; a made-up name avoids those of constraints as well.
#[derive(Debug, Default)]
pub(super) struct RelationNames {
    relations: HashMap<String, Span>,
    constraints: HashSet<String>,
}

impl RelationNames {
    /// Takes a name for a table or index; if it is taken already, says where.
    pub fn declare(&mut self, name: &str, span: Span) -> Result<(), Span> {
        match self.relations.get(name) {
            Some(&first) => Err(first),
            None => {
                self.relations.insert(name.to_owned(), span);
                Ok(())
            }
        }
    }

    /// Notes the name of a constraint that is no relation.
    pub fn note_constraint(&mut self, name: &str) {
        self.constraints.insert(name.to_owned());
    }

    /// PostgreSQL's `ChooseRelationName`: `table_columns_label`, cut to fit, with a number behind it if it is in use.
    pub fn choose(&self, table: &str, columns: Option<&str>, label: &str) -> String {
        let numbers = std::iter::once(String::new()).chain((1..).map(|n: u32| n.to_string()));
        let mut names = numbers.map(|n| object_name(table, columns, &format!("{label}{n}")));
        let free = |name: &String| !self.relations.contains_key(name) && !self.constraints.contains(name);
        names.find(free).unwrap_or_default()
    }
}

/// The columns' names with `_` between them, as an index is named after them: at most 63 bytes or so of them.
pub(super) fn joined<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let mut name = String::new();
    for column in columns {
        if name.len() > MAX_NAME_BYTES {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(column);
    }
    name
}

/// PostgreSQL's `makeObjectName`: the longer of the two names is cut until all fit.
fn object_name(first: &str, second: Option<&str>, label: &str) -> String {
    let separators = 1 + usize::from(second.is_some());
    let available = MAX_NAME_BYTES.saturating_sub(label.len() + separators);
    let (mut first_bytes, mut second_bytes) = (first.len(), second.map_or(0, str::len));
    while first_bytes + second_bytes > available {
        if first_bytes > second_bytes {
            first_bytes -= 1;
        } else {
            second_bytes -= 1;
        }
    }
    let first = clip(first, first_bytes);
    match second {
        Some(second) => format!("{first}_{}_{label}", clip(second, second_bytes)),
        None => format!("{first}_{label}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_as_postgresql_cuts_them() {
        let names = RelationNames::default();
        let (table, column) = ("t".repeat(40), "c".repeat(30));
        let name = names.choose(&table, Some(&column), "key");
        assert_eq!(name, format!("{}_{}_key", "t".repeat(29), "c".repeat(29)));
        assert_eq!(name.len(), MAX_NAME_BYTES);
        assert_eq!(names.choose("orders", None, "pkey"), "orders_pkey");
    }

    #[test]
    fn a_name_in_use_gets_a_number() {
        let mut names = RelationNames::default();
        names.note_constraint("t_check");
        assert_eq!(names.choose("t", None, "check"), "t_check1");
    }
}
