//! Which casts exist, when they happen unasked, and what carries them out.

use super::Function;
use super::kind::Kind;
use super::signature::Param;
use super::table::{
    CASTS, DecimalCastEntry, FROM_DECIMAL, TO_DECIMAL, TO_WIDE_DECIMAL, WIDEN_DECIMAL, WIDEN_INTEGER,
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

/// The cast between two different types, if PostgreSQL has it.
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
    // The blanks that pad a CHAR are around what is read, not in it.
    let from_kind = match Kind::of(from)? {
        Kind::Char if !matches!(to, Type::Text) => Kind::Text,
        kind => kind,
    };
    let to_kind = Kind::of(to)?;
    let table = if matches!(from, Type::Decimal { .. }) { FROM_DECIMAL } else { CASTS };
    let entry = table.iter().find(|entry| entry.from == from_kind && entry.to == to_kind)?;
    Some(Cast { function: &entry.function, context: entry.context })
}

fn to_decimal(from: Type, precision: u8, scale: u8) -> Option<Cast> {
    let for_arithmetic = precision == WIDE_PRECISION;
    let table: &'static [DecimalCastEntry] = match from {
        Type::Decimal { scale: from, .. } if for_arithmetic && from <= scale => WIDEN_DECIMAL,
        from if for_arithmetic && from.is_integer() => WIDEN_INTEGER,
        _ if precision <= MAX_NARROW_PRECISION => TO_DECIMAL,
        _ => TO_WIDE_DECIMAL,
    };
    let param = match from {
        Type::Decimal { .. } => Param::Decimal,
        Type::Char(_) => Param::Kind(Kind::Text),
        other => Param::Kind(Kind::of(other)?),
    };
    let entry = table.iter().find(|entry| entry.from == param)?;
    let keeps_all_digits = |p: u8, s: u8| s <= scale && p - s <= precision - scale;
    let context = match from {
        Type::Decimal { precision, scale } if keeps_all_digits(precision, scale) => CastContext::Implicit,
        _ => entry.context,
    };
    Some(Cast { function: &entry.function, context })
}
