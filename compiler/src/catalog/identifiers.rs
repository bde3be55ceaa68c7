//! Names as PostgreSQL reads them.

use sqlparser::ast;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// PostgreSQL's `NAMEDATALEN` without the terminator: longer names are cut.
pub const MAX_NAME_BYTES: usize = 63;

/// The name an identifier stands for: in lower case unless quoted, and cut to [`MAX_NAME_BYTES`].
pub fn fold(ident: &ast::Ident) -> String {
    let name = match ident.quote_style {
        Some(_) => ident.value.clone(),
        // Only ASCII letters fold in a UTF-8 database.
        None => ident.value.to_ascii_lowercase(),
    };
    clip(&name, MAX_NAME_BYTES).to_owned()
}

/// The longest prefix of at most this many bytes that ends with a whole character.
pub(super) fn clip(name: &str, bytes: usize) -> &str {
    &name[..name.floor_char_boundary(bytes.min(name.len()))]
}

/// The name of a table, type or index: unqualified, or qualified with `public`.
pub fn unqualified(name: &ast::ObjectName, span: Span) -> Result<String, Box<Diagnostic>> {
    let parts: Vec<_> = name.0.iter().filter_map(|part| part.as_ident()).collect();
    match parts.as_slice() {
        [name] => Ok(fold(name)),
        [schema, name] if fold(schema) == "public" => Ok(fold(name)),
        [schema, .., last] if parts.len() == name.0.len() => {
            let message = format!("there is no schema `{}`", fold(schema));
            let diagnostic = Diagnostic::error(Code::Unsupported, span, message);
            Err(Box::new(
                diagnostic
                    .help("all names live in one schema; leave the qualification out")
                    .suggest(fold(last)),
            ))
        }
        _ => Err(Box::new(Diagnostic::error(Code::Unsupported, span, "this is not a plain name"))),
    }
}
