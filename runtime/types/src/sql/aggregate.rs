//! The last step of aggregates: from an exact sum that is kept wide to the result.

use crate::error::{EvalError, TypeName};
use crate::{Double, Interval, Numeric, WideDecimal};

/// `sum` of SMALLINT or INTEGER, a BIGINT
#[inline]
pub fn sum_to_i64(sum: i128) -> Result<i64, EvalError> {
    i64::try_from(sum).map_err(|_| EvalError::OutOfRange(TypeName::BigInt))
}

/// `sum` of BIGINT, a NUMERIC without decimals
#[inline]
pub fn sum_to_decimal<const S: u8>(sum: i128) -> WideDecimal<S> {
    const { assert!(S == 0, "a sum of integers has no decimals") }
    WideDecimal::from_mantissa(sum)
}

/// `avg` of integers: the sum divided by the (positive) count
pub fn avg_integer(sum: i128, count: i64) -> Numeric {
    Numeric::average(sum, 0, count)
}

/// `avg` of decimals: the sum divided by the (positive) count
pub fn avg_decimal<const S: u8>(sum: WideDecimal<S>, count: i64) -> Numeric {
    const { assert!(S <= 38, "no decimal has more digits") }
    Numeric::average(sum.mantissa(), S, count)
}

/// `avg` of NUMERICs: the sum divided by the (positive) count
pub fn avg_numeric(sum: Numeric, count: i64) -> Result<Numeric, EvalError> {
    super::div_numeric(sum, count.into())
}

/// `sum` of floats; `None` is a finite sum beyond all doubles
#[inline]
pub fn sum_to_double(sum: Option<Double>) -> Result<Double, EvalError> {
    sum.ok_or(EvalError::FloatOverflow)
}

/// `avg` of floats: the sum divided by the (positive) count
pub fn avg_double(sum: Double, count: i64) -> Result<Double, EvalError> {
    Ok((sum.0 / count as f64).into())
}

/// `avg` of intervals: the sum divided by the (positive) count
pub fn avg_interval(sum: Interval, count: i64) -> Result<Interval, EvalError> {
    super::div_interval_double(sum, (count as f64).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_have_postgresqls_scale() {
        assert_eq!(avg_integer(10, 3).to_string(), "3.3333333333333333");
        assert_eq!(avg_integer(6, 3).to_string(), "2.0000000000000000");
        assert_eq!(avg_decimal(WideDecimal::<2>::from_mantissa(1000), 3).to_string(), "3.3333333333333333");
        assert_eq!(
            avg_decimal(WideDecimal::<2>::from_mantissa(100_000_000), 7).to_string(),
            "142857.142857142857"
        );
        assert_eq!(avg_double(10.0.into(), 4), Ok(2.5.into()));
        assert_eq!(avg_interval(Interval::from_days(7), 2).unwrap().to_string(), "3 days 12:00:00");
    }

    #[test]
    fn sums_are_checked_when_they_are_read() {
        assert_eq!(sum_to_i64(i128::from(i64::MAX) + 1).unwrap_err().to_string(), "bigint out of range");
        assert_eq!(sum_to_decimal::<0>(i128::from(i64::MAX) + 1).to_string(), "9223372036854775808");
    }
}
