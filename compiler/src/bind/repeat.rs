//! Expressions that stand several times in what they are bound to: the operands of GREATEST, NULLIF, BETWEEN, the
//! simple CASE and others. Nested, they would grow exponentially, so that the copies of a statement are counted.

use super::Binder;
use super::operand::Operand;
use crate::algebra::Expr;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How many nodes all copies of a statement may have.
const MAX_COPIED_NODES: usize = 100_000;

impl Binder<'_> {
    /// Whether so many copies of an expression of this size can be made; reports an error if not.
    pub(super) fn affords(&mut self, size: usize, copies: usize, span: Span) -> bool {
        let before = self.copied;
        self.copied = before.saturating_add(size.saturating_mul(copies));
        if self.copied > MAX_COPIED_NODES && before <= MAX_COPIED_NODES {
            let message = "GREATEST, LEAST, NULLIF, BETWEEN, CASE, CONCAT_WS, rows and arrays repeat their operands here too often";
            self.report(
                Diagnostic::error(Code::TooLarge, span, message)
                    .help("nest them less, or compare columns instead of expressions"),
            );
        }
        self.copied <= MAX_COPIED_NODES
    }
}

impl Operand {
    /// How many nodes it has.
    pub(super) fn size(&self) -> usize {
        match self {
            Operand::Typed(e) => size(e),
            Operand::Open { .. } => 1,
        }
    }
}

/// How many nodes an expression has.
pub(super) fn size(expr: &Expr) -> usize {
    let mut nodes = 0;
    expr.walk(&mut |_| nodes += 1);
    nodes
}
