//! Equal values that look different: 1.0 and 1.00, a month and thirty days.

use super::{Expr, ExprKind};

impl Expr {
    /// Whether the expression has equal values wherever the columns it reads are equal. The texts of 1.0 and 1.00 are not.
    pub fn keeps_equality(&self) -> bool {
        let mut reads_looks = false;
        self.walk(&mut |e| reads_looks |= matches!(e.kind, ExprKind::Column(_)) && e.ty.looks_vary());
        !reads_looks || matches!(self.kind, ExprKind::Column(_))
    }
}
