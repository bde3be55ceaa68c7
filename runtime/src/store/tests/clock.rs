use std::time::{Duration, Instant};

use super::board::LastHour;
use super::*;
use crate::TxId;
use crate::clock::system_now;

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
fn the_system_clock_cannot_be_moved_by_hand() {
    let shop = Database::<Shop>::in_memory();
    assert!(matches!(shop.advance(NOON), Err(Error::Input(_))));
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
fn the_clocks_thread_ends_with_the_database() {
    let shop = Database::<Shop>::in_memory();
    let board = shop.attach::<Board>().unwrap();
    let weak = Arc::downgrade(shop.shared());
    drop(shop);
    assert!(weak.upgrade().is_some(), "the board is a handle too");
    drop(board);
    assert!(weak.upgrade().is_none());
}
