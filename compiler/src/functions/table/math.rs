//! Mathematical functions.

use super::prelude::*;

functions! {
    "abs"(SmallInt) -> SmallInt = abs_i16;
    "abs"(Integer) -> Integer = abs_i32;
    "abs"(BigInt) -> BigInt = abs_i64;
    "abs"(Real) -> Real = abs_real;
    "abs"(Double) -> Double = abs_double;
    "abs"(Decimal) -> MaxScale = abs_decimal<0> via abs_numeric;
    "abs"(Numeric) -> Numeric = abs_numeric;

    "@"(SmallInt) -> SmallInt = abs_i16;
    "@"(Integer) -> Integer = abs_i32;
    "@"(BigInt) -> BigInt = abs_i64;
    "@"(Real) -> Real = abs_real;
    "@"(Double) -> Double = abs_double;
    "@"(Decimal) -> MaxScale = abs_decimal<0> via abs_numeric;
    "@"(Numeric) -> Numeric = abs_numeric;

    "sign"(Double) -> Double = sign_double;
    "sign"(Decimal) -> Whole = sign_decimal<0, 0> via sign_numeric;
    "sign"(Numeric) -> Numeric = sign_numeric;

    "ceil"(Double) -> Double = ceil_double;
    "ceil"(Decimal) -> Whole = ceil_decimal<0, 0> via ceil_numeric;
    "ceil"(Numeric) -> Numeric = ceil_numeric;
    "ceiling"(Double) -> Double = ceil_double;
    "ceiling"(Decimal) -> Whole = ceil_decimal<0, 0> via ceil_numeric;
    "ceiling"(Numeric) -> Numeric = ceil_numeric;
    "floor"(Double) -> Double = floor_double;
    "floor"(Decimal) -> Whole = floor_decimal<0, 0> via floor_numeric;
    "floor"(Numeric) -> Numeric = floor_numeric;

    "round"(Double) -> Double = round_double;
    "round"(Decimal) -> Whole = round_decimal<0, 0> via round_numeric_whole;
    "round"(Numeric) -> Numeric = round_numeric_whole;
    "round"(Decimal, Scale) -> ConstantScale = round_decimal<0, 0> via round_numeric;
    "round"(Numeric, Integer) -> Numeric = round_numeric;
    "trunc"(Double) -> Double = trunc_double;
    "trunc"(Decimal) -> Whole = trunc_decimal<0, 0> via trunc_numeric_whole;
    "trunc"(Numeric) -> Numeric = trunc_numeric_whole;
    "trunc"(Decimal, Scale) -> ConstantScale = trunc_decimal<0, 0> via trunc_numeric;
    "trunc"(Numeric, Integer) -> Numeric = trunc_numeric;

    "scale"(Numeric) -> Integer = scale_numeric;
    "min_scale"(Numeric) -> Integer = min_scale_numeric;
    "trim_scale"(Numeric) -> Numeric = trim_scale_numeric;

    "gcd"(Integer, Integer) -> Integer = gcd_i32;
    "gcd"(BigInt, BigInt) -> BigInt = gcd_i64;
    "lcm"(Integer, Integer) -> Integer = lcm_i32;
    "lcm"(BigInt, BigInt) -> BigInt = lcm_i64;

    "sqrt"(Double) -> Double = sqrt_double;
    "sqrt"(Numeric) -> Numeric = sqrt_numeric;
    "|/"(Double) -> Double = sqrt_double;
    "cbrt"(Double) -> Double = cbrt_double;
    "||/"(Double) -> Double = cbrt_double;
    "exp"(Double) -> Double = exp_double;
    "ln"(Double) -> Double = ln_double;
    "log"(Double) -> Double = log10_double;
    "log10"(Double) -> Double = log10_double;
    "power"(Double, Double) -> Double = power_double;
    "pow"(Double, Double) -> Double = power_double;
    "^"(Double, Double) -> Double = power_double;
    "power"(Numeric, WholeExponent) -> Numeric = power_numeric;
    "pow"(Numeric, WholeExponent) -> Numeric = power_numeric;
    "^"(Numeric, WholeExponent) -> Numeric = power_numeric;
    "degrees"(Double) -> Double = degrees_double;
    "radians"(Double) -> Double = radians_double;
    "sin"(Double) -> Double = sin_double;
    "cos"(Double) -> Double = cos_double;
    "tan"(Double) -> Double = tan_double;
    "asin"(Double) -> Double = asin_double;
    "acos"(Double) -> Double = acos_double;
    "atan"(Double) -> Double = atan_double;
    "atan2"(Double, Double) -> Double = atan2_double;
    "pi"() -> Double = pi;
}
