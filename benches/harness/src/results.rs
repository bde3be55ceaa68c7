//! Results in a form in which those of different engines can be compared.

use std::collections::BTreeMap;

/// The rows of each query, in order where the query has one and sorted otherwise.
pub type Results = BTreeMap<String, Vec<Vec<String>>>;

/// An amount of cents, `12.34`.
pub fn cents(amount: i128) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let amount = amount.unsigned_abs();
    format!("{sign}{}.{:02}", amount / 100, amount % 100)
}

/// An average of amounts of cents: four decimals of the amount, rounded half up; `null` over nothing.
pub fn average(sum: i128, count: i128) -> String {
    if count == 0 {
        return null();
    }
    let scaled = (sum * 100 * 2 + count) / (count * 2);
    format!("{}.{:04}", scaled / 10_000, scaled % 10_000)
}

/// A decimal number with any number of decimals, rounded to four of them.
pub fn rounded(number: &str) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits: String = decimals.chars().chain(std::iter::repeat('0')).take(5).collect();
    let scaled: i128 = format!("{whole}{digits}").parse().expect("a number");
    let scaled = (scaled + 5) / 10;
    format!("{}.{:04}", scaled / 10_000, scaled % 10_000)
}

/// A missing value.
pub fn null() -> String {
    "null".to_owned()
}

/// Sorts the rows of a query without an order.
pub fn sorted(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.sort();
    rows
}

/// Orders rows by a numeric column, greatest first, as ORDER BY … DESC does; ties by the rows themselves.
pub fn descending(mut rows: Vec<Vec<String>>, column: usize) -> Vec<Vec<String>> {
    let number = |row: &[String]| row[column].replace('.', "").parse::<i128>().expect("a number");
    rows.sort_by(|a, b| number(b).cmp(&number(a)).then_with(|| a.cmp(b)));
    rows
}
