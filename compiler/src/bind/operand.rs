//! What binding an expression yields before its surroundings have fixed its type.

use crate::algebra::Expr;
use crate::functions::Arg;
use crate::source::Span;
use crate::types::Type;

/// A bound expression, or a literal whose type is still open (PostgreSQL's `unknown`).
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// An expression with a type.
    Typed(Expr),
    /// A string literal, or NULL where there is no text.
    Open { text: Option<String>, span: Span },
}

impl Operand {
    /// Its type, if it has one.
    pub fn ty(&self) -> Option<Type> {
        match self {
            Operand::Typed(e) => Some(e.ty),
            Operand::Open { .. } => None,
        }
    }

    /// The words it came from.
    pub fn span(&self) -> Span {
        match self {
            Operand::Typed(e) => e.span,
            Operand::Open { span, .. } => *span,
        }
    }

    /// The same with other words, such as those of the parentheses around it.
    pub fn at(mut self, to: Span) -> Operand {
        match &mut self {
            Operand::Typed(e) => e.span = to,
            Operand::Open { span, .. } => *span = to,
        }
        self
    }

    /// Whether an error has been reported for it.
    pub fn is_poison(&self) -> bool {
        self.ty() == Some(Type::Error)
    }

    /// What function resolution needs to know of it.
    pub fn arg(&self) -> Arg<'_> {
        match self {
            Operand::Typed(e) => {
                Arg { ty: Some(e.ty), text: e.constant_text(), integer: e.constant_integer() }
            }
            Operand::Open { text, .. } => Arg { ty: None, text: text.as_deref(), integer: None },
        }
    }
}

impl From<Expr> for Operand {
    fn from(expr: Expr) -> Operand {
        Operand::Typed(expr)
    }
}
