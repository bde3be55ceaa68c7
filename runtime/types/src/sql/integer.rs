//! Arithmetic of SMALLINT, INTEGER and BIGINT: checked, and truncating in division.

use crate::error::{EvalError, TypeName};

macro_rules! integers {
    ($ty:ty, $wide:ty, $name:ident: $add:ident $sub:ident $mul:ident $div:ident $rem:ident $neg:ident $plus:ident $abs:ident $gcd:ident $lcm:ident
        $and:ident $or:ident $xor:ident $not:ident $shl:ident $shr:ident) => {
        /// `a + b`
        #[inline]
        pub fn $add(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            a.checked_add(b).ok_or(EvalError::OutOfRange(TypeName::$name))
        }

        /// `a - b`
        #[inline]
        pub fn $sub(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            a.checked_sub(b).ok_or(EvalError::OutOfRange(TypeName::$name))
        }

        /// `a * b`
        #[inline]
        pub fn $mul(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            a.checked_mul(b).ok_or(EvalError::OutOfRange(TypeName::$name))
        }

        /// `a / b`, towards zero
        #[inline]
        pub fn $div(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            if b == 0 {
                return Err(EvalError::DivisionByZero);
            }
            a.checked_div(b).ok_or(EvalError::OutOfRange(TypeName::$name))
        }

        /// `a % b`, with the sign of `a`
        #[inline]
        pub fn $rem(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            if b == 0 { Err(EvalError::DivisionByZero) } else { Ok(a.wrapping_rem(b)) }
        }

        /// `-a`
        #[inline]
        pub fn $neg(a: $ty) -> Result<$ty, EvalError> {
            a.checked_neg().ok_or(EvalError::OutOfRange(TypeName::$name))
        }

        /// `+a`
        #[inline]
        pub fn $plus(a: $ty) -> $ty {
            a
        }

        /// `abs(a)`
        #[inline]
        pub fn $abs(a: $ty) -> Result<$ty, EvalError> {
            a.checked_abs().ok_or(EvalError::OutOfRange(TypeName::$name))
        }

        /// `gcd(a, b)`, the greatest common divisor
        pub fn $gcd(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            let (mut a, mut b) = (i128::from(a), i128::from(b));
            while b != 0 {
                (a, b) = (b, a % b);
            }
            <$ty>::try_from(a.abs()).map_err(|_| EvalError::OutOfRange(TypeName::$name))
        }

        /// `lcm(a, b)`, the least common multiple
        pub fn $lcm(a: $ty, b: $ty) -> Result<$ty, EvalError> {
            if a == 0 || b == 0 {
                return Ok(0);
            }
            let divisor = $gcd(a, b)?;
            $abs($mul(a / divisor, b)?)
        }

        /// `a & b`
        #[inline]
        pub fn $and(a: $ty, b: $ty) -> $ty {
            a & b
        }

        /// `a | b`
        #[inline]
        pub fn $or(a: $ty, b: $ty) -> $ty {
            a | b
        }

        /// `a # b`, exclusive or
        #[inline]
        pub fn $xor(a: $ty, b: $ty) -> $ty {
            a ^ b
        }

        /// `~a`
        #[inline]
        pub fn $not(a: $ty) -> $ty {
            !a
        }

        /// `a << b`; only the low bits of `b` count, as in PostgreSQL on common processors
        #[inline]
        pub fn $shl(a: $ty, b: i32) -> $ty {
            <$wide>::from(a).wrapping_shl(b as u32) as $ty
        }

        /// `a >> b`, keeping the sign; only the low bits of `b` count, as in PostgreSQL on common processors
        #[inline]
        pub fn $shr(a: $ty, b: i32) -> $ty {
            <$wide>::from(a).wrapping_shr(b as u32) as $ty
        }
    };
}

integers!(i16, i32, SmallInt:
    add_i16 sub_i16 mul_i16 div_i16 rem_i16 neg_i16 plus_i16 abs_i16
    gcd_i16 lcm_i16 and_i16 or_i16 xor_i16 not_i16 shl_i16 shr_i16);
integers!(i32, i32, Integer:
    add_i32 sub_i32 mul_i32 div_i32 rem_i32 neg_i32 plus_i32 abs_i32
    gcd_i32 lcm_i32 and_i32 or_i32 xor_i32 not_i32 shl_i32 shr_i32);
integers!(i64, i64, BigInt:
    add_i64 sub_i64 mul_i64 div_i64 rem_i64 neg_i64 plus_i64 abs_i64
    gcd_i64 lcm_i64 and_i64 or_i64 xor_i64 not_i64 shl_i64 shr_i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overflow_is_an_error_of_the_type() {
        assert_eq!(add_i32(i32::MAX, 1), Err(EvalError::OutOfRange(TypeName::Integer)));
        assert_eq!(sub_i16(i16::MIN, 1), Err(EvalError::OutOfRange(TypeName::SmallInt)));
        assert_eq!(mul_i64(i64::MAX, 2), Err(EvalError::OutOfRange(TypeName::BigInt)));
        assert_eq!(neg_i32(i32::MIN).unwrap_err().to_string(), "integer out of range");
        assert_eq!(abs_i64(i64::MIN).unwrap_err().to_string(), "bigint out of range");
        assert_eq!(div_i32(i32::MIN, -1), Err(EvalError::OutOfRange(TypeName::Integer)));
        assert_eq!(add_i32(2, 3), Ok(5));
    }

    #[test]
    fn division_truncates_and_the_remainder_has_the_sign_of_the_dividend() {
        assert_eq!((div_i32(7, -2), rem_i32(7, -2)), (Ok(-3), Ok(1)));
        assert_eq!((div_i64(-7, 2), rem_i64(-7, 2)), (Ok(-3), Ok(-1)));
        assert_eq!(rem_i32(i32::MIN, -1), Ok(0));
        assert_eq!(
            (div_i16(1, 0), rem_i16(1, 0)),
            (Err(EvalError::DivisionByZero), Err(EvalError::DivisionByZero))
        );
    }

    #[test]
    fn common_divisors_and_multiples() {
        assert_eq!(
            (gcd_i32(0, 0), gcd_i32(-4, 6), lcm_i32(-4, 6), lcm_i64(0, 5)),
            (Ok(0), Ok(2), Ok(12), Ok(0))
        );
        assert_eq!(gcd_i32(i32::MIN, 0), Err(EvalError::OutOfRange(TypeName::Integer)));
        assert_eq!(lcm_i32(i32::MAX, 2), Err(EvalError::OutOfRange(TypeName::Integer)));
    }

    #[test]
    fn shifts_count_modulo_the_width() {
        assert_eq!((shl_i32(1, 33), shl_i64(1, 65), shl_i16(1, 17), shr_i32(-5, 1)), (2, 2, 0, -3));
    }
}
