//! Results in JSON: the lines of `cosmictron-compile run`.

use std::fmt::Write;

use cosmictron_types::Value;

use crate::error::QueryError;
use crate::store::Stamp;
use crate::subscribe::{Delta, DynamicEvent, Event, QueryInfo, ResultColumn};

/// Appends a row as an object by column name.
pub fn write_row(columns: &[ResultColumn], row: &[Value], out: &mut String) {
    out.push('{');
    for (at, (column, value)) in columns.iter().zip(row).enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_text(column.name, out);
        out.push(':');
        value.write_json(column.ty, out);
    }
    out.push('}');
}

/// Appends rows as a list of objects.
pub fn write_rows(columns: &[ResultColumn], rows: &[Vec<Value>], out: &mut String) {
    write_list(rows, out, |row, out| write_row(columns, row, out));
}

/// Appends an event as an object: `{"tx":7,"now":"…","query":"…","inserts":[…],"updates":[{"old":…,"new":…}],"deletes":[…]}`, or
/// with `"error"` for a query that fails. `alias` is what the subscriber calls it.
pub fn write_event(query: &QueryInfo, alias: Option<&str>, event: &DynamicEvent, out: &mut String) {
    match event {
        Event::Delta(delta) => write_delta(query, alias, delta, out),
        Event::Failed(failure) => {
            write_error(query, alias, Stamp { tx: failure.tx, now: failure.now }, &failure.error, out);
        }
    }
}

/// Appends the error state of a query as an object.
pub fn write_error(
    query: &QueryInfo,
    alias: Option<&str>,
    stamp: Stamp,
    error: &QueryError,
    out: &mut String,
) {
    // Writing to a string does not fail.
    let _ = write!(out, "{{\"tx\":{}", stamp.tx);
    write_names(query, alias, out);
    out.push_str(",\"error\":{\"code\":");
    write_text(error.error.code(), out);
    out.push_str(",\"message\":");
    write_text(&error.error.to_string(), out);
    out.push_str("}}");
}

fn write_delta(query: &QueryInfo, alias: Option<&str>, delta: &Delta<Vec<Value>>, out: &mut String) {
    let _ = write!(out, "{{\"tx\":{},\"now\":\"{}\"", delta.tx, delta.now.to_rfc3339());
    write_names(query, alias, out);
    out.push_str(",\"inserts\":");
    write_rows(query.columns, &delta.inserts, out);
    out.push_str(",\"updates\":");
    write_list(&delta.updates, out, |update, out| {
        out.push_str("{\"old\":");
        write_row(query.columns, &update.old, out);
        out.push_str(",\"new\":");
        write_row(query.columns, &update.new, out);
        out.push('}');
    });
    out.push_str(",\"deletes\":");
    write_rows(query.columns, &delta.deletes, out);
    out.push('}');
}

fn write_names(query: &QueryInfo, alias: Option<&str>, out: &mut String) {
    out.push_str(",\"query\":");
    write_text(query.name, out);
    if let Some(alias) = alias {
        out.push_str(",\"as\":");
        write_text(alias, out);
    }
}

fn write_list<T>(items: &[T], out: &mut String, mut write: impl FnMut(&T, &mut String)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

/// Appends a text as a JSON string.
pub(super) fn write_text(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
