//! Being the same value, down to what is printed.

use std::cmp::Ordering;

use crate::{
    Bytes, Date, Decimal, Double, Interval, IntervalSum, Json, Numeric, NumericSum, Real, Text, Time,
    Timestamp, Uuid, WideDecimal,
};

/// Whether two values cannot be told apart. SQL's equality is coarser: `1.0 = 1.00`, `'1 day' = '24:00'`, `0.0 = -0.0`.
/// What decides whether a row has changed is this, since PostgreSQL shows the difference.
///
/// ```
/// use cosmictron_types::{Identical, Numeric};
///
/// let (a, b) = (Numeric::new(10, 1), Numeric::new(100, 2));
/// assert_eq!(a, b);
/// assert!(!a.identical(&b));
/// ```
pub trait Identical {
    /// Whether the two cannot be told apart.
    fn identical(&self, other: &Self) -> bool;
}

macro_rules! by_equality {
    ($($ty:ty),* $(,)?) => {
        $(impl Identical for $ty {
            #[inline]
            fn identical(&self, other: &Self) -> bool {
                self == other
            }
        })*
    };
}

by_equality! {
    (), bool, char, i16, i32, i64, i128, u8, u32, u64, &str,
    Text, Timestamp, Date, Time, Uuid, Bytes, NumericSum, IntervalSum,
}

impl<const S: u8> Identical for Decimal<S> {
    #[inline]
    fn identical(&self, other: &Self) -> bool {
        self == other
    }
}

impl<const S: u8> Identical for WideDecimal<S> {
    #[inline]
    fn identical(&self, other: &Self) -> bool {
        self == other
    }
}

impl Identical for Numeric {
    fn identical(&self, other: &Self) -> bool {
        self.scale() == other.scale() && self == other
    }
}

impl Identical for Interval {
    fn identical(&self, other: &Self) -> bool {
        let parts = |i: &Interval| (i.months(), i.days(), i.micros());
        parts(self) == parts(other)
    }
}

impl Identical for Real {
    fn identical(&self, other: &Self) -> bool {
        self == other && self.is_sign_negative() == other.is_sign_negative()
    }
}

impl Identical for Double {
    fn identical(&self, other: &Self) -> bool {
        self == other && self.is_sign_negative() == other.is_sign_negative()
    }
}

impl Identical for Json {
    fn identical(&self, other: &Self) -> bool {
        // Numbers keep their decimals: `1.0` and `1.00` are equal but print differently.
        self == other && self.to_string() == other.to_string()
    }
}

impl<T: Identical> Identical for Option<T> {
    #[inline]
    fn identical(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.identical(b),
            (None, None) => true,
            _ => false,
        }
    }
}

macro_rules! tuples {
    ($(($($name:ident $at:tt)+))+) => {
        $(impl<$($name: Identical),+> Identical for ($($name,)+) {
            #[inline]
            fn identical(&self, other: &Self) -> bool {
                $(self.$at.identical(&other.$at))&&+
            }
        })+
    };
}

tuples! {
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
}

/// Types of which equal values can look different, as `1.0` and `1.00` do, a month and thirty days, or `0` and `-0`.
pub trait Varied: Ord + Identical {
    /// An order that agrees with [`Ord`] and tells apart what is not identical.
    fn cmp_looks(&self, other: &Self) -> Ordering;
}

impl Varied for Numeric {
    fn cmp_looks(&self, other: &Self) -> Ordering {
        self.cmp(other).then_with(|| self.scale().cmp(&other.scale()))
    }
}

impl Varied for Interval {
    fn cmp_looks(&self, other: &Self) -> Ordering {
        self.cmp(other)
            .then_with(|| self.months().cmp(&other.months()))
            .then_with(|| self.days().cmp(&other.days()))
    }
}

macro_rules! varied_by_text {
    ($($ty:ty),*) => {
        $(impl Varied for $ty {
            fn cmp_looks(&self, other: &Self) -> Ordering {
                self.cmp(other).then_with(|| {
                    if self.identical(other) {
                        Ordering::Equal
                    } else {
                        self.to_string().cmp(&other.to_string())
                    }
                })
            }
        })*
    };
}

varied_by_text!(Real, Double, Json);

/// A value that is equal to another only if the two look alike.
#[derive(Clone, Copy, Debug)]
pub struct Look<T>(pub T);

impl<T: Varied> Ord for Look<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp_looks(&other.0)
    }
}

impl<T: Varied> PartialOrd for Look<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Varied> PartialEq for Look<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T: Varied> Eq for Look<T> {}

impl<T: Identical> Identical for Look<T> {
    fn identical(&self, other: &Self) -> bool {
        self.0.identical(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_may_differ() {
        let double = |x: f64| Double::from(x);
        assert_eq!(double(0.0), double(-0.0));
        assert!(!double(0.0).identical(&double(-0.0)));
        assert!(double(f64::NAN).identical(&double(f64::NAN)));
        assert!(!Interval::new(0, 1, 0).identical(&Interval::new(0, 0, 86_400_000_000)));
        let json = |text: &str| text.parse::<Json>().unwrap();
        assert!(!json("[1.0]").identical(&json("[1.00]")));
        assert!((1, Some("a")).identical(&(1, Some("a"))));
        assert!(!Some(Numeric::new(10, 1)).identical(&Some(Numeric::new(100, 2))));
    }
}
