//! Which statements belong in which file, decided by their first words: what a refused statement goes on to say
//! need not even parse.

use sqlparser::ast::{Query, SetExpr};

use super::statements::{Extent, leading_words};
use super::tokens::Tokens;
use crate::diagnostic::{Code, Diagnostic};
use crate::suggest::nearest;

/// What becomes of a statement of a schema file.
pub(crate) enum InSchema {
    Accepted,
    Ignored(Box<Diagnostic>),
    Refused(Box<Diagnostic>),
}

/// The error for a statement in a queries file that is known not to be a query.
pub(crate) fn refused_in_queries(tokens: &Tokens, extent: Extent) -> Option<Diagnostic> {
    let words = leading_words(tokens, extent);
    match words.as_str() {
        "" | "SELECT" | "WITH" | "VALUES" | "TABLE" => None,
        _ if help_in_queries(&words).is_some() => Some(not_a_query(tokens, extent)),
        word => {
            let known = nearest(word, ["SELECT", "WITH", "VALUES"]);
            let diagnostic = unknown_statement(tokens, extent, "a query must begin with SELECT");
            Some(known.map_or(diagnostic.clone(), |known| diagnostic.suggest(known)))
        }
    }
}

/// The error for a statement in a queries file that parsed as something else than a query.
pub(crate) fn not_a_query(tokens: &Tokens, extent: Extent) -> Diagnostic {
    let words = leading_words(tokens, extent);
    let help = help_in_queries(&words).unwrap_or("only SELECT statements stand among the queries");
    unexpected(tokens, extent, format!("{words} is not a query")).help(help)
}

/// Whether a query, or one of its WITH queries, changes rows.
pub(crate) fn writes(query: &Query) -> bool {
    let body_writes = |body: &SetExpr| {
        matches!(body, SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_))
    };
    let mut with = query.with.iter().flat_map(|with| &with.cte_tables);
    body_writes(&query.body) || with.any(|table| body_writes(&table.query.body))
}

/// The error for such a query.
pub(crate) fn not_only_reading(tokens: &Tokens, extent: Extent) -> Diagnostic {
    let writes =
        |at: &usize| ["INSERT", "UPDATE", "DELETE", "MERGE"].iter().any(|word| tokens.is_word(*at, word));
    let at = (extent.first..=extent.last).find(writes).unwrap_or(extent.first);
    let message = format!("{} is not a query", tokens.word(at));
    let diagnostic = Diagnostic::error(Code::UnexpectedStatement, tokens.span(at, at), message);
    diagnostic.help("queries only read; rows are changed through the compiled database's transactions")
}

fn help_in_queries(words: &str) -> Option<&'static str> {
    let first = words.split(' ').next().unwrap_or(words);
    Some(match first {
        "CREATE" if words.ends_with("VIEW") => "name the view's SELECT with a `-- name:` line instead",
        "CREATE" | "ALTER" | "DROP" | "COMMENT" => "declarations belong in the schema file",
        "INSERT" | "UPDATE" | "DELETE" | "MERGE" | "COPY" | "TRUNCATE" => {
            "queries only read; rows are changed through the compiled database's transactions"
        }
        "BEGIN" | "START" | "COMMIT" | "ROLLBACK" | "SAVEPOINT" | "SET" | "RESET" | "LOCK" => {
            "remove it: every query sees the state after each committed transaction"
        }
        "EXPLAIN" => "remove the word; `cosmictron-compile explain` shows how a query is maintained",
        "GRANT" | "REVOKE" | "VACUUM" | "ANALYZE" | "CALL" | "DO" | "EXECUTE" | "PREPARE" | "DECLARE"
        | "FETCH" | "SHOW" | "LISTEN" | "NOTIFY" | "REFRESH" => "remove it",
        _ => return None,
    })
}

/// Sorts a statement of a schema file by its first words.
pub(crate) fn in_schema(tokens: &Tokens, extent: Extent) -> InSchema {
    let words = leading_words(tokens, extent);
    let refused = |help: &str| {
        let diagnostic = unexpected(tokens, extent, format!("{words} has no place in a schema"));
        InSchema::Refused(Box::new(diagnostic.help(help)))
    };
    let (first, second) = words.split_once(' ').unwrap_or((&words, ""));
    match (first, second) {
        ("CREATE", "TABLE" | "TYPE" | "INDEX" | "UNIQUE") => InSchema::Accepted,
        ("COMMENT" | "SET" | "BEGIN" | "START" | "COMMIT" | "GRANT" | "REVOKE" | "ANALYZE", _)
        | ("CREATE", "EXTENSION") => InSchema::Ignored(Box::new(Diagnostic::warning(
            Code::UnexpectedStatement,
            tokens.span(extent.first, extent.last),
            format!("{words} is ignored"),
        ))),
        ("CREATE", "VIEW" | "MATERIALIZED" | "RECURSIVE") => {
            refused("put the view's SELECT among the queries, with a `-- name:` line above it")
        }
        ("CREATE", "OR") => refused("each table is declared once; views belong among the queries"),
        ("CREATE", "TEMP" | "TEMPORARY" | "UNLOGGED" | "GLOBAL" | "LOCAL" | "FOREIGN") => {
            refused("write CREATE TABLE; how the database is stored is chosen when it is opened")
        }
        ("CREATE", "DOMAIN") => {
            refused("write the domain's base type, and its CHECK in each column that uses it")
        }
        ("CREATE", "SEQUENCE") => {
            refused("write GENERATED BY DEFAULT AS IDENTITY in the column that uses it")
        }
        ("CREATE", "SCHEMA" | "DATABASE") => refused("remove it; all tables live in one schema"),
        ("CREATE", "FUNCTION" | "PROCEDURE" | "TRIGGER" | "AGGREGATE" | "OPERATOR" | "CAST" | "RULE") => {
            refused("write the expression in the queries that use it; there is no code in the database")
        }
        ("CREATE", _) => refused("a schema consists of CREATE TABLE, CREATE TYPE … AS ENUM and CREATE INDEX"),
        ("ALTER", _) => refused("write the final form in the CREATE statement itself"),
        ("DROP", _) => refused("a schema says what exists; remove the declaration"),
        ("SELECT" | "WITH" | "VALUES", _) => refused("move it to a file of queries"),
        ("INSERT" | "UPDATE" | "DELETE" | "MERGE" | "COPY" | "TRUNCATE", _) => {
            refused("rows are written at run time, through transactions or with `--load TABLE=FILE.csv`")
        }
        (
            "ROLLBACK" | "SAVEPOINT" | "LOCK" | "RESET" | "DO" | "CALL" | "EXPLAIN" | "VACUUM" | "REFRESH",
            _,
        ) => refused("remove it"),
        _ => {
            let diagnostic = unknown_statement(tokens, extent, "a schema consists of CREATE statements");
            let diagnostic = match nearest(first, ["CREATE"]) {
                Some(known) => diagnostic.suggest(known),
                None => diagnostic,
            };
            InSchema::Refused(Box::new(diagnostic))
        }
    }
}

fn unexpected(tokens: &Tokens, extent: Extent, message: String) -> Diagnostic {
    let words = leading_words(tokens, extent).split(' ').count();
    let span = tokens.span(extent.first, extent.first + words - 1);
    Diagnostic::error(Code::UnexpectedStatement, span, message)
}

fn unknown_statement(tokens: &Tokens, extent: Extent, help: &str) -> Diagnostic {
    let span = tokens.span(extent.first, extent.first);
    let message = format!("no statement begins with `{}`", tokens.lexemes[extent.first].native);
    Diagnostic::error(Code::Syntax, span, message).help(help)
}
