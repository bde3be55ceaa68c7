//! Arithmetic of NUMERIC with scales that belong to the values.

use ethnum::I256;

use crate::Numeric;
use crate::error::EvalError;
use crate::numeric::digits::{MAX_DIGITS, divide_rounded, power_of_ten};

/// Both numbers with the larger scale.
fn aligned(a: Numeric, b: Numeric) -> Result<(I256, I256, u8), EvalError> {
    let scale = a.scale().max(b.scale());
    Ok((a.rescale(scale)?.wide_mantissa(), b.rescale(scale)?.wide_mantissa(), scale))
}

fn numeric(mantissa: Option<I256>, scale: u8) -> Result<Numeric, EvalError> {
    mantissa.map(|mantissa| Numeric::from_wide(mantissa, scale)).ok_or(EvalError::NumericOverflow)
}

/// `a + b`, with the decimals of the one that has more
pub fn add_numeric(a: Numeric, b: Numeric) -> Result<Numeric, EvalError> {
    let (a, b, scale) = aligned(a, b)?;
    numeric(a.checked_add(b), scale)
}

/// `a - b`, with the decimals of the one that has more
pub fn sub_numeric(a: Numeric, b: Numeric) -> Result<Numeric, EvalError> {
    let (a, b, scale) = aligned(a, b)?;
    numeric(a.checked_sub(b), scale)
}

/// `a * b`, with as many decimals as both have together
pub fn mul_numeric(a: Numeric, b: Numeric) -> Result<Numeric, EvalError> {
    let scale = a.scale() + b.scale();
    if scale > MAX_DIGITS {
        return Err(EvalError::NumericOverflow);
    }
    numeric(a.wide_mantissa().checked_mul(b.wide_mantissa()), scale)
}

/// `a / b`, rounded to at least 16 significant digits as PostgreSQL does
pub fn div_numeric(a: Numeric, b: Numeric) -> Result<Numeric, EvalError> {
    a.divide(b)
}

/// `div(a, b)`, the quotient towards zero without decimals
pub fn div_trunc_numeric(a: Numeric, b: Numeric) -> Result<Numeric, EvalError> {
    if b.is_zero() {
        return Err(EvalError::DivisionByZero);
    }
    let (a, b, _) = aligned(a, b)?;
    numeric(a.checked_div(b), 0)
}

/// `a % b`, with the sign of `a`
pub fn rem_numeric(a: Numeric, b: Numeric) -> Result<Numeric, EvalError> {
    if b.is_zero() {
        return Err(EvalError::DivisionByZero);
    }
    let (a, b, scale) = aligned(a, b)?;
    numeric(a.checked_rem(b), scale)
}

/// `-a`
pub fn neg_numeric(a: Numeric) -> Numeric {
    Numeric::from_wide(-a.wide_mantissa(), a.scale())
}

/// `+a`
pub fn plus_numeric(a: Numeric) -> Numeric {
    a
}

/// `abs(a)`
pub fn abs_numeric(a: Numeric) -> Numeric {
    Numeric::from_wide(a.wide_mantissa().abs(), a.scale())
}

/// `sign(a)`: -1, 0 or 1
pub fn sign_numeric(a: Numeric) -> Numeric {
    Numeric::from_wide(a.wide_mantissa().signum(), 0)
}

/// `round(a, decimals)`, halves away from zero; negative `decimals` round to tens, hundreds …
pub fn round_numeric(a: Numeric, decimals: i32) -> Result<Numeric, EvalError> {
    to_decimals(a, decimals, divide_rounded)
}

/// `round(a)`, halves away from zero
pub fn round_numeric_whole(a: Numeric) -> Result<Numeric, EvalError> {
    round_numeric(a, 0)
}

/// `trunc(a)`, towards zero
pub fn trunc_numeric_whole(a: Numeric) -> Result<Numeric, EvalError> {
    trunc_numeric(a, 0)
}

/// `trunc(a, decimals)`, towards zero; negative `decimals` truncate to tens, hundreds …
pub fn trunc_numeric(a: Numeric, decimals: i32) -> Result<Numeric, EvalError> {
    to_decimals(a, decimals, |a, b| a / b)
}

/// `ceil(a)`
pub fn ceil_numeric(a: Numeric) -> Result<Numeric, EvalError> {
    to_decimals(a, 0, |a, b| a.div_euclid(b) + I256::from(a.rem_euclid(b) != I256::ZERO))
}

/// `floor(a)`
pub fn floor_numeric(a: Numeric) -> Result<Numeric, EvalError> {
    to_decimals(a, 0, I256::div_euclid)
}

/// `a` in units of `10^-decimals`, divided by `divide` where digits are lost.
fn to_decimals(a: Numeric, decimals: i32, divide: impl Fn(I256, I256) -> I256) -> Result<Numeric, EvalError> {
    let lost = i32::from(a.scale()).saturating_sub(decimals);
    if lost <= 0 {
        return a.rescale(u8::try_from(decimals).map_err(|_| EvalError::NumericOverflow)?);
    }
    let Some(power) = power_of_ten(lost.unsigned_abs()) else {
        return Ok(Numeric::ZERO);
    };
    let kept = divide(a.wide_mantissa(), power);
    let scale = decimals.max(0) as u8;
    numeric(power_of_ten((-decimals).max(0) as u32).and_then(|power| kept.checked_mul(power)), scale)
}

/// `sqrt(a)`
pub fn sqrt_numeric(a: Numeric) -> Result<Numeric, EvalError> {
    a.square_root()
}

/// `power(a, exponent)` and `a ^ exponent` for a whole exponent
pub fn power_numeric(a: Numeric, exponent: i32) -> Result<Numeric, EvalError> {
    a.whole_power(exponent)
}

/// `trim_scale(a)`: without trailing zeros after the point
pub fn trim_scale_numeric(a: Numeric) -> Numeric {
    a.trimmed()
}

/// `scale(a)`: how many decimals it has
pub fn scale_numeric(a: Numeric) -> i32 {
    i32::from(a.scale())
}

/// `min_scale(a)`: how many decimals it needs
pub fn min_scale_numeric(a: Numeric) -> i32 {
    i32::from(a.trimmed().scale())
}
