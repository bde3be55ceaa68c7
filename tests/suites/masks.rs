//! An update that changes no column a query reads does not reach the query's operators.

use cosmictron::{Clock, Decimal, Error, Timestamp};

mod live {
    cosmictron::cosmictron_query! {
        schema "ui/schema.sql";
        query revenue = "SELECT SUM(total) AS revenue, COUNT(*) AS orders FROM orders";
        query by_status = "SELECT status, COUNT(*) AS orders FROM orders GROUP BY status";
        query recent = "SELECT COUNT(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour') AS orders FROM orders";
        query quantities = "SELECT o.status, SUM(i.quantity) AS quantity
                            FROM orders o JOIN order_items i ON i.order_id = o.id GROUP BY o.status";
    }
}

use live::Queries;
use live::schema::{Database, OrderItems, Orders};

fn work(queries: &Queries) -> [u64; 4] {
    [
        queries.revenue().work(),
        queries.by_status().work(),
        queries.recent().work(),
        queries.quantities().work(),
    ]
    .map(|work| work.expect("the database answers"))
}

/// Which queries did anything for the update.
fn touched(database: &Database, queries: &Queries, change: impl FnOnce(&mut Orders)) -> [bool; 4] {
    let before = work(queries);
    database.transaction(|tx| tx.update::<Orders>(&1, change)).expect("the update commits");
    let after = work(queries);
    [0, 1, 2, 3].map(|query| after[query] != before[query])
}

#[test]
fn only_queries_that_read_a_changed_column_do_anything() {
    let start = Timestamp::from_micros(1_767_225_600_000_000);
    let database = Database::in_memory_with(Clock::Manual(start));
    let queries = Queries::attach(&database).expect("the queries attach");
    database
        .transaction(|tx| {
            let total = Decimal::from_mantissa(1250);
            tx.insert(Orders { id: 1, status: "pending".into(), total, created_at: start })?;
            tx.insert(OrderItems { id: 1, order_id: 1, quantity: 3 }).map(drop)?;
            Ok::<_, Error>(())
        })
        .expect("the insert commits");

    let by_status = touched(&database, &queries, |order| order.status = "paid".into());
    assert_eq!(by_status, [false, true, false, true]);
    let by_total = touched(&database, &queries, |order| order.total = Decimal::from_mantissa(999));
    assert_eq!(by_total, [true, false, false, false]);
    let by_time = touched(&database, &queries, |order| order.created_at = Timestamp::from_micros(0));
    assert_eq!(by_time, [false, false, true, false]);
    let by_nothing = touched(&database, &queries, |order| order.status = "paid".into());
    assert_eq!(by_nothing, [false; 4]);
    assert_eq!(
        queries.revenue().get(&()).expect("it answers").expect("a row").revenue,
        Some("9.99".parse().expect("a number"))
    );
}
