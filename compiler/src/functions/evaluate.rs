//! Functions and casts on values: for constant folding and for reference interpretation.
//!
//! What is called are the functions that emitted code calls, so that both have the same results. The exception are
//! decimals, whose scales are parameters of Rust types: they go through [`Numeric`], of which they are a special case.

use cosmictron_types::sql::{self, ToDecimal};
use cosmictron_types::{
    Bytes, Date, Double, EvalError, Interval, Json, Numeric, Real, Text, Time, Timestamp, ToValue, Uuid,
    Value,
};

use super::cast::cast;
use super::signature::{Param, Returns};
use super::{Function, literal};
use crate::types::Type;

/// Why a call has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationError {
    /// What the function says of these arguments; an error of the query.
    Eval(EvalError),
    /// The arguments are not of the types that the entry declares, or a cast does not exist; an error of the caller.
    Mistyped,
}

impl From<EvalError> for EvaluationError {
    fn from(error: EvalError) -> Self {
        EvaluationError::Eval(error)
    }
}

impl std::fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EvaluationError::Eval(error) => write!(f, "{error}"),
            EvaluationError::Mistyped => f.write_str("the arguments are not of the declared types"),
        }
    }
}

impl std::error::Error for EvaluationError {}

/// Calls a function whose result has this type. NULL if any argument is NULL.
///
/// # Errors
/// See [`EvaluationError`].
pub fn evaluate(function: &Function, args: &[Value], result: Type) -> Result<Value, EvaluationError> {
    if args.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    let takes_scale = function.params.contains(&Param::Scale);
    let value = match result {
        Type::Decimal { scale, .. } if takes_scale => {
            let args = [args, &[Value::Integer(scale.into())]].concat();
            (function.evaluate)(&args)?
        }
        _ => (function.evaluate)(args)?,
    };
    match (function.returns, &value) {
        // Emitted code holds these results in 128 bits.
        (returns, Value::Numeric(n)) if returns.is_decimal() && n.mantissa().is_none() => {
            Err(EvalError::NumericOverflow.into())
        }
        (Returns::Kind(_), _) | (_, Value::Numeric(_)) => Ok(value),
        _ => Err(EvaluationError::Mistyped),
    }
}

/// Converts a value as an explicit cast does. `labels` are those of the enum among the two types.
///
/// # Errors
/// See [`EvaluationError`].
pub fn evaluate_cast(
    value: &Value,
    from: Type,
    to: Type,
    labels: Option<&[String]>,
) -> Result<Value, EvaluationError> {
    if value.is_null() || from.coerces_as_is(to) {
        return Ok(value.clone());
    }
    let function = cast(from, to).ok_or(EvaluationError::Mistyped)?.function;
    match (to, value) {
        (Type::Decimal { precision, scale }, _) => {
            let mantissa = match value {
                Value::Integer(i) => i.to_mantissa(precision, scale),
                Value::Real(x) => x.to_mantissa(precision, scale),
                Value::Double(x) => x.to_mantissa(precision, scale),
                Value::Numeric(n) => n.to_mantissa(precision, scale),
                Value::Text(s) => s.as_str().to_mantissa(precision, scale),
                _ => return Err(EvaluationError::Mistyped),
            };
            Ok(Value::Numeric(Numeric::new(mantissa?, scale)))
        }
        (Type::Char(n), Value::Text(text)) => Ok(Value::Text(literal::cut_char(text, n))),
        (Type::Enum(_), Value::Text(label)) => match labels {
            Some(labels) if labels.iter().any(|l| label == l.as_str()) => Ok(value.clone()),
            _ => Err(EvalError::InvalidText(cosmictron_types::TypeName::Enum).into()),
        },
        _ => (function.evaluate)(std::slice::from_ref(value)),
    }
}

/// A Rust function that can be called with dynamic values.
pub(super) trait Kernel<'v, Args> {
    /// Whether it returns a `Result`.
    const FALLIBLE: bool;
    /// Whether it returns an `Option`.
    const NULLABLE: bool;

    /// Calls it.
    fn call(&self, args: &'v [Value]) -> Result<Value, EvaluationError>;
}

/// [`Kernel::FALLIBLE`] of a function that is at hand as a value.
pub(super) const fn is_fallible<'v, Args, K: Kernel<'v, Args>>(_: &K) -> bool {
    K::FALLIBLE
}

/// [`Kernel::NULLABLE`] of a function that is at hand as a value.
pub(super) const fn is_nullable<'v, Args, K: Kernel<'v, Args>>(_: &K) -> bool {
    K::NULLABLE
}

macro_rules! kernels {
    ($($($arg:ident)*;)*) => {$(
        impl<'v, F, R, $($arg),*> Kernel<'v, ($($arg,)*)> for F
        where
            F: Fn($($arg),*) -> R,
            R: Outcome,
            $($arg: Argument<'v>,)*
        {
            const FALLIBLE: bool = R::FALLIBLE;
            const NULLABLE: bool = R::NULLABLE;

            #[allow(non_snake_case)]
            fn call(&self, args: &'v [Value]) -> Result<Value, EvaluationError> {
                let mut args = args.iter();
                $(let $arg = args.next().and_then($arg::read).ok_or(EvaluationError::Mistyped)?;)*
                match args.next() {
                    Some(_) => Err(EvaluationError::Mistyped),
                    None => Ok(self($($arg),*).outcome()?),
                }
            }
        }
    )*};
}

kernels! {
    ;
    A;
    A B;
    A B C;
    A B C D E G;
}

/// What a function returns.
pub(super) trait Outcome {
    const FALLIBLE: bool;
    const NULLABLE: bool;

    fn outcome(self) -> Result<Value, EvalError>;
}

impl<T: Outcome> Outcome for Result<T, EvalError> {
    const FALLIBLE: bool = true;
    const NULLABLE: bool = T::NULLABLE;

    fn outcome(self) -> Result<Value, EvalError> {
        self.and_then(T::outcome)
    }
}

impl<T: ToValue> Outcome for Option<T> {
    const FALLIBLE: bool = false;
    const NULLABLE: bool = true;

    fn outcome(self) -> Result<Value, EvalError> {
        Ok(self.to_value())
    }
}

macro_rules! infallible {
    ($($ty:ty),*) => {$(
        impl Outcome for $ty {
            const FALLIBLE: bool = false;
            const NULLABLE: bool = false;

            fn outcome(self) -> Result<Value, EvalError> {
                Ok(self.to_value())
            }
        }
    )*};
}

infallible!(
    bool,
    i16,
    i32,
    i64,
    Real,
    Double,
    Numeric,
    Text,
    Timestamp,
    Date,
    Time,
    Interval,
    Uuid,
    Bytes,
    Json,
    cosmictron_types::WideDecimal<0>
);

/// What a function takes.
pub(super) trait Argument<'v>: Sized {
    /// Reads it, if the value is one.
    fn read(value: &'v Value) -> Option<Self>;
}

macro_rules! arguments {
    ($($ty:ty, $pattern:pat => $result:expr;)*) => {$(
        impl<'v> Argument<'v> for $ty {
            fn read(value: &'v Value) -> Option<Self> {
                match value {
                    $pattern => $result,
                    _ => None,
                }
            }
        }
    )*};
}

arguments! {
    bool, Value::Boolean(b) => Some(*b);
    i16, Value::Integer(i) => i16::try_from(*i).ok();
    i32, Value::Integer(i) => i32::try_from(*i).ok();
    i64, Value::Integer(i) => Some(*i);
    Real, Value::Real(x) => Some(*x);
    Double, Value::Double(x) => Some(*x);
    Numeric, Value::Numeric(n) => Some(*n);
    &'v str, Value::Text(s) => Some(s.as_str());
    Timestamp, Value::Timestamp(t) => Some(*t);
    Date, Value::Date(d) => Some(*d);
    Time, Value::Time(t) => Some(*t);
    Interval, Value::Interval(i) => Some(*i);
    Uuid, Value::Uuid(u) => Some(*u);
    &'v Bytes, Value::Bytes(b) => Some(b);
    &'v Json, Value::Json(j) => Some(j);
    // Only the functions of decimals themselves take these, and they are evaluated through `Numeric`.
    cosmictron_types::WideDecimal<0>, Value::Numeric(n) => sql::to_wide_decimal::<38, 0>(*n).ok();
}
