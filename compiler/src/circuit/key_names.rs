//! What the parts of a result's key are called.

use super::Group;
use super::group::input_of;
use crate::algebra::{Expr, ExprKind, Field};

/// Names a group's keys: one that the result shows is called as it is there (`shown` gives its position among the visible
/// columns), any other by its own name, qualified where a visible column or another key is called the same.
pub(super) fn key_names(
    group: &Group,
    visible: &[Field],
    shown: impl Fn(usize) -> Option<usize>,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, key) in group.keys.iter().enumerate() {
        if let Some(column) = shown(at).filter(|column| *column < visible.len()) {
            names.push(visible[column].name.clone());
            continue;
        }
        let is_free = |name: &String| !names.contains(name) && visible.iter().all(|f| f.name != *name);
        let own = own_names(group, key).into_iter();
        let numbered = (2..).map(|n| format!("key_{n}"));
        names.extend(own.chain(numbered).find(is_free));
    }
    names
}

/// What a key may be called, the shortest first.
fn own_names(group: &Group, key: &Expr) -> Vec<String> {
    let ExprKind::Column(column) = key.kind else { return vec!["key".to_owned()] };
    let name = &group.fields[column].name;
    let alias = &group.inputs[input_of(&group.inputs, column)].alias;
    vec![name.clone(), format!("{alias}.{name}")]
}
