//! The relational operators.

use std::cmp::Ordering;

use cosmictron_compiler::algebra::{Expr, ExprKind, Query, Relation, RelationKind, SortKey};
use cosmictron_compiler::functions::EvaluationError;
use cosmictron_types::Value;

use super::Moment;
use super::answer::Answer;
use super::order::compare;
use crate::unit::Values;

/// Rows of a block of joins and conditions, with the conditions on them that can fail and are not tested yet.
struct Block {
    rows: Vec<Values>,
    pending: Vec<Expr>,
}

impl Moment<'_> {
    /// What a query answers.
    pub(super) fn answer(&self, query: &Query) -> Result<Answer, EvaluationError> {
        let (below, limit, offset) = match &query.root.kind {
            RelationKind::Limit { input, limit, offset, .. } => (&**input, *limit, *offset),
            _ => (&query.root, None, 0),
        };
        let mut rows = self.rows(below)?;
        let order = |a: &Values, b: &Values| self.order(below, &query.order, a, b);
        rows.sort_by(order);
        let mut blocks: Vec<Vec<Values>> = Vec::new();
        for row in rows {
            match blocks.last_mut() {
                Some(block) if order(&block[0], &row).is_eq() => block.push(row),
                _ => blocks.push(vec![row]),
            }
        }
        for row in blocks.iter_mut().flatten() {
            row.truncate(query.visible);
        }
        let limit = limit.map_or(usize::MAX, |l| usize::try_from(l).unwrap_or(usize::MAX));
        Ok(Answer { blocks, limit, offset: usize::try_from(offset).unwrap_or(usize::MAX) })
    }

    fn rows(&self, relation: &Relation) -> Result<Vec<Values>, EvaluationError> {
        match &relation.kind {
            RelationKind::Project { input, columns } => {
                let project = |row: Values| columns.iter().map(|c| self.eval(c, &row)).collect();
                self.rows(input)?.into_iter().map(project).collect()
            }
            RelationKind::Aggregate { input, keys, aggregates } => {
                self.aggregate(self.rows(input)?, keys, aggregates)
            }
            RelationKind::Limit { input, order, limit, offset } => {
                let mut rows = self.rows(input)?;
                rows.sort_by(|a, b| self.order(input, order, a, b));
                let limit = limit.map_or(usize::MAX, |l| l as usize);
                Ok(rows.into_iter().skip(*offset as usize).take(limit).collect())
            }
            // HAVING is tested as it is written.
            RelationKind::Filter { input, predicate } if is_aggregated(input) => {
                let conditions = predicate.clone().conjuncts();
                self.settle(Block { rows: self.rows(input)?, pending: conditions })
            }
            RelationKind::Scan { .. }
            | RelationKind::Join { .. }
            | RelationKind::SemiJoin { .. }
            | RelationKind::Filter { .. } => self.settle(self.block(relation)?),
        }
    }

    fn block(&self, relation: &Relation) -> Result<Block, EvaluationError> {
        match &relation.kind {
            RelationKind::Scan { table, .. } => {
                Ok(Block { rows: self.contents[table.0 as usize].clone(), pending: Vec::new() })
            }
            RelationKind::Join { left, right, condition } => {
                let width = left.columns.len();
                let (left, right) = (self.block(left)?, self.block(right)?);
                let moved = right.pending.into_iter().map(|e| e.map_columns(&|c| c + width));
                let pairs =
                    Block { rows: Vec::new(), pending: left.pending.into_iter().chain(moved).collect() };
                let (certain, mut joined) = restrict(pairs, condition.clone());
                for left in &left.rows {
                    for right in &right.rows {
                        let row = [left.as_slice(), right].concat();
                        if self.all_true(&certain, &row)? {
                            joined.rows.push(row);
                        }
                    }
                }
                Ok(joined)
            }
            RelationKind::SemiJoin { left, right, condition, anti } => {
                let (mut left, right) = (self.block(left)?, self.settle(self.block(right)?)?);
                let mut kept = Vec::new();
                for row in left.rows {
                    let mut found = false;
                    for other in &right {
                        found = found || self.all_true(condition, &[row.as_slice(), other].concat())?;
                    }
                    if found != *anti {
                        kept.push(row);
                    }
                }
                left.rows = kept;
                Ok(left)
            }
            RelationKind::Filter { input, predicate } => {
                let (certain, mut block) = restrict(self.block(input)?, Some(predicate.clone()));
                let mut kept = Vec::new();
                for row in block.rows {
                    if self.all_true(&certain, &row)? {
                        kept.push(row);
                    }
                }
                block.rows = kept;
                Ok(block)
            }
            _ => Ok(Block { rows: self.rows(relation)?, pending: Vec::new() }),
        }
    }

    /// Tests the conditions that are left, those of the clock last.
    fn settle(&self, block: Block) -> Result<Vec<Values>, EvaluationError> {
        let mut block = block;
        block.pending.sort_by_key(Expr::reads_clock);
        let mut rows = Vec::new();
        for row in block.rows {
            if self.all_true(&block.pending, &row)? {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    /// Whether all conditions hold, tested until one does not.
    pub(super) fn all_true(&self, conditions: &[Expr], row: &[Value]) -> Result<bool, EvaluationError> {
        for condition in conditions {
            if !self.is_true(condition, row)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn order(&self, relation: &Relation, keys: &[SortKey], a: &Values, b: &Values) -> Ordering {
        let mut orders = keys.iter().map(|key| {
            let (a, b) = (&a[key.column], &b[key.column]);
            let null = if key.nulls_first { Ordering::Less } else { Ordering::Greater };
            match (a.is_null(), b.is_null()) {
                (true, true) => Ordering::Equal,
                (true, false) => null,
                (false, true) => null.reverse(),
                (false, false) => {
                    let order = compare(self.catalog, relation.columns[key.column].ty, a, b);
                    if key.descending { order.reverse() } else { order }
                }
            }
        });
        orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

/// Splits a condition: the parts that cannot fail are returned, the others are left pending.
fn restrict(mut block: Block, condition: Option<Expr>) -> (Vec<Expr>, Block) {
    let parts = condition.into_iter().flat_map(Expr::conjuncts);
    let (fallible, certain): (Vec<_>, Vec<_>) = parts.partition(can_fail);
    block.pending.extend(fallible);
    (certain, block)
}

/// Whether testing a condition can fail. Of a comparison with the clock it is the row's side that counts.
fn can_fail(condition: &Expr) -> bool {
    match &condition.kind {
        ExprKind::Compare(_, left, right) if condition.reads_clock() => {
            [left, right].into_iter().any(|side| !side.reads_clock() && side.can_fail())
        }
        _ => condition.can_fail(),
    }
}

fn is_aggregated(relation: &Relation) -> bool {
    match &relation.kind {
        RelationKind::Aggregate { .. } => true,
        RelationKind::Filter { input, .. } => is_aggregated(input),
        _ => false,
    }
}
