//! The hand-written loop: what a skilled engineer would write for exactly these ten queries, with hash maps, B-trees and heaps.
//!
//! It takes the transactions that the benchmark makes, and no others: orders come and change their status, items come and go, products are
//! renamed.

mod changes;
mod shown;

use std::collections::BTreeMap;
use std::hint::black_box;

use cosmictron::Text;
use cosmictron_bench_harness::recipe::{self, Item, Product, Purchase, STATUSES};
use cosmictron_bench_harness::results::Results;
use cosmictron_bench_harness::{Engine, Setup};
use hashbrown::HashMap;

use super::charts::{Change, Deadlines, Groups, Ranking, Subscriber};

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// A sum of cents and the number of summands.
type Total = (i64, i64);

struct Order {
    customer: i64,
    total: i64,
    created_at: i64,
    region: i16,
    status: Text,
}

/// How an update of an order is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updates {
    /// As a delete and an insert, with the functions that are there.
    OutAndIn,
    /// With a function of its own for the column.
    ByColumn,
}

/// The tables, the states of the queries that are live, and their subscribers.
pub struct Handwritten {
    products: HashMap<i64, Product>,
    orders: HashMap<i64, Order>,
    items: HashMap<i64, Item>,
    items_of: HashMap<i64, Vec<i64>>,
    now: i64,
    updates: Updates,

    by_hour: Option<ByHour>,
    top_products: Option<TopProducts>,
    kpi: Option<Kpi>,
    by_status: Option<Chart<Text, i64, (Text, i64)>>,
    by_region: Option<Chart<i16, Total, (i16, Total)>>,
    by_category: Option<Chart<i32, Total, (i32, i64)>>,
    top_customers: Option<TopCustomers>,
    range: Option<RangeByRegion>,
    by_day: Option<ByDay>,
    empty: Option<EmptyOrders>,
}

/// Groups and who is told of them.
struct Chart<K, V, R> {
    groups: Groups<K, V>,
    subscriber: Subscriber<R>,
}

impl<K: std::hash::Hash + Eq + Clone, V: Clone + Default + PartialEq, R: 'static> Chart<K, V, R> {
    fn new(deliver: bool) -> Self {
        Self { groups: Groups::new(deliver), subscriber: subscriber(deliver) }
    }

    fn publish(&mut self, row: impl Fn(&K, &V) -> R) {
        if self.subscriber.is_some() {
            tell(&mut self.subscriber, &self.groups.changes(row));
        }
    }
}

struct ByHour {
    chart: Chart<i64, Total, (i64, Total, i128)>,
    deadlines: Deadlines,
}

#[derive(Clone, PartialEq)]
struct ProductRow {
    name: String,
    image_url: String,
    units: i64,
    revenue: i64,
}

#[derive(Clone, Copy, Default)]
struct Sold {
    units: i64,
    revenue: i64,
    lines: i64,
}

struct TopProducts {
    sold: HashMap<i64, Sold>,
    ranking: Ranking,
    shown: Vec<(i64, ProductRow)>,
    touched: bool,
    subscriber: Subscriber<ProductRow>,
}

#[derive(Clone, Copy, Default, PartialEq)]
struct KpiRow {
    last_hour: i64,
    pending: Total,
    all: Total,
}

struct Kpi {
    row: KpiRow,
    shown: KpiRow,
    deadlines: Deadlines,
    /// The row and its average.
    subscriber: Subscriber<(KpiRow, i128)>,
}

struct TopCustomers {
    spend: HashMap<i64, i64>,
    ranking: Ranking,
    shown: Vec<(i64, (i64, i64))>,
    touched: bool,
    subscriber: Subscriber<(i64, i64)>,
}

struct RangeByRegion {
    totals: HashMap<i16, BTreeMap<i64, u32>>,
    chart: Chart<i16, (i64, i64), (i16, i64, i64)>,
}

struct ByDay {
    visits: HashMap<(i64, i64), u32>,
    chart: Chart<i64, i64, (i64, i64)>,
}

struct EmptyOrders {
    count: i64,
    shown: i64,
    subscriber: Subscriber<i64>,
}

fn subscriber<R: 'static>(deliver: bool) -> Subscriber<R> {
    deliver.then(|| {
        Box::new(|changes: &[Change<R>]| {
            for change in changes {
                black_box((&change.old, &change.new));
            }
        }) as Box<dyn FnMut(&[Change<R>])>
    })
}

fn tell<R>(subscriber: &mut Subscriber<R>, changes: &[Change<R>]) {
    if let Some(subscriber) = subscriber
        && !changes.is_empty()
    {
        subscriber(changes);
    }
}

/// Adds to a sum and its number of summands; whether any are left.
fn add(amount: i64, number: i64) -> impl FnOnce(&mut Total) -> bool {
    move |total| {
        total.0 += amount;
        total.1 += number;
        total.1 > 0
    }
}

impl Handwritten {
    /// Empty tables and the states of the queries that the setup asks for.
    pub fn new(setup: &Setup, deliver: bool, updates: Updates) -> Self {
        let has = |query: &str| setup.has(query).then_some(());
        Self {
            products: HashMap::new(),
            orders: HashMap::new(),
            items: HashMap::new(),
            items_of: HashMap::new(),
            now: 0,
            updates,
            by_hour: has("revenue_by_hour")
                .map(|()| ByHour { chart: Chart::new(deliver), deadlines: Deadlines::default() }),
            top_products: has("top_products").map(|()| TopProducts {
                sold: HashMap::new(),
                ranking: Ranking::default(),
                shown: Vec::new(),
                touched: false,
                subscriber: subscriber(deliver),
            }),
            kpi: has("kpi").map(|()| Kpi {
                row: KpiRow::default(),
                shown: KpiRow::default(),
                deadlines: Deadlines::default(),
                subscriber: subscriber(deliver),
            }),
            by_status: has("orders_by_status").map(|()| Chart::new(deliver)),
            by_region: has("revenue_by_region").map(|()| Chart::new(deliver)),
            by_category: has("revenue_by_category").map(|()| Chart::new(deliver)),
            top_customers: has("top_customers").map(|()| TopCustomers {
                spend: HashMap::new(),
                ranking: Ranking::default(),
                shown: Vec::new(),
                touched: false,
                subscriber: subscriber(deliver),
            }),
            range: has("order_range_by_region")
                .map(|()| RangeByRegion { totals: HashMap::new(), chart: Chart::new(deliver) }),
            by_day: has("customers_by_day")
                .map(|()| ByDay { visits: HashMap::new(), chart: Chart::new(deliver) }),
            empty: has("empty_orders").map(|()| EmptyOrders {
                count: 0,
                shown: 0,
                subscriber: subscriber(deliver),
            }),
        }
    }

    fn advance(&mut self, now: i64) {
        self.now = now;
        if let Some(ByHour { chart, deadlines }) = &mut self.by_hour {
            while let Some(order) = deadlines.due(now).and_then(|id| self.orders.get(&id)) {
                chart.groups.update(order.created_at / HOUR, add(-order.total, -1));
            }
        }
        if let Some(kpi) = &mut self.kpi {
            while kpi.deadlines.due(now).is_some() {
                kpi.row.last_hour -= 1;
            }
        }
    }
}

/// An average with sixteen decimals, as PostgreSQL shows it.
fn mean((sum, count): Total) -> i128 {
    i128::from(sum) * 100_000_000_000_000 / i128::from(count.max(1))
}

/// Adds to a count; whether it is more than zero.
fn count(by: i64) -> impl FnOnce(&mut i64) -> bool {
    move |count| {
        *count += by;
        *count > 0
    }
}

impl Engine for Handwritten {
    fn load(&mut self, products: impl Iterator<Item = Product>, purchases: impl Iterator<Item = Purchase>) {
        self.products.extend(products.map(|p| (p.id, p)));
        let mut newest = 0;
        for purchase in purchases {
            newest = purchase.order.created_at;
            self.now = newest;
            self.comes(&purchase);
        }
        self.advance(newest);
        self.publish_all();
    }

    fn purchase(&mut self, purchases: &[Purchase]) {
        if let Some(newest) = purchases.last() {
            self.advance(newest.order.created_at);
        }
        purchases.iter().for_each(|p| self.comes(p));
        self.publish_all();
    }

    fn set_status(&mut self, id: i64, status: u8) {
        let status = Text::from(STATUSES[status as usize]);
        match self.updates {
            Updates::OutAndIn => self.replace_status(id, status),
            Updates::ByColumn => self.change_status(id, status),
        }
        self.publish_all();
    }

    fn rename(&mut self, product: i64, name: &str) {
        name.clone_into(&mut self.products.get_mut(&product).expect("a product").name);
        if let Some(top) = &mut self.top_products {
            top.touched = true;
        }
        self.publish_all();
    }

    fn delete_item(&mut self, id: i64) {
        let item = self.items.remove(&id).expect("an item");
        self.item_changes(&item, -1);
        self.publish_all();
    }

    fn insert_item(&mut self, item: &Item) {
        self.items.insert(item.id, *item);
        self.item_changes(item, 1);
        self.publish_all();
    }

    fn results(&mut self) -> Results {
        self.shown()
    }
}

impl Handwritten {
    /// What a loop does that knows insert and delete: the old row goes out and the new one in.
    fn replace_status(&mut self, id: i64, status: Text) {
        let mut order = self.orders.remove(&id).expect("an order");
        self.order_changes(id, &order, -1);
        if order.status != "void" {
            self.items_count(id, -1);
        }
        order.status = status;
        self.order_changes(id, &order, 1);
        if order.status != "void" {
            self.items_count(id, 1);
        }
        self.orders.insert(id, order);
    }

    /// Only what reads the status.
    fn change_status(&mut self, id: i64, status: Text) {
        let order = self.orders.get_mut(&id).expect("an order");
        let old = std::mem::replace(&mut order.status, status.clone());
        let total = order.total;
        if let Some(kpi) = &mut self.kpi {
            if old == "pending" {
                add(-total, -1)(&mut kpi.row.pending);
            }
            if status == "pending" {
                add(total, 1)(&mut kpi.row.pending);
            }
        }
        if (old == "void") != (status == "void") {
            self.items_count(id, if status == "void" { -1 } else { 1 });
        }
        if let Some(chart) = &mut self.by_status {
            chart.groups.update(old, count(-1));
            chart.groups.update(status, count(1));
        }
    }

    fn comes(&mut self, purchase: &Purchase) {
        let recipe::Order { id, customer_id: customer, status, total, created_at, region } = purchase.order;
        let status = Text::from(STATUSES[status as usize]);
        self.order_comes(id, Order { customer, total, created_at, region, status });
        for item in &purchase.items {
            self.items.insert(item.id, *item);
            self.item_changes(item, 1);
        }
    }
}
