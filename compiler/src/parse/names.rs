//! Names of queries: `-- name: snake_case` lines above them.

use std::collections::HashMap;

use super::ParsedQuery;
use super::tokens::{Comment, Tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::naming::is_keyword;
use crate::source::Span;

/// A name as written in a comment.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub text: String,
    pub span: Span,
}

/// The name given by the comment lines between two bytes of the source; a second one is refused.
pub(crate) fn between(
    tokens: &Tokens,
    start: u32,
    end: u32,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Name> {
    let lines = tokens.comments.iter().filter(|c| c.own_line && c.start >= start && c.end <= end);
    let mut names = lines.filter_map(|comment| name_of(tokens, comment));
    let first = names.next()?;
    for other in names {
        let message = format!("a second name for one query: `{}`", other.text);
        diagnostics.push(
            Diagnostic::error(Code::InvalidName, other.span, message)
                .also(first.span, "first named here")
                .help("remove one of them, or end the query between them with a semicolon"),
        );
    }
    Some(first)
}

fn name_of(tokens: &Tokens, comment: &Comment) -> Option<Name> {
    let value = comment.text.trim_start().strip_prefix("name:")?.trim();
    // The comment is `--` and then its text, so that what stands behind the name is trailing blanks only.
    let line_end = comment.start + 2 + comment.text.trim_end().len() as u32;
    Some(Name {
        text: value.to_owned(),
        span: Span::new(tokens.source, line_end - value.len() as u32, line_end),
    })
}

/// Refuses a name that cannot be the name of a Rust function and module.
pub(crate) fn check(name: &Name, diagnostics: &mut Vec<Diagnostic>) {
    let text = &name.text;
    let snake = snake_case(text);
    if text.is_empty() {
        let diagnostic =
            Diagnostic::error(Code::InvalidName, name.span, "the name is missing after `-- name:`");
        diagnostics.push(diagnostic.help("write `-- name: orders_per_day`"));
    } else if *text != snake {
        let message = format!("`{text}` is not a name in snake case");
        let diagnostic = Diagnostic::error(Code::InvalidName, name.span, message)
            .help("lower-case letters, digits and `_`, beginning with a letter; it names a Rust module");
        diagnostics.push(if snake.is_empty() { diagnostic } else { diagnostic.suggest(snake) });
    } else if is_keyword(text) {
        let message = format!("`{text}` is a word of Rust and cannot name a query");
        let suggestion = format!("{text}_query");
        diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message).suggest(suggestion));
    }
}

/// The nearest snake-case name, which is the text itself if it is one already.
fn snake_case(text: &str) -> String {
    let mut snake = String::new();
    let mut after_lower = false;
    for c in text.chars() {
        if c.is_ascii_uppercase() && after_lower {
            snake.push('_');
        }
        after_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        match without_accent(c).to_ascii_lowercase() {
            c if c.is_ascii_lowercase() || (c.is_ascii_digit() && !snake.is_empty()) => snake.push(c),
            '_' | '-' | ' ' | '.' if !snake.is_empty() => snake.push('_'),
            _ => {}
        }
    }
    snake
}

/// The letter without its accent, for the languages of western Europe; any other character as it is.
fn without_accent(c: char) -> char {
    match c.to_lowercase().next().unwrap_or(c) {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => c,
    }
}

/// Refuses queries that share a name.
pub(crate) fn check_unique(queries: &[ParsedQuery], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for query in queries {
        match seen.get(query.name.as_str()) {
            Some(&first) => diagnostics.push(
                Diagnostic::error(
                    Code::Duplicate,
                    query.name_span,
                    format!("two queries are named `{}`", query.name),
                )
                .label("named again here")
                .also(first, "first named here")
                .help("rename one of them"),
            ),
            None => {
                seen.insert(&query.name, query.name_span);
            }
        }
    }
}
