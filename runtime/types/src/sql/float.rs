//! Arithmetic of REAL and DOUBLE PRECISION: IEEE 754, with errors where finite arguments give an infinity or lose all
//! digits.

use crate::error::EvalError;
use crate::{Double, Real};

macro_rules! floats {
    ($ty:ident: $add:ident $sub:ident $mul:ident $div:ident $neg:ident $plus:ident $abs:ident) => {
        /// `a + b`
        #[inline]
        pub fn $add(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            let sum = a + b;
            if sum.is_infinite() && a.is_finite() && b.is_finite() {
                Err(EvalError::FloatOverflow)
            } else {
                Ok(sum)
            }
        }

        /// `a - b`
        #[inline]
        pub fn $sub(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            $add(a, -b)
        }

        /// `a * b`
        #[inline]
        pub fn $mul(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            let product = a * b;
            if product.is_infinite() && a.is_finite() && b.is_finite() {
                return Err(EvalError::FloatOverflow);
            }
            if product.0 == 0.0 && a.0 != 0.0 && b.0 != 0.0 {
                Err(EvalError::FloatUnderflow)
            } else {
                Ok(product)
            }
        }

        /// `a / b`
        #[inline]
        pub fn $div(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            if b.0 == 0.0 && !a.is_nan() {
                return Err(EvalError::DivisionByZero);
            }
            let quotient = a / b;
            if quotient.is_infinite() && a.is_finite() {
                return Err(EvalError::FloatOverflow);
            }
            if quotient.0 == 0.0 && a.0 != 0.0 && b.is_finite() {
                Err(EvalError::FloatUnderflow)
            } else {
                Ok(quotient)
            }
        }

        /// `-a`
        #[inline]
        pub fn $neg(a: $ty) -> $ty {
            -a
        }

        /// `+a`
        #[inline]
        pub fn $plus(a: $ty) -> $ty {
            a
        }

        /// `abs(a)`
        #[inline]
        pub fn $abs(a: $ty) -> $ty {
            a.0.abs().into()
        }
    };
}

floats!(Real: add_real sub_real mul_real div_real neg_real plus_real abs_real);
floats!(Double: add_double sub_double mul_double div_double neg_double plus_double abs_double);

/// `ceil(a)`
pub fn ceil_double(a: Double) -> Double {
    a.0.ceil().into()
}

/// `floor(a)`
pub fn floor_double(a: Double) -> Double {
    a.0.floor().into()
}

/// `round(a)`, halves to even
pub fn round_double(a: Double) -> Double {
    a.0.round_ties_even().into()
}

/// `trunc(a)`
pub fn trunc_double(a: Double) -> Double {
    a.0.trunc().into()
}

/// `sign(a)`: -1, 0 or 1; 0 for NaN
pub fn sign_double(a: Double) -> Double {
    if a.0 > 0.0 {
        1.0.into()
    } else if a.0 < 0.0 {
        (-1.0).into()
    } else {
        0.0.into()
    }
}

/// The result of a function of libm, with PostgreSQL's errors for what leaves the range.
fn checked(result: f64, finite: bool, nonzero: bool) -> Result<Double, EvalError> {
    if result.is_infinite() && finite {
        return Err(EvalError::FloatOverflow);
    }
    if result == 0.0 && nonzero {
        return Err(EvalError::FloatUnderflow);
    }
    Ok(result.into())
}

/// `sqrt(a)`
pub fn sqrt_double(a: Double) -> Result<Double, EvalError> {
    if a.0 < 0.0 { Err(EvalError::SquareRootOfNegative) } else { Ok(a.0.sqrt().into()) }
}

/// `cbrt(a)`, correctly rounded; that of some C libraries is off by one in the last digit
pub fn cbrt_double(a: Double) -> Double {
    a.0.cbrt().into()
}

/// `exp(a)`
pub fn exp_double(a: Double) -> Result<Double, EvalError> {
    checked(a.0.exp(), a.is_finite(), a.is_finite())
}

/// `ln(a)`
pub fn ln_double(a: Double) -> Result<Double, EvalError> {
    logarithm(a, f64::ln)
}

/// `log(a)` and `log10(a)`, to the base 10
pub fn log10_double(a: Double) -> Result<Double, EvalError> {
    logarithm(a, f64::log10)
}

fn logarithm(a: Double, f: impl Fn(f64) -> f64) -> Result<Double, EvalError> {
    if a.0 == 0.0 {
        return Err(EvalError::LogarithmOfZero);
    }
    if a.0 < 0.0 { Err(EvalError::LogarithmOfNegative) } else { Ok(f(a.0).into()) }
}

/// `power(a, b)` and `a ^ b`
pub fn power_double(a: Double, b: Double) -> Result<Double, EvalError> {
    if a.0 == 0.0 && b.0 < 0.0 {
        return Err(EvalError::ZeroToNegativePower);
    }
    if a.0 < 0.0 && b.0.is_finite() && b.0.fract() != 0.0 && a.is_finite() {
        return Err(EvalError::ComplexPower);
    }
    if a.0 == f64::NEG_INFINITY && b.0.is_finite() && b.0.fract() != 0.0 {
        return Err(EvalError::ComplexPower);
    }
    let finite = a.is_finite() && b.is_finite();
    checked(a.0.powf(b.0), finite, finite && a.0 != 0.0)
}

/// `degrees(a)`
pub fn degrees_double(a: Double) -> Result<Double, EvalError> {
    div_double(a, (std::f64::consts::PI / 180.0).into())
}

/// `radians(a)`
pub fn radians_double(a: Double) -> Result<Double, EvalError> {
    mul_double(a, (std::f64::consts::PI / 180.0).into())
}

macro_rules! trigonometric {
    ($($(#[$doc:meta])* $name:ident, $f:expr;)*) => {$(
        $(#[$doc])*
        pub fn $name(a: Double) -> Result<Double, EvalError> {
            if a.is_infinite() { Err(EvalError::InputOutOfRange) } else { Ok($f(a.0).into()) }
        }
    )*};
}

trigonometric! {
    /// `sin(a)`
    sin_double, f64::sin;
    /// `cos(a)`
    cos_double, f64::cos;
    /// `tan(a)`
    tan_double, f64::tan;
}

/// `asin(a)`
pub fn asin_double(a: Double) -> Result<Double, EvalError> {
    if a.0.abs() > 1.0 { Err(EvalError::InputOutOfRange) } else { Ok(a.0.asin().into()) }
}

/// `acos(a)`
pub fn acos_double(a: Double) -> Result<Double, EvalError> {
    if a.0.abs() > 1.0 { Err(EvalError::InputOutOfRange) } else { Ok(a.0.acos().into()) }
}

/// `atan(a)`
pub fn atan_double(a: Double) -> Double {
    a.0.atan().into()
}

/// `pi()`
pub fn pi() -> Double {
    std::f64::consts::PI.into()
}

/// `atan2(a, b)`
pub fn atan2_double(a: Double, b: Double) -> Double {
    a.0.atan2(b.0).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn double(n: f64) -> Double {
        n.into()
    }

    #[test]
    fn leaving_the_range_is_an_error_and_infinities_are_not() {
        assert_eq!(add_double(double(f64::MAX), double(f64::MAX)), Err(EvalError::FloatOverflow));
        assert_eq!(sub_double(double(f64::INFINITY), double(1.0)), Ok(double(f64::INFINITY)));
        assert_eq!(mul_double(double(1e-200), double(1e-200)), Err(EvalError::FloatUnderflow));
        assert_eq!(mul_double(double(0.0), double(1e-200)), Ok(double(0.0)));
        assert_eq!(div_double(double(1.0), double(0.0)), Err(EvalError::DivisionByZero));
        assert_eq!(div_double(double(f64::NAN), double(0.0)), Ok(double(f64::NAN)));
        assert_eq!(div_double(double(1.0), double(f64::INFINITY)), Ok(double(0.0)));
        assert_eq!(mul_real(Real::from(1e30), Real::from(1e30)), Err(EvalError::FloatOverflow));
        assert_eq!(exp_double(double(1000.0)), Err(EvalError::FloatOverflow));
        assert_eq!(exp_double(double(-1000.0)), Err(EvalError::FloatUnderflow));
    }

    #[test]
    fn functions_refuse_what_they_are_not_defined_on() {
        assert_eq!(sqrt_double(double(-1.0)), Err(EvalError::SquareRootOfNegative));
        assert_eq!(ln_double(double(0.0)), Err(EvalError::LogarithmOfZero));
        assert_eq!(log10_double(double(-1.0)), Err(EvalError::LogarithmOfNegative));
        assert_eq!(power_double(double(0.0), double(-1.0)), Err(EvalError::ZeroToNegativePower));
        assert_eq!(power_double(double(-8.0), double(0.5)), Err(EvalError::ComplexPower));
        assert_eq!(power_double(double(-8.0), double(3.0)), Ok(double(-512.0)));
        assert_eq!(power_double(double(10.0), double(400.0)), Err(EvalError::FloatOverflow));
        assert_eq!(acos_double(double(2.0)), Err(EvalError::InputOutOfRange));
    }

    #[test]
    fn rounds_halves_to_even() {
        assert_eq!([0.5, 1.5, -2.5].map(|n| round_double(double(n)).0), [0.0, 2.0, -2.0]);
        assert_eq!(
            [-1.5, 1.5].map(|n| (floor_double(double(n)).0, ceil_double(double(n)).0)),
            [(-2.0, -1.0), (1.0, 2.0)]
        );
    }
}
