//! Small schemas of untyped rows, to open one file with several of them.

/// A schema as a module: its marker is `S`, its row types are tuple structs over dynamic values.
macro_rules! schema {
    ($module:ident { $($row:ident($at:literal) = $info:expr;)* }) => {
        mod $module {
            #[allow(unused_imports, reason = "not every schema needs them all")]
            use super::*;
            use std::collections::HashMap;
            use crate::store::{
                Incoming, Indexes, Outgoing, Row, RowId, Rows, Schema, Table, TableInfo, TableOperations,
            };
            use crate::zset::{Columns, RowChange};
            use crate::{Violation, ViolationKind};
            use cosmictron_types::Value;

            pub(super) struct S;

            #[derive(Default)]
            #[allow(non_snake_case, reason = "tables are called as their rows")]
            pub(super) struct Tables {
                $($row: Table<$row>,)*
            }

            impl Schema for S {
                type Tables = Tables;
                type Change<'a> = ();
                const TABLES: &'static [TableOperations<Self>] = &[$(TableOperations::of::<$row>()),*];
            }

            $(
                #[derive(Clone, Debug, PartialEq)]
                pub(super) struct $row(pub(super) Vec<Value>);

                impl Row for $row {
                    type Schema = S;
                    type Key = Vec<Value>;
                    type Indexes = Keys;
                    const TABLE: usize = $at;
                    const INFO: &'static TableInfo = &$info;
                    const OUTGOING: &'static [Outgoing<Self>] = &[];
                    const INCOMING: &'static [Incoming<Self>] = &[];
                    fn table(tables: &Tables) -> &Table<Self> {
                        &tables.$row
                    }
                    fn table_mut(tables: &mut Tables) -> &mut Table<Self> {
                        &mut tables.$row
                    }
                    fn change(_: RowChange<'_, Self>) {}
                    fn key(&self) -> Vec<Value> {
                        Self::INFO.key.iter().map(|at| self.0[*at].clone()).collect()
                    }
                    fn key_from_values(values: Vec<Value>) -> Result<Vec<Value>, (usize, String)> {
                        Ok(values)
                    }
                    fn check(&mut self) -> Result<(), Violation> {
                        Ok(())
                    }
                    fn differing(&self, other: &Self) -> Columns {
                        if self == other { Columns::NONE } else { Columns::ALL }
                    }
                    fn to_values(&self) -> Vec<Value> {
                        self.0.clone()
                    }
                    fn from_values(values: Vec<Value>) -> Result<Self, (usize, String)> {
                        Ok(Self(values))
                    }
                }

                impl Indexes<$row> for Keys {
                    fn find(&self, _: &Rows<$row>, key: &Vec<Value>) -> Option<RowId> {
                        self.0.get(key).copied()
                    }
                    fn conflict(&self, _: &Rows<$row>, row: &$row, except: Option<RowId>) -> Option<Violation> {
                        let taken = self.0.get(&row.key()).is_some_and(|id| Some(*id) != except);
                        (taken && !row.key().is_empty()).then(|| Violation {
                            kind: ViolationKind::Unique,
                            table: $row::INFO.name,
                            constraint: "key".to_owned(),
                            detail: format!("{:?}", row.key()),
                        })
                    }
                    fn insert(&mut self, _: &Rows<$row>, id: RowId, row: &$row) {
                        self.0.insert(row.key(), id);
                    }
                    fn remove(&mut self, _: RowId, row: &$row) {
                        self.0.remove(&row.key());
                    }
                    fn reserve(&mut self, _: usize) {}
                }
            )*

            #[derive(Default)]
            pub(super) struct Keys(HashMap<Vec<Value>, RowId>);
        }
    };
}

pub(crate) use schema;
