//! The data that all kernels work on: the orders and items of the ten charts.

use std::sync::{LazyLock, OnceLock};

use cosmictron_bench_harness::recipe::{Item, MOST_SOLD, Order, Recipe};

static ORDERS: OnceLock<usize> = OnceLock::new();

/// Decides how many orders there are, before anything reads them.
pub fn set_orders(orders: usize) {
    ORDERS.get_or_init(|| orders);
}

/// The orders and items, and choices among them.
pub struct Shop {
    /// The orders, each in the place of its id.
    pub orders: Vec<Order>,
    /// Two for each order, each in the place of its id.
    pub items: Vec<Item>,
    /// Orders that are looked up or changed, with repetitions.
    pub picked: Vec<u32>,
    /// Orders that go, each once, in no order.
    pub leaving: Vec<u32>,
    /// Items of the most sold product that go, each once, in no order.
    pub popular: Vec<u32>,
}

/// How many orders leave and come again, at most.
const LEAVING: usize = 100_000;
/// How many items of the most sold product do, at most, as in the ten charts' work.
const POPULAR: usize = 10_000;

/// All data.
pub fn shop() -> &'static Shop {
    static SHOP: LazyLock<Shop> = LazyLock::new(|| {
        let number = *ORDERS.get_or_init(|| 1_000_000);
        let mut recipe = Recipe::default();
        let mut orders = Vec::with_capacity(number);
        let mut items = Vec::with_capacity(2 * number);
        for _ in 0..number {
            let purchase = recipe.purchase();
            orders.push(purchase.order);
            items.extend(purchase.items);
        }
        let picked = (0..number).map(|_| recipe.below(number as u64) as u32).collect();
        let leaving = some_of((0..number as u32).collect(), LEAVING.min(number / 4), &mut recipe);
        let sold = items.iter().filter(|item| item.product_id == MOST_SOLD).map(|item| item.id as u32);
        let popular = some_of(sold.collect(), POPULAR, &mut recipe);
        Shop { orders, items, picked, leaving, popular }
    });
    &SHOP
}

/// So many of these, each once, in no order.
fn some_of(mut all: Vec<u32>, number: usize, recipe: &mut Recipe) -> Vec<u32> {
    let number = number.min(all.len());
    for at in 0..number {
        let other = at + recipe.below((all.len() - at) as u64) as usize;
        all.swap(at, other);
    }
    all.truncate(number);
    all.shrink_to_fit();
    all
}
