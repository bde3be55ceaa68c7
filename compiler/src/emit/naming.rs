//! SQL names as Rust identifiers: sanitised, and distinct where they have to be.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

/// A snake-case identifier: `order_items`, `r#type`, `self_`.
pub(crate) fn snake(name: &str) -> Ident {
    let mut text: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if text.starts_with(|c: char| c.is_ascii_digit()) || text.chars().all(|c| c == '_') {
        text.insert_str(0, "c_");
    }
    ident(&text)
}

/// A type name: `OrderItems`.
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
        let base = text.trim_start_matches("r#");
        let free = (2..).map(|n| format!("{base}_{n}")).find(|name| self.taken.insert(name.clone()));
        ident(&free.unwrap_or_else(|| base.to_owned()))
    }
}

/// An identifier; a keyword becomes raw, or gets a trailing underscore where Rust has no raw form.
fn ident(text: &str) -> Ident {
    if matches!(text, "self" | "Self" | "super" | "crate" | "_") {
        return Ident::new(&format!("{text}_"), Span::call_site());
    }
    match syn::parse_str::<Ident>(text) {
        Ok(ident) => ident,
        Err(_) => Ident::new_raw(text, Span::call_site()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sanitised_and_distinct() {
        assert_eq!(snake("order_items").to_string(), "order_items");
        assert_eq!(snake("type").to_string(), "r#type");
        assert_eq!(snake("self").to_string(), "self_");
        assert_eq!(snake("9 lives").to_string(), "c_9_lives");
        assert_eq!(snake("?column?").to_string(), "_column_");
        assert_eq!(pascal("order_items").to_string(), "OrderItems");
        assert_eq!(pascal("self").to_string(), "Self_");
        assert_eq!(pascal("2fast").to_string(), "T2fast");
        let mut names = Names::default();
        assert_eq!(names.distinct(snake("type")).to_string(), "r#type");
        assert_eq!(names.distinct(snake("type")).to_string(), "type_2");
    }
}
