//! Operations in JSON.

use cosmictron_types::Value;
use cosmictron_types::suggest::nearest;
use serde_json::{Map, Value as Tree};

use super::lookup;
use crate::error::{Error, Violation, ViolationKind};
use crate::store::TableInfo;

/// One write, ready to run: names are resolved and values have the types of their columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The table's position.
    pub(super) table: usize,
    pub(super) action: Action,
}

/// What to do. Columns by position; those that were not named are `None`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    Insert(Vec<Option<Value>>),
    Upsert(Vec<Option<Value>>),
    Update { key: Vec<Option<Value>>, set: Vec<Option<Value>> },
    Delete(Vec<Option<Value>>),
}

/// The kinds of operations and the fields each has beside its own, which names the table.
const KINDS: [(&str, &[&str]); 4] =
    [("insert", &["row"]), ("update", &["key", "set"]), ("upsert", &["row"]), ("delete", &["key", "row"])];

/// Reads a list of operations.
pub(super) fn read_list(tables: &[&'static TableInfo], json: &Tree) -> Result<Vec<Operation>, Error> {
    let Tree::Array(operations) = json else {
        return Err(input(format!("expected a list of operations, found {}", kind(json))));
    };
    let numbered = operations.iter().enumerate();
    numbered.map(|(at, json)| read(tables, json).map_err(|error| within(at, error))).collect()
}

/// Says which operation of several is wrong.
fn within(at: usize, error: Error) -> Error {
    match error {
        Error::Input(why) => input(format!("operation {}: {why}", at + 1)),
        other => other,
    }
}

/// Reads one operation.
pub(super) fn read(tables: &[&'static TableInfo], json: &Tree) -> Result<Operation, Error> {
    let Tree::Object(fields) = json else {
        return Err(input(format!(
            "expected an operation such as {{\"insert\":\"table\",\"row\":{{…}}}}, found {}",
            kind(json)
        )));
    };
    let kinds = KINDS.iter().filter(|(kind, _)| fields.contains_key(*kind)).collect::<Vec<_>>();
    let [(operation, others)] = kinds[..] else {
        let (said, near) = match kinds.is_empty() {
            true => ("does not say what to do", near_kind(fields)),
            false => ("says more than one thing to do", String::new()),
        };
        return Err(input(format!(
            "the operation {said}: give one of \"insert\", \"update\", \"upsert\" and \"delete\"{near}"
        )));
    };
    if let Some(unknown) = fields.keys().find(|name| *name != operation && !others.contains(&name.as_str())) {
        return Err(input(format!(
            "{operation:?} has no field {unknown:?}{}",
            lookup::instead("fields", unknown, others.iter().copied())
        )));
    }
    let Tree::String(name) = &fields[*operation] else {
        return Err(input(format!(
            "{operation:?} takes the name of a table, found {}",
            kind(&fields[*operation])
        )));
    };
    let table = lookup::position("table", "tables", name, tables.iter().map(|info| info.name))?;
    let reader = Reader { operation, info: tables[table], fields };
    Ok(Operation { table, action: reader.action()? })
}

/// A field that may have been meant for the kind of operation.
fn near_kind(fields: &Map<String, Tree>) -> String {
    let near = |name: &String| {
        let near = nearest(name, KINDS.iter().map(|(kind, _)| *kind))?;
        Some(format!(", did you mean {near:?} by {name:?}?"))
    };
    fields.keys().find_map(near).unwrap_or_default()
}

/// An operation on a known table.
struct Reader<'j> {
    operation: &'static str,
    info: &'static TableInfo,
    fields: &'j Map<String, Tree>,
}

impl Reader<'_> {
    fn action(&self) -> Result<Action, Error> {
        let keyed = !self.info.key.is_empty();
        match self.operation {
            "insert" => Ok(Action::Insert(self.columns("row")?)),
            "update" | "upsert" if !keyed => Err(self.error(
                "has no primary key, so its rows cannot be told apart: insert and delete them".to_owned(),
            )),
            "upsert" => Ok(Action::Upsert(self.columns("row")?)),
            "update" => Ok(Action::Update { key: self.key()?, set: self.columns("set")? }),
            _ if keyed => Ok(Action::Delete(self.key()?)),
            _ => Ok(Action::Delete(self.whole_row()?)),
        }
    }

    /// The value of a field that lists columns.
    fn columns(&self, field: &str) -> Result<Vec<Option<Value>>, Error> {
        let TableInfo { name, columns, .. } = self.info;
        let Some(json) = self.fields.get(field) else {
            return Err(input(format!("{:?} of table {name:?} needs a field {field:?}", self.operation)));
        };
        let Tree::Object(given) = json else {
            return Err(input(format!(
                "{field:?} takes columns and their values, {{\"{}\":…}}, found {}",
                columns.first().map_or("column", |column| column.name),
                kind(json)
            )));
        };
        let mut values = vec![None; columns.len()];
        for (column, value) in given {
            let at = columns.iter().position(|info| info.name == column).ok_or_else(|| {
                let names = columns.iter().map(|info| info.name);
                input(format!(
                    "table {name:?} has no column {column:?}{}",
                    lookup::instead("columns", column, names)
                ))
            })?;
            let value = columns[at].ty.value_from_json(value).map_err(|detail| Violation {
                kind: ViolationKind::Value,
                table: name,
                constraint: column.clone(),
                detail,
            })?;
            values[at] = Some(value);
        }
        Ok(values)
    }

    /// The value of `key`: exactly the columns of the primary key.
    fn key(&self) -> Result<Vec<Option<Value>>, Error> {
        let TableInfo { columns, key, .. } = self.info;
        let names: Vec<&str> = key.iter().map(|at| columns[*at].name).collect();
        let primary = format!("the primary key is ({})", names.join(", "));
        if self.fields.contains_key("row") {
            return Err(self.error(format!("has a primary key: give \"key\" instead of \"row\"; {primary}")));
        }
        let values = self.columns("key")?;
        for (at, column) in columns.iter().enumerate() {
            match (key.contains(&at), &values[at]) {
                (true, None) => {
                    return Err(self.error(format!("needs {:?} in \"key\": {primary}", column.name)));
                }
                (false, Some(_)) => {
                    return Err(self.error(format!("has no {:?} in its key: {primary}", column.name)));
                }
                _ => {}
            }
        }
        Ok(values)
    }

    /// The value of `row` with all columns.
    fn whole_row(&self) -> Result<Vec<Option<Value>>, Error> {
        if self.fields.contains_key("key") {
            return Err(
                self.error("has no primary key: give \"row\" with all columns instead of \"key\"".to_owned())
            );
        }
        let values = self.columns("row")?;
        let missing = self.info.columns.iter().zip(&values).find(|(_, value)| value.is_none());
        match missing {
            Some((column, _)) => Err(self.error(format!(
                "has no primary key, so \"row\" needs all columns to delete one: {:?} is missing",
                column.name
            ))),
            None => Ok(values),
        }
    }

    fn error(&self, why: String) -> Error {
        input(format!("{:?}: table {:?} {why}", self.operation, self.info.name))
    }
}

/// What a JSON value is, for messages.
pub(super) fn kind(json: &Tree) -> String {
    match json {
        Tree::Null => "null".to_owned(),
        Tree::Object(_) => "an object".to_owned(),
        Tree::Array(_) => "a list".to_owned(),
        Tree::String(s) if s.chars().count() > 40 => "a string".to_owned(),
        other => other.to_string(),
    }
}

pub(super) fn input(message: String) -> Error {
    Error::Input(message)
}
