//! SQL that is valid but not maintained: what it is called, and what to write instead.

use sqlparser::ast::{
    self, Distinct, Expr, FunctionArg, FunctionArguments, GroupByExpr, JoinOperator, SetExpr, TableFactor,
};

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::Spans;
use crate::source::Span;

fn unsupported(span: Span, what: &str, help: &str) -> Diagnostic {
    let verb = if what.ends_with('s') && !what.ends_with("ss") { "are" } else { "is" };
    Diagnostic::error(Code::Unsupported, span, format!("{what} {verb} not supported")).help(help)
}

fn foreign(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::Unsupported, span, format!("PostgreSQL has no {what}"))
        .help("write PostgreSQL's SQL")
}

/// What a query has around its body.
pub(super) fn query(query: &ast::Query, spans: &Spans) -> Option<Diagnostic> {
    let whole = || spans.of(query);
    if let Some(with) = &query.with {
        let help = "put the tables and conditions of the inner query into FROM and WHERE of the outer one";
        return Some(unsupported(spans.of(with), "WITH", help));
    }
    if !query.locks.is_empty() {
        let at = spans.find(whole(), &["FOR"]).unwrap_or_else(whole);
        return Some(unsupported(at, "FOR UPDATE", "remove it: a maintained query locks nothing"));
    }
    let extras = query.for_clause.is_some()
        || query.settings.is_some()
        || query.format_clause.is_some()
        || !query.pipe_operators.is_empty();
    extras.then(|| foreign(whole(), "such clause at the end of a query"))
}

/// Bodies other than SELECT.
pub(super) fn body(body: &SetExpr, span: Span) -> Diagnostic {
    match body {
        SetExpr::SetOperation { op, .. } => {
            let help = "write one query for each side, or a condition with OR where both read the same table";
            unsupported(span, &op.to_string(), help)
        }
        SetExpr::Values(_) => unsupported(span, "VALUES", "store the rows in a table and select from it"),
        SetExpr::Table(_) => unsupported(span, "TABLE", "write `SELECT * FROM …`"),
        SetExpr::Query(_) => unsupported(span, "ORDER BY outside of parentheses", "remove the parentheses"),
        _ => unsupported(span, "a statement that writes", "only SELECT can be maintained"),
    }
}

/// DISTINCT over groups whose keys are not all in the select list; `select` is the whole of it.
pub(super) fn distinct_groups(spans: &Spans, select: Span) -> Diagnostic {
    let at = spans.find(select, &["DISTINCT"]).unwrap_or(select);
    let help = "select everything that is grouped by as well, and leave DISTINCT out: groups are distinct";
    unsupported(at, "DISTINCT over GROUP BY", help)
}

/// Clauses of SELECT.
pub(super) fn select(select: &ast::Select, spans: &Spans) -> Option<Diagnostic> {
    let whole = spans.of(select);
    let find = |words: &[&str]| spans.find(whole, words).unwrap_or(whole);
    if let Some(Distinct::On(_)) = select.distinct {
        let help = "group by those columns and take MIN or MAX of the others";
        return Some(unsupported(find(&["DISTINCT", "ON"]), "DISTINCT ON", help));
    }
    if select.into.is_some() {
        return Some(unsupported(find(&["INTO"]), "SELECT INTO", "remove INTO: the result is kept for you"));
    }
    if !select.named_window.is_empty() {
        return Some(window(find(&["WINDOW"])));
    }
    if let Some(diagnostic) = grouping(&select.group_by, spans, whole) {
        return Some(diagnostic);
    }
    if select.projection.is_empty() {
        return Some(unsupported(whole, "an empty select list", "select at least one column"));
    }
    if is_foreign(select) {
        return Some(foreign(whole, "such clause of SELECT"));
    }
    select.from.is_empty().then(|| {
        unsupported(whole, "a query without FROM", "its result never changes: compute it where it is used")
    })
}

/// Clauses of other dialects.
fn is_foreign(select: &ast::Select) -> bool {
    select.top.is_some()
        || select.exclude.is_some()
        || !select.lateral_views.is_empty()
        || select.prewhere.is_some()
        || !select.connect_by.is_empty()
        || !select.cluster_by.is_empty()
        || !select.distribute_by.is_empty()
        || !select.sort_by.is_empty()
        || select.qualify.is_some()
        || select.value_table_mode.is_some()
        || select.select_modifiers.is_some()
        || select.flavor != ast::SelectFlavor::Standard
}

fn grouping(group_by: &GroupByExpr, spans: &Spans, whole: Span) -> Option<Diagnostic> {
    let at = spans.find(whole, &["GROUP", "BY"]).unwrap_or(whole);
    match group_by {
        GroupByExpr::All(_) => Some(foreign(at, "GROUP BY ALL")),
        GroupByExpr::Expressions(_, modifiers) if !modifiers.is_empty() => Some(grouping_sets(at)),
        GroupByExpr::Expressions(exprs, _) => exprs.iter().find_map(|e| match e {
            Expr::Tuple(parts) if parts.is_empty() => Some(grouping_sets(spans.of(e))),
            _ => None,
        }),
    }
}

fn grouping_sets(span: Span) -> Diagnostic {
    unsupported(span, "a grouping set", "write one query for each way of grouping")
}

fn window(span: Span) -> Diagnostic {
    let help = "for the first rows of an order write ORDER BY … LIMIT; for totals write GROUP BY in a query of its own";
    unsupported(span, "a window function", help)
}

/// Joins other than inner ones.
pub(super) fn join(operator: &JoinOperator, span: Span) -> Diagnostic {
    use JoinOperator::*;
    match operator {
        Left(_) | LeftOuter(_) | Right(_) | RightOuter(_) | FullOuter(_) => {
            let help =
                "write JOIN if every row has a partner; otherwise one query for each of the two tables";
            unsupported(span, "an outer join", help)
        }
        _ => foreign(span, "such join"),
    }
}

/// What may stand in FROM besides tables.
pub(super) fn table_factor(factor: &TableFactor, span: Span) -> Diagnostic {
    match factor {
        TableFactor::Derived { lateral: true, .. } | TableFactor::Function { lateral: true, .. } => {
            unsupported(span, "LATERAL", "join the table and state the condition in ON")
        }
        TableFactor::Derived { .. } => unsupported(
            span,
            "a subquery in FROM",
            "join its tables directly and move its conditions to WHERE",
        ),
        TableFactor::NestedJoin { .. } => {
            unsupported(span, "an alias for a join", "give aliases to the tables inside of it")
        }
        TableFactor::Table { sample: Some(_), .. } => {
            unsupported(span, "TABLESAMPLE", "choose rows by a condition on their columns")
        }
        TableFactor::Table { args: Some(_), .. }
        | TableFactor::Table { with_ordinality: true, .. }
        | TableFactor::TableFunction { .. }
        | TableFactor::Function { .. }
        | TableFactor::UNNEST { .. } => {
            unsupported(span, "a function in FROM", "store the rows it would return in a table and join that")
        }
        _ => foreign(span, "such item in FROM"),
    }
}

/// Expressions.
pub(super) fn expr(expr: &Expr, span: Span) -> Diagnostic {
    match expr {
        Expr::Subquery(_) => subquery(span),
        Expr::Exists { .. } | Expr::In { target: ast::InTarget::Subquery(_), .. } => {
            let help = "let it stand in WHERE, alone or joined to other conditions by AND";
            unsupported(span, "a test of a subquery here", help)
        }
        Expr::AnyOp { .. } | Expr::AllOp { .. } => unsupported(
            span,
            "such ANY or ALL of a subquery",
            "write `x = ANY (SELECT …)` or `x <> ALL (SELECT …)` in WHERE, alone or joined to other conditions by AND",
        ),
        Expr::Like { any: true, .. } | Expr::ILike { any: true, .. } => {
            unsupported(span, "ESCAPE beside ANY", "write one LIKE for each pattern, joined by OR")
        }
        Expr::Array(_) => array(span),
        Expr::CompoundFieldAccess { .. } => {
            unsupported(span, "an array", "store its elements as rows of a table of their own")
        }
        Expr::Tuple(_) => unsupported(
            span,
            "a row value here",
            "compare it with a row, `(a, b) = (1, 2)`, or write the columns one by one",
        ),
        Expr::Collate { .. } => {
            unsupported(span, "COLLATE", "remove it: text is compared by its bytes, like COLLATE \"C\"")
        }
        Expr::SimilarTo { .. } => regular_expression(span),
        Expr::Overlay { .. } => unsupported(
            span,
            "OVERLAY",
            "put the parts together: `LEFT(x, n) || part || SUBSTRING(x FROM m)`",
        ),
        Expr::GroupingSets(_) | Expr::Cube(_) | Expr::Rollup(_) => grouping_sets(span),
        Expr::IsJson { .. } => {
            unsupported(span, "IS JSON", "declare the column as JSONB: it is checked when written")
        }
        Expr::IsNormalized { .. } => {
            unsupported(span, "IS NORMALIZED", "normalise text before it is written")
        }
        Expr::Wildcard(_) | Expr::QualifiedWildcard(..) => {
            unsupported(span, "`*` as an expression", "name a column")
        }
        _ => foreign(span, "such expression"),
    }
}

/// Arrays that are not written out beside ANY or ALL.
pub(super) fn array(span: Span) -> Diagnostic {
    let help = "write `x = ANY (ARRAY[…])`, or store the elements as rows of a table of their own";
    unsupported(span, "such an array", help)
}

/// Queries inside of queries.
pub(super) fn subquery(span: Span) -> Diagnostic {
    unsupported(span, "a subquery", "join the table in FROM and state the condition in ON or WHERE")
}

/// GROUP BY, HAVING and aggregates inside of EXISTS and IN.
pub(super) fn grouped_subquery(span: Span) -> Diagnostic {
    unsupported(
        span,
        "aggregation in a subquery",
        "maintain the groups as a query of their own, or state the conditions in WHERE",
    )
}

/// LIMIT and OFFSET inside of EXISTS and IN.
pub(super) fn limited_subquery(span: Span) -> Diagnostic {
    unsupported(span, "LIMIT in a subquery", "remove it, and say by a condition which rows are meant")
}

/// `x NOT IN (SELECT y …)` where NULL is possible: it is never true if any y is NULL.
pub(super) fn nullable_not_in(span: Span) -> Diagnostic {
    unsupported(
        span,
        "NOT IN over a subquery where NULL is possible",
        "write `NOT EXISTS (SELECT 1 FROM … WHERE y = x)`, or add `y IS NOT NULL` and `x IS NOT NULL`",
    )
    .note("a single NULL among the subquery's rows makes NOT IN true for no row at all")
}

/// `AT TIME ZONE` of other zones.
pub(super) fn time_zone(span: Span) -> Diagnostic {
    let help =
        "write 'UTC', or shift by an interval: `created_at + INTERVAL '2 hours'`; convert where it is shown";
    unsupported(span, "a time zone other than UTC", help)
}

/// Matches of regular expressions.
pub(super) fn regular_expression(span: Span) -> Diagnostic {
    unsupported(span, "matching a regular expression", "write LIKE, or several of them joined by OR")
}

/// Operators that stand before their operand.
pub(super) fn prefix_operator(symbol: &str, span: Span) -> Diagnostic {
    let help = match symbol {
        "!!" => "PostgreSQL has no such operator any more: store the factorial, or write the product",
        _ => "write a function instead",
    };
    unsupported(span, &format!("the operator {symbol} before its operand"), help)
}

/// `a OPERATOR(schema.op) b`
pub(super) fn operator_syntax(span: Span) -> Diagnostic {
    unsupported(span, "OPERATOR(…)", "write the operator alone")
}

/// `$1`
pub(super) fn parameter(span: Span) -> Diagnostic {
    unsupported(span, "a parameter", "write the constant, one query for each, or group by the column instead")
}

/// Bit strings, and the literals of other dialects.
pub(super) fn literal(span: Span) -> Diagnostic {
    unsupported(span, "such a constant", "write a string in single quotes and cast it: `'…'::bytea`")
}

/// Arguments that are no expressions.
pub(super) fn argument(arg: &FunctionArg, span: Span) -> Diagnostic {
    match arg {
        FunctionArg::Unnamed(ast::FunctionArgExpr::QualifiedWildcard(..)) => {
            unsupported(span, "a whole row as an argument", "write `COUNT(*)` for rows, or name one column")
        }
        FunctionArg::Unnamed(_) => {
            unsupported(span, "`*` as an argument", "only `COUNT(*)` has it; name a column")
        }
        _ => unsupported(span, "a named argument", "give the arguments by position"),
    }
}

/// `* EXCEPT (…)` and the like.
pub(super) fn select_item(span: Span) -> Diagnostic {
    foreign(span, "such item in the select list").help("list the columns")
}

/// Whether `*` stands alone.
pub(super) fn plain_wildcard(options: &ast::WildcardAdditionalOptions) -> bool {
    options.opt_ilike.is_none()
        && options.opt_exclude.is_none()
        && options.opt_except.is_none()
        && options.opt_replace.is_none()
        && options.opt_rename.is_none()
        && options.opt_alias.is_none()
}

/// Calls: window functions, aggregates that are not maintained, and clauses inside of the parentheses.
pub(super) fn call(call: &ast::Function, name: &str, span: Span) -> Option<Diagnostic> {
    if call.over.is_some() || is_window_function(name) {
        return Some(window(span));
    }
    if let Some(help) = aggregate(name) {
        return Some(unsupported(span, &format!("the aggregate {name}"), help));
    }
    if !call.within_group.is_empty() {
        return Some(unsupported(span, "WITHIN GROUP", "use COUNT, SUM, AVG, MIN or MAX"));
    }
    if name == "grouping" {
        return Some(grouping_sets(span));
    }
    let inner = match &call.args {
        FunctionArguments::List(list) => !list.clauses.is_empty(),
        _ => false,
    };
    if inner || call.null_treatment.is_some() || !matches!(call.parameters, FunctionArguments::None) {
        return Some(unsupported(span, "a clause inside of a call", "give arguments only"));
    }
    None
}

fn is_window_function(name: &str) -> bool {
    const WINDOW: &[&str] = &[
        "row_number",
        "rank",
        "dense_rank",
        "percent_rank",
        "cume_dist",
        "ntile",
        "lag",
        "lead",
        "first_value",
        "last_value",
        "nth_value",
    ];
    WINDOW.contains(&name)
}

/// Aggregates of PostgreSQL that are not maintained, with what to write instead.
fn aggregate(name: &str) -> Option<&'static str> {
    Some(match name {
        "array_agg" | "json_agg" | "jsonb_agg" | "json_object_agg" | "jsonb_object_agg" | "string_agg"
        | "xmlagg" => "select the rows themselves, ordered, and put them together where they are shown",
        "stddev" | "stddev_samp" | "stddev_pop" | "variance" | "var_samp" | "var_pop" => {
            "maintain COUNT(x), SUM(x) and SUM(x * x), of which it can be computed where it is shown"
        }
        "covar_pop" | "covar_samp" | "corr" | "regr_avgx" | "regr_avgy" | "regr_count" | "regr_intercept"
        | "regr_r2" | "regr_slope" | "regr_sxx" | "regr_sxy" | "regr_syy" => {
            "maintain COUNT(*) and the sums of x, y, x * x, y * y and x * y, of which it can be computed"
        }
        "percentile_cont" | "percentile_disc" | "mode" => {
            "count the rows of ranges of values: GROUP BY a rounded value"
        }
        "bit_and" | "bit_or" | "bit_xor" | "any_value" | "range_agg" | "range_intersect_agg" => {
            "use COUNT, SUM, AVG, MIN or MAX"
        }
        _ => return None,
    })
}

/// A CHAR whose length depends on the value, as PostgreSQL makes of a VARCHAR.
pub(super) fn char_without_length(what: &str, span: Span) -> Diagnostic {
    unsupported(span, &format!("{what} of a varchar and a char"), "convert the char with `::text`")
}
