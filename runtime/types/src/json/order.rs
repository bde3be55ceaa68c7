//! The order of documents: Object > Array > Boolean > Number > String > Null; of containers the longer is greater.

use std::cmp::Ordering;

use super::{Json, Node};

/// The order of keys within an object.
pub(super) fn compare_keys(a: &str, b: &str) -> Ordering {
    (a.len(), a).cmp(&(b.len(), b))
}

impl PartialOrd for Json {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Json {
    /// PostgreSQL keeps a document that is a scalar as an array of one element. Therefore, and only at the top, an
    /// empty array comes before all scalars.
    fn cmp(&self, other: &Self) -> Ordering {
        let is_empty_array =
            |json: &Json| matches!(json.node(), Node::Array(elements) if elements.is_empty());
        let is_scalar = |json: &Json| !matches!(json.node(), Node::Array(_) | Node::Object(_));
        match (is_empty_array(self), is_empty_array(other)) {
            (true, false) if is_scalar(other) => Ordering::Less,
            (false, true) if is_scalar(self) => Ordering::Greater,
            _ => compare(self, other),
        }
    }
}

fn compare(a: &Json, b: &Json) -> Ordering {
    match (a.node(), b.node()) {
        (Node::Boolean(a), Node::Boolean(b)) => a.cmp(b),
        (Node::Number(a), Node::Number(b)) => a.cmp(b),
        (Node::String(a), Node::String(b)) => a.cmp(b),
        (Node::Array(a), Node::Array(b)) => a.len().cmp(&b.len()).then_with(|| {
            a.iter().zip(b).map(|(a, b)| compare(a, b)).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        }),
        (Node::Object(a), Node::Object(b)) => a.len().cmp(&b.len()).then_with(|| {
            let pairs = a.iter().zip(b);
            let mut orders = pairs.map(|((k, v), (l, w))| k.cmp(l).then_with(|| compare(v, w)));
            orders.find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
        }),
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

fn rank(node: &Node) -> u8 {
    match node {
        Node::Null => 0,
        Node::String(_) => 1,
        Node::Number(_) => 2,
        Node::Boolean(_) => 3,
        Node::Array(_) => 4,
        Node::Object(_) => 5,
    }
}
