//! Semi- and anti-joins: `EXISTS`, `IN` of a subquery, and their negations.
//!
//! ```text
//! R ⋉ S  on R.a = S.b   =   R ⋈ γ[S.b] (S)          R ▷ S   =   R − (R ⋉ S)
//! ```
//!
//! The inner side becomes a group of its own, by its sides of the equalities, that keeps nothing but how many rows it has. So what reaches the
//! outer side is only that a key gained its first match or lost its last, and then it meets the outer rows with this key. A row of the
//! outer side looks its key up. For an anti-join the signs are turned round.

use crate::algebra::{CompareOp, Expr, ExprKind, Field, Relation};
use crate::diagnostic::{Code, Diagnostic};

use super::spj::{Chain, flatten, substitute};
use super::{Equality, GroupId, Input, Predicate, Published, PublishedSource, Role, Source};

/// Adds the inner side to a chain, as a group that its rows are looked up in, and returns what is asked of the outer rows alone.
/// `columns` are those of the outer side over the chain's; `condition` is over the columns of both.
pub(super) fn add(
    chain: &mut Chain,
    columns: &[Expr],
    inner: &Relation,
    condition: &[Expr],
    anti: bool,
    query: &str,
) -> Result<Vec<Expr>, Diagnostic> {
    let (mut side, inner_columns) = flatten(inner, query)?;
    let alias =
        side.inputs.iter().filter(|i| i.table().is_some()).map(|i| i.alias.as_str()).collect::<Vec<_>>();
    let alias = alias.join("_");
    let is_outer = |e: &&Expr| e.columns().iter().all(|c| *c < columns.len());
    let (asked, connecting): (Vec<&Expr>, Vec<&Expr>) = condition.iter().partition(is_outer);
    let asked: Vec<Expr> = asked.into_iter().map(|e| substitute(e.clone(), columns)).collect();
    if let Some(fallible) = asked.iter().find(|e| anti && e.can_fail()) {
        return Err(connection(
            fallible,
            "this condition of the outer row can fail inside of NOT EXISTS or NOT IN",
        )
        .help("compare columns without computing"));
    }
    let mut keys = Vec::new();
    let mut sought = Vec::new();
    for conjunct in connecting {
        let (outer, own) = sides(conjunct, columns.len())?;
        let outer = substitute(outer.clone(), columns);
        let outer = if anti { only_if(&asked, outer) } else { outer };
        let own = substitute(own.clone().map_columns(&|c| c - columns.len()), &inner_columns);
        if let Some(fallible) = [&outer, &own].into_iter().find(|e| e.can_fail()) {
            return Err(connection(conjunct, "a subquery is connected by expressions that cannot fail only")
                .also(fallible.span, "this can fail")
                .help("compare columns themselves"));
        }
        let Some(input) = chain.single_input(&outer) else {
            return Err(connection(conjunct, "a subquery is connected with several tables by one equality")
                .help("compare columns of one table with columns of the subquery"));
        };
        if own.nullable {
            // NULL equals nothing.
            let expr = own.clone().is_not_null();
            side.predicates.push(Predicate { inputs: side.inputs_of(&expr), expr });
        }
        keys.push(own);
        sought.push((outer, input));
    }
    if keys.is_empty() {
        return Err(Diagnostic::error(
            Code::CrossJoin,
            inner.span,
            "nothing connects this subquery with the query around it",
        )
        .note("all rows would come or go at once with the first or last row of the subquery")
        .help("add an equality to its WHERE: `inner.column = outer.column`"));
    }
    let position = chain.inputs.len();
    let first = chain.fields.len();
    let (mut published, mut equalities) = (Vec::new(), Vec::new());
    for (at, (own, (outer, input))) in keys.iter().zip(sought).enumerate() {
        let name = own.as_column().map_or("key".to_owned(), |c| side.fields[c].name.clone());
        let field = Field { name, ty: own.ty, nullable: own.nullable };
        chain.fields.push(field.clone());
        published.push(Published { field, source: PublishedSource::Key(at) });
        let key = Expr { kind: ExprKind::Column(first + at), ..own.clone() };
        equalities.push(Equality { left: outer, left_input: input, right: key, right_input: position });
    }
    chain.equalities.extend(equalities);
    let shift = chain.below.len() as u32;
    let mut below = std::mem::take(&mut side.below);
    let mut group = side.into_group(&format!("{query}_exists_{alias}"), inner.span);
    group.keys = keys;
    for input in below.iter_mut().chain([&mut group]).flat_map(|g| &mut g.inputs) {
        if let Source::Group { group, .. } = &mut input.source {
            group.0 += shift;
        }
    }
    chain.below.extend(below);
    chain.below.push(group);
    let source = Source::Group { group: GroupId(chain.below.len() as u32 - 1), published };
    let role = if anti { Role::Absent } else { Role::Exists };
    chain.inputs.push(Input { source, role, alias, first, width: chain.fields.len() - first });
    Ok(if anti { Vec::new() } else { asked })
}

/// What is sought where conditions of the outer row hold, and NULL, which finds nothing, where they do not.
fn only_if(asked: &[Expr], sought: Expr) -> Expr {
    asked.iter().fold(sought, |sought, condition| {
        let (ty, span) = (sought.ty, sought.span);
        let branches = vec![(condition.clone(), sought)];
        Expr { kind: ExprKind::Case { branches, otherwise: None }, ty, nullable: true, span }
    })
}

/// The outer and the inner side of an equality.
fn sides(conjunct: &Expr, outer_width: usize) -> Result<(&Expr, &Expr), Diagnostic> {
    let is_outer = |e: &Expr| !e.columns().is_empty() && e.columns().iter().all(|c| *c < outer_width);
    let is_inner = |e: &Expr| !e.columns().is_empty() && e.columns().iter().all(|c| *c >= outer_width);
    if let ExprKind::Compare(CompareOp::Eq, left, right) = &conjunct.kind {
        match (is_outer(left), is_inner(right), is_inner(left), is_outer(right)) {
            (true, true, ..) => return Ok((left, right)),
            (_, _, true, true) => return Ok((right, left)),
            _ => {}
        }
    }
    Err(connection(conjunct, "only equalities connect a subquery with the query around it").help(
        "write `inner.column = outer.column`; conditions over the subquery's own tables may be of any kind",
    ))
}

fn connection(conjunct: &Expr, message: &str) -> Diagnostic {
    Diagnostic::error(Code::Unsupported, conjunct.span, message)
}
