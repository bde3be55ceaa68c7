//! The places an expression can stand in, and what each allows.

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    Select,
    JoinCondition,
    Where,
    GroupBy,
    Having,
    OrderBy,
    AggregateArgument,
    Filter,
    Limit,
    Check,
    Default,
}

impl Clause {
    /// As messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Clause::Select => "the select list",
            Clause::JoinCondition => "JOIN conditions",
            Clause::Where => "WHERE",
            Clause::GroupBy => "GROUP BY",
            Clause::Having => "HAVING",
            Clause::OrderBy => "ORDER BY",
            Clause::AggregateArgument => "the argument of an aggregate",
            Clause::Filter => "FILTER",
            Clause::Limit => "LIMIT and OFFSET",
            Clause::Check => "CHECK",
            Clause::Default => "DEFAULT",
        }
    }

    /// Whether an aggregate may stand here.
    pub fn allows_aggregates(self) -> bool {
        matches!(self, Clause::Select | Clause::Having | Clause::OrderBy)
    }

    /// Whether the clock may be read here; in conditions only inside of comparisons.
    pub fn allows_now(self) -> bool {
        matches!(self, Clause::Where | Clause::JoinCondition | Clause::Filter | Clause::Default)
    }
}
