//! Scalar expressions.

use std::cmp::Ordering;

use cosmictron_compiler::algebra::{CompareOp, Expr, ExprKind, NowFunction};
use cosmictron_compiler::functions::{EvaluationError, evaluate, evaluate_cast, value_of};
use cosmictron_compiler::types::Type;
use cosmictron_types::Value;

use super::Moment;
use super::order::compare;

type Evaluated = Result<Value, EvaluationError>;

impl Moment<'_> {
    /// The value of an expression for a row.
    pub(super) fn eval(&self, expr: &Expr, row: &[Value]) -> Evaluated {
        match &expr.kind {
            ExprKind::Column(at) => Ok(row[*at].clone()),
            ExprKind::Literal(literal) => {
                value_of(literal, expr.ty, self.labels(expr.ty)).ok_or(EvaluationError::Mistyped)
            }
            ExprKind::Now(NowFunction::Now) => Ok(Value::Timestamp(self.now)),
            ExprKind::Call { function, args } => {
                let args = args.iter().map(|a| self.eval(a, row)).collect::<Result<Vec<_>, _>>()?;
                evaluate(function, &args, expr.ty)
            }
            ExprKind::Cast(inner) => {
                let labels = self.labels(expr.ty).or(self.labels(inner.ty));
                evaluate_cast(&self.eval(inner, row)?, inner.ty, expr.ty, labels)
            }
            ExprKind::Compare(op, left, right) => {
                let (l, r) = (self.eval(left, row)?, self.eval(right, row)?);
                Ok(self.comparison(*op, left.ty, &l, &r))
            }
            ExprKind::Distinct { negated, left, right } => {
                let (l, r) = (self.eval(left, row)?, self.eval(right, row)?);
                let same = match (l.is_null(), r.is_null()) {
                    (true, true) => true,
                    (false, false) => compare(self.catalog, left.ty, &l, &r).is_eq(),
                    _ => false,
                };
                Ok(Value::Boolean(same == *negated))
            }
            ExprKind::And(parts) => self.connective(parts, row, false),
            ExprKind::Or(parts) => self.connective(parts, row, true),
            ExprKind::Not(inner) => Ok(not(self.eval(inner, row)?)),
            ExprKind::IsNull { negated, expr } => {
                Ok(Value::Boolean(self.eval(expr, row)?.is_null() != *negated))
            }
            ExprKind::In { negated, expr, list } => {
                let found = self.membership(expr, list, row)?;
                Ok(if *negated { not(found) } else { found })
            }
            ExprKind::Case { branches, otherwise } => {
                for (condition, result) in branches {
                    if self.is_true(condition, row)? {
                        return self.eval(result, row);
                    }
                }
                otherwise.as_ref().map_or(Ok(Value::Null), |e| self.eval(e, row))
            }
            ExprKind::Coalesce(args) => {
                for arg in args {
                    let value = self.eval(arg, row)?;
                    if !value.is_null() {
                        return Ok(value);
                    }
                }
                Ok(Value::Null)
            }
        }
    }

    /// Whether a condition holds: not if it is NULL.
    pub(super) fn is_true(&self, condition: &Expr, row: &[Value]) -> Result<bool, EvaluationError> {
        Ok(self.eval(condition, row)? == Value::Boolean(true))
    }

    /// AND (`decisive` is false) and OR (true), from left to right until one part decides.
    fn connective(&self, parts: &[Expr], row: &[Value], decisive: bool) -> Evaluated {
        let mut unknown = false;
        for part in parts {
            match self.eval(part, row)? {
                Value::Boolean(b) if b == decisive => return Ok(Value::Boolean(decisive)),
                Value::Null => unknown = true,
                _ => {}
            }
        }
        Ok(if unknown { Value::Null } else { Value::Boolean(!decisive) })
    }

    fn membership(&self, expr: &Expr, list: &[Expr], row: &[Value]) -> Evaluated {
        let sought = self.eval(expr, row)?;
        let elements = list.iter().map(|e| self.eval(e, row)).collect::<Result<Vec<_>, _>>()?;
        let mut unknown = sought.is_null();
        for element in &elements {
            match self.comparison(CompareOp::Eq, expr.ty, &sought, element) {
                Value::Boolean(true) => return Ok(Value::Boolean(true)),
                Value::Null => unknown = true,
                _ => {}
            }
        }
        Ok(if unknown { Value::Null } else { Value::Boolean(false) })
    }

    fn comparison(&self, op: CompareOp, ty: Type, left: &Value, right: &Value) -> Value {
        if left.is_null() || right.is_null() {
            return Value::Null;
        }
        let order = compare(self.catalog, ty, left, right);
        Value::Boolean(match op {
            CompareOp::Eq => order == Ordering::Equal,
            CompareOp::Ne => order != Ordering::Equal,
            CompareOp::Lt => order == Ordering::Less,
            CompareOp::Le => order != Ordering::Greater,
            CompareOp::Gt => order == Ordering::Greater,
            CompareOp::Ge => order != Ordering::Less,
        })
    }

    /// The labels of an enum.
    fn labels(&self, ty: Type) -> Option<&[String]> {
        match ty {
            Type::Enum(id) => Some(&self.catalog.enum_type(id).labels),
            _ => None,
        }
    }
}

fn not(value: Value) -> Value {
    match value {
        Value::Boolean(b) => Value::Boolean(!b),
        other => other,
    }
}
