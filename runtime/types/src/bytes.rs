//! Byte strings.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

use crate::error::{EvalError, ParseError, TypeName};

/// `BYTEA`: immutable bytes, cheap to clone, ordered bytewise. The text form is PostgreSQL's `\x0a1b`.
///
/// ```
/// use cosmictron_types::Bytes;
///
/// let bytes: Bytes = "\\x0aff".parse()?;
/// assert_eq!(*bytes, [0x0a, 0xff]);
/// assert_eq!(bytes.to_string(), "\\x0aff");
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bytes(Arc<[u8]>);

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl<const N: usize> From<[u8; N]> for Bytes {
    fn from(bytes: [u8; N]) -> Self {
        Self(Arc::new(bytes))
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\\x")?;
        self.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads the hex form (`\x0a1b`, blanks between bytes allowed) and the escape form (`a\\b\001`).
impl FromStr for Bytes {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let bytes = match text.strip_prefix("\\x") {
            Some(hex) => parse_hex(hex).ok_or_else(|| {
                ParseError::new(EvalError::InvalidHexadecimal, format!("invalid hexadecimal data: {text:?}"))
            }),
            None => parse_escaped(text.as_bytes()).ok_or_else(|| ParseError::syntax(TypeName::Bytea, text)),
        };
        bytes.map(Bytes::from)
    }
}

fn parse_hex(hex: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
    let mut bytes = Vec::with_capacity(hex.len() / 2);
    let mut rest = hex.bytes();
    while let Some(first) = rest.next() {
        if !first.is_ascii_whitespace() {
            bytes.push(digit(first)? << 4 | digit(rest.next()?)?);
        }
    }
    Some(bytes)
}

fn parse_escaped(mut text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    while let Some((&first, rest)) = text.split_first() {
        let (byte, rest) = match (first, rest) {
            (b'\\', [b'\\', rest @ ..]) => (b'\\', rest),
            (b'\\', [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', rest @ ..]) => {
                ((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'), rest)
            }
            (b'\\', _) => return None,
            plain => plain,
        };
        bytes.push(byte);
        text = rest;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        let parse = |text: &str| text.parse::<Bytes>().map(|b| b.to_string());
        assert_eq!(parse("\\xDEADbeef").unwrap(), "\\xdeadbeef");
        assert_eq!(parse("\\xde ad").unwrap(), "\\xdead");
        assert_eq!(parse("a\\\\b\\001é").unwrap(), "\\x615c6201c3a9");
        assert_eq!(parse("").unwrap(), "\\x");
        for wrong in ["\\xd", "\\xzz", "\\xd ead", "a\\b", "\\400", "\\0"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
