//! Which expressions can fail.

use super::{Expr, ExprKind};
use crate::functions;

impl Expr {
    /// Whether evaluating it can fail for some row: an overflow, a division by zero, a text that is not a number.
    pub fn can_fail(&self) -> bool {
        let own = match &self.kind {
            ExprKind::Call { function, .. } => function.fallible,
            ExprKind::Cast(inner) => functions::cast(inner.ty, self.ty).is_some_and(|c| c.function.fallible),
            _ => false,
        };
        own || self.children().into_iter().any(Expr::can_fail)
    }
}
