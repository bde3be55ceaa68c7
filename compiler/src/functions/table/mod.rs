//! The entries.
//!
//! ```text
//! "name"(parameters) -> result = rust_function;
//! "name"(Decimal…) -> scale = rust_function<sample scales> via numeric_function;
//! ```
//!
//! A decimal function is evaluated by the NUMERIC function after `via`; the sample scales are only for reading off whether
//! it can fail. A string among the parameters is the unit that selects the entry.

mod arithmetic;
mod casts;
mod datetime;
mod json;
mod math;
mod text;

use super::{Function, Generics};
use crate::functions::signature::Returns;

pub(super) use casts::{
    CASTS, DecimalCastEntry, EXTEND_DECIMAL, EXTEND_INTEGER, FROM_DECIMAL, TO_DECIMAL, TO_WIDE_DECIMAL,
};

/// All functions and operators.
pub(super) fn all() -> impl Iterator<Item = &'static Function> {
    [arithmetic::FUNCTIONS, math::FUNCTIONS, text::FUNCTIONS, datetime::FUNCTIONS, json::FUNCTIONS]
        .into_iter()
        .flatten()
}

/// How the const generics of a decimal function follow from its result.
const fn generics(has_scales: bool, returns: Returns) -> Generics {
    match (has_scales, returns) {
        (false, _) => Generics::None,
        (true, Returns::MaxScale) => Generics::Scale,
        (true, _) => Generics::Scales,
    }
}

macro_rules! functions {
    ($($name:literal($($param:tt),*) -> $returns:ident
        = $rust:ident $(::$path:ident)* $(<$($scale:literal),+> via $via:ident)?;)*) => {
        /// The entries of this family.
        pub(in crate::functions) static FUNCTIONS: &[Function] = &[$(
            Function {
                name: $name,
                rust: concat!(stringify!($rust) $(, "::", stringify!($path))*),
                fallible: is_fallible(&sql::$rust$(::$path)*$(::<$($scale),+>)?),
                nullable: is_nullable(&sql::$rust$(::$path)*$(::<$($scale),+>)?),
                generics: generics(has_scales!($($($scale)+)?), returns!($returns)),
                unit: unit!($($param),*),
                params: &[$(param!($param)),*],
                returns: returns!($returns),
                evaluate: |args| Kernel::call(&kernel!($rust $(::$path)* $(=> $via)?), args),
            }
        ),*];
    };
}

macro_rules! kernel {
    ($rust:ident $(::$path:ident)*) => { sql::$rust$(::$path)* };
    ($rust:ident => $via:ident) => { sql::$via };
}

macro_rules! has_scales {
    () => {
        false
    };
    ($($scale:literal)+) => {
        true
    };
}

macro_rules! param {
    (Decimal) => {
        Param::Decimal
    };
    (Characters) => {
        Param::Characters
    };
    (Scale) => {
        Param::Scale
    };
    (WholeExponent) => {
        Param::WholeExponent
    };
    ($unit:literal) => {
        Param::Unit($unit)
    };
    ($kind:ident) => {
        Param::Kind(Kind::$kind)
    };
}

macro_rules! unit {
    ($unit:literal $(, $rest:tt)*) => {
        Some($unit)
    };
    ($($param:tt),*) => {
        None
    };
}

macro_rules! returns {
    (MaxScale) => {
        Returns::MaxScale
    };
    (SumOfScales) => {
        Returns::SumOfScales
    };
    (Whole) => {
        Returns::Whole
    };
    (ConstantScale) => {
        Returns::ConstantScale
    };
    ($kind:ident) => {
        Returns::Kind(Kind::$kind)
    };
}

use {functions, has_scales, kernel, param, returns, unit};

/// What the tables are written with.
mod prelude {
    pub(super) use cosmictron_types::sql;

    pub(super) use super::{functions, generics, has_scales, kernel, param, returns, unit};
    pub(super) use crate::functions::Function;
    pub(super) use crate::functions::evaluate::{Kernel, is_fallible, is_nullable};
    pub(super) use crate::functions::kind::Kind;
    pub(super) use crate::functions::signature::{Param, Returns};
}
