//! `LIKE` and `ILIKE`.

use super::text::lower;
use crate::error::EvalError;

/// `a LIKE pattern`: `%` is any text, `_` any character, and `\` takes the next character literally
pub fn like(a: &str, pattern: &str) -> Result<bool, EvalError> {
    like_with(a, pattern, Some('\\'))
}

/// `a NOT LIKE pattern`
pub fn not_like(a: &str, pattern: &str) -> Result<bool, EvalError> {
    like(a, pattern).map(|matched| !matched)
}

/// `a LIKE pattern ESCAPE escape`; an empty escape is none
pub fn like_escape(a: &str, pattern: &str, escape: &str) -> Result<bool, EvalError> {
    let mut chars = escape.chars();
    match (chars.next(), chars.next()) {
        (escape, None) => like_with(a, pattern, escape),
        _ => Err(EvalError::InvalidEscape),
    }
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
    like_escape(&lower(a), &lower(pattern), &lower(escape))
}

/// `a NOT ILIKE pattern ESCAPE escape`
pub fn not_ilike_escape(a: &str, pattern: &str, escape: &str) -> Result<bool, EvalError> {
    ilike_escape(a, pattern, escape).map(|matched| !matched)
}

/// Most patterns are a plain text with `%` at one end or both.
fn like_with(a: &str, pattern: &str, escape: Option<char>) -> Result<bool, EvalError> {
    let tail = pattern.strip_prefix('%').unwrap_or(pattern);
    let literal = tail.strip_suffix('%').unwrap_or(tail);
    let (before, after) = (tail.len() < pattern.len(), literal.len() < tail.len());
    if !literal.contains(|c| c == '%' || c == '_' || Some(c) == escape) {
        return Ok(match (before, after) {
            (false, false) => a == literal,
            (false, true) => a.starts_with(literal),
            (true, false) => a.ends_with(literal),
            (true, true) => a.contains(literal),
        });
    }
    matches(a, pattern, escape)
}

/// Matches from left to right. On a mismatch the last `%` takes one more character: an earlier one need not be
/// tried again, since what it left over includes what the last one would leave.
///
/// A pattern that ends in its escape is an error only when matching comes that far, as in PostgreSQL.
fn matches(a: &str, pattern: &str, escape: Option<char>) -> Result<bool, EvalError> {
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
            Some(c) if Some(c) == escape => {
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
        assert_eq!(
            (ilike("É", "é"), ilike("ABC", "%b%"), not_ilike("abc", "B")),
            (Ok(true), Ok(true), Ok(true))
        );
    }
}
