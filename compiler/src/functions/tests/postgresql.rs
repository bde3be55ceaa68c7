//! Calls held against a real PostgreSQL: recorded ones always, random ones when a server is at hand.
//!
//! `recorded.txt` has a call and PostgreSQL's answer a line. After adding calls (without an answer), and for the random
//! comparison, start a PostgreSQL 15 with the time zone UTC and the C locale, and run
//!
//! ```text
//! COSMICTRON_PSQL="psql -h localhost -U postgres" cargo test -p cosmictron-compiler --lib postgresql -- --ignored
//! ```

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use cosmictron_types::{EvalError, Value};

use super::KINDS;
use super::random::{Random, sample};
use crate::functions::signature::Param;
use crate::functions::table;
use crate::functions::*;
use crate::types::Type;

const RECORDED: &str = include_str!("recorded.txt");
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/functions/tests/recorded.txt");

/// A call of a function, an operator or a cast on constants.
#[derive(Clone, Debug)]
struct Call {
    name: String,
    args: Vec<(Type, String)>,
    /// What `cast` casts to.
    target: Option<Type>,
}

impl Call {
    /// Reads `name(type 'text', …)` and `cast(type 'text' as type)`.
    fn parse(line: &str) -> Call {
        let (name, rest) = line.split_once('(').unwrap_or_else(|| panic!("no call: {line}"));
        let mut rest = rest.trim();
        let (mut args, mut target) = (Vec::new(), None);
        while let Some((ty, after)) = rest.split_once('\'') {
            let mut text = String::new();
            let mut chars = after.char_indices().peekable();
            let end = loop {
                match chars.next() {
                    Some((_, '\'')) if chars.peek().is_some_and(|(_, c)| *c == '\'') => {
                        chars.next();
                        text.push('\'');
                    }
                    Some((at, '\'')) => break at + 1,
                    Some((_, c)) => text.push(c),
                    None => panic!("open literal: {line}"),
                }
            };
            args.push((type_named(ty), text));
            rest = after[end..].trim_start_matches(',').trim();
        }
        let rest = rest.strip_suffix(')').unwrap_or_else(|| panic!("open call: {line}"));
        if let Some(ty) = rest.trim().strip_prefix("as ") {
            target = Some(type_named(ty));
        }
        Call { name: name.trim().to_owned(), args, target }
    }

    /// The call as [`Call::parse`] reads it.
    fn line(&self) -> String {
        let args: Vec<String> = self.args.iter().map(|(ty, text)| constant(*ty, text)).collect();
        match self.target {
            Some(ty) => format!("cast({} as {})", args.join(", "), name_of(ty)),
            None => format!("{}({})", self.name, args.join(", ")),
        }
    }

    /// The call as PostgreSQL reads it.
    fn sql(&self) -> String {
        let args: Vec<String> = self.args.iter().map(|(ty, text)| constant(*ty, text)).collect();
        match (self.name.as_str(), args.as_slice()) {
            ("cast", [x]) => format!("cast({x} as {})", name_of(self.target.unwrap())),
            ("extract", [_, x]) => format!("extract({} from {x})", self.args[0].1),
            ("like" | "not_like" | "ilike" | "not_ilike", [a, b, escape @ ..]) => {
                let operator = self.name.replace('_', " ");
                let escape = escape.iter().map(|e| format!(" escape {e}")).collect::<String>();
                format!("{a} {operator} {b}{escape}")
            }
            ("position", [a, b]) => format!("position({b} in {a})"),
            (name, args) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                format!("{name}({})", args.join(", "))
            }
            (operator, [x]) => format!("{operator} ({x})"),
            (operator, [l, r]) => format!("({l}) {operator} ({r})"),
            other => panic!("{other:?}"),
        }
    }

    /// What is answered here: type and text, or the condition of an error.
    fn answer(&self) -> String {
        let values: Vec<Value> = match self.args.iter().map(|(ty, text)| value(*ty, text)).collect() {
            Ok(values) => values,
            Err(error) => return format!("no constant: {error}"),
        };
        let (outcome, ty) = match self.target {
            Some(to) => (evaluate_cast(&values[0], self.args[0].0, to, None), to),
            None => match self.resolve(&values) {
                Ok(call) => (self.evaluate(&values, &call), call.result),
                Err(error) => return format!("unresolved: {error:?}"),
            },
        };
        match outcome.and_then(|value| evaluate_cast(&value, ty, Type::Text, None)) {
            Ok(Value::Text(text)) => format!("{}: {text}", kind_name(ty)),
            Ok(Value::Null) => format!("{}: NULL", kind_name(ty)),
            Ok(other) => format!("{}: {other:?}", kind_name(ty)),
            Err(EvaluationError::Eval(error)) => format!("error: {}", error.code()),
            Err(error) => format!("failed: {error}"),
        }
    }

    /// What is called.
    fn resolve(&self, values: &[Value]) -> Result<Resolved, ResolveError> {
        let args: Vec<Arg<'_>> = self
            .args
            .iter()
            .zip(values)
            .map(|((ty, text), value)| Arg {
                ty: Some(*ty),
                text: (*ty == Type::Text).then_some(text),
                integer: if let Value::Integer(i) = value { Some(*i) } else { None },
            })
            .collect();
        resolve(&self.name, &args)
    }

    /// The function or cast that is called, if there is one for these arguments.
    fn function(&self) -> Option<&'static Function> {
        if let Some(to) = self.target {
            return cast(self.args[0].0, to).map(|cast| cast.function);
        }
        let values: Vec<Value> =
            self.args.iter().map(|(ty, text)| value(*ty, text)).collect::<Result<_, _>>().ok()?;
        self.resolve(&values).ok().map(|call| call.function)
    }

    fn evaluate(&self, values: &[Value], call: &Resolved) -> Result<Value, EvaluationError> {
        let passed = call.args.iter().zip(&call.arg_types);
        let args: Vec<Value> = passed
            .map(|(at, ty)| evaluate_cast(&values[*at], self.args[*at].0, *ty, None))
            .collect::<Result<_, _>>()?;
        evaluate(call.function, &args, call.result)
    }
}

fn value(ty: Type, text: &str) -> Result<Value, String> {
    let literal = parse_literal(text, ty, None)?;
    value_of(&literal, ty, None).ok_or_else(|| "no value".to_owned())
}

fn constant(ty: Type, text: &str) -> String {
    format!("{} '{}'", name_of(ty), text.replace('\'', "''"))
}

fn name_of(ty: Type) -> String {
    match ty {
        Type::TimestampTz => "timestamptz".to_owned(),
        ty => ty.to_string(),
    }
}

/// The type without its modifiers, as `pg_typeof` names it.
fn kind_name(ty: Type) -> String {
    match ty {
        Type::Decimal { .. } => "numeric".to_owned(),
        Type::Char(_) => "character".to_owned(),
        Type::Timestamp => "timestamp without time zone".to_owned(),
        Type::TimestampTz => "timestamp with time zone".to_owned(),
        Type::Time => "time without time zone".to_owned(),
        ty => ty.to_string(),
    }
}

fn is_parametrised(ty: Type) -> bool {
    matches!(ty, Type::Char(_) | Type::Enum(_))
}

fn type_named(name: &str) -> Type {
    let name = name.trim();
    if let Some(ty) = KINDS.into_iter().filter(|ty| !is_parametrised(*ty)).find(|ty| name_of(*ty) == name) {
        return ty;
    }
    let numbers: Vec<u32> = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().unwrap())
        .collect();
    match (name.split('(').next(), numbers.as_slice()) {
        (Some("numeric"), [precision, scale]) => {
            Type::Decimal { precision: *precision as u8, scale: *scale as u8 }
        }
        (Some("char"), [n]) => Type::Char(*n),
        _ => panic!("no type: {name}"),
    }
}

/// The names of the conditions that arise here.
const CONDITIONS: &[(&str, &str)] = &[
    ("22012", "division_by_zero"),
    ("22003", "numeric_value_out_of_range"),
    ("22008", "datetime_field_overflow"),
    ("22P02", "invalid_text_representation"),
    ("22007", "invalid_datetime_format"),
    ("22023", "invalid_parameter_value"),
    ("22001", "string_data_right_truncation"),
    ("22011", "substring_error"),
    ("22019", "invalid_escape_character"),
    ("22025", "invalid_escape_sequence"),
    ("2201E", "invalid_argument_for_logarithm"),
    ("2201F", "invalid_argument_for_power_function"),
    ("0A000", "feature_not_supported"),
    ("22015", "interval_field_overflow"),
    ("22P05", "untranslatable_character"),
    ("54000", "program_limit_exceeded"),
];

/// PostgreSQL's answers.
fn ask(calls: &[Call]) -> Vec<String> {
    let psql = std::env::var("COSMICTRON_PSQL").expect("COSMICTRON_PSQL is the command that asks PostgreSQL");
    let mut script = String::from(
        r"
create or replace function pg_temp.answer(call text) returns text language plpgsql as $$
declare kind text; result text;
begin
  execute 'select pg_typeof(x), x::text from (select ' || call || ' as x) t' into kind, result;
  return kind || ': ' || coalesce(result, 'NULL');
exception when others then return 'error: ' || sqlstate;
end $$;
\pset format unaligned
\pset tuples_only on
",
    );
    for call in calls {
        let sql = call.sql().replace('\'', "''");
        writeln!(script, "select replace(pg_temp.answer('{sql}'), E'\\n', '\\n');").unwrap();
    }
    let mut words = psql.split_whitespace();
    let mut child = Command::new(words.next().unwrap())
        .args(words)
        .args(["-q", "-X", "-v", "ON_ERROR_STOP=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("psql starts");
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(script.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let answers: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().map(name_condition).collect();
    assert_eq!(answers.len(), calls.len(), "an answer for every call");
    answers
}

fn name_condition(answer: &str) -> String {
    let condition =
        answer.strip_prefix("error: ").and_then(|code| CONDITIONS.iter().find(|(c, _)| *c == code));
    condition.map_or(answer.to_owned(), |(_, name)| format!("error: {name}"))
}

fn recorded() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let is_call = |line: &&str| !line.is_empty() && !line.starts_with('#');
    RECORDED.lines().filter(is_call).map(|line| match line.split_once(" => ") {
        Some((call, answer)) => (call, Some(answer)),
        None => (line, None),
    })
}

/// What is called in `recorded.txt`.
pub(super) fn recorded_functions() -> impl Iterator<Item = &'static Function> {
    recorded().filter_map(|(line, _)| Call::parse(line).function())
}

#[test]
fn recorded_answers() {
    let mut wrong = String::new();
    for (line, answer) in recorded() {
        let call = Call::parse(line);
        assert_eq!(call.line(), line, "the form of a recorded call");
        let ours = call.answer().replace('\n', "\\n");
        if answer != Some(&ours) {
            writeln!(wrong, "{line}\n    PostgreSQL: {}\n    here:       {ours}", answer.unwrap_or("?"))
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
#[ignore = "asks a PostgreSQL server and writes recorded.txt"]
fn record() {
    let calls: Vec<Call> = recorded().map(|(line, _)| Call::parse(line)).collect();
    let mut answers = ask(&calls).into_iter();
    let mut text = String::new();
    for line in RECORDED.lines() {
        if line.is_empty() || line.starts_with('#') {
            writeln!(text, "{line}").unwrap();
        } else {
            let call = line.split_once(" => ").map_or(line, |(call, _)| call);
            writeln!(text, "{call} => {}", answers.next().unwrap()).unwrap();
        }
    }
    std::fs::write(PATH, text).unwrap();
}

#[test]
#[ignore = "asks a PostgreSQL server"]
fn random_calls() {
    let seed = std::env::var("COSMICTRON_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let rounds = std::env::var("COSMICTRON_ROUNDS").ok().and_then(|s| s.parse().ok()).unwrap_or(20);
    let mut random = Random::new(seed);
    let mut calls = Vec::new();
    for function in table::all() {
        for _ in 0..rounds {
            let args =
                function.params.iter().map(|param| random_arg(&mut random, function.name, *param)).collect();
            calls.push(Call { name: function.name.to_owned(), args, target: None });
        }
    }
    compare(calls, seed);
}

#[test]
#[ignore = "asks a PostgreSQL server"]
fn random_casts() {
    let seed = std::env::var("COSMICTRON_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let rounds = std::env::var("COSMICTRON_ROUNDS").ok().and_then(|s| s.parse().ok()).unwrap_or(20);
    let mut random = Random::new(seed);
    let mut calls = Vec::new();
    for from in TYPES {
        for to in TYPES.iter().filter(|to| cast(*from, **to).is_some()) {
            for _ in 0..rounds {
                let text = match (from, to) {
                    (Type::Text | Type::Char(_), to) if random.below(4) > 0 => sample(&mut random, *to),
                    _ => sample(&mut random, *from),
                };
                calls.push(Call { name: "cast".to_owned(), args: vec![(*from, text)], target: Some(*to) });
            }
        }
    }
    compare(calls, seed);
}

const TYPES: &[Type] = &[
    Type::Boolean,
    Type::SmallInt,
    Type::Integer,
    Type::BigInt,
    Type::Real,
    Type::Double,
    Type::Decimal { precision: 6, scale: 2 },
    Type::Decimal { precision: 30, scale: 4 },
    Type::Numeric,
    Type::Text,
    Type::Varchar,
    Type::Char(40),
    Type::Timestamp,
    Type::TimestampTz,
    Type::Date,
    Type::Time,
    Type::Interval,
    Type::Uuid,
    Type::Bytea,
    Type::Jsonb,
];

fn random_arg(random: &mut Random, name: &str, param: Param) -> (Type, String) {
    let ty = match param {
        Param::Unit(unit) => return (Type::Text, unit.to_owned()),
        Param::Scale => return (Type::Integer, random.below(8).to_string()),
        Param::WholeExponent => {
            return (Type::Decimal { precision: 9, scale: 0 }, (random.below(40) as i64 - 15).to_string());
        }
        Param::Decimal => match random.below(3) {
            0 => Type::Decimal { precision: 12, scale: 2 },
            1 => Type::Decimal { precision: 18, scale: 6 },
            _ => Type::Decimal { precision: 9, scale: 0 },
        },
        Param::Characters if random.below(3) == 0 => Type::Char(12),
        // These would make texts of gigabytes.
        Param::Kind(kind::Kind::Integer)
            if matches!(name, "repeat" | "lpad" | "rpad" | "round" | "trunc") =>
        {
            return (Type::Integer, (random.below(30) as i64 - 10).to_string());
        }
        param => super::type_of(param),
    };
    (ty, sample(random, ty))
}

/// Prints the calls that are answered differently, at most a few of each function.
fn compare(calls: Vec<Call>, seed: u64) {
    let answers = ask(&calls);
    let mut different: std::collections::BTreeMap<String, Vec<String>> = Default::default();
    let mut count = 0;
    for (call, answer) in calls.iter().zip(&answers) {
        let ours = call.answer().replace('\n', "\\n");
        let unread = ours.starts_with("no constant");
        let both_refuse = unread && answer.starts_with("error");
        if ours == *answer || both_refuse || is_known_difference(call, &ours, answer) {
            continue;
        }
        count += 1;
        let kinds: Vec<String> = call.args.iter().map(|(ty, _)| name_of(*ty)).collect();
        let of = format!("{}({}){:?}", call.name, kinds.join(", "), call.target);
        different
            .entry(of)
            .or_default()
            .push(format!("{}\n    PostgreSQL: {answer}\n    here:       {ours}", call.line()));
    }
    let mut report = String::new();
    for examples in different.values() {
        examples.iter().take(3).for_each(|example| writeln!(report, "{example}").unwrap());
    }
    assert!(count == 0, "seed {seed}: {count} of {} calls differ\n{report}", calls.len());
}

/// The differences that the documentation lists: numbers of more than 76 digits, NaN and infinity as NUMERIC, infinite
/// times in EXTRACT and age, and truncation to before the first day of the calendar.
fn is_known_difference(call: &Call, ours: &str, answer: &str) -> bool {
    let overflow = format!("error: {}", EvalError::NumericOverflow.code());
    // What a power needs on the way is longer than what comes of it.
    let most = if matches!(call.name.as_str(), "power" | "pow" | "^") { 35 } else { 45 };
    let many_digits = ours == overflow && answer.starts_with("numeric: ") && answer.len() > most;
    let not_finite = |text: &str| ["NaN", "nfinity", "NULL"].iter().any(|word| text.contains(word));
    let no_number = ours == "error: feature_not_supported" && not_finite(answer);
    let infinite = call.args.iter().any(|(_, text)| text.contains("infinity"));
    let infinite_time = infinite && (answer.contains("NULL") || call.name == "age");
    let first_day =
        call.name == "date_trunc" && ours.ends_with("BC") && answer == "error: datetime_field_overflow";
    many_digits || no_number || infinite_time || first_day
}
