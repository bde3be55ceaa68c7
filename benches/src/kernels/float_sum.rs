//! Sums of floating-point numbers from which numbers are taken out again.

use std::any::Any;

use cosmictron::operators::FloatSum;

use crate::data::shop;
use crate::measure::{Alternative, Case, Stopwatch, fold};

/// The kernel's name.
pub const NAME: &str = "float_sum";

/// What is compared: exact sums, and, for how much exactness costs, sums that round.
pub fn cases() -> Vec<Case> {
    let alternatives = vec![
        alternative::<FloatSum>("BTreeMap of buckets, exact"),
        alternative::<Sorted>("sorted vector of buckets, exact"),
        alternative::<All>("all buckets, exact"),
        alternative::<Compensated>("compensated f64, which rounds"),
        alternative::<f64>("f64, which rounds"),
    ];
    let entries = groups();
    vec![Case { kernel: NAME, name: "weights of items by product", entries, alternatives }]
}

fn groups() -> usize {
    shop().items.iter().map(|item| item.product_id).max().map_or(0, |greatest| greatest as usize + 1)
}

/// A number of each item that no binary fraction equals.
fn weight(item: usize) -> f64 {
    shop().items[item].price as f64 / 300.0
}

/// A running sum.
trait Sum: Default + 'static {
    fn plus(&mut self, value: f64);
    fn minus(&mut self, value: f64);
    /// As exact as it is.
    fn get(&self) -> f64;
}

impl Sum for FloatSum {
    fn plus(&mut self, value: f64) {
        self.add(value);
    }

    fn minus(&mut self, value: f64) {
        self.sub(value);
    }

    fn get(&self) -> f64 {
        self.value().unwrap_or(f64::INFINITY)
    }
}

const BITS: u16 = 32;
/// As many as the exponents of finite doubles need.
const BUCKETS: usize = 64;

/// The bucket of a finite number and what it adds there, as [`FloatSum`] divides them.
fn bucket(value: f64) -> (u16, i128) {
    let bits = value.to_bits();
    let field = ((bits >> 52) & 0x7ff) as u16;
    let fraction = (bits & ((1 << 52) - 1)) as i128;
    let (magnitude, exponent) = if field == 0 { (fraction, 0) } else { (fraction | 1 << 52, field - 1) };
    let mantissa = if value.is_sign_negative() { -magnitude } else { magnitude };
    (exponent / BITS, mantissa << (exponent % BITS))
}

/// What a bucket holds.
fn value_of(bucket: u16, sum: i128) -> f64 {
    sum as f64 * 2f64.powi(i32::from(bucket * BITS) - 1074)
}

/// The buckets that are not zero.
#[derive(Default)]
struct Sorted(Vec<(u16, i128)>);

impl Sorted {
    fn apply(&mut self, value: f64, weight: i128) {
        let (bucket, part) = bucket(value);
        let place = self.0.iter().position(|(other, _)| *other >= bucket).unwrap_or(self.0.len());
        match self.0.get_mut(place) {
            Some((other, sum)) if *other == bucket => {
                *sum += weight * part;
                if *sum == 0 {
                    self.0.remove(place);
                }
            }
            _ => self.0.insert(place, (bucket, weight * part)),
        }
    }
}

impl Sum for Sorted {
    fn plus(&mut self, value: f64) {
        self.apply(value, 1);
    }

    fn minus(&mut self, value: f64) {
        self.apply(value, -1);
    }

    fn get(&self) -> f64 {
        self.0.iter().map(|(bucket, sum)| value_of(*bucket, *sum)).sum()
    }
}

/// All buckets.
struct All(Box<[i128; BUCKETS]>);

impl Default for All {
    fn default() -> Self {
        Self(Box::new([0; BUCKETS]))
    }
}

impl Sum for All {
    fn plus(&mut self, value: f64) {
        let (bucket, part) = bucket(value);
        self.0[usize::from(bucket)] += part;
    }

    fn minus(&mut self, value: f64) {
        let (bucket, part) = bucket(value);
        self.0[usize::from(bucket)] -= part;
    }

    fn get(&self) -> f64 {
        (0..).zip(self.0.iter()).map(|(bucket, sum)| value_of(bucket, *sum)).sum()
    }
}

/// A sum and the errors of its additions (Neumaier, 1974).
#[derive(Default)]
struct Compensated {
    sum: f64,
    errors: f64,
}

impl Sum for Compensated {
    fn plus(&mut self, value: f64) {
        let sum = self.sum + value;
        let (large, small) =
            if self.sum.abs() >= value.abs() { (self.sum, value) } else { (value, self.sum) };
        self.errors += large - sum + small;
        self.sum = sum;
    }

    fn minus(&mut self, value: f64) {
        self.plus(-value);
    }

    fn get(&self) -> f64 {
        self.sum + self.errors
    }
}

impl Sum for f64 {
    fn plus(&mut self, value: f64) {
        *self += value;
    }

    fn minus(&mut self, value: f64) {
        *self -= value;
    }

    fn get(&self) -> f64 {
        *self
    }
}

fn alternative<S: Sum>(name: &'static str) -> Alternative {
    Alternative { name, round: round::<S>, build: || Box::new(filled::<S>()) as Box<dyn Any> }
}

fn filled<S: Sum>() -> Vec<S> {
    let mut sums: Vec<S> = std::iter::repeat_with(S::default).take(groups()).collect();
    for (at, item) in shop().items.iter().enumerate() {
        sums[item.product_id as usize].plus(weight(at));
    }
    sums
}

fn round<S: Sum>(stopwatch: &mut Stopwatch) -> Vec<u64> {
    let shop = shop();
    let mut answers = vec![0; 2];
    // Of what all of them agree about: the sums to four decimals.
    let tell = |answer: &mut u64, sums: &[S]| {
        for (at, sum) in sums.iter().enumerate() {
            fold(answer, (at as u64) << 48 ^ (sum.get() * 1e4).round() as i64 as u64);
        }
    };
    let mut sums: Vec<S> = stopwatch.time("add all", shop.items.len(), filled::<S>);
    stopwatch.time("take out, then add", 2 * shop.leaving.len(), || {
        for order in &shop.leaving {
            let at = *order as usize * 2;
            let sum = &mut sums[shop.items[at].product_id as usize];
            sum.minus(weight(at));
            sum.plus(weight(at));
        }
    });
    tell(&mut answers[0], &sums);
    stopwatch.time("take out all", shop.items.len(), || {
        for (at, item) in shop.items.iter().enumerate() {
            sums[item.product_id as usize].minus(weight(at));
        }
    });
    tell(&mut answers[1], &sums);
    answers
}
