//! Exact decimal numbers: [`Decimal`] and [`WideDecimal`] of a fixed scale, [`Numeric`] of any.

mod decimal;
pub(crate) mod digits;
mod division;
mod power;
mod sum;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use ethnum::I256;

pub use decimal::{Decimal, WideDecimal};
use digits::{MAX_DIGITS, divide_rounded, power_of_ten, write_scaled};
pub use sum::NumericSum;

use crate::error::{EvalError, ParseError};

/// `NUMERIC` with a number of decimals that belongs to the value, as in PostgreSQL: `1.5 * 1.50` is `2.250`.
///
/// Holds 76 digits; arithmetic beyond that is an error ([`EvalError::NumericOverflow`]), never an approximation.
/// Equality, order and hash go by the number, not by its decimals. There is no NaN and no infinity.
///
/// ```
/// use cosmictron_types::Numeric;
///
/// let price: Numeric = "12.50".parse()?;
/// assert_eq!(price.to_string(), "12.50");
/// assert_eq!(price, Numeric::new(125, 1));
/// assert_eq!(price.scale(), 2);
/// # Ok::<(), cosmictron_types::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Numeric {
    // The two's complement of the mantissa, least significant word first: plain words keep the alignment at 8.
    words: [u64; 4],
    scale: u8,
}

impl Numeric {
    /// `0`, without decimals.
    pub const ZERO: Numeric = Numeric::new(0, 0);

    /// `mantissa / 10^scale`, with `scale` (at most 76) decimals.
    pub const fn new(mantissa: i128, scale: u8) -> Self {
        assert!(scale <= MAX_DIGITS, "a numeric has at most 76 decimals");
        let (low, high) = (mantissa as u128, (mantissa >> 127) as u64);
        Self { words: [low as u64, (low >> 64) as u64, high, high], scale }
    }

    pub(crate) fn from_wide(mantissa: I256, scale: u8) -> Self {
        debug_assert!(scale <= MAX_DIGITS);
        let (high, low) = (*mantissa.high() as u128, *mantissa.low() as u128);
        Self { words: [low as u64, (low >> 64) as u64, high as u64, (high >> 64) as u64], scale }
    }

    pub(crate) fn wide_mantissa(self) -> I256 {
        let word = |i: usize| u128::from(self.words[i]);
        I256::from_words((word(3) << 64 | word(2)) as i128, (word(1) << 64 | word(0)) as i128)
    }

    /// All digits as a machine word, if they fit.
    fn word(self) -> Option<i64> {
        let [word, rest @ ..] = self.words;
        let word = word as i64;
        (rest == [(word >> 63) as u64; 3]).then_some(word)
    }

    /// All digits as an integer, `None` if they need more than an `i128`.
    pub fn mantissa(self) -> Option<i128> {
        i128::try_from(self.wide_mantissa()).ok()
    }

    /// How many digits stand after the point.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Whether the number is zero, with however many decimals.
    pub fn is_zero(self) -> bool {
        self.words == [0; 4]
    }

    /// The number with another scale, rounded half away from zero where digits are lost.
    ///
    /// # Errors
    /// [`EvalError::NumericOverflow`] if the digits do not fit.
    pub fn rescale(self, scale: u8) -> Result<Numeric, EvalError> {
        if scale == self.scale {
            return Ok(self);
        }
        if scale > MAX_DIGITS {
            return Err(EvalError::NumericOverflow);
        }
        let mantissa = self.wide_mantissa();
        let power = power_of_ten(u32::from(scale.abs_diff(self.scale))).ok_or(EvalError::NumericOverflow)?;
        let mantissa = if scale > self.scale {
            mantissa.checked_mul(power).ok_or(EvalError::NumericOverflow)?
        } else {
            divide_rounded(mantissa, power)
        };
        Ok(Numeric::from_wide(mantissa, scale))
    }

    /// The number as `NUMERIC(precision, scale)` stores it: rounded half away from zero to `scale` decimals.
    ///
    /// # Errors
    /// [`EvalError::NumericFieldOverflow`] if more than `precision - scale` digits stand before the point.
    pub fn fit(self, precision: u8, scale: u8) -> Result<Numeric, EvalError> {
        let fitted = self.rescale(scale).map_err(|_| EvalError::NumericFieldOverflow)?;
        let limit = power_of_ten(u32::from(precision)).ok_or(EvalError::NumericFieldOverflow)?;
        if fitted.wide_mantissa().abs() < limit { Ok(fitted) } else { Err(EvalError::NumericFieldOverflow) }
    }

    /// The nearest `f64`.
    pub fn to_f64(self) -> f64 {
        // The decimal text is the one form from which the standard library rounds correctly.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The same number without trailing zeros after the point.
    pub(crate) fn trimmed(self) -> Numeric {
        let (mantissa, scale) = self.reduced();
        Numeric::from_wide(mantissa, scale)
    }

    fn reduced(self) -> (I256, u8) {
        let (mut mantissa, mut scale) = (self.wide_mantissa(), self.scale);
        let ten = I256::new(10);
        while scale > 0 && mantissa % ten == I256::ZERO {
            mantissa /= ten;
            scale -= 1;
        }
        (mantissa, scale)
    }
}

impl PartialEq for Numeric {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Numeric {}

impl PartialOrd for Numeric {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Numeric {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.wide_mantissa(), other.wide_mantissa());
        match self.scale.cmp(&other.scale) {
            Ordering::Equal => a.cmp(&b),
            Ordering::Less => compare_scaled(a, b, other.scale - self.scale),
            Ordering::Greater => compare_scaled(b, a, self.scale - other.scale).reverse(),
        }
    }
}

/// Compares `coarse * 10^shift` with `fine`.
fn compare_scaled(coarse: I256, fine: I256, shift: u8) -> Ordering {
    match power_of_ten(u32::from(shift)).and_then(|power| coarse.checked_mul(power)) {
        Some(scaled) => scaled.cmp(&fine),
        // It does not fit where `fine` fits, so it is further from zero.
        None => coarse.cmp(&I256::ZERO),
    }
}

impl Hash for Numeric {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (mantissa, scale) = self.reduced();
        mantissa.hash(state);
        scale.hash(state);
    }
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mantissa = self.wide_mantissa();
        write_scaled(f, mantissa.is_negative(), &mantissa.unsigned_abs(), self.scale)
    }
}

impl fmt::Debug for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Default for Numeric {
    fn default() -> Self {
        Numeric::ZERO
    }
}

impl FromStr for Numeric {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (mantissa, scale) = digits::parse_scaled(text)?;
        Ok(Numeric::from_wide(mantissa, scale))
    }
}

macro_rules! from_integers {
    ($($int:ty),*) => {$(
        impl From<$int> for Numeric {
            fn from(value: $int) -> Self {
                Numeric::new(i128::from(value), 0)
            }
        }
    )*};
}
from_integers!(i16, i32, i64, i128, u8, u16, u32, u64);

#[cfg(test)]
mod tests;
