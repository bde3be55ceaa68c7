//! The last step of aggregates: from an exact sum that is kept wide to the result.

use crate::error::{EvalError, TypeName};
use crate::{Numeric, WideDecimal};

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
pub fn avg_integer(sum: i128, count: i64) -> Result<Numeric, EvalError> {
    super::div_numeric(Numeric::new(sum, 0), count.into())
}

/// `avg` of decimals: the sum divided by the (positive) count
pub fn avg_decimal<const S: u8>(sum: WideDecimal<S>, count: i64) -> Result<Numeric, EvalError> {
    super::div_numeric(sum.into(), count.into())
}

/// `avg` of NUMERICs: the sum divided by the (positive) count
pub fn avg_numeric(sum: Numeric, count: i64) -> Result<Numeric, EvalError> {
    super::div_numeric(sum, count.into())
}
