use super::*;

fn json(text: &str) -> Json {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn prints_the_normal_form() {
    for (input, output) in [
        ("-0.0", "0.0"),
        ("1E5", "100000"),
        ("1.50e1", "15.0"),
        ("-12e-3", "-0.012"),
        ("1.10", "1.10"),
        (r#""a\u0001\"\\\n\u00e9""#, r#""a\u0001\"\\\né""#),
        (r#"{"bb":1,"a":2,"c":{},"a":[]}"#, r#"{"a": [], "c": {}, "bb": 1}"#),
        ("[1,[true,null]]", "[1, [true, null]]"),
    ] {
        assert_eq!(json(input).to_string(), output);
        assert_eq!(json(output), json(input));
    }
}

#[test]
fn refuses_what_cannot_be_stored() {
    for wrong in ["", "{", "01", r#""\u0000""#, "1e200000", "nul"] {
        assert!(wrong.parse::<Json>().is_err(), "{wrong}");
    }
}

/// Recorded from PostgreSQL: `SELECT … ORDER BY x`.
#[test]
fn orders_as_postgresql_does() {
    let ordered = [
        "[]",
        "null",
        r#""a""#,
        r#""b""#,
        "-2",
        "1.0",
        "1.5",
        "10",
        "false",
        "true",
        "[null]",
        "[1]",
        "[[]]",
        "[1, 2]",
        "{}",
        r#"{"a": 1}"#,
        r#"{"b": 0}"#,
        r#"{"a": 0, "b": 0}"#,
    ];
    for (i, a) in ordered.iter().enumerate() {
        for (j, b) in ordered.iter().enumerate() {
            assert_eq!(json(a).cmp(&json(b)), i.cmp(&j), "{a} {b}");
        }
    }
}

#[test]
fn numbers_are_compared_by_value() {
    use std::hash::{BuildHasher, RandomState};
    let state = RandomState::new();
    for (a, b) in [("1.0", "1"), ("100e-2", "1.000"), ("0", "-0.00")] {
        assert_eq!(json(a), json(b));
        assert_eq!(state.hash_one(json(a)), state.hash_one(json(b)));
    }
}
