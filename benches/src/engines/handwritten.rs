//! The hand-written loop: what a skilled engineer would write for exactly these ten queries, with hash maps, B-trees and heaps.
//!
//! It takes the transactions that the benchmark makes, and no others: orders come and change their status, items come and go, products are
//! renamed.

use std::collections::BTreeMap;
use std::hint::black_box;

use cosmictron::Text;
use cosmictron_bench_harness::recipe::{self, Item, Product, Purchase, STATUSES};
use cosmictron_bench_harness::results::{Results, average, cents, descending, null, sorted};
use cosmictron_bench_harness::{Engine, Setup};
use hashbrown::HashMap;

use super::charts::{Change, Deadlines, Groups, Ranking, Subscriber, shown_changes};

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

/// The tables, the states of the queries that are live, and their subscribers.
pub struct Handwritten {
    products: HashMap<i64, Product>,
    orders: HashMap<i64, Order>,
    items: HashMap<i64, Item>,
    items_of: HashMap<i64, Vec<i64>>,
    now: i64,

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
    pub fn new(setup: &Setup, deliver: bool) -> Self {
        let has = |query: &str| setup.has(query).then_some(());
        Self {
            products: HashMap::new(),
            orders: HashMap::new(),
            items: HashMap::new(),
            items_of: HashMap::new(),
            now: 0,
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

    fn order_comes(&mut self, id: i64, order: Order) {
        let Order { customer, total, created_at, region, ref status } = order;
        if let Some(ByHour { chart, deadlines }) = &mut self.by_hour
            && created_at > self.now - DAY
        {
            chart.groups.update(created_at / HOUR, add(total, 1));
            deadlines.add(created_at + DAY, id);
        }
        if let Some(kpi) = &mut self.kpi {
            if created_at > self.now - HOUR {
                kpi.row.last_hour += 1;
                kpi.deadlines.add(created_at + HOUR, id);
            }
            if status == "pending" {
                add(total, 1)(&mut kpi.row.pending);
            }
            add(total, 1)(&mut kpi.row.all);
        }
        if let Some(chart) = &mut self.by_status {
            chart.groups.update(status.clone(), count(1));
        }
        if let Some(chart) = &mut self.by_region {
            chart.groups.update(region, add(total, 1));
        }
        if let Some(top) = &mut self.top_customers {
            let spend = top.spend.entry(customer);
            let old = match &spend {
                hashbrown::hash_map::Entry::Occupied(spend) => Some(*spend.get()),
                hashbrown::hash_map::Entry::Vacant(_) => None,
            };
            *spend.or_insert(0) += total;
            top.ranking.change(customer, old, Some(old.unwrap_or(0) + total));
            top.touched = true;
        }
        if let Some(RangeByRegion { totals, chart }) = &mut self.range {
            let totals = totals.entry(region).or_default();
            *totals.entry(total).or_insert(0) += 1;
            let is_first = !chart.groups.values.contains_key(&region);
            chart.groups.update(region, |(least, greatest)| {
                (*least, *greatest) =
                    if is_first { (total, total) } else { ((*least).min(total), (*greatest).max(total)) };
                true
            });
        }
        if let Some(ByDay { visits, chart }) = &mut self.by_day {
            let day = created_at / DAY;
            let visits = visits.entry((day, customer)).or_insert(0);
            *visits += 1;
            if *visits == 1 {
                chart.groups.update(day, count(1));
            }
        }
        if let Some(empty) = &mut self.empty {
            empty.count += 1;
        }
        self.orders.insert(id, order);
    }

    fn item_changes(&mut self, item: &Item, sign: i64) {
        let revenue = sign * i64::from(item.quantity) * item.price;
        if let Some(top) = &mut self.top_products {
            let sold = top.sold.entry(item.product_id).or_default();
            let old = (sold.lines > 0).then_some(sold.units);
            sold.units += sign * i64::from(item.quantity);
            sold.revenue += revenue;
            sold.lines += sign;
            let new = (sold.lines > 0).then_some(sold.units);
            top.ranking.change(item.product_id, old, new);
            top.touched = true;
        }
        if let Some(chart) = &mut self.by_category
            && self.orders[&item.order_id].status != "void"
        {
            chart.groups.update(self.products[&item.product_id].category, add(revenue, sign));
        }
        let siblings = self.items_of.entry(item.order_id).or_default();
        match sign {
            1 => siblings.push(item.id),
            _ => siblings.retain(|id| *id != item.id),
        }
        if let Some(empty) = &mut self.empty {
            match (siblings.len(), sign) {
                (1, 1) => empty.count -= 1,
                (0, -1) => empty.count += 1,
                _ => {}
            }
        }
    }

    fn publish_all(&mut self) {
        if let Some(by_hour) = &mut self.by_hour {
            by_hour.chart.publish(|k, v| (*k, *v, mean(*v)));
        }
        if let Some(top) = &mut self.top_products
            && std::mem::take(&mut top.touched)
            && top.subscriber.is_some()
        {
            let row = |id: i64| {
                let (product, Sold { units, revenue, .. }) = (&self.products[&id], top.sold[&id]);
                let (name, image_url) = (product.name.clone(), product.image_url.clone());
                (id, ProductRow { name, image_url, units, revenue })
            };
            let changes = shown_changes(&mut top.shown, top.ranking.first().map(row));
            tell(&mut top.subscriber, &changes);
        }
        if let Some(kpi) = &mut self.kpi
            && kpi.row != kpi.shown
        {
            let old = Some(std::mem::replace(&mut kpi.shown, kpi.row));
            let row = |row: KpiRow| (row, mean(row.all));
            tell(&mut kpi.subscriber, &[Change { old: old.map(row), new: Some(row(kpi.row)) }]);
        }
        if let Some(chart) = &mut self.by_status {
            chart.publish(|k, v| (k.clone(), *v));
        }
        if let Some(chart) = &mut self.by_region {
            chart.publish(|k, v| (*k, *v));
        }
        if let Some(chart) = &mut self.by_category {
            chart.publish(|k, v| (*k, v.0));
        }
        if let Some(top) = &mut self.top_customers
            && std::mem::take(&mut top.touched)
            && top.subscriber.is_some()
        {
            let row = |id: i64| (id, (id, top.spend[&id]));
            let changes = shown_changes(&mut top.shown, top.ranking.first().map(row));
            tell(&mut top.subscriber, &changes);
        }
        if let Some(range) = &mut self.range {
            range.chart.publish(|k, v| (*k, v.0, v.1));
        }
        if let Some(by_day) = &mut self.by_day {
            by_day.chart.publish(|k, v| (*k, *v));
        }
        if let Some(empty) = &mut self.empty
            && empty.count != empty.shown
        {
            let old = Some(std::mem::replace(&mut empty.shown, empty.count));
            tell(&mut empty.subscriber, &[Change { old, new: Some(empty.count) }]);
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
        let order = self.orders.get_mut(&id).expect("an order");
        let (old, new) = (order.status.clone(), Text::from(STATUSES[status as usize]));
        order.status = new.clone();
        let total = order.total;
        if let Some(kpi) = &mut self.kpi {
            if old == "pending" {
                add(-total, -1)(&mut kpi.row.pending);
            }
            if new == "pending" {
                add(total, 1)(&mut kpi.row.pending);
            }
        }
        if let Some(chart) = &mut self.by_category
            && (old == "void") != (new == "void")
        {
            let sign = if new == "void" { -1 } else { 1 };
            for id in self.items_of.get(&id).into_iter().flatten() {
                let item = &self.items[id];
                let revenue = sign * i64::from(item.quantity) * item.price;
                chart.groups.update(self.products[&item.product_id].category, add(revenue, sign));
            }
        }
        if let Some(chart) = &mut self.by_status {
            chart.groups.update(old, count(-1));
            chart.groups.update(new, count(1));
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
        let mut results = Results::new();
        let mut note = |name: &str, rows: Vec<Vec<String>>| results.insert(name.to_owned(), rows);
        let amount = |amount: i64| cents(i128::from(amount));
        let rounded_mean = |(sum, count): Total| average(i128::from(sum), i128::from(count));
        if let Some(by_hour) = &self.by_hour {
            let mut hours: Vec<_> = by_hour.chart.groups.values.iter().collect();
            hours.sort_by_key(|(hour, _)| std::cmp::Reverse(**hour));
            let row = |(hour, v): (&i64, &Total)| {
                vec![(*hour * HOUR).to_string(), amount(v.0), v.1.to_string(), rounded_mean(*v)]
            };
            note("revenue_by_hour", hours.into_iter().map(row).collect());
        }
        if let Some(top) = &self.top_products {
            let row = |id: i64| {
                let (p, sold) = (&self.products[&id], top.sold[&id]);
                vec![p.name.clone(), p.image_url.clone(), sold.units.to_string(), amount(sold.revenue)]
            };
            note("top_products", top.ranking.first().map(row).collect());
        }
        if let Some(Kpi { row, .. }) = &self.kpi {
            let pending = if row.pending.1 > 0 { amount(row.pending.0) } else { null() };
            note("kpi", vec![vec![row.last_hour.to_string(), pending, rounded_mean(row.all)]]);
        }
        if let Some(chart) = &self.by_status {
            let row = |(status, n): (&Text, &i64)| vec![status.to_string(), n.to_string()];
            note("orders_by_status", sorted(chart.groups.values.iter().map(row).collect()));
        }
        if let Some(chart) = &self.by_region {
            let row = |(region, v): (&i16, &Total)| vec![region.to_string(), amount(v.0), v.1.to_string()];
            note("revenue_by_region", descending(chart.groups.values.iter().map(row).collect(), 1));
        }
        if let Some(chart) = &self.by_category {
            let row = |(category, v): (&i32, &Total)| vec![category.to_string(), amount(v.0)];
            note("revenue_by_category", sorted(chart.groups.values.iter().map(row).collect()));
        }
        if let Some(top) = &self.top_customers {
            let row = |id: i64| vec![id.to_string(), amount(top.spend[&id])];
            note("top_customers", top.ranking.first().map(row).collect());
        }
        if let Some(range) = &self.range {
            let row = |(region, v): (&i16, &(i64, i64))| vec![region.to_string(), amount(v.0), amount(v.1)];
            note("order_range_by_region", sorted(range.chart.groups.values.iter().map(row).collect()));
        }
        if let Some(by_day) = &self.by_day {
            let row = |(d, n): (&i64, &i64)| vec![(*d * DAY).to_string(), n.to_string()];
            note("customers_by_day", sorted(by_day.chart.groups.values.iter().map(row).collect()));
        }
        if let Some(empty) = &self.empty {
            note("empty_orders", vec![vec![empty.count.to_string()]]);
        }
        results
    }
}

impl Handwritten {
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
