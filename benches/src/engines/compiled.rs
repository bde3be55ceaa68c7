//! The compiled circuit, through the public interface.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cosmictron::{Clock, Decimal, Error, Event, Timestamp, Value};
use cosmictron_bench_harness::engine::in_batches;
use cosmictron_bench_harness::recipe::{Item, Product, Purchase, Recipe, STATUSES};
use cosmictron_bench_harness::results::{Results, null, rounded, sorted};
use cosmictron_bench_harness::{Engine, Measured, Setup, measure as work};

use crate::schema::{Database, OrderItems, Orders, Products, Transaction};

/// A module with a unit of queries and an engine over it.
macro_rules! unit {
    ($unit:ident: $($query:ident),*) => {
        pub mod $unit {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($unit), ".rs"));

            /// Calls `f` with each query.
            pub fn each(queries: &Queries, f: &mut impl super::Each) {
                $(f.query(stringify!($query), &queries.$query());)*
            }

            impl super::Unit for Queries {
                fn attach(database: &crate::schema::Database) -> Result<Self, ::cosmictron::Error> {
                    Self::attach(database)
                }

                fn each(&self, f: &mut impl super::Each) {
                    each(self, f);
                }
            }
        }
    };
}

#[allow(unused_qualifications)]
mod units {
    pub use super::{Each, Unit};

    unit!(all: revenue_by_hour, top_products, kpi, orders_by_status, revenue_by_region, revenue_by_category, top_customers,
        order_range_by_region, customers_by_day, empty_orders);

    #[cfg(feature = "alone")]
    pub mod alone {
        pub use super::{Each, Unit};

        unit!(revenue_by_hour: revenue_by_hour);
        unit!(top_products: top_products);
        unit!(kpi: kpi);
        unit!(orders_by_status: orders_by_status);
        unit!(revenue_by_region: revenue_by_region);
        unit!(revenue_by_category: revenue_by_category);
        unit!(top_customers: top_customers);
        unit!(order_range_by_region: order_range_by_region);
        unit!(customers_by_day: customers_by_day);
        unit!(empty_orders: empty_orders);
    }
}

/// A unit of queries.
pub trait Unit: Sized {
    /// Attaches the queries.
    fn attach(database: &Database) -> Result<Self, Error>;
    /// Calls `f` with each query.
    fn each(&self, f: &mut impl Each);
}

/// What is done with each query.
pub trait Each {
    /// Does it.
    fn query<Q: cosmictron::subscribe::LiveQuery>(&mut self, name: &str, query: &cosmictron::Query<Q>);
}

/// Measures the unit that has the wanted queries.
pub fn measure(name: &str, setup: &Setup) -> Result<Measured, String> {
    match setup.query.as_deref() {
        None => Ok(work(name, setup, Compiled::<units::all::Queries>::new())),
        #[cfg(feature = "alone")]
        Some(query) => {
            macro_rules! alone {
                ($($unit:ident),*) => {
                    match query {
                        $(stringify!($unit) => Ok(work(name, setup, Compiled::<units::alone::$unit::Queries>::new())),)*
                        _ => Err(format!("there is no query {query}")),
                    }
                };
            }
            alone!(
                revenue_by_hour,
                top_products,
                kpi,
                orders_by_status,
                revenue_by_region,
                revenue_by_category,
                top_customers,
                order_range_by_region,
                customers_by_day,
                empty_orders
            )
        }
        #[cfg(not(feature = "alone"))]
        Some(_) => Err("single queries need --features alone".to_owned()),
    }
}

/// The database and the queries over it.
struct Compiled<U> {
    database: Database,
    queries: U,
    subscriptions: Subscriptions,
}

impl<U: Unit> Compiled<U> {
    fn new() -> Self {
        let database = Database::in_memory_with(Clock::Manual(Timestamp::from_micros(Recipe::placed_at(0))));
        let queries = U::attach(&database).expect("an empty database");
        Self { database, queries, subscriptions: Subscriptions::default() }
    }

    fn write(&self, f: impl FnOnce(&mut Transaction<'_>) -> Result<(), Error>) {
        self.database.transaction(f).expect("a valid transaction");
    }
}

impl<U: Unit> Engine for Compiled<U> {
    fn load(&mut self, products: impl Iterator<Item = Product>, purchases: impl Iterator<Item = Purchase>) {
        self.write(|tx| products.map(product).try_for_each(|p| tx.insert(p).map(drop)));
        in_batches(purchases, |batch| self.purchase(batch));
    }

    fn subscribe(&mut self) {
        self.queries.each(&mut self.subscriptions);
    }

    fn purchase(&mut self, purchases: &[Purchase]) {
        let Some(newest) = purchases.last() else { return };
        let now = Timestamp::from_micros(newest.order.created_at);
        let written = self.database.transaction_at(now, |tx| {
            for purchase in purchases {
                tx.insert(order(purchase))?;
                for it in &purchase.items {
                    tx.insert(item(it))?;
                }
            }
            Ok::<_, Error>(())
        });
        written.expect("a valid transaction");
    }

    fn set_status(&mut self, order: i64, status: u8) {
        self.write(|tx| {
            tx.update::<Orders>(&order, |o| o.status = STATUSES[status as usize].into()).map(drop)
        });
    }

    fn rename(&mut self, product: i64, name: &str) {
        self.write(|tx| tx.update::<Products>(&product, |p| p.name = name.into()).map(drop));
    }

    fn delete_item(&mut self, item: i64) {
        self.write(|tx| tx.delete::<OrderItems>(&item).map(drop));
    }

    fn insert_item(&mut self, it: &Item) {
        self.write(|tx| tx.insert(item(it)).map(drop));
    }

    fn results(&mut self) -> Results {
        eprintln!("{} changed rows were delivered", self.subscriptions.rows.load(Ordering::Relaxed));
        let mut snapshots = Snapshots::default();
        self.queries.each(&mut snapshots);
        snapshots.0
    }
}

fn product(p: Product) -> Products {
    Products { id: p.id, name: p.name.into(), image_url: p.image_url.into(), category: p.category }
}

fn order(purchase: &Purchase) -> Orders {
    let o = &purchase.order;
    Orders {
        id: o.id,
        customer_id: o.customer_id,
        status: STATUSES[o.status as usize].into(),
        total: Decimal::from_mantissa(o.total),
        created_at: Timestamp::from_micros(o.created_at),
        region: o.region,
    }
}

fn item(it: &Item) -> OrderItems {
    OrderItems {
        id: it.id,
        order_id: it.order_id,
        product_id: it.product_id,
        quantity: it.quantity,
        price: Decimal::from_mantissa(it.price),
    }
}

/// Subscribers that look at every row they are given.
#[derive(Default)]
struct Subscriptions {
    rows: Arc<AtomicU64>,
    kept: Vec<cosmictron::Subscription>,
}

impl Each for Subscriptions {
    fn query<Q: cosmictron::subscribe::LiveQuery>(&mut self, _: &str, query: &cosmictron::Query<Q>) {
        let rows = self.rows.clone();
        let subscription = query.subscribe(move |event: &Event<Q::Row>| {
            if let Some(delta) = event.delta() {
                black_box(delta);
                let changed = delta.inserts.len() + delta.updates.len() + delta.deletes.len();
                rows.fetch_add(changed as u64, Ordering::Relaxed);
            }
        });
        self.kept.push(subscription.expect("a query without errors"));
    }
}

/// The results, in the form in which engines are compared.
#[derive(Default)]
struct Snapshots(Results);

impl Each for Snapshots {
    fn query<Q: cosmictron::subscribe::LiveQuery>(&mut self, name: &str, query: &cosmictron::Query<Q>) {
        use cosmictron::subscribe::ResultRow;
        let rows = query.snapshot().expect("a query without errors");
        let cell = |(value, column): (Value, &str)| match value {
            Value::Null => null(),
            Value::Timestamp(moment) => moment.micros().to_string(),
            value if column == "avg_order_value" => rounded(&value.to_string()),
            value => value.to_string(),
        };
        let row = |row: &Q::Row| {
            let columns = Q::INFO.columns.iter().map(|c| c.name);
            row.to_values().into_iter().zip(columns).map(cell).collect::<Vec<_>>()
        };
        let rows: Vec<_> = rows.iter().map(row).collect();
        self.0.insert(name.to_owned(), if Q::INFO.ordered { rows } else { sorted(rows) });
    }
}
