//! Arithmetic of intervals.

use crate::error::{EvalError, TypeName};
use crate::time::calendar::DAY;
use crate::{Double, Interval};

const OUT_OF_RANGE: EvalError = EvalError::OutOfRange(TypeName::Interval);
const SECONDS_OF_DAY: f64 = 86_400.0;

fn interval(months: Option<i32>, days: Option<i32>, micros: Option<i64>) -> Result<Interval, EvalError> {
    match (months, days, micros) {
        (Some(months), Some(days), Some(micros)) => Ok(Interval::new(months, days, micros)),
        _ => Err(OUT_OF_RANGE),
    }
}

/// `a + b`
pub fn add_interval(a: Interval, b: Interval) -> Result<Interval, EvalError> {
    interval(
        a.months().checked_add(b.months()),
        a.days().checked_add(b.days()),
        a.micros().checked_add(b.micros()),
    )
}

/// `a - b`
pub fn sub_interval(a: Interval, b: Interval) -> Result<Interval, EvalError> {
    interval(
        a.months().checked_sub(b.months()),
        a.days().checked_sub(b.days()),
        a.micros().checked_sub(b.micros()),
    )
}

/// `-a`
pub fn neg_interval(a: Interval) -> Result<Interval, EvalError> {
    interval(a.months().checked_neg(), a.days().checked_neg(), a.micros().checked_neg())
}

/// `a * factor`; fractions of months become days, of days time
pub fn mul_interval_double(a: Interval, factor: Double) -> Result<Interval, EvalError> {
    scaled(a, |part| part * factor.0)
}

/// `factor * a`
pub fn mul_double_interval(factor: Double, a: Interval) -> Result<Interval, EvalError> {
    mul_interval_double(a, factor)
}

/// `a / divisor`; fractions of months become days, of days time
pub fn div_interval_double(a: Interval, divisor: Double) -> Result<Interval, EvalError> {
    if divisor.0 == 0.0 {
        return Err(EvalError::DivisionByZero);
    }
    scaled(a, |part| part / divisor.0)
}

/// The rounding steps are those of PostgreSQL's `interval_mul`, so that every microsecond agrees.
fn scaled(a: Interval, scale: impl Fn(f64) -> f64) -> Result<Interval, EvalError> {
    let (exact_months, exact_days) = (scale(a.months().into()), scale(a.days().into()));
    let (months, mut days) = (to_i32(exact_months)?, i64::from(to_i32(exact_days)?));
    let month_days = round_to_micros((exact_months - f64::from(months)) * 30.0);
    let mut seconds =
        round_to_micros((exact_days - days as f64 + month_days - month_days.trunc()) * SECONDS_OF_DAY);
    if seconds.abs() >= SECONDS_OF_DAY {
        let whole_days = (seconds / SECONDS_OF_DAY).trunc();
        days += whole_days as i64;
        seconds -= whole_days * SECONDS_OF_DAY;
    }
    days += month_days.trunc() as i64;
    let micros = (scale(a.micros() as f64) + seconds * 1e6).round_ties_even();
    let limit = -(i64::MIN as f64);
    if !(-limit..limit).contains(&micros) {
        return Err(OUT_OF_RANGE);
    }
    interval(Some(months), i32::try_from(days).ok(), Some(micros as i64))
}

fn to_i32(x: f64) -> Result<i32, EvalError> {
    if (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&x) { Ok(x as i32) } else { Err(OUT_OF_RANGE) }
}

fn round_to_micros(x: f64) -> f64 {
    (x * 1e6).round_ties_even() / 1e6
}

/// `justify_hours(a)`: every 24 hours become a day
pub fn justify_hours(a: Interval) -> Result<Interval, EvalError> {
    let (mut days, mut micros) = (i64::from(a.days()) + a.micros() / DAY, a.micros() % DAY);
    same_sign(&mut days, &mut micros, DAY);
    interval(Some(a.months()), i32::try_from(days).ok(), Some(micros))
}

/// `justify_days(a)`: every 30 days become a month
pub fn justify_days(a: Interval) -> Result<Interval, EvalError> {
    let (mut months, mut days) = (i64::from(a.months()) + i64::from(a.days() / 30), i64::from(a.days() % 30));
    same_sign(&mut months, &mut days, 30);
    interval(i32::try_from(months).ok(), Some(days as i32), Some(a.micros()))
}

/// `justify_interval(a)`: both, and all parts of one sign
pub fn justify_interval(a: Interval) -> Result<Interval, EvalError> {
    let (mut days, mut micros) = (i64::from(a.days()) + a.micros() / DAY, a.micros() % DAY);
    let (mut months, rest) = (i64::from(a.months()) + days / 30, days % 30);
    days = rest;
    same_sign_of(&mut months, &mut days, micros, 30);
    same_sign(&mut days, &mut micros, DAY);
    interval(i32::try_from(months).ok(), Some(days as i32), Some(micros))
}

/// Borrows one large unit where the signs differ.
fn same_sign(large: &mut i64, small: &mut i64, size: i64) {
    same_sign_of(large, small, 0, size);
}

/// [`same_sign`], where a zero `small` has the sign of what follows it.
fn same_sign_of(large: &mut i64, small: &mut i64, next: i64, size: i64) {
    let sign = if *small != 0 { small.signum() } else { next.signum() };
    if large.signum() * sign < 0 {
        *small += large.signum() * size;
        *large -= large.signum();
    }
}
