//! Updates of columns that nothing reads stop at once.
//!
//! ```text
//! Δ = +new −old   is nothing to a chain that reads π[c],   if π[c](old) = π[c](new)
//! ```
//!
//! *Why it keeps the meaning.* What a chain makes of a row (which others it meets, whether it passes, its group, what it adds there, and the errors on the way) is a
//! function of the columns it reads. If none of them has changed, the old row takes away exactly what the new one brings. "Changed" is
//! told by identity, not equality: 1.5 and 1.50 differ, since one sees which of them a row has.
//!
//! Of the columns that are read, some decide only whether a row passes the tests on it alone, which cannot fail. Where no other has changed and the tests
//! say the same of the old row and the new one, the same holds. A table that is joined with itself is met in two places in turn and has no such moment.

use std::collections::BTreeSet;

use super::{Rule, Rules};
use crate::algebra::Expr;
use crate::circuit::{Group, Predicate};
use crate::schedule::Watched;

/// The columns of an input that an update has to change to matter, by position in its table; `None` if every update is taken.
/// `tests` are the predicates that are tested on the input alone.
pub(crate) fn watched(rules: &Rules, group: &Group, input: usize, tests: &[Predicate]) -> Option<Watched> {
    let table = group.inputs[input].table().filter(|_| rules.has(Rule::MaskUpdates))?;
    let own = |exprs: &mut dyn Iterator<Item = &Expr>| -> BTreeSet<usize> {
        let range = group.inputs[input].columns();
        exprs.flat_map(Expr::columns).filter(|c| range.contains(c)).map(|c| c - range.start).collect()
    };
    let sides = || group.equalities.iter().flat_map(|e| [&e.left, &e.right]);
    let columns = own(&mut group.exprs().chain(sides()));
    let later = group.predicates.iter().filter(|p| !tests.contains(p)).map(|p| &p.expr);
    let states = group.states.iter().flat_map(|s| s.exprs());
    let windows = group.windows.iter().map(|w| &w.row);
    let beyond_tests = own(&mut later.chain(sides()).chain(states).chain(windows).chain(&group.keys));
    let decides = beyond_tests != columns && !group.joins_itself(table);
    Some(Watched { columns, beyond_tests: decides.then_some(beyond_tests) })
}
