//! The incremental circuit of one unit of queries, as a data structure.
//!
//! Every query ends in a **group**: a plain `SELECT` groups by its result key and carries its columns along, a bag groups by
//! whole rows and counts them. So a circuit has two kinds of parts. A [`Group`] takes base tables through a linear
//! chain (filters and joins through indexes, fused) into keyed state. An [`Output`] takes what a group publishes at the end of a step
//! through HAVING, the select list and ORDER BY … LIMIT to the subscribers. Groups that mean the same are shared between queries.
//!
//! The incremental form of each part follows from the chain rule (DBSP, Budiu et al., VLDB 2023, §3): the chain is multilinear, so
//! a change of one input is joined with the others as they are; a transaction is taken one row at a time, which needs
//! no correction terms. The group is not linear, so it publishes the difference of its value before and after.

mod aggregate;
mod display;
mod draw;
pub(crate) mod group;
mod key_names;
mod lower;
mod place;
mod semi_join;
mod spj;
mod temporal;

pub(crate) use display::window_text;
pub use lower::lower;
pub use temporal::Stage;

use crate::algebra::{Expr, Field, SortKey};
use crate::catalog::TableId;
use crate::source::Span;
use crate::types::Type;

/// A group of a circuit, in topological order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u32);

/// The circuit of one unit.
#[derive(Clone, Debug, Default)]
pub struct Circuit {
    /// Its groups.
    pub groups: Vec<Group>,
    /// One output a query, in the order of the queries.
    pub outputs: Vec<Output>,
}

impl Circuit {
    /// The group with this id.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0 as usize]
    }
}

/// A linear chain over base tables and other groups that ends in keyed state. Expressions are over the columns of all inputs, one after
/// the other.
#[derive(Clone, Debug)]
pub struct Group {
    /// The name of the query that needed it first.
    pub name: String,
    /// What it reads; a table that is joined with itself occurs several times.
    pub inputs: Vec<Input>,
    /// The columns of all inputs.
    pub fields: Vec<Field>,
    /// Predicates without the clock, each true for a row to pass.
    pub predicates: Vec<Predicate>,
    /// Equalities between expressions of two inputs.
    pub equalities: Vec<Equality>,
    /// Time windows: those of `WHERE` must hold for a row to pass, those of a `FILTER` for it to count.
    pub windows: Vec<Window>,
    /// What it groups by.
    pub keys: Vec<Expr>,
    /// What it keeps for each group.
    pub states: Vec<State>,
    /// An aggregation without GROUP BY: there is exactly one group, even over no rows.
    pub single: bool,
    /// The words it came from.
    pub span: Span,
}

/// An input of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where its rows come from.
    pub source: Source,
    /// What they are for.
    pub role: Role,
    /// What the query calls it.
    pub alias: String,
    /// The position of its first column among the group's.
    pub first: usize,
    /// How many columns it has.
    pub width: usize,
}

impl Input {
    /// The base table it reads, unless it reads a group.
    pub fn table(&self) -> Option<TableId> {
        match &self.source {
            Source::Table(table) => Some(*table),
            Source::Group { .. } => None,
        }
    }

    /// Whether it matters only that it has a match, or none.
    pub fn is_tested(&self) -> bool {
        self.role != Role::Joined
    }

    /// Whether its rows are found from the others', never the other way round.
    pub fn is_looked_up(&self) -> bool {
        self.is_tested() || self.table().is_none()
    }

    /// The positions of its columns among the group's.
    pub fn columns(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.width
    }
}

/// What the rows of an input are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Each match makes a row of the chain.
    Joined,
    /// The others' rows pass where there is a match: a semi-join. Nothing but the equalities reads its columns.
    Exists,
    /// The others' rows pass where there is none: an anti-join. Nothing but the equalities reads its columns.
    Absent,
}

/// Where the rows of an input come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A base table.
    Table(TableId),
    /// What another group publishes, a row for each of its groups.
    Group {
        /// Which group.
        group: GroupId,
        /// The columns that are read of it.
        published: Vec<Published>,
    },
}

/// A predicate of a chain and the inputs it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// A boolean.
    pub expr: Expr,
    /// Positions of the inputs it reads, ascending.
    pub inputs: Vec<usize>,
}

/// `left = right` between two inputs, for rows of which neither is NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equality {
    /// An expression of one input only.
    pub left: Expr,
    /// Which.
    pub left_input: usize,
    /// An expression of another input only, of the same type.
    pub right: Expr,
    /// Which.
    pub right_input: usize,
}

/// A comparison of a row expression with a monotone function of the clock: true from one moment on, or up to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The input the row expression reads.
    pub input: usize,
    /// A timestamp or date of that input.
    pub row: Expr,
    /// What is added to the row's value before the stages are inverted: 1 where the comparison with the clock is
    /// strict on the other side (a microsecond, or a day for dates).
    pub successor: bool,
    /// The function of the clock, innermost first.
    pub stages: Vec<Stage>,
    /// True from the moment the clock reaches the row's value; otherwise true until then.
    pub enters: bool,
    /// It decides whether a row passes; otherwise only states that refer to it are concerned.
    pub filters: bool,
    /// The words it came from.
    pub span: Span,
}

/// A condition of a state: a predicate without the clock and windows by position, all of which must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// The part without the clock.
    pub predicate: Option<Expr>,
    /// Positions in [`Group::windows`].
    pub windows: Vec<usize>,
}

impl Condition {
    /// Whether every row satisfies it.
    pub fn is_empty(&self) -> bool {
        self.predicate.is_none() && self.windows.is_empty()
    }
}

/// Something a group keeps. The number of its rows is always kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The number of rows that satisfy the condition and for which the value, if there is one, is not NULL.
    Count {
        /// Which rows.
        condition: Condition,
        /// `x` of `COUNT(x)`.
        value: Option<Expr>,
    },
    /// The exact sum of an integer or decimal over those rows, as an `i128` in units of the last decimal.
    Sum {
        /// Which rows.
        condition: Condition,
        /// What is summed.
        value: Expr,
    },
    /// The exact sum of a float over those rows.
    FloatSum {
        /// Which rows.
        condition: Condition,
        /// What is summed.
        value: Expr,
    },
    /// All values in order, for MIN and MAX.
    Extremes {
        /// Which rows.
        condition: Condition,
        /// Whose values.
        value: Expr,
    },
    /// The distinct values, for DISTINCT aggregates.
    Distinct {
        /// Which rows.
        condition: Condition,
        /// Whose values.
        value: Expr,
        /// Their sum is kept too.
        sum: bool,
    },
    /// The value an expression has in all rows of the group.
    Determined {
        /// The expression.
        value: Expr,
    },
}

impl State {
    /// The condition, if the state has one.
    pub fn condition(&self) -> Option<&Condition> {
        match self {
            State::Count { condition, .. }
            | State::Sum { condition, .. }
            | State::FloatSum { condition, .. }
            | State::Extremes { condition, .. }
            | State::Distinct { condition, .. } => Some(condition),
            State::Determined { .. } => None,
        }
    }

    /// The value it is kept of.
    pub fn value(&self) -> Option<&Expr> {
        match self {
            State::Count { value, .. } => value.as_ref(),
            State::Sum { value, .. }
            | State::FloatSum { value, .. }
            | State::Extremes { value, .. }
            | State::Distinct { value, .. }
            | State::Determined { value } => Some(value),
        }
    }

    /// All expressions it evaluates for a row.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        self.condition().and_then(|c| c.predicate.as_ref()).into_iter().chain(self.value())
    }
}

/// A column that a group publishes: how a key or the result of an aggregate is read from its states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its name, type and nullability.
    pub field: Field,
    /// Where it comes from.
    pub source: PublishedSource,
}

/// Where a published column comes from. Numbers are positions in [`Group::states`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishedSource {
    /// A key, by position.
    Key(usize),
    /// The number of rows.
    Rows,
    /// A `Count`.
    Count(usize),
    /// The number of values of a `Distinct`.
    DistinctCount(usize),
    /// A `Sum`, `FloatSum` or sum of `Distinct`, NULL if nothing was summed.
    Sum {
        /// The sum.
        state: usize,
        /// How many summands there were.
        count: SummandCount,
    },
    /// The same divided by the number of summands.
    Avg {
        /// The sum.
        state: usize,
        /// How many summands there were.
        count: SummandCount,
        /// The type of a summand.
        of: Type,
    },
    /// The least of an `Extremes`.
    Min(usize),
    /// The greatest of an `Extremes`.
    Max(usize),
    /// A `Determined`.
    Determined(usize),
}

/// Where the number of summands of a sum comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummandCount {
    /// Every row of the group is one.
    Rows,
    /// A `Count`.
    Count(usize),
    /// The values of a `Distinct`.
    Distinct(usize),
    /// A `Sum` of numbers of summands.
    Total(usize),
}

/// The end of a query: from what a group publishes to the result.
#[derive(Clone, Debug)]
pub struct Output {
    /// The query's name.
    pub name: String,
    /// Its text.
    pub sql: String,
    /// The group it reads.
    pub group: GroupId,
    /// The group's columns as this query sees them.
    pub published: Vec<Published>,
    /// HAVING, over `published`.
    pub having: Vec<Expr>,
    /// The select list, over `published`; hidden sort columns last.
    pub columns: Vec<Expr>,
    /// Names and types of `columns`.
    pub fields: Vec<Field>,
    /// How many of them are shown.
    pub visible: usize,
    /// ORDER BY, over `columns`.
    pub order: Vec<SortKey>,
    /// LIMIT and OFFSET.
    pub limit: Option<Limit>,
    /// What identifies a row.
    pub key: ResultKey,
    /// The statement.
    pub span: Span,
}

/// `LIMIT … OFFSET …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// At most this many rows.
    pub limit: Option<u64>,
    /// Rows skipped first.
    pub offset: u64,
}

/// What identifies a row of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultKey {
    /// There is exactly one row.
    SingleRow,
    /// The group's keys, under the names of the result's columns or, where it does not show them, of their own.
    Keys(Vec<String>),
    /// The group's keys are whole rows, and each stands as often as the group has rows.
    Bag,
}
