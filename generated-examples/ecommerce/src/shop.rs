//! What happens in the shop: orders come in, are paid, shipped and delivered; some are void.

use cosmictron::{Decimal, Error};

use crate::live::schema::{Database, NewOrders, OrderItems, OrderStatus, Orders, Products};

const PRODUCTS: [(&str, i64); 14] = [
    ("Espresso beans, 1 kg", 2490),
    ("Filter beans, 250 g", 990),
    ("Burr grinder", 14900),
    ("Pour-over kettle", 6950),
    ("Paper filters, 100", 650),
    ("Ceramic dripper", 2200),
    ("Glass carafe", 2750),
    ("Digital scale", 3900),
    ("Milk pitcher", 1850),
    ("Tamper, 58 mm", 2990),
    ("Knock box", 2450),
    ("Cleaning tablets", 1290),
    ("Travel press", 3450),
    ("Cupping spoon", 1150),
];

/// The shop and its source of chance.
pub struct Shop {
    random: u64,
}

impl Shop {
    /// Fills the shelves of a new shop.
    pub fn open(database: &Database) -> Result<Shop, Error> {
        let orders = database.transaction(|tx| {
            for (id, (name, price)) in (1..).zip(PRODUCTS) {
                if tx.get::<Products>(&id).is_none() {
                    tx.insert(Products {
                        id,
                        name: name.into(),
                        image_url: format!("https://img.example/{id}.png").into(),
                        price: Decimal::from_mantissa(price),
                    })?;
                }
            }
            Ok::<_, Error>(tx.iter::<Orders>().count())
        })?;
        // Chance goes on from how much has happened, so that every run shows something else.
        Ok(Shop {
            random: 88_172_645_463_325_252 ^ (orders.value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        })
    }

    /// One thing happens: mostly a new order, otherwise an older one moves on or disappears.
    pub fn act(&mut self, database: &Database) -> Result<(), Error> {
        match self.below(10) {
            0..6 => self.order(database),
            6..9 => self.move_on(database),
            _ => self.cancel(database),
        }
    }

    fn order(&mut self, database: &Database) -> Result<(), Error> {
        let lines: Vec<(i64, i32)> =
            (0..1 + self.below(3)).map(|_| (self.popular_product(), 1 + self.below(3) as i32)).collect();
        let customer_id = 1 + self.below(500) as i64;
        database.transaction(|tx| {
            let mut total = 0;
            let mut items = Vec::new();
            for (line_no, (product_id, quantity)) in (1..).zip(lines) {
                let Some(product) = tx.get::<Products>(&product_id) else { continue };
                total += product.price.mantissa() * i64::from(quantity);
                items.push(OrderItems { order_id: 0, line_no, product_id, quantity, price: product.price });
            }
            let order_id = tx.insert(NewOrders {
                id: None,
                customer_id,
                status: None,
                total: Decimal::from_mantissa(total),
                created_at: None,
            })?;
            for item in items {
                tx.insert(OrderItems { order_id, ..item })?;
            }
            Ok::<_, Error>(())
        })?;
        Ok(())
    }

    fn move_on(&mut self, database: &Database) -> Result<(), Error> {
        let pick = self.below(1 << 32);
        database.transaction(|tx| {
            let open: Vec<i64> =
                tx.iter::<Orders>().filter(|o| o.status < OrderStatus::Delivered).map(|o| o.id).collect();
            if let Some(id) = open.get(pick as usize % open.len().max(1)) {
                tx.update::<Orders>(id, |order| {
                    order.status = match order.status {
                        OrderStatus::Pending => OrderStatus::Paid,
                        OrderStatus::Paid => OrderStatus::Shipped,
                        _ => OrderStatus::Delivered,
                    };
                })?;
            }
            Ok::<_, Error>(())
        })?;
        Ok(())
    }

    /// A pending order is deleted, and its items with it.
    fn cancel(&mut self, database: &Database) -> Result<(), Error> {
        let pick = self.below(1 << 32);
        database.transaction(|tx| {
            let pending: Vec<i64> =
                tx.iter::<Orders>().filter(|o| o.status == OrderStatus::Pending).map(|o| o.id).collect();
            if let Some(id) = pending.get(pick as usize % pending.len().max(1)) {
                tx.delete::<Orders>(id)?;
            }
            Ok::<_, Error>(())
        })?;
        Ok(())
    }

    /// Few products sell often, as in a real shop.
    fn popular_product(&mut self) -> i64 {
        let share = self.below(1 << 20) as f64 / (1 << 20) as f64;
        1 + (share * share * PRODUCTS.len() as f64) as i64
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random >> 11) % limit
    }
}
