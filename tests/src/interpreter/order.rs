//! How values of a type are ordered.

use std::cmp::Ordering;

use cosmictron_compiler::catalog::Catalog;
use cosmictron_compiler::types::Type;
use cosmictron_types::Value;

/// The order of two values of a type that are not NULL: enums by declaration, CHAR(n) without its blanks.
pub fn compare(catalog: &Catalog, ty: Type, left: &Value, right: &Value) -> Ordering {
    match (ty, left, right) {
        (Type::Enum(id), Value::Text(left), Value::Text(right)) => {
            let labels = &catalog.enum_type(id).labels;
            let position = |label: &str| labels.iter().position(|l| l == label);
            position(left).cmp(&position(right))
        }
        (Type::Char(_), Value::Text(left), Value::Text(right)) => {
            left.trim_end_matches(' ').cmp(right.trim_end_matches(' '))
        }
        _ => left.cmp(right),
    }
}
