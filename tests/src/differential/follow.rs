//! A subscriber that trusts nothing: it folds the deltas of a query and checks that each can be folded.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use cosmictron::subscribe::QueryInfo;
use cosmictron::{Delta, Error, Event, Subscription, TxId, Value};

use crate::interpreter::show;
use crate::unit::{Session, Values};

/// The result of a query as its deltas tell it.
pub(super) struct Follower {
    pub info: &'static QueryInfo,
    /// Where the columns of the key are shown, if all are.
    pub key: Option<Vec<usize>>,
    /// The rows, each with the number of its copies.
    pub rows: BTreeMap<Values, usize>,
    pub failing: bool,
    /// Keys that were in the result at some time.
    pub known: Vec<Values>,
    events: Arc<Mutex<Vec<Event<Values>>>>,
    _subscription: Subscription,
}

impl Follower {
    /// Subscribes and takes the snapshot.
    pub fn new(session: &dyn Session, query: usize) -> Result<Self, Error> {
        let info = session.queries()[query];
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = events.clone();
        let listener = move |event| sink.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        let _subscription = session.subscribe(query, Box::new(listener))?;
        let shown = |name: &&str| info.columns.iter().position(|c| c.name == *name);
        let key = info.key.iter().map(shown).collect();
        let (rows, known) = Default::default();
        Ok(Self { info, key, rows, failing: false, known, events, _subscription })
    }

    /// The events since the last time.
    pub fn take(&self) -> Vec<Event<Values>> {
        std::mem::take(&mut self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Folds an event of this transaction.
    pub fn fold(&mut self, event: &Event<Values>, tx: TxId) -> Result<(), String> {
        let delta = match event {
            Event::Failed(failure) => {
                self.failing = true;
                return if failure.tx == tx {
                    Ok(())
                } else {
                    Err(format!("a failure of transaction {}", failure.tx))
                };
            }
            Event::Delta(delta) => delta,
        };
        if delta.tx != tx {
            return Err(format!("a delta of transaction {} in transaction {tx}", delta.tx));
        }
        if delta.initial {
            if !delta.updates.is_empty() || !delta.deletes.is_empty() {
                return Err("a snapshot that takes rows away".to_owned());
            }
            self.rows.clear();
        } else if delta.is_empty() && !self.failing {
            return Err("an empty delta".to_owned());
        }
        self.failing = false;
        self.check_shape(delta)?;
        for row in delta.deletes.iter().chain(delta.updates.iter().map(|u| &u.old)) {
            self.remove(row)?;
        }
        for row in delta.inserts.iter().chain(delta.updates.iter().map(|u| &u.new)) {
            *self.rows.entry(row.clone()).or_default() += 1;
        }
        Ok(())
    }

    fn remove(&mut self, row: &Values) -> Result<(), String> {
        match self.rows.get_mut(row) {
            Some(count) if *count > 1 => *count -= 1,
            Some(_) => drop(self.rows.remove(row)),
            None => return Err(format!("the delta takes away {}, which is not there", show(row))),
        }
        Ok(())
    }

    fn check_shape(&self, delta: &Delta<Values>) -> Result<(), String> {
        if self.info.single_row && !delta.updates.is_empty() {
            return Err("a result of one row has no key to update by".to_owned());
        }
        for update in &delta.updates {
            if update.old == update.new {
                return Err(format!("{} is updated to itself", show(&update.old)));
            }
            if let Some(key) = &self.key
                && key.iter().any(|c| update.old[*c] != update.new[*c])
            {
                return Err(format!("the update of {} changes its key", show(&update.old)));
            }
        }
        let Some(key) = &self.key else { return Ok(()) };
        if let Some(row) = delta.inserts.iter().find(|row| delta.deletes.contains(row)) {
            return Err(format!("{} comes and goes in one delta", show(row)));
        }
        let of = |row: &Values| key.iter().map(|c| row[*c].clone()).collect::<Values>();
        let gone: Vec<Values> = delta.deletes.iter().map(of).collect();
        let is_bag = key.len() == self.info.columns.len();
        let single = self.info.single_row;
        if let Some(row) = delta.inserts.iter().find(|row| !is_bag && !single && gone.contains(&of(row))) {
            return Err(format!("the row of the key of {} is replaced and not updated", show(row)));
        }
        Ok(())
    }

    /// All rows, each as often as it is there.
    pub fn all(&self) -> Vec<Values> {
        let copies = |(row, count): (&Values, &usize)| std::iter::repeat_n(row.clone(), *count);
        self.rows.iter().flat_map(copies).collect()
    }

    /// The keys of the rows, with the number of the copy, which keys of bags end with.
    pub fn keys(&self) -> Vec<(Values, Values)> {
        let Some(key) = &self.key else { return Vec::new() };
        let mut keys = Vec::new();
        for (row, count) in &self.rows {
            for copy in 0..*count {
                let columns = key.iter().map(|c| row[*c].clone());
                keys.push((columns.chain([Value::Integer(copy as i64)]).collect(), row.clone()));
            }
        }
        keys
    }
}
