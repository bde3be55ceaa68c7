use std::time::{Duration, Instant};

use super::board::LastHour;
use super::durability::Folder;
use super::*;
use crate::clock::system_now;
use crate::{Transaction, TxId};

#[test]
fn a_manual_clock_moves_rows_out_of_windows() {
    let (shop, board) = open_shop();
    let query = board.query::<LastHourQuery>();
    for id in 0..3 {
        shop.transaction(|tx| tx.insert(Order { created_at: minutes(id * 10), ..order(id, 1, 1) })).unwrap();
    }
    let recorder = Recorder::new(&query);
    assert_eq!(shop.advance(minutes(59)).unwrap(), TxId(4), "nothing changes, so there is no transaction");
    assert_eq!(shop.now().unwrap(), minutes(59));
    assert_eq!(shop.advance(minutes(30)).unwrap(), TxId(4));
    assert_eq!(shop.now().unwrap(), minutes(59), "time does not go back");
    assert_eq!(shop.advance(minutes(60)).unwrap(), TxId(5));
    assert_eq!(shop.advance(minutes(300)).unwrap(), TxId(6));
    let events = recorder.take();
    let seen: Vec<_> =
        events.iter().map(|e| e.delta().unwrap()).map(|d| (d.tx.0, d.inserts[0].orders)).collect();
    assert_eq!(seen, [(4, 3), (5, 2), (6, 0)]);
    assert_eq!(events[2].delta().unwrap().now, minutes(300));
    // A row that comes too late is never in the window.
    shop.transaction(|tx| tx.insert(order(9, 1, 1))).unwrap();
    assert_eq!(query.snapshot(), Ok(vec![LastHour { orders: 0 }]));
}

#[test]
fn no_clock_shows_an_infinite_time() {
    for infinite in ["infinity", "-infinity"].map(|text| Timestamp::parse(text).unwrap()) {
        let shop = Database::<Shop>::in_memory_with(Clock::Manual(NOON));
        let refused = Err(Error::Input("the clock cannot be moved to an infinite time".to_owned()));
        assert_eq!(shop.advance(infinite).map(drop), refused);
        assert_eq!(shop.begin_at(infinite).map(drop), refused);
        let nothing = |_: &mut Transaction<'_, Shop>| Ok::<_, Error>(());
        assert_eq!(shop.transaction_at(infinite, nothing).map(drop), refused);
        assert_eq!(shop.now().unwrap(), NOON);
        let started = Database::<Shop>::in_memory_with(Clock::Manual(infinite)).now().unwrap();
        assert!(started.is_finite());
        assert_eq!(started.cmp(&NOON), infinite.cmp(&NOON), "{started}");
    }
}

#[test]
fn the_system_clock_cannot_be_moved_by_hand() {
    let shop = Database::<Shop>::in_memory();
    assert!(matches!(shop.advance(NOON), Err(Error::Input(_))));
    assert!(matches!(shop.begin_at(NOON).map(drop), Err(Error::Input(_))));
}

/// An order that leaves the last hour after so long.
fn leaving_in(id: i64, millis: i64) -> Order {
    let created_at = Timestamp::from_micros(system_now().micros() - 3_600_000_000 + millis * 1000);
    Order { created_at, ..order(id, 1, 1) }
}

#[test]
fn the_system_clock_delivers_without_any_write() {
    let shop = Database::in_memory();
    let board = shop.attach::<Board>().unwrap();
    fill(&shop);
    let channel = board.query::<LastHourQuery>().channel().unwrap();
    shop.transaction(|tx| {
        tx.insert(leaving_in(1, 400))?;
        tx.insert(leaving_in(2, 200))?;
        tx.insert(leaving_in(3, 3_000_000))
    })
    .unwrap();
    let begun = Instant::now();
    let counts: Vec<i64> = channel.take(4).map(|e| e.delta().unwrap().inserts[0].orders).collect();
    assert_eq!(counts, [0, 3, 2, 1]);
    assert!(begun.elapsed() < Duration::from_secs(8), "the clock's thread woke up by itself");
}

#[test]
fn a_rolled_back_transaction_still_moves_the_clock() {
    let shop = Database::in_memory();
    let board = shop.attach::<Board>().unwrap();
    fill(&shop);
    let channel = board.query::<LastHourQuery>().channel().unwrap();
    shop.transaction(|tx| tx.insert(leaving_in(1, 150))).unwrap();
    let begun = Instant::now();
    let mut counts = channel.map(|e| e.delta().unwrap().inserts[0].orders);
    assert_eq!((counts.next(), counts.next()), (Some(0), Some(1)));
    while begun.elapsed() < Duration::from_millis(200) {
        let mut tx = shop.begin().unwrap();
        tx.insert(order(2, 1, 1)).unwrap();
        tx.rollback();
    }
    assert_eq!(counts.next(), Some(0));
}

#[test]
fn a_transaction_at_a_moment_is_one_delta() {
    let (shop, board) = open_shop();
    shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap();
    let recorder = Recorder::new(&board.query::<LastHourQuery>());
    let later = |id, at| Order { created_at: minutes(at), ..order(id, 1, 1) };
    let done = shop.transaction_at(minutes(60), |tx| {
        assert_eq!(tx.now(), minutes(60));
        tx.insert(later(2, 60))?;
        tx.insert(later(3, 60))
    });
    assert_eq!(done.unwrap().tx, TxId(3));
    let counts = |events: Vec<Event<LastHour>>| -> Vec<_> {
        let deltas = events.iter().map(|e| e.delta().unwrap());
        deltas.map(|d| (d.tx.0, d.now, d.inserts[0].orders)).collect()
    };
    assert_eq!(counts(recorder.take()), [(2, NOON, 1), (3, minutes(60), 2)]);
    // Rolled back, in each way: what was written goes, the passing of time stays and is told.
    shop.transaction_at(minutes(120), |tx| tx.insert(later(2, 120))).unwrap_err();
    assert_eq!(counts(recorder.take()), [(4, minutes(120), 0)]);
    shop.transaction(|tx| tx.insert(later(4, 120))).unwrap();
    let mut tx = shop.begin_at(minutes(180)).unwrap();
    tx.insert(later(5, 180)).unwrap();
    drop(tx);
    assert_eq!(counts(recorder.take()), [(5, minutes(120), 1), (6, minutes(180), 0)]);
    // Nothing written, and nothing to do.
    assert_eq!(shop.transaction_at(minutes(240), |_| Ok::<_, Error>(())).unwrap().tx, TxId(6));
    assert_eq!(shop.transaction_at(minutes(10), |tx| Ok::<_, Error>(tx.now())).unwrap().value, minutes(240));
    // A reference that does not hold is found at the end.
    shop.transaction(|tx| tx.insert(later(6, 240))).unwrap();
    recorder.take();
    shop.transaction_at(minutes(300), |tx| tx.insert(order(7, 99, 1))).unwrap_err();
    assert_eq!(counts(recorder.take()), [(8, minutes(300), 0)]);
}

#[test]
fn in_a_file_time_passes_in_a_transaction_of_its_own() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap();
    let recorder = Recorder::new(&board.query::<LastHourQuery>());
    let later = Order { created_at: minutes(60), ..order(2, 1, 1) };
    assert_eq!(shop.transaction_at(minutes(60), |tx| tx.insert(later)).unwrap().tx, TxId(4));
    let told: Vec<_> = recorder.take().iter().map(|e| e.delta().unwrap().inserts[0].orders).collect();
    assert_eq!(told, [1, 0, 1]);
}

#[test]
fn the_clocks_thread_ends_with_the_database() {
    let shop = Database::<Shop>::in_memory();
    let board = shop.attach::<Board>().unwrap();
    let weak = Arc::downgrade(shop.shared());
    drop(shop);
    assert!(weak.upgrade().is_some(), "the board is a handle too");
    drop(board);
    assert!(weak.upgrade().is_none());
}
