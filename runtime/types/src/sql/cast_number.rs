//! Casts between numbers, and between booleans and numbers.

use crate::error::{EvalError, TypeName};
use crate::{Double, Numeric, Real};

macro_rules! integer_casts {
    ($($(#[$doc:meta])* $name:ident: $from:ty => $to:ty, $ty:ident;)*) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name(a: $from) -> Result<$to, EvalError> {
            <$to>::try_from(a).map_err(|_| EvalError::OutOfRange(TypeName::$ty))
        }
    )*};
}

integer_casts! {
    /// INTEGER to SMALLINT
    i32_to_i16: i32 => i16, SmallInt;
    /// BIGINT to SMALLINT
    i64_to_i16: i64 => i16, SmallInt;
    /// BIGINT to INTEGER
    i64_to_i32: i64 => i32, Integer;
}

macro_rules! lossless_casts {
    ($($(#[$doc:meta])* $name:ident: $from:ty => $to:ty, $f:expr;)*) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name(a: $from) -> $to {
            $f(a)
        }
    )*};
}

lossless_casts! {
    /// SMALLINT to INTEGER
    i16_to_i32: i16 => i32, i32::from;
    /// SMALLINT to BIGINT
    i16_to_i64: i16 => i64, i64::from;
    /// INTEGER to BIGINT
    i32_to_i64: i32 => i64, i64::from;
    /// SMALLINT to NUMERIC
    i16_to_numeric: i16 => Numeric, Numeric::from;
    /// INTEGER to NUMERIC
    i32_to_numeric: i32 => Numeric, Numeric::from;
    /// BIGINT to NUMERIC
    i64_to_numeric: i64 => Numeric, Numeric::from;
    /// SMALLINT to REAL
    i16_to_real: i16 => Real, |a| Real::from(f32::from(a));
    /// INTEGER to REAL, to the nearest
    i32_to_real: i32 => Real, |a| Real::from(a as f32);
    /// BIGINT to REAL, to the nearest
    i64_to_real: i64 => Real, |a| Real::from(a as f32);
    /// SMALLINT to DOUBLE PRECISION
    i16_to_double: i16 => Double, |a| Double::from(f64::from(a));
    /// INTEGER to DOUBLE PRECISION
    i32_to_double: i32 => Double, |a| Double::from(f64::from(a));
    /// BIGINT to DOUBLE PRECISION, to the nearest
    i64_to_double: i64 => Double, |a| Double::from(a as f64);
    /// REAL to DOUBLE PRECISION
    real_to_double: Real => Double, |a: Real| Double::from(f64::from(a.0));
    /// BOOLEAN to INTEGER: 1 for true
    bool_to_i32: bool => i32, i32::from;
    /// INTEGER to BOOLEAN: true unless 0
    i32_to_bool: i32 => bool, |a| a != 0;
}

/// DOUBLE PRECISION to REAL, to the nearest
pub fn double_to_real(a: Double) -> Result<Real, EvalError> {
    let real = a.0 as f32;
    if real.is_infinite() && a.is_finite() {
        return Err(EvalError::FloatOverflow);
    }
    if real == 0.0 && a.0 != 0.0 { Err(EvalError::FloatUnderflow) } else { Ok(real.into()) }
}

/// Halves go to even; an `f64` holds the bounds of all integer types but the upper one of BIGINT, which is excluded.
fn double_to_integer(a: f64, ty: TypeName) -> Result<i64, EvalError> {
    let rounded = a.round_ties_even();
    let limit = -(i64::MIN as f64);
    if (-limit..limit).contains(&rounded) { Ok(rounded as i64) } else { Err(EvalError::OutOfRange(ty)) }
}

macro_rules! float_to_integer {
    ($($(#[$doc:meta])* $name:ident: $from:ty => $to:ty, $ty:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(a: $from) -> Result<$to, EvalError> {
            let integer = double_to_integer(a.0.into(), TypeName::$ty)?;
            <$to>::try_from(integer).map_err(|_| EvalError::OutOfRange(TypeName::$ty))
        }
    )*};
}

float_to_integer! {
    /// REAL to SMALLINT, halves to even
    real_to_i16: Real => i16, SmallInt;
    /// REAL to INTEGER, halves to even
    real_to_i32: Real => i32, Integer;
    /// REAL to BIGINT, halves to even
    real_to_i64: Real => i64, BigInt;
    /// DOUBLE PRECISION to SMALLINT, halves to even
    double_to_i16: Double => i16, SmallInt;
    /// DOUBLE PRECISION to INTEGER, halves to even
    double_to_i32: Double => i32, Integer;
    /// DOUBLE PRECISION to BIGINT, halves to even
    double_to_i64: Double => i64, BigInt;
}

/// REAL to NUMERIC, with 6 significant digits
pub fn real_to_numeric(a: Real) -> Result<Numeric, EvalError> {
    float_to_numeric(a.0.into(), 6)
}

/// DOUBLE PRECISION to NUMERIC, with 15 significant digits
pub fn double_to_numeric(a: Double) -> Result<Numeric, EvalError> {
    float_to_numeric(a.0, 15)
}

/// PostgreSQL goes by the text of C's `%.15g`, which drops trailing zeros.
fn float_to_numeric(a: f64, significant_digits: usize) -> Result<Numeric, EvalError> {
    if a.is_nan() {
        return Err(EvalError::NanToNumeric);
    }
    if a.is_infinite() {
        return Err(EvalError::InfinityToNumeric);
    }
    let text = format!("{a:.precision$e}", precision = significant_digits - 1);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    format!("{mantissa}e{exponent}").parse().map_err(|_| EvalError::NumericOverflow)
}

macro_rules! exact_to_float {
    ($($(#[$doc:meta])* $name:ident => $to:ident, $float:ty;)*) => {$(
        $(#[$doc])*
        pub fn $name(a: Numeric) -> Result<$to, EvalError> {
            // The decimal text is the one form from which the standard library rounds correctly.
            let nearest: $float = a.to_string().parse().map_err(|_| EvalError::FloatOverflow)?;
            if nearest.is_infinite() {
                return Err(EvalError::FloatOverflow);
            }
            if nearest == 0.0 && !a.is_zero() { Err(EvalError::FloatUnderflow) } else { Ok(nearest.into()) }
        }
    )*};
}

exact_to_float! {
    /// NUMERIC to REAL, to the nearest
    numeric_to_real => Real, f32;
    /// NUMERIC to DOUBLE PRECISION, to the nearest
    numeric_to_double => Double, f64;
}

macro_rules! exact_to_integer {
    ($($(#[$doc:meta])* $name:ident => $to:ty, $ty:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(a: Numeric) -> Result<$to, EvalError> {
            let whole = a.rescale(0).ok().and_then(Numeric::mantissa);
            whole.and_then(|i| <$to>::try_from(i).ok()).ok_or(EvalError::OutOfRange(TypeName::$ty))
        }
    )*};
}

exact_to_integer! {
    /// NUMERIC to SMALLINT, halves away from zero
    numeric_to_i16 => i16, SmallInt;
    /// NUMERIC to INTEGER, halves away from zero
    numeric_to_i32 => i32, Integer;
    /// NUMERIC to BIGINT, halves away from zero
    numeric_to_i64 => i64, BigInt;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_round_to_even_and_exact_numbers_away_from_zero() {
        assert_eq!([0.5, 1.5, 2.5, -0.5].map(|x| double_to_i32(x.into())), [Ok(0), Ok(2), Ok(2), Ok(0)]);
        assert_eq!(numeric_to_i32(Numeric::new(25, 1)), Ok(3));
        assert_eq!(numeric_to_i16(Numeric::new(327_674, 1)), Ok(32_767));
        assert_eq!(numeric_to_i16(Numeric::new(327_675, 1)), Err(EvalError::OutOfRange(TypeName::SmallInt)));
    }

    #[test]
    fn bounds_are_exact() {
        assert_eq!(double_to_i64((i64::MIN as f64).into()), Ok(i64::MIN));
        assert_eq!(double_to_i64((-(i64::MIN as f64)).into()), Err(EvalError::OutOfRange(TypeName::BigInt)));
        assert_eq!(double_to_i32(f64::NAN.into()), Err(EvalError::OutOfRange(TypeName::Integer)));
        assert_eq!(double_to_real(1e39.into()), Err(EvalError::FloatOverflow));
    }

    #[test]
    fn floats_become_numerics_by_their_significant_digits() {
        for (x, text) in
            [(0.1, "0.1"), (100.0, "100"), (1e20, "100000000000000000000"), (1.0 / 3.0, "0.333333333333333")]
        {
            assert_eq!(double_to_numeric(x.into()).unwrap().to_string(), text);
        }
        assert_eq!(real_to_numeric((1.0_f32 / 3.0).into()).unwrap().to_string(), "0.333333");
        assert_eq!(double_to_numeric(f64::NAN.into()), Err(EvalError::NanToNumeric));
    }
}
