//! Parameters and results of table entries.

use super::kind::Kind;

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Param {
    /// A value of this kind; for `Numeric` one whose scale belongs to the value.
    Kind(Kind),
    /// A NUMERIC whose scale is known.
    Decimal,
    /// TEXT, or CHAR(n) with its blanks.
    Characters,
    /// A NUMERIC that is known to be a whole number, passed as an INTEGER.
    WholeExponent,
    /// An integer constant, which the result's scale takes up.
    Scale,
    /// A text constant: the name of a unit.
    Unit(&'static str),
}

impl Param {
    /// What overload resolution sees.
    pub const fn kind(self) -> Kind {
        match self {
            Param::Kind(kind) => kind,
            Param::Decimal | Param::WholeExponent => Kind::Numeric,
            Param::Characters | Param::Unit(_) => Kind::Text,
            Param::Scale => Kind::Integer,
        }
    }

    /// Whether the Rust function is called with it.
    pub const fn is_passed(self) -> bool {
        !matches!(self, Param::Scale | Param::Unit(_))
    }
}

/// A result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Returns {
    /// A value of this kind.
    Kind(Kind),
    /// A decimal of the largest scale among the arguments, which all are given.
    MaxScale,
    /// A decimal with the scales of the arguments added up.
    SumOfScales,
    /// A decimal without decimals.
    Whole,
    /// A decimal with as many decimals as a constant argument says.
    ConstantScale,
}

impl Returns {
    /// Whether the decimals of the result are known when the query is compiled.
    pub const fn is_decimal(self) -> bool {
        !matches!(self, Returns::Kind(_))
    }
}
