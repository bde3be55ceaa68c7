//! From algebra to circuit.

use crate::algebra::{Aggregate, Expr, ExprKind, Field, Query, Relation, RelationKind};
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::{self, Rules};
use crate::types::Type;

use super::key_names::key_names;
use super::spj::{Chain, flatten, substitute};
use super::{
    Circuit, Condition, Group, GroupId, Limit, Output, Published, PublishedSource, ResultKey, State,
};
use super::{aggregate, place, temporal};

/// Builds the circuit of one unit. A query that cannot be maintained is left out and reported.
pub fn lower(
    catalog: &Catalog,
    queries: &[Query],
    rules: &Rules,
    diagnostics: &mut Vec<Diagnostic>,
) -> Circuit {
    let mut circuit = Circuit::default();
    for query in queries {
        match lower_query(catalog, rules, query) {
            Ok((mut groups, mut output)) => {
                rules::improve(rules, catalog, &mut groups, &mut output.published);
                output.group = place::add(rules, &mut circuit.groups, groups, &mut output.published);
                circuit.outputs.push(output);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    circuit
}

/// The layers of a query above its aggregation, or above its block.
struct Layers<'a> {
    limit: Option<Limit>,
    /// Over the columns of what is below the filters.
    columns: Option<&'a [Expr]>,
    filters: Vec<&'a Expr>,
    below: &'a Relation,
}

fn peel(root: &Relation) -> Layers<'_> {
    let mut layers = Layers { limit: None, columns: None, filters: Vec::new(), below: root };
    if let RelationKind::Limit { input, limit, offset, .. } = &layers.below.kind {
        layers.limit = Some(Limit { limit: *limit, offset: *offset });
        layers.below = input;
    }
    let RelationKind::Project { input, columns } = &layers.below.kind else { return layers };
    let mut below = input;
    let mut filters = Vec::new();
    while let RelationKind::Filter { input, predicate } = &below.kind {
        filters.push(predicate);
        below = input;
    }
    if matches!(below.kind, RelationKind::Aggregate { .. }) {
        layers = Layers { columns: Some(columns), filters, below, ..layers };
    }
    layers
}

/// The groups of a query, those first that others look into, and its output, which reads the last.
fn lower_query(catalog: &Catalog, rules: &Rules, query: &Query) -> Result<(Vec<Group>, Output), Diagnostic> {
    let layers = peel(&query.root);
    let root_fields = &query.root.columns;
    let (groups, published, columns, key) = match &layers.below.kind {
        RelationKind::Aggregate { input, keys, aggregates } => {
            let (below, group, published) =
                lower_aggregate(catalog, rules, query, (input, keys, aggregates))?;
            let columns = match layers.columns {
                Some(columns) => columns.to_vec(),
                None => (0..published.len()).map(|i| published_column(&published, i, query)).collect(),
            };
            let key = result_key(&group, &published, &columns, &root_fields[..query.visible]);
            (above(below, group), published, columns, key)
        }
        _ => lower_plain(catalog, rules, query, layers.below)?,
    };
    let having: Vec<Expr> = layers.filters.into_iter().flat_map(|f| f.clone().conjuncts()).collect();
    if let Some(expr) = having.iter().chain(&columns).find(|e| e.reads_clock()) {
        return Err(Diagnostic::error(
            Code::UnmaintainableNow,
            expr.span,
            "NOW() is maintained only in WHERE and FILTER",
        )
        .help("compare a column of a table with NOW() in WHERE or in the FILTER of an aggregate"));
    }
    let output = Output {
        name: query.name.clone(),
        sql: query.sql.clone(),
        group: GroupId(0),
        published,
        having,
        columns,
        fields: root_fields.clone(),
        visible: query.visible,
        order: query.order.clone(),
        limit: layers.limit,
        key,
        span: query.span,
    };
    Ok((groups, output))
}

/// The groups of a query, its own last.
fn above(mut below: Vec<Group>, group: Group) -> Vec<Group> {
    below.push(group);
    below
}

fn published_column(published: &[Published], i: usize, query: &Query) -> Expr {
    let Field { ty, nullable, .. } = published[i].field;
    Expr { kind: ExprKind::Column(i), ty, nullable, span: query.span }
}

fn lower_aggregate(
    catalog: &Catalog,
    rules: &Rules,
    query: &Query,
    (input, keys, aggregates): (&Relation, &[Expr], &[Aggregate]),
) -> Result<(Vec<Group>, Group, Vec<Published>), Diagnostic> {
    let (mut chain, columns) = flatten(input, &query.name)?;
    let keys: Vec<Expr> = keys.iter().map(|k| substitute(k.clone(), &columns)).collect();
    let mut lowered = Vec::new();
    let mut states = Vec::new();
    for call in aggregates {
        let mut call = call.clone();
        call.arg = call.arg.map(|a| substitute(a, &columns));
        let condition = match call.filter.take() {
            Some(filter) => lower_condition(substitute(filter, &columns), &mut chain)?,
            None => Condition::default(),
        };
        lowered.push((call, condition));
    }
    let kept = rules::needed_keys(rules, &chain.properties(catalog).rows, &keys);
    let mut published = Vec::new();
    let mut group_keys = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        let field = Field { name: key_name(key, &chain.fields), ty: key.ty, nullable: key.nullable };
        if kept.contains(&at) {
            group_keys.push(key.clone());
        }
        let source = if key.ty.looks_vary() {
            // What a group is called stays; its key looks as one of the rows does that are there.
            let value = State::Extremes { condition: Condition::default(), value: key.clone() };
            PublishedSource::Min(aggregate::share(&mut states, value))
        } else if kept.contains(&at) {
            PublishedSource::Key(group_keys.len() - 1)
        } else {
            states.push(State::Determined { value: key.clone() });
            PublishedSource::Determined(states.len() - 1)
        };
        published.push(Published { field, source });
    }
    published
        .extend(lowered.into_iter().map(|(call, condition)| aggregate::lower(&call, condition, &mut states)));
    let below = std::mem::take(&mut chain.below);
    let mut group = chain.into_group(&query.name, query.span);
    group.single = keys.is_empty();
    group.keys = group_keys;
    group.states = states;
    Ok((below, group, published))
}

/// Splits a FILTER into its part without the clock and its windows.
fn lower_condition(filter: Expr, chain: &mut Chain) -> Result<Condition, Diagnostic> {
    let mut condition = Condition::default();
    let mut plain = Vec::new();
    for conjunct in filter.conjuncts() {
        if !conjunct.reads_clock() {
            plain.push(conjunct);
            continue;
        }
        for window in temporal::windows(&conjunct, false, &|e| chain.single_input(e))? {
            let at = match chain.windows.iter().position(|w| *w == window) {
                Some(at) => at,
                None => {
                    chain.windows.push(window);
                    chain.windows.len() - 1
                }
            };
            condition.windows.push(at);
        }
    }
    condition.predicate = match plain.len() {
        0 | 1 => plain.pop(),
        _ => {
            let nullable = plain.iter().any(|p| p.nullable);
            let span = plain.iter().skip(1).fold(plain[0].span, |all, p| all.to(p.span));
            Some(Expr { ty: Type::Boolean, nullable, span, kind: ExprKind::And(plain) })
        }
    };
    Ok(condition)
}

fn key_name(key: &Expr, fields: &[Field]) -> String {
    match key.kind {
        ExprKind::Column(c) => fields[c].name.clone(),
        _ => "key".to_owned(),
    }
}

/// Names the keys after the result's columns where it shows them.
fn result_key(group: &Group, published: &[Published], columns: &[Expr], visible: &[Field]) -> ResultKey {
    if group.single {
        return ResultKey::SingleRow;
    }
    let shown = |key: usize| {
        let at = published.iter().position(|p| shows_key(group, p, key))?;
        columns.iter().position(|c| matches!(c.kind, ExprKind::Column(i) if i == at))
    };
    ResultKey::Keys(key_names(group, visible, shown))
}

/// Whether a published column is a key of its group, as it is or as it looks.
fn shows_key(group: &Group, published: &Published, key: usize) -> bool {
    match published.source {
        PublishedSource::Key(at) => at == key,
        PublishedSource::Min(at) | PublishedSource::Determined(at) => match &group.states[at] {
            State::Extremes { condition, value } => condition.is_empty() && *value == group.keys[key],
            State::Determined { value } => *value == group.keys[key],
            _ => false,
        },
        _ => false,
    }
}

/// A query without aggregation: grouped by its result key, with its columns carried along; a bag by whole rows.
fn lower_plain(
    catalog: &Catalog,
    rules: &Rules,
    query: &Query,
    block: &Relation,
) -> Result<(Vec<Group>, Vec<Published>, Vec<Expr>, ResultKey), Diagnostic> {
    let (mut chain, columns) = flatten(block, &query.name)?;
    let key = rules::key_of_rows(rules, &chain.properties(catalog), &chain.inputs);
    let mut keys: Vec<Expr> = Vec::new();
    let mut states = Vec::new();
    let mut published = Vec::new();
    let is_bag = key.is_none();
    for column in key.into_iter().flatten() {
        let Field { ty, nullable, .. } = chain.fields[column];
        keys.push(Expr { kind: ExprKind::Column(column), ty, nullable, span: query.span });
    }
    for (expr, field) in columns.iter().zip(&query.root.columns) {
        let source = match keys.iter().position(|k| k == expr) {
            Some(key) if is_bag || !expr.ty.looks_vary() => PublishedSource::Key(key),
            None if is_bag => {
                keys.push(expr.clone());
                PublishedSource::Key(keys.len() - 1)
            }
            _ => {
                let state = State::Determined { value: expr.clone() };
                let at = states.iter().position(|s| *s == state).unwrap_or_else(|| {
                    states.push(state);
                    states.len() - 1
                });
                PublishedSource::Determined(at)
            }
        };
        published.push(Published { field: field.clone(), source });
    }
    if is_bag {
        // Values that are equal but look different stay different rows.
        let shown = keys.iter().filter(|key| key.ty.looks_vary()).map(|key| {
            let kind = ExprKind::Cast(Box::new(key.clone()));
            Expr { kind, ty: Type::Text, ..key.clone() }
        });
        let shown: Vec<Expr> = shown.collect();
        keys.extend(shown);
    }
    let outer = (0..published.len()).map(|i| published_column(&published, i, query)).collect();
    let below = std::mem::take(&mut chain.below);
    let mut group = chain.into_group(&query.name, query.span);
    group.keys = keys;
    group.states = states;
    let shown = |key: usize| published.iter().position(|p| shows_key(&group, p, key));
    let result_key = if is_bag {
        ResultKey::Bag
    } else {
        ResultKey::Keys(key_names(&group, &query.root.columns[..query.visible], shown))
    };
    Ok((above(below, group), published, outer, result_key))
}
