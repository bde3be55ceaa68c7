//! Limits that are checked on the tokens, before anything recursive sees the text.
//!
//! The parser builds left-deep trees of long flat chains (`1 + 1 + …`, `UNION`), in a loop and so without noticing;
//! cloning, printing or dropping such a tree recurses once a level and overflows the stack. The tokens give an upper
//! bound of the tree's depth, and statements beyond [`MAX_DEPTH`] never become trees. The passes still want a deep stack
//! ([`crate::stack::deep`]) for the largest of them; only dropping a tree is safe everywhere.

use sqlparser::tokenizer::Token;

use super::tokens::Tokens;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceId, Span};

/// Bytes of one source.
pub const MAX_BYTES: usize = 4 << 20;
/// Tokens of one statement.
pub const MAX_TOKENS: usize = 100_000;
/// Brackets and `CASE`s inside each other.
pub const MAX_NESTING: usize = 64;
/// Depth of a statement's syntax tree: operators in a row, added up over the brackets they stand in.
pub const MAX_DEPTH: usize = 500;
/// How often the parser may call itself; a level of nesting costs it up to three calls.
pub(crate) const PARSER_RECURSION: usize = 4 * MAX_NESTING;

/// Refuses a source that is too long to be read.
pub(crate) fn check_bytes(source: SourceId, text: &str) -> Option<Diagnostic> {
    (text.len() > MAX_BYTES).then(|| {
        let at = Span::new(source, 0, 0);
        Diagnostic::error(
            Code::TooLarge,
            at,
            format!("the text has {} bytes, the limit is {MAX_BYTES}", text.len()),
        )
        .help("split it into several files")
    })
}

/// Refuses the statement of the tokens `first..=last` if it is too long or too deep.
pub(crate) fn check_statement(tokens: &Tokens, first: usize, last: usize) -> Option<Diagnostic> {
    let count = last - first + 1;
    if count > MAX_TOKENS {
        let message = format!("the statement has {count} tokens, the limit is {MAX_TOKENS}");
        return Some(Diagnostic::error(Code::TooLarge, tokens.span(first, first), message));
    }
    let mut levels = vec![Level::default()];
    let mut prefixes = 0;
    for i in first..=last {
        let role = role(tokens, i);
        prefixes = if matches!(role, Role::Operator) { prefixes + 1 } else { 0 };
        match role {
            Role::Open => levels.push(Level::default()),
            Role::Close if levels.len() > 1 => {
                let depth = levels.pop().map_or(0, |level| level.depth());
                if let Some(outer) = levels.last_mut() {
                    outer.inner = outer.inner.max(depth + 1);
                }
            }
            Role::Operator => levels.last_mut().into_iter().for_each(|l| l.chain += 1),
            Role::SetOperator => levels.last_mut().into_iter().for_each(|l| l.sets += 1),
            Role::Separator => levels.last_mut().into_iter().for_each(Level::next_item),
            Role::Close | Role::Other => {}
        }
        // Operators without operands between them are prefixes, for each of which the parser calls itself.
        if levels.len().max(prefixes) > MAX_NESTING + 1 {
            return Some(nested_too_deeply(tokens.span(i, i)));
        }
        if levels.last().is_some_and(|level| level.depth() > MAX_DEPTH) {
            let message = format!("a chain of more than {MAX_DEPTH} operators");
            let diagnostic = Diagnostic::error(Code::TooLarge, tokens.span(i, i), message);
            return Some(
                diagnostic
                    .label("the limit is reached here")
                    .help("write `x IN (…)` for a long chain of OR, or split the query"),
            );
        }
    }
    None
}

/// The diagnostic for brackets that nest too deeply.
pub(crate) fn nested_too_deeply(span: Span) -> Diagnostic {
    let message = format!("nested more than {MAX_NESTING} levels deep");
    Diagnostic::error(Code::TooLarge, span, message)
        .help("write it flatter: leave out parentheses that change nothing, or split the query")
}

/// What is known of the tree between one pair of brackets.
#[derive(Default)]
struct Level {
    /// Operators of the current item.
    chain: usize,
    /// The deepest bracket within the current item.
    inner: usize,
    /// The depth of the deepest item so far.
    items: usize,
    /// `UNION`, `EXCEPT` and `INTERSECT`, which chain whole items.
    sets: usize,
}

impl Level {
    fn next_item(&mut self) {
        self.items = self.items.max(self.chain + self.inner);
        (self.chain, self.inner) = (0, 0);
    }

    fn depth(&self) -> usize {
        self.sets + self.items.max(self.chain + self.inner)
    }
}

enum Role {
    Open,
    Close,
    /// Whatever puts its operand one level deeper.
    Operator,
    SetOperator,
    /// Whatever ends one expression and begins its sibling.
    Separator,
    Other,
}

fn role(tokens: &Tokens, index: usize) -> Role {
    match &tokens.lexemes[index].native.token {
        Token::LParen | Token::LBracket | Token::LBrace => Role::Open,
        Token::RParen | Token::RBracket | Token::RBrace => Role::Close,
        Token::Comma => Role::Separator,
        Token::Word(word) if word.quote_style.is_some() => Role::Other,
        Token::Word(_) => match tokens.word(index).as_str() {
            "CASE" => Role::Open,
            "END" => Role::Close,
            "UNION" | "EXCEPT" | "INTERSECT" => Role::SetOperator,
            "SELECT" | "FROM" | "WHERE" | "GROUP" | "HAVING" | "ORDER" | "LIMIT" | "WHEN" | "THEN"
            | "ELSE" => Role::Separator,
            "AND" | "OR" | "NOT" | "IS" | "ISNULL" | "NOTNULL" | "LIKE" | "ILIKE" | "SIMILAR" | "BETWEEN"
            | "IN" | "AT" | "COLLATE" | "OPERATOR" | "OVERLAPS" | "JOIN" | "EXPLAIN" | "PREPARE"
            | "INTERVAL" => Role::Operator,
            _ => Role::Other,
        },
        Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::EscapedStringLiteral(_)
        | Token::DollarQuotedString(_)
        | Token::Placeholder(_)
        | Token::SemiColon => Role::Other,
        // Every other token is an operator sign, or rare enough to count as one.
        _ => Role::Operator,
    }
}
