//! The text form of a circuit.

use std::fmt;

use cosmictron_types::Interval;

use crate::algebra::{Expr, ExprText, Field, sort_keys};

use super::{Circuit, Condition, Group, Output, PublishedSource, ResultKey, Role, Stage, State, Window};

impl fmt::Display for Circuit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for group in &self.groups {
            write_group(f, group)?;
        }
        for output in &self.outputs {
            write_output(f, self, output)?;
        }
        Ok(())
    }
}

fn text(expr: &Expr, fields: &[Field]) -> String {
    ExprText(expr, fields).to_string()
}

fn write_group(f: &mut fmt::Formatter<'_>, group: &Group) -> fmt::Result {
    writeln!(f, "group {}", group.name)?;
    for input in &group.inputs {
        let how = match input.role {
            Role::Joined => "from",
            Role::Exists => "where exists",
            Role::Absent => "where not exists",
        };
        writeln!(f, "  {how} {} (columns {}..{})", input.alias, input.first, input.first + input.width)?;
    }
    for e in &group.equalities {
        writeln!(f, "  join {} = {}", text(&e.left, &group.fields), text(&e.right, &group.fields))?;
    }
    for predicate in &group.predicates {
        writeln!(f, "  where {}", text(&predicate.expr, &group.fields))?;
    }
    for (at, window) in group.windows.iter().enumerate() {
        let kind = if window.filters { "where" } else { "window" };
        writeln!(f, "  {kind} [{at}] {}", window_text(window, &text(&window.row, &group.fields)))?;
    }
    let keys: Vec<String> = group.keys.iter().map(|k| text(k, &group.fields)).collect();
    writeln!(f, "  by [{}]{}", keys.join(", "), if group.single { " single" } else { "" })?;
    for (at, state) in group.states.iter().enumerate() {
        writeln!(f, "  state [{at}] {}", state_text(state, &group.fields))?;
    }
    Ok(())
}

/// A window as a comparison with the clock; `row` is the text of its row expression.
pub(crate) fn window_text(window: &Window, row: &str) -> String {
    let clock = window.stages.iter().fold("now()".to_owned(), |inner, stage| match stage {
        Stage::Add { months, days, micros } => {
            let (sign, by) = signed(*months, *days, *micros);
            format!("{inner} {sign} interval '{by}'")
        }
        Stage::Truncate(unit) => format!("date_trunc('{unit}', {inner})"),
        Stage::ToDate => format!("({inner})::date"),
        Stage::AddDays(days) if *days < 0 => format!("{inner} - {}", days.unsigned_abs()),
        Stage::AddDays(days) => format!("{inner} + {days}"),
        Stage::ToTimestamp => format!("({inner})::timestamp"),
    });
    let op = match (window.enters, window.successor) {
        (false, false) => ">",
        (false, true) => ">=",
        (true, true) => "<",
        (true, false) => "<=",
    };
    format!("{row} {op} {clock}")
}

/// The shift as one would write it: with a minus where that makes all its parts positive.
fn signed(months: i32, days: i32, micros: i64) -> (char, Interval) {
    let negated = (months.checked_neg(), days.checked_neg(), micros.checked_neg());
    match negated {
        (Some(m), Some(d), Some(u)) if m >= 0 && d >= 0 && u >= 0 => ('-', Interval::new(m, d, u)),
        _ => ('+', Interval::new(months, days, micros)),
    }
}

fn state_text(state: &State, fields: &[Field]) -> String {
    let kind = match state {
        State::Count { .. } => "count",
        State::Sum { .. } => "sum",
        State::FloatSum { .. } => "float sum",
        State::Extremes { .. } => "extremes",
        State::Distinct { sum: false, .. } => "distinct",
        State::Distinct { sum: true, .. } => "distinct with sum",
        State::Determined { .. } => "determined",
    };
    let value = state.value().map_or("*".to_owned(), |v| text(v, fields));
    let condition = state.condition().map(|c| condition_text(c, fields)).unwrap_or_default();
    format!("{kind}({value}){condition}")
}

fn condition_text(condition: &Condition, fields: &[Field]) -> String {
    let predicate = condition.predicate.iter().map(|p| text(p, fields));
    let windows = condition.windows.iter().map(|w| format!("[{w}]"));
    let parts: Vec<String> = predicate.chain(windows).collect();
    if parts.is_empty() { String::new() } else { format!(" filter {}", parts.join(" and ")) }
}

fn write_output(f: &mut fmt::Formatter<'_>, circuit: &Circuit, output: &Output) -> fmt::Result {
    writeln!(f, "query {} over group {}", output.name, circuit.group(output.group).name)?;
    let published: Vec<Field> = output.published.iter().map(|p| p.field.clone()).collect();
    for (at, column) in output.published.iter().enumerate() {
        let Field { name, ty, nullable } = &column.field;
        let null = if *nullable { "?" } else { "" };
        writeln!(f, "  read {name}#{at}: {ty}{null} = {}", source_text(&column.source))?;
    }
    for having in &output.having {
        writeln!(f, "  having {}", text(having, &published))?;
    }
    for (at, (expr, field)) in output.columns.iter().zip(&output.fields).enumerate() {
        let kind = if at < output.visible { "select" } else { "hidden" };
        let null = if field.nullable { "?" } else { "" };
        writeln!(f, "  {kind} {}: {}{null} = {}", field.name, field.ty, text(expr, &published))?;
    }
    if !output.order.is_empty() {
        writeln!(f, "  order by {}", sort_keys(&output.order, &output.fields))?;
    }
    if let Some(limit) = output.limit {
        let count = limit.limit.map_or("all".to_owned(), |l| l.to_string());
        writeln!(f, "  limit {count} offset {}", limit.offset)?;
    }
    match &output.key {
        ResultKey::SingleRow => writeln!(f, "  key: single row"),
        ResultKey::Keys(names) => writeln!(f, "  key: {}", names.join(", ")),
        ResultKey::Bag => writeln!(f, "  key: none, a bag"),
    }
}

fn source_text(source: &PublishedSource) -> String {
    match source {
        PublishedSource::Key(i) => format!("key {i}"),
        PublishedSource::Rows => "rows".to_owned(),
        PublishedSource::Count(s) => format!("count [{s}]"),
        PublishedSource::DistinctCount(s) => format!("distinct count [{s}]"),
        PublishedSource::Sum { state, .. } => format!("sum [{state}]"),
        PublishedSource::Avg { state, .. } => format!("avg [{state}]"),
        PublishedSource::Min(s) => format!("min [{s}]"),
        PublishedSource::Max(s) => format!("max [{s}]"),
        PublishedSource::Determined(s) => format!("determined [{s}]"),
    }
}
