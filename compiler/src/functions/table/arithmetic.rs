//! Operators of numbers.

use super::prelude::*;

functions! {
    "+"(SmallInt, SmallInt) -> SmallInt = add_i16;
    "+"(Integer, Integer) -> Integer = add_i32;
    "+"(BigInt, BigInt) -> BigInt = add_i64;
    "+"(Real, Real) -> Real = add_real;
    "+"(Double, Double) -> Double = add_double;
    "+"(Decimal, Decimal) -> MaxScale = add_decimal<0> via add_numeric;
    "+"(Numeric, Numeric) -> Numeric = add_numeric;

    "-"(SmallInt, SmallInt) -> SmallInt = sub_i16;
    "-"(Integer, Integer) -> Integer = sub_i32;
    "-"(BigInt, BigInt) -> BigInt = sub_i64;
    "-"(Real, Real) -> Real = sub_real;
    "-"(Double, Double) -> Double = sub_double;
    "-"(Decimal, Decimal) -> MaxScale = sub_decimal<0> via sub_numeric;
    "-"(Numeric, Numeric) -> Numeric = sub_numeric;

    "*"(SmallInt, SmallInt) -> SmallInt = mul_i16;
    "*"(Integer, Integer) -> Integer = mul_i32;
    "*"(BigInt, BigInt) -> BigInt = mul_i64;
    "*"(Real, Real) -> Real = mul_real;
    "*"(Double, Double) -> Double = mul_double;
    "*"(Decimal, Decimal) -> SumOfScales = mul_decimal<0, 0, 0> via mul_numeric;
    "*"(Numeric, Numeric) -> Numeric = mul_numeric;

    "/"(SmallInt, SmallInt) -> SmallInt = div_i16;
    "/"(Integer, Integer) -> Integer = div_i32;
    "/"(BigInt, BigInt) -> BigInt = div_i64;
    "/"(Real, Real) -> Real = div_real;
    "/"(Double, Double) -> Double = div_double;
    "/"(Numeric, Numeric) -> Numeric = div_numeric;

    "%"(SmallInt, SmallInt) -> SmallInt = rem_i16;
    "%"(Integer, Integer) -> Integer = rem_i32;
    "%"(BigInt, BigInt) -> BigInt = rem_i64;
    "%"(Decimal, Decimal) -> MaxScale = rem_decimal<0> via rem_numeric;
    "%"(Numeric, Numeric) -> Numeric = rem_numeric;

    "mod"(SmallInt, SmallInt) -> SmallInt = rem_i16;
    "mod"(Integer, Integer) -> Integer = rem_i32;
    "mod"(BigInt, BigInt) -> BigInt = rem_i64;
    "mod"(Decimal, Decimal) -> MaxScale = rem_decimal<0> via rem_numeric;
    "mod"(Numeric, Numeric) -> Numeric = rem_numeric;

    "div"(Numeric, Numeric) -> Numeric = div_trunc_numeric;

    "-"(SmallInt) -> SmallInt = neg_i16;
    "-"(Integer) -> Integer = neg_i32;
    "-"(BigInt) -> BigInt = neg_i64;
    "-"(Real) -> Real = neg_real;
    "-"(Double) -> Double = neg_double;
    "-"(Decimal) -> MaxScale = neg_decimal<0> via neg_numeric;
    "-"(Numeric) -> Numeric = neg_numeric;

    "+"(SmallInt) -> SmallInt = plus_i16;
    "+"(Integer) -> Integer = plus_i32;
    "+"(BigInt) -> BigInt = plus_i64;
    "+"(Real) -> Real = plus_real;
    "+"(Double) -> Double = plus_double;
    "+"(Decimal) -> MaxScale = plus_decimal<0> via plus_numeric;
    "+"(Numeric) -> Numeric = plus_numeric;

    "&"(SmallInt, SmallInt) -> SmallInt = and_i16;
    "&"(Integer, Integer) -> Integer = and_i32;
    "&"(BigInt, BigInt) -> BigInt = and_i64;
    "|"(SmallInt, SmallInt) -> SmallInt = or_i16;
    "|"(Integer, Integer) -> Integer = or_i32;
    "|"(BigInt, BigInt) -> BigInt = or_i64;
    "#"(SmallInt, SmallInt) -> SmallInt = xor_i16;
    "#"(Integer, Integer) -> Integer = xor_i32;
    "#"(BigInt, BigInt) -> BigInt = xor_i64;
    "~"(SmallInt) -> SmallInt = not_i16;
    "~"(Integer) -> Integer = not_i32;
    "~"(BigInt) -> BigInt = not_i64;
    "<<"(SmallInt, Integer) -> SmallInt = shl_i16;
    "<<"(Integer, Integer) -> Integer = shl_i32;
    "<<"(BigInt, Integer) -> BigInt = shl_i64;
    ">>"(SmallInt, Integer) -> SmallInt = shr_i16;
    ">>"(Integer, Integer) -> Integer = shr_i32;
    ">>"(BigInt, Integer) -> BigInt = shr_i64;
}
