//! The optimiser's rules, one a file. A rule keeps what a query answers: rows, types, NULLs and errors. Its file proves that.
//!
//! All are on unless a [`crate::Request`] says otherwise. Each can be turned off by itself, which shows what it does and lets the differential suite
//! run the same queries with it and without. Some rules rewrite the algebra or the groups of a query in the order of [`Rule::ALL`]; others
//! decide where a pass has a choice, and the pass has a plain answer without them. Facts that conditions ask for come from
//! [`crate::properties`].

mod eliminate_foreign_key_join;
mod exists_by_index;
mod fold_constants;
mod mask_updates;
mod order_joins_by_key;
mod push_aggregate_below_join;
mod push_predicates_down;
mod reduce_group_keys;
mod share_groups;

use std::collections::BTreeSet;
use std::fmt;

use crate::algebra::Query;
use crate::catalog::Catalog;
use crate::circuit::{Group, Published};

pub(crate) use mask_updates::watched;
pub(crate) use order_joins_by_key::{driver, next};
pub(crate) use push_predicates_down::divide;
pub(crate) use reduce_group_keys::{key_of_rows, needed_keys};
pub(crate) use share_groups::same_group;

/// A rule of the optimiser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Functions and casts of constants are evaluated by the compiler.
    FoldConstants,
    /// Group keys that the others determine are kept as values.
    ReduceGroupKeys,
    /// Joins along foreign keys that contribute nothing disappear.
    EliminateForeignKeyJoin,
    /// EXISTS asks an index of the store, where one knows.
    ExistsByIndex,
    /// Aggregates are computed before the join with what names the groups.
    PushAggregateBelowJoin,
    /// Groups of several queries that mean the same are kept once.
    ShareGroups,
    /// Tables that are found by a key are joined first.
    OrderJoinsByKey,
    /// Predicates are tested as soon as what they read is there.
    PushPredicatesDown,
    /// Updates of columns that nothing reads stop at once.
    MaskUpdates,
}

impl Rule {
    /// All rules, in the order in which they are applied.
    pub const ALL: [Rule; 9] = [
        Rule::FoldConstants,
        Rule::ReduceGroupKeys,
        Rule::EliminateForeignKeyJoin,
        Rule::ExistsByIndex,
        Rule::PushAggregateBelowJoin,
        Rule::ShareGroups,
        Rule::OrderJoinsByKey,
        Rule::PushPredicatesDown,
        Rule::MaskUpdates,
    ];

    /// Its name, which is that of its file.
    pub fn name(self) -> &'static str {
        self.description().0
    }

    /// What it does, in a line.
    pub fn summary(self) -> &'static str {
        self.description().1
    }

    /// The rule with this name.
    pub fn named(name: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.name() == name)
    }

    fn description(self) -> (&'static str, &'static str) {
        match self {
            Rule::FoldConstants => {
                ("fold_constants", "Functions and casts of constants are evaluated by the compiler")
            }
            Rule::ReduceGroupKeys => {
                ("reduce_group_keys", "Group keys that the others determine are kept as values")
            }
            Rule::EliminateForeignKeyJoin => {
                ("eliminate_foreign_key_join", "Joins along foreign keys that contribute nothing disappear")
            }
            Rule::ExistsByIndex => ("exists_by_index", "EXISTS asks an index of the store, where one knows"),
            Rule::PushAggregateBelowJoin => (
                "push_aggregate_below_join",
                "Aggregates are computed before the join with what names the groups",
            ),
            Rule::ShareGroups => {
                ("share_groups", "Groups of several queries that mean the same are kept once")
            }
            Rule::OrderJoinsByKey => {
                ("order_joins_by_key", "Tables that are found by a key are joined first")
            }
            Rule::PushPredicatesDown => {
                ("push_predicates_down", "Predicates are tested as soon as what they read is there")
            }
            Rule::MaskUpdates => ("mask_updates", "Updates of columns that nothing reads stop at once"),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The rules that are on: all, until some are left out.
///
/// ```
/// use cosmictron_compiler::rules::{Rule, Rules};
///
/// let rules = Rules::default().without(Rule::ShareGroups);
/// assert!(!rules.has(Rule::ShareGroups));
/// assert!(rules.has(Rule::FoldConstants));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    off: BTreeSet<Rule>,
}

impl Rules {
    /// The same without one of them.
    pub fn without(mut self, rule: Rule) -> Self {
        self.off.insert(rule);
        self
    }

    /// Whether a rule is on.
    pub fn has(&self, rule: Rule) -> bool {
        !self.off.contains(&rule)
    }
}

type OnQuery = fn(&Catalog, &mut Query);

/// The rules that rewrite the algebra of a query.
const ON_QUERIES: [(Rule, OnQuery); 1] = [(Rule::FoldConstants, fold_constants::apply)];

/// Applies the rules on algebra.
pub fn rewrite(rules: &Rules, catalog: &Catalog, mut query: Query) -> Query {
    for (_, apply) in ON_QUERIES.iter().filter(|(rule, _)| rules.has(*rule)) {
        apply(catalog, &mut query);
    }
    query
}

type OnGroups = fn(&Catalog, &mut Vec<Group>, &mut Vec<Published>);

/// The rules that rewrite the groups of a query, of which the last is the one that it reads.
///
/// They are rules on the circuit rather than on the algebra because they move states, whose sums are wider than SQL's types: as algebra a
/// partial sum could overflow where the whole does not.
const ON_GROUPS: [(Rule, OnGroups); 3] = [
    (Rule::EliminateForeignKeyJoin, eliminate_foreign_key_join::apply),
    (Rule::ExistsByIndex, exists_by_index::apply),
    (Rule::PushAggregateBelowJoin, push_aggregate_below_join::apply),
];

/// Applies the rules on groups. `published` are the columns that the query reads of the last.
pub(crate) fn improve(
    rules: &Rules,
    catalog: &Catalog,
    groups: &mut Vec<Group>,
    published: &mut Vec<Published>,
) {
    for (_, apply) in ON_GROUPS.iter().filter(|(rule, _)| rules.has(*rule)) {
        apply(catalog, groups, published);
    }
}
