//! A thread that moves money, sees what it writes, and often thinks better of it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use cosmictron::{Error, Transaction, TxId};
use cosmictron_tests::random::Random;

use super::live::Queries;
use super::live::schema::{Accounts, Database, Entries, NewEntries, Schema};
use super::{ACCOUNTS, MONEY};

/// The entry that each acknowledged transaction wrote.
pub(super) type Acknowledged = Mutex<BTreeMap<TxId, i64>>;

pub(super) struct Writer<'h> {
    number: i64,
    random: Random,
    database: &'h Database,
    queries: &'h Queries,
    acknowledged: &'h Acknowledged,
    /// How many transactions it has begun.
    begun: i64,
    /// Its own accounts beside those that everybody uses, with how many it ever opened.
    own: Vec<i64>,
    opened: i64,
}

type Tx<'t, 'db> = &'t mut Transaction<'db, Schema>;

impl<'h> Writer<'h> {
    pub fn new(
        number: i64,
        database: &'h Database,
        queries: &'h Queries,
        acknowledged: &'h Acknowledged,
    ) -> Self {
        let random = Random::new(number as u64);
        Self { number, random, database, queries, acknowledged, begun: 0, own: Vec::new(), opened: 0 }
    }

    /// One transaction, to one of its ends.
    pub fn act(&mut self) {
        self.begun += 1;
        let entry = self.number * 1_000_000 + self.begun;
        let own = self.own.clone();
        let committed = match self.random.below(8) {
            0 => {
                let mut dropped = self.database.begin().expect("a transaction");
                self.work(&mut dropped, entry).expect("it works");
                drop(dropped);
                false
            }
            1 => {
                let failed = self.database.transaction(|tx| {
                    self.work(tx, entry)?;
                    Err::<(), _>(Error::Input("it gives up".to_owned()))
                });
                assert!(matches!(failed, Err(Error::Input(_))));
                false
            }
            2 => {
                let failed = self.database.transaction(|tx| {
                    self.work(tx, entry)?;
                    // There is such an account, or there is none with this key.
                    tx.insert(Accounts { id: 0, owner: 0, balance: 7 })
                });
                assert!(matches!(failed, Err(Error::Violation(_))));
                false
            }
            _ => {
                let done = self.database.transaction(|tx| self.work(tx, entry)).expect("it commits");
                let before = self.acknowledged.lock().expect("nobody panics with it").insert(done.tx, entry);
                assert_eq!(before, None, "transaction {} is acknowledged twice", done.tx);
                true
            }
        };
        if !committed {
            self.own = own;
        }
        let found = self.queries.journal().get(&entry).expect("the query answers").is_some();
        assert_eq!(found, committed, "what is acknowledged is there, and what is rolled back is not");
    }

    /// Moves money in one of several ways and writes the entry.
    fn work(&mut self, tx: Tx<'_, '_>, entry: i64) -> Result<(), Error> {
        assert_eq!(money(tx), MONEY, "nobody else's work is seen half done");
        let amount = self.random.between(1, 50);
        match self.random.below(6) {
            0 => {
                self.opened += 1;
                let id = 1_000 * (self.number + 1) + self.opened;
                tx.insert(Accounts { id, owner: self.number as i32, balance: 0 })?;
                self.own.push(id);
                transfer(tx, self.random.between(0, ACCOUNTS - 1), id, amount)?;
            }
            1 if !self.own.is_empty() => {
                let id = self.own.swap_remove(self.random.below(self.own.len()));
                let balance = balance(tx, id);
                transfer(tx, id, self.random.between(0, ACCOUNTS - 1), balance)?;
                assert!(tx.delete::<Accounts>(&id)?);
                assert!(tx.get::<Accounts>(&id).is_none(), "it sees that the account is gone");
            }
            _ => {
                let from = self.random.between(0, ACCOUNTS - 1);
                let to = match self.own.as_slice() {
                    [] => (from + 1) % ACCOUNTS,
                    own => *self.random.pick(own),
                };
                transfer(tx, from, to, amount)?;
            }
        }
        tx.insert(NewEntries { id: entry, writer: self.number as i32, at: None })?;
        assert!(tx.get::<Entries>(&entry).is_some(), "it sees its own entry");
        assert_eq!(money(tx), MONEY);
        Ok(())
    }
}

/// Moves an amount, with a look at what is between the two writes.
fn transfer(tx: Tx<'_, '_>, from: i64, to: i64, amount: i64) -> Result<(), Error> {
    let before = (balance(tx, from), balance(tx, to));
    assert!(tx.update::<Accounts>(&from, |account| account.balance -= amount)?);
    assert_eq!((balance(tx, from), balance(tx, to)), (before.0 - amount, before.1), "it sees its own write");
    assert_eq!(money(tx), MONEY - amount, "and nobody else's");
    assert!(tx.update::<Accounts>(&to, |account| account.balance += amount)?);
    assert_eq!((balance(tx, from), balance(tx, to)), (before.0 - amount, before.1 + amount));
    Ok(())
}

fn balance(tx: &Transaction<'_, Schema>, id: i64) -> i64 {
    tx.get::<Accounts>(&id).expect("an account").balance
}

fn money(tx: &Transaction<'_, Schema>) -> i64 {
    tx.iter::<Accounts>().map(|account| account.balance).sum()
}
