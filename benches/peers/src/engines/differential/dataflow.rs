//! The dataflow.
//!
//! Statuses are numbers. Sums are kept in the differences of collections, so that their inputs need not be kept: `explode` moves them there and
//! `count_total` reads them. Each sum has the number of its summands beside it, so that a group whose sum is nothing stays as long as it has rows.
//! The first ten rows, and the ends of a range, are found in a hierarchy of reductions, each of which looks at few rows.

use std::cell::RefCell;
use std::rc::Rc;

use cosmictron_bench_harness::Setup;
use differential_dataflow::input::InputSession;
use differential_dataflow::operators::{CountTotal, ThresholdTotal};
use differential_dataflow::{ExchangeData, VecCollection};
use serde::{Deserialize, Serialize};
use timely::dataflow::Scope;
use timely::dataflow::operators::probe;

use super::super::dashboard::{DAY, Dashboard, PENDING, SHOWN, VOID};

/// Key, name, picture, category.
pub type ProductRow = (i64, String, String, i64);

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderRow {
    /// Its key.
    pub id: i64,
    /// Who ordered.
    pub customer: i64,
    /// The number of its status.
    pub status: u8,
    /// Cents.
    pub total: i64,
    /// Microseconds since 1970.
    pub at: i64,
    /// Its region.
    pub region: i64,
}

/// An item, without its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemRow {
    /// The order.
    pub order: i64,
    /// What is bought.
    pub product: i64,
    /// How many.
    pub quantity: i64,
    /// Cents apiece.
    pub price: i64,
}

/// Where changes go in; the logical time is the number of the transaction.
pub struct Tables {
    /// Products.
    pub products: InputSession<u64, ProductRow, isize>,
    /// Orders.
    pub orders: InputSession<u64, OrderRow, isize>,
    /// Items.
    pub items: InputSession<u64, ItemRow, isize>,
    /// The hour and the total of each order of the last day.
    pub last_day: InputSession<u64, (i64, i64), isize>,
    /// One for each order of the last hour.
    pub last_hour: InputSession<u64, (), isize>,
}

impl Tables {
    /// Ends the transaction.
    pub fn advance_to(&mut self, time: u64) {
        self.products.advance_to(time);
        self.orders.advance_to(time);
        self.items.advance_to(time);
        self.last_day.advance_to(time);
        self.last_hour.advance_to(time);
        self.products.flush();
        self.orders.flush();
        self.items.flush();
        self.last_day.flush();
        self.last_hour.flush();
    }
}

type Rows<'scope, D> = VecCollection<'scope, u64, D, isize>;

/// The collections of the tables, and where results go.
struct Flow<'scope> {
    products: Rows<'scope, ProductRow>,
    orders: Rows<'scope, OrderRow>,
    items: Rows<'scope, ItemRow>,
    last_day: Rows<'scope, (i64, i64)>,
    last_hour: Rows<'scope, ()>,
    probe: probe::Handle<u64>,
    dashboard: Rc<RefCell<Dashboard>>,
}

/// Tables, and the queries that the setup asks for.
pub fn build<'scope>(
    scope: Scope<'scope, u64>,
    setup: &Setup,
    dashboard: &Rc<RefCell<Dashboard>>,
) -> (Tables, probe::Handle<u64>) {
    let mut tables = Tables {
        products: InputSession::new(),
        orders: InputSession::new(),
        items: InputSession::new(),
        last_day: InputSession::new(),
        last_hour: InputSession::new(),
    };
    let flow = Flow {
        products: tables.products.to_collection(scope.clone()),
        orders: tables.orders.to_collection(scope.clone()),
        items: tables.items.to_collection(scope.clone()),
        last_day: tables.last_day.to_collection(scope.clone()),
        last_hour: tables.last_hour.to_collection(scope),
        probe: probe::Handle::new(),
        dashboard: dashboard.clone(),
    };
    let queries: [(&str, fn(&Flow<'scope>)); 10] = [
        ("revenue_by_hour", Flow::revenue_by_hour),
        ("top_products", Flow::top_products),
        ("kpi", Flow::kpi),
        ("orders_by_status", Flow::orders_by_status),
        ("revenue_by_region", Flow::revenue_by_region),
        ("revenue_by_category", Flow::revenue_by_category),
        ("top_customers", Flow::top_customers),
        ("order_range_by_region", Flow::order_range_by_region),
        ("customers_by_day", Flow::customers_by_day),
        ("empty_orders", Flow::empty_orders),
    ];
    queries.into_iter().filter(|(name, _)| setup.has(name)).for_each(|(_, query)| query(&flow));
    (tables, flow.probe)
}

/// How many groups each step of a hierarchy has, the widest first.
const RANKING: [i64; 3] = [1024, 32, 1];
const RANGE: [i64; 4] = [4096, 256, 16, 1];

/// The first rows, in their order; rows are spread by a number of theirs.
fn first<'scope, D: ExchangeData + std::hash::Hash>(
    rows: Rows<'scope, D>,
    number: fn(&D) -> i64,
) -> Rows<'scope, D> {
    RANKING.into_iter().fold(rows, |rows, groups| {
        rows.map(move |row| (number(&row) % groups, row))
            .reduce(|_, rows, first| {
                first.extend(rows.iter().take(SHOWN).map(|(row, _)| ((*row).clone(), 1)))
            })
            .map(|(_, row)| row)
    })
}

impl<'scope> Flow<'scope> {
    /// Has the changes of a result delivered.
    fn deliver<D: ExchangeData>(
        &self,
        result: Rows<'scope, D>,
        add: impl Fn(&mut Dashboard, D, i64) + 'static,
    ) {
        let dashboard = self.dashboard.clone();
        result
            .inspect(move |(row, _, weight)| add(&mut dashboard.borrow_mut(), row.clone(), *weight as i64))
            .probe_with(&self.probe);
    }

    fn revenue_by_hour(&self) {
        let sums =
            self.last_day.clone().explode(|(hour, total)| Some((hour, (total as isize, 1)))).count_total();
        self.deliver(sums, |d, (hour, (sum, n)), weight| {
            d.revenue_by_hour.add((hour, sum as i64, n as i64), weight)
        });
    }

    fn top_products(&self) {
        let sold = |i: ItemRow| Some((i.product, (i.quantity as isize, (i.quantity * i.price) as isize, 1)));
        let sold = self.items.clone().explode(sold).count_total();
        let ranked = sold.map(|(product, (units, revenue, _lines))| (-units as i64, product, revenue as i64));
        let top = first(ranked, |(_, product, _)| *product)
            .map(|(units, product, revenue)| (product, (units, revenue)));
        let names = self.products.clone().map(|(id, name, image, _)| (id, (name, image)));
        let named = top.join_map(names, |product, (units, revenue), (name, image)| {
            (*units, *product, name.clone(), image.clone(), *revenue)
        });
        self.deliver(named, |d, row, weight| d.top_products.add(row, weight));
    }

    fn kpi(&self) {
        let last_hour = self.last_hour.clone().count_total();
        self.deliver(last_hour, |d, ((), n), weight| d.last_hour.add(n as i64, weight));
        let totals = self.orders.clone().explode(|o: OrderRow| {
            let total = o.total as isize;
            Some(((), if o.status == PENDING { (total, 1, total, 1) } else { (0, 0, total, 1) }))
        });
        self.deliver(totals.count_total(), |d, ((), (pending, n, all, orders)), weight| {
            d.totals.add((pending as i64, n as i64, all as i64, orders as i64), weight);
        });
    }

    fn orders_by_status(&self) {
        let counts = self.orders.clone().map(|o| o.status).count_total();
        self.deliver(counts, |d, (status, n), weight| d.orders_by_status.add((status, n as i64), weight));
    }

    fn revenue_by_region(&self) {
        let sums = self.orders.clone().explode(|o| Some((o.region, (o.total as isize, 1)))).count_total();
        self.deliver(sums, |d, (region, (sum, n)), weight| {
            d.revenue_by_region.add((region, sum as i64, n as i64), weight);
        });
    }

    fn revenue_by_category(&self) {
        let lines = self.items.clone().map(|i| (i.order, (i.product, i.quantity * i.price))).arrange_by_key();
        let valid = self.orders.clone().filter(|o| o.status != VOID).map(|o| o.id).arrange_by_self();
        let sold = lines.join_core(valid, |_, line, ()| Some(*line));
        let by_product =
            sold.explode(|(product, revenue)| Some((product, (revenue as isize, 1)))).count_total();
        let categories = self.products.clone().map(|(id, _, _, category)| (id, category));
        let by_category =
            by_product.join_map(categories, |_, sum: &(isize, isize), category| (*category, *sum));
        let sums = by_category.explode(|(category, sum)| Some((category, sum))).count_total();
        self.deliver(sums, |d, (category, (sum, _)), weight| {
            d.revenue_by_category.add((category, sum as i64), weight)
        });
    }

    fn top_customers(&self) {
        let spend = self.orders.clone().explode(|o| Some((o.customer, (o.total as isize, 1)))).count_total();
        let ranked = spend.map(|(customer, (spend, _orders))| (-spend as i64, customer));
        self.deliver(first(ranked, |(_, customer)| *customer), |d, row, weight| {
            d.top_customers.add(row, weight)
        });
    }

    fn order_range_by_region(&self) {
        let totals = self.orders.clone().map(|o| (o.region, o.total)).distinct_total();
        let ends = RANGE.into_iter().fold(totals, |totals, groups| {
            totals
                .map(move |(region, total)| ((region, total % groups), total))
                .reduce(|_, totals, ends| {
                    let (least, greatest) = (*totals[0].0, *totals[totals.len() - 1].0);
                    ends.push((least, 1));
                    if greatest != least {
                        ends.push((greatest, 1));
                    }
                })
                .map(|((region, _), total)| (region, total))
        });
        let range = ends.reduce(|_, ends, range| range.push(((*ends[0].0, *ends[ends.len() - 1].0), 1)));
        self.deliver(range, |d, (region, (least, greatest)), weight| {
            d.smallest_by_region.add((region, least), weight);
            d.largest_by_region.add((region, greatest), weight);
        });
    }

    fn customers_by_day(&self) {
        let visits = self.orders.clone().map(|o| (o.at / DAY, o.customer)).distinct_total();
        let counts = visits.map(|(day, _)| day).count_total();
        self.deliver(counts, |d, (day, n), weight| d.customers_by_day.add((day, n as i64), weight));
    }

    fn empty_orders(&self) {
        let ids = self.orders.clone().map(|o| (o.id, ()));
        let full = self.items.clone().map(|i| i.order).distinct_total();
        let count = ids.antijoin(full).map(|_| ()).count_total();
        self.deliver(count, |d, ((), n), weight| d.empty_orders.add(n as i64, weight));
    }
}
