//! The shop of the ecommerce example at a realistic size: 100,000 orders with 200,000 items of 1,000 products, a few thousand changes, and
//! what a PostgreSQL answers in between, see `tests/record.py`.

#[allow(missing_docs, clippy::all)]
pub mod live {
    include!(concat!(env!("OUT_DIR"), "/ecommerce.rs"));
}

pub mod history;
mod replay;

pub use replay::replay;
