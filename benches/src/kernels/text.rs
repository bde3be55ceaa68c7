//! TEXT: strings that are short or shared, and other strings.

use std::any::Any;
use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, LazyLock};

use compact_str::CompactString;
use cosmictron::Text;
use cosmictron_bench_harness::recipe::{Product, Recipe, STATUSES};
use ecow::EcoString;
use rustc_hash::FxBuildHasher;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};

/// The kernel's name.
pub const NAME: &str = "text";

/// What is compared: words and names that all inline forms hold, addresses that some of them hold, addresses that none does, and long texts.
pub fn cases() -> Vec<Case> {
    vec![
        case::<Statuses>("statuses of orders (4 to 9 bytes)"),
        case::<Names>("names of products (9 to 12 bytes)"),
        case::<Mails>("addresses of customers (19 to 23 bytes)"),
        case::<Images>("addresses of images (25 to 28 bytes)"),
        case::<Descriptions>("descriptions (500 to 560 bytes)"),
    ]
}

fn case<W: Words>(name: &'static str) -> Case {
    let alternatives = vec![
        alternative::<W, Text>("smol_str"),
        alternative::<W, String>("String"),
        alternative::<W, Box<str>>("Box<str>"),
        alternative::<W, Arc<str>>("Arc<str>"),
        alternative::<W, CompactString>("compact_str"),
        alternative::<W, EcoString>("ecow"),
    ];
    Case { kernel: NAME, name, entries: W::all().len(), alternatives }
}

/// The texts of many rows.
trait Words: 'static {
    fn all() -> &'static [&'static str];
}

struct Statuses;
struct Names;
struct Mails;
struct Images;
struct Descriptions;

impl Words for Statuses {
    fn all() -> &'static [&'static str] {
        static ALL: LazyLock<Vec<&'static str>> =
            LazyLock::new(|| shop().orders.iter().map(|order| STATUSES[usize::from(order.status)]).collect());
        &ALL
    }
}

impl Words for Names {
    fn all() -> &'static [&'static str] {
        static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| of_products(|product| &product.name));
        &ALL
    }
}

impl Words for Mails {
    fn all() -> &'static [&'static str] {
        static MAILS: LazyLock<Vec<String>> = LazyLock::new(|| {
            let customers = shop().orders.iter().map(|order| order.customer_id);
            customers.map(|id| format!("{id}@customers.example")).collect()
        });
        static ALL: LazyLock<Vec<&'static str>> =
            LazyLock::new(|| MAILS.iter().map(String::as_str).collect());
        &ALL
    }
}

impl Words for Images {
    fn all() -> &'static [&'static str] {
        static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| of_products(|product| &product.image_url));
        &ALL
    }
}

impl Words for Descriptions {
    fn all() -> &'static [&'static str] {
        static PRODUCTS: LazyLock<Vec<String>> =
            LazyLock::new(|| Recipe::products().map(|product| product.image_url.repeat(20)).collect());
        static ALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
            let products = shop().items.iter().step_by(20).map(|item| item.product_id);
            products.map(|id| PRODUCTS[id as usize].as_str()).collect()
        });
        &ALL
    }
}

/// A text of the product that each order has first.
fn of_products(text: fn(&Product) -> &str) -> Vec<&'static str> {
    static PRODUCTS: LazyLock<Vec<Product>> = LazyLock::new(|| Recipe::products().collect());
    let first = shop().items.iter().step_by(2);
    first.map(|item| text(&PRODUCTS[item.product_id as usize])).collect()
}

/// A kind of string.
trait Kind: for<'a> From<&'a str> + AsRef<str> + Clone + Ord + Hash + 'static {}
impl<T: for<'a> From<&'a str> + AsRef<str> + Clone + Ord + Hash + 'static> Kind for T {}

fn alternative<W: Words, T: Kind>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<W, T>, build: || Box::new(made::<W, T>()) as Box<dyn Any> }
}

fn made<W: Words, T: Kind>() -> Vec<T> {
    W::all().iter().map(|text| T::from(text)).collect()
}

fn round<W: Words, T: Kind>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let number = W::all().len();
    let mut answers = vec![0; 3];
    // Vectors that have been filled before, so that the pages they are in are not what is measured.
    let [mut texts, mut copies] = [made::<W, T>(), made::<W, T>()];
    texts.clear();
    copies.clear();
    stopwatch.time("make", number, || texts.extend(W::all().iter().map(|text| T::from(text))));
    stopwatch.time("clone", number, || copies.extend(texts.iter().cloned()));
    let picked: Vec<usize> = shop().picked.iter().map(|at| *at as usize % number).take(number).collect();
    stopwatch.time("compare", number, || {
        answers[0] = picked.iter().zip(&texts).filter(|(at, text)| copies[**at] < **text).count() as u64;
    });
    stopwatch.time("hash", number, || {
        // A hasher without a seed, so that the answers are comparable.
        picked.iter().for_each(|at| fold(&mut answers[1], FxBuildHasher.hash_one(&texts[*at])));
    });
    stopwatch.time("drop a clone", number, || copies.clear());
    answers[2] = texts.iter().map(|text| text.as_ref().len() as u64).sum();
    answers
}
