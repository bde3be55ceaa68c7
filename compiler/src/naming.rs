//! SQL names as Rust identifiers: sanitised, and distinct where they have to be.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

/// A value's or module's name, as written where Rust allows it: `order_items`, `r#type`, `self_`.
pub(crate) fn snake(name: &str) -> Ident {
    let mut text = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || c == '_' => text.push(c),
            _ if !text.ends_with('_') => text.push('_'),
            _ => {}
        }
    }
    if text.chars().all(|c| c == '_') {
        text.clear();
    }
    if text.is_empty() {
        text.push('c');
    } else if text.starts_with(|c: char| c.is_ascii_digit()) {
        text.insert_str(0, "c_");
    }
    ident(&text)
}

/// A type's name: `OrderItems`.
pub(crate) fn pascal(name: &str) -> Ident {
    let mut text = String::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty()) {
        let mut chars = part.chars();
        text.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        text.extend(chars);
    }
    if text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit()) {
        text.insert(0, 'T');
    }
    ident(&text)
}

/// Names made distinct by a number where they would collide.
#[derive(Default)]
pub(crate) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// `wanted`, or the first of `wanted_2`, `wanted_3`… that is free.
    pub(crate) fn distinct(&mut self, wanted: Ident) -> Ident {
        let text = wanted.to_string();
        if self.taken.insert(text.clone()) {
            return wanted;
        }
        self.numbered(&format!("{}_", plain(&text).trim_end_matches('_')))
    }

    /// The same for a type: `Wanted`, `Wanted2`, `Wanted3`…
    pub(crate) fn distinct_type(&mut self, wanted: Ident) -> Ident {
        let text = wanted.to_string();
        if self.taken.insert(text.clone()) {
            return wanted;
        }
        self.numbered(&text)
    }

    /// Takes several names if all of them are free.
    pub(crate) fn take_all(&mut self, wanted: &[String]) -> bool {
        let free = wanted.iter().all(|name| !self.taken.contains(name));
        if free {
            self.taken.extend(wanted.iter().cloned());
        }
        free
    }

    fn numbered(&mut self, base: &str) -> Ident {
        let free = (2..).map(|n| format!("{base}{n}")).find(|name| self.taken.insert(name.clone()));
        ident(&free.unwrap_or_else(|| base.to_owned()))
    }
}

/// An identifier; a keyword becomes raw, or gets a trailing underscore where Rust has no raw form.
pub(crate) fn ident(text: &str) -> Ident {
    if matches!(text, "self" | "Self" | "super" | "crate" | "_") {
        return Ident::new(&format!("{text}_"), Span::call_site());
    }
    if is_keyword(text) {
        Ident::new_raw(text, Span::call_site())
    } else {
        Ident::new(text, Span::call_site())
    }
}

/// Whether a word is a keyword of Rust, or reserved, in any edition: `gen` is in 2024, which syn does not know.
pub(crate) fn is_keyword(word: &str) -> bool {
    word == "gen" || syn::parse_str::<Ident>(word).is_err()
}

/// An identifier's text without the mark of a raw one, to build other names from.
pub(crate) fn plain(text: &str) -> &str {
    text.strip_prefix("r#").unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sanitised() {
        assert_eq!(snake("order_items").to_string(), "order_items");
        assert_eq!(snake("self").to_string(), "self_");
        assert_eq!(snake("9 lives").to_string(), "c_9_lives");
        assert_eq!(snake("?column?").to_string(), "_column_");
        assert_eq!(snake("a - b").to_string(), "a_b");
        assert_eq!(snake("a__b").to_string(), "a__b");
        assert_eq!(snake("🎉").to_string(), "c");
        assert_eq!(pascal("order_items").to_string(), "OrderItems");
        assert_eq!(pascal("self").to_string(), "Self_");
        assert_eq!(pascal("2fast").to_string(), "T2fast");
    }

    #[test]
    fn keywords_of_every_edition_are_raw() {
        for word in ["type", "gen", "try", "async", "await", "dyn", "abstract", "become", "virtual", "yield"]
        {
            assert_eq!(snake(word).to_string(), format!("r#{word}"));
        }
        for word in ["union", "auto", "raw", "safe", "macro_rules", "default"] {
            assert_eq!(snake(word).to_string(), word, "a word only where it means something");
        }
    }

    #[test]
    fn names_are_distinct() {
        let mut names = Names::default();
        assert_eq!(names.distinct(snake("type")).to_string(), "r#type");
        assert_eq!(names.distinct(snake("type")).to_string(), "type_2");
        assert_eq!(names.distinct(snake("'q'")).to_string(), "_q_");
        assert_eq!(names.distinct(snake("\"q\"")).to_string(), "_q_2");
        assert_eq!(names.distinct_type(pascal("log_1")).to_string(), "Log1");
        assert_eq!(names.distinct_type(pascal("log1")).to_string(), "Log12");
    }
}
