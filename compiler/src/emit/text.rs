//! From tokens to formatted text with comments.

use proc_macro2::TokenStream;
use quote::quote;

/// A comment line inside a function body. Tokens cannot carry comments, so it travels as a statement.
pub(crate) fn comment(text: &str) -> TokenStream {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    quote!(__comment!(#text);)
}

/// Formats a file and turns the comment statements into comments.
///
/// # Errors
/// A message, if the tokens are not a Rust file: a bug of the emitter.
pub(crate) fn format(tokens: TokenStream) -> Result<String, String> {
    let file: syn::File = syn::parse2(tokens).map_err(|e| e.to_string())?;
    let text = prettyplease::unparse(&file);
    let mut result = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.trim_start().strip_prefix("__comment!(") {
            Some(rest) => {
                // A long one is broken after the parenthesis and before the closing one.
                let mut literal = rest.to_owned();
                while !literal.ends_with(");") {
                    literal.push_str(lines.next().ok_or("a comment does not end")?.trim());
                }
                let text: syn::LitStr =
                    syn::parse_str(&literal[..literal.len() - 2]).map_err(|e| e.to_string())?;
                write_comment(&line[..line.len() - line.trim_start().len()], &text.value(), &mut result);
            }
            None => {
                result.push_str(&spaced_doc(line));
                result.push('\n');
            }
        }
    }
    Ok(result)
}

/// Where comments are broken.
const COLUMNS: usize = 110;

/// Writes a comment, on several lines if it is long.
fn write_comment(indent: &str, text: &str, result: &mut String) {
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 && column + 1 + word.len() <= COLUMNS {
            result.push(' ');
            column += 1;
        } else {
            if column > 0 {
                result.push('\n');
            }
            result.push_str(indent);
            result.push_str("// ");
            column = indent.len() + 3;
        }
        result.push_str(word);
        column += word.len();
    }
    result.push('\n');
}

/// Doc attributes are printed without the space that people write.
fn spaced_doc(line: &str) -> std::borrow::Cow<'_, str> {
    let start = line.len() - line.trim_start().len();
    match line[start..].strip_prefix("///") {
        Some(text) if !text.is_empty() && !text.starts_with(' ') => {
            format!("{}/// {text}", &line[..start]).into()
        }
        _ => line.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_survive_formatting() {
        let c = comment("WHERE name = \"it's\"\n  AND x > 1");
        let text = format(quote!(fn f() { #c let x = 1; })).unwrap();
        assert_eq!(text, "fn f() {\n    // WHERE name = \"it's\" AND x > 1\n    let x = 1;\n}\n");
    }

    #[test]
    fn long_comments_are_broken() {
        let words = vec!["word"; 60].join(" ");
        let c = comment(&words);
        let text = format(quote!(fn f() { if true { #c g(); } })).unwrap();
        assert!(text.lines().all(|line| line.len() <= COLUMNS), "{text}");
        assert_eq!(text.matches("word").count(), 60);
        assert_eq!(text.matches("        // word").count(), 3);
    }
}
