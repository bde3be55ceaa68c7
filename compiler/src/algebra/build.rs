//! Expressions that passes make and recognise.

use super::{AggregateFunction, CompareOp, Expr, ExprKind};
use crate::types::Type;

impl Expr {
    /// The position of the column that this is, if it is no more than a column.
    pub fn as_column(&self) -> Option<usize> {
        match self.kind {
            ExprKind::Column(column) => Some(column),
            _ => None,
        }
    }

    /// `left = right` of two values of one type.
    pub fn equal(left: Expr, right: Expr) -> Expr {
        Expr {
            ty: Type::Boolean,
            nullable: left.nullable || right.nullable,
            span: left.span,
            kind: ExprKind::Compare(CompareOp::Eq, Box::new(left), Box::new(right)),
        }
    }

    /// `self IS NOT NULL`.
    pub fn is_not_null(self) -> Expr {
        let span = self.span;
        let kind = ExprKind::IsNull { negated: true, expr: Box::new(self) };
        Expr { kind, ty: Type::Boolean, nullable: false, span }
    }
}

impl AggregateFunction {
    /// What columns and text forms call it.
    pub fn name(self) -> &'static str {
        match self {
            AggregateFunction::Count => "count",
            AggregateFunction::Sum => "sum",
            AggregateFunction::Avg => "avg",
            AggregateFunction::Min => "min",
            AggregateFunction::Max => "max",
            AggregateFunction::Determined => "determined",
        }
    }
}
