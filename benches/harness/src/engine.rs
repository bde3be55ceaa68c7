//! What an engine has to do.

use crate::recipe::{Item, Product, Purchase};
use crate::results::Results;

/// The queries of the dashboard, in order.
pub const QUERIES: [&str; 10] = [
    "revenue_by_hour",
    "top_products",
    "kpi",
    "orders_by_status",
    "revenue_by_region",
    "revenue_by_category",
    "top_customers",
    "order_range_by_region",
    "customers_by_day",
    "empty_orders",
];

/// What an engine is asked to maintain.
#[derive(Clone, Debug)]
pub struct Setup {
    /// How many orders are loaded.
    pub orders: i64,
    /// Only this query.
    pub query: Option<String>,
}

impl Setup {
    /// Whether a query is maintained.
    pub fn has(&self, query: &str) -> bool {
        self.query.as_deref().is_none_or(|only| only == query)
    }
}

/// Orders loaded together by engines that take them in transactions.
const LOADED_TOGETHER: usize = 10_000;

/// Hands out purchases in batches, for loading.
pub fn in_batches(mut purchases: impl Iterator<Item = Purchase>, mut load: impl FnMut(&[Purchase])) {
    let mut batch = Vec::with_capacity(LOADED_TOGETHER);
    loop {
        batch.extend(purchases.by_ref().take(LOADED_TOGETHER));
        if batch.is_empty() {
            return;
        }
        load(&batch);
        batch.clear();
    }
}

/// An engine with the tables of the shop and the queries over them. A failure ends the measurement, so the methods panic.
pub trait Engine {
    /// One of how many transactions is timed. Engines that recompute everything are asked now and then only; what comes between is done,
    /// but its results are not asked for.
    const SAMPLE: usize = 1;

    /// Loads products and purchases, with the clock at the newest order in the end, and computes the results.
    fn load(&mut self, products: impl Iterator<Item = Product>, purchases: impl Iterator<Item = Purchase>);

    /// Is called once between loading and the work: subscribes to the results.
    fn subscribe(&mut self) {}

    /// One transaction: these orders and their items. The clock moves to the newest.
    fn purchase(&mut self, purchases: &[Purchase]);

    /// One transaction: an order's status.
    fn set_status(&mut self, order: i64, status: u8);

    /// One transaction: a product's name.
    fn rename(&mut self, product: i64, name: &str);

    /// One transaction: an item goes.
    fn delete_item(&mut self, item: i64);

    /// One transaction: an item comes.
    fn insert_item(&mut self, item: &Item);

    /// Brings results and subscribers up to date with the transactions, where these do not do so by themselves. Timed with them.
    fn publish(&mut self) {}

    /// Does what untimed transactions have left to do, where results are brought up to date by a step of its own.
    fn settle(&mut self) {}

    /// The results of the queries.
    fn results(&mut self) -> Results;
}
