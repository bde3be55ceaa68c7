//! The parser's errors, which are strings, as diagnostics that point at a token and say what is likely meant.

use sqlparser::parser::ParserError;
use sqlparser::tokenizer::{Location, Token, TokenizerError};

use super::limits::nested_too_deeply;
use super::tokens::{Tokens, byte_at};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest::nearest;

/// What the parser complains about: the statement of the tokens `first..=last`.
pub(crate) fn parser_error(
    error: ParserError,
    tokens: &Tokens,
    text: &str,
    first: usize,
    last: usize,
) -> Diagnostic {
    let message = match error {
        ParserError::RecursionLimitExceeded => return nested_too_deeply(tokens.span(first, first)),
        ParserError::ParserError(message) | ParserError::TokenizerError(message) => message,
    };
    let (message, location) = split_location(&message);
    let found = location.map(|at| tokens.at(at)).filter(|at| (first..=last).contains(at));
    let Some(expected) = expected(message) else {
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
    let at = byte_at(text, error.location) as u32;
    let rest = &text[at as usize..];
    let end = at + rest.chars().next().map_or(0, char::len_utf8) as u32;
    let message = lower_first(error.message.trim_end_matches('.'));
    let diagnostic = Diagnostic::error(Code::Syntax, Span::new(tokens.source, at, end), message);
    match error.message.as_str() {
        "Unterminated string literal" => {
            diagnostic.help("close it with `'`; a quote inside a string is written twice: `''`")
        }
        m if m.contains("comment") => {
            diagnostic.help("close it with `*/`; comments nest, so each `/*` wants its own")
        }
        m if m.contains("close delimiter") => diagnostic.help("close the quoted name with `\"`"),
        _ => diagnostic,
    }
}

/// A bracket without its other half within the tokens `first..=last`.
pub(crate) fn unbalanced(tokens: &Tokens, first: usize, last: usize) -> Option<Diagnostic> {
    let lonely = |i: &usize| {
        let lexeme = &tokens.lexemes[*i];
        let bracket =
            matches!(lexeme.native.token, Token::LParen | Token::RParen | Token::LBracket | Token::RBracket);
        bracket && lexeme.partner.is_none()
    };
    let at = (first..=last).find(lonely)?;
    let (what, help) = match tokens.lexemes[at].native.token {
        Token::LParen => ("this parenthesis is never closed", "add the missing `)`"),
        Token::LBracket => ("this bracket is never closed", "add the missing `]`"),
        Token::RParen => ("this parenthesis closes nothing", "remove it, or add the missing `(`"),
        _ => ("this bracket closes nothing", "remove it, or add the missing `[`"),
    };
    Some(Diagnostic::error(Code::Syntax, tokens.span(at, at), what).help(help))
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
    Some(match expected {
        "identifier" => "a name".to_owned(),
        "an SQL statement" => "a statement".to_owned(),
        "end of statement" => "the end of the statement".to_owned(),
        sign if !sign.contains(char::is_alphabetic) => format!("`{sign}`"),
        word if word.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == ' ') => format!("`{word}`"),
        words => words.to_owned(),
    })
}

/// The words at a span in backticks, shortened if they are long.
fn quote(text: &str, span: Span) -> String {
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

/// Words that a misspelt clause may have meant; names are not among them.
const CLAUSES: [&str; 25] = [
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "JOIN",
    "LEFT",
    "INNER",
    "OUTER",
    "UNION",
    "VALUES",
    "CREATE",
    "TABLE",
    "TYPE",
    "INDEX",
    "PRIMARY",
    "UNIQUE",
    "REFERENCES",
    "FOREIGN",
    "DEFAULT",
    "CHECK",
    "NULL",
];

/// Adds what is most likely wrong: the usual mistakes, by the tokens around `at`, where the parser stopped.
fn hint(
    diagnostic: Diagnostic,
    tokens: &Tokens,
    text: &str,
    first: usize,
    at: usize,
    last: usize,
) -> Diagnostic {
    let before = (at > first).then(|| at - 1);
    if let Some(comma) = before.filter(|&b| tokens.is(b, &Token::Comma)) {
        return diagnostic
            .also(tokens.span(comma, comma), "after this comma")
            .help("remove the comma, or write what should follow it");
    }
    for candidate in [Some(at).filter(|&at| at <= last), before].into_iter().flatten() {
        if let Some(meant) = misspelt(tokens, candidate) {
            let words = quote(text, tokens.span(candidate, candidate));
            let help = format!("did you mean `{meant}` instead of {words}?");
            let diagnostic = diagnostic.help(help);
            return if candidate == at { diagnostic.suggest(meant) } else { diagnostic };
        }
    }
    let starts_statement =
        matches!(tokens.word(at).as_str(), "SELECT" | "WITH" | "CREATE" | "INSERT" | "UPDATE" | "DELETE");
    if at <= last && at > first && starts_statement && tokens.lexemes[at].enclosing.is_none() {
        return diagnostic.help("if a new statement begins here, end the one before it with a semicolon");
    }
    if let Some(before) = before.filter(|&b| at <= last && starts_item(tokens, at) && ends_item(tokens, b)) {
        let help = format!("is a comma missing after {}?", quote(text, tokens.span(before, before)));
        return diagnostic.help(help);
    }
    diagnostic
}

/// The keyword that an unquoted word which is none may have meant.
fn misspelt(tokens: &Tokens, at: usize) -> Option<&'static str> {
    let word = tokens.word(at);
    let long_enough = word.len() > 3 && !CLAUSES.contains(&word.as_str());
    long_enough.then(|| nearest(&word, CLAUSES)).flatten()
}

/// Whether an expression or a definition can begin with this token.
fn starts_item(tokens: &Tokens, at: usize) -> bool {
    matches!(
        tokens.lexemes[at].native.token,
        Token::Word(_) | Token::Number(..) | Token::SingleQuotedString(_)
    )
}

/// Whether an expression or a definition can end with this token.
fn ends_item(tokens: &Tokens, at: usize) -> bool {
    starts_item(tokens, at) || tokens.is(at, &Token::RParen)
}
