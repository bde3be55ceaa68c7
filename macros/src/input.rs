//! What stands between the braces of the macros.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Path, Token};

/// The input of `cosmictron_query!`.
pub(crate) struct Queries {
    pub schema: LitStr,
    /// Where the schema module is, if not emitted here.
    pub schema_module: Option<Path>,
    pub items: Vec<Item>,
}

/// One declaration.
pub(crate) enum Item {
    /// `query name = "…";`
    Inline { name: Ident, sql: LitStr },
    /// `query name = file "…";`
    File { name: Ident, path: LitStr },
    /// `queries "…";`
    Folder { path: LitStr },
}

impl Parse for Queries {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let start = input.fork();
        let keyword: Ident = input.parse().map_err(|e| expected_schema(e.span()))?;
        if keyword != "schema" {
            return Err(expected_schema(keyword.span()));
        }
        drop(start);
        let schema: LitStr = input.parse()?;
        let schema_module = if input.peek(Token![as]) {
            input.parse::<Token![as]>()?;
            Some(input.parse::<Path>()?)
        } else {
            None
        };
        input.parse::<Token![;]>()?;
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse()?);
        }
        if items.is_empty() {
            let message = "declare at least one query: `query name = \"SELECT …\";`";
            return Err(syn::Error::new(schema.span(), message));
        }
        Ok(Self { schema, schema_module, items })
    }
}

fn expected_schema(span: Span) -> syn::Error {
    syn::Error::new(span, "expected `schema \"schema.sql\";` first, then `query name = \"SELECT …\";`")
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let keyword: Ident = input.parse()?;
        let item = if keyword == "query" {
            let name: Ident = input.parse()?;
            input.parse::<Token![=]>()?;
            if input.peek(Ident) {
                let file: Ident = input.parse()?;
                if file != "file" {
                    return Err(syn::Error::new(
                        file.span(),
                        "expected a string with the SQL, or `file \"path.sql\"`",
                    ));
                }
                Item::File { name, path: input.parse()? }
            } else {
                Item::Inline { name, sql: input.parse()? }
            }
        } else if keyword == "queries" {
            Item::Folder { path: input.parse()? }
        } else {
            let message = "expected `query name = \"SELECT …\";` or `queries \"file.sql\";`";
            return Err(syn::Error::new(keyword.span(), message));
        };
        input.parse::<Token![;]>()?;
        Ok(item)
    }
}
