//! For each rule of the optimiser, the queries of a world that it changes: they are compiled once more without it.
//!
//! A query that is compiled to the same circuit and program with the rule and without it would test nothing new.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use cosmictron_compiler::bind::bind_query;
use cosmictron_compiler::catalog::{self, Catalog};
use cosmictron_compiler::circuit::{self, Circuit, GroupId, Source as Rows};
use cosmictron_compiler::files::{query_files, read};
use cosmictron_compiler::parse::{parse_queries, parse_schema};
use cosmictron_compiler::rules::{self, Rule, Rules};
use cosmictron_compiler::schedule::{self, ProgramText};
use cosmictron_compiler::source::{Source, SourceMap};
use cosmictron_compiler::{algebra, diagnostic::Diagnostic};

/// The most queries of a world that are compiled without a rule. Some rules change nearly all (what does not read all columns of its tables is
/// masked), and it is the same choice in each: a rule is one condition and one rewriting, and without it there is one plain way. So when
/// there are more, they are taken at equal distances through the files, of which each has a topic: every kind of query is among them.
const MOST: usize = 10;

/// The queries of a world, each under the name of its file and its own.
pub struct World {
    catalog: Catalog,
    queries: Vec<algebra::Query>,
}

impl World {
    /// Binds all queries of a folder.
    pub fn read(schema: &Path, queries: &Path) -> Result<Self, Box<dyn Error>> {
        let mut text = String::new();
        for file in query_files(queries)? {
            let unit = super::stem(&file);
            let source = read(&file, &unit)?;
            for query in parse(&source)? {
                writeln!(text, "-- name: {unit}_{}\n{}\n;", query.name, query.sql)?;
            }
        }
        let mut diagnostics = Vec::new();
        let mut sources = SourceMap::default();
        let schema = sources.add_source(read(schema, "schema.sql")?);
        let catalog = catalog::build(&parse_schema(&sources, schema, &mut diagnostics), &mut diagnostics);
        let text = sources.add_source(Source::new("queries.sql", text));
        let parsed = parse_queries(&sources, text, &mut diagnostics);
        let queries = parsed.iter().filter_map(|q| bind_query(&catalog, q, &mut diagnostics)).collect();
        accepted(&diagnostics)?;
        Ok(Self { catalog, queries })
    }

    /// The text of the queries to be compiled without a rule; `None` if it changes none.
    pub fn changed_by(&self, rule: Rule) -> Result<Option<String>, Box<dyn Error>> {
        let mut changed = Vec::new();
        let shared = self.shared()?;
        for (at, query) in self.queries.iter().enumerate() {
            let differs = match rule {
                // A query alone shares nothing.
                Rule::ShareGroups => shared.contains(&at),
                _ => {
                    self.plan(query, &Rules::default())?
                        != self.plan(query, &Rules::default().without(rule))?
                }
            };
            if differs {
                changed.push(query);
            }
        }
        let taken = changed.len().min(MOST);
        let taken = (0..taken).map(|at| changed[at * changed.len() / taken]);
        let text: String = taken.map(|q| format!("-- name: {}\n{}\n;\n", q.name, q.sql)).collect();
        Ok((!text.is_empty()).then_some(text))
    }

    /// What a query alone is compiled to. Emission decides nothing, so that is enough.
    fn plan(&self, query: &algebra::Query, rules: &Rules) -> Result<String, Box<dyn Error>> {
        let query = rules::rewrite(rules, &self.catalog, query.clone());
        let circuit = self.circuit(std::slice::from_ref(&query), rules)?;
        let program = schedule::schedule(&self.catalog, &circuit, rules);
        Ok(format!("{query}{circuit}{}", ProgramText(&program, &circuit, &self.catalog)))
    }

    fn circuit(&self, queries: &[algebra::Query], rules: &Rules) -> Result<Circuit, Box<dyn Error>> {
        let mut diagnostics = Vec::new();
        let circuit = circuit::lower(&self.catalog, queries, rules, &mut diagnostics);
        accepted(&diagnostics)?;
        Ok(circuit)
    }

    /// The queries of which a group is another's too, if all are one unit.
    fn shared(&self) -> Result<BTreeSet<usize>, Box<dyn Error>> {
        let circuit = self.circuit(&self.queries, &Rules::default())?;
        let groups: Vec<BTreeSet<GroupId>> =
            circuit.outputs.iter().map(|output| upstream(&circuit, output.group)).collect();
        let shares =
            |at: usize| (0..groups.len()).any(|other| other != at && !groups[at].is_disjoint(&groups[other]));
        Ok((0..groups.len()).filter(|at| shares(*at)).collect())
    }
}

/// A group and those it reads.
fn upstream(circuit: &Circuit, group: GroupId) -> BTreeSet<GroupId> {
    let read = circuit.group(group).inputs.iter().filter_map(|input| match &input.source {
        Rows::Group { group, .. } => Some(*group),
        Rows::Table(_) => None,
    });
    read.flat_map(|below| upstream(circuit, below)).chain([group]).collect()
}

fn parse(source: &Source) -> Result<Vec<cosmictron_compiler::parse::ParsedQuery>, Box<dyn Error>> {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Vec::new());
    let id = sources.add_source(source.clone());
    let parsed = parse_queries(&sources, id, &mut diagnostics);
    accepted(&diagnostics)?;
    Ok(parsed)
}

fn accepted(diagnostics: &[Diagnostic]) -> Result<(), Box<dyn Error>> {
    if diagnostics.is_empty() {
        Ok(())
    } else {
        Err(format!("the corpus has errors: {diagnostics:#?}").into())
    }
}
