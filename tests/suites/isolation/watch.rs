//! Subscribers of both kinds, and what they were told.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use cosmictron::subscribe::{LiveQuery, ResultRow};
use cosmictron::{Delta, Event, Query, TxId, Value};

use super::live::Queries;

type Values = Vec<Value>;
type Rows = BTreeSet<Values>;

/// A subscription to a query, by callback or by channel, that keeps what it is told.
pub(super) struct Watch {
    query: &'static str,
    /// Ends the subscription and hands out what it was told.
    end: Box<dyn FnOnce() -> Vec<Delta<Values>> + Send>,
}

/// What a subscriber was told of a query.
pub(super) struct Told {
    pub query: &'static str,
    /// The first is the snapshot.
    changes: Vec<Change>,
}

/// What one transaction changes.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    pub tx: TxId,
    pub gone: Rows,
    pub come: Rows,
}

impl Watch {
    /// Subscribes to one of the five queries.
    pub fn new(queries: &Queries, query: usize, by_channel: bool) -> Watch {
        match query {
            0 => watch(&queries.balances(), by_channel),
            1 => watch(&queries.total(), by_channel),
            2 => watch(&queries.by_owner(), by_channel),
            3 => watch(&queries.journal(), by_channel),
            _ => watch(&queries.recent(), by_channel),
        }
    }

    /// The result of a query.
    pub fn snapshot(queries: &Queries, query: &str) -> Rows {
        match query {
            "balances" => snapshot(&queries.balances()),
            "total" => snapshot(&queries.total()),
            "by_owner" => snapshot(&queries.by_owner()),
            "journal" => snapshot(&queries.journal()),
            _ => snapshot(&queries.recent()),
        }
    }

    /// Ends the subscription.
    pub fn end(self) -> Told {
        Told::new(self.query, (self.end)())
    }
}

fn watch<Q: LiveQuery>(query: &Query<Q>, by_channel: bool) -> Watch {
    let delta = |event: &Event<Q::Row>| event.delta().expect("no query fails").map(Q::Row::to_values);
    let end: Box<dyn FnOnce() -> _ + Send> = if by_channel {
        let channel = query.channel().expect("a channel");
        Box::new(move || channel.events().try_iter().map(|event| delta(&event)).collect())
    } else {
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = events.clone();
        let listener =
            move |event: &Event<Q::Row>| sink.lock().expect("nobody panics with it").push(delta(event));
        let subscription = query.subscribe(listener).expect("a subscription");
        Box::new(move || {
            drop(subscription);
            std::mem::take(&mut *events.lock().expect("nobody panics with it"))
        })
    };
    Watch { query: Q::INFO.name, end }
}

fn snapshot<Q: LiveQuery>(query: &Query<Q>) -> Rows {
    query.snapshot().expect("a result").iter().map(Q::Row::to_values).collect()
}

impl Told {
    fn new(query: &'static str, deltas: Vec<Delta<Values>>) -> Self {
        let changes = deltas.into_iter().enumerate().map(|(at, delta)| {
            assert_eq!(delta.initial, at == 0, "{query}: the snapshot comes first and once");
            assert!(delta.initial || !delta.is_empty(), "{query}: a delta of nothing");
            let (old, new): (Vec<_>, Vec<_>) =
                delta.updates.into_iter().map(|update| (update.old, update.new)).unzip();
            let (gone, come) = (delta.deletes.into_iter().chain(old), delta.inserts.into_iter().chain(new));
            Change { tx: delta.tx, gone: gone.collect(), come: come.collect() }
        });
        let told = Self { query, changes: changes.collect() };
        assert!(!told.changes.is_empty(), "{query}: whoever has subscribed has the snapshot");
        told
    }

    /// What follows the snapshot.
    pub fn deltas(&self) -> &[Change] {
        &self.changes[1..]
    }

    /// Folds what was told, of later and later transactions, shows each state, and returns the last.
    pub fn fold(&self, mut see: impl FnMut(TxId, &Rows)) -> Rows {
        let mut rows = Rows::new();
        for (at, change) in self.changes.iter().enumerate() {
            let last = at.checked_sub(1).map(|before| self.changes[before].tx);
            assert!(
                last.is_none_or(|last| last < change.tx),
                "{}: transactions in order, each once",
                self.query
            );
            change.apply(&mut rows);
            see(change.tx, &rows);
        }
        rows
    }

    /// Checks that subscribers that came later and left earlier were told the same: the state as of their snapshots, and then each
    /// change.
    pub fn check_parts(&self, mut parts: Vec<Told>) {
        let query = self.query;
        parts.sort_by_key(|part| part.changes[0].tx);
        let mut rows = Rows::new();
        let mut at = 0;
        for part in parts {
            part.fold(|_, _| {});
            let first = &part.changes[0];
            // The last change before a snapshot may be older than the snapshot.
            while let Some(change) = self.changes.get(at).filter(|change| change.tx <= first.tx) {
                change.apply(&mut rows);
                at += 1;
            }
            assert_eq!(rows, first.come, "{query}: the snapshot as of transaction {}", first.tx);
            let rest = part.deltas();
            assert_eq!(
                &self.changes[at..at + rest.len()],
                rest,
                "{query}: what follows transaction {}",
                first.tx
            );
        }
    }
}

impl Change {
    fn apply(&self, rows: &mut Rows) {
        let tx = self.tx;
        for row in &self.gone {
            assert!(rows.remove(row), "transaction {tx}: {row:?} goes and was not there");
        }
        for row in &self.come {
            assert!(rows.insert(row.clone()), "transaction {tx}: {row:?} comes and is there");
        }
    }
}
