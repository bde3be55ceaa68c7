//! A schema file.

use std::sync::Arc;

use sqlparser::ast::Statement;

use super::accepted::{self, InSchema};
use super::spans::Spans;
use super::statements;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, SourceMap, Span};
use crate::stack;

/// A schema as parsed: its statements in order.
#[derive(Clone, Debug, Default)]
pub struct ParsedSchema {
    /// `CREATE TABLE`, `CREATE TYPE` and `CREATE INDEX` statements.
    pub statements: Vec<ParsedStatement>,
}

/// A statement of a schema.
#[derive(Clone, Debug)]
pub struct ParsedStatement {
    /// Its syntax tree.
    pub statement: Statement,
    /// The statement without its semicolon.
    pub span: Span,
    /// Finds the words of every node of the tree.
    pub spans: Arc<Spans>,
}

/// Parses a schema file. Statements that mean nothing to a compiled database (`SET`, `COMMENT ON`) are left out
/// with a warning, others with an error; each error is reported.
pub fn parse_schema(sources: &SourceMap, id: SourceId, diagnostics: &mut Vec<Diagnostic>) -> ParsedSchema {
    stack::deep(|| {
        let text = &sources.get(id).text;
        let split = statements::split(sources, id);
        let tokens = Arc::new(split.tokens);
        let mut schema = ParsedSchema::default();
        for extent in split.statements {
            match accepted::in_schema(&tokens, extent) {
                InSchema::Ignored(warning) => diagnostics.push(*warning),
                InSchema::Refused(error) => diagnostics.push(*error),
                InSchema::Accepted => match statements::parse(&tokens, extent, text) {
                    Ok(statement) => schema.statements.push(ParsedStatement {
                        statement,
                        span: tokens.span(extent.first, extent.last),
                        spans: Arc::new(Spans::new(tokens.clone(), extent)),
                    }),
                    Err(diagnostic) => diagnostics.push(*diagnostic),
                },
            }
        }
        diagnostics.extend(split.error);
        schema
    })
}
