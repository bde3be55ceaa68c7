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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Numeric;
    use crate::sql::*;

    /// Numbers of all sizes, among them those at which rounding turns.
    fn mantissas() -> Vec<i128> {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i128::from(state as i64 >> (state % 60))
        };
        let edges = [0, 1, -1, 49, 50, 51, -49, -50, -51, 149, 150, -150, 99_999, 1_000_000];
        edges.into_iter().chain((0..300).map(|_| next())).collect()
    }

    fn numeric<const S: u8>(result: Result<WideDecimal<S>, EvalError>) -> Result<String, EvalError> {
        result.map(|decimal| decimal.to_string())
    }

    fn text(result: Result<Numeric, EvalError>) -> Result<String, EvalError> {
        result.map(|number| number.to_string())
    }

    #[test]
    fn agrees_with_numeric() {
        let numbers = mantissas();
        for (x, y) in numbers.iter().zip(numbers.iter().rev()) {
            let (a, b) = (WideDecimal::<2>::from_mantissa(*x), WideDecimal::<2>::from_mantissa(*y));
            let (m, n) = (Numeric::from(a), Numeric::from(b));
            assert_eq!(numeric(add_decimal(a, b)), text(add_numeric(m, n)));
            assert_eq!(numeric(sub_decimal(a, b)), text(sub_numeric(m, n)));
            assert_eq!(numeric(mul_decimal::<2, 2, 4>(a, b)), text(mul_numeric(m, n)));
            assert_eq!(numeric(rem_decimal(a, b)), text(rem_numeric(m, n)));
            assert_eq!(numeric(neg_decimal(a)), text(Ok(neg_numeric(m))));
            assert_eq!(numeric(abs_decimal(a)), text(Ok(abs_numeric(m))));
            assert_eq!(numeric(Ok(sign_decimal::<2, 0>(a))), text(Ok(sign_numeric(m))));
            assert_eq!(numeric(round_decimal::<2, 0>(a)), text(round_numeric(m, 0)));
            assert_eq!(numeric(round_decimal::<2, 1>(a)), text(round_numeric(m, 1)));
            assert_eq!(numeric(round_decimal::<2, 4>(a)), text(round_numeric(m, 4)));
            assert_eq!(numeric(trunc_decimal::<2, 1>(a)), text(trunc_numeric(m, 1)));
            assert_eq!(numeric(ceil_decimal::<2, 0>(a)), text(ceil_numeric(m)));
            assert_eq!(numeric(floor_decimal::<2, 0>(a)), text(floor_numeric(m)));
        }
    }

    #[test]
    fn more_than_128_bits_are_an_error() {
        let most = WideDecimal::<2>::from_mantissa(i128::MAX);
        assert_eq!(add_decimal(most, most), Err(EvalError::NumericOverflow));
        assert_eq!(mul_decimal::<2, 2, 4>(most, most), Err(EvalError::NumericOverflow));
        assert_eq!(round_decimal::<2, 3>(most), Err(EvalError::NumericOverflow));
        assert_eq!(
            rem_decimal(WideDecimal::<2>::from_mantissa(i128::MIN), WideDecimal::from_mantissa(-1)),
            Ok(WideDecimal::ZERO)
        );
    }
}
