//! Checks of single values, called by emitted code before a row is stored. The errors say what is wrong.

use cosmictron_types::{Text, Value};

/// Pads a `CHAR(n)` value with blanks; longer ones may only have blanks beyond.
///
/// # Errors
/// A message if it is too long.
pub fn pad_char(value: &mut Text, n: u32) -> Result<(), String> {
    let (n, length) = (n as usize, value.chars().count());
    if length == n {
        return Ok(());
    }
    let trimmed: String = value.chars().take(n).collect();
    if length > n && value[trimmed.len()..].contains(|c| c != ' ') {
        return Err(format!("value too long for type character({n}): {:?}", value.as_str()));
    }
    *value = Text::from(format!("{trimmed:<n$}"));
    Ok(())
}

/// Checks a `VARCHAR(n)` value; blanks beyond the length are cut off.
///
/// # Errors
/// A message if it is too long.
pub fn check_length(value: &mut Text, n: u32) -> Result<(), String> {
    let n = n as usize;
    if value.len() <= n {
        return Ok(());
    }
    let Some((cut, _)) = value.char_indices().nth(n) else { return Ok(()) };
    if value[cut..].contains(|c| c != ' ') {
        return Err(format!("value too long for type character varying({n}): {:?}", value.as_str()));
    }
    *value = Text::from(&value[..cut]);
    Ok(())
}

/// Checks that a decimal has no more digits than its type.
///
/// # Errors
/// A message if it has.
pub fn check_digits(mantissa: impl Into<i128>, precision: u8) -> Result<(), String> {
    match 10i128.checked_pow(u32::from(precision)) {
        Some(limit) if mantissa.into().unsigned_abs() >= limit.unsigned_abs() => {
            Err(format!("numeric field overflow: the column holds {precision} digits"))
        }
        _ => Ok(()),
    }
}

/// A key as text, `(customer_id)=(42)`.
pub fn describe_key(columns: &str, values: &[Value]) -> String {
    let text = |value: &Value| if value.is_null() { "null".to_owned() } else { value.to_string() };
    let values: Vec<String> = values.iter().map(text).collect();
    format!("({columns})=({})", values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn char_is_padded_and_varchar_cut_only_of_blanks() {
        let mut text = Text::from("é");
        assert_eq!(pad_char(&mut text, 3), Ok(()));
        assert_eq!(text.as_str(), "é  ");
        assert_eq!(pad_char(&mut text, 1), Ok(()));
        assert_eq!(text.as_str(), "é");
        assert!(pad_char(&mut Text::from("ab"), 1).is_err());
        let mut text = Text::from("ab  ");
        assert_eq!(check_length(&mut text, 3), Ok(()));
        assert_eq!(text.as_str(), "ab ");
        assert!(check_length(&mut Text::from("abcd"), 3).is_err());
        assert_eq!(check_length(&mut Text::from("ééé"), 3), Ok(()));
    }

    #[test]
    fn digits_are_limited_on_both_sides_of_zero() {
        assert!(check_digits(999i64, 3).is_ok());
        assert!(check_digits(-1000i64, 3).is_err());
        assert_eq!(describe_key("a, b", &[Value::Integer(1), Value::Null]), "(a, b)=(1, null)");
    }
}
