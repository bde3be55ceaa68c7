use std::hash::{BuildHasher, RandomState};

use super::*;
use crate::error::TypeName;

fn number(text: &str) -> Numeric {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn reads_and_prints_what_postgresql_does() {
    for (text, printed) in [
        ("0", "0"),
        ("-0.00", "0.00"),
        (" +1.50 ", "1.50"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e3", "1000"),
        ("1.50e1", "15.0"),
        ("-12E-3", "-0.012"),
        ("0e99999", "0"),
        ("1234567890123456789012345678901234567890.5", "1234567890123456789012345678901234567890.5"),
    ] {
        assert_eq!(number(text).to_string(), printed, "{text}");
    }
    for wrong in
        ["", ".", "e5", "1e", "1.2.3", "--1", "1_000", "NaN", "Infinity", "0x1", "1e99999", "1e-99999", "1 2"]
    {
        assert!(wrong.parse::<Numeric>().is_err(), "{wrong}");
    }
}

#[test]
fn equal_numbers_are_equal_and_hash_alike_whatever_their_scale() {
    let state = RandomState::new();
    for (a, b) in [("1.5", "1.500"), ("0", "0.000"), ("100", "1e2"), ("-7.0", "-7")] {
        assert_eq!(number(a), number(b));
        assert_eq!(state.hash_one(number(a)), state.hash_one(number(b)));
    }
    let tiny = Numeric::new(1, MAX_DIGITS);
    let huge = number("9e75");
    for (smaller, greater) in [("1.49", "1.5"), ("-2", "-1.99"), ("-1", "0.0"), ("9.99", "10")] {
        assert!(number(smaller) < number(greater));
    }
    assert!(tiny < huge && neg(huge) < tiny && tiny > Numeric::ZERO);
}

fn neg(a: Numeric) -> Numeric {
    crate::sql::neg_numeric(a)
}

/// Of every length, with the point at every place, and with more zeros before it than there are digits.
#[test]
fn what_is_printed_is_read_again() {
    let digits: String = "9018273645".repeat(8);
    for length in 1..=76 {
        for scale in [0, 1, length / 2, length - 1, length] {
            let (whole, fraction) = digits[..length].split_at(length - scale);
            let whole = if whole.is_empty() { "0" } else { whole };
            let point = if fraction.is_empty() { "" } else { "." };
            for sign in ["", "-"] {
                let text = format!("{sign}{whole}{point}{fraction}");
                assert_eq!(number(&text).to_string(), text);
                assert_eq!(number(&format!("{sign}{:0>100}{point}{fraction}", whole)).to_string(), text);
            }
        }
    }
    assert_eq!(Numeric::new(-5, 76).to_string(), format!("-0.{:0>76}", 5));
    assert_eq!(format!("{:>8}|{:<8}|", Numeric::new(-5, 2), Numeric::new(5, 0)), "   -0.05|5       |");
}

#[test]
fn holds_76_digits_and_no_more() {
    let nines = "9".repeat(76);
    assert_eq!(number(&nines).to_string(), nines);
    assert!(format!("6{nines}").parse::<Numeric>().is_err());
    assert_eq!(number(&nines).mantissa(), None);
    assert_eq!(number("-5.25").mantissa(), Some(-525));
    assert_eq!(number(&nines).rescale(1), Err(EvalError::NumericOverflow));
    assert_eq!(Numeric::new(i128::MIN, 3).to_string(), "-170141183460469231731687303715884105.728");
}

#[test]
fn rescaling_rounds_halves_away_from_zero() {
    let rounded = |text: &str, scale| number(text).rescale(scale).unwrap().to_string();
    assert_eq!(
        [rounded("0.5", 0), rounded("-0.5", 0), rounded("2.449", 1), rounded("2.5", 3)],
        ["1", "-1", "2.4", "2.500"]
    );
    assert_eq!(number("99.995").fit(4, 2), Err(EvalError::NumericFieldOverflow));
    assert_eq!(number("99.994").fit(4, 2).unwrap().to_string(), "99.99");
}

#[test]
fn fixed_scales_read_and_round() {
    assert_eq!("12.345".parse(), Ok(Decimal::<2>::from_mantissa(1235)));
    assert_eq!("-12.345".parse(), Ok(Decimal::<2>::from_mantissa(-1235)));
    let error = "1e18".parse::<Decimal<2>>().unwrap_err();
    assert_eq!(
        (error.condition(), error.message()),
        (EvalError::NumericFieldOverflow, "numeric field overflow: \"1e18\"")
    );
    let error = "twelve".parse::<Decimal<2>>().unwrap_err();
    assert_eq!(error.condition(), EvalError::InvalidText(TypeName::Numeric));
    assert_eq!(Decimal::<2>::from_integer(i64::MAX), None);
    assert_eq!(WideDecimal::<2>::from_integer(-7).unwrap().to_string(), "-7.00");
    assert_eq!(Decimal::<2>::from_mantissa(-5).to_string(), "-0.05");
    assert_eq!(format!("{:>8}", Decimal::<2>::from_mantissa(125)), "    1.25");
    assert_eq!(Decimal::<2>::from_mantissa(125).to_f64(), 1.25);
}

/// Long division, against the same quotient in machine integers.
#[test]
fn wide_division_agrees_with_narrow() {
    for (a, b) in [("1", "3"), ("-22", "7"), ("123456789.123", "0.00007"), ("0.001", "98765"), ("5", "5")] {
        let (a, b) = (number(a), number(b));
        let narrow = a.divide(b).unwrap();
        // Sixty zeros more in both leave the quotient as it is, but not within 128 bits.
        let zeros = power_of_ten(60).unwrap();
        let wide = |n: Numeric| Numeric::from_wide(n.wide_mantissa() * zeros, n.scale());
        let quotient = wide(a).divide(wide(b)).unwrap();
        assert_eq!(quotient.to_string(), narrow.to_string());
    }
    assert_eq!(number("1").divide(number("0.00")), Err(EvalError::DivisionByZero));
    assert_eq!(number("1e75").divide(number("1e-10")), Err(EvalError::NumericOverflow));
}
