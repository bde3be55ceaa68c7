//! The functions and types that are bound until the registry of functions is complete.

use crate::algebra::{AggregateFunction, Literal};
use crate::catalog::{Catalog, EnumId};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions::{Function, Generics};
use crate::source::Span;
use crate::types::Type;

#[derive(Clone, Copy, Debug)]
pub struct Arg<'a> {
    pub ty: Option<Type>,
    #[expect(dead_code, reason = "the registry will")]
    pub text: Option<&'a str>,
}
pub struct Resolved {
    pub function: &'static Function,
    pub arg_types: Vec<Type>,
    pub result: Type,
}
#[expect(dead_code, reason = "the registry will")]
pub enum ResolveError {
    UnknownName,
    NoMatch { signatures: Vec<String> },
    InvalidConstant { arg: usize, reason: String },
}
#[derive(PartialEq, Eq, Clone, Copy)]
pub enum CastContext {
    Implicit,
    Assignment,
    Explicit,
}
pub struct Cast {
    pub context: CastContext,
}

fn rank(t: Type) -> u8 {
    match t {
        Type::SmallInt => 1,
        Type::Integer => 2,
        Type::BigInt => 3,
        Type::Decimal { .. } => 4,
        Type::Numeric => 5,
        Type::Real => 6,
        Type::Double => 7,
        _ => 0,
    }
}
pub fn cast(from: Type, to: Type) -> Option<Cast> {
    let context = if from.is_number() && to.is_number() {
        if rank(from) < rank(to) { CastContext::Implicit } else { CastContext::Assignment }
    } else if from == Type::Text || to == Type::Text {
        CastContext::Explicit
    } else if from == Type::TimestampTz || from == Type::Timestamp {
        CastContext::Assignment
    } else {
        return None;
    };
    Some(Cast { context })
}
pub fn common_type(types: &[Type]) -> Option<Type> {
    let mut it = types.iter().copied();
    let first = it.next()?;
    it.try_fold(first, |a, b| {
        if a == b {
            return Some(a);
        }
        match (a, b) {
            (Type::Decimal { scale: s, .. }, Type::Decimal { scale: t, .. }) if s == t => {
                Some(Type::wide_decimal(s))
            }
            (Type::Decimal { .. }, Type::Decimal { .. }) => Some(Type::Numeric),
            (Type::Decimal { scale: 0, .. }, i) | (i, Type::Decimal { scale: 0, .. }) if i.is_integer() => {
                Some(Type::wide_decimal(0))
            }
            (Type::Decimal { .. }, i) | (i, Type::Decimal { .. }) if i.is_integer() => Some(Type::Numeric),
            (a, b) if a.is_number() && b.is_number() => Some(if rank(a) > rank(b) { a } else { b }),
            (Type::Date | Type::Timestamp, Type::Timestamp | Type::Date) => Some(Type::Timestamp),
            (Type::Date | Type::Timestamp | Type::TimestampTz, Type::TimestampTz)
            | (Type::TimestampTz, Type::Date | Type::Timestamp) => Some(Type::TimestampTz),
            (Type::Char(_), Type::Text) | (Type::Text, Type::Char(_)) => Some(Type::Text),
            (Type::Char(a), Type::Char(b)) => Some(Type::Char(a.max(b))),
            _ => None,
        }
    })
}
pub fn comparison_type(types: &[Type]) -> Option<Type> {
    let mut it = types.iter().copied();
    let first = it.next()?;
    it.try_fold(first, |a, b| match (a, b) {
        (Type::Decimal { scale: s, .. }, Type::Decimal { scale: t, .. }) if a != b => {
            Some(Type::wide_decimal(s.max(t)))
        }
        (Type::Decimal { scale, .. }, i) | (i, Type::Decimal { scale, .. }) if i.is_integer() => {
            Some(Type::wide_decimal(scale))
        }
        _ => common_type(&[a, b]),
    })
}
pub fn aggregate(f: AggregateFunction, ty: Option<Type>) -> Option<(Option<Type>, Type)> {
    use AggregateFunction::*;
    Some(match (f, ty) {
        (Count, t) => (t, Type::BigInt),
        (Sum, Some(t @ (Type::SmallInt | Type::Integer))) => (Some(t), Type::BigInt),
        (Sum, Some(t @ Type::BigInt)) => (Some(t), Type::wide_decimal(0)),
        (Sum, Some(t @ Type::Decimal { scale, .. })) => (Some(t), Type::wide_decimal(scale)),
        (Sum | Avg, Some(t)) if t.is_float() || t == Type::Interval => (Some(t), t),
        (Avg, Some(t)) if t.is_number() => (Some(t), Type::Numeric),
        (Min | Max, Some(Type::Boolean)) => return None,
        (Min | Max, Some(t)) => (Some(t), t),
        _ => return None,
    })
}
pub fn parse_literal(text: &str, ty: Type, labels: Option<&[String]>) -> Result<Literal, String> {
    let bad = || "cannot be read".to_owned();
    Ok(match ty {
        Type::SmallInt | Type::Integer | Type::BigInt => {
            Literal::Integer(text.trim().parse().map_err(|_| bad())?)
        }
        Type::Text | Type::Char(_) => Literal::Text(text.to_owned()),
        Type::Boolean => Literal::Boolean(text == "t" || text == "true"),
        Type::Enum(_) => {
            Literal::Enum(labels.unwrap_or(&[]).iter().position(|l| l == text).ok_or_else(bad)? as u32)
        }
        Type::Interval => {
            let (n, unit) = text.split_once(' ').ok_or_else(bad)?;
            let n: i64 = n.parse().map_err(|_| bad())?;
            match unit.trim_end_matches('s') {
                "hour" => Literal::Interval { months: 0, days: 0, micros: n * 3_600_000_000 },
                "day" => Literal::Interval { months: 0, days: n as i32, micros: 0 },
                "month" => Literal::Interval { months: n as i32, days: 0, micros: 0 },
                "minute" => Literal::Interval { months: 0, days: 0, micros: n * 60_000_000 },
                "second" => Literal::Interval { months: 0, days: 0, micros: n * 1_000_000 },
                _ => return Err(bad()),
            }
        }
        Type::Date if text.len() == 10 && text.as_bytes()[4] == b'-' => Literal::Date(1),
        Type::Timestamp | Type::TimestampTz if text.len() >= 10 && text.as_bytes()[4] == b'-' => {
            Literal::Timestamp(1)
        }
        _ => return Err(bad()),
    })
}
macro_rules! f {
    ($n:literal) => {{
        static F: Function = Function { name: $n, rust: $n, fallible: false, generics: Generics::None };
        &F
    }};
}
pub fn names() -> Vec<&'static str> {
    vec!["date_trunc", "lower", "upper", "length", "round", "like", "abs"]
}
pub fn resolve(name: &str, args: &[Arg<'_>]) -> Result<Resolved, ResolveError> {
    let types: Vec<_> = args.iter().map(|a| a.ty).collect();
    let ok = |function, arg_types: &[Type], result| {
        Ok(Resolved { function, arg_types: arg_types.to_vec(), result })
    };
    let fun: &'static Function = match name {
        "+" => f!("+"),
        "-" => f!("-"),
        "*" => f!("*"),
        "/" => f!("/"),
        "%" => f!("%"),
        "||" => f!("||"),
        "date_trunc" => f!("date_trunc"),
        "lower" => f!("lower"),
        "like" => f!("like"),
        "left" => f!("left"),
        "round" => f!("round"),
        "abs" => f!("abs"),
        "length" => f!("length"),
        "extract" => f!("extract"),
        _ => return Err(ResolveError::UnknownName),
    };
    match (name, types.as_slice()) {
        ("+" | "-", &[Some(t @ (Type::TimestampTz | Type::Timestamp)), None | Some(Type::Interval)]) => {
            ok(fun, &[t, Type::Interval], t)
        }
        ("-", &[Some(t @ (Type::TimestampTz | Type::Timestamp)), Some(u)]) if t == u => {
            ok(fun, &[t, t], Type::Interval)
        }
        ("+" | "-", &[Some(t @ Type::Date), Some(Type::Integer)]) => ok(fun, &[t, Type::Integer], t),
        ("*" | "/", &[Some(Type::Interval), Some(i)]) if i.is_integer() => {
            ok(fun, &[Type::Interval, Type::Double], Type::Interval)
        }
        ("*", &[Some(l), Some(r)]) if l.is_number() && r.is_number() => {
            let s = |t| match t {
                Type::Decimal { scale, .. } => Some(scale),
                t if t.is_integer() => Some(0),
                _ => None,
            };
            if l.is_integer() && r.is_integer() {
                let t = common_type(&[l, r]).unwrap();
                return ok(fun, &[t, t], t);
            }
            match (s(l), s(r)) {
                (Some(a), Some(b)) => {
                    ok(fun, &[Type::wide_decimal(a), Type::wide_decimal(b)], Type::wide_decimal(a + b))
                }
                _ => {
                    let t = common_type(&[l, r]).unwrap();
                    ok(fun, &[t, t], t)
                }
            }
        }
        ("/", &[Some(l), Some(r)])
            if l.is_number()
                && r.is_number()
                && !(l.is_integer() && r.is_integer())
                && !l.is_float()
                && !r.is_float() =>
        {
            ok(fun, &[Type::Numeric, Type::Numeric], Type::Numeric)
        }
        ("+" | "-" | "%" | "/", &[Some(l), Some(r)]) if l.is_number() && r.is_number() => {
            let t = comparison_type(&[l, r]).unwrap();
            ok(fun, &[t, t], t)
        }
        ("-" | "abs", &[Some(l)]) if l.is_number() => ok(fun, &[l], l),
        ("round", &[Some(l), Some(Type::Integer)]) if l.is_number() => {
            ok(fun, &[Type::Numeric, Type::Integer], Type::Numeric)
        }
        ("date_trunc", &[None | Some(Type::Text), Some(t)]) if t.is_timestamp() => {
            ok(fun, &[Type::Text, t], t)
        }
        ("extract", &[None | Some(Type::Text), Some(t)]) if t.is_timestamp() => {
            ok(fun, &[Type::Text, t], Type::Numeric)
        }
        ("||", &[Some(Type::Text) | None, _]) | ("||", &[_, Some(Type::Text)]) => {
            ok(fun, &[Type::Text, Type::Text], Type::Text)
        }
        ("like", &[_, _]) => ok(fun, &[Type::Text, Type::Text], Type::Boolean),
        ("lower", &[Some(Type::Text) | None]) => ok(fun, &[Type::Text], Type::Text),
        ("length", &[Some(Type::Text) | None]) => ok(fun, &[Type::Text], Type::Integer),
        ("left", &[Some(Type::Text) | None, Some(Type::Integer)]) => {
            ok(fun, &[Type::Text, Type::Integer], Type::Text)
        }
        _ => Err(ResolveError::NoMatch { signatures: vec![format!("{name}(…)")] }),
    }
}

pub struct Declared {
    pub ty: Type,
    pub max_length: Option<u32>,
}
pub fn resolve_type(
    catalog: &Catalog,
    ty: &sqlparser::ast::DataType,
    span: Span,
) -> Result<Declared, Box<Diagnostic>> {
    use sqlparser::ast::{CharacterLength as C, DataType as D, ExactNumberInfo as E, TimezoneInfo as T};
    let mut max_length = None;
    let ty = match ty {
        D::Int(_) | D::Integer(_) => Type::Integer,
        D::BigInt(_) => Type::BigInt,
        D::SmallInt(_) => Type::SmallInt,
        D::Numeric(E::None) | D::Decimal(E::None) => Type::Numeric,
        D::Numeric(E::Precision(p)) => Type::Decimal { precision: *p as u8, scale: 0 },
        D::Numeric(E::PrecisionAndScale(p, s)) => Type::Decimal { precision: *p as u8, scale: *s as u8 },
        D::Text => Type::Text,
        D::Varchar(l) => {
            if let Some(C::IntegerLength { length, .. }) = l {
                max_length = Some(*length as u32)
            }
            Type::Text
        }
        D::Char(Some(C::IntegerLength { length, .. })) => Type::Char(*length as u32),
        D::Char(_) => Type::Char(1),
        D::Boolean | D::Bool => Type::Boolean,
        D::Date => Type::Date,
        D::Time(..) => Type::Time,
        D::Timestamp(_, T::Tz | T::WithTimeZone) => Type::TimestampTz,
        D::Timestamp(..) => Type::Timestamp,
        D::Interval { .. } => Type::Interval,
        D::Double(_) | D::DoublePrecision => Type::Double,
        D::Real => Type::Real,
        D::Uuid => Type::Uuid,
        D::JSONB => Type::Jsonb,
        D::Bytea => Type::Bytea,
        D::Custom(n, _) => {
            let n = n.to_string();
            match catalog.enums.iter().position(|e| e.name == n) {
                Some(i) => Type::Enum(EnumId(i as u32)),
                None => {
                    return Err(Box::new(Diagnostic::error(
                        Code::UnknownType,
                        span,
                        format!("unknown type `{n}`"),
                    )));
                }
            }
        }
        _ => return Err(Box::new(Diagnostic::error(Code::UnknownType, span, "unknown type"))),
    };
    Ok(Declared { ty, max_length })
}
