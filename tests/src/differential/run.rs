//! The loop: one step after the other, and everything checked after each.

mod drain;
mod reopen;

use std::path::PathBuf;

use cosmictron::store::Stamp;
use cosmictron::{Error, Event, TxId};
use cosmictron_compiler::circuit;
use cosmictron_compiler::rules::Rules;
use cosmictron_types::Timestamp;

use self::reopen::REOPEN_EVERY;
use super::data::{Data, End};
use super::follow::Follower;
use super::report::{side_by_side, tables};
use crate::interpreter::{Answer, Contents, Interpreter, show};
use crate::unit::{Session, Unit, Values, Writer};

/// How a run is to be.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The seed; `COSMICTRON_SEED` takes precedence.
    pub seed: u64,
    /// How many transactions and moves of the clock; `COSMICTRON_STEPS` takes precedence.
    pub steps: usize,
    /// Where the database lives, if not in memory; it is then closed and opened again at random.
    pub file: Option<PathBuf>,
    /// After how many steps the same tables are given to a new circuit, and the results compared.
    pub compare_every: usize,
}

impl Default for Setting {
    fn default() -> Self {
        Self { seed: 1, steps: 500, file: None, compare_every: 50 }
    }
}

/// 2026-01-30 22:00, so that the end of a month is near.
const START: Timestamp = Timestamp::from_micros(1_769_810_400_000_000);

/// A run of one unit.
pub struct Run<'u> {
    unit: &'u dyn Unit,
    setting: Setting,
    interpreter: &'u Interpreter,
    data: Data<'u>,
    session: Box<dyn Session>,
    followers: Vec<Follower>,
    /// The tables after the last step.
    contents: Contents,
    step: usize,
    committed: usize,
    reopened: usize,
    /// The last transaction and its clock.
    last: Stamp,
}

impl<'u> Run<'u> {
    /// Runs a unit under random transactions.
    ///
    /// # Panics
    /// With everything there is to know, if any result is wrong.
    pub fn of(unit: &'u dyn Unit, setting: Setting) {
        let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
        let mut setting = setting;
        setting.seed = number("COSMICTRON_SEED").unwrap_or(setting.seed);
        setting.steps = number("COSMICTRON_STEPS").map_or(setting.steps, |n| n as usize);
        let interpreter = Interpreter::new(unit.schema(), unit.queries());
        let mut run =
            Run::new(unit, setting, &interpreter).unwrap_or_else(|error| panic!("{}: {error}", unit.name()));
        run.steps();
    }

    fn new(unit: &'u dyn Unit, setting: Setting, interpreter: &'u Interpreter) -> Result<Self, Error> {
        let session = match &setting.file {
            Some(file) => unit.open(file, START)?,
            None => unit.in_memory(START, &mut |_| Ok(true))?,
        };
        let followers = follow(interpreter, &*session)?;
        let data = Data::new(&interpreter.catalog, setting.seed);
        let (contents, step, committed, reopened) = Default::default();
        let last = Stamp { tx: TxId(0), now: START };
        Ok(Self {
            unit,
            setting,
            interpreter,
            data,
            session,
            followers,
            contents,
            step,
            committed,
            reopened,
            last,
        })
    }

    fn steps(&mut self) {
        self.contents = self.read();
        self.check("the snapshots of empty tables", TxId(0), true);
        for step in 1..=self.setting.steps {
            self.step = step;
            if self.data.random.once_in(5) {
                self.advance()
            } else {
                self.transaction()
            }
            if step % self.setting.compare_every == 0 {
                self.compare_with_new_circuits();
            }
            if let Some(file) = self.setting.file.clone()
                && self.data.random.once_in(REOPEN_EVERY)
            {
                self.reopen(&file);
            }
        }
        let (committed, steps) = (self.committed, self.setting.steps);
        assert!(committed * 2 > steps, "only {committed} of {steps} steps committed: the data is not good");
        let reopened = self.reopened * 2 * REOPEN_EVERY;
        assert!(self.setting.file.is_none() || reopened > steps, "the file was hardly ever opened again");
    }

    fn transaction(&mut self) {
        let end = match self.data.random.below(12) {
            0 => End::Drop,
            1 => End::Fail,
            _ => End::Commit,
        };
        // In a file, a move of the clock is a transaction of its own: see `Run::advance`.
        let moves = self.setting.file.is_none() && self.data.random.once_in(3);
        let now = moves.then(|| self.moment());
        let Self { data, session, .. } = self;
        let result = session.transaction_at(now, &mut |writer| data.write(writer, end));
        let log = std::mem::take(&mut self.data.log);
        let before = std::mem::take(&mut self.contents);
        self.contents = self.read();
        match result {
            Ok(Some(tx)) => {
                self.committed += 1;
                self.note(tx);
                self.check(&format!("transaction {tx}:\n{log}"), tx, false);
            }
            Ok(None) | Err(Error::Input(_) | Error::Violation(_)) => {
                let how = match &result {
                    Err(error) => error.to_string(),
                    Ok(_) => "dropped".to_owned(),
                };
                let title = format!("a transaction that was rolled back ({how}):\n{log}");
                if shown(&before) != shown(&self.contents) {
                    self.fail(&title, "it changed the tables");
                }
                if now.is_none() {
                    self.check_silence(&title);
                    self.check(&title, TxId(0), false);
                } else {
                    self.check_moved(&title);
                }
            }
            Err(error) => self.fail(&log, &format!("the database refuses: {error}")),
        }
    }

    /// Checks what a transaction leaves that was rolled back: time has passed.
    fn check_moved(&mut self, title: &str) {
        match self.session.transaction(&mut |_| Ok(true)) {
            Ok(Some(tx)) => {
                self.note(tx);
                self.check(title, tx, false);
            }
            other => self.fail(title, &format!("an empty transaction gives {other:?}")),
        }
    }

    /// A moment to which the clock could move.
    fn moment(&mut self) -> Timestamp {
        const MINUTE: i64 = 60_000_000;
        let random = &mut self.data.random;
        let now = self.session.now().unwrap_or(START).micros();
        let quarter = 15 * MINUTE;
        let by = match random.below(12) {
            0 => 0,
            1 => -5 * MINUTE,
            2 => 1,
            3 => random.between(1, 59) * MINUTE,
            4 => (now / quarter + 1) * quarter - now - 1,
            5..=7 => (now / quarter + 1) * quarter - now,
            8 => random.between(1, 30) * 60 * MINUTE,
            9 => 24 * 60 * MINUTE,
            10 => random.between(1, 20) * quarter,
            _ => random.between(1, 40) * 24 * 60 * MINUTE,
        };
        Timestamp::from_micros(now + by)
    }

    fn advance(&mut self) {
        let (now, to) = (self.session.now().unwrap_or(START), self.moment());
        let title = format!("the clock moves from {now} to {to}");
        match self.session.advance(to) {
            Ok(tx) => {
                self.committed += 1;
                self.note(tx);
                self.check(&title, tx, false);
            }
            Err(error) => self.fail(&title, &error.to_string()),
        }
    }

    /// Takes note of a transaction; one that changed nothing has the number of the one before.
    fn note(&mut self, tx: TxId) {
        if tx != self.last.tx {
            self.last = Stamp { tx, now: self.session.now().unwrap_or(START) };
        }
    }

    fn read(&self) -> Contents {
        let mut contents = Vec::new();
        let tables = self.interpreter.catalog.tables.len();
        let read = self.session.transaction(&mut |writer| {
            contents = (0..tables).map(|t| writer.rows(t)).collect();
            Ok(false)
        });
        if let Err(error) = read {
            self.fail("reading the tables", &error.to_string());
        }
        contents
    }

    fn check_silence(&mut self, title: &str) {
        for at in 0..self.followers.len() {
            let events = self.followers[at].take();
            if !events.is_empty() {
                self.fail_query(at, title, "it delivered something", &events);
            }
        }
    }

    /// Checks every query after a step.
    fn check(&mut self, title: &str, tx: TxId, initial: bool) {
        let now = self.session.now().unwrap_or(START);
        for at in 0..self.followers.len() {
            let events = self.followers[at].take();
            if let Err(problem) = self.check_query(at, &events, tx, now, initial) {
                self.fail_query(at, title, &problem, &events);
            }
        }
    }

    fn check_query(
        &mut self,
        at: usize,
        events: &[Event<Values>],
        tx: TxId,
        now: Timestamp,
        initial: bool,
    ) -> Result<(), String> {
        let follower = &mut self.followers[at];
        let (rows_before, failed_before) = (follower.rows.clone(), follower.failing);
        if events.len() > 1 {
            return Err(format!("{} events in one transaction", events.len()));
        }
        for event in events {
            follower.fold(event, tx)?;
        }
        let expected = self.interpreter.answer(at, &self.contents, now);
        let snapshot = self.session.snapshot(at);
        match (&expected, &snapshot) {
            (Err(_), Err(Error::Query(_))) if follower.failing => return Ok(()),
            (Err(error), Err(Error::Query(_))) => {
                return Err(format!("it fails ({error}), and the subscriber was not told"));
            }
            (Err(error), _) => return Err(format!("it should fail: {error}")),
            (Ok(_), Err(error)) => return Err(format!("it fails: {error}")),
            (Ok(_), Ok(_)) if follower.failing => {
                return Err("the subscriber was not told that it recovered".to_owned());
            }
            (Ok(_), Ok(_)) => {}
        }
        let (Ok(expected), Ok(snapshot)) = (expected, snapshot) else { return Ok(()) };
        expected.accepts(&snapshot).map_err(|why| format!("the maintained result is wrong: {why}"))?;
        let mut maintained: Vec<String> = snapshot.iter().map(|row| show(row)).collect();
        maintained.sort();
        if follower.all().iter().map(|row| show(row)).ne(maintained) {
            return Err("the deltas do not add up to the maintained result".to_owned());
        }
        let silent = rows_before == follower.rows && !failed_before && !initial;
        if silent && follower.key.is_some() && !events.is_empty() {
            return Err("a delta though nothing changed".to_owned());
        }
        self.check_lookups(at)
    }

    /// Every row is found by its key, and keys that are gone are not.
    fn check_lookups(&mut self, at: usize) -> Result<(), String> {
        let keys = self.followers[at].keys();
        for (key, row) in &keys {
            match self.session.get(at, key.clone()) {
                Some(Ok(Some(found))) if found == *row => {}
                Some(found) => return Err(format!("looking up {key:?} finds {found:?}")),
                None => return Err(format!("{key:?} is no key")),
            }
        }
        let follower = &mut self.followers[at];
        let present = |key: &Values| keys.iter().any(|(k, _)| k == key);
        let single = follower.info.single_row;
        for key in follower.known.iter().filter(|k| !single && !present(k)) {
            match self.session.get(at, key.clone()) {
                Some(Ok(None)) => {}
                found => return Err(format!("looking up the absent {key:?} finds {found:?}")),
            }
        }
        // A few of them are enough.
        follower.known = keys.into_iter().map(|(key, _)| key).take(6).collect();
        Ok(())
    }

    /// A circuit that is attached to full tables has the results of the one that saw them grow; so has one over a
    /// copy of the tables.
    fn compare_with_new_circuits(&mut self) {
        let unit = self.unit;
        self.compare("attaching again", self.session.attach_again());
        let (contents, now) = (self.contents.clone(), self.session.now().unwrap_or(START));
        let copy = unit.in_memory(now, &mut |writer| {
            for (table, rows) in contents.iter().enumerate() {
                rows.iter().try_for_each(|row| writer.insert(table, row.clone()))?;
            }
            Ok(true)
        });
        self.compare("a copy of the tables", copy);
    }

    fn snapshots(&self, session: &dyn Session) -> Vec<Result<Vec<Values>, &'static str>> {
        let snapshot = |q| session.snapshot(q).map_err(|error| error.code());
        (0..self.followers.len()).map(snapshot).collect()
    }

    fn compare(&self, title: &str, other: Result<Box<dyn Session>, Error>) {
        let other = match other {
            Ok(other) => other,
            Err(error) => self.fail(title, &error.to_string()),
        };
        self.compare_snapshots(title, &self.snapshots(&*self.session), &*other);
    }

    fn compare_snapshots(&self, title: &str, expected: &[Result<Vec<Values>, &str>], other: &dyn Session) {
        for (at, (expected, found)) in expected.iter().zip(self.snapshots(other)).enumerate() {
            let shown = |rows: &[Values]| rows.iter().map(|row| show(row)).collect::<Vec<_>>();
            if expected.as_deref().map(shown) != found.as_deref().map(shown) {
                let (empty, name) = (Vec::new(), self.followers[at].info.name);
                let (left, right) = (expected.as_ref().unwrap_or(&empty), found.as_ref().unwrap_or(&empty));
                let rows = side_by_side(["maintained", title], left, right);
                let failures = format!("{:?} and {:?}", expected.as_ref().err(), found.as_ref().err());
                self.fail(title, &format!("query {name} has another result:\n{rows}errors: {failures}"));
            }
        }
    }

    fn fail_query(&self, at: usize, title: &str, problem: &str, events: &[Event<Values>]) -> ! {
        let follower = &self.followers[at];
        let now = self.session.now().unwrap_or(START);
        let expected = self.interpreter.answer(at, &self.contents, now);
        let expected_rows = expected.as_ref().map(Answer::rows).unwrap_or_default();
        let snapshot = self.session.snapshot(at);
        let maintained = snapshot.clone().unwrap_or_default();
        let details = format!(
            "query {}: {problem}\n{}\n\n{}recomputation fails: {:?}, maintained fails: {:?}\nevents: {events:#?}\n{}",
            follower.info.name,
            follower.info.sql,
            side_by_side(["recomputed", "maintained"], &expected_rows, &maintained),
            expected.err(),
            snapshot.err(),
            side_by_side(["maintained", "folded deltas"], &maintained, &follower.all()),
        );
        self.fail(title, &details)
    }

    fn fail(&self, title: &str, problem: &str) -> ! {
        let Setting { seed, ref file, .. } = self.setting;
        let test =
            if file.is_some() { "durable".to_owned() } else { self.unit.name().replace(['/', ' '], "_") };
        panic!(
            "unit {}, seed {seed}, step {}, after {title}\n{problem}\n\ntables at {}:\n{}\n\
             rerun: COSMICTRON_SEED={seed} COSMICTRON_STEPS={} cargo test -p cosmictron-tests -- {}",
            self.unit.name(),
            self.step,
            self.session.now().map(|now| now.to_string()).unwrap_or_default(),
            tables(&self.interpreter.catalog, &self.contents),
            self.step,
            test,
        )
    }
}

/// Subscribes to every query.
fn follow(interpreter: &Interpreter, session: &dyn Session) -> Result<Vec<Follower>, Error> {
    let circuit =
        circuit::lower(&interpreter.catalog, &interpreter.queries, &Rules::default(), &mut Vec::new());
    circuit.outputs.iter().enumerate().map(|(at, output)| Follower::new(session, at, output)).collect()
}

/// The rows of the tables as they are shown, which tells 1 from 1.00.
fn shown(contents: &Contents) -> Vec<Vec<String>> {
    let shown = contents.iter().map(|rows| {
        let mut rows: Vec<String> = rows.iter().map(|row| show(row)).collect();
        rows.sort();
        rows
    });
    shown.collect()
}
