//! The data: a shop with skewed keys, the same for every engine and every run.

/// How many products there are.
pub const PRODUCTS: i64 = 10_000;
/// The most sold product.
pub const MOST_SOLD: i64 = 1;
const CUSTOMERS: u64 = 100_000;
/// The statuses an order goes through, in order.
pub const STATUSES: [&str; 5] = ["pending", "paid", "shipped", "delivered", "void"];
/// 2026-01-01T00:00:00Z, when the first order is placed, in microseconds.
const START: i64 = 1_767_225_600_000_000;
const BETWEEN_ORDERS: i64 = 2_592_000;

/// A product.
#[derive(Clone, Debug)]
pub struct Product {
    /// Its key.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Where its picture is.
    pub image_url: String,
    /// One of fifty.
    pub category: i32,
}

/// An order.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Its key.
    pub id: i64,
    /// Who ordered.
    pub customer_id: i64,
    /// The position of its status in [`STATUSES`].
    pub status: u8,
    /// Cents.
    pub total: i64,
    /// Microseconds since 1970.
    pub created_at: i64,
    /// One of sixteen.
    pub region: i16,
}

/// A line of an order.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Its key.
    pub id: i64,
    /// The order.
    pub order_id: i64,
    /// What is bought.
    pub product_id: i64,
    /// How many.
    pub quantity: i32,
    /// Cents apiece.
    pub price: i64,
}

/// An order with its items.
#[derive(Clone, Copy, Debug)]
pub struct Purchase {
    /// The order.
    pub order: Order,
    /// Its items.
    pub items: [Item; 2],
}

/// The stream of random numbers (xorshift64) and the purchases made of it.
pub struct Recipe {
    state: u64,
    next_order: i64,
}

impl Default for Recipe {
    fn default() -> Self {
        Self { state: 88_172_645_463_325_252, next_order: 0 }
    }
}

impl Recipe {
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
    pub fn products() -> impl Iterator<Item = Product> {
        (0..PRODUCTS).map(|id| Product {
            id,
            name: format!("product {id}"),
            image_url: format!("https://img.example/{id}.png"),
            category: (id % 50) as i32,
        })
    }

    /// When the order with this id is placed.
    pub fn placed_at(id: i64) -> i64 {
        START + id * BETWEEN_ORDERS
    }

    /// The next order and its two items.
    pub fn purchase(&mut self) -> Purchase {
        let id = self.next_order;
        self.next_order += 1;
        let order = Order {
            id,
            customer_id: self.zipf(CUSTOMERS) as i64,
            total: self.below(50_000) as i64 + 100,
            created_at: Self::placed_at(id),
            status: self.below(5) as u8,
            region: self.below(16) as i16,
        };
        Purchase { order, items: [self.item(2 * id, id), self.item(2 * id + 1, id)] }
    }

    fn item(&mut self, id: i64, order_id: i64) -> Item {
        Item {
            id,
            order_id,
            product_id: self.zipf(PRODUCTS as u64) as i64,
            quantity: 1 + self.below(5) as i32,
            price: 100 + self.below(10_000) as i64,
        }
    }
}
