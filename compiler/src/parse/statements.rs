//! Splitting a source into statements and parsing each, so that an error in one hides none in another.

use sqlparser::ast::Statement;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use super::limits::{self, PARSER_RECURSION};
use super::mistakes;
use super::syntax_error::{parser_error, tokenizer_error};
use super::tokens::Tokens;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, SourceMap};

/// The tokens of a statement without its semicolon, both included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub first: usize,
    pub last: usize,
}

/// A source split at its semicolons.
pub(crate) struct Split {
    pub tokens: Tokens,
    pub statements: Vec<Extent>,
    /// What ended it early: a malformed token, with which the statement it stands in is dropped, or its size.
    pub error: Option<Diagnostic>,
}

/// Tokenises a source and splits it into statements.
pub(crate) fn split(sources: &SourceMap, id: SourceId) -> Split {
    let text = &sources.get(id).text;
    if let Some(diagnostic) = limits::check_bytes(id, text) {
        let tokens = Tokens { source: id, lexemes: Vec::new(), comments: Vec::new() };
        return Split { tokens, statements: Vec::new(), error: Some(diagnostic) };
    }
    let (tokens, error) = Tokens::of(id, text);
    let mut extents = Vec::new();
    let mut first = 0;
    for i in 0..=tokens.lexemes.len() {
        let complete = tokens.is(i, &Token::SemiColon) || (i == tokens.lexemes.len() && error.is_none());
        if complete && i > first {
            extents.push(Extent { first, last: i - 1 });
        }
        if tokens.is(i, &Token::SemiColon) {
            first = i + 1;
        }
    }
    let error = error.map(|error| tokenizer_error(&error, &tokens, text));
    Split { tokens, statements: extents, error }
}

/// Parses one statement.
pub(crate) fn parse(tokens: &Tokens, extent: Extent, text: &str) -> Result<Statement, Box<Diagnostic>> {
    let Extent { first, last } = extent;
    let refused =
        limits::check_statement(tokens, first, last).or_else(|| mistakes::find(tokens, first, last));
    if let Some(diagnostic) = refused {
        return Err(Box::new(diagnostic));
    }
    let dialect = PostgreSqlDialect {};
    let native = tokens.lexemes[first..=last].iter().map(|l| l.native.clone()).collect();
    let mut parser =
        Parser::new(&dialect).with_recursion_limit(PARSER_RECURSION).with_tokens_with_locations(native);
    let end = |parser: &mut Parser<'_>| match parser.peek_token() {
        token if token.token == Token::EOF => Ok(()),
        token => parser.expected("end of statement", token),
    };
    let result = parser.parse_statement().and_then(|statement| end(&mut parser).map(|()| statement));
    result.map_err(|error| Box::new(parser_error(error, tokens, text, first, last)))
}

/// The statement's first word, or words where one says too little (`CREATE TABLE`), in upper case.
pub(crate) fn leading_words(tokens: &Tokens, extent: Extent) -> String {
    let first = tokens.word(extent.first);
    let second = if extent.last > extent.first { tokens.word(extent.first + 1) } else { String::new() };
    match first.as_str() {
        "CREATE"
            if ["MATERIALIZED", "TEMP", "TEMPORARY", "UNLOGGED", "FOREIGN"].contains(&second.as_str()) =>
        {
            format!("{first} {second} {}", tokens.word(extent.first + 2)).trim_end().to_owned()
        }
        "CREATE" | "ALTER" | "DROP" | "COMMENT" if !second.is_empty() => format!("{first} {second}"),
        _ => first,
    }
}
