//! What happens in the shop: tables to begin with as CSV, and changes as `cosmictron-compile run` takes them. It is the same on every
//! machine, since PostgreSQL's answers to it are recorded.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use cosmictron_types::Timestamp;
use serde_json::{Value as Tree, json};

use crate::random::Random;

/// The clock when the shop opens: 28 February 2026, 20:00.
pub const START: Timestamp = Timestamp::from_micros(1_772_308_800_000_000);

/// The tables in an order in which they can be loaded; each is in a file of this name.
pub const TABLES: [&str; 3] = ["products", "orders", "order_items"];

/// The file of the changes, with a line for each query where its result is asked for.
pub const CHANGES: &str = "changes.jsonl";

const PRODUCTS: i64 = 1_000;
const ORDERS: i64 = 100_000;
const STATUSES: [&str; 5] = ["pending", "paid", "shipped", "delivered", "void"];
const QUERIES: [&str; 3] = ["revenue_by_hour", "top_products", "kpi"];

/// By how many minutes the clock moves after each round of changes. The last move is longer than all windows, with no change beside it.
const ROUNDS: [i64; 7] = [7, 60, 0, 95, 1, 10 * 60, 130];
const CHANGES_A_ROUND: usize = 400;
const ALL_WINDOWS: i64 = 25 * 60;

const MINUTE: i64 = 60_000_000;

/// Writes the files into a folder.
///
/// # Errors
/// What writing fails with.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let [products, orders, items] = TABLES.map(|table| create(&format!("{table}.csv")));
    let mut shop = Shop::new();
    shop.tables([&mut products?, &mut orders?, &mut items?])?;
    shop.changes(&mut create(CHANGES)?)
}

/// The shop as far as its history depends on it.
struct Shop {
    random: Random,
    now: i64,
    products: i64,
    orders: i64,
    /// The orders that have been deleted, with their items.
    gone: BTreeSet<i64>,
}

impl Shop {
    fn new() -> Self {
        let (random, now) = (Random::new(2_026), START.micros());
        Self { random, now, products: PRODUCTS, orders: ORDERS, gone: BTreeSet::new() }
    }

    fn tables(&mut self, [products, orders, items]: [&mut dyn Write; 3]) -> io::Result<()> {
        writeln!(products, "id,name,image_url,price")?;
        for id in 1..=PRODUCTS {
            let name = format!("Product {id}, \"{}\"", ["small", "größer", "large"][id as usize % 3]);
            writeln!(products, "{id},\"{}\",/img/{id}.png,{}", name.replace('"', "\"\""), cents(price(id)))?;
        }
        writeln!(orders, "id,customer_id,status,total,created_at")?;
        writeln!(items, "order_id,line_no,product_id,quantity,price")?;
        for id in 1..=ORDERS {
            let mut total = 0;
            for line in 1..=lines(id) {
                let (product, quantity) = (self.product(), self.random.between(1, 5));
                total += quantity * price(product);
                writeln!(items, "{id},{line},{product},{quantity},{}", cents(price(product)))?;
            }
            let (customer, status) = (self.random.between(1, 5_000), self.random.pick(&STATUSES));
            // Most within the longest window, some too old for it, and some ahead of the clock.
            let at = self.moment(-30 * 60, 20);
            writeln!(orders, "{id},{customer},{status},{},{at}", cents(total))?;
        }
        [products, orders, items].into_iter().try_for_each(Write::flush)
    }

    fn changes(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.advance(0, out)?;
        ask(out)?;
        for minutes in ROUNDS {
            for _ in 0..CHANGES_A_ROUND {
                let operations: Vec<Tree> = (0..=self.random.below(3)).flat_map(|_| self.change()).collect();
                writeln!(out, "{}", json!({ "tx": operations }))?;
            }
            self.advance(minutes, out)?;
            ask(out)?;
        }
        self.advance(ALL_WINDOWS, out)?;
        ask(out)?;
        out.flush()
    }

    fn advance(&mut self, minutes: i64, out: &mut dyn Write) -> io::Result<()> {
        self.now += minutes * MINUTE;
        let now = Timestamp::from_micros(self.now).to_rfc3339();
        writeln!(out, "{}", json!({ "advance": now }))
    }

    /// One thing that happens; nothing, if the order is gone to which it would.
    fn change(&mut self) -> Vec<Tree> {
        let order = self.random.between(1, self.orders);
        let line = self.random.between(1, lines(order));
        let update =
            |table: &str, key: Tree, set: Tree| vec![json!({ "update": table, "key": key, "set": set })];
        let kind = self.random.below(20);
        let operations = match kind {
            0..=5 => {
                let status = self.random.pick(&STATUSES);
                update("orders", json!({ "id": order }), json!({ "status": status }))
            }
            6..=9 => {
                let at = self.moment(-30 * 60, 0);
                update("orders", json!({ "id": order }), json!({ "created_at": at }))
            }
            10 | 11 => vec![json!({ "delete": "orders", "key": { "id": order } })],
            12..=14 => {
                let product = self.product();
                let set = json!({ "product_id": product, "price": cents(price(product)) });
                update("order_items", json!({ "order_id": order, "line_no": line }), set)
            }
            15 => {
                // Now and then somebody buys the whole stock, and another product leads.
                let quantity = if self.random.once_in(4) { 3_000 } else { self.random.between(1, 60) };
                let key = json!({ "order_id": order, "line_no": line });
                update("order_items", key, json!({ "quantity": quantity }))
            }
            16 => {
                let product =
                    if self.random.once_in(2) { self.random.between(1, 12) } else { self.product() };
                let name = format!("Renamed {} 'x'", self.random.below(100));
                update("products", json!({ "id": product }), json!({ "name": name }))
            }
            17 => {
                self.products += 1;
                let id = self.products;
                let image = format!("/img/{id}.png");
                let row = json!({ "id": id, "name": "New", "image_url": image, "price": cents(price(id)) });
                vec![json!({ "insert": "products", "row": row })]
            }
            _ => self.order(),
        };
        match kind {
            0..=15 if self.gone.contains(&order) => return Vec::new(),
            10 | 11 => drop(self.gone.insert(order)),
            _ => {}
        }
        operations
    }

    /// A new order with its items.
    fn order(&mut self) -> Vec<Tree> {
        self.orders += 1;
        let id = self.orders;
        let mut total = 0;
        let mut operations = Vec::new();
        for line in 1..=lines(id) {
            let (product, quantity) = (self.product(), self.random.between(1, 5));
            total += quantity * price(product);
            operations.push(json!({ "insert": "order_items", "row": {
                "order_id": id, "line_no": line, "product_id": product, "quantity": quantity, "price": cents(price(product)),
            }}));
        }
        let customer = self.random.between(1, 5_000);
        let now = Timestamp::from_micros(self.now).to_rfc3339();
        let order = json!({ "insert": "orders", "row": {
            "id": id, "customer_id": customer, "total": cents(total), "created_at": now,
        }});
        operations.insert(0, order);
        operations
    }

    /// Few products sell often.
    fn product(&mut self) -> i64 {
        let share = self.random.between(0, 999_999);
        1 + share * share * self.products / 1_000_000_000_000
    }

    /// A moment so many minutes from now, once in a while on a full hour.
    fn moment(&mut self, from: i64, to: i64) -> String {
        let at = self.now + self.random.between(from * MINUTE, to * MINUTE);
        let at = if self.random.once_in(100) { at - at % (60 * MINUTE) } else { at };
        Timestamp::from_micros(at).to_rfc3339()
    }
}

/// Asks for all results.
fn ask(out: &mut dyn Write) -> io::Result<()> {
    QUERIES.iter().try_for_each(|query| writeln!(out, "{}", json!({ "snapshot": query })))
}

/// How many items an order has when it is made: two on average.
fn lines(order: i64) -> i64 {
    1 + order % 3
}

/// What a product costs, in cents.
fn price(product: i64) -> i64 {
    199 + product * 7_919 % 30_000
}

fn cents(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}
