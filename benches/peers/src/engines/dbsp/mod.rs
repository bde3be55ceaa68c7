//! The ten queries as a circuit of the `dbsp` crate.

mod circuit;

use std::error::Error;

use cosmictron_bench_harness::engine::in_batches;
use cosmictron_bench_harness::recipe::{Item, Product, Purchase};
use cosmictron_bench_harness::results::Results;
use cosmictron_bench_harness::{Engine, Setup};
use dbsp::circuit::CircuitConfig;
use dbsp::mimalloc::MiMalloc;
use dbsp::operator::Update;
use dbsp::utils::{Tup3, Tup4, Tup5};
use dbsp::{DBSPHandle, Runtime};

use super::dashboard::Dashboard;
use circuit::{Delivery, Tables};

/// The allocator that `dbsp` is built to run on.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Worker threads.
const WORKERS: usize = 1;

/// A running circuit and a subscriber of its results.
pub struct Dbsp {
    circuit: DBSPHandle,
    tables: Tables,
    deliveries: Vec<Delivery>,
    dashboard: Dashboard,
    setup: Setup,
    now: i64,
    /// Whether the tables have changes that no transaction has taken up.
    changed: bool,
}

impl Dbsp {
    /// The circuit of the queries that the setup asks for, over empty tables.
    pub fn new(setup: &Setup) -> Result<Self, Box<dyn Error>> {
        let wanted = setup.clone();
        let config = CircuitConfig::with_workers(WORKERS).with_allow_input_during_commit(false);
        let (circuit, (tables, deliveries)) =
            Runtime::init_circuit(config, move |circuit| Ok(circuit::build(circuit, &wanted)))?;
        let (dashboard, setup) = (Dashboard::default(), setup.clone());
        Ok(Self { circuit, tables, deliveries, dashboard, setup, now: 0, changed: false })
    }

    fn insert(&mut self, item: &Item) {
        let Item { id, order_id, product_id, quantity, price } = *item;
        self.tables.items.push(id, Update::Insert(Tup4(order_id, product_id, i64::from(quantity), price)));
        self.changed = true;
    }
}

impl Engine for Dbsp {
    const SAMPLE: usize = 20;

    fn load(&mut self, products: impl Iterator<Item = Product>, purchases: impl Iterator<Item = Purchase>) {
        for p in products {
            self.tables.products.push(p.id, Update::Insert(Tup3(p.name, p.image_url, i64::from(p.category))));
        }
        in_batches(purchases, |batch| {
            self.purchase(batch);
            self.publish();
        });
    }

    fn purchase(&mut self, purchases: &[Purchase]) {
        for Purchase { order: o, items } in purchases {
            let order = Tup5(o.customer_id, o.status, o.total, o.created_at, i64::from(o.region));
            self.tables.orders.push(o.id, Update::Insert(order));
            items.iter().for_each(|item| self.insert(item));
            self.now = o.created_at;
        }
    }

    fn set_status(&mut self, order: i64, status: u8) {
        self.tables.orders.push(order, Update::Update(status));
        self.changed = true;
    }

    fn rename(&mut self, product: i64, name: &str) {
        self.tables.products.push(product, Update::Update(name.to_owned()));
        self.changed = true;
    }

    fn delete_item(&mut self, item: i64) {
        self.tables.items.push(item, Update::Delete);
        self.changed = true;
    }

    fn insert_item(&mut self, item: &Item) {
        self.insert(item);
    }

    fn publish(&mut self) {
        self.changed = false;
        self.tables.now.set_for_all(self.now);
        self.circuit.transaction().expect("a transaction");
        self.deliveries.iter().for_each(|deliver| deliver(&mut self.dashboard));
    }

    fn settle(&mut self) {
        if self.changed {
            self.publish();
        }
    }

    fn results(&mut self) -> Results {
        self.dashboard.results(&self.setup)
    }
}
