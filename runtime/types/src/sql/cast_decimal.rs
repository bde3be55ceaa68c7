//! Casts to and from decimals whose scale is known when the query is compiled.
//!
//! The functions that take a decimal take it stored ([`Decimal`]) or wide ([`WideDecimal`]).

use crate::error::EvalError;
use crate::numeric::digits::{divide_rounded_i128, power_of_ten_i128};
use crate::{Decimal, Double, Numeric, Real, Text, WideDecimal};

/// What can be stored in a `NUMERIC(p,s)`.
pub trait ToDecimal {
    /// The number in units of `10^-scale`, halves away from zero.
    ///
    /// # Errors
    /// [`EvalError::NumericFieldOverflow`] if it has more than `precision` digits, or whatever is wrong with the value.
    fn to_mantissa(self, precision: u8, scale: u8) -> Result<i128, EvalError>;
}

impl ToDecimal for Numeric {
    fn to_mantissa(self, precision: u8, scale: u8) -> Result<i128, EvalError> {
        self.fit(precision, scale)?.mantissa().ok_or(EvalError::NumericFieldOverflow)
    }
}

/// `mantissa / 10^from` in units of `10^-scale`.
fn fit(mantissa: i128, from: u8, precision: u8, scale: u8) -> Result<i128, EvalError> {
    let power = power_of_ten_i128(from.abs_diff(scale).into());
    let fitted = match power {
        Some(power) if scale >= from => mantissa.checked_mul(power),
        Some(power) => Some(divide_rounded_i128(mantissa, power)),
        None => (mantissa == 0 || scale < from).then_some(0),
    };
    let fitted = fitted.ok_or(EvalError::NumericFieldOverflow)?;
    match power_of_ten_i128(precision.into()) {
        Some(limit) if fitted.unsigned_abs() >= limit.unsigned_abs() => Err(EvalError::NumericFieldOverflow),
        _ => Ok(fitted),
    }
}

impl<const A: u8> ToDecimal for WideDecimal<A> {
    fn to_mantissa(self, precision: u8, scale: u8) -> Result<i128, EvalError> {
        fit(self.mantissa(), A, precision, scale)
    }
}

impl<const A: u8> ToDecimal for Decimal<A> {
    fn to_mantissa(self, precision: u8, scale: u8) -> Result<i128, EvalError> {
        fit(self.mantissa().into(), A, precision, scale)
    }
}

macro_rules! integers_to_decimal {
    ($($ty:ty),*) => {$(
        impl ToDecimal for $ty {
            fn to_mantissa(self, precision: u8, scale: u8) -> Result<i128, EvalError> {
                fit(self.into(), 0, precision, scale)
            }
        }
    )*};
}
integers_to_decimal!(i16, i32, i64);

macro_rules! through_numeric {
    ($($ty:ty, $to_numeric:path;)*) => {$(
        impl ToDecimal for $ty {
            fn to_mantissa(self, precision: u8, scale: u8) -> Result<i128, EvalError> {
                $to_numeric(self)?.to_mantissa(precision, scale)
            }
        }
    )*};
}

through_numeric! {
    &str, super::text_to_numeric;
    &Text, super::text_to_numeric;
}

macro_rules! floats_to_decimal {
    ($($ty:ty, $to_numeric:path;)*) => {$(
        impl ToDecimal for $ty {
            fn to_mantissa(self, precision: u8, scale: u8) -> Result<i128, EvalError> {
                // Too small for any scale, even where it is too small for a NUMERIC of 76 decimals.
                const TINY: f64 = 1e-50;
                match f64::from(self.0) {
                    x if x.abs() < TINY => Ok(0),
                    x if x.is_infinite() => Err(EvalError::NumericFieldOverflow),
                    _ => $to_numeric(self)?.to_mantissa(precision, scale),
                }
            }
        }
    )*};
}

floats_to_decimal! {
    Real, super::real_to_numeric;
    Double, super::double_to_numeric;
}

/// `a::NUMERIC(P, R)` with `P` up to 18: rounded, and an error if it has more than `P` digits
pub fn to_decimal<const P: u8, const R: u8>(a: impl ToDecimal) -> Result<Decimal<R>, EvalError> {
    let mantissa = i64::try_from(a.to_mantissa(P, R)?).map_err(|_| EvalError::NumericFieldOverflow)?;
    Ok(Decimal::from_mantissa(mantissa))
}

/// `a::NUMERIC(P, R)` with `P` beyond 18: rounded, and an error if it has more than `P` digits
pub fn to_wide_decimal<const P: u8, const R: u8>(a: impl ToDecimal) -> Result<WideDecimal<R>, EvalError> {
    Ok(WideDecimal::from_mantissa(a.to_mantissa(P, R)?))
}

/// A decimal for arithmetic, with at least as many decimals, where its type says that all digits fit
#[inline]
pub fn extend_decimal<const A: u8, const R: u8>(a: impl Into<WideDecimal<A>>) -> WideDecimal<R> {
    WideDecimal::from_mantissa(a.into().mantissa().wrapping_mul(power(R.saturating_sub(A))))
}

/// An integer for decimal arithmetic, where its type says that all digits fit
#[inline]
pub fn extend_integer<const R: u8>(a: impl Into<i64>) -> WideDecimal<R> {
    WideDecimal::from_mantissa(i128::from(a.into()).wrapping_mul(power(R)))
}

fn power(scale: u8) -> i128 {
    power_of_ten_i128(scale.into()).unwrap_or(0)
}

/// The same number, with its scale beside it
#[inline]
pub fn decimal_to_numeric<const A: u8>(a: impl Into<WideDecimal<A>>) -> Numeric {
    a.into().into()
}

/// A decimal to REAL, to the nearest
pub fn decimal_to_real<const A: u8>(a: impl Into<WideDecimal<A>>) -> Result<Real, EvalError> {
    super::numeric_to_real(a.into().into())
}

/// A decimal to DOUBLE PRECISION, to the nearest
pub fn decimal_to_double<const A: u8>(a: impl Into<WideDecimal<A>>) -> Result<Double, EvalError> {
    // A quotient of two integers that an f64 holds exactly is rounded once.
    const EXACT: u128 = 1 << 53;
    let a = a.into();
    if a.mantissa().unsigned_abs() <= EXACT && A <= 15 {
        return Ok((a.mantissa() as f64 / 10_u64.pow(u32::from(A)) as f64).into());
    }
    super::numeric_to_double(a.into())
}

/// A decimal to SMALLINT, halves away from zero
pub fn decimal_to_i16<const A: u8>(a: impl Into<WideDecimal<A>>) -> Result<i16, EvalError> {
    super::numeric_to_i16(a.into().into())
}

/// A decimal to INTEGER, halves away from zero
pub fn decimal_to_i32<const A: u8>(a: impl Into<WideDecimal<A>>) -> Result<i32, EvalError> {
    super::numeric_to_i32(a.into().into())
}

/// A decimal to BIGINT, halves away from zero
pub fn decimal_to_i64<const A: u8>(a: impl Into<WideDecimal<A>>) -> Result<i64, EvalError> {
    super::numeric_to_i64(a.into().into())
}

/// A decimal to TEXT
pub fn decimal_to_text<const A: u8>(a: impl Into<WideDecimal<A>>) -> Text {
    Text::from(a.into().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storing_rounds_and_checks_the_digits() {
        assert_eq!(
            to_decimal::<4, 2>(WideDecimal::<3>::from_mantissa(12_345)),
            Ok(Decimal::from_mantissa(1235))
        );
        assert_eq!(
            to_decimal::<4, 2>(WideDecimal::<3>::from_mantissa(-12_345)),
            Ok(Decimal::from_mantissa(-1235))
        );
        assert_eq!(to_decimal::<4, 2>(99_i32), Ok(Decimal::from_mantissa(9900)));
        assert_eq!(to_decimal::<4, 2>(100_i32), Err(EvalError::NumericFieldOverflow));
        assert_eq!(to_decimal::<4, 2>("99.995"), Err(EvalError::NumericFieldOverflow));
        assert_eq!(to_decimal::<4, 2>("99.994"), Ok(Decimal::from_mantissa(9999)));
        assert_eq!(to_wide_decimal::<30, 1>(Double::from(2.25)), Ok(WideDecimal::from_mantissa(23)));
        assert_eq!(to_wide_decimal::<30, 4>(Double::from(1e-300)), Ok(WideDecimal::ZERO));
        assert_eq!(to_decimal::<2, 2>(Numeric::new(5, 3)), Ok(Decimal::from_mantissa(1)));
    }

    #[test]
    fn widening_keeps_the_number() {
        assert_eq!(
            extend_decimal::<2, 4>(Decimal::<2>::from_mantissa(-125)),
            WideDecimal::from_mantissa(-12_500)
        );
        assert_eq!(extend_integer::<19>(i64::MIN).mantissa(), i128::from(i64::MIN) * 10_i128.pow(19));
        assert_eq!(decimal_to_double::<2>(Decimal::<2>::from_mantissa(125)), Ok(1.25.into()));
        assert_eq!(decimal_to_i64::<1>(WideDecimal::<1>::from_mantissa(-25)), Ok(-3));
    }
}
