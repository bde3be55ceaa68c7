//! Exact spans of syntax-tree nodes.
//!
//! sqlparser's own spans are those of a node's leaves: they leave out the parentheses of a call, the type of a cast, the
//! sign of a negation, and are empty for nodes without leaves. [`Spans`] knows the tokens and widens them.

use std::sync::Arc;

use sqlparser::ast;
use sqlparser::ast::Spanned;
use sqlparser::tokenizer;

use super::extent;
use super::statements::Extent;
use super::tokens::Tokens;
use crate::source::Span;

/// Finds the words of the nodes of one statement.
#[derive(Clone, Debug)]
pub struct Spans {
    tokens: Arc<Tokens>,
    statement: Extent,
}

/// A syntax-tree node whose words [`Spans`] finds.
pub trait Located {
    #[doc(hidden)]
    fn locate(&self, place: &Place<'_>) -> Option<(usize, usize)>;
}

/// The tokens to look in.
#[doc(hidden)]
pub struct Place<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) statement: Extent,
}

impl Spans {
    pub(crate) fn new(tokens: Arc<Tokens>, statement: Extent) -> Self {
        Self { tokens, statement }
    }

    /// The words of a node of this statement; the whole statement if they cannot be told.
    pub fn of<T: Located + ?Sized>(&self, node: &T) -> Span {
        match node.locate(&self.place()) {
            Some((first, last)) => self.tokens.span(first, last),
            None => self.statement(),
        }
    }

    /// The whole statement.
    pub fn statement(&self) -> Span {
        self.tokens.span(self.statement.first, self.statement.last)
    }

    /// Where these unquoted words, given in upper case, stand in a row for the first time within `span`, not
    /// inside brackets that open within it.
    pub fn find(&self, span: Span, words: &[&str]) -> Option<Span> {
        let first = self.tokens.lexemes.partition_point(|l| l.start < span.start);
        let mut at = first;
        while self.tokens.lexemes.get(at).is_some_and(|l| l.end <= span.end) {
            if words.iter().enumerate().all(|(i, word)| self.tokens.is_word(at + i, word)) {
                return Some(self.tokens.span(at, at + words.len() - 1));
            }
            at = self.tokens.lexemes[at].partner.filter(|&partner| partner > at).unwrap_or(at) + 1;
        }
        None
    }

    /// The same words anywhere in the statement, inside brackets or not.
    pub fn find_anywhere(&self, words: &[&str]) -> Option<Span> {
        let Extent { first, last } = self.statement;
        let found = |at: &usize| words.iter().enumerate().all(|(i, word)| self.tokens.is_word(at + i, word));
        (first..=last).find(found).map(|at| self.tokens.span(at, at + words.len() - 1))
    }

    /// The item of the statement's outermost list around `span`: the whole column or constraint of a CREATE TABLE.
    pub fn declaration(&self, span: Span) -> Span {
        let mut first = self.tokens.lexemes.partition_point(|l| l.end <= span.start);
        let enclosing = |at: usize| self.tokens.lexemes.get(at).and_then(|l| l.enclosing);
        while let Some(open) = enclosing(first).filter(|&open| enclosing(open).is_some()) {
            first = open;
        }
        let Some(list) = enclosing(first) else { return span };
        while first > list + 1 && !self.tokens.is(first - 1, &tokenizer::Token::Comma) {
            first -= 1;
            // Commas inside a bracket separate something else.
            first = self.tokens.lexemes[first].partner.filter(|&partner| partner < first).unwrap_or(first);
        }
        match self.place().scan(first, |at| self.tokens.is(at, &tokenizer::Token::Comma)) {
            Some(last) => self.tokens.span(first, last),
            None => span,
        }
    }

    /// The type that is written at the start of the token after `span`, as in a column's declaration.
    pub fn type_after(&self, span: Span) -> Span {
        let first = self.tokens.lexemes.partition_point(|l| l.start < span.end);
        match self.place().type_end(first) {
            Some(last) => self.tokens.span(first, last),
            None => span,
        }
    }

    fn place(&self) -> Place<'_> {
        Place { tokens: &self.tokens, statement: self.statement }
    }
}

/// What sqlparser itself knows.
pub(super) fn native(place: &Place<'_>, span: tokenizer::Span) -> Option<(usize, usize)> {
    if span == tokenizer::Span::empty() {
        return None;
    }
    let first = place.tokens.at(span.start);
    let after = place.tokens.lexemes.partition_point(|l| l.native.span.start < span.end);
    (place.statement.first <= first && first < after && after <= place.statement.last + 1)
        .then(|| (first, after - 1))
}

impl<T: Located> Located for Box<T> {
    fn locate(&self, place: &Place<'_>) -> Option<(usize, usize)> {
        (**self).locate(place)
    }
}

/// From the first to the last located element.
impl<T: Located> Located for [T] {
    fn locate(&self, place: &Place<'_>) -> Option<(usize, usize)> {
        extent::union(self.iter().map(|node| node.locate(place)))
    }
}

impl<T: Located> Located for Vec<T> {
    fn locate(&self, place: &Place<'_>) -> Option<(usize, usize)> {
        self.as_slice().locate(place)
    }
}

impl Located for ast::Ident {
    fn locate(&self, place: &Place<'_>) -> Option<(usize, usize)> {
        native(place, self.span)
    }
}

/// Nodes for which sqlparser's span is exact, or as good as can be had.
macro_rules! located_by_sqlparser {
    ($($node:ident)*) => {
        $(impl Located for ast::$node {
            fn locate(&self, place: &Place<'_>) -> Option<(usize, usize)> {
                native(place, self.span())
            }
        })*
    };
}

located_by_sqlparser! {
    ObjectName ObjectNamePart ValueWithSpan Offset Fetch LimitClause TableAliasColumnDef NamedWindowDefinition
    FunctionArguments FunctionArgumentList FunctionArgumentClause ColumnOption ColumnOptionDef TableConstraint
    SelectItemQualifiedWildcardKind WildcardAdditionalOptions SelectInto
}

/// The whole statement.
impl Located for ast::Statement {
    fn locate(&self, _: &Place<'_>) -> Option<(usize, usize)> {
        None
    }
}
