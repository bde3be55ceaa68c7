//! Decimals whose number of decimals is part of the Rust type.
//!
//! # Measured
//!
//! Time and memory of what could stand here instead, as ratios (`kernels --only decimal`; ARCHITECTURE.md tells how and on what machine).
//!
//! Two million prices:
//!
//! | | add | take out | multiply, add | compare | print | read | memory |
//! |---|---|---|---|---|---|---|---|
//! | **i64 in cents, sums i128** | 1 | 1 | 1 | 1 | 1 | 1 | 1 |
//! | i128 in cents, sums 192 bits | 1.88 | 2.65 | 1.30 | 2.08 | 1.00 | 1.09 | 2.00 |
//! | NUMERIC without a scale | 16.1 | 22 | 25 | 7.37 | 1.03 | 1.07 | 5.00 |
//! | rust_decimal | 10.9 | 18.6 | 3.29 | 6.81 | 0.44 | 0.13 | 2.00 |
//! | bigdecimal | 48 | 97 | 12.7 | 8.43 | 0.71 | 0.47 | 5.00 |
//!
//! What the others pay for is a scale in every number. They print and read faster: here that goes through the digits of 256-bit integers, as for all of NUMERIC. `rust_decimal` holds 28 digits,
//! fewer than PostgreSQL's sums have.

use std::fmt;
use std::str::FromStr;

use super::Numeric;
use super::digits::{self, power_of_ten_i128, write_scaled};
use crate::error::{EvalError, ParseError};

/// `NUMERIC(p, SCALE)` with `p` up to 18: an `i64` that counts units of `10^-SCALE`.
///
/// ```
/// use cosmictron_types::Decimal;
///
/// let price = Decimal::<2>::from_mantissa(1250);
/// assert_eq!(price.to_string(), "12.50");
/// assert_eq!("12.5".parse(), Ok(price));
/// assert_eq!(Decimal::<2>::from_integer(12), Some(Decimal::from_mantissa(1200)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal<const SCALE: u8>(i64);

/// `NUMERIC(p, SCALE)` with `p` up to 38, and the results of decimal arithmetic: an `i128` that counts units of
/// `10^-SCALE`.
///
/// ```
/// use cosmictron_types::{Decimal, WideDecimal};
///
/// let revenue = WideDecimal::<2>::from_mantissa(10_i128.pow(30));
/// assert_eq!(revenue.to_string(), "10000000000000000000000000000.00");
/// assert_eq!(WideDecimal::from(Decimal::<2>::from_mantissa(5)).to_string(), "0.05");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WideDecimal<const SCALE: u8>(i128);

macro_rules! fixed_scale {
    ($name:ident, $int:ty) => {
        impl<const SCALE: u8> $name<SCALE> {
            /// `0`
            pub const ZERO: Self = Self(0);

            /// Digits after the point.
            pub const SCALE: u8 = SCALE;

            /// `mantissa / 10^SCALE`
            pub const fn from_mantissa(mantissa: $int) -> Self {
                Self(mantissa)
            }

            /// All digits as an integer: the number times `10^SCALE`.
            pub const fn mantissa(self) -> $int {
                self.0
            }

            /// A whole number; `None` if it does not fit.
            pub fn from_integer(integer: i64) -> Option<Self> {
                let mantissa = i128::from(integer).checked_mul(power_of_ten_i128(u32::from(SCALE))?)?;
                <$int>::try_from(mantissa).ok().map(Self)
            }

            /// The nearest number with `SCALE` decimals, halves away from zero.
            ///
            /// # Errors
            /// [`EvalError::NumericFieldOverflow`] if it does not fit.
            pub fn from_numeric(number: Numeric) -> Result<Self, EvalError> {
                number
                    .rescale(SCALE)
                    .ok()
                    .and_then(Numeric::mantissa)
                    .and_then(|mantissa| <$int>::try_from(mantissa).ok())
                    .map(Self)
                    .ok_or(EvalError::NumericFieldOverflow)
            }

            /// The nearest `f64`.
            pub fn to_f64(self) -> f64 {
                Numeric::from(self).to_f64()
            }
        }

        impl<const SCALE: u8> fmt::Display for $name<SCALE> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_scaled(f, self.0 < 0, &self.0.unsigned_abs(), SCALE)
            }
        }

        impl<const SCALE: u8> fmt::Debug for $name<SCALE> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        /// Rounds half away from zero where the text has more decimals.
        impl<const SCALE: u8> FromStr for $name<SCALE> {
            type Err = ParseError;

            fn from_str(text: &str) -> Result<Self, ParseError> {
                let (mantissa, scale) = digits::parse_scaled(text)?;
                Self::from_numeric(Numeric::from_wide(mantissa, scale)).map_err(|error| {
                    ParseError::new(error, format!("numeric field overflow: {:?}", text.trim()))
                })
            }
        }

        impl<const SCALE: u8> From<$name<SCALE>> for Numeric {
            fn from(decimal: $name<SCALE>) -> Numeric {
                Numeric::new(decimal.0 as i128, SCALE)
            }
        }
    };
}

fixed_scale!(Decimal, i64);
fixed_scale!(WideDecimal, i128);

impl<const SCALE: u8> From<Decimal<SCALE>> for WideDecimal<SCALE> {
    fn from(decimal: Decimal<SCALE>) -> Self {
        Self(i128::from(decimal.0))
    }
}
