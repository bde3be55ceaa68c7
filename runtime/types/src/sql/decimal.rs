//! Arithmetic of decimals whose scales are known when the query is compiled.
//!
//! Sums and products are as exact as PostgreSQL's, in an `i128`; where that is too small they are an error.

use crate::WideDecimal;
use crate::error::EvalError;
use crate::numeric::digits::{divide_rounded_i128, power_of_ten_i128};

const OVERFLOW: EvalError = EvalError::NumericOverflow;

fn wide<const S: u8>(mantissa: Option<i128>) -> Result<WideDecimal<S>, EvalError> {
    mantissa.map(WideDecimal::from_mantissa).ok_or(OVERFLOW)
}

/// `a + b`
#[inline]
pub fn add_decimal<const S: u8>(a: WideDecimal<S>, b: WideDecimal<S>) -> Result<WideDecimal<S>, EvalError> {
    wide(a.mantissa().checked_add(b.mantissa()))
}

/// `a - b`
#[inline]
pub fn sub_decimal<const S: u8>(a: WideDecimal<S>, b: WideDecimal<S>) -> Result<WideDecimal<S>, EvalError> {
    wide(a.mantissa().checked_sub(b.mantissa()))
}

/// `a * b`, where `R = A + B`
#[inline]
pub fn mul_decimal<const A: u8, const B: u8, const R: u8>(
    a: WideDecimal<A>,
    b: WideDecimal<B>,
) -> Result<WideDecimal<R>, EvalError> {
    const { assert!(A + B == R, "a product has the decimals of both factors") }
    wide(a.mantissa().checked_mul(b.mantissa()))
}

/// `a % b`, with the sign of `a`
pub fn rem_decimal<const S: u8>(a: WideDecimal<S>, b: WideDecimal<S>) -> Result<WideDecimal<S>, EvalError> {
    if b.mantissa() == 0 {
        return Err(EvalError::DivisionByZero);
    }
    Ok(WideDecimal::from_mantissa(a.mantissa().wrapping_rem(b.mantissa())))
}

/// `-a`
#[inline]
pub fn neg_decimal<const S: u8>(a: WideDecimal<S>) -> Result<WideDecimal<S>, EvalError> {
    wide(a.mantissa().checked_neg())
}

/// `+a`
#[inline]
pub fn plus_decimal<const S: u8>(a: WideDecimal<S>) -> WideDecimal<S> {
    a
}

/// `abs(a)`
#[inline]
pub fn abs_decimal<const S: u8>(a: WideDecimal<S>) -> Result<WideDecimal<S>, EvalError> {
    wide(a.mantissa().checked_abs())
}

/// `sign(a)`: -1, 0 or 1
pub fn sign_decimal<const A: u8, const R: u8>(a: WideDecimal<A>) -> WideDecimal<R> {
    const { assert!(R == 0, "a sign has no decimals") }
    WideDecimal::from_mantissa(a.mantissa().signum())
}

/// `round(a, R)`, halves away from zero
pub fn round_decimal<const A: u8, const R: u8>(a: WideDecimal<A>) -> Result<WideDecimal<R>, EvalError> {
    rescale(a, divide_rounded_i128)
}

/// `trunc(a, R)`, towards zero
pub fn trunc_decimal<const A: u8, const R: u8>(a: WideDecimal<A>) -> Result<WideDecimal<R>, EvalError> {
    rescale(a, |a, b| a / b)
}

/// `ceil(a)`
pub fn ceil_decimal<const A: u8, const R: u8>(a: WideDecimal<A>) -> Result<WideDecimal<R>, EvalError> {
    rescale(a, |a, b| a.div_euclid(b) + i128::from(a.rem_euclid(b) != 0))
}

/// `floor(a)`
pub fn floor_decimal<const A: u8, const R: u8>(a: WideDecimal<A>) -> Result<WideDecimal<R>, EvalError> {
    rescale(a, i128::div_euclid)
}

/// The same number in units of `10^-R`, by `divide` where digits are lost.
#[inline]
pub(super) fn rescale<const A: u8, const R: u8>(
    a: WideDecimal<A>,
    divide: impl Fn(i128, i128) -> i128,
) -> Result<WideDecimal<R>, EvalError> {
    let power = const { power_of_ten_i128(A.abs_diff(R) as u32) };
    if A > R {
        return wide(Some(power.map_or(0, |power| divide(a.mantissa(), power))));
    }
    wide(power.and_then(|power| a.mantissa().checked_mul(power)))
}
