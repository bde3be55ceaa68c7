use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::board::{LastHour, Revenue, Share};
use super::*;
use crate::TxId;
use crate::subscribe::Channel;

#[test]
fn the_snapshot_comes_first_and_then_one_delta_a_transaction() {
    let (shop, board) = open_shop();
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    let revenue = Recorder::new(&board.query::<RevenueQuery>());
    let recent = Recorder::new(&board.query::<LastHourQuery>());
    let events = revenue.take();
    let delta = events[0].delta().unwrap();
    assert!(events.len() == 1 && delta.initial && delta.tx == TxId(2) && delta.inserts.len() == 1);
    shop.transaction(|tx| {
        tx.insert(order(2, 1, 5))?;
        tx.insert(order(3, 2, 5))?;
        tx.update::<Order>(&2, |o| o.total = Decimal::from_mantissa(700))
    })
    .unwrap();
    shop.transaction(|tx| tx.update::<Customer>(&1, |c| c.name = None)).unwrap();
    shop.transaction(|tx| tx.delete::<Order>(&3)).unwrap();
    let events = revenue.take();
    let [first, second] = &events[..] else { panic!("two transactions changed the result: {events:?}") };
    let first = first.delta().unwrap();
    assert_eq!((first.tx, first.now, first.initial), (TxId(3), NOON, false));
    assert_eq!(
        format!("{:?}", first.updates),
        "[Update { old: Revenue { customer_id: 1, revenue: 10.00, orders: 1 }, \
         new: Revenue { customer_id: 1, revenue: 17.00, orders: 2 } }]"
    );
    assert_eq!((first.inserts.len(), first.deletes.len()), (1, 0));
    assert_eq!(second.delta().unwrap().deletes.len(), 1);
    // A single row changes by a delete and an insert.
    let events = recent.take();
    let counts: Vec<_> = events.iter().map(|e| e.delta().unwrap()).collect();
    assert_eq!(counts[1].deletes, [LastHour { orders: 1 }]);
    assert_eq!(counts[1].inserts, [LastHour { orders: 3 }]);
    assert!(counts.iter().all(|d| d.updates.is_empty()));
}

#[test]
fn a_row_that_does_not_outlive_its_transaction_is_not_announced() {
    let (shop, board) = open_shop();
    let revenue = Recorder::new(&board.query::<RevenueQuery>());
    revenue.take();
    let done = shop.transaction(|tx| {
        tx.insert(order(1, 1, 10))?;
        tx.delete::<Order>(&1)
    });
    assert_eq!(done.unwrap().tx, TxId(2));
    assert!(revenue.take().is_empty());
}

#[test]
fn a_channel_receives_on_another_thread() {
    let (shop, board) = open_shop();
    let channel = board.query::<RevenueQuery>().channel().unwrap();
    let receiver = thread::spawn(move || {
        let mut rows = Vec::new();
        for event in channel {
            fold(&mut rows, &event);
            if rows.len() == 2 {
                break;
            }
        }
        rows.len()
    });
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    shop.transaction(|tx| tx.insert(order(2, 2, 10))).unwrap();
    assert_eq!(receiver.join().unwrap(), 2);
    shop.transaction(|tx| tx.insert(order(3, 2, 10))).unwrap();
}

#[test]
fn a_channel_is_looked_into_without_waiting() {
    let (shop, board) = open_shop();
    let channel = board.query::<RevenueQuery>().channel().unwrap();
    let look = move || channel.events().try_iter().count();
    assert_eq!((look(), look()), (1, 0));
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    shop.transaction(|tx| tx.insert(order(2, 2, 10))).unwrap();
    assert_eq!((look(), look()), (2, 0));
}

/// The memory of an event serves the next one, but not while somebody keeps it; who comes and who goes makes no difference.
#[test]
fn an_event_that_is_kept_stays_as_it_is() {
    let (shop, board) = open_shop();
    let channel = board.query::<RevenueQuery>().channel().unwrap();
    let next = |channel: &Channel<Revenue>| channel.events().try_recv().unwrap();
    let all_rows = |event: &Event<Revenue>| {
        let delta = event.delta().unwrap();
        (delta.tx.0, delta.inserts.len(), delta.updates.len(), delta.deletes.len())
    };
    next(&channel);
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    let kept = next(&channel);
    let mut seen = Vec::new();
    for id in 2..5 {
        shop.transaction(|tx| tx.insert(order(id, 1, 10))).unwrap();
        seen.push(all_rows(&next(&channel)));
    }
    assert_eq!(seen, [(3, 0, 1, 0), (4, 0, 1, 0), (5, 0, 1, 0)]);
    assert_eq!(all_rows(&kept), (2, 1, 0, 0));
    let second = board.query::<RevenueQuery>().channel().unwrap();
    next(&second);
    shop.transaction(|tx| tx.insert(order(5, 2, 10))).unwrap();
    assert_eq!((all_rows(&next(&channel)), all_rows(&next(&second))), ((6, 1, 0, 0), (6, 1, 0, 0)));
    drop(channel);
    shop.transaction(|tx| tx.delete::<Order>(&5)).unwrap();
    assert_eq!(all_rows(&next(&second)), (7, 0, 0, 1));
}

#[test]
fn a_channel_ends_with_the_database() {
    let (shop, board) = open_shop();
    let channel = board.query::<RevenueQuery>().channel().unwrap();
    drop((shop, board));
    assert_eq!(channel.count(), 1);
}

#[test]
fn a_dropped_subscription_is_silent() {
    let (shop, board) = open_shop();
    let calls = Arc::new(AtomicU64::new(0));
    let counter = calls.clone();
    let subscription = board
        .query::<RevenueQuery>()
        .subscribe(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        })
        .unwrap();
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    drop(subscription);
    shop.transaction(|tx| tx.insert(order(2, 1, 10))).unwrap();
    assert_eq!(calls.load(Ordering::Relaxed), 2);
    assert_eq!(Arc::strong_count(&calls), 1, "the listener is gone");
}

#[test]
fn a_listener_that_panics_is_alone() {
    let (shop, board) = open_shop();
    let query = board.query::<RevenueQuery>();
    let before = Recorder::new(&query);
    let _bad =
        query.subscribe(|event| assert!(event.delta().unwrap().initial, "a bug in the listener")).unwrap();
    let after = Recorder::new(&query);
    for id in 1..=3 {
        shop.transaction(|tx| tx.insert(order(id, 1, 10))).unwrap();
    }
    assert_eq!((before.take().len(), after.take().len()), (4, 4));
}

#[test]
fn a_listener_may_not_call_the_database() {
    let (shop, board) = open_shop();
    let errors = Arc::new(Mutex::new(Vec::new()));
    let (inner, sink, query) = (shop.clone(), errors.clone(), board.query::<RevenueQuery>());
    let reader = query.clone();
    let _subscription = query
        .subscribe(move |_| {
            let mut sink = sink.lock().unwrap();
            sink.push(inner.begin().map(drop).unwrap_err());
            sink.push(reader.snapshot().unwrap_err());
            sink.push(reader.subscribe(|_| {}).unwrap_err());
        })
        .unwrap();
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    let errors = errors.lock().unwrap();
    assert_eq!(errors.len(), 6);
    assert!(errors.iter().all(|e| matches!(e, Error::Nested(why) if why.contains("callback"))));
}

#[test]
fn subscribing_while_others_write_misses_nothing() {
    let (shop, board) = open_shop();
    let query = board.query::<RevenueQuery>();
    thread::scope(|scope| {
        for thread in 0..4 {
            let shop = &shop;
            scope.spawn(move || {
                for n in 0..100 {
                    shop.transaction(|tx| tx.insert(order(thread * 1000 + n, 1 + n % 2, 1))).unwrap();
                }
            });
        }
        let recorders: Vec<_> = (0..20).map(|_| Recorder::new(&query)).collect();
        while shop.begin().unwrap().iter::<Order>().count() < 400 {
            thread::yield_now();
        }
        // Settles what is still being delivered.
        let truth = query.snapshot().unwrap();
        for recorder in recorders {
            let mut rows = Vec::new();
            let mut last = None;
            for event in recorder.take() {
                let delta = event.delta().unwrap();
                assert_eq!(delta.initial, last.is_none());
                assert!(last.is_none_or(|last| delta.tx == TxId(last + 1)));
                last = Some(delta.tx.0);
                fold(&mut rows, &event);
            }
            rows.sort_by_key(|row| row.customer_id);
            assert_eq!(rows, truth);
        }
    });
}

#[test]
fn a_failing_query_blocks_nothing_and_recovers() {
    let (shop, board) = open_shop();
    let query = board.query::<ShareQuery>();
    shop.transaction(|tx| tx.insert(order(1, 1, 10))).unwrap();
    let early = Recorder::new(&query);
    shop.transaction(|tx| tx.insert(order(2, 1, 0))).unwrap();
    assert_eq!(query.snapshot().unwrap_err().code(), "division_by_zero");
    shop.transaction(|tx| tx.insert(order(3, 1, 50))).unwrap();
    let late = Recorder::new(&query);
    shop.transaction(|tx| tx.delete::<Order>(&1)).unwrap();
    shop.transaction(|tx| tx.delete::<Order>(&2)).unwrap();
    let events = early.take();
    assert_eq!(events.len(), 3);
    assert!(matches!(&events[1], Event::Failed(f) if f.tx == TxId(3)));
    let delta = events[2].delta().unwrap();
    assert_eq!(delta.inserts, [Share { id: 3, share: 2 }]);
    assert_eq!(delta.deletes, [Share { id: 1, share: 10 }]);
    let events = late.take();
    assert!(matches!(&events[0], Event::Failed(_)));
    assert!(events[1].delta().is_some_and(|d| d.initial && d.inserts == [Share { id: 3, share: 2 }]));
    shop.transaction(|tx| tx.insert(order(4, 1, 100))).unwrap();
    assert_eq!((early.take().len(), late.take().len()), (1, 1));
}

#[test]
fn a_recovery_is_told_even_if_nothing_has_changed() {
    let (shop, board) = open_shop();
    let recorder = Recorder::new(&board.query::<ShareQuery>());
    shop.transaction(|tx| tx.insert(order(1, 1, 0))).unwrap();
    shop.transaction(|tx| tx.delete::<Order>(&1)).unwrap();
    let events = recorder.take();
    assert!(events[2].delta().is_some_and(|d| d.tx == TxId(3) && d.is_empty() && !d.initial));
    // Failures that come and go without a subscriber are nobody's concern.
    drop(recorder);
    shop.transaction(|tx| tx.insert(order(1, 1, 0))).unwrap();
    let while_failing = Recorder::new(&board.query::<ShareQuery>());
    drop(while_failing);
    shop.transaction(|tx| tx.delete::<Order>(&1)).unwrap();
    let recorder = Recorder::new(&board.query::<ShareQuery>());
    shop.transaction(|tx| tx.insert(order(1, 1, 20))).unwrap();
    let events = recorder.take();
    assert!(events.len() == 2 && events[1].delta().is_some_and(|d| d.inserts == [Share { id: 1, share: 5 }]));
}
