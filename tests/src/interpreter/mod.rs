//! A reference interpreter of the bound algebra: every operator as its definition says, over full tables.
//!
//! It shares the binder and the scalar functions with the compiler, and nothing of what makes queries incremental: no circuit, no
//! state, no index, no emitted code.
//!
//! What fails is defined as the compiled queries define it. In a block of joins and conditions, the conditions that cannot
//! fail are tested first; the others are tested in the order in which they are written (those that read the clock last), on the rows that are
//! left, until one is not true. The first failing expression is the answer of the whole query.

mod aggregate;
mod answer;
mod exact;
mod expr;
mod order;
mod relation;

use cosmictron_compiler::algebra::Query;
use cosmictron_compiler::bind::bind_query;
use cosmictron_compiler::catalog::{self, Catalog};
use cosmictron_compiler::functions::EvaluationError;
use cosmictron_compiler::parse::{parse_queries, parse_schema};
use cosmictron_compiler::source::{Source, SourceMap};
use cosmictron_types::Timestamp;

pub use answer::{Answer, same_value, show};
pub use order::compare;

use crate::unit::Values;

/// Bound queries and what they are evaluated with.
#[derive(Debug)]
pub struct Interpreter {
    /// The schema.
    pub catalog: Catalog,
    /// The queries, in order.
    pub queries: Vec<Query>,
}

/// The rows of every table, in order of declaration.
pub type Contents = Vec<Vec<Values>>;

impl Interpreter {
    /// Binds queries over a schema.
    ///
    /// # Panics
    /// If there is anything to say about them: corpora are free of errors.
    pub fn new(schema: &str, queries: &str) -> Self {
        let mut sources = SourceMap::default();
        let schema = sources.add_source(Source::new("schema.sql", schema));
        let queries = sources.add_source(Source::new("queries.sql", queries));
        let mut diagnostics = Vec::new();
        let catalog = catalog::build(&parse_schema(&sources, schema, &mut diagnostics), &mut diagnostics);
        let parsed = parse_queries(&sources, queries, &mut diagnostics);
        let queries = parsed.iter().filter_map(|q| bind_query(&catalog, q, &mut diagnostics)).collect();
        assert!(diagnostics.is_empty(), "the corpus has errors: {diagnostics:#?}");
        Self { catalog, queries }
    }

    /// What a query answers over these tables at this time.
    ///
    /// # Errors
    /// The first evaluation error that is met.
    pub fn answer(
        &self,
        query: usize,
        contents: &Contents,
        now: Timestamp,
    ) -> Result<Answer, EvaluationError> {
        let moment = Moment { catalog: &self.catalog, contents, now };
        moment.answer(&self.queries[query])
    }
}

/// Everything that an evaluation depends on besides the query.
#[derive(Clone, Copy)]
struct Moment<'a> {
    catalog: &'a Catalog,
    contents: &'a Contents,
    now: Timestamp,
}
