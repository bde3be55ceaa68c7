mod coverage;
mod postgresql;
mod random;

use std::collections::BTreeSet;

use cosmictron_types::{EvalError, Numeric, Text, Value};

use super::table;
use super::*;
use crate::algebra::{AggregateFunction, Literal};
use crate::catalog::EnumId;
use crate::types::Type;

/// One type of each kind.
const KINDS: [Type; 19] = [
    Type::Boolean,
    Type::SmallInt,
    Type::Integer,
    Type::BigInt,
    Type::Real,
    Type::Double,
    Type::Numeric,
    Type::Text,
    Type::Varchar,
    Type::Char(3),
    Type::Timestamp,
    Type::TimestampTz,
    Type::Date,
    Type::Time,
    Type::Interval,
    Type::Uuid,
    Type::Bytea,
    Type::Jsonb,
    Type::Enum(EnumId(0)),
];

const PRICE: Type = Type::Decimal { precision: 12, scale: 2 };

fn arg(ty: Type) -> Arg<'static> {
    ty.into()
}

/// What a call resolves to: Rust function, argument types, result.
fn resolved(name: &str, args: &[Arg<'_>]) -> (&'static str, Vec<Type>, Type) {
    let resolved = resolve(name, args).unwrap_or_else(|error| panic!("{name} {args:?}: {error:?}"));
    (resolved.function.rust, resolved.arg_types, resolved.result)
}

fn result(name: &str, args: &[Arg<'_>]) -> Type {
    resolved(name, args).2
}

/// An argument of each parameter's type, as small as possible.
fn samples(function: &Function) -> Vec<Value> {
    let text = |s: &str| Value::Text(Text::from(s));
    let sample = |kind| match kind {
        kind::Kind::Boolean => Value::Boolean(true),
        kind::Kind::SmallInt | kind::Kind::Integer | kind::Kind::BigInt => Value::Integer(1),
        kind::Kind::Real => Value::Real(1.0.into()),
        kind::Kind::Double => Value::Double(1.0.into()),
        kind::Kind::Numeric => Value::Numeric(Numeric::new(10, 1)),
        kind::Kind::Text | kind::Kind::Varchar | kind::Kind::Char | kind::Kind::Enum => text("1"),
        kind::Kind::Timestamp | kind::Kind::TimestampTz => Value::Timestamp(Default::default()),
        kind::Kind::Date => Value::Date(Default::default()),
        kind::Kind::Time => Value::Time(Default::default()),
        kind::Kind::Interval => Value::Interval(cosmictron_types::Interval::from_days(1)),
        kind::Kind::Uuid => Value::Uuid(Default::default()),
        kind::Kind::Bytea => Value::Bytes(Default::default()),
        kind::Kind::Jsonb => Value::Json(cosmictron_types::Json::null()),
    };
    let kind = |p: &Param| if *p == Param::WholeExponent { kind::Kind::Integer } else { p.kind() };
    function.params.iter().filter(|p| p.is_passed()).map(|p| sample(kind(p))).collect()
}

fn type_of(param: Param) -> Type {
    match param {
        Param::Decimal => Type::wide_decimal(1),
        param => param.kind().plain().unwrap_or(Type::Char(12)),
    }
}

#[test]
fn every_entry_resolves_to_itself_and_can_be_evaluated() {
    for function in table::all() {
        let args: Vec<Arg<'_>> = function
            .params
            .iter()
            .map(|param| match param {
                Param::Unit(unit) => Arg::from(*unit),
                Param::Scale => Arg { ty: Some(Type::Integer), integer: Some(1), text: None },
                Param::WholeExponent => arg(Type::wide_decimal(0)),
                param => arg(type_of(*param)),
            })
            .collect();
        let resolved = resolve(function.name, &args).unwrap_or_else(|e| panic!("{function:?}: {e:?}"));
        assert_eq!(resolved.function, function, "{args:?}");
        match evaluate(function, &samples(function), resolved.result) {
            Ok(value) => assert!(literal_of(&value, resolved.result, None).is_some(), "{function:?} {value}"),
            // Only the sample text may be unfit.
            Err(error) => assert!(matches!(error, EvaluationError::Eval(_)), "{function:?} {error}"),
        }
    }
}

#[test]
fn no_entry_is_listed_twice() {
    let mut seen = BTreeSet::new();
    for function in table::all() {
        assert!(seen.insert(format!("{}{:?}", function.name, function.params)), "{function:?}");
    }
}

#[test]
fn arithmetic_promotes_as_postgresql_does() {
    use Type::*;
    for (left, right, expected) in [
        (SmallInt, SmallInt, SmallInt),
        (SmallInt, Integer, Integer),
        (Integer, BigInt, BigInt),
        (Integer, Real, Double),
        (Real, Real, Real),
        (Real, Double, Double),
        (BigInt, Double, Double),
        (PRICE, Real, Double),
        (PRICE, Numeric, Numeric),
        (PRICE, Integer, Type::wide_decimal(2)),
        (PRICE, Decimal { precision: 8, scale: 4 }, Type::wide_decimal(4)),
    ] {
        for operator in ["+", "-"] {
            assert_eq!(result(operator, &[arg(left), arg(right)]), expected, "{left} {operator} {right}");
            assert_eq!(result(operator, &[arg(right), arg(left)]), expected, "{right} {operator} {left}");
        }
    }
    let (rust, args, product) = resolved("*", &[arg(PRICE), arg(Decimal { precision: 8, scale: 4 })]);
    assert_eq!((rust, product), ("mul_decimal", Type::wide_decimal(6)));
    assert_eq!(args, [Type::wide_decimal(2), Type::wide_decimal(4)]);
    assert_eq!(resolved("/", &[arg(PRICE), arg(Integer)]).0, "div_numeric");
    assert_eq!(resolved("/", &[arg(Integer), arg(Integer)]).0, "div_i32");
    // Where too few digits would be left before the point, the scale is the value's.
    let fine = arg(Decimal { precision: 30, scale: 15 });
    assert_eq!(result("*", &[fine, fine]), Numeric);
}

#[test]
fn untyped_literals_take_the_type_of_the_other_side() {
    assert_eq!(resolved("+", &[arg(Type::Integer), "1".into()]).1, [Type::Integer; 2]);
    assert_eq!(resolved("+", &[arg(Type::SmallInt), "1".into()]).1, [Type::SmallInt; 2]);
    assert_eq!(resolved("*", &[arg(PRICE), "1.125".into()]).2, Type::wide_decimal(5));
    assert_eq!(resolved("-", &[arg(Type::TimestampTz), "2026-01-01".into()]).0, "sub_timestamp");
    assert_eq!(resolved("||", &[arg(Type::Integer), "x".into()]).1, [Type::Text; 2]);
    assert_eq!(resolved("||", &[Arg::default(), "x".into()]).0, "concat");
    assert_eq!(resolved("lower", &["X".into()]).1, [Type::Text]);
    assert_eq!(resolved("abs", &["1".into()]).0, "abs_double");
    assert!(matches!(resolve("+", &[arg(Type::Date), "1".into()]), Err(ResolveError::Ambiguous { .. })));
}

#[test]
fn dates_and_times() {
    use Type::*;
    assert_eq!(result("-", &[arg(TimestampTz), arg(Interval)]), TimestampTz);
    assert_eq!(result("-", &[arg(Timestamp), arg(Date)]), Interval);
    assert_eq!(result("+", &[arg(Date), arg(Integer)]), Date);
    assert_eq!(result("+", &[arg(Date), arg(Interval)]), Timestamp);
    assert_eq!(resolved("*", &[arg(Interval), arg(Integer)]).1, [Interval, Double]);
    assert_eq!(
        resolved("date_trunc", &["MONTH".into(), arg(Date)]),
        ("date_trunc_month", vec![TimestampTz], TimestampTz)
    );
    assert_eq!(resolved("date_trunc", &["hrs".into(), arg(Timestamp)]).2, Timestamp);
    assert_eq!(resolved("extract", &["dow".into(), arg(Date)]).0, "extract::date::dow");
    assert_eq!(resolved("extract", &["epoch".into(), arg(Interval)]).2, Numeric);
    assert_eq!(resolved("date_part", &["hour".into(), arg(TimestampTz)]).2, Double);
}

#[test]
fn units_are_checked() {
    let reason = |name, args: &[Arg<'_>]| match resolve(name, args) {
        Err(ResolveError::InvalidConstant { arg: 0, reason }) => reason,
        other => panic!("{other:?}"),
    };
    let of = |unit: &'static str, ty| reason("date_trunc", &[unit.into(), arg(ty)]);
    assert!(
        of("fortnight", Type::Timestamp).starts_with("unit \"fortnight\" not recognized for type timestamp;")
    );
    assert!(of("week", Type::Interval).starts_with("unit \"week\" not supported for type interval;"));
    assert!(
        reason("extract", &["hour".into(), arg(Type::Date)])
            .starts_with("unit \"hour\" not supported for type date;")
    );
    assert!(reason("date_trunc", &[arg(Type::Text), arg(Type::Timestamp)]).contains("must be a constant"));
}

#[test]
fn rounding_to_a_constant_number_of_decimals_fixes_the_scale() {
    let two = Arg { ty: Some(Type::Integer), integer: Some(2), text: None };
    let call = resolve("round", &[arg(PRICE), two]).unwrap();
    assert_eq!(
        (call.function.rust, call.args, call.result),
        ("round_decimal", vec![0], Type::wide_decimal(2))
    );
    assert_eq!(
        resolved("round", &[arg(Type::Numeric), two]),
        ("round_numeric", vec![Type::Numeric, Type::Integer], Type::Numeric)
    );
    assert_eq!(result("round", &[arg(PRICE), arg(Type::Integer)]), Type::Numeric);
    let tens = Arg { integer: Some(-1), ..two };
    assert_eq!(result("round", &[arg(PRICE), tens]), Type::Numeric);
    assert_eq!(result("round", &[arg(PRICE)]), Type::wide_decimal(0));
    assert_eq!(result("round", &[arg(Type::Integer)]), Type::Double);
    let rounded = evaluate(call.function, &[Value::Numeric(Numeric::new(12_345, 3))], call.result);
    assert_eq!(rounded.unwrap().to_string(), "12.35");
}

#[test]
fn char_is_text_except_where_its_blanks_count() {
    let char5 = arg(Type::Char(5));
    assert_eq!(resolved("length", &[char5]), ("length_char", vec![Type::Char(5)], Type::Integer));
    assert_eq!(resolved("octet_length", &[char5]).1, [Type::Char(5)]);
    assert_eq!(resolved("like", &[char5, "a%".into()]).1, [Type::Char(5), Type::Text]);
    assert_eq!(resolved("upper", &[char5]).1, [Type::Text]);
    assert_eq!(resolved("||", &[char5, char5]).1, [Type::Text; 2]);
}

#[test]
fn what_does_not_exist_is_explained() {
    assert_eq!(resolve("frobnicate", &[]), Err(ResolveError::UnknownName));
    match resolve("lower", &[arg(Type::Integer)]) {
        Err(ResolveError::NoMatch { signatures }) => assert_eq!(signatures, ["lower(text)"]),
        other => panic!("{other:?}"),
    }
    match resolve("-", &[arg(Type::Boolean), arg(Type::Boolean)]) {
        Err(ResolveError::NoMatch { signatures }) => assert!(signatures.contains(&"date - date".to_owned())),
        other => panic!("{other:?}"),
    }
    // A float would not be what PostgreSQL answers.
    assert!(matches!(resolve("exp", &[arg(PRICE)]), Err(ResolveError::Unsupported { .. })));
    assert_eq!(result("exp", &[arg(Type::Integer)]), Type::Double);
    assert_eq!(resolved("power", &[arg(PRICE), arg(Type::Integer)]).1, [Type::Numeric, Type::Integer]);
    assert!(matches!(resolve("^", &[arg(PRICE), arg(PRICE)]), Err(ResolveError::Unsupported { .. })));
    assert!(names().contains(&"date_trunc") && !names().contains(&"+"));
}

#[test]
fn casts_have_their_context() {
    use CastContext::*;
    let of = |from, to| cast(from, to).map(|c| (c.function.rust, c.context));
    assert_eq!(of(Type::Integer, Type::BigInt), Some(("i32_to_i64", Implicit)));
    assert_eq!(of(Type::BigInt, Type::Integer), Some(("i64_to_i32", Assignment)));
    assert_eq!(of(Type::Text, Type::Integer), Some(("text_to_i32", Explicit)));
    assert_eq!(of(Type::Char(5), Type::Integer), Some(("text_to_i32", Explicit)));
    assert_eq!(of(PRICE, Type::wide_decimal(4)), Some(("extend_decimal", Implicit)));
    assert_eq!(of(Type::wide_decimal(4), PRICE), Some(("to_decimal", Assignment)));
    assert_eq!(of(Type::SmallInt, Type::wide_decimal(2)), Some(("extend_integer", Implicit)));
    let deep = |scale| of(Type::Integer, Type::wide_decimal(scale)).map(|(function, _)| function);
    assert_eq!((deep(28), deep(29)), (Some("extend_integer"), Some("to_wide_decimal")));
    assert_eq!(of(Type::Numeric, PRICE), Some(("to_decimal", Assignment)));
    assert_eq!(of(PRICE, Type::Numeric), Some(("decimal_to_numeric", Implicit)));
    assert_eq!(of(PRICE, Type::Integer), Some(("decimal_to_i32", Assignment)));
    assert_eq!(of(Type::TimestampTz, Type::Date), Some(("timestamp_to_date", Assignment)));
    assert_eq!(of(Type::Enum(EnumId(0)), Type::Text), Some(("enum_to_text", Assignment)));
    assert_eq!(of(Type::Char(3), Type::Char(5)), Some(("text_to_char", Implicit)));
    assert_eq!(of(Type::Boolean, Type::Date), None);
    assert_eq!(of(Type::Integer, Type::Date), None);
}

#[test]
fn casts_are_evaluated() {
    let number = Value::Numeric(Numeric::new(12_345, 3));
    let cast_to = |value: &Value, from, to| evaluate_cast(value, from, to, None);
    assert_eq!(cast_to(&number, Type::Numeric, PRICE).unwrap().to_string(), "12.35");
    assert_eq!(
        cast_to(&Value::Integer(7), Type::Integer, Type::wide_decimal(2)).unwrap().to_string(),
        "7.00"
    );
    assert_eq!(cast_to(&Value::Null, Type::Integer, Type::Text), Ok(Value::Null));
    let text = Value::Text("abc".into());
    assert_eq!(cast_to(&text, Type::Text, Type::Char(2)), Ok(Value::Text("ab".into())));
    assert_eq!(
        cast_to(&text, Type::Text, Type::Integer),
        Err(EvalError::InvalidText(cosmictron_types::TypeName::Integer).into())
    );
    let labels = ["abc".to_owned()];
    assert_eq!(evaluate_cast(&text, Type::Text, Type::Enum(EnumId(0)), Some(&labels)), Ok(text.clone()));
    let small = Type::Decimal { precision: 3, scale: 2 };
    assert_eq!(cast_to(&number, Type::Numeric, small), Err(EvalError::NumericFieldOverflow.into()));
}

#[test]
fn branches_and_comparisons_meet() {
    use Type::*;
    let decimal4 = Decimal { precision: 10, scale: 4 };
    let both = |a, b| (common_type(&[a, b]), comparison_type(&[a, b]));
    let same = |ty| (Some(ty), Some(ty));
    assert_eq!(both(SmallInt, BigInt), same(BigInt));
    assert_eq!(both(PRICE, Integer), (Some(Numeric), Some(Type::wide_decimal(2))));
    assert_eq!(both(PRICE, decimal4), (Some(Numeric), Some(Type::wide_decimal(4))));
    assert_eq!(both(PRICE, Decimal { precision: 18, scale: 2 }), same(Decimal { precision: 18, scale: 2 }));
    assert_eq!(both(PRICE, Numeric), same(Numeric));
    assert_eq!(both(PRICE, Double), same(Double));
    assert_eq!(both(Real, Integer), (Some(Real), Some(Double)));
    assert_eq!(both(Date, Timestamp), same(Timestamp));
    assert_eq!(both(Timestamp, TimestampTz), same(TimestampTz));
    assert_eq!(both(Char(2), Text), (Some(Char(2)), Some(Text)));
    assert_eq!(both(Text, Char(2)), same(Text));
    assert_eq!(both(Varchar, Char(2)), (Some(Varchar), Some(Char(2))));
    assert_eq!(both(Char(2), Varchar), same(Char(2)));
    assert_eq!(both(Varchar, Text), (Some(Varchar), Some(Text)));
    assert_eq!(both(Char(2), Char(5)), same(Char(5)));
    assert_eq!(both(Integer, Text), (None, None));
    assert_eq!(both(Enum(EnumId(0)), Enum(EnumId(1))), (None, None));
    assert_eq!(both(Enum(EnumId(0)), Enum(EnumId(0))), same(Enum(EnumId(0))));
    assert_eq!(admit_literal(PRICE, "1.555", true), Type::wide_decimal(3));
    assert_eq!(admit_literal(PRICE, "1.555", false), Numeric);
    assert_eq!(admit_literal(Char(2), "USA", true), Char(3));
}

#[test]
fn aggregates_have_postgresqls_types() {
    use AggregateFunction::*;
    let of = |function, ty| aggregate(function, Some(ty)).map(|(_, result)| result);
    assert_eq!(of(Sum, Type::Integer), Some(Type::BigInt));
    assert_eq!(of(Sum, Type::BigInt), Some(Type::wide_decimal(0)));
    assert_eq!(of(Sum, PRICE), Some(Type::wide_decimal(2)));
    assert_eq!(of(Sum, Type::Real), Some(Type::Real));
    assert_eq!(of(Avg, Type::Real), Some(Type::Double));
    assert_eq!(of(Avg, Type::SmallInt), Some(Type::Numeric));
    assert_eq!(of(Min, Type::Boolean), None);
    assert_eq!(of(Max, Type::Char(2)), Some(Type::Char(2)));
    assert_eq!(of(Sum, Type::Text), None);
    assert_eq!(aggregate(Count, None), Some((None, Type::BigInt)));
}

#[test]
fn literals_go_to_values_and_back() {
    let labels = ["low".to_owned(), "high".to_owned()];
    for (text, ty) in [
        ("true", Type::Boolean),
        ("-7", Type::SmallInt),
        ("1.5", Type::Real),
        ("1e300", Type::Double),
        ("12.345", PRICE),
        ("12.3450", Type::Numeric),
        ("it's", Type::Text),
        ("ab", Type::Char(4)),
        ("2026-01-01 10:00+02", Type::TimestampTz),
        ("infinity", Type::Timestamp),
        ("2024-02-29", Type::Date),
        ("24:00", Type::Time),
        ("1 mon -2 days", Type::Interval),
        ("00000000-0000-0000-0000-0000000000ff", Type::Uuid),
        ("\\x00ff", Type::Bytea),
        (r#"{"b": 1, "a": [1.0]}"#, Type::Jsonb),
        ("high", Type::Enum(EnumId(0))),
    ] {
        let literal =
            parse_literal(text, ty, Some(&labels)).unwrap_or_else(|error| panic!("{text}: {error}"));
        let value = value_of(&literal, ty, Some(&labels)).unwrap();
        assert_eq!(literal_of(&value, ty, Some(&labels)), Some(literal), "{text}");
    }
    assert_eq!(parse_literal("12.345", PRICE, None), Ok(Literal::Numeric { mantissa: 1235, scale: 2 }));
    assert_eq!(parse_literal("ab", Type::Char(4), None), Ok(Literal::Text("ab  ".to_owned())));
    for (text, ty) in
        [("70000", Type::SmallInt), ("abc", Type::Char(2)), ("x", Type::Uuid), ("mid", Type::Enum(EnumId(0)))]
    {
        assert!(parse_literal(text, ty, Some(&labels)).is_err(), "{text}");
    }
}
