//! Between dynamic values and Rust types.

use super::Value;
use crate::{
    Bytes, Date, Decimal, Double, Interval, Json, Numeric, Real, Text, Time, Timestamp, Uuid, WideDecimal,
};

/// A Rust type of which every value is an SQL value.
///
/// ```
/// use cosmictron_types::{ToValue, Value};
///
/// assert_eq!(7_i32.to_value(), Value::Integer(7));
/// assert_eq!(None::<bool>.to_value(), Value::Null);
/// ```
pub trait ToValue {
    /// The same value, dynamic.
    fn to_value(&self) -> Value;
}

/// A Rust type that an SQL value may have.
///
/// ```
/// use cosmictron_types::{FromValue, Value};
///
/// assert_eq!(i32::from_value(Value::Integer(7)), Ok(7));
/// assert_eq!(Option::<i32>::from_value(Value::Null), Ok(None));
/// assert!(i32::from_value(Value::Null).is_err());
/// ```
pub trait FromValue: Sized {
    /// The same value, typed.
    ///
    /// # Errors
    /// A message, if it is NULL, of another type or out of range.
    fn from_value(value: Value) -> Result<Self, String>;
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, String> {
        if value.is_null() { Ok(None) } else { T::from_value(value).map(Some) }
    }
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl FromValue for Value {
    fn from_value(value: Value) -> Result<Self, String> {
        Ok(value)
    }
}

fn mismatch<T>(expected: &str, found: &Value) -> Result<T, String> {
    Err(format!("expected {expected}, found {}", found.kind()))
}

macro_rules! variants {
    ($($ty:ty, $variant:ident, $name:literal;)*) => {$(
        impl ToValue for $ty {
            fn to_value(&self) -> Value {
                Value::$variant(self.clone())
            }
        }

        impl FromValue for $ty {
            fn from_value(value: Value) -> Result<Self, String> {
                match value {
                    Value::$variant(inner) => Ok(inner),
                    other => mismatch($name, &other),
                }
            }
        }
    )*};
}

variants! {
    bool, Boolean, "a boolean";
    Text, Text, "a text";
    Timestamp, Timestamp, "a timestamp";
    Date, Date, "a date";
    Time, Time, "a time";
    Interval, Interval, "an interval";
    Uuid, Uuid, "a UUID";
    Bytes, Bytes, "a byte string";
    Json, Json, "a JSON document";
}

macro_rules! integers {
    ($($ty:ty, $name:literal;)*) => {$(
        impl ToValue for $ty {
            fn to_value(&self) -> Value {
                Value::Integer(i64::from(*self))
            }
        }

        impl FromValue for $ty {
            fn from_value(value: Value) -> Result<Self, String> {
                match value {
                    Value::Integer(i) => {
                        Self::try_from(i).map_err(|_| format!("{i} is out of range for type {}", $name))
                    }
                    other => mismatch($name, &other),
                }
            }
        }
    )*};
}

integers! {
    i16, "smallint";
    i32, "integer";
    i64, "bigint";
}

impl ToValue for Real {
    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
}

impl FromValue for Real {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::Real(x) => Ok(x),
            Value::Integer(i) => Ok((i as f32).into()),
            other => mismatch("a real", &other),
        }
    }
}

impl ToValue for Double {
    fn to_value(&self) -> Value {
        Value::Double(*self)
    }
}

impl FromValue for Double {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::Double(x) => Ok(x),
            Value::Real(x) => Ok(f64::from(x.0).into()),
            Value::Integer(i) => Ok((i as f64).into()),
            other => mismatch("a double precision", &other),
        }
    }
}

impl ToValue for Numeric {
    fn to_value(&self) -> Value {
        Value::Numeric(*self)
    }
}

impl FromValue for Numeric {
    fn from_value(value: Value) -> Result<Self, String> {
        match value {
            Value::Numeric(n) => Ok(n),
            Value::Integer(i) => Ok(i.into()),
            other => mismatch("a numeric", &other),
        }
    }
}

macro_rules! decimals {
    ($($name:ident),*) => {$(
        impl<const SCALE: u8> ToValue for $name<SCALE> {
            fn to_value(&self) -> Value {
                Value::Numeric((*self).into())
            }
        }

        /// Rounds half away from zero.
        impl<const SCALE: u8> FromValue for $name<SCALE> {
            fn from_value(value: Value) -> Result<Self, String> {
                let number = Numeric::from_value(value)?;
                Self::from_numeric(number).map_err(|error| format!("{error}: {number}"))
            }
        }
    )*};
}

decimals!(Decimal, WideDecimal);
