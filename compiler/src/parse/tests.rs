//! Spans, names and limits.

use sqlparser::ast::{SelectItem, SetExpr};

use super::{ParsedQuery, limits, parse_queries, parse_schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceMap;
use crate::stack;

fn queries(text: &str) -> (SourceMap, Vec<ParsedQuery>, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    let id = sources.add("queries.sql", text);
    let mut diagnostics = Vec::new();
    let queries = parse_queries(&sources, id, &mut diagnostics);
    (sources, queries, diagnostics)
}

fn codes(text: &str) -> Vec<&'static str> {
    queries(text).2.iter().map(|d| d.code.as_str()).collect()
}

/// Every selected expression is found as a whole, whatever stands around it.
#[test]
fn spans_cover_whole_expressions() {
    let expressions = [
        "a",
        "t.a",
        "\"A b\"",
        "1",
        "-1",
        "- a",
        "'é'",
        "NULL",
        "true",
        "$1",
        "NOT a",
        "NOT (a)",
        "(a)",
        "((a + 1))",
        "a + b * (c)",
        "(a) + (b)",
        "a AND NOT b",
        "f()",
        "count(*)",
        "COUNT(DISTINCT a)",
        "s.f(a, (b))",
        "sum(a) FILTER (WHERE b > 1)",
        "row_number() OVER (PARTITION BY a ORDER BY b)",
        "sum(a) OVER w",
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY a)",
        "current_date",
        "now() - INTERVAL '24 hours'",
        "INTERVAL '1' DAY",
        "INTERVAL '1' YEAR TO MONTH",
        "DATE '2024-01-01'",
        "TIMESTAMP '2024-01-01'",
        "TIMESTAMP WITH TIME ZONE '2024-01-01'",
        "a::int",
        "a::numeric(10, 2)",
        "(a + b)::double precision",
        "a::timestamp with time zone",
        "a::int[]",
        "a::text::int",
        "CAST(a AS varchar(10))",
        "a IS NULL",
        "a IS NOT NULL",
        "a IS NOT TRUE",
        "a IS DISTINCT FROM b",
        "a IN (1, 2)",
        "a NOT IN (1)",
        "a IN (SELECT b FROM u)",
        "a BETWEEN 1 AND (2)",
        "a NOT BETWEEN 1 AND b",
        "a LIKE 'x%'",
        "a NOT ILIKE 'x' ESCAPE '!'",
        "CASE WHEN a THEN b ELSE c END",
        "CASE a WHEN 1 THEN (2) END",
        "EXTRACT(year FROM a)",
        "SUBSTRING(a FROM 1 FOR 2)",
        "TRIM(BOTH 'x' FROM a)",
        "POSITION('x' IN a)",
        "CEIL(a)",
        "FLOOR(a + 1)",
        "EXISTS (SELECT 1)",
        "NOT EXISTS (SELECT a FROM u WHERE (b))",
        "(SELECT max(a) FROM u)",
        "a = ANY (SELECT b FROM u)",
        "a = ANY(ARRAY[1, 2])",
        "a AT TIME ZONE 'UTC'",
        "a -> 'b' ->> 'c'",
        "COALESCE(a, (b))",
        "ROW(1, a)",
        "(1, a)",
        "a || 'x'",
        "ARRAY[1, 2]",
        "a COLLATE \"C\"",
        "date_trunc('hour', (a))",
        "- (a + b)",
        "+ f(a)",
        "OVERLAY(a PLACING 'x' FROM 2)",
        "(a OR b) IS NOT NULL",
        "nullif(a, 0)",
    ];
    for expression in expressions {
        for text in [
            format!("SELECT 1, {expression}, 2 FROM t"),
            format!("SELECT ä, {expression} x FROM t"),
            format!("SELECT {expression}"),
        ] {
            let (sources, queries, diagnostics) = queries(&text);
            assert_eq!(diagnostics, [], "{text}");
            let SetExpr::Select(select) = &*queries[0].statement.body else { panic!("{text}") };
            let item = &select.projection[if select.projection.len() == 1 { 0 } else { 1 }];
            let (SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) = item else {
                panic!("{text}")
            };
            assert_eq!(sources.text(queries[0].spans.of(expr)), expression, "in {text}");
        }
    }
}

#[test]
fn spans_cover_clauses() {
    let text = "WITH a(x) AS (SELECT 1) SELECT x FROM a b CROSS JOIN (SELECT 2) AS c(y) LEFT JOIN d USING (x) \
                WHERE x > 1 GROUP BY x, (y) UNION ALL SELECT 3 ORDER BY x DESC NULLS LAST, y LIMIT 3";
    let (sources, queries, diagnostics) = queries(text);
    assert_eq!(diagnostics, []);
    let query = &queries[0].statement;
    let words = |span| sources.text(span);
    let spans = &queries[0].spans;
    assert_eq!(words(spans.of(query)), text);
    assert_eq!(words(spans.of(&query.with.as_ref().unwrap().cte_tables)), "a(x) AS (SELECT 1)");
    assert_eq!(words(spans.of(query.order_by.as_ref().unwrap())), "x DESC NULLS LAST, y");
    let SetExpr::SetOperation { left, right, .. } = &*query.body else { panic!() };
    assert_eq!(words(spans.of(right)), "SELECT 3");
    let SetExpr::Select(select) = &**left else { panic!() };
    assert!(words(spans.of(select)).ends_with("GROUP BY x, (y)"));
    assert_eq!(words(spans.of(&select.group_by)), "x, (y)");
    assert_eq!(words(spans.of(&select.from[0].relation)), "a b");
    assert_eq!(words(spans.of(&select.from[0].joins[0])), "CROSS JOIN (SELECT 2) AS c(y)");
    assert_eq!(words(spans.of(&select.from[0].joins[1])), "LEFT JOIN d USING (x)");
}

#[test]
fn queries_are_named_by_the_lines_above() {
    let text = "-- A dashboard.\n-- name: first\n-- params: none\nSELECT 1;\n\nSELECT 2; -- name: ignored\n\
                \n-- name: third  \n-- about it\nSELECT 'a;b' -- name: inner\n;;";
    let (_, queries, diagnostics) = queries(text);
    assert_eq!(diagnostics, []);
    let named: Vec<_> = queries.iter().map(|q| (q.name.as_str(), q.sql.as_str())).collect();
    assert_eq!(named, [("first", "SELECT 1"), ("query_2", "SELECT 2"), ("third", "SELECT 'a;b'")]);
}

#[test]
fn line_ends_and_byte_order_marks_do_not_count() {
    let (sources, queries, diagnostics) =
        queries("\u{feff}-- name: first\r\nSELECT 'a\r\nb',\r\n  c\r\n;\r\n-- name: second\r\nSELECT 2");
    assert_eq!(diagnostics, []);
    assert_eq!((queries[0].name.as_str(), queries[1].name.as_str()), ("first", "second"));
    assert_eq!(sources.text(queries[0].name_span), "first");
    assert_eq!(queries[0].sql, "SELECT 'a\r\nb',\r\n  c");
}

#[test]
fn one_error_hides_no_other() {
    let text =
        "SELECT FROM WHERE; SELECT 1; INSERT INTO t VALUES (1); SELECT (1; -- name: A-b\nSELECT 2; SELECT 'x";
    assert_eq!(codes(text), ["syntax_error", "unexpected_statement", "syntax_error", "syntax_error"]);
}

#[test]
fn deep_and_long_input_is_refused() {
    let many = |part: &str, n: usize| part.repeat(n);
    let too_large = [
        format!("SELECT 1{}", many(" + 1", 100_000 / 3)),
        format!("SELECT 1{}", many(" UNION ALL SELECT 1", 5_000)),
        format!("SELECT a WHERE a{}", many(" AND a", 5_000)),
        format!("SELECT {}1{}", many("(", 5_000), many(")", 5_000)),
        format!("SELECT {}1{}", many("f(", 200), many(")", 200)),
        format!("SELECT {}1", many("- ", 5_000)),
        format!("SELECT {}1", many("NOT ", 900)),
        format!("SELECT a{}", many("::int", 5_000)),
        format!("SELECT a{}", many(" IS NULL", 5_000)),
        format!("SELECT {}1{}", many("CASE WHEN a THEN ", 100), many(" END", 100)),
        format!("SELECT {}1{}", many("(SELECT ", 100), many(")", 100)),
        format!("SELECT * FROM {}t{}", many("(", 1_000), many(")", 1_000)),
        format!("SELECT * FROM t{}", many(" JOIN t", 5_000)),
        format!("SELECT {}1", many("1, ", 60_000)),
        format!("SELECT '{}'", many("x", limits::MAX_BYTES)),
        format!("SELECT {}1{}", many("(1 + ", 60), many(&format!("{})", many(" + 1", 300)), 60)),
    ];
    for text in too_large {
        assert_eq!(codes(&text), ["too_large"], "{}…", &text[..40]);
    }
}

/// What is accepted is cloned, printed and searched on a deep stack, and dropped on an ordinary one.
#[test]
fn the_largest_accepted_trees_fit_the_stack() {
    let accepted = [
        format!("SELECT 1{}", " + 1".repeat(limits::MAX_DEPTH)),
        format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(limits::MAX_DEPTH)),
        format!("SELECT a{}", "::int".repeat(limits::MAX_DEPTH)),
        format!("SELECT {}1{}", "(".repeat(limits::MAX_NESTING), ")".repeat(limits::MAX_NESTING)),
        format!("SELECT {}1", "- ".repeat(limits::MAX_NESTING)),
        format!("SELECT {}1", "1, ".repeat(20_000)),
    ];
    for text in accepted {
        let (_, queries, diagnostics) = queries(&text);
        assert_eq!(diagnostics, []);
        stack::deep(|| {
            let copy = queries[0].statement.clone();
            assert!(copy.to_string().len() > 100);
            queries[0].spans.of(&copy);
        });
    }
}

#[test]
fn any_prefix_and_any_cut_of_a_query_is_handled() {
    let text = "-- name: q\nWITH x AS (SELECT a::numeric(3,1), $1 FROM \"T\" t JOIN u USING (id)) SELECT CASE WHEN a THEN 'é' END, \
                sum(b) FILTER (WHERE c IN (1, -2)) OVER (ORDER BY d) FROM x WHERE e BETWEEN INTERVAL '1' DAY AND now() /* c */;";
    for (at, _) in text.char_indices() {
        queries(&text[..at]);
        queries(&text[at..]);
        queries(&format!("{}{}", &text[..at], text.get(at + 4..).unwrap_or("")));
        let mut sources = SourceMap::default();
        let id = sources.add("schema.sql", &text[at..]);
        parse_schema(&sources, id, &mut Vec::new());
    }
}

#[test]
fn no_query_is_an_error() {
    let (_, _, diagnostics) = queries("-- nothing here\n;");
    assert_eq!(diagnostics[0].code, Code::UnexpectedStatement);
}
