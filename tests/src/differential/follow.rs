//! A subscriber that trusts nothing: it folds the deltas of a query and checks that each can be folded.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use cosmictron::subscribe::QueryInfo;
use cosmictron::{Delta, Error, Event, SqlType, Subscription, TxId, Value};
use cosmictron_compiler::circuit::{Output, ResultKey};

use crate::interpreter::show;
use crate::unit::{Session, Values};

/// The result of a query as its deltas tell it.
pub(super) struct Follower {
    pub info: &'static QueryInfo,
    /// Rows may be equal.
    is_bag: bool,
    /// Where the columns of the key are shown, if all are.
    pub key: Option<Vec<usize>>,
    /// The rows by what they show, each with the number of its copies. (1 and 1.00 are equal, and not the same result.)
    pub rows: BTreeMap<String, (Values, usize)>,
    pub failing: bool,
    /// Keys that were in the result at some time.
    pub known: Vec<Values>,
    events: Arc<Mutex<Vec<Event<Values>>>>,
    _subscription: Subscription,
}

impl Follower {
    /// Subscribes and takes the snapshot.
    pub fn new(session: &dyn Session, query: usize, output: &Output) -> Result<Self, Error> {
        let info = session.queries()[query];
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = events.clone();
        let listener = move |event| sink.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        let _subscription = session.subscribe(query, Box::new(listener))?;
        let shown = |name: &&str| info.columns.iter().position(|c| c.name == *name);
        let is_bag = output.key == ResultKey::Bag;
        // The key of a bag has the columns that it is ordered by as well, and LIMIT lets any of equal rows in.
        let unknown = is_bag && (output.columns.len() > output.visible || output.limit.is_some());
        let key = if unknown { None } else { info.key.iter().map(shown).collect() };
        let (rows, known) = Default::default();
        Ok(Self { info, is_bag, key, rows, failing: false, known, events, _subscription })
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
            self.rows.entry(show(row)).or_insert((row.clone(), 0)).1 += 1;
        }
        Ok(())
    }

    fn remove(&mut self, row: &Values) -> Result<(), String> {
        let shown = show(row);
        match self.rows.get_mut(&shown) {
            Some((_, count)) if *count > 1 => *count -= 1,
            Some(_) => drop(self.rows.remove(&shown)),
            None => return Err(format!("the delta takes away {shown}, which is not there")),
        }
        Ok(())
    }

    fn check_shape(&self, delta: &Delta<Values>) -> Result<(), String> {
        if self.info.single_row && !delta.updates.is_empty() {
            return Err("a result of one row has no key to update by".to_owned());
        }
        for update in &delta.updates {
            if show(&update.old) == show(&update.new) {
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
        let single = self.info.single_row;
        if let Some(row) = delta.inserts.iter().find(|row| !self.is_bag && !single && gone.contains(&of(row)))
        {
            return Err(format!("the row of the key of {} is replaced and not updated", show(row)));
        }
        Ok(())
    }

    /// All rows, each as often as it is there, ordered by what they show.
    pub fn all(&self) -> Vec<Values> {
        self.rows.values().flat_map(|(row, count)| std::iter::repeat_n(row.clone(), *count)).collect()
    }

    /// The keys of the rows, followed by what those of bags have besides the columns: the text of values that are equal to others that
    /// look different, and the number of the copy.
    pub fn keys(&self) -> Vec<(Values, Values)> {
        let Some(key) = &self.key else { return Vec::new() };
        let mut keys = Vec::new();
        for (row, count) in self.rows.values() {
            for copy in 0..*count {
                let columns = key.iter().map(|c| row[*c].clone());
                let vary = |c: &&usize| self.is_bag && looks_vary(self.info.columns[**c].ty);
                let texts = key.iter().filter(vary).map(|c| match &row[*c] {
                    Value::Null => Value::Null,
                    value => Value::Text(value.to_string().into()),
                });
                let number = Value::Integer(copy as i64);
                keys.push((columns.chain(texts).chain([number]).collect(), row.clone()));
            }
        }
        keys
    }
}

/// Whether equal values of a type can look different.
fn looks_vary(ty: SqlType) -> bool {
    use SqlType::{Double, Interval, Jsonb, Numeric, Real};
    matches!(ty, Numeric | Interval | Real | Double | Jsonb)
}
