//! Name resolution and typing: AST to algebra.
//!
//! A `Binder` walks one statement. Scopes form a stack, one a query level; expressions are bound into
//! `Operand`s, because the type of a string literal or NULL is open until its surroundings fix it, the way
//! PostgreSQL's `unknown` is. Aggregates met in an expression are collected in the scope and stand as columns
//! beyond the scope's own until `group` lifts the expressions above the grouping. All errors are collected;
//! [`Type::Error`] keeps one from causing others.

mod aggregate;
mod call;
mod case;
mod cast;
mod clause;
mod coerce;
mod column;
mod concat;
mod expr;
mod from;
mod group;
mod join;
mod limit;
mod literal;
mod membership;
mod names;
mod now;
mod operand;
mod operator;
mod order;
mod predicate;
mod project;
mod quantified;
mod query;
mod refuse;
mod repeat;
mod row;
mod scope;
mod select;
mod subquery;
mod syntax;
mod unresolved;

use sqlparser::ast;

use self::clause::Clause;
use self::scope::Scope;
use crate::algebra::{Expr, ExprKind, Literal, Query, nullable};
use crate::catalog::{Catalog, Table};
use crate::diagnostic::{Diagnostic, Severity};
use crate::parse::{Located, ParsedQuery, Spans};
use crate::source::Span;
use crate::stack;
use crate::types::Type;

/// Binds a query; `None` if an error has been added to `diagnostics`.
pub fn bind_query(
    catalog: &Catalog,
    parsed: &ParsedQuery,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Query> {
    stack::deep(|| {
        let mut binder = Binder::new(catalog, &parsed.spans, diagnostics);
        let bound = binder.query(&parsed.statement, parsed.span).filter(|_| !binder.failed())?;
        Some(Query {
            name: parsed.name.clone(),
            name_span: parsed.name_span,
            sql: parsed.sql.clone(),
            span: parsed.span,
            root: bound.relation,
            visible: bound.visible,
            order: bound.order,
        })
    })
}

/// Binds the condition of a `CHECK` over the columns of its table.
pub fn bind_check(
    catalog: &Catalog,
    table: &Table,
    condition: &ast::Expr,
    spans: &Spans,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Expr> {
    let mut binder = Binder::new(catalog, spans, diagnostics);
    binder.scopes.push(Scope::of_table(table));
    let bound = binder.condition(condition, Clause::Check);
    (!binder.failed()).then_some(bound)
}

/// Binds the expression of a `DEFAULT`, converted by assignment to the column's type.
pub fn bind_default(
    catalog: &Catalog,
    ty: Type,
    value: &ast::Expr,
    spans: &Spans,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Expr> {
    let mut binder = Binder::new(catalog, spans, diagnostics);
    binder.scopes.push(Scope::default());
    let bound = binder.in_clause(Clause::Default, |b| {
        let operand = b.operand(value);
        b.assign(operand, ty)
    });
    (!binder.failed()).then_some(bound)
}

/// The state of binding one statement.
struct Binder<'a> {
    catalog: &'a Catalog,
    spans: &'a Spans,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// How many diagnostics others have left before.
    before: usize,
    /// One scope a query level, the innermost last.
    scopes: Vec<Scope>,
    /// Where the expression being bound stands.
    clause: Clause,
    /// How deep the expression being bound is nested.
    depth: usize,
    /// How many nodes the copies of operands have.
    copied: usize,
}

impl<'a> Binder<'a> {
    fn new(catalog: &'a Catalog, spans: &'a Spans, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        let before = diagnostics.len();
        Self {
            catalog,
            spans,
            diagnostics,
            before,
            scopes: Vec::new(),
            clause: Clause::Select,
            depth: 0,
            copied: 0,
        }
    }

    /// Whether this statement has an error.
    fn failed(&self) -> bool {
        self.diagnostics[self.before..].iter().any(|d| d.severity == Severity::Error)
    }

    /// The words of a node.
    fn span(&self, node: &(impl Located + ?Sized)) -> Span {
        self.spans.of(node)
    }

    /// The scope of the query being bound.
    fn scope(&mut self) -> &mut Scope {
        if self.scopes.is_empty() {
            self.scopes.push(Scope::default());
        }
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports an error and returns the expression that stands for it.
    fn poison(&mut self, diagnostic: Diagnostic) -> Expr {
        let span = diagnostic.primary.span;
        self.report(diagnostic);
        Expr::poison(span)
    }

    /// Runs `f` with expressions standing in another clause.
    fn in_clause<T>(&mut self, clause: Clause, f: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.clause, clause);
        let result = f(self);
        self.clause = outer;
        result
    }

    /// Runs `f` with expressions bound over another scope, and gives that scope back.
    fn over<T>(&mut self, scope: Scope, f: impl FnOnce(&mut Self) -> T) -> (Scope, T) {
        self.scopes.push(scope);
        let result = f(self);
        (self.scopes.pop().unwrap_or_default(), result)
    }

    /// The name of a type as the user would write it.
    fn type_name(&self, ty: Type) -> String {
        self.catalog.type_name(ty)
    }
}

impl Expr {
    /// What stands for an expression that has an error.
    fn poison(span: Span) -> Expr {
        Expr { kind: ExprKind::Literal(Literal::Null), ty: Type::Error, nullable: true, span }
    }

    /// An expression whose nullability follows from its parts.
    fn of(kind: ExprKind, ty: Type, span: Span) -> Expr {
        let nullable = nullable::of(&kind);
        Expr { kind, ty, nullable, span }
    }

    /// Whether an error has been reported for it.
    fn is_poison(&self) -> bool {
        self.ty == Type::Error
    }
}
