//! SQL types as the compiler sees them after names such as `VARCHAR(20)` have been resolved.

use std::fmt;

use crate::catalog::EnumId;

/// The type of an expression or a column. Nullability is kept beside it, never inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// Poisoned: an error has been reported for this expression, and it agrees with every other type.
    Error,
    /// `BOOLEAN`, Rust `bool`.
    Boolean,
    /// `SMALLINT`, Rust `i16`.
    SmallInt,
    /// `INTEGER`, Rust `i32`.
    Integer,
    /// `BIGINT`, Rust `i64`.
    BigInt,
    /// `REAL`, Rust `cosmictron::Real`.
    Real,
    /// `DOUBLE PRECISION`, Rust `cosmictron::Double`.
    Double,
    /// A NUMERIC whose number of decimals is known: Rust `cosmictron::Decimal<SCALE>` (an `i64`) up to 18 digits,
    /// `cosmictron::WideDecimal<SCALE>` (an `i128`) beyond. Results of arithmetic have 38 digits.
    Decimal {
        /// Digits in all, 1 to 38.
        precision: u8,
        /// Digits after the point, at most 38.
        scale: u8,
    },
    /// A NUMERIC whose number of decimals depends on the values (quotients, averages, columns without a
    /// scale): Rust `cosmictron::Numeric`.
    Numeric,
    /// `TEXT`, Rust `cosmictron::Text`.
    Text,
    /// `VARCHAR`, the same values as TEXT: only what it is compared and combined with may differ, so that no value is ever
    /// converted between the two and either may stand where the other is expected.
    Varchar,
    /// `CHAR(n)`, Rust `cosmictron::Text` padded with blanks; compared without trailing blanks.
    Char(u32),
    /// `TIMESTAMP`, Rust `cosmictron::Timestamp`.
    Timestamp,
    /// `TIMESTAMPTZ`, Rust `cosmictron::Timestamp`; the session time zone is always UTC.
    TimestampTz,
    /// `DATE`, Rust `cosmictron::Date`.
    Date,
    /// `TIME`, Rust `cosmictron::Time`.
    Time,
    /// `INTERVAL`, Rust `cosmictron::Interval`.
    Interval,
    /// `UUID`, Rust `cosmictron::Uuid`.
    Uuid,
    /// `BYTEA`, Rust `cosmictron::Bytes`.
    Bytea,
    /// `JSONB`, Rust `cosmictron::Json`.
    Jsonb,
    /// An enum of the schema, a Rust enum of the emitted schema module.
    Enum(EnumId),
}

impl Type {
    /// The type of decimal arithmetic with this many decimals.
    pub fn wide_decimal(scale: u8) -> Type {
        Type::Decimal { precision: 38, scale }
    }

    /// SMALLINT, INTEGER or BIGINT.
    pub fn is_integer(self) -> bool {
        matches!(self, Type::SmallInt | Type::Integer | Type::BigInt)
    }

    /// Any type that arithmetic is defined on.
    pub fn is_number(self) -> bool {
        self.is_integer() || self.is_float() || matches!(self, Type::Decimal { .. } | Type::Numeric)
    }

    /// REAL or DOUBLE PRECISION.
    pub fn is_float(self) -> bool {
        matches!(self, Type::Real | Type::Double)
    }

    /// TIMESTAMP or TIMESTAMPTZ.
    pub fn is_timestamp(self) -> bool {
        matches!(self, Type::Timestamp | Type::TimestampTz)
    }

    /// TEXT, VARCHAR or CHAR(n).
    pub fn is_string(self) -> bool {
        matches!(self, Type::Text | Type::Varchar | Type::Char(_))
    }

    /// Whether every value of this type is one of the other as it is; true of a type itself.
    pub fn coerces_as_is(self, to: Type) -> bool {
        self == to || matches!((self, to), (Type::Text, Type::Varchar) | (Type::Varchar, Type::Text))
    }

    /// Whether equal values can look different: 1.0 and 1.00, a month and thirty days, 0 and -0.
    pub fn looks_vary(self) -> bool {
        matches!(self, Type::Numeric | Type::Interval | Type::Real | Type::Double | Type::Jsonb)
    }

    /// Whether values are plain bits that emitted code copies; the others are passed by reference.
    pub fn is_copy(self) -> bool {
        !(self.is_string() || matches!(self, Type::Bytea | Type::Jsonb))
    }
}

/// As PostgreSQL spells it; an enum is shown by its number, since its name lives in the catalog.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Error => f.write_str("unknown"),
            Type::Boolean => f.write_str("boolean"),
            Type::SmallInt => f.write_str("smallint"),
            Type::Integer => f.write_str("integer"),
            Type::BigInt => f.write_str("bigint"),
            Type::Real => f.write_str("real"),
            Type::Double => f.write_str("double precision"),
            Type::Decimal { precision: 38, scale } => write!(f, "numeric(*,{scale})"),
            Type::Decimal { precision, scale } => write!(f, "numeric({precision},{scale})"),
            Type::Numeric => f.write_str("numeric"),
            Type::Text => f.write_str("text"),
            Type::Varchar => f.write_str("varchar"),
            Type::Char(n) => write!(f, "char({n})"),
            Type::Timestamp => f.write_str("timestamp"),
            Type::TimestampTz => f.write_str("timestamptz"),
            Type::Date => f.write_str("date"),
            Type::Time => f.write_str("time"),
            Type::Interval => f.write_str("interval"),
            Type::Uuid => f.write_str("uuid"),
            Type::Bytea => f.write_str("bytea"),
            Type::Jsonb => f.write_str("jsonb"),
            Type::Enum(id) => write!(f, "enum#{}", id.0),
        }
    }
}
