//! Nothing is accepted that has not been held against a PostgreSQL: what there is, is in `recorded.txt` or in the queries of
//! `tests/sql/recorded`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::KINDS;
use super::postgresql::recorded_functions;
use crate::algebra::{
    Aggregate, AggregateFunction, CompareOp, Expr, ExprKind, Relation, RelationKind, SortKey,
};
use crate::bind::bind_query;
use crate::catalog::{self, Catalog};
use crate::functions::kind::Kind;
use crate::functions::table::{
    self, CASTS, EXTEND_DECIMAL, EXTEND_INTEGER, FROM_DECIMAL, TO_DECIMAL, TO_WIDE_DECIMAL,
};
use crate::functions::{Function, aggregate, cast, comparable};
use crate::parse::{parse_queries, parse_schema};
use crate::source::SourceMap;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/sql/recorded");

/// What a corpus uses.
#[derive(Default)]
struct Seen {
    functions: Vec<&'static Function>,
    features: BTreeSet<String>,
    /// The queries in capitals, with single blanks and no comments.
    text: String,
}

impl Seen {
    fn corpus() -> Seen {
        let mut seen = Seen { functions: recorded_functions().collect(), ..Seen::default() };
        for topic in fs::read_dir(CORPUS).expect("the recorded queries") {
            seen.topic(&topic.expect("a topic").path());
        }
        seen
    }

    fn topic(&mut self, folder: &Path) {
        let read = |name: &str| fs::read_to_string(folder.join(name)).expect("a recorded file");
        let (mut sources, mut diagnostics) = (SourceMap::default(), Vec::new());
        let schema = sources.add("schema.sql", read("schema.sql"));
        let queries = read("queries.sql");
        let id = sources.add("queries.sql", queries.clone());
        let catalog = catalog::build(&parse_schema(&sources, schema, &mut diagnostics), &mut diagnostics);
        for parsed in parse_queries(&sources, id, &mut diagnostics) {
            if let Some(query) = bind_query(&catalog, &parsed, &mut diagnostics) {
                self.relation(&query.root);
                query.order.iter().for_each(|key| self.sort_key(&query.root, key));
            }
        }
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", folder.display());
        self.constants(&catalog);
        let words = queries.lines().filter(|line| !line.starts_with("--")).flat_map(str::split_whitespace);
        for word in words {
            self.text.push_str(&word.to_uppercase());
            self.text.push(' ');
        }
    }

    /// What columns fall back to has a type of its own as well.
    fn constants(&mut self, catalog: &Catalog) {
        let columns = catalog.tables.iter().flat_map(|table| &table.columns);
        columns
            .filter_map(|column| Kind::of(column.ty))
            .for_each(|kind| self.note(format!("a column of {}", kind.name())));
    }

    fn note(&mut self, feature: impl Into<String>) {
        self.features.insert(feature.into());
    }

    fn relation(&mut self, relation: &Relation) {
        let (name, exprs): (&str, Vec<&Expr>) = match &relation.kind {
            RelationKind::Scan { .. } => ("a table", Vec::new()),
            RelationKind::Join { condition: None, .. } => ("a product", Vec::new()),
            RelationKind::Join { condition: Some(condition), .. } => ("a join", vec![condition]),
            RelationKind::SemiJoin { condition, anti, .. } => {
                (if *anti { "an anti-join" } else { "a semi-join" }, condition.iter().collect())
            }
            RelationKind::Filter { predicate, .. } => ("a filter", vec![predicate]),
            RelationKind::Aggregate { keys, aggregates, .. } => {
                aggregates.iter().for_each(|aggregate| self.aggregate(aggregate));
                for kind in keys.iter().filter_map(|key| Kind::of(key.ty)) {
                    self.note(format!("GROUP BY {}", kind.name()));
                }
                let read = aggregates.iter().flat_map(|a| a.arg.iter().chain(&a.filter));
                (if keys.is_empty() { "a total" } else { "groups" }, keys.iter().chain(read).collect())
            }
            RelationKind::Project { columns, .. } => ("a projection", columns.iter().collect()),
            RelationKind::Limit { limit, offset, .. } => {
                let name = match (limit, offset) {
                    (Some(_), 0) => "LIMIT",
                    (None, _) => "OFFSET",
                    (Some(_), _) => "LIMIT and OFFSET",
                };
                (name, Vec::new())
            }
        };
        self.note(name);
        exprs.into_iter().for_each(|expr| expr.walk(&mut |e| self.expr(e)));
        relation.inputs().into_iter().for_each(|input| self.relation(input));
    }

    fn expr(&mut self, expr: &Expr) {
        let name = match &expr.kind {
            ExprKind::Column(_) => "a column".to_owned(),
            ExprKind::Literal(_) => "a constant".to_owned(),
            ExprKind::Call { function, .. } => {
                self.functions.push(function);
                return;
            }
            ExprKind::Cast(from) => {
                self.functions.extend(cast(from.ty, expr.ty).map(|cast| cast.function));
                return;
            }
            ExprKind::Compare(op, left, _) => {
                let kind = Kind::of(left.ty).map(Kind::name).unwrap_or_default();
                let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
                self.note(format!("{} of {kind}", if equality { "equality" } else { "order" }));
                format!("the operator {}", op.symbol())
            }
            ExprKind::Distinct { negated: false, .. } => "IS DISTINCT FROM".to_owned(),
            ExprKind::Distinct { negated: true, .. } => "IS NOT DISTINCT FROM".to_owned(),
            ExprKind::And(_) => "AND".to_owned(),
            ExprKind::Or(_) => "OR".to_owned(),
            ExprKind::Not(_) => "NOT".to_owned(),
            ExprKind::IsNull { negated, .. } => format!("IS {}NULL", if *negated { "NOT " } else { "" }),
            ExprKind::In { negated, .. } => format!("{}IN of a list", if *negated { "NOT " } else { "" }),
            ExprKind::Case { otherwise, .. } => {
                format!("CASE {} ELSE", if otherwise.is_some() { "with" } else { "without" })
            }
            ExprKind::Coalesce(_) => "COALESCE".to_owned(),
            ExprKind::Now(_) => "the clock".to_owned(),
        };
        self.note(name);
    }

    fn aggregate(&mut self, aggregate: &Aggregate) {
        let name = aggregate_name(aggregate.function);
        match aggregate.arg.as_ref().and_then(|arg| Kind::of(arg.ty)) {
            Some(kind) => self.note(format!("{name} of {}", kind.name())),
            None => self.note(format!("{name} of rows")),
        }
        if aggregate.distinct {
            self.note(format!("{name} with DISTINCT"));
        }
        if aggregate.filter.is_some() {
            self.note(format!("{name} with FILTER"));
        }
    }

    fn sort_key(&mut self, root: &Relation, key: &SortKey) {
        let column = &root.columns[key.column];
        if let Some(kind) = Kind::of(column.ty) {
            self.note(format!("ORDER BY {}", kind.name()));
        }
        if column.nullable {
            self.note(format!("ORDER BY {}", order_name(key.descending, key.nulls_first)));
        }
    }
}

fn order_name(descending: bool, nulls_first: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    format!("{direction} NULLS {}", if nulls_first { "FIRST" } else { "LAST" })
}

fn aggregate_name(function: AggregateFunction) -> &'static str {
    match function {
        AggregateFunction::Count => "COUNT",
        AggregateFunction::Sum => "SUM",
        AggregateFunction::Avg => "AVG",
        AggregateFunction::Min => "MIN",
        AggregateFunction::Max => "MAX",
        AggregateFunction::Determined => "a carried column",
    }
}

/// Everything that the algebra has. What [`Seen`] tells apart is listed here; a new operator makes its matches incomplete.
fn features() -> BTreeSet<String> {
    let mut all: BTreeSet<String> = [
        "a table",
        "a product",
        "a join",
        "a semi-join",
        "an anti-join",
        "a filter",
        "a total",
        "groups",
        "a projection",
        "LIMIT",
        "OFFSET",
        "LIMIT and OFFSET",
        "a column",
        "a constant",
        "IS DISTINCT FROM",
        "IS NOT DISTINCT FROM",
        "AND",
        "OR",
        "NOT",
        "IS NULL",
        "IS NOT NULL",
        "IN of a list",
        "NOT IN of a list",
        "CASE with ELSE",
        "CASE without ELSE",
        "COALESCE",
        "the clock",
        "COUNT of rows",
    ]
    .map(str::to_owned)
    .into();
    for op in [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge] {
        all.insert(format!("the operator {}", op.symbol()));
    }
    for (descending, nulls_first) in [(false, false), (false, true), (true, false), (true, true)] {
        all.insert(format!("ORDER BY {}", order_name(descending, nulls_first)));
    }
    use AggregateFunction as F;
    for function in [F::Count, F::Sum, F::Avg, F::Min, F::Max] {
        let name = aggregate_name(function);
        all.insert(format!("{name} with FILTER"));
        // The extremes are the same with it.
        if !matches!(function, F::Min | F::Max) {
            all.insert(format!("{name} with DISTINCT"));
        }
        // What is converted first is of another kind by then.
        let kept = KINDS
            .iter()
            .filter(|ty| aggregate(function, Some(**ty)).is_some_and(|(arg, _)| arg == Some(**ty)));
        all.extend(kept.filter_map(|ty| Kind::of(*ty)).map(|kind| format!("{name} of {}", kind.name())));
    }
    for kind in KINDS.iter().filter(|ty| comparable(**ty)).filter_map(|ty| Kind::of(*ty)) {
        let name = kind.name();
        all.extend(
            ["a column of", "GROUP BY", "ORDER BY", "equality of", "order of"]
                .map(|what| format!("{what} {name}")),
        );
    }
    all
}

/// What leaves no trace in the algebra, as it is written.
const WORDS: &[&str] = &[
    "SELECT *",
    ".*",
    "SELECT DISTINCT",
    "SELECT ALL",
    "JOIN",
    "INNER JOIN",
    "CROSS JOIN",
    "NATURAL JOIN",
    "USING (",
    "ON",
    "WHERE",
    "GROUP BY",
    "GROUP BY 1",
    "HAVING",
    "ORDER BY",
    "ORDER BY 1",
    "ASC",
    "DESC",
    "NULLS FIRST",
    "NULLS LAST",
    "LIMIT",
    "OFFSET",
    "FETCH FIRST",
    "FILTER (WHERE",
    "EXISTS (SELECT",
    "NOT EXISTS (SELECT",
    "IN (SELECT",
    "NOT IN (SELECT",
    "CASE WHEN",
    "NULLIF(",
    "GREATEST(",
    "LEAST(",
    " BETWEEN ",
    "NOT BETWEEN",
    " LIKE ",
    "NOT LIKE",
    " ILIKE ",
    "NOT ILIKE",
    " ESCAPE ",
    " ~~ ",
    " !~~ ",
    " ~~* ",
    " !~~* ",
    "IS TRUE",
    "IS NOT TRUE",
    "IS FALSE",
    "IS NOT FALSE",
    "IS UNKNOWN",
    "IS NOT UNKNOWN",
    "CAST(",
    "::",
    "EXTRACT(",
    "POSITION(",
    "SUBSTRING(",
    " FROM 2 FOR ",
    "TRIM(LEADING ",
    "TRIM(TRAILING ",
    "TRIM(BOTH ",
    "CEIL(",
    "FLOOR(",
    "AT TIME ZONE",
    "TIMEZONE(",
    "COLLATE",
    "NOW()",
    "CURRENT_TIMESTAMP",
    "TRANSACTION_TIMESTAMP()",
    "LOCALTIMESTAMP",
    "CURRENT_DATE",
    "INTERVAL '",
    "DATE '",
    "TIME '",
    "TIMESTAMP '",
    "TIMESTAMPTZ '",
    "CONCAT(",
    "CONCAT_WS(",
    "= ANY (ARRAY[",
    "<> ALL (ARRAY[",
    "= SOME (ARRAY[",
    "LIKE ANY (ARRAY[",
    "NOT LIKE ANY (ARRAY[",
    "ILIKE ANY (ARRAY[",
    "= ANY (SELECT",
    "<> ALL (SELECT",
    "[]::INTEGER[]",
    ") = (",
    ") < (",
    "ROW(",
    ") IN ((",
    ") NOT IN ((",
    "BOOL_AND(",
    "BOOL_OR(",
    "EVERY(",
];

fn describe(function: &Function) -> String {
    let params: Vec<String> = function.params.iter().map(|param| format!("{param:?}")).collect();
    format!("{}({}), which is {}", function.name, params.join(", "), function.rust)
}

#[test]
fn everything_is_recorded() {
    let seen = Seen::corpus();
    let casts = [CASTS, FROM_DECIMAL].into_iter().flatten().map(|entry| &entry.function);
    let decimal_casts = [EXTEND_DECIMAL, EXTEND_INTEGER, TO_DECIMAL, TO_WIDE_DECIMAL];
    let decimal_casts = decimal_casts.into_iter().flatten().map(|entry| &entry.function);
    let mut missing: Vec<String> = table::all()
        .chain(casts)
        .chain(decimal_casts)
        .filter(|function| !seen.functions.iter().any(|seen| std::ptr::eq(*seen, *function)))
        .map(describe)
        .collect();
    missing.extend(features().difference(&seen.features).cloned());
    missing
        .extend(WORDS.iter().filter(|words| !seen.text.contains(*words)).map(|words| format!("`{words}`")));
    let count = missing.len();
    assert!(
        missing.is_empty(),
        "{count} things are accepted and not recorded; add calls to recorded.txt or queries to tests/sql/recorded:\n{}",
        missing.join("\n")
    );
}
