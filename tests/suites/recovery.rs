//! A query that fails and recovers tells both, even if its result is in the end what it was before.

use std::sync::{Arc, Mutex};

use cosmictron::dynamic::{DynamicDatabase, write_event};
use cosmictron::subscribe::DynamicEvent;
use cosmictron::{Clock, Error, Event, Subscription, Timestamp};

mod live {
    cosmictron::cosmictron_query! {
        schema "ui/schema.sql";
        query rows = "SELECT id, 100 / quantity AS share FROM order_items";
        query bag = "SELECT 100 / quantity AS share FROM order_items";
        query total = "SELECT SUM(100 / quantity) AS share, COUNT(*) AS items FROM order_items";
        query groups = "SELECT order_id, 100 / SUM(quantity) AS share FROM order_items GROUP BY order_id";
        query having = "SELECT order_id, COUNT(*) AS items FROM order_items GROUP BY order_id HAVING 100 / MIN(quantity) > 1";
        query first = "SELECT id, 100 / quantity AS share FROM order_items ORDER BY share DESC, id LIMIT 2";
        query joined = "SELECT o.status, SUM(100 / i.quantity) AS share
                        FROM orders o JOIN order_items i ON i.order_id = o.id GROUP BY o.status";
        query window = "SELECT o.id, 100 / i.quantity AS share FROM orders o JOIN order_items i ON i.order_id = o.id
                        WHERE o.created_at > NOW() - INTERVAL '1 hour'";
    }
}

use live::circuit::Circuit;
use live::schema::{Database, OrderItems, Orders};

const START: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);
const MINUTE: i64 = 60_000_000;

/// A subscriber of a query.
struct Subscriber {
    query: &'static str,
    events: Arc<Mutex<Vec<DynamicEvent>>>,
    _subscription: Subscription,
}

impl Subscriber {
    fn new(database: &DynamicDatabase, query: &'static str) -> Self {
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = events.clone();
        let listener =
            Box::new(move |event: &DynamicEvent| sink.lock().expect("no panic").push(event.clone()));
        let _subscription = database.subscribe(query, listener).expect("a subscription");
        Self { query, events, _subscription }
    }

    fn all(database: &DynamicDatabase) -> Vec<Self> {
        database.queries().iter().map(|info| Self::new(database, info.name)).collect()
    }

    fn take(&self) -> Vec<DynamicEvent> {
        std::mem::take(&mut self.events.lock().expect("no panic"))
    }

    /// The only event since the last time.
    fn only(&self) -> DynamicEvent {
        let mut events = self.take();
        assert_eq!(events.len(), 1, "{}: {events:?}", self.query);
        events.remove(0)
    }
}

fn item(id: i64, order_id: i64, quantity: i32) -> OrderItems {
    OrderItems { id, order_id, quantity }
}

/// Two orders, the second of which leaves the last hour in ten minutes, and an item in each.
fn shop() -> (Database, DynamicDatabase) {
    let database = Database::in_memory_with(Clock::Manual(START));
    let filled = database.transaction(|tx| {
        for (id, minutes) in [(1, 0), (2, -50)] {
            let created_at = Timestamp::from_micros(START.micros() + minutes * MINUTE);
            let total = cosmictron::Decimal::from_mantissa(100);
            tx.insert(Orders { id, status: "pending".into(), total, created_at })?;
        }
        tx.insert(item(1, 1, 5))?;
        tx.insert(item(3, 1, 20)).map(drop)
    });
    filled.expect("the shop is filled");
    let queries = DynamicDatabase::attach::<_, Circuit>(database.clone()).expect("the queries attach");
    (database, queries)
}

#[test]
fn the_way_back_to_the_same_rows_is_told() {
    let (database, queries) = shop();
    let before = Subscriber::all(&queries);
    let snapshots: Vec<DynamicEvent> = before.iter().map(Subscriber::only).collect();

    let broken = database.transaction(|tx| tx.insert(item(9, 2, 0))).expect("errors never block a write");
    for subscriber in &before {
        let event = subscriber.only();
        assert!(matches!(&event, Event::Failed(f) if f.tx == broken.tx), "{}: {event:?}", subscriber.query);
        let answer = queries.snapshot(subscriber.query);
        assert!(
            matches!(&answer, Err(Error::Query(error)) if error.error.code() == "division_by_zero"),
            "{answer:?}"
        );
    }
    let meanwhile = Subscriber::all(&queries);
    // What changes while it fails is not told, and is taken back.
    database.transaction(|tx| tx.update::<OrderItems>(&1, |item| item.quantity = 50)).expect("a change");
    database.transaction(|tx| tx.insert(item(4, 1, 1))).expect("a change");
    database.transaction(|tx| tx.delete::<OrderItems>(&4)).expect("a change");
    database.transaction(|tx| tx.update::<OrderItems>(&1, |item| item.quantity = 5)).expect("a change");
    assert!(before.iter().all(|subscriber| subscriber.take().is_empty()), "there is nothing to say");

    let mended = database.transaction(|tx| tx.delete::<OrderItems>(&9)).expect("the row goes");
    for ((subscriber, late), snapshot) in before.iter().zip(&meanwhile).zip(snapshots) {
        let query = subscriber.query;
        let event = subscriber.only();
        let delta = event.delta().unwrap_or_else(|| panic!("{query}: {event:?}"));
        assert!(delta.is_empty() && !delta.initial && delta.tx == mended.tx, "{query}: {delta:?}");
        let mut line = String::new();
        write_event(queries.query(query).expect("a query"), None, &event, &mut line);
        assert!(line.ends_with("\"inserts\":[],\"updates\":[],\"deletes\":[]}"), "{query}: {line}");
        // Who came while it failed has the snapshot now.
        let [Event::Failed(_), Event::Delta(first)] = &late.take()[..] else {
            panic!("{query}: a failure and the rows")
        };
        let rows = &snapshot.delta().expect("it did not fail at first").inserts;
        assert!(first.initial && first.tx == mended.tx && &first.inserts == rows, "{query}: {first:?}");
        assert_eq!(&queries.snapshot(query).expect("it has recovered").rows, rows, "{query}");
    }
}

#[test]
fn time_alone_brings_it_back() {
    let (database, queries) = shop();
    database.transaction(|tx| tx.insert(item(9, 2, 0))).expect("errors never block a write");
    let subscriber = Subscriber::new(&queries, "window");
    assert!(matches!(subscriber.only(), Event::Failed(_)));
    let early = database.advance(Timestamp::from_micros(START.micros() + 9 * MINUTE)).expect("time passes");
    assert!(subscriber.take().is_empty());
    let gone = database.advance(Timestamp::from_micros(START.micros() + 10 * MINUTE)).expect("time passes");
    let event = subscriber.only();
    assert!(
        event.delta().is_some_and(|d| d.initial && d.tx == gone && gone > early && d.inserts.len() == 2),
        "{event:?}"
    );
}

#[test]
fn a_failure_that_does_not_outlive_its_transaction_is_nobodys_concern() {
    let (database, queries) = shop();
    let subscribers = Subscriber::all(&queries);
    subscribers.iter().for_each(|subscriber| drop(subscriber.take()));
    let mended = database.transaction(|tx| {
        tx.insert(item(9, 1, 0))?;
        tx.delete::<OrderItems>(&9)
    });
    mended.expect("it commits");
    let undone = database.transaction(|tx| {
        tx.insert(item(9, 1, 0))?;
        Err::<(), _>(Error::Input("it gives up".to_owned()))
    });
    undone.expect_err("it is rolled back");
    drop(database.begin().and_then(|mut tx| tx.insert(item(9, 1, 0))));
    for subscriber in subscribers {
        assert_eq!(subscriber.take(), [], "{}", subscriber.query);
    }
}
