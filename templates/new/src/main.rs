//! Two live queries over a small shop: `queries/` holds their SQL, and `build.rs` compiles it to the module `live`.

mod live {
    include!(concat!(env!("OUT_DIR"), "/cosmictron.rs"));
}

use std::fmt::Debug;

use cosmictron::{Decimal, Error, Event};
use live::Queries;
use live::schema::{Customers, Database, NewOrders};

fn main() -> Result<(), Error> {
    // `Database::open("shop.db")?` would keep the tables in a file.
    let database = Database::in_memory();
    let queries = Queries::attach(&database)?;

    // The first delta is the whole result; then comes one for each transaction that changes it.
    let _best = queries.best_customers().subscribe(|event| show("best_customers", event))?;
    let _last = queries.last_hour().subscribe(|event| show("last_hour", event))?;

    database.transaction(|tx| {
        tx.insert(Customers { id: 1, name: "Ada".into() })?;
        tx.insert(Customers { id: 2, name: "Grace".into() })
    })?;
    for (id, customer_id, cents) in [(1, 1, 12_50), (2, 2, 99_00), (3, 1, 100_00)] {
        println!("order {id} of customer {customer_id}");
        let total = Decimal::from_mantissa(cents);
        // What is `None` takes the column's default: now.
        database.transaction(|tx| tx.insert(NewOrders { id, customer_id, total, created_at: None }))?;
    }

    // A result can also be asked for at any time.
    for row in queries.best_customers().snapshot()? {
        println!("{} has spent {}", row.name, row.spent);
    }
    Ok(())
}

fn show<Row: Debug>(query: &str, event: &Event<Row>) {
    match event {
        Event::Delta(delta) => {
            delta.deletes.iter().for_each(|row| println!("  {query} - {row:?}"));
            delta.updates.iter().for_each(|row| println!("  {query} ~ {:?} -> {:?}", row.old, row.new));
            delta.inserts.iter().for_each(|row| println!("  {query} + {row:?}"));
        }
        Event::Failed(failure) => println!("  {query} ! {}", failure.error),
    }
}
