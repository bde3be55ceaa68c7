//! Usual mistakes, recognised by the tokens: some before parsing, because the parser misunderstands them, others by
//! what stands around the place where it stopped.

use sqlparser::tokenizer::Token;

use super::reserved::is_reserved;
use super::syntax_error::quote;
use super::tokens::Tokens;
use crate::diagnostic::{Code, Diagnostic};
use crate::suggest::nearest;

/// A mistake within the tokens `first..=last` that is better reported than parsed.
pub(crate) fn find(tokens: &Tokens, first: usize, last: usize) -> Option<Diagnostic> {
    let unbalanced = (first..=last).find_map(|at| unbalanced_bracket(tokens, at));
    let unbalanced = unbalanced.or_else(|| unbalanced_case(tokens, first, last));
    unbalanced.or_else(|| (first..=last).find_map(|at| foreign_token(tokens, first, at, last)))
}

/// A bracket without its other half.
fn unbalanced_bracket(tokens: &Tokens, at: usize) -> Option<Diagnostic> {
    if tokens.lexemes[at].partner.is_some() {
        return None;
    }
    let (what, help) = match tokens.lexemes[at].native.token {
        Token::LParen => ("this parenthesis is never closed", "add the missing `)`"),
        Token::LBracket => ("this bracket is never closed", "add the missing `]`"),
        Token::RParen => ("this parenthesis closes nothing", "remove it, or add the missing `(`"),
        Token::RBracket => ("this bracket closes nothing", "remove it, or add the missing `[`"),
        _ => return None,
    };
    Some(Diagnostic::error(Code::Syntax, tokens.span(at, at), what).help(help))
}

/// A `CASE` without its `END`; both are reserved, so that neither can be a name.
fn unbalanced_case(tokens: &Tokens, first: usize, last: usize) -> Option<Diagnostic> {
    let mut open = Vec::new();
    for at in first..=last {
        if tokens.is_word(at, "CASE") {
            open.push(at);
        } else if tokens.is_word(at, "END") {
            open.pop();
        }
    }
    let at = open.pop()?;
    let diagnostic = Diagnostic::error(Code::Syntax, tokens.span(at, at), "this CASE has no END");
    Some(diagnostic.help("write `CASE WHEN condition THEN result ELSE other END`"))
}

/// Signs and commas that are right in other languages.
fn foreign_token(tokens: &Tokens, first: usize, at: usize, last: usize) -> Option<Diagnostic> {
    let error = |message: &str| Diagnostic::error(Code::Syntax, tokens.span(at, at), message);
    match &tokens.lexemes[at].native.token {
        Token::DoubleEq => {
            Some(error("`==` is no operator of PostgreSQL").help("write `=` to compare").suggest("="))
        }
        Token::Char('`') => Some(error("a backtick does not quote a name").help("write `\"name\"`")),
        Token::Comma => {
            let next = at + 1;
            let ends = next > last
                || tokens.is(next, &Token::RParen)
                || AFTER_LIST.iter().any(|w| tokens.is_word(next, w));
            if ends && at > first {
                return Some(
                    error("nothing follows this comma")
                        .help("remove the comma, or write what should follow it"),
                );
            }
            None
        }
        _ => None,
    }
}

/// Reserved words that end a list, so that a comma in front of them is one too many.
const AFTER_LIST: [&str; 11] =
    ["FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "EXCEPT", "INTERSECT"];

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

/// Adds what is most likely wrong, by the tokens around `at`, where the parser stopped.
pub(crate) fn hint(
    diagnostic: Diagnostic,
    tokens: &Tokens,
    text: &str,
    first: usize,
    at: usize,
    last: usize,
) -> Diagnostic {
    let before = (at > first).then(|| at - 1);
    for candidate in [Some(at).filter(|&at| at <= last), before].into_iter().flatten() {
        if let Some(meant) = misspelt(tokens, candidate) {
            let words = quote(text, tokens.span(candidate, candidate));
            let diagnostic = diagnostic.help(format!("did you mean `{meant}` instead of {words}?"));
            return if candidate == at { diagnostic.suggest(meant) } else { diagnostic };
        }
    }
    let Some(before) = before.filter(|_| at <= last) else { return diagnostic };
    match tokens.word(at).as_str() {
        "SELECT" | "WITH" | "CREATE" | "INSERT" | "UPDATE" | "DELETE"
            if tokens.lexemes[at].enclosing.is_none() =>
        {
            return diagnostic.help("if a new statement begins here, end the one before it with a semicolon");
        }
        word @ ("GROUP" | "ORDER") if !tokens.is_word(at + 1, "BY") => {
            return diagnostic.help(format!("write `{word} BY`"));
        }
        _ => {}
    }
    if tokens.is(at, &Token::Comma) && at >= first + 2 && tokens.is_word(at - 2, "LIMIT") && at < last {
        let (offset, limit) = (tokens.span(before, before), tokens.span(at + 1, at + 1));
        return diagnostic.help(format!("write {} in place of the comma", quote_limit(text, limit, offset)));
    }
    let comma_expected = diagnostic.message.contains("expected `,`");
    let list_ends = ["expected `)`", "expected the end of"].iter().any(|m| diagnostic.message.starts_with(m));
    if starts_item(tokens, at) && (comma_expected || (list_ends && ends_item(tokens, before))) {
        return diagnostic
            .help(format!("is a comma missing after {}?", quote(text, tokens.span(before, before))));
    }
    diagnostic
}

fn quote_limit(text: &str, limit: crate::source::Span, offset: crate::source::Span) -> String {
    let words = |span: crate::source::Span| &text[span.start as usize..span.end as usize];
    format!("`LIMIT {} OFFSET {}`", words(limit), words(offset))
}

/// The keyword that an unquoted word which is none may have meant.
fn misspelt(tokens: &Tokens, at: usize) -> Option<&'static str> {
    let word = tokens.word(at);
    let long_enough = word.len() > 3 && !CLAUSES.contains(&word.as_str()) && !is_reserved(&word);
    long_enough.then(|| nearest(&word, CLAUSES)).flatten()
}

/// Whether an expression or a definition can begin with this token.
fn starts_item(tokens: &Tokens, at: usize) -> bool {
    match tokens.lexemes[at].native.token {
        Token::Word(_) => !is_reserved(&tokens.word(at)),
        Token::Number(..) | Token::SingleQuotedString(_) => true,
        _ => false,
    }
}

/// Whether an expression or a definition can end with this token.
fn ends_item(tokens: &Tokens, at: usize) -> bool {
    starts_item(tokens, at) || tokens.is(at, &Token::RParen)
}
