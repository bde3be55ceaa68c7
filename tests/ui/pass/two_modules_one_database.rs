//! Two macros in different modules attach to one database, in a crate that hides the prelude's names and denies warnings.
#![deny(warnings)]
#![forbid(unsafe_code)]

#[allow(dead_code)]
struct Option;
#[allow(dead_code)]
struct Vec;
#[allow(dead_code)]
struct Result;
#[allow(dead_code)]
struct String;

pub mod schema {
    cosmictron::cosmictron_schema!("../schema.sql");
}

mod revenue {
    cosmictron::cosmictron_query! {
        schema "../schema.sql" as crate::schema;
        query revenue_by_hour = "
            SELECT DATE_TRUNC('hour', created_at) AS hour, SUM(total) AS revenue
            FROM orders WHERE created_at > NOW() - INTERVAL '24 hours' GROUP BY hour ORDER BY hour DESC";
    }
}

mod counts {
    cosmictron::cosmictron_query! {
        schema "../schema.sql" as crate::schema;
        query orders = r#"SELECT COUNT(*) AS orders FROM orders"#;
        query items_of_order = "SELECT order_id, SUM(quantity) AS items FROM order_items GROUP BY order_id";
    }
}

fn main() {
    let database = schema::Database::in_memory();
    let revenue = revenue::Queries::attach(&database).unwrap();
    let counts = counts::Queries::attach(&database).unwrap();
    database
        .transaction(|tx| {
            let total = cosmictron::Decimal::from_mantissa(1250);
            let created_at = tx.now();
            tx.insert(schema::Orders { id: 1, status: "paid".into(), total, created_at })?;
            tx.insert(schema::OrderItems { id: 1, order_id: 1, quantity: 3 })
        })
        .unwrap();
    let rows: ::std::vec::Vec<revenue::revenue_by_hour::Row> = revenue.revenue_by_hour().snapshot().unwrap();
    assert_eq!(rows[0].revenue.to_string(), "12.50");
    assert_eq!(counts.orders().get(&()).unwrap().unwrap().orders, 1);
    assert_eq!(counts.items_of_order().get(&1).unwrap().unwrap().items, 3);
}
