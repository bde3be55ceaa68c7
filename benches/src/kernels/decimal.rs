//! NUMERIC(p, s): integers in units of the last decimal, and numbers that carry their scale.

use std::any::Any;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::LazyLock;

use bigdecimal::BigDecimal;
use cosmictron::operators::WideSum;
use cosmictron::{Decimal, Numeric, NumericSum, WideDecimal, sql};
use rust_decimal::Decimal as RustDecimal;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};

/// The kernel's name.
pub const NAME: &str = "decimal";

/// What is compared.
pub fn cases() -> Vec<Case> {
    let alternatives = vec![
        alternative::<Decimal<2>>("i64 in cents, sums i128"),
        alternative::<WideDecimal<2>>("i128 in cents, sums 192 bits"),
        alternative::<Numeric>("NUMERIC without a scale"),
        alternative::<RustDecimal>("rust_decimal"),
        alternative::<BigDecimal>("bigdecimal"),
    ];
    vec![Case { kernel: NAME, name: "prices of items", entries: texts().len(), alternatives }]
}

fn texts() -> &'static [String] {
    static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let prices = shop().items.iter().map(|item| item.price);
        prices.map(|cents| format!("{}.{:02}", cents / 100, cents % 100)).collect()
    });
    &TEXTS
}

/// A kind of decimal and of sums of it.
trait Number: FromStr + Display + Ord + 'static {
    type Sum: Default;
    fn of_cents(cents: i64) -> Self;
    fn add(&self, sum: &mut Self::Sum);
    fn take_out(&self, sum: &mut Self::Sum);
    /// Adds so many of it, computed as SQL does.
    fn add_times(&self, quantity: i32, sum: &mut Self::Sum);
    fn text(sum: Self::Sum) -> String;
}

impl Number for Decimal<2> {
    type Sum = i128;

    fn of_cents(cents: i64) -> Self {
        Self::from_mantissa(cents)
    }

    fn add(&self, sum: &mut i128) {
        *sum += i128::from(self.mantissa());
    }

    fn take_out(&self, sum: &mut i128) {
        *sum -= i128::from(self.mantissa());
    }

    fn add_times(&self, quantity: i32, sum: &mut i128) {
        let quantity = WideDecimal::<0>::from_mantissa(i128::from(quantity));
        *sum +=
            sql::mul_decimal::<0, 2, 2>(quantity, WideDecimal::from(*self)).map_or(0, WideDecimal::mantissa);
    }

    fn text(sum: i128) -> String {
        WideDecimal::<2>::from_mantissa(sum).to_string()
    }
}

impl Number for WideDecimal<2> {
    type Sum = WideSum;

    fn of_cents(cents: i64) -> Self {
        Self::from_mantissa(i128::from(cents))
    }

    fn add(&self, sum: &mut WideSum) {
        sum.add(self.mantissa());
    }

    fn take_out(&self, sum: &mut WideSum) {
        sum.sub(self.mantissa());
    }

    fn add_times(&self, quantity: i32, sum: &mut WideSum) {
        let quantity = WideDecimal::<0>::from_mantissa(i128::from(quantity));
        sum.add(sql::mul_decimal::<0, 2, 2>(quantity, *self).map_or(0, WideDecimal::mantissa));
    }

    fn text(sum: WideSum) -> String {
        sum.get().map_or(String::new(), |sum| WideDecimal::<2>::from_mantissa(sum).to_string())
    }
}

impl Number for Numeric {
    type Sum = NumericSum;

    fn of_cents(cents: i64) -> Self {
        Numeric::new(i128::from(cents), 2)
    }

    fn add(&self, sum: &mut NumericSum) {
        sum.add(*self);
    }

    fn take_out(&self, sum: &mut NumericSum) {
        sum.sub(*self);
    }

    fn add_times(&self, quantity: i32, sum: &mut NumericSum) {
        sum.add(sql::mul_numeric(Numeric::from(quantity), *self).unwrap_or_default());
    }

    fn text(sum: NumericSum) -> String {
        sum.value().map_or(String::new(), |sum| sum.to_string())
    }
}

impl Number for RustDecimal {
    type Sum = RustDecimal;

    fn of_cents(cents: i64) -> Self {
        RustDecimal::new(cents, 2)
    }

    fn add(&self, sum: &mut RustDecimal) {
        *sum += self;
    }

    fn take_out(&self, sum: &mut RustDecimal) {
        *sum -= self;
    }

    fn add_times(&self, quantity: i32, sum: &mut RustDecimal) {
        *sum += RustDecimal::from(quantity) * self;
    }

    fn text(sum: RustDecimal) -> String {
        sum.to_string()
    }
}

impl Number for BigDecimal {
    type Sum = BigDecimal;

    fn of_cents(cents: i64) -> Self {
        BigDecimal::new(cents.into(), 2)
    }

    fn add(&self, sum: &mut BigDecimal) {
        *sum += self;
    }

    fn take_out(&self, sum: &mut BigDecimal) {
        *sum -= self;
    }

    fn add_times(&self, quantity: i32, sum: &mut BigDecimal) {
        *sum += BigDecimal::from(quantity) * self;
    }

    fn text(sum: BigDecimal) -> String {
        sum.to_string()
    }
}

fn alternative<N: Number>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<N>, build: || Box::new(made::<N>()) as Box<dyn Any> }
}

fn made<N: Number>() -> Vec<N> {
    shop().items.iter().map(|item| N::of_cents(item.price)).collect()
}

fn round<N: Number>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let items = &shop().items;
    let prices: Vec<N> = made();
    let mut answers = vec![0; 2];
    let mut sum = N::Sum::default();
    stopwatch.time("add to a sum", items.len(), || prices.iter().for_each(|price| price.add(&mut sum)));
    stopwatch.time("take out of it", items.len() / 2, || {
        prices[..items.len() / 2].iter().for_each(|price| price.take_out(&mut sum));
    });
    stopwatch.time("multiply and add", items.len(), || {
        items.iter().zip(&prices).for_each(|(item, price)| price.add_times(item.quantity, &mut sum));
    });
    stopwatch.time("compare", items.len(), || {
        answers[0] = prices.iter().zip(prices.iter().rev()).filter(|(a, b)| a < b).count() as u64;
    });
    let printed: Vec<String> =
        stopwatch.time("print", items.len(), || prices.iter().map(N::to_string).collect());
    let read: Vec<Option<N>> =
        stopwatch.time("read", items.len(), || texts().iter().map(|text| text.parse().ok()).collect());
    answers[1] =
        read.iter().zip(&prices).filter(|(read, price)| read.as_ref() == Some(*price)).count() as u64;
    printed.iter().for_each(|text| fold(&mut answers[0], number(text)));
    answers.push(number(&N::text(sum)));
    answers
}

/// The digits of a text, wherever its point stands, and where it stands.
fn number(text: &str) -> u64 {
    text.bytes().fold(0, |number, byte| number.wrapping_mul(131).wrapping_add(u64::from(byte)))
}
