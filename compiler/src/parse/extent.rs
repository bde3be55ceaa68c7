//! The first and the last token of each kind of node.
//!
//! The leaves' positions are known exactly. Every rule here starts from a node's children and walks over the tokens that
//! the node's own syntax puts around them.

use sqlparser::ast::{self, Expr, InTarget, Spanned};
use sqlparser::tokenizer::Token;

use super::spans::{Located, Place, native};

type Range = Option<(usize, usize)>;

/// From the first to the last of the ranges that are known.
pub(super) fn union(ranges: impl Iterator<Item = Range>) -> Range {
    ranges.flatten().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

impl Place<'_> {
    pub(super) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        at <= self.statement.last && words.iter().any(|word| self.tokens.is_word(at, word))
    }

    fn partner(&self, at: usize) -> Option<usize> {
        self.tokens.lexemes.get(at)?.partner
    }

    fn enclosing(&self, at: usize) -> Option<usize> {
        self.tokens.lexemes.get(at)?.enclosing
    }

    /// With the token in front, if it is one of these words.
    pub(super) fn after_word(&self, (first, last): (usize, usize), words: &[&str]) -> (usize, usize) {
        if first > self.statement.first && self.is_word(first - 1, words) {
            (first - 1, last)
        } else {
            (first, last)
        }
    }

    /// With the tokens behind, as long as they are among these words.
    pub(super) fn before_words(&self, (first, mut last): (usize, usize), words: &[&str]) -> (usize, usize) {
        while self.is_word(last + 1, words) {
            last += 1;
        }
        (first, last)
    }

    /// With the parentheses around it.
    pub(super) fn in_parentheses(&self, (first, last): (usize, usize)) -> (usize, usize) {
        match self.enclosing(first).and_then(|open| Some((open, self.partner(open)?))) {
            Some((open, close)) => (open, close),
            None => (first, last),
        }
    }

    /// `NAME(… child …)`, for functions with a syntax of their own.
    fn call_around(&self, child: (usize, usize)) -> (usize, usize) {
        let (first, last) = self.in_parentheses(child);
        (first.saturating_sub(1).max(self.statement.first), last)
    }

    /// The bracket that opens right behind `at`, to its end; `at` itself if there is none.
    pub(super) fn bracket_after(&self, at: usize) -> usize {
        match self.tokens.is(at + 1, &Token::LParen) {
            true => self.partner(at + 1).unwrap_or(at),
            false => at,
        }
    }

    /// The last token of a stretch that begins at `first` and goes on, over whole brackets, until `stop`, the end of
    /// the bracket it stands in, or the end of the statement.
    pub(super) fn scan(&self, first: usize, stop: impl Fn(usize) -> bool) -> Option<usize> {
        let end =
            self.enclosing(first).and_then(|open| self.partner(open)).unwrap_or(self.statement.last + 1);
        let mut at = first;
        while at < end && !stop(at) {
            at = self.partner(at).filter(|&partner| partner > at).unwrap_or(at) + 1;
        }
        (at > first).then(|| at - 1)
    }

    /// The last token of a type that begins at `first`.
    pub(super) fn type_end(&self, first: usize) -> Option<usize> {
        if first > self.statement.last {
            return None;
        }
        let mut last = first;
        while self.tokens.is(last + 1, &Token::Period) && last + 2 <= self.statement.last {
            last += 2;
        }
        (_, last) = self.before_words((first, last), &["PRECISION", "VARYING"]);
        if self.is_word(first, &["INTERVAL"]) {
            (_, last) = self.before_words((first, last), &INTERVAL_FIELDS);
        }
        last = self.bracket_after(last);
        if self.is_word(last + 1, &["WITH", "WITHOUT"]) && self.is_word(last + 2, &["TIME"]) {
            last += 3;
        }
        while self.tokens.is(last + 1, &Token::LBracket) {
            last = self.partner(last + 1)?;
        }
        Some(last.min(self.statement.last))
    }

    /// The first token of the type in front of a string: `DATE '…'`, `TIMESTAMP(6) WITH TIME ZONE '…'`.
    fn type_start(&self, literal: usize) -> usize {
        let mut first = literal.saturating_sub(1);
        if self.is_word(first, &["ZONE"]) {
            first = first.saturating_sub(3);
        }
        if self.tokens.is(first, &Token::RParen) {
            first = self.partner(first).unwrap_or(first).saturating_sub(1);
        }
        if self.is_word(first, &["PRECISION", "VARYING"]) {
            first = first.saturating_sub(1);
        }
        first.max(self.statement.first)
    }
}

const INTERVAL_FIELDS: [&str; 7] = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO"];

impl Located for Expr {
    fn locate(&self, place: &Place<'_>) -> Range {
        let of = |e: &Expr| e.locate(place);
        let from_to = |first: &Expr, last: &Expr| Some((of(first)?.0, of(last)?.1));
        let test = |e: &Expr| Some(place.before_words(of(e)?, &TEST_WORDS));
        match self {
            Expr::UnaryOp { expr, op } => {
                let (first, last) = of(expr)?;
                match op {
                    ast::UnaryOperator::PGPostfixFactorial => Some((first, last + 1)),
                    _ => Some((first.saturating_sub(1).max(place.statement.first), last)),
                }
            }
            Expr::BinaryOp { left, right, .. } => from_to(left, right),
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => from_to(left, right),
            Expr::Between { expr, high, .. } => from_to(expr, high),
            Expr::Like { expr, pattern, escape_char, .. }
            | Expr::ILike { expr, pattern, escape_char, .. }
            | Expr::SimilarTo { expr, pattern, escape_char, .. } => {
                from_to(expr, escape_char.as_deref().unwrap_or(pattern))
            }
            Expr::AtTimeZone { timestamp, time_zone } => from_to(timestamp, time_zone),
            Expr::AnyOp { left, right, .. } | Expr::AllOp { left, right, .. } => {
                let (first, last) = from_to(left, right)?;
                let quantified = of(right).is_some_and(|(r, _)| {
                    r > 1
                        && place.tokens.is(r - 1, &Token::LParen)
                        && place.is_word(r - 2, &["ANY", "ALL", "SOME"])
                });
                Some((first, if quantified { last + 1 } else { last }))
            }
            Expr::IsNull(e)
            | Expr::IsNotNull(e)
            | Expr::IsTrue(e)
            | Expr::IsNotTrue(e)
            | Expr::IsFalse(e) => test(e),
            Expr::IsNotFalse(e) | Expr::IsUnknown(e) | Expr::IsNotUnknown(e) => test(e),
            Expr::In { expr, target, .. } => {
                let (first, last) = of(expr)?;
                let target = match target {
                    InTarget::List(_) | InTarget::Subquery(_) => None,
                    InTarget::Unnest(array) => of(array),
                    InTarget::Table { name, .. } => name.locate(place),
                };
                let (_, keyword) = place.before_words((first, last), &["NOT", "IN"]);
                Some((
                    first,
                    target.map_or(place.bracket_after(keyword), |(_, last)| place.bracket_after(last)),
                ))
            }
            Expr::Nested(e) => Some(place.in_parentheses(of(e)?)),
            Expr::Tuple(es) => Some(place.after_word(place.in_parentheses(es.locate(place)?), &["ROW"])),
            Expr::Subquery(query) => Some(place.in_parentheses(query.locate(place)?)),
            Expr::Exists { subquery, negated } => {
                let exists = place.call_around(subquery.locate(place)?);
                Some(if *negated { place.after_word(exists, &["NOT"]) } else { exists })
            }
            Expr::Cast { kind, expr, .. } => {
                let (first, last) = of(expr)?;
                match kind {
                    ast::CastKind::DoubleColon => Some((first, place.type_end(last + 2)?)),
                    _ => Some(place.call_around((first, last))),
                }
            }
            Expr::Extract { expr, .. } | Expr::Ceil { expr, .. } | Expr::Floor { expr, .. } => {
                Some(place.call_around(of(expr)?))
            }
            Expr::Position { expr, .. }
            | Expr::Substring { expr, .. }
            | Expr::Trim { expr, .. }
            | Expr::Overlay { expr, .. }
            | Expr::Convert { expr, .. } => Some(place.call_around(of(expr)?)),
            Expr::TypedString(typed) => {
                let (first, last) = typed.value.locate(place)?;
                Some((place.type_start(first), last))
            }
            Expr::Interval(interval) => {
                let range = place.after_word(of(&interval.value)?, &["INTERVAL"]);
                match interval.leading_field {
                    Some(_) => {
                        let (first, last) = place.before_words(range, &INTERVAL_FIELDS);
                        Some((first, place.bracket_after(last)))
                    }
                    None => Some(range),
                }
            }
            Expr::Function(function) => function.locate(place),
            Expr::Array(array) => {
                let (first, last) = native(place, array.span()).or_else(|| array.elem.locate(place))?;
                let brackets = if place.tokens.is(last, &Token::RBracket) {
                    (first, last)
                } else {
                    place.in_parentheses((first, last))
                };
                Some(place.after_word(brackets, &["ARRAY"]))
            }
            _ => native(place, self.span()),
        }
    }
}

/// What may follow an operand in `IS NOT NULL` and its relatives.
const TEST_WORDS: [&str; 8] = ["IS", "NOT", "NULL", "TRUE", "FALSE", "UNKNOWN", "ISNULL", "NOTNULL"];

impl Located for ast::Function {
    fn locate(&self, place: &Place<'_>) -> Range {
        let (first, mut last) = self.name.locate(place)?;
        if !matches!(self.args, ast::FunctionArguments::None) {
            last = place.bracket_after(last);
        }
        if !self.within_group.is_empty() && place.is_word(last + 1, &["WITHIN"]) {
            last = place.bracket_after(last + 2);
        }
        if self.filter.is_some() && place.is_word(last + 1, &["FILTER"]) {
            last = place.bracket_after(last + 1);
        }
        if self.null_treatment.is_some() && place.is_word(last + 1, &["IGNORE", "RESPECT"]) {
            last += 2;
        }
        if self.over.is_some() && place.is_word(last + 1, &["OVER"]) {
            let spec = place.bracket_after(last + 1);
            last = if spec == last + 1 { last + 2 } else { spec };
        }
        Some((first, last.min(place.statement.last)))
    }
}

impl Located for ast::FunctionArg {
    fn locate(&self, place: &Place<'_>) -> Range {
        match self {
            ast::FunctionArg::Named { name, arg, .. } => {
                union([name.locate(place), arg.locate(place)].into_iter())
            }
            ast::FunctionArg::ExprNamed { name, arg, .. } => {
                union([name.locate(place), arg.locate(place)].into_iter())
            }
            ast::FunctionArg::Unnamed(arg) => arg.locate(place),
        }
    }
}

impl Located for ast::FunctionArgExpr {
    fn locate(&self, place: &Place<'_>) -> Range {
        match self {
            ast::FunctionArgExpr::Expr(e) => e.locate(place),
            _ => native(place, self.span()),
        }
    }
}
