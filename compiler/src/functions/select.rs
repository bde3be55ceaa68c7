//! The choice among overloads: PostgreSQL's rules of "Operator Type Resolution" and "Function Type Resolution".

use super::kind::{Category, Kind};

/// Why nothing was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Nothing takes these arguments.
    NoMatch,
    /// Several do, and none is preferred.
    Ambiguous,
}

/// Chooses among signatures of as many parameters as there are arguments. An argument without a kind is a literal that
/// can be of any type. `is_operator` is for the rule that the two sides of an operator like to be of one type.
pub(super) fn select(
    args: &[Option<Kind>],
    signatures: &[Vec<Kind>],
    is_operator: bool,
) -> Result<Vec<Kind>, Failure> {
    let exact = match args {
        [Some(kind), None] | [None, Some(kind)] if is_operator => vec![Some(*kind); 2],
        args => args.to_vec(),
    };
    if let Some(signature) = signatures.iter().find(|s| s.iter().map(|k| Some(*k)).eq(exact.iter().copied()))
    {
        return Ok(signature.clone());
    }
    let pairs = |s: &[Kind]| args.iter().copied().zip(s.to_vec()).collect::<Vec<_>>();
    let mut candidates: Vec<&Vec<Kind>> = signatures
        .iter()
        .filter(|s| pairs(s).iter().all(|(arg, param)| arg.is_none_or(|kind| kind.converts_to(*param))))
        .collect();
    keep_best(&mut candidates, |s| pairs(s).iter().filter(|(arg, param)| *arg == Some(*param)).count());
    keep_best(&mut candidates, |s| {
        pairs(s)
            .iter()
            .filter(|(arg, param)| {
                arg.is_some_and(|kind| {
                    kind == *param || (param.category() == kind.category() && param.is_preferred())
                })
            })
            .count()
    });
    if candidates.len() > 1 {
        by_category_of_literals(args, &mut candidates);
    }
    if candidates.len() > 1 {
        by_type_of_the_others(args, &mut candidates);
    }
    match candidates.as_slice() {
        [] => Err(Failure::NoMatch),
        [only] => Ok(only.to_vec()),
        _ => Err(Failure::Ambiguous),
    }
}

fn keep_best(candidates: &mut Vec<&Vec<Kind>>, score: impl Fn(&[Kind]) -> usize) {
    let best = candidates.iter().map(|s| score(s)).max();
    candidates.retain(|s| Some(score(s)) == best);
}

/// Each literal takes the category that all candidates agree on at its place, or text where any takes text; and within
/// it the preferred type, where any takes that.
fn by_category_of_literals(args: &[Option<Kind>], candidates: &mut Vec<&Vec<Kind>>) {
    let literals: Vec<usize> = (0..args.len()).filter(|i| args[*i].is_none()).collect();
    let mut choices = Vec::new();
    for &at in &literals {
        let categories: Vec<Category> = candidates.iter().map(|s| s[at].category()).collect();
        let category = match categories.as_slice() {
            all if all.contains(&Category::String) => Category::String,
            [first, rest @ ..] if rest.iter().all(|c| c == first) => *first,
            _ => return,
        };
        let in_category = candidates.iter().filter(|s| s[at].category() == category);
        let has_preferred = in_category.clone().any(|s| s[at].is_preferred());
        choices.push((at, category, has_preferred));
    }
    let fits = |s: &[Kind]| {
        choices.iter().all(|(at, category, has_preferred)| {
            s[*at].category() == *category && (!has_preferred || s[*at].is_preferred())
        })
    };
    if !choices.is_empty() && candidates.iter().any(|s| fits(s)) {
        candidates.retain(|s| fits(s));
    }
}

/// Where all arguments with a type have the same, the literals are taken to have it too.
fn by_type_of_the_others(args: &[Option<Kind>], candidates: &mut Vec<&Vec<Kind>>) {
    let mut known = args.iter().flatten();
    let Some(first) = known.next() else { return };
    if !known.all(|kind| kind == first) || args.iter().all(Option::is_some) {
        return;
    }
    let fits = |s: &[Kind]| args.iter().zip(s).all(|(arg, param)| arg.is_some() || first.converts_to(*param));
    let fitting: Vec<_> = candidates.iter().copied().filter(|s| fits(s)).collect();
    if fitting.len() == 1 {
        *candidates = fitting;
    }
}
