//! `LIKE` and `ILIKE`.

use super::text::lower;
use crate::error::EvalError;

/// `a LIKE pattern`: `%` is any text, `_` any character, and `\` takes the next character literally
///
/// Most patterns are a plain text with `%` at one end or both.
pub fn like(a: &str, pattern: &str) -> Result<bool, EvalError> {
    let tail = pattern.strip_prefix('%').unwrap_or(pattern);
    let literal = tail.strip_suffix('%').unwrap_or(tail);
    let (before, after) = (tail.len() < pattern.len(), literal.len() < tail.len());
    if literal.contains(['%', '_', ESCAPE]) {
        return matches(a, pattern);
    }
    Ok(match (before, after) {
        (false, false) => a == literal,
        (false, true) => a.starts_with(literal),
        (true, false) => a.ends_with(literal),
        (true, true) => a.contains(literal),
    })
}

/// `a NOT LIKE pattern`
pub fn not_like(a: &str, pattern: &str) -> Result<bool, EvalError> {
    like(a, pattern).map(|matched| !matched)
}

/// `a LIKE pattern ESCAPE escape`; an empty escape is none
pub fn like_escape(a: &str, pattern: &str, escape: &str) -> Result<bool, EvalError> {
    like(a, &with_backslashes(pattern, escape)?)
}

/// `a NOT LIKE pattern ESCAPE escape`
pub fn not_like_escape(a: &str, pattern: &str, escape: &str) -> Result<bool, EvalError> {
    like_escape(a, pattern, escape).map(|matched| !matched)
}

/// `a ILIKE pattern`: LIKE without regard to case
pub fn ilike(a: &str, pattern: &str) -> Result<bool, EvalError> {
    like(&lower(a), &lower(pattern))
}

/// `a NOT ILIKE pattern`
pub fn not_ilike(a: &str, pattern: &str) -> Result<bool, EvalError> {
    ilike(a, pattern).map(|matched| !matched)
}

/// `a ILIKE pattern ESCAPE escape`
pub fn ilike_escape(a: &str, pattern: &str, escape: &str) -> Result<bool, EvalError> {
    ilike(a, &with_backslashes(pattern, escape)?)
}

/// `a NOT ILIKE pattern ESCAPE escape`
pub fn not_ilike_escape(a: &str, pattern: &str, escape: &str) -> Result<bool, EvalError> {
    ilike_escape(a, pattern, escape).map(|matched| !matched)
}

const ESCAPE: char = '\\';

/// The pattern with `\` in place of another escape.
fn with_backslashes(pattern: &str, escape: &str) -> Result<String, EvalError> {
    let mut chars = escape.chars();
    let escape = match (chars.next(), chars.next()) {
        (escape, None) => escape,
        _ => return Err(EvalError::InvalidEscape),
    };
    if escape == Some(ESCAPE) {
        return Ok(pattern.to_owned());
    }
    let mut converted = String::with_capacity(pattern.len() + 1);
    let mut escaped = false;
    for c in pattern.chars() {
        if Some(c) == escape && !escaped {
            escaped = true;
            converted.push(ESCAPE);
            continue;
        }
        if c == ESCAPE && !escaped {
            converted.push(ESCAPE);
        }
        converted.push(c);
        escaped = false;
    }
    Ok(converted)
}

/// Matches from left to right. On a mismatch the last `%` takes one more character: an earlier one need not be
/// tried again, since what it left over includes what the last one would leave.
///
/// A pattern that ends in its escape is an error only when matching comes that far, as in PostgreSQL.
fn matches(a: &str, pattern: &str) -> Result<bool, EvalError> {
    let (mut text, mut pattern) = (a.chars(), pattern.chars());
    let mut last_percent = None;
    loop {
        if text.as_str().is_empty() {
            return Ok(pattern.all(|c| c == '%'));
        }
        let text_here = text.clone();
        let found = text.next();
        let matched = match pattern.next() {
            Some('%') => {
                // At the end it matches all the rest.
                if pattern.as_str().is_empty() {
                    return Ok(true);
                }
                last_percent = Some((text_here.clone(), pattern.clone()));
                text = text_here;
                continue;
            }
            Some(ESCAPE) => {
                let literal = pattern.next().ok_or(EvalError::EscapeAtEnd)?;
                found == Some(literal)
            }
            Some('_') => true,
            Some(c) => found == Some(c),
            None => false,
        };
        if !matched {
            let Some((retry_text, retry_pattern)) = &mut last_percent else {
                return Ok(false);
            };
            if retry_text.next().is_none() {
                return Ok(false);
            }
            (text, pattern) = (retry_text.clone(), retry_pattern.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (text, pattern, expected) in [
            ("abc", "a%", true),
            ("abc", "_b_", true),
            ("a%c", r"a\%c", true),
            ("abc", r"a\%c", false),
            ("abc", "%", true),
            ("", "%", true),
            ("", "", true),
            ("abc", "", false),
            ("abcabc", "%abc", true),
            ("abcabd", "%ab_%d", true),
            ("é", "_", true),
            ("a", "A", false),
            ("aaab", "%a%ab", true),
            ("mississippi", "m%iss%ip%", true),
            ("mississippi", "m%iss%ix%", false),
            ("a", "%%%_", true),
            ("", "_", false),
            ("ab", r"%\b", true),
        ] {
            assert_eq!(like(text, pattern), Ok(expected), "{text} LIKE {pattern}");
            assert_eq!(not_like(text, pattern), Ok(!expected));
        }
    }

    #[test]
    fn an_escape_at_the_end_is_an_error_if_it_is_reached() {
        assert_eq!(like("a", r"a\"), Ok(false));
        assert_eq!(like("b", r"a\"), Ok(false));
        assert_eq!(like("", r"\"), Ok(false));
        assert_eq!(like("ab", r"a\"), Err(EvalError::EscapeAtEnd));
        assert_eq!(like("a", r"%\"), Err(EvalError::EscapeAtEnd));
    }

    #[test]
    fn escapes_and_case() {
        assert_eq!(like_escape("aXb", "a!Xb", "!"), Ok(true));
        assert_eq!(like_escape(r"a\b", r"a\b", ""), Ok(true));
        assert_eq!(like_escape("a", "a", "xx"), Err(EvalError::InvalidEscape));
        assert_eq!(like_escape("abc", "%b%", "%"), Ok(false));
        assert_eq!(ilike_escape("é", "é", "É"), Ok(true));
        assert_eq!(
            (ilike("É", "é"), ilike("ABC", "%b%"), not_ilike("abc", "B")),
            (Ok(true), Ok(true), Ok(true))
        );
    }
}
