//! `JSONB` documents.

mod number;
mod order;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

pub(crate) use number::Number;
use serde_json::Value as Tree;

use crate::Text;
use crate::error::{EvalError, ParseError, TypeName};

/// `JSONB`: a JSON document in PostgreSQL's normal form. Of equal keys of an object the last wins, keys are ordered by
/// length and then bytewise, and numbers are exact decimals that keep their zeros but are compared by value.
///
/// Cheap to clone; so is every part of it. The order is PostgreSQL's order of `jsonb`.
///
/// ```
/// use cosmictron_types::Json;
///
/// let event: Json = r#"{"kind":"click", "at":{"y":2,"x":1.50}, "kind":"tap"}"#.parse()?;
/// assert_eq!(event.to_string(), r#"{"at": {"x": 1.50, "y": 2}, "kind": "tap"}"#);
/// assert_eq!(event, r#"{"kind": "tap", "at": {"x": 1.5, "y": 2}}"#.parse()?);
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Json(Arc<Node>);

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    Null,
    Boolean(bool),
    Number(Number),
    String(Text),
    Array(Vec<Json>),
    /// Ordered by key length, then key; no key twice.
    Object(Vec<(Text, Json)>),
}

impl Json {
    /// The document `null`.
    pub fn null() -> Self {
        Self::new(Node::Null)
    }

    pub(crate) fn new(node: Node) -> Self {
        Self(Arc::new(node))
    }

    pub(crate) fn node(&self) -> &Node {
        &self.0
    }

    /// Normalises a tree of `serde_json`.
    ///
    /// # Errors
    /// Text that contains a zero character, and numbers of more than 131072 digits, cannot be stored.
    pub fn from_serde(tree: &Tree) -> Result<Self, ParseError> {
        Ok(Self::new(match tree {
            Tree::Null => Node::Null,
            Tree::Bool(b) => Node::Boolean(*b),
            Tree::Number(n) => Node::Number(Number::parse(&n.to_string())?),
            Tree::String(s) => Node::String(storable(s)?),
            Tree::Array(elements) => {
                Node::Array(elements.iter().map(Self::from_serde).collect::<Result<_, _>>()?)
            }
            Tree::Object(map) => {
                let mut pairs = map
                    .iter()
                    .map(|(key, value)| Ok((storable(key)?, Self::from_serde(value)?)))
                    .collect::<Result<Vec<_>, ParseError>>()?;
                pairs.sort_by(|(a, _), (b, _)| order::compare_keys(a, b));
                Node::Object(pairs)
            }
        }))
    }

    /// The tree of `serde_json`, its objects in PostgreSQL's order.
    pub fn to_serde(&self) -> Tree {
        match self.node() {
            Node::Null => Tree::Null,
            Node::Boolean(b) => Tree::Bool(*b),
            // With arbitrary precision, a number is its text.
            Node::Number(n) => serde_json::from_str(n.as_str()).unwrap_or_default(),
            Node::String(s) => Tree::String(s.as_str().to_owned()),
            Node::Array(elements) => elements.iter().map(Json::to_serde).collect(),
            Node::Object(pairs) => pairs.iter().map(|(k, v)| (k.as_str().to_owned(), v.to_serde())).collect(),
        }
    }
}

fn storable(text: &str) -> Result<Text, ParseError> {
    if text.contains('\0') {
        return Err(ParseError::new(
            EvalError::NullCharacter,
            "unsupported Unicode escape sequence: \\u0000 cannot be converted to text",
        ));
    }
    Ok(Text::from(text))
}

impl FromStr for Json {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let tree: Tree = serde_json::from_str(text).map_err(|error| {
            ParseError::new(
                EvalError::InvalidText(TypeName::Json),
                format!("invalid input syntax for type json: {error}"),
            )
        })?;
        Self::from_serde(&tree)
    }
}

/// As PostgreSQL writes it: `{"a": 1, "b": [true, null]}`.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.node() {
            Node::Null => f.write_str("null"),
            Node::Boolean(b) => write!(f, "{b}"),
            Node::Number(n) => f.write_str(n.as_str()),
            Node::String(s) => write_json_string(f, s),
            Node::Array(elements) => {
                f.write_str("[")?;
                for (i, element) in elements.iter().enumerate() {
                    write!(f, "{}{element}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Node::Object(pairs) => {
                f.write_str("{")?;
                for (i, (key, value)) in pairs.iter().enumerate() {
                    f.write_str(if i == 0 { "" } else { ", " })?;
                    write_json_string(f, key)?;
                    write!(f, ": {value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes a JSON string literal, with the escapes that PostgreSQL uses.
pub(crate) fn write_json_string(f: &mut dyn fmt::Write, text: &str) -> fmt::Result {
    f.write_char('"')?;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c < ' ' || c == '"' || c == '\\') {
        f.write_str(&rest[..at])?;
        match rest.as_bytes()[at] {
            b'"' => f.write_str("\\\"")?,
            b'\\' => f.write_str("\\\\")?,
            b'\n' => f.write_str("\\n")?,
            b'\r' => f.write_str("\\r")?,
            b'\t' => f.write_str("\\t")?,
            0x08 => f.write_str("\\b")?,
            0x0c => f.write_str("\\f")?,
            control => write!(f, "\\u{control:04x}")?,
        }
        rest = &rest[at + 1..];
    }
    f.write_str(rest)?;
    f.write_char('"')
}

#[cfg(test)]
mod tests;
