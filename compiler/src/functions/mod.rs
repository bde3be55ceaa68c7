//! The strict scalar functions and operators, and the casts.
//!
//! Each entry ties an SQL name and argument types to a Rust function of `cosmictron::sql`. Binding resolves a call to
//! an entry ([`resolve()`]); emission and evaluation look nothing up again. The entries are tables of one line each, and
//! what can be derived from the Rust function is: whether it can fail, whether it can be NULL, and how it is evaluated on
//! constants ([`evaluate()`]).

mod cast;
mod common;
mod constant;
mod evaluate;
mod kind;
mod literal;
mod resolve;
mod select;
mod signature;
mod table;
mod unit;

use cosmictron_types::Value;

pub use cast::{Cast, CastContext, cast};
pub use common::{admit_literal, aggregate, common_type, comparable, comparison_type};
pub use constant::{constant, fold};
pub use evaluate::{EvaluationError, evaluate, evaluate_cast};
pub use literal::{literal_of, parse_literal, value_of};
pub use resolve::{Arg, ResolveError, Resolved, names, resolve};

use signature::{Param, Returns};

/// A strict function with resolved argument types: NULL if any argument is NULL, otherwise what
/// `::cosmictron::sql::<rust>` returns: a value, an `Option` of one, or a `Result` of either.
#[derive(Debug)]
pub struct Function {
    /// The SQL name or operator symbol, for text forms and messages: `+`, `date_trunc`.
    pub name: &'static str,
    /// The path below `::cosmictron::sql`: `add_i32`, `extract::timestamp::hour`.
    pub rust: &'static str,
    /// Whether it returns `Result<T, EvalError>`.
    pub fallible: bool,
    /// Whether it returns an `Option`, and so can be NULL though no argument is.
    pub nullable: bool,
    /// The const generics that the call is written with.
    pub generics: Generics,
    /// The argument that the choice of the Rust function has used up: the `hour` of `date_trunc_hour`.
    pub unit: Option<&'static str>,
    params: &'static [Param],
    returns: Returns,
    evaluate: fn(&[Value]) -> Result<Value, EvaluationError>,
}

/// Entries are static; the same SQL name with the same Rust function means the same.
impl PartialEq for Function {
    fn eq(&self, other: &Function) -> bool {
        self.name == other.name && self.rust == other.rust
    }
}

impl Eq for Function {}

/// Const generics of a runtime function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generics {
    /// None.
    None,
    /// `::<SCALE>` of the result (all decimal arguments have the same scale).
    Scale,
    /// `::<SCALE of each decimal argument…, SCALE of the result if that is a decimal>`.
    Scales,
    /// `::<PRECISION, SCALE>` of the result.
    PrecisionAndScale,
    /// `::<n>` of the result, a CHAR(n).
    Length,
    /// `::<R>`, the Rust type of the result, an enum.
    Result,
}

#[cfg(test)]
mod tests;
