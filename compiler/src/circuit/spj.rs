//! Select–project–join blocks: flattening a tree of scans, joins, semi-joins and filters into the parts of a chain.

use crate::algebra::{CompareOp, Expr, ExprKind, Field, Relation, RelationKind};
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic};
use crate::properties::{ChainParts, ChainProperties};

use super::group;
use super::semi_join;
use super::temporal;
use super::{Equality, Group, Input, Predicate, Role, Source, Window};

/// A chain without its group.
#[derive(Default)]
pub(super) struct Chain {
    pub inputs: Vec<Input>,
    pub fields: Vec<Field>,
    pub predicates: Vec<Predicate>,
    pub equalities: Vec<Equality>,
    pub windows: Vec<Window>,
    /// The groups that it looks into; a [`Source::Group`] names one by its position here.
    pub below: Vec<Group>,
}

/// Flattens a block. Also returns the block's columns over the chain's, if it ends in a projection.
/// Groups of its semi-joins are named after the query.
pub(super) fn flatten(relation: &Relation, query: &str) -> Result<(Chain, Vec<Expr>), Diagnostic> {
    let mut chain = Chain::default();
    let mut conditions = Vec::new();
    let columns = chain.add(relation, query, &mut conditions)?;
    for condition in conditions {
        chain.add_condition(condition)?;
    }
    chain.check_connected(relation)?;
    Ok((chain, columns))
}

impl Chain {
    /// Adds a relation's inputs and returns its columns over the chain's; conditions are collected over the chain's columns too.
    fn add(
        &mut self,
        relation: &Relation,
        query: &str,
        conditions: &mut Vec<Expr>,
    ) -> Result<Vec<Expr>, Diagnostic> {
        match &relation.kind {
            RelationKind::Scan { table, alias } => {
                let first = self.fields.len();
                let width = relation.columns.len();
                let (source, role) = (Source::Table(*table), Role::Joined);
                self.inputs.push(Input { source, role, alias: alias.clone(), first, width });
                self.fields.extend(relation.columns.iter().cloned());
                let column = |(i, field): (usize, &Field)| Expr {
                    kind: ExprKind::Column(first + i),
                    ty: field.ty,
                    nullable: field.nullable,
                    span: relation.span,
                };
                Ok(relation.columns.iter().enumerate().map(column).collect())
            }
            RelationKind::Join { left, right, condition } => {
                let mut columns = self.add(left, query, conditions)?;
                columns.extend(self.add(right, query, conditions)?);
                conditions.extend(condition.iter().map(|c| substitute(c.clone(), &columns)));
                Ok(columns)
            }
            RelationKind::SemiJoin { left, right, condition, anti } => {
                let columns = self.add(left, query, conditions)?;
                conditions.extend(semi_join::add(self, &columns, right, condition, *anti, query)?);
                Ok(columns)
            }
            RelationKind::Filter { input, predicate } => {
                let columns = self.add(input, query, conditions)?;
                conditions.push(substitute(predicate.clone(), &columns));
                // A filter may have made columns non-null; its own columns say so.
                Ok(columns
                    .into_iter()
                    .zip(&relation.columns)
                    .map(|(column, field)| Expr { nullable: column.nullable && field.nullable, ..column })
                    .collect())
            }
            RelationKind::Project { input, columns } => {
                let below = self.add(input, query, conditions)?;
                Ok(columns.iter().map(|c| substitute(c.clone(), &below)).collect())
            }
            RelationKind::Aggregate { .. } | RelationKind::Limit { .. } => Err(Diagnostic::error(
                Code::Unsupported,
                relation.span,
                "this cannot be an input of a join or an aggregation yet",
            )
            .help("aggregate the base tables directly")),
        }
    }

    fn add_condition(&mut self, condition: Expr) -> Result<(), Diagnostic> {
        for conjunct in condition.conjuncts() {
            if conjunct.reads_clock() {
                let windows = temporal::windows(&conjunct, true, &|e| self.single_input(e))?;
                self.windows.extend(windows);
                continue;
            }
            if let Some(equality) = self.equality(&conjunct) {
                self.equalities.push(equality);
                continue;
            }
            let inputs = self.inputs_of(&conjunct);
            self.predicates.push(Predicate { expr: conjunct, inputs });
        }
        Ok(())
    }

    /// `left = right` where each side reads one input, and not the same. Sides that can fail stay a predicate, since
    /// an index must be able to compute its key of every row.
    fn equality(&self, conjunct: &Expr) -> Option<Equality> {
        let ExprKind::Compare(CompareOp::Eq, left, right) = &conjunct.kind else { return None };
        let (left_input, right_input) = (self.single_input(left)?, self.single_input(right)?);
        if left_input == right_input || left.can_fail() || right.can_fail() {
            return None;
        }
        Some(Equality { left: (**left).clone(), left_input, right: (**right).clone(), right_input })
    }

    /// What is known of its rows.
    pub(super) fn properties(&self, catalog: &Catalog) -> ChainProperties {
        let Self { inputs, equalities, predicates, windows, .. } = self;
        ChainProperties::of(catalog, ChainParts { inputs, equalities, predicates, windows })
    }

    /// The inputs an expression reads.
    pub(super) fn inputs_of(&self, expr: &Expr) -> Vec<usize> {
        group::inputs_of(&self.inputs, expr)
    }

    /// The only input an expression reads.
    pub(super) fn single_input(&self, expr: &Expr) -> Option<usize> {
        match self.inputs_of(expr).as_slice() {
            [input] => Some(*input),
            _ => None,
        }
    }

    /// Refuses a product of inputs that no equality connects. A semi-join asks something of rows that are there, it connects none.
    fn check_connected(&self, relation: &Relation) -> Result<(), Diagnostic> {
        let mut reached: Vec<bool> = self.inputs.iter().map(Input::is_looked_up).collect();
        let tables =
            |e: &&Equality| [e.left_input, e.right_input].iter().all(|i| !self.inputs[*i].is_looked_up());
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        loop {
            let next = self.equalities.iter().filter(tables).find_map(|e| {
                match (reached[e.left_input], reached[e.right_input]) {
                    (true, false) => Some(e.right_input),
                    (false, true) => Some(e.left_input),
                    _ => None,
                }
            });
            match next {
                Some(input) => reached[input] = true,
                None => break,
            }
        }
        match reached.iter().position(|r| !r) {
            None => Ok(()),
            Some(input) => {
                let alias = &self.inputs[input].alias;
                Err(Diagnostic::error(
                    Code::CrossJoin,
                    relation.span,
                    format!("no equality joins {alias:?} with the other tables"),
                )
                .note("the product of two tables changes by as many rows as the other table has")
                .help(format!(
                    "connect them by an equality, as a rule along a foreign key: `{alias}.column = {}.column`",
                    self.inputs[0].alias
                )))
            }
        }
    }

    /// Completes the chain to a group.
    pub(super) fn into_group(self, name: &str, span: crate::source::Span) -> Group {
        Group {
            name: name.to_owned(),
            inputs: self.inputs,
            fields: self.fields,
            predicates: self.predicates,
            equalities: self.equalities,
            windows: self.windows,
            keys: Vec::new(),
            states: Vec::new(),
            single: false,
            span,
        }
    }
}

/// Replaces each column of an expression by what computes it. The words stay those of the outer expression where it is more than a column.
pub(super) fn substitute(mut expr: Expr, columns: &[Expr]) -> Expr {
    expr.walk_mut(&mut |e| {
        if let ExprKind::Column(c) = e.kind
            && let Some(column) = columns.get(c)
        {
            *e = Expr { span: e.span, nullable: e.nullable && column.nullable, ..column.clone() };
        }
    });
    expr
}
