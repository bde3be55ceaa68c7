//! Which casts exist, when they happen unasked, and what carries them out.

use super::Function;
use super::kind::Kind;
use super::signature::Param;
use super::table::{
    CASTS, DecimalCastEntry, EXTEND_DECIMAL, EXTEND_INTEGER, FROM_DECIMAL, TO_DECIMAL, TO_WIDE_DECIMAL,
};
use crate::types::Type;

/// The most digits of a decimal that emitted code stores in 64 bits.
pub(super) const MAX_NARROW_PRECISION: u8 = 18;

/// The digits of the results of decimal arithmetic.
const WIDE_PRECISION: u8 = 38;

/// A cast.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// What carries it out.
    pub function: &'static Function,
    /// When it may happen.
    pub context: CastContext,
}

/// When a cast happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CastContext {
    /// In any expression, unasked.
    Implicit,
    /// When a value is stored in a column.
    Assignment,
    /// Only when it is written.
    Explicit,
}

/// The cast between two different types, if PostgreSQL has it and it is one: TEXT and VARCHAR are each other's values as
/// they are.
///
/// ```
/// use cosmictron_compiler::functions::{CastContext, cast};
/// use cosmictron_compiler::types::Type;
///
/// let widening = cast(Type::Integer, Type::BigInt).unwrap();
/// assert_eq!((widening.function.rust, widening.context), ("i32_to_i64", CastContext::Implicit));
/// assert!(cast(Type::Boolean, Type::Date).is_none());
/// ```
pub fn cast(from: Type, to: Type) -> Option<Cast> {
    if let Type::Decimal { precision, scale } = to {
        return to_decimal(from, precision, scale);
    }
    if from.coerces_as_is(to) {
        return None;
    }
    // The blanks that pad a CHAR are around what is read, not in it.
    let from_kind = match as_text(Kind::of(from)?) {
        Kind::Char if !matches!(to, Type::Text | Type::Varchar) => Kind::Text,
        kind => kind,
    };
    let to_kind = as_text(Kind::of(to)?);
    let table = if matches!(from, Type::Decimal { .. }) { FROM_DECIMAL } else { CASTS };
    let entry = table.iter().find(|entry| entry.from == from_kind && entry.to == to_kind)?;
    Some(Cast { function: &entry.function, context: entry.context })
}

/// What is cast to and from VARCHAR as TEXT is.
fn as_text(kind: Kind) -> Kind {
    if kind == Kind::Varchar { Kind::Text } else { kind }
}

fn to_decimal(from: Type, precision: u8, scale: u8) -> Option<Cast> {
    let for_arithmetic = precision == WIDE_PRECISION;
    let keeps_all_digits = |p: u8, s: u8| s <= scale && p - s <= precision - scale;
    // An integer has as many digits as its greatest.
    let digits = match from {
        Type::SmallInt => Some((5, 0)),
        Type::Integer => Some((10, 0)),
        Type::BigInt => Some((19, 0)),
        Type::Decimal { precision, scale } => Some((precision, scale)),
        _ => None,
    };
    let fits = for_arithmetic && digits.is_some_and(|(p, s)| keeps_all_digits(p, s));
    let table: &'static [DecimalCastEntry] = match from {
        Type::Decimal { .. } if fits => EXTEND_DECIMAL,
        _ if fits => EXTEND_INTEGER,
        _ if precision <= MAX_NARROW_PRECISION => TO_DECIMAL,
        _ => TO_WIDE_DECIMAL,
    };
    let param = match from {
        Type::Decimal { .. } => Param::Decimal,
        Type::Varchar | Type::Char(_) => Param::Kind(Kind::Text),
        other => Param::Kind(Kind::of(other)?),
    };
    let entry = table.iter().find(|entry| entry.from == param)?;
    let context = match from {
        Type::Decimal { precision, scale } if keeps_all_digits(precision, scale) => CastContext::Implicit,
        _ => entry.context,
    };
    Some(Cast { function: &entry.function, context })
}
