//! From a name and arguments to a table entry.

use super::Function;
use super::kind::{Category, Kind};
use super::select::{Failure, select};
use super::signature::{Param, Returns};
use super::{table, unit};
use crate::types::Type;

/// Decimals with more are computed as NUMERIC, so that products and sums keep room before the point.
pub(super) const MAX_SCALE_OF_ARITHMETIC: u8 = 20;

/// What resolution needs to know of an argument.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arg<'a> {
    /// Its type; `None` for an untyped literal and for NULL.
    pub ty: Option<Type>,
    /// The text, if it is a string constant.
    pub text: Option<&'a str>,
    /// The number, if it is an integer constant.
    pub integer: Option<i64>,
}

impl From<Type> for Arg<'_> {
    fn from(ty: Type) -> Self {
        Arg { ty: Some(ty), ..Arg::default() }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    /// An untyped string literal.
    fn from(text: &'a str) -> Self {
        Arg { text: Some(text), ..Arg::default() }
    }
}

/// A call that has been resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The entry.
    pub function: &'static Function,
    /// Which arguments are passed, by position. The others are constants that the choice of the entry has used up: the
    /// unit of `date_trunc`, the number of decimals of `round`.
    pub args: Vec<usize>,
    /// The types that the passed arguments are to be converted to.
    pub arg_types: Vec<Type>,
    /// The type of the result.
    pub result: Type,
}

/// Why a call means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolveError {
    /// There is no function of this name.
    UnknownName,
    /// There is, but not for these arguments.
    NoMatch {
        /// Those that exist, as PostgreSQL writes them.
        signatures: Vec<String>,
    },
    /// Several functions take these arguments; a cast of a literal decides.
    Ambiguous {
        /// They.
        signatures: Vec<String>,
    },
    /// An argument that must be a certain constant is not.
    InvalidConstant {
        /// The argument.
        arg: usize,
        /// What is wrong, in one line.
        reason: String,
    },
    /// PostgreSQL has it, but it is not maintained.
    Unsupported {
        /// What and why, in one line.
        reason: String,
        /// What to write instead.
        help: String,
    },
}

/// The names of all functions (not operators), each once, in alphabetical order.
pub fn names() -> Vec<&'static str> {
    let is_word = |name: &&str| name.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut names: Vec<_> = table::all().map(|f| f.name).filter(is_word).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Finds the function or operator of this name for these arguments, by PostgreSQL's rules.
///
/// Of NUMERICs the result's scale is worked out here: sums of decimals have the larger scale, products the scales of
/// both together, `round(x, 2)` has two; where it depends on the values the result is a [`Type::Numeric`].
///
/// # Errors
/// See [`ResolveError`].
///
/// ```
/// use cosmictron_compiler::functions::resolve;
/// use cosmictron_compiler::types::Type;
///
/// let price = Type::Decimal { precision: 12, scale: 2 };
/// let product = resolve("*", &[Type::Integer.into(), price.into()]).unwrap();
/// assert_eq!(product.function.rust, "mul_decimal");
/// assert_eq!(product.arg_types, [Type::wide_decimal(0), Type::wide_decimal(2)]);
/// assert_eq!(product.result, Type::wide_decimal(2));
///
/// let hour = resolve("date_trunc", &["hour".into(), Type::TimestampTz.into()]).unwrap();
/// assert_eq!(hour.function.rust, "date_trunc_hour");
/// assert_eq!((hour.args, hour.result), (vec![1], Type::TimestampTz));
/// ```
pub fn resolve(name: &str, args: &[Arg<'_>]) -> Result<Resolved, ResolveError> {
    let named: Vec<&'static Function> = table::all().filter(|f| f.name == name).collect();
    if named.is_empty() {
        return Err(ResolveError::UnknownName);
    }
    let signature = choose_signature(name, args, &named)?;
    refuse_inexact(name, args, &signature)?;
    let variants = named.into_iter().filter(|f| kinds(f).eq(signature.iter().copied()));
    let variants = choose_unit(args, variants.collect())?;
    let variant = variants.iter().find_map(|f| instantiate(f, args));
    variant.ok_or_else(|| ResolveError::NoMatch { signatures: Vec::new() })
}

fn kinds(function: &Function) -> impl Iterator<Item = Kind> {
    function.params.iter().map(|param| param.kind())
}

fn choose_signature(
    name: &str,
    args: &[Arg<'_>],
    named: &[&'static Function],
) -> Result<Vec<Kind>, ResolveError> {
    let mut signatures: Vec<Vec<Kind>> = named.iter().map(|f| kinds(f).collect()).collect();
    signatures.dedup();
    let arg_kinds: Vec<Option<Kind>> = args.iter().map(|arg| arg.ty.and_then(Kind::of)).collect();
    if let Some(signature) = concatenation(name, &arg_kinds) {
        return Ok(signature);
    }
    let mut fitting: Vec<_> = signatures.iter().filter(|s| s.len() == args.len()).cloned().collect();
    // PostgreSQL has operators of unequal floats, which draw an integer beside a REAL to DOUBLE PRECISION.
    let unequal = [[Kind::Real, Kind::Double], [Kind::Double, Kind::Real]].map(|s| s.to_vec());
    if fitting.contains(&vec![Kind::Real; 2]) {
        fitting.extend(unequal.clone());
    }
    let is_operator = !name.starts_with(|c: char| c.is_ascii_alphabetic());
    // LIKE and its like take CHAR(n) as it is; to everything else it is text.
    let takes_char = named.iter().any(|f| f.params.contains(&Param::Characters));
    let as_text =
        |kind: Option<Kind>| kind.map(|k| if k.category() == Category::String { Kind::Text } else { k });
    let arg_kinds = if takes_char { arg_kinds.into_iter().map(as_text).collect() } else { arg_kinds };
    let chosen = select(&arg_kinds, &fitting, is_operator);
    fitting.retain(|s| !unequal.contains(s));
    let chosen = chosen.map(|s| if unequal.contains(&s) { vec![Kind::Double; 2] } else { s });
    chosen.map_err(|failure| {
        let describe = |signatures: &[Vec<Kind>]| signatures.iter().map(|s| describe(name, s)).collect();
        match failure {
            Failure::Ambiguous => ResolveError::Ambiguous { signatures: describe(&fitting) },
            Failure::NoMatch => ResolveError::NoMatch { signatures: describe(&signatures) },
        }
    })
}

/// `||` takes anything beside a text, and makes a text of it.
fn concatenation(name: &str, args: &[Option<Kind>]) -> Option<Vec<Kind>> {
    let is_text = |arg: &Option<Kind>| arg.is_some_and(|kind| kind.category() == Category::String);
    let is_open = |arg: &Option<Kind>| arg.is_none();
    let fits = name == "||" && args.len() == 2;
    let with_text = args.iter().any(is_text) && !args.contains(&Some(Kind::Jsonb));
    let with_literal = args.iter().any(is_open)
        && args.iter().flatten().all(|kind| !matches!(kind, Kind::Bytea | Kind::Jsonb));
    (fits && (with_text || with_literal)).then(|| vec![Kind::Text; 2])
}

fn describe(name: &str, signature: &[Kind]) -> String {
    let kinds: Vec<String> = signature.iter().map(|kind| kind.name()).collect();
    match kinds.as_slice() {
        [l, r] if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => format!("{l} {name} {r}"),
        [x] if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => format!("{name} {x}"),
        kinds => format!("{name}({})", kinds.join(", ")),
    }
}

/// PostgreSQL computes these of NUMERICs to as many digits as are exact; a float would be another number.
fn refuse_inexact(name: &str, args: &[Arg<'_>], signature: &[Kind]) -> Result<(), ResolveError> {
    const OF_NUMERIC: &[&str] = &["exp", "ln", "log", "log10"];
    const POWERS: &[&str] = &["power", "pow", "^"];
    if POWERS.contains(&name) && signature == [Kind::Numeric; 2] && !args.last().is_some_and(is_whole) {
        return Err(ResolveError::Unsupported {
            reason: "only whole powers of numeric values are supported".to_owned(),
            help: "convert the arguments with `::double precision`, or the exponent with `::integer`"
                .to_owned(),
        });
    }
    let is_exact = |arg: &Arg<'_>| matches!(arg.ty, Some(Type::Decimal { .. } | Type::Numeric));
    let becomes_float = args.iter().zip(signature).any(|(arg, kind)| is_exact(arg) && *kind == Kind::Double);
    if OF_NUMERIC.contains(&name) && becomes_float {
        return Err(ResolveError::Unsupported {
            reason: format!("`{name}` of numeric values is not supported"),
            help: "convert the argument with `::double precision` and the result back with `::numeric`"
                .to_owned(),
        });
    }
    Ok(())
}

/// Of functions that differ in their unit, the one for the unit that is written.
fn choose_unit(
    args: &[Arg<'_>],
    variants: Vec<&'static Function>,
) -> Result<Vec<&'static Function>, ResolveError> {
    let Some(first) = variants.first().filter(|f| f.unit.is_some()) else { return Ok(variants) };
    let invalid = |reason| ResolveError::InvalidConstant { arg: 0, reason };
    let known: Vec<_> = variants.iter().filter_map(|f| f.unit).collect();
    let list = known.join(", ");
    let Some(written) = args.first().and_then(|arg| arg.text) else {
        return Err(invalid(format!("the unit must be a constant, one of {list}")));
    };
    let of = first.params.last().map(|param| param.kind().name()).unwrap_or_default();
    let Some(unit) = unit::canonical(written.trim()) else {
        return Err(invalid(format!(
            "unit \"{written}\" not recognized for type {of}; the units are {list}"
        )));
    };
    match variants.into_iter().find(|f| f.unit == Some(unit)) {
        Some(function) => Ok(vec![function]),
        None => Err(invalid(format!("unit \"{written}\" not supported for type {of}; the units are {list}"))),
    }
}

/// The call of this entry, if the decimals of the arguments fit it.
fn instantiate(function: &'static Function, args: &[Arg<'_>]) -> Option<Resolved> {
    let is_decimal = function.params.contains(&Param::Decimal);
    let scales: Vec<u8> = if is_decimal {
        let decimals = args.iter().zip(function.params).filter(|(_, param)| **param == Param::Decimal);
        decimals.map(|(arg, _)| scale_of(arg)).collect::<Option<_>>()?
    } else {
        Vec::new()
    };
    let max = scales.iter().copied().max().unwrap_or(0);
    let result = match function.returns {
        Returns::Kind(kind) => kind.plain()?,
        Returns::MaxScale => Type::wide_decimal(max),
        Returns::SumOfScales => Type::wide_decimal(scales.iter().fold(0, |sum, s| sum.saturating_add(*s))),
        Returns::Whole => Type::wide_decimal(0),
        Returns::ConstantScale => Type::wide_decimal(constant_scale(function, args)?),
    };
    if matches!(result, Type::Decimal { scale, .. } if scale > MAX_SCALE_OF_ARITHMETIC) {
        return None;
    }
    let mut resolved = Resolved { function, args: Vec::new(), arg_types: Vec::new(), result };
    let mut scales = scales.into_iter();
    for (at, (arg, param)) in args.iter().zip(function.params).enumerate().filter(|(_, (_, p))| p.is_passed())
    {
        let ty = match (param, arg.ty) {
            (Param::Decimal, _) => {
                let own = scales.next()?;
                Type::wide_decimal(if function.returns == Returns::MaxScale { max } else { own })
            }
            (Param::Characters, Some(ty @ Type::Char(_))) => ty,
            (Param::Kind(Kind::Char), Some(ty)) => ty,
            (Param::WholeExponent, _) => Type::Integer,
            (param, _) => param.kind().plain()?,
        };
        resolved.args.push(at);
        resolved.arg_types.push(ty);
    }
    Some(resolved)
}

/// Whether an argument is known to be a whole number.
fn is_whole(arg: &Arg<'_>) -> bool {
    arg.ty.is_some() && scale_of(arg) == Some(0)
}

/// The number of decimals that an argument is known to have.
fn scale_of(arg: &Arg<'_>) -> Option<u8> {
    match (arg.ty, arg.text) {
        (Some(Type::Decimal { scale, .. }), _) => Some(scale),
        (Some(ty), _) => ty.is_integer().then_some(0),
        (None, Some(text)) => text.parse().ok().map(cosmictron_types::Numeric::scale),
        (None, None) => Some(0),
    }
}

/// The constant in the place of the result's scale.
fn constant_scale(function: &Function, args: &[Arg<'_>]) -> Option<u8> {
    let at = function.params.iter().position(|param| *param == Param::Scale)?;
    u8::try_from(args.get(at)?.integer?).ok()
}
