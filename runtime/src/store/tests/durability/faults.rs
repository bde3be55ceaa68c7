use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::*;
use crate::store::core::{Core, Stamp};
use crate::store::pipeline::{Pending, Storage, WriteError};
use crate::store::sqlite::SqliteFile;
use crate::store::tests::board::{LastHourQuery, RevenueQuery, ShareQuery};
use crate::store::tests::shop::{Customer, Order};
use crate::store::tests::{Recorder, fold, minutes, order, picture};
use crate::{Decimal, Event, Transaction, TxId};

/// A file that can be made to fail.
struct Faulty {
    file: SqliteFile,
    controls: Arc<Controls>,
}

#[derive(Default)]
struct Controls {
    /// What the next writes do instead, the last first.
    failures: Mutex<Vec<WriteError>>,
    /// Fail every n-th write.
    every: AtomicU64,
    writes: AtomicU64,
    /// The most pages the file may have, 0 for no change.
    pages: AtomicU32,
}

impl Storage for Faulty {
    fn write(&mut self, group: &[Pending]) -> Result<(), WriteError> {
        let Controls { failures, every, writes, pages } = &*self.controls;
        if let Some(failure) = failures.lock().unwrap().pop() {
            return Err(failure);
        }
        let count = writes.fetch_add(1, Ordering::Relaxed) + 1;
        match every.load(Ordering::Relaxed) {
            0 => {}
            every if count.is_multiple_of(every) => return Err(WriteError::Aborted("a fault".to_owned())),
            _ => {}
        }
        match pages.swap(0, Ordering::Relaxed) {
            0 => {}
            pages => self.file.connection.pragma_update(None, "max_page_count", pages).unwrap(),
        }
        self.file.write(group)
    }

    fn passed(&mut self, last: Stamp) {
        self.file.passed(last);
    }
}

fn faulty(folder: &Folder, clock: Clock) -> (Database<Shop>, Attached<Shop, Board>, Arc<Controls>) {
    let mut core = Core::new(NOON);
    let file = SqliteFile::open(&folder.file(), Durability::Normal, &mut core).unwrap();
    let controls = Arc::<Controls>::default();
    let faulty = Faulty { file, controls: controls.clone() };
    let shop = Database::build(core, Some(Box::new(faulty)), clock);
    let board = shop.attach().unwrap();
    (shop, board, controls)
}

#[test]
fn a_full_disk_is_a_clean_abort() {
    let folder = Folder::new();
    drop(folder.create());
    let (shop, board, controls) = faulty(&folder, Clock::Manual(NOON));
    let recorder = Recorder::new(&board.query::<RevenueQuery>());
    recorder.take();
    let before = picture(&shop, &board);
    controls.pages.store(1, Ordering::Relaxed); // SQLite takes the present size for less
    let error = shop
        .transaction(|tx| {
            tx.delete::<Customer>(&2)?;
            (0..5000).try_for_each(|id| tx.insert(order(id, 1, 1)).map(drop))
        })
        .unwrap_err();
    assert!(matches!(&error, Error::Storage(why) if why.contains("full")), "{error}");
    assert_eq!(error.code(), "io_error");
    assert_eq!(picture(&shop, &board), before);
    assert!(recorder.take().is_empty());
    controls.pages.store(1_000_000, Ordering::Relaxed);
    let done = shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap();
    assert_eq!(done.tx, TxId(2), "the lost transaction has left no gap");
    assert_eq!(recorder.take().len(), 1);
    let after = picture(&shop, &board);
    drop((shop, board));
    let (shop, board) = folder.open();
    assert_eq!(picture(&shop, &board), after);
}

#[test]
fn reading_after_a_failed_write_works() {
    let folder = Folder::new();
    drop(folder.create());
    let (shop, board, controls) = faulty(&folder, Clock::Manual(NOON));
    controls.failures.lock().unwrap().push(WriteError::Aborted("a fault".to_owned()));
    shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap_err();
    assert_eq!(board.query::<RevenueQuery>().snapshot(), Ok(vec![]));
    assert_eq!(shop.transaction(|_| Ok::<_, Error>(())).unwrap().tx, TxId(1));
    let recorder = Recorder::new(&board.query::<RevenueQuery>());
    assert_eq!(recorder.take().len(), 1);
}

#[test]
fn an_unknown_outcome_ends_all_work() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    let before = picture(&shop, &board);
    drop((shop, board));
    let (shop, board, controls) = faulty(&folder, Clock::Manual(NOON));
    let recorder = Recorder::new(&board.query::<RevenueQuery>());
    recorder.take();
    controls.failures.lock().unwrap().push(WriteError::Unknown("a fault".to_owned()));
    let error = shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap_err();
    assert!(matches!(&error, Error::Poisoned(why) if why.contains("open the database again")));
    assert_eq!(shop.begin().map(drop).unwrap_err(), error);
    assert_eq!(board.query::<RevenueQuery>().snapshot().unwrap_err(), error);
    assert!(recorder.take().is_empty());
    drop((shop, board));
    let (shop, board) = folder.open();
    assert_eq!(picture(&shop, &board), before);
}

#[test]
fn the_clock_stands_when_the_write_after_it_fails() {
    let folder = Folder::new();
    drop(folder.create());
    let (shop, board, controls) = faulty(&folder, Clock::Manual(NOON));
    shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap();
    let recorder = Recorder::new(&board.query::<LastHourQuery>());
    shop.advance(minutes(61)).unwrap();
    controls.failures.lock().unwrap().push(WriteError::Aborted("a fault".to_owned()));
    shop.transaction(|tx| tx.update::<Order>(&1, |o| o.created_at = minutes(60))).unwrap_err();
    shop.transaction(|tx| tx.update::<Order>(&1, |o| o.created_at = minutes(59))).unwrap();
    let counts: Vec<i64> = recorder.take().iter().map(|e| e.delta().unwrap().inserts[0].orders).collect();
    assert_eq!(counts, [1, 0, 1]);
}

/// A query that fails, recovers or goes on failing in steps that are lost: none of it has happened.
#[test]
fn lost_steps_do_not_touch_what_subscribers_know() {
    let folder = Folder::new();
    drop(folder.create());
    let (shop, board, controls) = faulty(&folder, Clock::Manual(NOON));
    let query = board.query::<ShareQuery>();
    let lose = |change: &dyn Fn(&mut Transaction<'_, Shop>) -> Result<(), Error>| {
        controls.failures.lock().unwrap().push(WriteError::Aborted("a fault".to_owned()));
        shop.transaction(change).unwrap_err();
    };
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    let early = Recorder::new(&query);
    lose(&|tx| tx.insert(order(2, 1, 0)).map(drop));
    shop.transaction(|tx| tx.insert(order(2, 1, 0))).unwrap();
    shop.transaction(|tx| tx.insert(order(3, 1, 50))).unwrap();
    let late = Recorder::new(&query);
    // A recovery, with further changes, that is lost; and a change while failing.
    lose(&|tx| {
        tx.delete::<Order>(&2)?;
        tx.delete::<Order>(&1)?;
        tx.update::<Order>(&3, |o| o.total = Decimal::from_mantissa(2500)).map(drop)
    });
    lose(&|tx| tx.delete::<Order>(&3).map(drop));
    assert_eq!(query.snapshot().unwrap_err().code(), "division_by_zero");
    shop.transaction(|tx| tx.delete::<Order>(&2)).unwrap();
    shop.transaction(|tx| tx.insert(order(4, 1, 100))).unwrap();
    for (recorder, events) in [(&early, 4), (&late, 3)] {
        let recorded = recorder.take();
        assert_eq!(recorded.len(), events, "{recorded:?}");
        let mut rows = folded(&recorded, |r| r.id);
        rows.sort_by_key(|r| r.id);
        assert_eq!(Ok(rows), query.snapshot());
    }
}

/// Writers and a moving clock, while every third group cannot be written: what was acknowledged is there, what was not is not,
/// and the subscribers' rows are the result.
#[test]
fn acknowledged_is_there_and_the_rest_is_not() {
    let folder = Folder::new();
    drop(folder.create());
    let (shop, board, controls) = faulty(&folder, Clock::System);
    controls.every.store(3, Ordering::Relaxed);
    let revenue = Recorder::new(&board.query::<RevenueQuery>());
    let recent = Recorder::new(&board.query::<LastHourQuery>());
    let acknowledged = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let (shop, acknowledged) = (&shop, &acknowledged);
            scope.spawn(move || {
                for n in 0..60 {
                    let id = thread * 1000 + n;
                    let written = shop.transaction(|tx| {
                        // It leaves the last hour while others write.
                        let soon = tx.now().micros() - 3_600_000_000 + n * 500;
                        let created_at = cosmictron_types::Timestamp::from_micros(soon);
                        tx.insert(Order { created_at, ..order(id, 1 + id % 2, 1) })
                    });
                    match written {
                        Ok(_) => acknowledged.lock().unwrap().push(id),
                        Err(Error::Storage(_)) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
    });
    let mut acknowledged = acknowledged.into_inner().unwrap();
    acknowledged.sort_unstable();
    let mut present: Vec<i64> = shop.begin().unwrap().iter::<Order>().map(|o| o.id).collect();
    present.sort_unstable();
    assert!(present.len() > 50 && present.len() < 350, "{} of 360 writes passed", present.len());
    assert_eq!(present, acknowledged);
    // The clock moves once more, for orders that are still to leave.
    std::thread::sleep(std::time::Duration::from_millis(100));
    let truth = (
        board.query::<RevenueQuery>().snapshot().unwrap(),
        board.query::<LastHourQuery>().snapshot().unwrap(),
    );
    assert_eq!((folded(&revenue.take(), |r| r.customer_id), folded(&recent.take(), |r| r.orders)), truth);
    controls.every.store(0, Ordering::Relaxed);
    let after = picture(&shop, &board);
    drop((shop, board));
    let (shop, board) = folder.open();
    let again = picture(&shop, &board);
    assert_eq!(again[..again.len() - 2], after[..after.len() - 2]);
}

fn folded<R: PartialEq + Clone>(events: &[Event<R>], key: impl Fn(&R) -> i64) -> Vec<R> {
    let mut rows = Vec::new();
    events.iter().for_each(|event| fold(&mut rows, event));
    rows.sort_by_key(key);
    rows
}
