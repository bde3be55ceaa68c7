//! The files that all subcommands read.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use cosmictron_compiler::rules::{Rule, Rules};
use cosmictron_compiler::{Request, files};

use crate::stop::Stop;

/// The schema.
#[derive(Args, Clone, Debug)]
pub(crate) struct SchemaArg {
    /// The file with the CREATE TABLE statements
    #[arg(long, short, value_name = "FILE", default_value = "schema.sql")]
    pub(crate) schema: PathBuf,
}

/// Queries that must be given.
#[derive(Args, Clone, Debug)]
pub(crate) struct QueriesArg {
    /// A file of queries or a folder of .sql files; may be repeated
    #[arg(long, short, value_name = "FILE|FOLDER", required = true)]
    pub(crate) queries: Vec<PathBuf>,
}

/// Rules of the optimiser that are not applied.
#[derive(Args, Clone, Debug)]
pub(crate) struct RulesArg {
    /// Leave a rule of the optimiser out; the results are the same. May be repeated
    #[arg(long, value_name = "NAME", value_parser = rule_parser())]
    without_rule: Vec<Rule>,
}

impl RulesArg {
    /// The rules that are left.
    pub(crate) fn rules(&self) -> Rules {
        self.without_rule.iter().fold(Rules::default(), |rules, rule| rules.without(*rule))
    }
}

fn rule_parser() -> impl TypedValueParser<Value = Rule> {
    let values = Rule::ALL.map(|rule| PossibleValue::new(rule.name()).help(rule.summary()));
    PossibleValuesParser::new(values).try_map(|name| Rule::named(&name).ok_or("there is no such rule"))
}

/// Reads a schema and queries, in the order given.
pub(crate) fn read(schema: &Path, queries: &[PathBuf]) -> Result<Request, Stop> {
    let schema = files::read(schema, &schema.to_string_lossy())
        .map_err(|e| Stop::from(e).help("--schema names the file with the CREATE TABLE statements"))?;
    let mut request = Request { schema, ..Request::default() };
    for path in queries {
        let sources = files::read_queries(path)
            .map_err(|e| Stop::from(e).help("--queries names a file of queries or a folder of .sql files"))?;
        request.queries.extend(sources);
    }
    Ok(request)
}
