//! Errors that the parser loses by backtracking.
//!
//! Where an error stands inside `CASE`, `CAST`, `EXISTS` or a subquery, the parser takes the word for a column's name instead and
//! complains about whatever follows it. Parsing that construct alone brings the real error back.

use sqlparser::ast::CastKind;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};

use super::limits::PARSER_RECURSION;
use super::tokens::Tokens;

/// The error inside the construct that begins right before the token `found`, which the parser did not expect, and the
/// token at which the construct begins.
pub(super) fn error_inside(
    tokens: &Tokens,
    first: usize,
    found: usize,
    last: usize,
) -> Option<(usize, ParserError)> {
    // The word may have become a name, and the one behind it the name's alias.
    let candidates = (first.max(found.saturating_sub(2))..=found).rev();
    candidates.filter_map(|at| Some((at, construct_error(tokens, at, last)?))).next()
}

fn construct_error(tokens: &Tokens, at: usize, last: usize) -> Option<ParserError> {
    let word = tokens.word(at);
    let subquery = ["SELECT", "WITH"].contains(&word.as_str()) && tokens.lexemes[at].enclosing.is_some();
    if at == last || !(subquery || ["CASE", "CAST", "EXISTS", "EXTRACT"].contains(&word.as_str())) {
        return None;
    }
    let dialect = PostgreSqlDialect {};
    let native = tokens.lexemes[at..=last].iter().map(|l| l.native.clone()).collect();
    let mut parser =
        Parser::new(&dialect).with_recursion_limit(PARSER_RECURSION).with_tokens_with_locations(native);
    if subquery {
        return parser.parse_query().err();
    }
    parser.advance_token();
    let result = match word.as_str() {
        "CASE" => parser.parse_case_expr(),
        "CAST" => parser.parse_cast_expr(CastKind::Cast),
        "EXTRACT" => parser.parse_extract_expr(),
        _ => parser.parse_exists_expr(false),
    };
    result.err()
}
