//! The input lines.

use cosmictron_types::Timestamp;
use cosmictron_types::suggest::nearest;
use serde_json::{Map, Value as Tree};

use super::unique_keys;
use crate::dynamic::operation::{input, kind};
use crate::error::Error;

/// What a line asks for.
#[derive(Debug, PartialEq)]
pub(super) enum Request {
    Transaction(Tree),
    Advance(Timestamp),
    Snapshot(String),
    Subscribe { query: String, params: Vec<Tree>, alias: Option<String> },
    Unsubscribe(String),
}

const KINDS: [&str; 5] = ["tx", "advance", "snapshot", "subscribe", "unsubscribe"];

/// Reads the line of this number.
pub(super) fn read(line: &[u8], number: u64) -> Result<Request, Error> {
    // Without its end, so that all that is wrong is wrong on this line.
    let line = line.trim_ascii_end();
    let json: Tree = unique_keys::check(line)
        .and_then(|()| serde_json::from_slice(line))
        .map_err(|error| malformed(line, number, &error))?;
    let Tree::Object(mut fields) = json else {
        return Err(input(format!("expected an object such as {{\"tx\":[…]}}, found {}", kind(&json))));
    };
    let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| fields.contains_key(*kind)).collect();
    let [request] = kinds[..] else {
        let near = fields.keys().find_map(|name| Some((nearest(name, KINDS)?, name)));
        let near = near.filter(|_| kinds.is_empty());
        let near = near.map_or(String::new(), |(near, name)| format!(", did you mean {near:?} by {name:?}?"));
        return Err(input(format!(
            "a line has exactly one of \"tx\", \"advance\", \"snapshot\", \"subscribe\" and \"unsubscribe\"{near}"
        )));
    };
    let Some(argument) = fields.remove(request) else { return Err(input(String::new())) };
    let parsed = match request {
        "tx" => Request::Transaction(argument),
        "advance" => Request::Advance(time(&text(request, argument)?)?),
        "snapshot" => Request::Snapshot(text(request, argument)?),
        "unsubscribe" => Request::Unsubscribe(text(request, argument)?),
        _ => subscribe(text(request, argument)?, &mut fields)?,
    };
    match fields.keys().next() {
        Some(unknown) => Err(input(format!("{request:?} has no field {unknown:?}"))),
        None => Ok(parsed),
    }
}

/// What is wrong with the JSON of a line, and where.
fn malformed(line: &[u8], number: u64, error: &serde_json::Error) -> Error {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let why = error.to_string();
    let why = why.strip_suffix(&place).unwrap_or(&why);
    let what = if error.is_data() { "" } else { "the line is not JSON: " };
    // The parser counts bytes.
    let before = &line[..error.column().min(line.len())];
    let column = String::from_utf8_lossy(before).chars().count();
    input(format!("{what}{why}, at line {number}, column {column}"))
}

fn subscribe(query: String, fields: &mut Map<String, Tree>) -> Result<Request, Error> {
    let params = match fields.remove("params") {
        None => Vec::new(),
        Some(Tree::Array(params)) => params,
        Some(other) => {
            return Err(input(format!("\"params\" takes a list of values, found {}", kind(&other))));
        }
    };
    let alias = fields.remove("as").map(|alias| text("as", alias)).transpose()?;
    Ok(Request::Subscribe { query, params, alias })
}

fn text(field: &str, json: Tree) -> Result<String, Error> {
    match json {
        Tree::String(text) => Ok(text),
        other => Err(input(format!("{field:?} takes a string, found {}", kind(&other)))),
    }
}

fn time(text: &str) -> Result<Timestamp, Error> {
    let time = Timestamp::parse(text).map_err(|error| input(format!("\"advance\": {error}")))?;
    if time.is_finite() { Ok(time) } else { Err(input("\"advance\" takes a finite time".to_owned())) }
}
