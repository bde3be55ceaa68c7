//! The type that several expressions have together, and the types of aggregates.

use super::kind::Kind;
use super::resolve::MAX_SCALE_OF_ARITHMETIC;
use crate::algebra::AggregateFunction;
use crate::types::Type;

/// The type of the result of CASE, COALESCE, VALUES and set operations over branches of these types (those of untyped
/// literals left out), by PostgreSQL's rules. `None` if they do not go together.
///
/// PostgreSQL prints each NUMERIC with its own decimals, so that branches of different scale have no fixed one.
pub fn common_type(types: &[Type]) -> Option<Type> {
    unify(types, common_decimal)
}

/// The type in which values of these types are compared. `None` if PostgreSQL has no such comparison.
pub fn comparison_type(types: &[Type]) -> Option<Type> {
    if let Some(string) = compared_string(types) {
        return Some(string);
    }
    // Unequal kinds of floats, and floats and exact numbers, meet as DOUBLE PRECISION.
    let has_real = types.contains(&Type::Real);
    let all_real = types.iter().all(|ty| *ty == Type::Real);
    unify(types, comparison_decimal).map(|ty| match ty {
        Type::Real if has_real && !all_real => Type::Double,
        ty => ty,
    })
}

/// How strings are compared: with a TEXT as TEXT, else with a CHAR(n) as that, which is without regard to blanks at the end.
/// VARCHAR has no comparison of its own.
fn compared_string(types: &[Type]) -> Option<Type> {
    if types.is_empty() || !types.iter().all(|ty| ty.is_string()) {
        return None;
    }
    let lengths = types.iter().filter_map(|ty| if let Type::Char(n) = ty { Some(*n) } else { None });
    match lengths.max() {
        Some(n) if !types.contains(&Type::Text) => Some(Type::Char(n)),
        _ => Some(Type::Text),
    }
}

fn unify(types: &[Type], decimal: impl Fn(&[(u8, u8)]) -> Type) -> Option<Type> {
    let (first, rest) = types.split_first()?;
    if types.contains(&Type::Error) {
        return Some(Type::Error);
    }
    if rest.iter().all(|ty| ty == first) {
        return Some(*first);
    }
    if matches!(first, Type::Enum(_)) {
        return None;
    }
    let mut kind = Kind::of(*first)?;
    for ty in rest {
        let other = Kind::of(*ty)?;
        if other.category() != kind.category() {
            return None;
        }
        if !kind.is_preferred() && kind.converts_to(other) && !other.converts_to(kind) {
            kind = other;
        }
    }
    let converts = |ty: &Type| Kind::of(*ty).is_some_and(|k| k.converts_to(kind));
    if !types.iter().all(converts) {
        return None;
    }
    match kind {
        Kind::Numeric => match types.iter().map(|ty| digits(*ty)).collect::<Option<Vec<_>>>() {
            Some(digits) => Some(decimal(&digits)),
            None => Some(Type::Numeric),
        },
        Kind::Char => {
            let lengths = types.iter().map(|ty| if let Type::Char(n) = ty { *n } else { 0 });
            lengths.max().map(Type::Char)
        }
        kind => kind.plain(),
    }
}

/// Precision and scale of an exact number, where they are known.
fn digits(ty: Type) -> Option<(u8, u8)> {
    match ty {
        Type::SmallInt => Some((5, 0)),
        Type::Integer => Some((10, 0)),
        Type::BigInt => Some((19, 0)),
        Type::Decimal { precision, scale } => Some((precision, scale)),
        _ => None,
    }
}

fn common_decimal(digits: &[(u8, u8)]) -> Type {
    let scale = digits[0].1;
    if digits.iter().any(|(_, s)| *s != scale) {
        return Type::Numeric;
    }
    let precision = digits.iter().map(|(p, _)| *p).max().unwrap_or(38);
    Type::Decimal { precision, scale }
}

fn comparison_decimal(digits: &[(u8, u8)]) -> Type {
    let scale = digits.iter().map(|(_, s)| *s).max().unwrap_or(0);
    if digits.iter().all(|(_, s)| *s == scale) {
        return common_decimal(digits);
    }
    if scale > MAX_SCALE_OF_ARITHMETIC { Type::Numeric } else { Type::wide_decimal(scale) }
}

/// The type in which an untyped literal can be compared (`comparison`) or combined with values of this type, without
/// being rounded or cut: `price > '1.555'` holds for 1.56.
pub fn admit_literal(ty: Type, text: &str, comparison: bool) -> Type {
    match ty {
        Type::Char(n) => {
            let length = text.trim_end_matches(' ').chars().count();
            Type::Char(u32::try_from(length).map_or(n, |length| n.max(length)))
        }
        Type::Decimal { .. } => match text.parse::<cosmictron_types::Numeric>() {
            Ok(number) => {
                let literal = Type::Decimal { precision: 38, scale: number.scale() };
                let unified =
                    if comparison { comparison_type(&[ty, literal]) } else { common_type(&[ty, literal]) };
                unified.unwrap_or(ty)
            }
            Err(_) => ty,
        },
        ty => ty,
    }
}

/// Whether values of this type can be compared, sorted and grouped; all can.
pub fn comparable(ty: Type) -> bool {
    ty != Type::Error
}

/// The type that an aggregate's argument is converted to and the type of its result; `None` if PostgreSQL has no such
/// aggregate. An argument without a type is an untyped literal, or the `*` of COUNT.
pub fn aggregate(function: AggregateFunction, arg: Option<Type>) -> Option<(Option<Type>, Type)> {
    use AggregateFunction as F;
    let same = |ty| Some((Some(ty), ty));
    match (function, arg) {
        (_, Some(Type::Error)) => same(Type::Error),
        (F::Count, arg) => Some((arg, Type::BigInt)),
        (F::Determined, Some(ty)) => same(ty),
        (F::Sum, Some(ty)) => match ty {
            Type::SmallInt | Type::Integer => Some((arg, Type::BigInt)),
            Type::BigInt => Some((arg, Type::wide_decimal(0))),
            Type::Decimal { scale, .. } => Some((arg, Type::wide_decimal(scale))),
            Type::Numeric | Type::Real | Type::Double | Type::Interval => same(ty),
            Type::Time => Some((Some(Type::Interval), Type::Interval)),
            _ => None,
        },
        (F::Avg, Some(ty)) => match ty {
            ty if ty.is_float() => Some((arg, Type::Double)),
            ty if ty.is_number() => Some((arg, Type::Numeric)),
            Type::Interval => same(ty),
            Type::Time => Some((Some(Type::Interval), Type::Interval)),
            _ => None,
        },
        (F::Min | F::Max, Some(ty)) => match ty {
            Type::Boolean | Type::Uuid | Type::Bytea | Type::Jsonb => None,
            Type::Varchar => Some((arg, Type::Text)),
            ty => same(ty),
        },
        (F::Min | F::Max, None) => same(Type::Text),
        (F::Sum | F::Avg | F::Determined, None) => None,
    }
}
