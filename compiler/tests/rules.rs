//! Rule goldens: `tests/rules` has a case for each rule of the optimiser, named after it, and `tests/rules/snapshots` what the compiler makes
//! of it without the rule and with it, at the first stage where that differs.

mod common;

use std::collections::BTreeSet;

use cosmictron_compiler::render::render_text;
use cosmictron_compiler::rules::{Rule, Rules};
use cosmictron_compiler::schedule::ProgramText;
use cosmictron_compiler::{Compilation, Request, compile};

#[test]
fn every_rule_makes_a_difference() {
    let mut shown = BTreeSet::new();
    common::goldens("rules", |name, text| {
        let rule = Rule::named(name).unwrap_or_else(|| panic!("no rule is called {name}"));
        shown.insert(rule);
        let without = stages(text, Rules::default().without(rule));
        let with = stages(text, Rules::default());
        let difference = without.iter().zip(&with).find(|(without, with)| without != with);
        let Some(((stage, without), (_, with))) = difference else {
            panic!("the rule {name} makes no difference to rules/{name}.sql");
        };
        format!("== {stage} without {rule} ==\n{without}\n\n== {stage} with {rule} ==\n{with}")
    });
    let missing: Vec<_> = Rule::ALL.into_iter().filter(|rule| !shown.contains(rule)).collect();
    assert_eq!(missing, [], "these rules have no case in tests/rules");
}

/// What the passes make of a case under these rules, each with its name.
fn stages(text: &str, rules: Rules) -> [(&'static str, String); 3] {
    let compiled = compile(&Request { rules, ..common::request(text) });
    let Compilation { queries, circuit, program, catalog, diagnostics, sources, .. } = &compiled;
    let said: Vec<_> = diagnostics.iter().map(|d| render_text(d, sources, false, None)).collect();
    assert_eq!(said, <[String; 0]>::default(), "the case is not accepted");
    let algebra: String = queries.iter().map(ToString::to_string).collect();
    let program = ProgramText(program, circuit, catalog).to_string();
    [("algebra", algebra), ("circuit", circuit.to_string()), ("program", program)]
        .map(|(name, text)| (name, text.trim_end().to_owned()))
}
