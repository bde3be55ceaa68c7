//! Types as PostgreSQL's overload resolution sees them: without precision, scale or length.

use crate::types::Type;

/// A type of PostgreSQL's catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Boolean,
    SmallInt,
    Integer,
    BigInt,
    Real,
    Double,
    Numeric,
    Text,
    Varchar,
    Char,
    Timestamp,
    TimestampTz,
    Date,
    Time,
    Interval,
    Uuid,
    Bytea,
    Jsonb,
    Enum,
}

/// The groups within which implicit conversions and preferences exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    Boolean,
    Number,
    String,
    DateTime,
    Timespan,
    Enum,
    User,
}

impl Kind {
    /// The kind of a type; a poisoned one has none.
    pub fn of(ty: Type) -> Option<Kind> {
        Some(match ty {
            Type::Error => return None,
            Type::Boolean => Kind::Boolean,
            Type::SmallInt => Kind::SmallInt,
            Type::Integer => Kind::Integer,
            Type::BigInt => Kind::BigInt,
            Type::Real => Kind::Real,
            Type::Double => Kind::Double,
            Type::Decimal { .. } | Type::Numeric => Kind::Numeric,
            Type::Text => Kind::Text,
            Type::Varchar => Kind::Varchar,
            Type::Char(_) => Kind::Char,
            Type::Timestamp => Kind::Timestamp,
            Type::TimestampTz => Kind::TimestampTz,
            Type::Date => Kind::Date,
            Type::Time => Kind::Time,
            Type::Interval => Kind::Interval,
            Type::Uuid => Kind::Uuid,
            Type::Bytea => Kind::Bytea,
            Type::Jsonb => Kind::Jsonb,
            Type::Enum(_) => Kind::Enum,
        })
    }

    /// Its category.
    pub fn category(self) -> Category {
        match self {
            Kind::Boolean => Category::Boolean,
            Kind::SmallInt | Kind::Integer | Kind::BigInt | Kind::Real | Kind::Double | Kind::Numeric => {
                Category::Number
            }
            Kind::Text | Kind::Varchar | Kind::Char => Category::String,
            Kind::Timestamp | Kind::TimestampTz | Kind::Date | Kind::Time => Category::DateTime,
            Kind::Interval => Category::Timespan,
            Kind::Enum => Category::Enum,
            Kind::Uuid | Kind::Bytea | Kind::Jsonb => Category::User,
        }
    }

    /// Whether resolution prefers it within its category.
    pub fn is_preferred(self) -> bool {
        matches!(self, Kind::Boolean | Kind::Double | Kind::Text | Kind::TimestampTz | Kind::Interval)
    }

    /// Whether a value converts to `to` without being asked; every kind does to itself.
    pub fn converts_to(self, to: Kind) -> bool {
        let rank = |kind| {
            [Kind::SmallInt, Kind::Integer, Kind::BigInt, Kind::Numeric, Kind::Real, Kind::Double]
                .iter()
                .position(|k| *k == kind)
        };
        match (rank(self), rank(to)) {
            (Some(from), Some(to)) => from <= to,
            _ => {
                self == to
                    || matches!(
                        (self, to),
                        (Kind::Text | Kind::Varchar | Kind::Char, Kind::Text | Kind::Varchar | Kind::Char)
                            | (Kind::Date, Kind::Timestamp | Kind::TimestampTz)
                            | (Kind::Timestamp, Kind::TimestampTz)
                            | (Kind::Time, Kind::Interval)
                    )
            }
        }
    }

    /// The type of this kind, where it needs nothing else to be known.
    pub fn plain(self) -> Option<Type> {
        Some(match self {
            Kind::Boolean => Type::Boolean,
            Kind::SmallInt => Type::SmallInt,
            Kind::Integer => Type::Integer,
            Kind::BigInt => Type::BigInt,
            Kind::Real => Type::Real,
            Kind::Double => Type::Double,
            Kind::Numeric => Type::Numeric,
            Kind::Text => Type::Text,
            Kind::Varchar => Type::Varchar,
            Kind::Timestamp => Type::Timestamp,
            Kind::TimestampTz => Type::TimestampTz,
            Kind::Date => Type::Date,
            Kind::Time => Type::Time,
            Kind::Interval => Type::Interval,
            Kind::Uuid => Type::Uuid,
            Kind::Bytea => Type::Bytea,
            Kind::Jsonb => Type::Jsonb,
            Kind::Char | Kind::Enum => return None,
        })
    }

    /// As PostgreSQL spells it.
    pub fn name(self) -> String {
        match self {
            Kind::Char => "char".to_owned(),
            Kind::Enum => "enum".to_owned(),
            kind => kind.plain().map(|ty| ty.to_string()).unwrap_or_default(),
        }
    }
}
