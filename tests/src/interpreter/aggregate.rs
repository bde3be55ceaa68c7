//! Grouping and the aggregate functions, each over the list of its values.

use std::collections::{BTreeMap, BTreeSet};

use cosmictron_compiler::algebra::{Aggregate, AggregateFunction, Expr};
use cosmictron_compiler::functions::EvaluationError;
use cosmictron_compiler::types::Type;
use cosmictron_types::{EvalError, Interval, TypeName, Value, sql};

use super::Moment;
use super::exact::{Exact, sum_floats};
use super::order::compare;
use crate::unit::Values;

/// The digits that sums of exact numbers have.
const MAX_DIGITS: u32 = 38;

impl Moment<'_> {
    /// One row a group: its keys, then its aggregates.
    pub(super) fn aggregate(
        &self,
        rows: Vec<Values>,
        keys: &[Expr],
        aggregates: &[Aggregate],
    ) -> Result<Vec<Values>, EvaluationError> {
        let mut groups: BTreeMap<Values, Vec<Values>> = BTreeMap::new();
        for row in rows {
            let key = keys.iter().map(|k| self.eval(k, &row)).collect::<Result<_, _>>()?;
            groups.entry(key).or_default().push(row);
        }
        if keys.is_empty() {
            groups.entry(Vec::new()).or_default();
        }
        let mut results = Vec::new();
        for (mut result, rows) in groups {
            for aggregate in aggregates {
                result.push(self.aggregated(aggregate, &rows)?);
            }
            results.push(result);
        }
        Ok(results)
    }

    fn aggregated(&self, aggregate: &Aggregate, rows: &[Values]) -> Result<Value, EvaluationError> {
        let mut values = Vec::new();
        // Comparisons with the clock are tested first.
        let mut conditions: Vec<Expr> = aggregate.filter.iter().flat_map(|f| f.clone().conjuncts()).collect();
        conditions.sort_by_key(|condition| !condition.reads_clock());
        for row in rows {
            if self.all_true(&conditions, row)? {
                values.push(match &aggregate.arg {
                    Some(arg) => self.eval(arg, row)?,
                    None => Value::Boolean(true),
                });
            }
        }
        if aggregate.function == AggregateFunction::Determined {
            return Ok(values.pop().unwrap_or(Value::Null));
        }
        values.retain(|value| !value.is_null());
        if aggregate.distinct {
            values = values.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        }
        let of = aggregate.arg.as_ref().map_or(Type::Boolean, |arg| arg.ty);
        let least_to_greatest = |a: &&Value, b: &&Value| compare(self.catalog, of, a, b);
        Ok(match aggregate.function {
            AggregateFunction::Count => Value::Integer(values.len() as i64),
            AggregateFunction::Min => values.iter().min_by(least_to_greatest).cloned().unwrap_or(Value::Null),
            AggregateFunction::Max => values.iter().max_by(least_to_greatest).cloned().unwrap_or(Value::Null),
            _ if values.is_empty() => Value::Null,
            AggregateFunction::Sum => sum(of, aggregate.ty, &values)?,
            AggregateFunction::Avg => average(of, &values)?,
            AggregateFunction::Determined => Value::Null,
        })
    }
}

fn sum(of: Type, result: Type, values: &[Value]) -> Result<Value, EvaluationError> {
    if of.is_float() {
        return sum_of_floats(of, values);
    }
    if matches!(of, Type::Interval | Type::Time) {
        return Ok(Value::Interval(sum_of_intervals(values)?));
    }
    let total = sum_of_exact(values)?;
    let limit = |digits: u32| num_bigint::BigInt::from(10).pow(digits).magnitude().clone();
    match result {
        Type::BigInt => match i64::try_from(&total.digits) {
            Ok(sum) => Ok(Value::Integer(sum)),
            Err(_) => Err(EvalError::OutOfRange(TypeName::BigInt).into()),
        },
        Type::Decimal { .. } if *total.digits.magnitude() >= limit(MAX_DIGITS) => {
            Err(EvalError::NumericOverflow.into())
        }
        _ => Ok(Value::Numeric(total.to_numeric()?)),
    }
}

fn average(of: Type, values: &[Value]) -> Result<Value, EvaluationError> {
    let count = values.len();
    if of.is_float() {
        return Ok(match sum_of_floats(Type::Double, values)? {
            Value::Double(total) => Value::Double((total.0 / count as f64).into()),
            other => other,
        });
    }
    if matches!(of, Type::Interval | Type::Time) {
        let total = sum_of_intervals(values)?;
        return Ok(Value::Interval(sql::div_interval_double(total, (count as f64).into())?));
    }
    Ok(Value::Numeric(sum_of_exact(values)?.divide(count as u64).to_numeric()?))
}

fn sum_of_exact(values: &[Value]) -> Result<Exact, EvaluationError> {
    values.iter().try_fold(Exact::default(), |total, value| match value {
        Value::Integer(i) => Ok(total.add(Exact { digits: (*i).into(), scale: 0 })),
        Value::Numeric(n) => Ok(total.add(Exact::of(*n))),
        _ => Err(EvaluationError::Mistyped),
    })
}

fn sum_of_intervals(values: &[Value]) -> Result<Interval, EvaluationError> {
    values.iter().try_fold(Interval::new(0, 0, 0), |total, value| {
        let next = match value {
            Value::Interval(interval) => *interval,
            Value::Time(time) => sql::time_to_interval(*time),
            _ => return Err(EvaluationError::Mistyped),
        };
        Ok(sql::add_interval(total, next)?)
    })
}

fn sum_of_floats(of: Type, values: &[Value]) -> Result<Value, EvaluationError> {
    let total = sum_floats(values.iter().filter_map(float));
    let finite = values.iter().filter_map(float).all(f64::is_finite);
    let overflow = |infinite: bool| finite && infinite;
    match of {
        Type::Real if overflow((total as f32).is_infinite()) => Err(EvalError::FloatOverflow.into()),
        Type::Real => Ok(Value::Real((total as f32).into())),
        _ if overflow(total.is_infinite()) => Err(EvalError::FloatOverflow.into()),
        _ => Ok(Value::Double(total.into())),
    }
}

fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Real(x) => Some(f64::from(x.0)),
        Value::Double(x) => Some(x.0),
        _ => None,
    }
}
