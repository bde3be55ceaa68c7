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
    for line in text.lines() {
        match comment_text(line) {
            Some((indent, text)) => {
                result.push_str(indent);
                result.push_str("// ");
                result.push_str(&text);
            }
            None => result.push_str(&spaced_doc(line)),
        }
        result.push('\n');
    }
    Ok(result)
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

fn comment_text(line: &str) -> Option<(&str, String)> {
    let start = line.find("__comment!(")?;
    let (indent, rest) = line.split_at(start);
    if !indent.trim().is_empty() {
        return None;
    }
    let literal = rest.strip_prefix("__comment!(")?.strip_suffix(");")?;
    Some((indent, syn::parse_str::<syn::LitStr>(literal).ok()?.value()))
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
}
