//! What a subscriber of an incremental engine holds: the rows of each query, kept up to date by their changes.

use std::collections::BTreeMap;

use cosmictron_bench_harness::Setup;
use cosmictron_bench_harness::recipe::STATUSES;
use cosmictron_bench_harness::results::{Results, average, cents, descending, null, sorted};

/// An hour in microseconds.
pub const HOUR: i64 = 3_600_000_000;
/// A day in microseconds.
pub const DAY: i64 = 24 * HOUR;
/// How many rows the rankings show.
pub const SHOWN: usize = 10;
/// The position of `pending` in [`STATUSES`].
pub const PENDING: u8 = 0;
/// The position of `void` in [`STATUSES`].
pub const VOID: u8 = 4;

/// Rows with their multiplicities.
#[derive(Debug)]
pub struct ZSet<R>(BTreeMap<R, i64>);

impl<R> Default for ZSet<R> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<R: Ord> ZSet<R> {
    /// Adds a change; rows whose multiplicities add up to nothing go.
    pub fn add(&mut self, row: R, weight: i64) {
        use std::collections::btree_map::Entry;
        match self.0.entry(row) {
            Entry::Vacant(entry) => drop(entry.insert(weight)),
            Entry::Occupied(mut entry) => {
                *entry.get_mut() += weight;
                if *entry.get() == 0 {
                    entry.remove();
                }
            }
        }
    }

    /// The rows, in order.
    fn rows(&self) -> impl DoubleEndedIterator<Item = &R> {
        self.0.keys()
    }

    /// The only row, or what stands for its absence.
    fn only(&self) -> R
    where
        R: Copy + Default,
    {
        self.rows().next().copied().unwrap_or_default()
    }

    fn text(&self, row: impl Fn(&R) -> Vec<String>) -> Vec<Vec<String>> {
        self.rows().map(row).collect()
    }
}

/// The rows of the ten queries; amounts in cents, moments in microseconds.
///
/// Parts of a row that are maintained apart stay apart, which spares the engines a join.
#[derive(Debug, Default)]
pub struct Dashboard {
    /// The hour's number, revenue, orders.
    pub revenue_by_hour: ZSet<(i64, i64, i64)>,
    /// Units sold, negated; the product; its name and picture; revenue.
    pub top_products: ZSet<(i64, i64, String, String, i64)>,
    /// Orders of the last hour.
    pub last_hour: ZSet<i64>,
    /// Revenue and number of pending orders, and of all.
    pub totals: ZSet<(i64, i64, i64, i64)>,
    /// The position of the status, orders.
    pub orders_by_status: ZSet<(u8, i64)>,
    /// The region, revenue, orders.
    pub revenue_by_region: ZSet<(i64, i64, i64)>,
    /// The category, revenue.
    pub revenue_by_category: ZSet<(i64, i64)>,
    /// Spend, negated; the customer.
    pub top_customers: ZSet<(i64, i64)>,
    /// The region and its smallest total.
    pub smallest_by_region: ZSet<(i64, i64)>,
    /// The region and its largest total.
    pub largest_by_region: ZSet<(i64, i64)>,
    /// The day's number, customers.
    pub customers_by_day: ZSet<(i64, i64)>,
    /// Orders without items.
    pub empty_orders: ZSet<i64>,
}

impl Dashboard {
    /// The results of the queries that the setup asks for.
    pub fn results(&self, setup: &Setup) -> Results {
        let mut results = Results::new();
        let mut note = |query: &str, rows: &dyn Fn() -> Vec<Vec<String>>| {
            if setup.has(query) {
                results.insert(query.to_owned(), rows());
            }
        };
        note("revenue_by_hour", &|| {
            let row = |&(hour, sum, n): &(i64, i64, i64)| {
                vec![(hour * HOUR).to_string(), amount(sum), n.to_string(), mean(sum, n)]
            };
            self.revenue_by_hour.rows().rev().map(row).collect()
        });
        note("top_products", &|| {
            self.top_products.text(|(units, _, name, image, revenue)| {
                vec![name.clone(), image.clone(), (-units).to_string(), amount(*revenue)]
            })
        });
        note("kpi", &|| {
            let (pending, pending_orders, all, orders) = self.totals.only();
            let pending = if pending_orders > 0 { amount(pending) } else { null() };
            vec![vec![self.last_hour.only().to_string(), pending, mean(all, orders)]]
        });
        note("orders_by_status", &|| {
            sorted(
                self.orders_by_status
                    .text(|(s, n)| vec![STATUSES[usize::from(*s)].to_owned(), n.to_string()]),
            )
        });
        note("revenue_by_region", &|| {
            let row =
                |(region, sum, n): &(i64, i64, i64)| vec![region.to_string(), amount(*sum), n.to_string()];
            descending(self.revenue_by_region.text(row), 1)
        });
        note("revenue_by_category", &|| {
            sorted(self.revenue_by_category.text(|(category, sum)| vec![category.to_string(), amount(*sum)]))
        });
        note("top_customers", &|| {
            self.top_customers.text(|(spend, customer)| vec![customer.to_string(), amount(-spend)])
        });
        note("order_range_by_region", &|| {
            let ends = self.smallest_by_region.rows().zip(self.largest_by_region.rows());
            let row = |(s, l): (&(i64, i64), &(i64, i64))| vec![s.0.to_string(), amount(s.1), amount(l.1)];
            sorted(ends.map(row).collect())
        });
        note("customers_by_day", &|| {
            sorted(self.customers_by_day.text(|(day, n)| vec![(day * DAY).to_string(), n.to_string()]))
        });
        note("empty_orders", &|| vec![vec![self.empty_orders.only().to_string()]]);
        results
    }
}

fn amount(amount: i64) -> String {
    cents(i128::from(amount))
}

fn mean(sum: i64, count: i64) -> String {
    average(i128::from(sum), i128::from(count))
}
