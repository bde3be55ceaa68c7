//! The data: a shop with skewed keys, the same for every engine and every run.

use cosmictron::{Decimal, Timestamp};

use crate::live::schema::{OrderItems, Orders, Products};

/// How many products there are.
pub const PRODUCTS: u64 = 10_000;
const CUSTOMERS: u64 = 100_000;
/// The statuses an order goes through, in order.
pub const STATUSES: [&str; 5] = ["pending", "paid", "shipped", "delivered", "void"];
/// 2026-01-01T00:00:00Z, when the first order is placed.
const START: i64 = 1_767_225_600_000_000;
const BETWEEN_ORDERS: i64 = 2_592_000;

/// The stream of random numbers and the orders made of it.
pub struct Recipe {
    state: u64,
    /// The id of the next order.
    pub next_order: i64,
}

impl Recipe {
    /// From the beginning.
    pub fn new() -> Self {
        Self { state: 88_172_645_463_325_252, next_order: 0 }
    }

    fn bits(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state >> 11
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.bits() % limit
    }

    /// A number below `limit`, small ones far more often.
    fn zipf(&mut self, limit: u64) -> u64 {
        let u = self.bits() as f64 / (1u64 << 53) as f64;
        (limit as f64).powf(u) as u64 % limit
    }

    /// All products.
    pub fn products() -> impl Iterator<Item = Products> {
        (0..PRODUCTS as i64).map(|id| Products {
            id,
            name: format!("product {id}").into(),
            image_url: format!("https://img.example/{id}.png").into(),
            category: (id % 50) as i32,
        })
    }

    /// When the order with this id is placed.
    pub fn placed_at(id: i64) -> Timestamp {
        Timestamp::from_micros(START + id * BETWEEN_ORDERS)
    }

    /// The next order and its two items.
    pub fn order(&mut self) -> (Orders, [OrderItems; 2]) {
        let id = self.next_order;
        self.next_order += 1;
        let order = Orders {
            id,
            customer_id: self.zipf(CUSTOMERS) as i64,
            total: Decimal::from_mantissa(self.below(50_000) as i64 + 100),
            created_at: Self::placed_at(id),
            status: STATUSES[self.below(5) as usize].into(),
            region: self.below(16) as i16,
        };
        (order, [self.item(2 * id, id), self.item(2 * id + 1, id)])
    }

    fn item(&mut self, id: i64, order_id: i64) -> OrderItems {
        OrderItems {
            id,
            order_id,
            product_id: self.zipf(PRODUCTS) as i64,
            quantity: 1 + self.below(5) as i32,
            price: Decimal::from_mantissa(100 + self.below(10_000) as i64),
        }
    }
}
