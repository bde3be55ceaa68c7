//! The identifiers inside of a group's module.

use proc_macro2::Ident;
use quote::format_ident;

use crate::catalog::TableId;
use crate::circuit::Group;
use crate::emit::naming::{Names, snake};

/// The identifiers of a group's module.
pub(crate) struct GroupNames {
    /// The variable of each input's row.
    pub aliases: Vec<Ident>,
    /// The function of each port.
    pub ports: Vec<Ident>,
    /// The expiry field of each input.
    pub expiries: Vec<Ident>,
    /// The function of each window's moment.
    pub moments: Vec<Ident>,
    /// A table occurs more than once.
    pub self_join: bool,
}

impl GroupNames {
    pub(crate) fn of(group: &Group) -> GroupNames {
        let mut names = Names::default();
        // Variables of the emitted functions, which a table alias must not shadow.
        for reserved in [
            "old",
            "new",
            "tables",
            "indexes",
            "skip",
            "rows",
            "index",
            "find",
            "key",
            "matches",
            "pair",
            "id",
            "keep",
            "contribution",
            "left",
            "x",
            "moment",
            "value",
            "now",
            "change",
            "deadline",
            "same",
            "exists",
            "old_key",
            "new_key",
            "only",
        ] {
            names.distinct(snake(reserved));
        }
        let alias = |alias: &str| if is_built(alias) { snake(&format!("{alias}_row")) } else { snake(alias) };
        let aliases: Vec<Ident> = group.inputs.iter().map(|i| names.distinct(alias(&i.alias))).collect();
        let with = |prefix: &str, suffix: &str| {
            let plain = aliases.iter().map(|a| a.to_string());
            plain.map(|a| format_ident!("{prefix}{}{suffix}", a.trim_start_matches("r#"))).collect()
        };
        let mut tables: Vec<TableId> = group.inputs.iter().filter_map(|i| i.table()).collect();
        tables.sort_unstable();
        GroupNames {
            ports: with("from_", ""),
            expiries: with("", "_expiry"),
            moments: (0..group.windows.len()).map(|i| format_ident!("moment_{i}")).collect(),
            self_join: tables.windows(2).any(|pair| pair[0] == pair[1]),
            aliases,
        }
    }
}

/// Whether an alias may be a name that the emitted code builds, or one of the prelude's, which as a pattern would not be a variable.
fn is_built(alias: &str) -> bool {
    let numbered =
        |prefix| alias.strip_prefix(prefix).is_some_and(|n: &str| n.chars().all(|c| c.is_ascii_digit()));
    numbered("x")
        || numbered("moment_")
        || ["_now", "_deadline", "_group"].iter().any(|suffix| alias.ends_with(suffix))
        || alias.starts_with(|c: char| c.is_ascii_uppercase())
}
