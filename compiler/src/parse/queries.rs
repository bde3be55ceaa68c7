//! A file of queries.

use std::sync::Arc;

use sqlparser::ast::{Query, Statement};

use super::names::Name;
use super::spans::Spans;
use super::statements::{self, Extent};
use super::tokens::Tokens;
use super::{accepted, names};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, SourceId, SourceMap, Span};
use crate::stack;

/// A query as parsed.
#[derive(Clone, Debug)]
pub struct ParsedQuery {
    /// From the `-- name:` line above it, or `query_N` for the Nth statement.
    pub name: String,
    /// The name in that line, or the whole statement.
    pub name_span: Span,
    /// The statement's text without its semicolon.
    pub sql: String,
    /// The statement.
    pub span: Span,
    /// Its syntax tree.
    pub statement: Box<Query>,
    /// Finds the words of every node of the tree.
    pub spans: Arc<Spans>,
}

/// Parses a file of queries separated by semicolons. What is wrong with one query is reported and does not
/// hide what is wrong with the next; queries that can be parsed are returned either way.
pub fn parse_queries(
    sources: &SourceMap,
    id: SourceId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ParsedQuery> {
    parse_query_files(sources, &[id], diagnostics)
}

/// Parses several files of queries as if they were one: names are unique in all, and `query_N` counts on.
pub fn parse_query_files(
    sources: &SourceMap,
    ids: &[SourceId],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ParsedQuery> {
    stack::deep(|| {
        let mut queries = Vec::new();
        let mut statements = 0;
        for &id in ids {
            parse_file(sources, id, &mut statements, &mut queries, diagnostics);
        }
        if let Some(&id) = ids.first().filter(|_| statements == 0 && diagnostics.is_empty()) {
            let at = Span::new(id, 0, 0);
            let diagnostic =
                Diagnostic::error(Code::UnexpectedStatement, at, "there is no query in the input");
            diagnostics.push(diagnostic.help("write a SELECT, with a line `-- name: some_name` above it"));
        }
        names::check_unique(&queries, diagnostics);
        queries
    })
}

fn parse_file(
    sources: &SourceMap,
    id: SourceId,
    statements: &mut usize,
    queries: &mut Vec<ParsedQuery>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Source { text, query, .. } = sources.get(id);
    let split = statements::split(sources, id);
    let tokens = Arc::new(split.tokens);
    let mut end_of_last = 0;
    for extent in split.statements {
        *statements += 1;
        let span = tokens.span(extent.first, extent.last);
        if query.is_some() && end_of_last > 0 {
            let second = Diagnostic::error(
                Code::UnexpectedStatement,
                span,
                "a second statement in the text of one query",
            );
            diagnostics.push(second.help("give each query a text of its own"));
            break;
        }
        let name = names::between(&tokens, end_of_last, span.start, diagnostics);
        name.iter().for_each(|name| names::check(name, diagnostics));
        if let (None, Some(text)) = (&name, query) {
            names::check(&Name { text: text.clone(), span }, diagnostics);
        }
        end_of_last = span.end;
        match parse_query(&tokens, extent, text) {
            Ok(statement) => queries.push(ParsedQuery {
                name: match (&name, query) {
                    (Some(name), _) => name.text.clone(),
                    (None, Some(name)) => name.clone(),
                    (None, None) => format!("query_{statements}"),
                },
                name_span: name.map_or(span, |n| n.span),
                sql: text[span.start as usize..span.end as usize].to_owned(),
                span,
                statement,
                spans: Arc::new(Spans::new(tokens.clone(), extent)),
            }),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    let complete = split.error.is_none();
    diagnostics.extend(split.error);
    if let Some(name) = names::between(&tokens, end_of_last, text.len() as u32, diagnostics)
        && complete
    {
        let message = format!("no query follows the name `{}`", name.text);
        diagnostics.push(Diagnostic::warning(Code::UnexpectedStatement, name.span, message));
    }
}

fn parse_query(tokens: &Tokens, extent: Extent, text: &str) -> Result<Box<Query>, Box<Diagnostic>> {
    if let Some(diagnostic) = accepted::refused_in_queries(tokens, extent) {
        return Err(Box::new(diagnostic));
    }
    match statements::parse(tokens, extent, text)? {
        Statement::Query(query) => match accepted::writes(&query) {
            false => Ok(query),
            true => Err(Box::new(accepted::not_only_reading(tokens, extent))),
        },
        _ => Err(Box::new(accepted::not_a_query(tokens, extent))),
    }
}
