//! The parser's errors, which are strings, as diagnostics that point at a token and say what is likely meant.

use sqlparser::parser::ParserError;
use sqlparser::tokenizer::{Location, TokenizerError};

use super::backtrack::error_inside;
use super::limits::nested_too_deeply;
use super::mistakes::hint;
use super::tokens::{Tokens, byte_at};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// What the parser complains about: the statement of the tokens `first..=last`.
pub(crate) fn parser_error(
    error: ParserError,
    tokens: &Tokens,
    text: &str,
    first: usize,
    last: usize,
) -> Diagnostic {
    let mut error = error;
    let mut from = first;
    let (message, found) = loop {
        let message = match error {
            ParserError::RecursionLimitExceeded => return nested_too_deeply(tokens.span(first, first)),
            ParserError::ParserError(message) | ParserError::TokenizerError(message) => message,
        };
        let (words, location) = split_location(&message);
        let found = location.map(|at| tokens.at(at)).filter(|at| (first..=last).contains(at));
        let Some((at, inner)) = found.and_then(|found| error_inside(tokens, from, found, last)) else {
            break (words.to_owned(), found);
        };
        (from, error) = (at + 1, inner);
    };
    let Some(expected) = expected(&message) else {
        let span = found.map_or(tokens.span(first, last), |at| tokens.span(at, at));
        return Diagnostic::error(Code::Syntax, span, lower_first(message.trim_end_matches('.')));
    };
    // Without a token the statement ended too early; the place is right behind its last token.
    let span = match found {
        Some(at) => tokens.span(at, at),
        None => Span { start: tokens.lexemes[last].end, ..tokens.span(last, last) },
    };
    let words = found.map_or("the end of the statement".to_owned(), |at| quote(text, tokens.span(at, at)));
    let diagnostic = Diagnostic::error(Code::Syntax, span, format!("expected {expected}, found {words}"));
    hint(diagnostic, tokens, text, first, found.unwrap_or(last + 1), last)
}

/// A token that is no token: an unterminated string or comment, a stray character.
pub(crate) fn tokenizer_error(error: &TokenizerError, tokens: &Tokens, text: &str) -> Diagnostic {
    if error.message.contains("comment") {
        // It is noticed at the end; it begins somewhere behind the last token.
        let after = tokens.lexemes.last().map_or(0, |last| last.end);
        let at = after + text[after as usize..].find("/*").unwrap_or(0) as u32;
        let span = Span::new(tokens.source, at, (at + 2).min(text.len() as u32));
        let diagnostic = Diagnostic::error(Code::Syntax, span, "unterminated comment");
        return diagnostic.help("close it with `*/`; comments nest, so each `/*` wants its own");
    }
    let at = byte_at(text, error.location) as u32;
    let rest = &text[at as usize..];
    let end = at + rest.chars().next().map_or(0, char::len_utf8) as u32;
    let span = Span::new(tokens.source, at, end);
    let quotes_name = error.message.contains("close delimiter");
    let message = if quotes_name { "unterminated quoted name" } else { error.message.trim_end_matches('.') };
    let diagnostic = Diagnostic::error(Code::Syntax, span, lower_first(message));
    match message {
        "Unterminated string literal" => {
            diagnostic.help("close it with `'`; a quote inside a string is written twice: `''`")
        }
        _ if quotes_name => diagnostic.help("close it with `\"`; strings are written in `'single quotes'`"),
        _ => diagnostic,
    }
}

/// Splits `… at Line: 3, Column: 7` off a message.
fn split_location(message: &str) -> (&str, Option<Location>) {
    let split = || {
        let (message, place) = message.rsplit_once(" at Line: ")?;
        let (line, column) = place.split_once(", Column: ")?;
        Some((message, Location::new(line.parse().ok()?, column.parse().ok()?)))
    };
    split().map_or((message, None), |(message, at)| (message, Some(at)))
}

/// The readable part of `Expected: X, found: Y`.
fn expected(message: &str) -> Option<String> {
    let rest = message.strip_prefix("Expected: ").or_else(|| message.strip_prefix("Expected "))?;
    let (expected, _) = rest.rsplit_once(", found: ").or_else(|| rest.split_once(" found: "))?;
    let expected = expected.trim().trim_end_matches([':', ',']);
    let expected = expected.replace('\'', "`");
    Some(match expected.as_str() {
        "identifier" => "a name".to_owned(),
        "an SQL statement" => "a statement".to_owned(),
        "end of statement" => "the end of the statement".to_owned(),
        sign if !sign.contains(char::is_alphabetic) => format!("`{sign}`"),
        word if word.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == ' ') => format!("`{word}`"),
        words => words.to_owned(),
    })
}

/// The words at a span in backticks, shortened if they are long.
pub(super) fn quote(text: &str, span: Span) -> String {
    let words = &text[span.start as usize..span.end as usize];
    match words.char_indices().nth(40) {
        Some((cut, _)) => format!("`{}…`", &words[..cut]),
        None => format!("`{words}`"),
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => message.to_owned(),
    }
}
