//! The ten queries as a dataflow of `differential-dataflow`.

mod dataflow;

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::rc::Rc;

use cosmictron_bench_harness::engine::in_batches;
use cosmictron_bench_harness::recipe::{Item, Product, Purchase};
use cosmictron_bench_harness::results::Results;
use cosmictron_bench_harness::{Engine, Measured, Setup, measure as work};
use timely::dataflow::operators::probe;
use timely::worker::Worker;

use super::dashboard::{DAY, Dashboard, HOUR};
use dataflow::{ItemRow, OrderRow, ProductRow, Tables};

/// Measures the dataflow in a single worker on this thread.
pub fn measure(name: &str, setup: &Setup) -> Measured {
    let (name, setup) = (name.to_owned(), setup.clone());
    timely::execute_directly(move |worker| {
        let engine = Differential::new(worker, &setup);
        work(&name, &setup, engine)
    })
}

/// A dataflow, the rows that it has been given, and a subscriber of its results.
///
/// The program that feeds a dataflow has to say which row it retracts, so it keeps the tables. It also keeps the windows: no operator moves one,
/// and retracting each row at a future time would have every transaction look through all retractions that are still to come.
struct Differential<'a> {
    worker: &'a mut Worker,
    probe: probe::Handle<u64>,
    tables: Tables,
    dashboard: Rc<RefCell<Dashboard>>,
    setup: Setup,
    products: HashMap<i64, ProductRow>,
    orders: HashMap<i64, OrderRow>,
    items: HashMap<i64, ItemRow>,
    last_day: Window,
    last_hour: Window,
    now: i64,
    /// Whether the tables have changes that no transaction has taken up.
    changed: bool,
}

/// The orders of a window by the moment they leave it.
struct Window {
    length: i64,
    leaving: BinaryHeap<Reverse<(i64, i64)>>,
}

impl Window {
    fn new(length: i64) -> Self {
        Self { length, leaving: BinaryHeap::new() }
    }

    /// An order enters, unless it is too old.
    fn enters(&mut self, order: i64, at: i64, now: i64) -> bool {
        let is_in = at > now - self.length;
        if is_in {
            self.leaving.push(Reverse((at + self.length, order)));
        }
        is_in
    }

    /// The next order that has left.
    fn leaves(&mut self, now: i64) -> Option<i64> {
        let Reverse((moment, _)) = self.leaving.peek()?;
        if *moment > now { None } else { self.leaving.pop().map(|Reverse((_, order))| order) }
    }
}

impl<'a> Differential<'a> {
    fn new(worker: &'a mut Worker, setup: &Setup) -> Self {
        let dashboard = Rc::new(RefCell::new(Dashboard::default()));
        let (tables, probe) = worker.dataflow(|scope| dataflow::build(scope, setup, &dashboard));
        Self {
            worker,
            probe,
            tables,
            dashboard,
            setup: setup.clone(),
            products: HashMap::new(),
            orders: HashMap::new(),
            items: HashMap::new(),
            last_day: Window::new(DAY),
            last_hour: Window::new(HOUR),
            now: 0,
            changed: false,
        }
    }

    fn advance(&mut self, now: i64) {
        self.now = now;
        while let Some(order) = self.last_day.leaves(now) {
            self.tables.last_day.remove(recent(&self.orders[&order]));
        }
        while self.last_hour.leaves(now).is_some() {
            self.tables.last_hour.remove(());
        }
    }

    fn insert(&mut self, item: &Item) {
        let Item { id, order_id: order, product_id: product, quantity, price } = *item;
        let row = ItemRow { order, product, quantity: i64::from(quantity), price };
        self.items.insert(id, row);
        self.tables.items.insert(row);
        self.changed = true;
    }
}

/// What the window of a day holds of an order: its hour and its total.
fn recent(order: &OrderRow) -> (i64, i64) {
    (order.at / HOUR, order.total)
}

impl Engine for Differential<'_> {
    const SAMPLE: usize = 20;

    fn load(&mut self, products: impl Iterator<Item = Product>, purchases: impl Iterator<Item = Purchase>) {
        for p in products {
            let row = (p.id, p.name, p.image_url, i64::from(p.category));
            self.tables.products.insert(row.clone());
            self.products.insert(p.id, row);
        }
        in_batches(purchases, |batch| {
            self.purchase(batch);
            self.publish();
        });
    }

    fn purchase(&mut self, purchases: &[Purchase]) {
        let Some(newest) = purchases.last() else { return };
        self.advance(newest.order.created_at);
        for Purchase { order: o, items } in purchases {
            let (id, at) = (o.id, o.created_at);
            let row = OrderRow {
                id,
                customer: o.customer_id,
                status: o.status,
                total: o.total,
                at,
                region: i64::from(o.region),
            };
            self.orders.insert(id, row);
            self.tables.orders.insert(row);
            if self.last_day.enters(id, at, self.now) {
                self.tables.last_day.insert(recent(&row));
            }
            if self.last_hour.enters(id, at, self.now) {
                self.tables.last_hour.insert(());
            }
            items.iter().for_each(|item| self.insert(item));
        }
    }

    fn set_status(&mut self, order: i64, status: u8) {
        let row = self.orders.get_mut(&order).expect("an order");
        self.tables.orders.remove(*row);
        row.status = status;
        self.tables.orders.insert(*row);
        self.changed = true;
    }

    fn rename(&mut self, product: i64, name: &str) {
        let row = self.products.get_mut(&product).expect("a product");
        self.tables.products.remove(row.clone());
        name.clone_into(&mut row.1);
        self.tables.products.insert(row.clone());
        self.changed = true;
    }

    fn delete_item(&mut self, item: i64) {
        let row = self.items.remove(&item).expect("an item");
        self.tables.items.remove(row);
        self.changed = true;
    }

    fn insert_item(&mut self, item: &Item) {
        self.insert(item);
    }

    fn publish(&mut self) {
        self.changed = false;
        let next = self.tables.orders.time() + 1;
        self.tables.advance_to(next);
        let probe = &self.probe;
        self.worker.step_while(|| probe.less_than(&next));
    }

    fn settle(&mut self) {
        if self.changed {
            self.publish();
        }
    }

    fn results(&mut self) -> Results {
        self.dashboard.borrow().results(&self.setup)
    }
}
