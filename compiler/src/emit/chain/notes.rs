//! Comments in the emitted code that say in SQL what follows.

use proc_macro2::TokenStream;

use super::Chain;
use crate::emit::text::comment;
use crate::schedule::{IndexRef, Lookup};

impl Chain<'_> {
    /// What a join does, as a comment.
    pub(in crate::emit) fn join_note(&self, join: &str, lookup: &Lookup) -> TokenStream {
        comment(&format!("{join} {} ON {}", self.table_text(lookup.input), self.key_text(lookup)))
    }

    fn table_text(&self, input: usize) -> String {
        let input = &self.group.inputs[input];
        let Some(table) = input.table() else { return input.alias.clone() };
        let name = &self.catalog.table(table).name;
        if *name == input.alias { name.clone() } else { format!("{name} {}", input.alias) }
    }

    fn key_text(&self, lookup: &Lookup) -> String {
        let sought: Vec<_> = lookup.access.key.iter().map(|part| self.group.text(&part.expr)).collect();
        let index = match &lookup.access.index {
            IndexRef::Table(index) => {
                let Some(table) = self.group.inputs[lookup.input].table() else { return String::new() };
                let table = self.catalog.table(table);
                index.columns.iter().map(|c| table.column(*c).name.clone()).collect::<Vec<_>>()
            }
            IndexRef::Owned(_) | IndexRef::Group(_) => vec!["key".to_owned()],
        };
        format!("({}) = ({})", index.join(", "), sought.join(", "))
    }

    pub(super) fn sink_text(&self) -> String {
        let keys: Vec<_> = self.group.keys.iter().map(|k| self.group.text(k)).collect();
        if keys.is_empty() {
            "into the only group".to_owned()
        } else {
            format!("GROUP BY {}", keys.join(", "))
        }
    }
}
