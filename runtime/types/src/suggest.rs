//! The nearest name to a misspelt one, for "did you mean" in diagnostics.

/// The candidate that `name` is most likely a misspelling of, or `None` if all are too different.
///
/// One edit (insertion, deletion, replacement or exchange of neighbours) is allowed for every three characters.
/// Among equally near candidates the first wins, so that messages do not depend on anything but the input.
///
/// ```
/// use cosmictron_types::suggest::nearest;
///
/// assert_eq!(nearest("custmer_id", ["id", "customer_id"]), Some("customer_id"));
/// assert_eq!(nearest("total", ["id", "customer_id"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    let allowed = (wanted.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate.to_lowercase().chars().collect();
        if wanted.len().abs_diff(other.len()) > allowed {
            continue;
        }
        let distance = edit_distance(&wanted, &other);
        // A replacement of everything is no misspelling: `a` is not `b`.
        let plausible = distance <= allowed && distance < wanted.len().max(other.len());
        if plausible && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// "did you mean `x`?" for the nearest candidate, ready to be a diagnostic's help.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Optimal string alignment: Levenshtein's distance with exchanged neighbours as one edit.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_misspellings() {
        let names = ["orders", "order_items", "products", "customers", "id"];
        assert_eq!(nearest("order", names), Some("orders"));
        assert_eq!(nearest("oredrs", names), Some("orders"));
        assert_eq!(nearest("orderitems", names), Some("order_items"));
        assert_eq!(nearest("Products", names), Some("products"));
        assert_eq!(nearest("di", names), Some("id"));
    }

    #[test]
    fn is_silent_about_other_words() {
        assert_eq!(nearest("x", ["a", "b"]), None);
        assert_eq!(nearest("payments", ["orders", "products"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("a", []), None);
    }
}
