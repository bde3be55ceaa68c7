//! The first and the last token of queries and their clauses.

use sqlparser::ast::{self, Spanned};

use super::extent::union;
use super::spans::{Located, Place, native};

type Range = Option<(usize, usize)>;

impl Located for ast::Query {
    fn locate(&self, place: &Place<'_>) -> Range {
        let (first, _) = match &self.with {
            Some(with) => native(place, with.with_token.0.span)?,
            None => self.body.locate(place)?,
        };
        Some((first, place.scan(first, |_| false)?))
    }
}

impl Located for ast::SetExpr {
    fn locate(&self, place: &Place<'_>) -> Range {
        match self {
            ast::SetExpr::Select(select) => select.locate(place),
            ast::SetExpr::Query(query) => Some(place.in_parentheses(query.locate(place)?)),
            ast::SetExpr::SetOperation { left, right, .. } => {
                union([left.locate(place), right.locate(place)].into_iter())
            }
            ast::SetExpr::Values(values) => values.locate(place),
            other => native(place, other.span()),
        }
    }
}

/// What ends a SELECT without its bracket: a set operation, or a clause of the query around it.
const AFTER_SELECT: [&str; 8] = ["UNION", "EXCEPT", "INTERSECT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"];

impl Located for ast::Select {
    fn locate(&self, place: &Place<'_>) -> Range {
        let (first, _) = native(place, self.select_token.0.span)?;
        Some((first, place.scan(first, |at| place.is_word(at, &AFTER_SELECT))?))
    }
}

impl Located for ast::Values {
    fn locate(&self, place: &Place<'_>) -> Range {
        let rows = self.rows.iter().map(|row| Some(place.in_parentheses(row.content.locate(place)?)));
        Some(place.after_word(union(rows)?, &["VALUES"]))
    }
}

impl Located for ast::With {
    fn locate(&self, place: &Place<'_>) -> Range {
        union([native(place, self.with_token.0.span), self.cte_tables.locate(place)].into_iter())
    }
}

impl Located for ast::Cte {
    fn locate(&self, place: &Place<'_>) -> Range {
        union([self.alias.locate(place), native(place, self.closing_paren_token.0.span)].into_iter())
    }
}

impl Located for ast::SelectItem {
    fn locate(&self, place: &Place<'_>) -> Range {
        match self {
            ast::SelectItem::UnnamedExpr(expr) => expr.locate(place),
            ast::SelectItem::ExprWithAlias { expr, alias } => {
                union([expr.locate(place), alias.locate(place)].into_iter())
            }
            other => native(place, other.span()),
        }
    }
}

impl Located for ast::GroupByExpr {
    fn locate(&self, place: &Place<'_>) -> Range {
        match self {
            ast::GroupByExpr::Expressions(exprs, _) => exprs.locate(place),
            ast::GroupByExpr::All(_) => None,
        }
    }
}

impl Located for ast::OrderBy {
    fn locate(&self, place: &Place<'_>) -> Range {
        match &self.kind {
            ast::OrderByKind::Expressions(exprs) => exprs.locate(place),
            ast::OrderByKind::All(_) => None,
        }
    }
}

impl Located for ast::OrderByExpr {
    fn locate(&self, place: &Place<'_>) -> Range {
        let range = self.expr.locate(place)?;
        Some(place.before_words(range, &["ASC", "DESC", "NULLS", "FIRST", "LAST"]))
    }
}

impl Located for ast::TableWithJoins {
    fn locate(&self, place: &Place<'_>) -> Range {
        union([self.relation.locate(place), self.joins.locate(place)].into_iter())
    }
}

impl Located for ast::TableFactor {
    fn locate(&self, place: &Place<'_>) -> Range {
        let with_alias = |range: (usize, usize), alias: &Option<ast::TableAlias>| {
            union([Some(range), alias.as_ref().and_then(|alias| alias.locate(place))].into_iter())
        };
        match self {
            ast::TableFactor::Table { name, alias, args, .. } => {
                let (first, last) = name.locate(place)?;
                let last = if args.is_some() { place.bracket_after(last) } else { last };
                with_alias(place.after_word((first, last), &["LATERAL"]), alias)
            }
            ast::TableFactor::Derived { subquery, alias, .. } => {
                let range = place.in_parentheses(subquery.locate(place)?);
                with_alias(place.after_word(range, &["LATERAL"]), alias)
            }
            ast::TableFactor::NestedJoin { table_with_joins, alias } => {
                with_alias(place.in_parentheses(table_with_joins.locate(place)?), alias)
            }
            ast::TableFactor::Function { name, alias, .. } => {
                let (first, last) = name.locate(place)?;
                with_alias(place.after_word((first, place.bracket_after(last)), &["LATERAL"]), alias)
            }
            other => native(place, other.span()),
        }
    }
}

impl Located for ast::TableAlias {
    fn locate(&self, place: &Place<'_>) -> Range {
        let (first, last) = self.name.locate(place)?;
        Some((first, if self.columns.is_empty() { last } else { place.bracket_after(last) }))
    }
}

const JOIN_WORDS: [&str; 8] = ["JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL"];

/// From the words of the join to the end of its condition.
impl Located for ast::Join {
    fn locate(&self, place: &Place<'_>) -> Range {
        let condition = match &self.join_operator {
            ast::JoinOperator::Join(c) | ast::JoinOperator::Inner(c) | ast::JoinOperator::CrossJoin(c) => {
                Some(c)
            }
            ast::JoinOperator::Left(c) | ast::JoinOperator::LeftOuter(c) => Some(c),
            ast::JoinOperator::Right(c)
            | ast::JoinOperator::RightOuter(c)
            | ast::JoinOperator::FullOuter(c) => Some(c),
            _ => None,
        };
        let relation = self.relation.locate(place);
        let (mut first, last) = union([relation, condition.and_then(|c| c.locate(place))].into_iter())?;
        while first > place.statement.first && place.is_word(first - 1, &JOIN_WORDS) {
            first -= 1;
        }
        Some((first, last))
    }
}

impl Located for ast::JoinConstraint {
    fn locate(&self, place: &Place<'_>) -> Range {
        match self {
            ast::JoinConstraint::On(expr) => expr.locate(place),
            ast::JoinConstraint::Using(columns) => Some(place.in_parentheses(columns.locate(place)?)),
            other => native(place, other.span()),
        }
    }
}

impl Located for ast::ColumnDef {
    fn locate(&self, place: &Place<'_>) -> Range {
        let (first, _) = self.name.locate(place)?;
        let is_comma = |at: usize| place.tokens.is(at, &sqlparser::tokenizer::Token::Comma);
        Some((first, place.scan(first, is_comma)?))
    }
}
