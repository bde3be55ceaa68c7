//! From input lines to output lines.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::time::Instant;

use cosmictron_types::Timestamp;
use serde_json::Value as Tree;

use super::printer::Printer;
use super::request::{self, Request};
use super::settings::Print;
use super::statistics::Statistics;
use crate::dynamic::json::write_text;
use crate::dynamic::operation::input;
use crate::dynamic::{DynamicDatabase, lookup, write_error, write_event, write_rows};
use crate::error::Error;
use crate::subscribe::{DynamicEvent, QueryInfo, Subscription};

/// A run of the program.
pub(super) struct Session {
    database: DynamicDatabase,
    printer: Printer,
    print: Print,
    /// The queries that are live, by the name under which their lines come.
    streams: BTreeMap<String, Stream>,
}

struct Stream {
    query: &'static QueryInfo,
    /// Unless deltas are not printed.
    _subscription: Option<Subscription>,
}

impl Session {
    pub(super) fn new(database: DynamicDatabase, printer: Printer, print: Print) -> Self {
        Self { database, printer, print, streams: BTreeMap::new() }
    }

    /// Works on the input to its end.
    ///
    /// # Errors
    /// What makes it impossible to go on.
    pub(super) fn run<R: Read>(
        &mut self,
        mut input: BufReader<R>,
        statistics: &mut Statistics,
    ) -> Result<(), String> {
        for query in self.database.queries() {
            self.open(query, None).map_err(|error| error.to_string())?;
        }
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            if let Some(closed) = self.printer.closed() {
                return closed;
            }
            line.clear();
            let waits = !input.buffer().contains(&b'\n');
            self.printer.set_idle(waits);
            let read = input.read_until(b'\n', &mut line);
            self.printer.set_idle(false);
            if read.map_err(|why| format!("cannot read the input: {why}"))? == 0 {
                return self.end();
            }
            number += 1;
            // Windows editors may leave a byte order mark, which is not JSON.
            if number == 1 && line.starts_with("\u{feff}".as_bytes()) {
                line.drain(..'\u{feff}'.len_utf8());
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            let begun = Instant::now();
            let answer = request::read(&line, number).and_then(|request| self.answer(request, statistics));
            statistics.working += begun.elapsed();
            if let Err(error) = answer {
                statistics.rejected += 1;
                self.printer.line(rejected(&error, number));
                if let Error::Poisoned(why) = error {
                    self.printer.set_idle(true);
                    return Err(why);
                }
            }
        }
    }

    fn answer(&mut self, request: Request, statistics: &mut Statistics) -> Result<(), Error> {
        match request {
            Request::Transaction(operations) => {
                let operations = self.database.operations(&operations)?;
                statistics.operations += operations.len() as u64;
                self.database.transaction(operations)?;
                statistics.transactions += 1;
                Ok(())
            }
            Request::Advance(now) => self.advance(now),
            Request::Snapshot(name) => self.snapshot(&name),
            Request::Subscribe { query, params, alias } => self.subscribe(&query, &params, alias),
            Request::Unsubscribe(name) => {
                self.position(&name)?;
                self.streams.remove(&name);
                Ok(())
            }
        }
    }

    /// Moves the clock, which does not go back.
    fn advance(&self, now: Timestamp) -> Result<(), Error> {
        let before = self.database.stamp()?.now;
        self.database.advance(now)?;
        if now < before {
            let (now, before) = (now.to_rfc3339(), before.to_rfc3339());
            return Err(input(format!(
                "\"advance\": the clock is at {before} and does not go back to {now}"
            )));
        }
        Ok(())
    }

    /// Begins to print a query.
    fn open(&mut self, query: &'static QueryInfo, alias: Option<String>) -> Result<(), Error> {
        let name = alias.clone().unwrap_or_else(|| query.name.to_owned());
        let subscription = match self.print {
            Print::Deltas => {
                let printer = self.printer.clone();
                let listener = move |event: &DynamicEvent| {
                    let mut line = String::new();
                    write_event(query, alias.as_deref(), event, &mut line);
                    printer.line(line);
                };
                Some(self.database.subscribe(query.name, Box::new(listener))?)
            }
            Print::Snapshots | Print::Answers => None,
        };
        self.streams.insert(name, Stream { query, _subscription: subscription });
        Ok(())
    }

    fn subscribe(&mut self, query: &str, params: &[Tree], alias: Option<String>) -> Result<(), Error> {
        let info = self.database.query(query)?;
        if !params.is_empty() {
            return Err(input(format!("query {query:?} takes no parameters, {} were given", params.len())));
        }
        let name = alias.as_deref().unwrap_or(query);
        if self.streams.contains_key(name) {
            return Err(input(format!("{name:?} is live already: give \"as\" another name")));
        }
        // Under its own name its lines need no alias.
        self.open(info, alias.filter(|alias| alias != query))
    }

    /// Checks that a stream of this name is live.
    fn position(&self, name: &str) -> Result<(), Error> {
        lookup::position("live query", "live queries", name, self.streams.keys().map(String::as_str))
            .map(drop)
    }

    fn snapshot(&self, name: &str) -> Result<(), Error> {
        let query = match self.streams.get(name) {
            Some(stream) => stream.query,
            // One that is not live can be asked for too.
            None => self.database.query(name)?,
        };
        let alias = (name != query.name).then_some(name);
        let mut line = String::new();
        match self.database.snapshot(query.name) {
            Ok(snapshot) => {
                line.push_str("{\"snapshot\":");
                write_text(name, &mut line);
                line.push_str(&format!(",\"tx\":{},\"rows\":", snapshot.stamp.tx));
                write_rows(query.columns, &snapshot.rows, &mut line);
                line.push('}');
            }
            Err(Error::Query(error)) => {
                write_error(query, alias, self.database.stamp()?, &error, &mut line);
            }
            Err(other) => return Err(other),
        }
        self.printer.line(line);
        Ok(())
    }

    fn end(&self) -> Result<(), String> {
        if self.print == Print::Snapshots {
            let live = self.database.queries().iter().map(|query| query.name);
            let others = self.streams.iter().filter(|(name, stream)| *name != stream.query.name);
            for name in live.chain(others.map(|(name, _)| name.as_str())) {
                self.snapshot(name).map_err(|error| error.to_string())?;
            }
        }
        self.printer.set_idle(true);
        self.printer.closed().unwrap_or(Ok(()))
    }
}

/// The line that says why a line was refused.
fn rejected(error: &Error, line: u64) -> String {
    let mut out = String::from("{\"rejected\":{\"code\":");
    write_text(error.code(), &mut out);
    let (table, constraint) = match error {
        Error::Violation(violation) => (Some(violation.table), Some(violation.constraint.as_str())),
        Error::NoRow { table, .. } => (Some(*table), None),
        _ => (None, None),
    };
    for (field, text) in [("table", table), ("constraint", constraint)] {
        if let Some(text) = text {
            out.push_str(&format!(",\"{field}\":"));
            write_text(text, &mut out);
        }
    }
    out.push_str(",\"message\":");
    write_text(&error.to_string(), &mut out);
    out.push_str(&format!("}},\"line\":{line}}}"));
    out
}
