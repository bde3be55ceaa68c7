//! All expected values are PostgreSQL's.

use super::*;
use crate::error::TypeName;

#[test]
fn parts_of_a_text() {
    assert_eq!(substring_for("hello", -1, 3).unwrap(), "h");
    assert_eq!(substring_for("héllo", 2, 1).unwrap(), "é");
    assert_eq!(substring_for("abc", i32::MIN, i32::MAX).unwrap(), "");
    assert_eq!(substring_for("abc", 2, i32::MAX).unwrap(), "bc");
    assert_eq!(substring_for("hello", -5, -1), Err(EvalError::NegativeSubstringLength));
    assert_eq!((substring("hello", 0), substring("hello", 10)), ("hello".into(), "".into()));
    assert_eq!(
        (left("hello", -2), left("hello", 10), left("abc", -10)),
        ("hel".into(), "hello".into(), "".into())
    );
    assert_eq!(
        (right("hello", -2), right("hello", 2), right("abc", -10)),
        ("llo".into(), "lo".into(), "".into())
    );
    assert_eq!((left("abc", i32::MIN), right("abc", i32::MIN)), ("".into(), "abc".into()));
}

#[test]
fn trimming() {
    assert_eq!((btrim("  a b "), btrim("\ta ")), ("a b".into(), "\ta".into()));
    assert_eq!(
        (btrim_of("xxyaxy", "xy"), ltrim_of("aab", "a"), rtrim_of("abb", "b")),
        ("a".into(), "b".into(), "a".into())
    );
    assert_eq!(btrim_of("abc", ""), "abc");
}

#[test]
fn searching_and_replacing() {
    assert_eq!(replace("aaa", "a", "bb").unwrap(), "bbbbbb");
    assert_eq!(replace("abc", "", "x").unwrap(), "abc");
    assert_eq!(translate("12345", "143", "ax"), "a2x5");
    assert_eq!((strpos("abc", "c"), strpos("abc", ""), strpos("", "a"), strpos("héé", "é")), (3, 1, 0, 2));
    let part = |n| split_part("a,b,c", ",", n).unwrap();
    assert_eq!((part(2), part(-1), part(5), part(-4)), ("b".into(), "c".into(), "".into(), "".into()));
    assert_eq!(split_part("abc", "", -1).unwrap(), "abc");
    assert_eq!(split_part("a", ",", 0), Err(EvalError::FieldPositionZero));
}

#[test]
fn padding_and_repeating() {
    assert_eq!(lpad("hi", 5).unwrap(), "   hi");
    assert_eq!(lpad_with("hi", 5, "xy").unwrap(), "xyxhi");
    assert_eq!(lpad("hello", 2).unwrap(), "he");
    assert_eq!(rpad_with("hi", 5, "").unwrap(), "hi");
    assert_eq!(rpad("hi", -1).unwrap(), "");
    assert_eq!(repeat("ab", -1).unwrap(), "");
    assert_eq!(repeat("ab", 1_000_000_000), Err(EvalError::TextTooLong));
    assert_eq!(lpad("ab", 1_000_000_000), Err(EvalError::TextTooLong));
    assert_eq!(reverse("héy"), "yéh");
}

#[test]
fn case_is_mapped_character_by_character() {
    for (text, mapped) in [("straße", "STRAßE"), ("ŉ", "ŉ"), ("ǆ", "Ǆ"), ("ﬁ", "ﬁ"), ("ÿ", "Ÿ"), ("ᾳ", "ᾼ")]
    {
        assert_eq!(upper(text), mapped);
    }
    for (text, mapped) in [("ΑΣ", "ασ"), ("İ", "i"), ("ẞ", "ß"), ("ABC", "abc")] {
        assert_eq!(lower(text), mapped);
    }
    assert_eq!(initcap("hELLO wORLD-foo bar1x"), "Hello World-Foo Bar1x");
}

#[test]
fn blanks_of_char_do_not_count() {
    assert_eq!(text_to_char::<4>("ab"), "ab  ");
    assert_eq!(text_to_char::<2>("abc"), "ab");
    assert_eq!(assign_char::<2>("ab   ").unwrap(), "ab");
    assert_eq!(assign_char::<2>("abc"), Err(EvalError::TooLong(TypeName::Char)));
    assert_eq!(assign_varchar::<2>("abc"), Err(EvalError::TooLong(TypeName::VarChar)));
    assert_eq!(assign_varchar::<2>("ab  ").unwrap(), "ab");
    assert_eq!((length_char("ab   "), octet_length("ab   ")), (2, 5));
    assert!(compare_char("a  ", "a").is_eq() && compare_char("a", "a\u{1}").is_lt());
}
