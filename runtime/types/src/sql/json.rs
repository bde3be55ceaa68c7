//! Functions and operators of JSONB.

use crate::error::{EvalError, TypeName};
use crate::json::Node;
use crate::{Double, Json, Numeric, Text};

/// `a -> key`: the value of an object's key; none if there is no such key, or `a` is no object
pub fn json_field(a: &Json, key: &str) -> Option<Json> {
    field(a, key).cloned()
}

/// `a ->> key`: the value of an object's key as text; none also if it is `null`
pub fn json_field_text(a: &Json, key: &str) -> Option<Text> {
    field(a, key).and_then(text)
}

/// `a -> index`: an element of an array, counted from 0, from the end if negative
pub fn json_element(a: &Json, index: i32) -> Option<Json> {
    element(a, index).cloned()
}

/// `a ->> index`: an element of an array as text; none also if it is `null`
pub fn json_element_text(a: &Json, index: i32) -> Option<Text> {
    element(a, index).and_then(text)
}

fn field<'a>(a: &'a Json, key: &str) -> Option<&'a Json> {
    let Node::Object(pairs) = a.node() else { return None };
    pairs.iter().find(|(k, _)| key == &**k).map(|(_, value)| value)
}

/// PostgreSQL keeps a document that is a scalar as an array of one element, and this shows.
fn element(a: &Json, index: i32) -> Option<&Json> {
    let elements = match a.node() {
        Node::Array(elements) => elements.as_slice(),
        Node::Object(_) => return None,
        _ => std::slice::from_ref(a),
    };
    let at = if index < 0 { i64::from(index) + elements.len() as i64 } else { index.into() };
    elements.get(usize::try_from(at).ok()?)
}

/// A string without its quotes, anything else as it is written.
fn text(a: &Json) -> Option<Text> {
    match a.node() {
        Node::Null => None,
        Node::String(s) => Some(s.clone()),
        _ => Some(Text::from(a.to_string())),
    }
}

/// `jsonb_typeof(a)`
pub fn json_typeof(a: &Json) -> Text {
    Text::from_static(match a.node() {
        Node::Null => "null",
        Node::Boolean(_) => "boolean",
        Node::Number(_) => "number",
        Node::String(_) => "string",
        Node::Array(_) => "array",
        Node::Object(_) => "object",
    })
}

/// `jsonb_array_length(a)`
pub fn json_array_length(a: &Json) -> Result<i32, EvalError> {
    match a.node() {
        Node::Array(elements) => Ok(elements.len() as i32),
        _ => Err(EvalError::InvalidJsonType),
    }
}

/// `a ? key`: whether an object has the key, an array the string, or a string is it
pub fn json_has_key(a: &Json, key: &str) -> bool {
    let is_key = |json: &Json| matches!(json.node(), Node::String(s) if key == &**s);
    match a.node() {
        Node::Array(elements) => elements.iter().any(is_key),
        Node::Object(_) => field(a, key).is_some(),
        _ => is_key(a),
    }
}

/// `a @> b`: whether all of `b` is found in `a`
pub fn json_contains(a: &Json, b: &Json) -> bool {
    match (a.node(), b.node()) {
        // Only at the top does an array contain a scalar that is one of its elements.
        (Node::Array(elements), b_node) if !matches!(b_node, Node::Array(_) | Node::Object(_)) => {
            elements.contains(b)
        }
        _ => contains(a, b),
    }
}

fn contains(a: &Json, b: &Json) -> bool {
    match (a.node(), b.node()) {
        (Node::Object(_), Node::Object(pairs)) => {
            pairs.iter().all(|(key, value)| field(a, key).is_some_and(|found| contains(found, value)))
        }
        (Node::Array(elements), Node::Array(sought)) => {
            sought.iter().all(|value| elements.iter().any(|found| contains(found, value)))
        }
        _ => a == b,
    }
}

/// `a <@ b`: whether all of `a` is found in `b`
pub fn json_contained(a: &Json, b: &Json) -> bool {
    json_contains(b, a)
}

/// JSONB to BOOLEAN
pub fn json_to_bool(a: &Json) -> Result<bool, EvalError> {
    match a.node() {
        Node::Boolean(b) => Ok(*b),
        _ => Err(EvalError::InvalidJsonType),
    }
}

/// JSONB to NUMERIC
pub fn json_to_numeric(a: &Json) -> Result<Numeric, EvalError> {
    match a.node() {
        Node::Number(n) => n.as_str().parse().map_err(|_| EvalError::NumericOverflow),
        _ => Err(EvalError::InvalidJsonType),
    }
}

/// JSONB to DOUBLE PRECISION
pub fn json_to_double(a: &Json) -> Result<Double, EvalError> {
    match a.node() {
        Node::Number(n) => super::text_to_double(n.as_str()),
        _ => Err(EvalError::InvalidJsonType),
    }
}

macro_rules! json_to_integer {
    ($($(#[$doc:meta])* $name:ident: $to:ty, $ty:ident, $convert:path;)*) => {$(
        $(#[$doc])*
        pub fn $name(a: &Json) -> Result<$to, EvalError> {
            match json_to_numeric(a) {
                // More digits than a numeric has are more than any integer has, unless they stand after the point.
                Err(EvalError::NumericOverflow) => Err(EvalError::OutOfRange(TypeName::$ty)),
                number => $convert(number?),
            }
        }
    )*};
}

json_to_integer! {
    /// JSONB to SMALLINT
    json_to_i16: i16, SmallInt, super::numeric_to_i16;
    /// JSONB to INTEGER
    json_to_i32: i32, Integer, super::numeric_to_i32;
    /// JSONB to BIGINT
    json_to_i64: i64, BigInt, super::numeric_to_i64;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        text.parse().unwrap()
    }

    #[test]
    fn parts_of_documents() {
        let event = json(r#"{"kind": "tap", "at": [1.50, null], "ok": true}"#);
        assert_eq!(json_field(&event, "kind"), Some(json(r#""tap""#)));
        assert_eq!(json_field_text(&event, "kind"), Some("tap".into()));
        assert_eq!(json_field_text(&event, "at"), Some("[1.50, null]".into()));
        assert_eq!(json_field(&event, "none"), None);
        let at = json_field(&event, "at").unwrap();
        assert_eq!(json_element_text(&at, 0), Some("1.50".into()));
        assert_eq!((json_element(&at, -1), json_element_text(&at, -1)), (Some(Json::null()), None));
        assert_eq!(
            (json_element(&at, 2), json_element(&at, -3), json_element(&event, 0)),
            (None, None, None)
        );
        assert_eq!(json_element(&json("7"), -1), Some(json("7")));
        assert_eq!(json_array_length(&at), Ok(2));
        assert_eq!(json_array_length(&event), Err(EvalError::InvalidJsonType));
        assert_eq!((json_typeof(&event), json_typeof(&at)), ("object".into(), "array".into()));
    }

    /// The expected values are PostgreSQL's.
    #[test]
    fn containment() {
        for (a, b, expected) in [
            (r#"{"a": 1, "b": 2}"#, r#"{"b": 2.0}"#, true),
            (r#"{"a": {"x": 1, "y": 2}}"#, r#"{"a": {"x": 1}}"#, true),
            ("[1, 2, [1, 3]]", "[1, 3]", false),
            ("[1, 2, [1, 3]]", "[[1]]", true),
            ("[1, 2, 2]", "[2, 1, 1]", true),
            (r#"["foo", "bar"]"#, r#""bar""#, true),
            (r#""bar""#, r#"["bar"]"#, false),
            (r#"{"a": ["foo"]}"#, r#"{"a": "foo"}"#, false),
            ("[]", "{}", false),
            ("{}", "{}", true),
            ("1", "1.0", true),
        ] {
            assert_eq!(json_contains(&json(a), &json(b)), expected, "{a} @> {b}");
        }
        assert!(json_has_key(&json(r#"["a", "b"]"#), "a") && json_has_key(&json(r#""a""#), "a"));
        assert!(!json_has_key(&json(r#"{"a": 1}"#), "b") && !json_has_key(&json("[1]"), "1"));
    }

    #[test]
    fn scalars() {
        assert_eq!(json_to_i32(&json("2.5")), Ok(3));
        assert_eq!(json_to_numeric(&json("1.50")).unwrap().to_string(), "1.50");
        assert_eq!(json_to_i16(&json("1e100")), Err(EvalError::OutOfRange(TypeName::SmallInt)));
        assert_eq!(json_to_bool(&json("1")), Err(EvalError::InvalidJsonType));
        assert_eq!(json_to_double(&json("1e100")), Ok(1e100.into()));
    }
}
