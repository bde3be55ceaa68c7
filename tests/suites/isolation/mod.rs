//! Several threads write to one database, the clock moves, and subscribers come and go: the history that each of them sees is the one
//! serial history, and no state in it is torn.

mod watch;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use cosmictron::{Clock, Durability, Error, Options, Timestamp, TxId, Value};
use cosmictron_tests::random::Random;

use self::live::schema::{Accounts, Database, Entries};
use self::watch::{Told, Watch};
use self::writer::{Acknowledged, Writer};

pub(crate) mod live {
    cosmictron::cosmictron_query! {
        schema "sql/isolation/schema.sql";
        query balances = "SELECT id, balance FROM accounts";
        query total = "SELECT SUM(balance) AS total, COUNT(*) AS accounts FROM accounts";
        query by_owner = "SELECT owner, SUM(balance) AS total FROM accounts GROUP BY owner";
        query journal = "SELECT id, writer FROM entries";
        query recent = "SELECT writer, COUNT(*) AS entries FROM entries WHERE at > NOW() - INTERVAL '3 seconds' GROUP BY writer";
    }
}

const ACCOUNTS: i64 = 12;
/// What all accounts have together, in every state.
const MONEY: i64 = ACCOUNTS * 1_000;
const WRITERS: i64 = 4;
const SUBSCRIBERS: u64 = 3;
/// How many subscribers come and go at least.
const PARTS: usize = 60;
const START: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);
const SECOND: i64 = 1_000_000;

#[test]
fn in_memory() {
    History::of(Database::in_memory_with(Clock::Manual(START)), 5_000);
}

#[test]
fn in_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("accounts.db");
    let options = Options { durability: Durability::Normal, clock: Clock::Manual(START) };
    let open = || Database::open_with(&path, options).expect("the file opens");
    let acknowledged = History::of(open(), 2_000);
    let entries =
        open().transaction(|tx| Ok::<_, Error>(tx.iter::<Entries>().map(|e| e.id).collect::<BTreeSet<_>>()));
    assert_eq!(
        entries.expect("the file is read").value,
        acknowledged.into_values().collect(),
        "what was acknowledged is kept"
    );
}

/// A run: what happens, and what everybody is told of it.
struct History {
    database: Database,
    queries: live::Queries,
    acknowledged: Acknowledged,
    /// What subscribers were told that came and went.
    told: Mutex<Vec<Told>>,
    over: AtomicBool,
}

impl History {
    /// Lets it happen, checks it, and returns the entry of each acknowledged transaction.
    fn of(database: Database, transactions: i64) -> BTreeMap<TxId, i64> {
        let opening = database.transaction(|tx| {
            (0..ACCOUNTS).try_for_each(|id| {
                tx.insert(Accounts { id, owner: (id % 3) as i32, balance: MONEY / ACCOUNTS }).map(drop)
            })
        });
        opening.expect("the accounts are opened");
        let queries = live::Queries::attach(&database).expect("the queries attach");
        let history = History {
            database,
            queries,
            acknowledged: Acknowledged::default(),
            told: Mutex::default(),
            over: AtomicBool::new(false),
        };
        let whole: Vec<Watch> =
            (0..5).map(|query| Watch::new(&history.queries, query, query % 2 == 0)).collect();
        history.run(transactions);
        history.check(whole)
    }

    fn run(&self, transactions: i64) {
        thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|number| {
                    let mut writer = Writer::new(number, &self.database, &self.queries, &self.acknowledged);
                    scope.spawn(move || {
                        let mut left = transactions;
                        // Subscribers shall have had their turns as well.
                        while left > 0 || self.told.lock().expect("nobody panics with it").len() < PARTS {
                            writer.act();
                            left -= 1;
                        }
                    })
                })
                .collect();
            for seed in 0..SUBSCRIBERS {
                scope.spawn(move || self.subscribe(&mut Random::new(100 + seed)));
            }
            scope.spawn(|| self.let_time_pass());
            let failed =
                writers.into_iter().map(|writer| writer.join().is_err()).filter(|failed| *failed).count();
            self.over.store(true, Ordering::Release);
            assert_eq!(failed, 0, "a writer has failed");
        });
    }

    /// Subscribes and lets go, again and again; now and then over a unit that is attached in the middle.
    fn subscribe(&self, random: &mut Random) {
        let mut own = None;
        while !self.over.load(Ordering::Acquire) {
            if own.is_none() && random.once_in(20) {
                own = Some(live::Queries::attach(&self.database).expect("the queries attach again"));
            }
            let queries = own.as_ref().filter(|_| random.once_in(2)).unwrap_or(&self.queries);
            let watch = Watch::new(queries, random.below(5), random.once_in(2));
            thread::sleep(Duration::from_micros(random.below(4_000) as u64));
            self.told.lock().expect("nobody panics with it").push(watch.end());
        }
    }

    fn let_time_pass(&self) {
        let mut now = START.micros();
        while !self.over.load(Ordering::Acquire) {
            now += SECOND / 4;
            self.database.advance(Timestamp::from_micros(now)).expect("the clock moves");
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn check(self, whole: Vec<Watch>) -> BTreeMap<TxId, i64> {
        let acknowledged = self.acknowledged.into_inner().expect("no writer has failed");
        let mut parts: BTreeMap<&str, Vec<Told>> = BTreeMap::new();
        for told in self.told.into_inner().expect("no subscriber has failed") {
            parts.entry(told.query).or_default().push(told);
        }
        for told in whole.into_iter().map(Watch::end) {
            let query = told.query;
            let last = told.fold(|tx, rows| {
                assert!(is_conserved(query, rows), "{query} after transaction {tx}: {rows:?}");
            });
            assert_eq!(
                last,
                Watch::snapshot(&self.queries, query),
                "{query}: the deltas add up to the result"
            );
            told.check_parts(parts.remove(query).unwrap_or_default());
            if query == "journal" {
                check_journal(&told, &acknowledged);
            }
        }
        acknowledged
    }
}

/// Whether the money that a state of a query shows is all there is.
fn is_conserved(query: &str, rows: &BTreeSet<Vec<Value>>) -> bool {
    let column = match query {
        "total" => 0,
        "balances" | "by_owner" => 1,
        _ => return true,
    };
    let amounts = rows.iter().map(|row| row[column].to_string().parse::<i64>().expect("an amount"));
    amounts.sum::<i64>() == MONEY
}

/// Each acknowledged transaction is told once, as what it was, and no other.
fn check_journal(journal: &Told, acknowledged: &BTreeMap<TxId, i64>) {
    let told = journal.deltas().iter().map(|change| {
        let entries: Vec<&Vec<Value>> = change.come.iter().collect();
        let ([entry], true) = (&entries[..], change.gone.is_empty()) else {
            panic!("a transaction writes one entry: {change:?}")
        };
        (change.tx, entry[0].to_string().parse::<i64>().expect("a number"))
    });
    assert_eq!(&told.collect::<BTreeMap<_, _>>(), acknowledged, "what is told is what was acknowledged");
}
