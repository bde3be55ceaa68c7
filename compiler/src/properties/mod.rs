//! Facts about relations: which inputs of a join are determined by which columns.

use std::collections::BTreeSet;

use crate::algebra::{CompareOp, Expr, ExprKind};
use crate::catalog::Catalog;
use crate::circuit::{Equality, Input, Predicate, Published, PublishedSource, Source};

/// Functional dependencies of a join of base tables: a row of an input is determined once the columns of one of its keys are, and
/// then so are all its columns; equal columns determine each other, and a column compared with a constant is determined from the start.
pub struct Dependencies<'a> {
    catalog: &'a Catalog,
    inputs: &'a [Input],
    equalities: &'a [Equality],
    constants: BTreeSet<usize>,
}

impl<'a> Dependencies<'a> {
    /// The dependencies of a chain.
    pub fn new(
        catalog: &'a Catalog,
        inputs: &'a [Input],
        equalities: &'a [Equality],
        predicates: &[Predicate],
    ) -> Self {
        let compared = predicates.iter().filter_map(|p| constant_column(&p.expr));
        // What is only tested has no columns to be determined.
        let tested = inputs.iter().filter(|i| i.is_tested()).flat_map(Input::columns);
        let constants = compared.chain(tested).collect();
        Self { catalog, inputs, equalities, constants }
    }

    /// All columns determined by the given ones.
    pub fn closure(&self, columns: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut known: BTreeSet<usize> = columns.into_iter().chain(self.constants.iter().copied()).collect();
        loop {
            let before = known.len();
            for equality in self.equalities.iter().filter(|e| !self.is_test(e)) {
                self.propagate(&equality.left, &equality.right, &mut known);
                self.propagate(&equality.right, &equality.left, &mut known);
            }
            for input in self.inputs {
                if self.is_determined(input, &known) {
                    known.extend(input.columns());
                }
            }
            if known.len() == before {
                return known;
            }
        }
    }

    /// Whether an equality only says which match there must be, or must not.
    fn is_test(&self, equality: &Equality) -> bool {
        [equality.left_input, equality.right_input].into_iter().any(|input| self.inputs[input].is_tested())
    }

    /// `from = to` determines `to` where it is a plain column and everything `from` reads is known.
    fn propagate(&self, from: &Expr, to: &Expr, known: &mut BTreeSet<usize>) {
        if let ExprKind::Column(column) = to.kind
            && from.columns().iter().all(|c| known.contains(c))
        {
            known.insert(column);
        }
    }

    fn is_determined(&self, input: &Input, known: &BTreeSet<usize>) -> bool {
        match &input.source {
            Source::Table(table) => {
                let table = self.catalog.table(*table);
                // A nullable unique column does not tell rows with NULL apart.
                table.keys().any(|key| {
                    let primary = table.primary_key.as_ref() == Some(key);
                    key.columns.iter().all(|c| {
                        (primary || !table.column(*c).nullable)
                            && known.contains(&(input.first + c.0 as usize))
                    })
                })
            }
            Source::Group { published, .. } => {
                key_columns(published).all(|column| known.contains(&(input.first + column)))
            }
        }
    }

    /// A set of columns that determines a row of the whole join, as few as a greedy search finds; `None` if
    /// an input has no key.
    pub fn key(&self) -> Option<Vec<usize>> {
        let keys: Option<Vec<Vec<usize>>> = self
            .inputs
            .iter()
            .map(|input| {
                // A test makes no more rows.
                if input.is_tested() {
                    return Some(Vec::new());
                }
                Some(match &input.source {
                    Source::Table(table) => {
                        let key = self.catalog.table(*table).primary_key.as_ref()?;
                        key.columns.iter().map(|c| input.first + c.0 as usize).collect()
                    }
                    Source::Group { published, .. } => {
                        key_columns(published).map(|c| input.first + c).collect()
                    }
                })
            })
            .collect();
        let mut kept: Vec<Vec<usize>> = keys?;
        let all = self.inputs.iter().map(|i| i.width).sum::<usize>();
        // Inputs that many others reference come first in a query as a rule, so they are tried first.
        let mut at = 0;
        while at < kept.len() {
            let without: Vec<usize> =
                kept.iter().enumerate().filter(|(i, _)| *i != at).flat_map(|(_, key)| key).copied().collect();
            if self.closure(without).len() == all {
                kept.remove(at);
            } else {
                at += 1;
            }
        }
        Some(kept.into_iter().flatten().collect())
    }
}

/// The positions of a group's keys among the columns read of it. Whoever reads a group reads all its keys.
pub fn key_columns(published: &[Published]) -> impl Iterator<Item = usize> {
    let keys = published.iter().enumerate().filter(|(_, p)| matches!(p.source, PublishedSource::Key(_)));
    keys.map(|(at, _)| at)
}

/// The column of `column = constant`.
fn constant_column(expr: &Expr) -> Option<usize> {
    let ExprKind::Compare(CompareOp::Eq, left, right) = &expr.kind else { return None };
    match (&left.kind, &right.kind) {
        (ExprKind::Column(c), ExprKind::Literal(_)) | (ExprKind::Literal(_), ExprKind::Column(c)) => Some(*c),
        _ => None,
    }
}
