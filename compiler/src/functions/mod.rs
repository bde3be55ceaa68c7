//! The strict scalar functions and operators, and the casts.
//!
//! Each entry ties an SQL name and argument types to a Rust function of `cosmictron::sql`. Binding resolves
//! a call to an entry; emission and evaluation look nothing up again.

/// A strict function with resolved argument types: NULL if any argument is NULL, otherwise what
/// `::cosmictron::sql::<rust>` returns.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// The SQL name or operator symbol, for text forms and messages: `+`, `date_trunc`.
    pub name: &'static str,
    /// The path below `::cosmictron::sql`.
    pub rust: &'static str,
    /// Whether it returns `Result<T, EvalError>`.
    pub fallible: bool,
    /// The const generics that the call is written with.
    pub generics: Generics,
}

/// Const generics of a runtime function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generics {
    /// None.
    None,
    /// `::<SCALE>` of the result (all decimal arguments have the same scale).
    Scale,
    /// `::<SCALE of each decimal argument…, SCALE of the result>`.
    Scales,
}
