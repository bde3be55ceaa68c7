//! Result keys from dynamic values, for point lookups by key.

use cosmictron_types::{
    Bytes, Date, Decimal, Double, FromValue, Interval, Json, Numeric, Real, Text, Time, Timestamp, Uuid,
    Value, WideDecimal,
};

/// The values of a key's columns, in order, and for a bag the number of the copy.
pub type Parts = std::vec::IntoIter<Value>;

/// A key or a part of one, read from the values of its columns.
pub trait KeyParts: Sized {
    /// Takes as many values as it has columns; `None` if they are not of its types.
    fn read(parts: &mut Parts) -> Option<Self>;
}

/// Implements [`KeyParts`] for types of one column.
#[macro_export]
macro_rules! key_parts {
    ($($ty:ty),*) => {$(
        impl $crate::key::KeyParts for $ty {
            fn read(parts: &mut $crate::key::Parts) -> Option<Self> {
                ::cosmictron::FromValue::from_value(parts.next()?).ok()
            }
        }
    )*};
}

key_parts!(
    bool, i16, i32, i64, Real, Double, Numeric, Text, Timestamp, Date, Time, Interval, Uuid, Bytes, Json
);

impl<const SCALE: u8> KeyParts for Decimal<SCALE> {
    fn read(parts: &mut Parts) -> Option<Self> {
        FromValue::from_value(parts.next()?).ok()
    }
}

impl<const SCALE: u8> KeyParts for WideDecimal<SCALE> {
    fn read(parts: &mut Parts) -> Option<Self> {
        FromValue::from_value(parts.next()?).ok()
    }
}

impl<T: KeyParts> KeyParts for Option<T> {
    fn read(parts: &mut Parts) -> Option<Self> {
        match parts.as_slice().first()? {
            Value::Null => {
                parts.next();
                Some(None)
            }
            _ => T::read(parts).map(Some),
        }
    }
}

macro_rules! tuples {
    ($($($part:ident)*;)*) => {$(
        impl<$($part: KeyParts),*> KeyParts for ($($part,)*) {
            #[allow(unused_variables)]
            fn read(parts: &mut Parts) -> Option<Self> {
                Some(($($part::read(parts)?,)*))
            }
        }
    )*};
}

tuples! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}
