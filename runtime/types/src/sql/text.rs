//! Functions of text. Lengths and positions count characters, positions from 1.

use crate::error::EvalError;
use crate::value::fit_char;
use crate::{Bytes, Text};

/// The longest text PostgreSQL holds, in bytes.
const MAX_BYTES: usize = 1 << 30;

/// `a || b`
pub fn concat(a: &str, b: &str) -> Text {
    Text::from([a, b].concat())
}

/// `length(a)` and `char_length(a)`
pub fn length(a: &str) -> i32 {
    a.chars().count() as i32
}

/// `length(a)` of a `CHAR(n)`, whose trailing blanks do not count
pub fn length_char(a: &str) -> i32 {
    length(trim_blanks(a))
}

/// `octet_length(a)`, in bytes of UTF-8
pub fn octet_length(a: &str) -> i32 {
    a.len() as i32
}

/// `bit_length(a)`
pub fn bit_length(a: &str) -> i32 {
    a.len() as i32 * 8
}

/// `lower(a)`, character by character
pub fn lower(a: &str) -> Text {
    if a.is_ascii() {
        return Text::from(a.to_ascii_lowercase());
    }
    a.chars().map(lower_char).collect()
}

/// `upper(a)`, character by character: `ß` stays
pub fn upper(a: &str) -> Text {
    if a.is_ascii() {
        return Text::from(a.to_ascii_uppercase());
    }
    a.chars().map(upper_char).collect()
}

/// `initcap(a)`: the first letter of every word upper case, the others lower
pub fn initcap(a: &str) -> Text {
    let mut in_word = false;
    a.chars()
        .map(|c| {
            let mapped = if in_word { lower_char(c) } else { upper_char(c) };
            in_word = c.is_alphabetic() || c.is_ascii_digit();
            mapped
        })
        .collect()
}

/// Of the mappings to several characters, PostgreSQL knows the first character of `İ`'s.
fn lower_char(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Where Unicode maps to several characters, PostgreSQL has the single title-case letter, or none.
fn upper_char(c: char) -> char {
    let mut mapped = c.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(single), None) => single,
        _ => match c {
            '\u{1f80}'..='\u{1f87}' | '\u{1f90}'..='\u{1f97}' | '\u{1fa0}'..='\u{1fa7}' => offset(c, 8),
            '\u{1fb3}' | '\u{1fc3}' | '\u{1ff3}' => offset(c, 9),
            _ => c,
        },
    }
}

fn offset(c: char, by: u32) -> char {
    char::from_u32(c as u32 + by).unwrap_or(c)
}

/// The characters from position `start` up to, and without, position `end`.
fn between(a: &str, start: i64, end: i64) -> &str {
    let skip = (start - 1).max(0);
    let take = (end - 1 - skip).max(0);
    let from = byte_of(a, skip);
    let rest = &a[from..];
    &rest[..byte_of(rest, take)]
}

/// Where the character with this index (from 0) begins, or the end.
fn byte_of(a: &str, index: i64) -> usize {
    if a.is_ascii() {
        return usize::try_from(index).map_or(a.len(), |index| index.min(a.len()));
    }
    usize::try_from(index).ok().and_then(|index| a.char_indices().nth(index)).map_or(a.len(), |(at, _)| at)
}

/// `substring(a FROM start)`
pub fn substring(a: &str, start: i32) -> Text {
    between(a, start.into(), i64::MAX).into()
}

/// `substring(a FROM start FOR count)`
pub fn substring_for(a: &str, start: i32, count: i32) -> Result<Text, EvalError> {
    if count < 0 {
        return Err(EvalError::NegativeSubstringLength);
    }
    Ok(between(a, start.into(), i64::from(start) + i64::from(count)).into())
}

/// `left(a, n)`; with a negative `n` all but the last `-n`
pub fn left(a: &str, n: i32) -> Text {
    let count = if n < 0 { i64::from(length(a)) + i64::from(n) } else { n.into() };
    a[..byte_of(a, count.max(0))].into()
}

/// `right(a, n)`; with a negative `n` all but the first `-n`
pub fn right(a: &str, n: i32) -> Text {
    // The least number has no opposite; PostgreSQL skips nothing then.
    let skip = if n < 0 { n.wrapping_neg().into() } else { i64::from(length(a)) - i64::from(n) };
    a[byte_of(a, skip.max(0))..].into()
}

/// `btrim(a)` and `trim(a)`: without blanks (only those) at both ends
pub fn btrim(a: &str) -> Text {
    a.trim_matches(' ').into()
}

/// `ltrim(a)`
pub fn ltrim(a: &str) -> Text {
    a.trim_start_matches(' ').into()
}

/// `rtrim(a)`
pub fn rtrim(a: &str) -> Text {
    trim_blanks(a).into()
}

/// `btrim(a, characters)`: without any of the characters at both ends
pub fn btrim_of(a: &str, characters: &str) -> Text {
    a.trim_matches(|c| characters.contains(c)).into()
}

/// `ltrim(a, characters)`
pub fn ltrim_of(a: &str, characters: &str) -> Text {
    a.trim_start_matches(|c| characters.contains(c)).into()
}

/// `rtrim(a, characters)`
pub fn rtrim_of(a: &str, characters: &str) -> Text {
    a.trim_end_matches(|c| characters.contains(c)).into()
}

fn trim_blanks(a: &str) -> &str {
    a.trim_end_matches(' ')
}

/// `replace(a, from, to)`
pub fn replace(a: &str, from: &str, to: &str) -> Result<Text, EvalError> {
    if from.is_empty() || !a.contains(from) {
        return Ok(a.into());
    }
    let count = a.matches(from).count();
    limit((a.len() - count * from.len()).saturating_add(count.saturating_mul(to.len())))?;
    Ok(Text::from(a.replace(from, to)))
}

/// `translate(a, from, to)`: each character of `from` becomes the one at its place in `to`, or nothing
pub fn translate(a: &str, from: &str, to: &str) -> Text {
    a.chars()
        .filter_map(|c| match from.chars().position(|f| f == c) {
            Some(at) => to.chars().nth(at),
            None => Some(c),
        })
        .collect()
}

/// `strpos(a, part)` and `position(part IN a)`: where it first begins, 0 if nowhere
pub fn strpos(a: &str, part: &str) -> i32 {
    a.find(part).map_or(0, |at| length(&a[..at]) + 1)
}

/// `split_part(a, delimiter, n)`: the `n`-th field, from the end if negative
pub fn split_part(a: &str, delimiter: &str, n: i32) -> Result<Text, EvalError> {
    if n == 0 {
        return Err(EvalError::FieldPositionZero);
    }
    let index = n.unsigned_abs() as usize - 1;
    let field = if delimiter.is_empty() {
        (index == 0).then_some(a)
    } else if n > 0 {
        a.split(delimiter).nth(index)
    } else {
        // From the end, but cut as from the beginning: overlapping delimiters fall the same way.
        let fields: Vec<&str> = a.split(delimiter).collect();
        fields.len().checked_sub(index + 1).map(|at| fields[at])
    };
    Ok(field.unwrap_or_default().into())
}

/// `starts_with(a, prefix)` and `a ^@ prefix`
pub fn starts_with(a: &str, prefix: &str) -> bool {
    a.starts_with(prefix)
}

/// `lpad(a, n)`: blanks in front up to `n` characters, or only the first `n`
pub fn lpad(a: &str, n: i32) -> Result<Text, EvalError> {
    lpad_with(a, n, " ")
}

/// `lpad(a, n, fill)`
pub fn lpad_with(a: &str, n: i32, fill: &str) -> Result<Text, EvalError> {
    let (kept, padding) = padded(a, n, fill)?;
    Ok(concat(&padding, kept))
}

/// `rpad(a, n)`: blanks behind up to `n` characters, or only the first `n`
pub fn rpad(a: &str, n: i32) -> Result<Text, EvalError> {
    rpad_with(a, n, " ")
}

/// `rpad(a, n, fill)`
pub fn rpad_with(a: &str, n: i32, fill: &str) -> Result<Text, EvalError> {
    let (kept, padding) = padded(a, n, fill)?;
    Ok(concat(kept, &padding))
}

fn padded<'a>(a: &'a str, n: i32, fill: &str) -> Result<(&'a str, String), EvalError> {
    let n = n.max(0) as usize;
    let kept = &a[..byte_of(a, n as i64)];
    if fill.is_empty() {
        return Ok((kept, String::new()));
    }
    let missing = n - kept.chars().count();
    limit(missing.saturating_mul(4))?;
    Ok((kept, fill.chars().cycle().take(missing).collect()))
}

/// `repeat(a, n)`
pub fn repeat(a: &str, n: i32) -> Result<Text, EvalError> {
    let n = n.max(0) as usize;
    limit(a.len().saturating_mul(n))?;
    Ok(Text::from(a.repeat(n)))
}

fn limit(bytes: usize) -> Result<(), EvalError> {
    if bytes >= MAX_BYTES { Err(EvalError::TextTooLong) } else { Ok(()) }
}

/// `reverse(a)`
pub fn reverse(a: &str) -> Text {
    a.chars().rev().collect()
}

/// `ascii(a)`: the code of the first character, 0 if there is none
pub fn ascii(a: &str) -> i32 {
    a.chars().next().map_or(0, |c| c as i32)
}

/// `chr(code)`
pub fn chr(code: i32) -> Result<Text, EvalError> {
    let code = u32::try_from(code).map_err(|_| EvalError::NegativeCharacter)?;
    match char::from_u32(code) {
        Some('\0') | None => Err(EvalError::InvalidCharacter),
        Some(c) => Ok([c].into_iter().collect()),
    }
}

/// `to_hex(a)` of INTEGER
pub fn to_hex_i32(a: i32) -> Text {
    Text::from(format!("{a:x}"))
}

/// `to_hex(a)` of BIGINT
pub fn to_hex_i64(a: i64) -> Text {
    Text::from(format!("{a:x}"))
}

/// `length(a)` and `octet_length(a)` of BYTEA
pub fn length_bytes(a: &Bytes) -> i32 {
    a.len() as i32
}

/// `a || b` of BYTEA
pub fn concat_bytes(a: &Bytes, b: &Bytes) -> Bytes {
    Bytes::from([&**a, &**b].concat())
}

/// A `CHAR(n)` as TEXT: without its trailing blanks
pub fn char_to_text(a: &str) -> Text {
    trim_blanks(a).into()
}

/// `a::CHAR(n)` written out: padded, and cut where it is longer
pub fn text_to_char<const N: u32>(a: &str) -> Text {
    let cut = &a[..byte_of(a, N.into())];
    fit_char(cut, N).unwrap_or_else(|_| cut.into())
}

/// A text stored in a `CHAR(n)`: padded, and an error where more than blanks would be cut off
pub fn assign_char<const N: u32>(a: &str) -> Result<Text, EvalError> {
    fit_char(a, N)
}

/// `a::VARCHAR(n)` written out: cut where it is longer
pub fn text_to_varchar<const N: u32>(a: &str) -> Text {
    a[..byte_of(a, N.into())].into()
}

/// A text stored in a `VARCHAR(n)`: an error where more than blanks would be cut off
pub fn assign_varchar<const N: u32>(a: &str) -> Result<Text, EvalError> {
    crate::value::fit_varchar(a, N)
}

/// How two `CHAR`s compare: without their trailing blanks
pub fn compare_char(a: &str, b: &str) -> std::cmp::Ordering {
    trim_blanks(a).cmp(trim_blanks(b))
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
