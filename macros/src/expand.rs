//! From the macros' input to the compiler and back.

use std::path::{Path, PathBuf};

use cosmictron_compiler::diagnostic::{Diagnostic, Severity};
use cosmictron_compiler::emit::SchemaModule;
use cosmictron_compiler::files::FileError;
use cosmictron_compiler::source::{Source, Span};
use cosmictron_compiler::{Compilation, Request, compile, files, render};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::LitStr;

use crate::input::{Item, Queries};
use crate::position;

/// `cosmictron_query!`
pub(crate) fn queries(input: TokenStream) -> TokenStream {
    let result = syn::parse2::<Queries>(input).and_then(|input| {
        let inputs = Inputs::of(&root(), &input)?;
        Ok(finish(&compile_apart(&inputs.request), &input.schema, &inputs.files, &inputs.origins))
    });
    result.unwrap_or_else(|e| e.to_compile_error())
}

/// What a macro hands to the compiler.
struct Inputs {
    request: Request,
    /// The files that were read.
    files: Vec<PathBuf>,
    /// For each source of queries the literal that holds it or names its file.
    origins: Vec<LitStr>,
}

impl Inputs {
    /// Reads what the macro names; paths are relative to `root`.
    fn of(root: &Path, input: &Queries) -> syn::Result<Self> {
        let (mut files, mut origins) = (Vec::new(), Vec::new());
        let schema = load(root, &input.schema, &mut files)?;
        let mut request = Request { schema, ..Request::default() };
        if let Some(path) = &input.schema_module {
            request.schema_module = SchemaModule::At(path.to_token_stream().to_string().replace(' ', ""));
        }
        for item in &input.items {
            add(root, item, &mut request, &mut files, &mut origins)?;
        }
        Ok(Self { request, files, origins })
    }
}

/// `cosmictron_schema!`
pub(crate) fn schema(input: TokenStream) -> TokenStream {
    let result = syn::parse2::<LitStr>(input).and_then(|path| {
        let mut files = Vec::new();
        let schema = load(&root(), &path, &mut files)?;
        Ok(finish(&compile_apart(&Request { schema, ..Request::default() }), &path, &files, &[]))
    });
    result.unwrap_or_else(|e| e.to_compile_error())
}

/// Compiles with tokens that are not rustc's: the compiler works on a thread of its own, where those cannot be used. None of its tokens
/// leaves it, only text.
fn compile_apart(request: &Request) -> Compilation {
    proc_macro2::fallback::force();
    let compiled = compile(request);
    proc_macro2::fallback::unforce();
    compiled
}

fn add(
    root: &Path,
    item: &Item,
    request: &mut Request,
    files: &mut Vec<PathBuf>,
    origins: &mut Vec<LitStr>,
) -> syn::Result<()> {
    match item {
        Item::Inline { name, sql } => {
            let name = name.to_string();
            request.queries.push(Source { query: Some(name.clone()), ..Source::new(name, sql.value()) });
            origins.push(sql.clone());
        }
        Item::File { name, path } => {
            let source = load(root, path, files)?;
            request.queries.push(Source { query: Some(name.to_string()), ..source });
            origins.push(path.clone());
        }
        Item::Folder { path } => {
            let found =
                files::query_files(&root.join(path.value())).map_err(|e| syn::Error::new(path.span(), e))?;
            for file in found {
                let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
                request.queries.push(files::read(&file, &name).map_err(|e| syn::Error::new(path.span(), e))?);
                origins.push(path.clone());
                files.push(file);
            }
        }
    }
    Ok(())
}

/// The package's folder, which paths are relative to.
fn root() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
}

/// A file or folder that exists: relative to the package, or else to the Rust file in which it is named.
fn find(root: &Path, path: &LitStr) -> Option<PathBuf> {
    let beside = || proc_macro::is_available().then(|| path.span().unwrap().local_file()).flatten();
    let in_package = root.join(path.value());
    if in_package.exists() {
        return Some(in_package);
    }
    Some(beside()?.parent()?.join(path.value())).filter(|p| p.exists())
}

fn load(root: &Path, path: &LitStr, files: &mut Vec<PathBuf>) -> syn::Result<Source> {
    let full = find(root, path).unwrap_or_else(|| root.join(path.value()));
    let source = files::read(&full, &path.value()).map_err(|e| {
        let named = FileError { path: path.value().into(), ..e };
        syn::Error::new(
            path.span(),
            format!("{named} (paths are relative to the package, or to this Rust file)"),
        )
    })?;
    files.push(full);
    Ok(source)
}

/// The emitted code, or the errors; in both cases cargo is told of the files that were read.
fn finish(compiled: &Compilation, schema: &LitStr, files: &[PathBuf], origins: &[LitStr]) -> TokenStream {
    let watched = files.iter().map(|file| watch(file));
    let errors = compiled.diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|diagnostic| {
        // The schema is the first source, the queries follow.
        let origin =
            (diagnostic.primary.span.source.0 as usize).checked_sub(1).and_then(|at| origins.get(at));
        let (span, message) = explain(compiled, diagnostic, schema, origin);
        quote_spanned!(span=> ::core::compile_error!(#message);)
    });
    let code = match &compiled.rust {
        Some(rust) => rust.parse::<TokenStream>().unwrap_or_else(|e| {
            let message = format!("the emitted code is not Rust: {e}");
            quote!(::core::compile_error!(#message);)
        }),
        None => TokenStream::new(),
    };
    quote! {
        #(#watched)*
        #(#errors)*
        #code
    }
}

/// Makes cargo rebuild when a file changes.
fn watch(file: &Path) -> TokenStream {
    let path = file.to_string_lossy();
    quote!(
        const _: &[u8] = ::core::include_bytes!(#path);
    )
}

/// The place to mark and the message to show. The message repeats the SQL, since the mark can only be on the whole literal.
fn explain(
    compiled: &Compilation,
    diagnostic: &Diagnostic,
    schema: &LitStr,
    origin: Option<&LitStr>,
) -> (proc_macro2::Span, String) {
    let text = render::render_text(diagnostic, &compiled.sources, false, None);
    let Some(literal) = origin else { return (schema.span(), text) };
    // A query that stands in the macro itself has its text in the literal; otherwise the literal names the file.
    let source = compiled.sources.get(diagnostic.primary.span.source);
    if literal.value() == source.text {
        (literal.span(), format!("{}{text}", place_in(literal, diagnostic.primary.span)))
    } else {
        (literal.span(), text)
    }
}

/// The place in the Rust file of the first of the words.
fn place_in(literal: &LitStr, span: Span) -> String {
    let token = literal.token();
    let start = token.span().unwrap();
    let (line, column) =
        position::place(&token.to_string(), start.line(), start.column(), span.start as usize);
    format!("at {}:{line}:{column}\n", start.file())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The other doors are held against the same file in the compiler's tests.
    #[test]
    fn the_macro_emits_what_the_other_doors_emit() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-examples/ecommerce");
        let input = syn::parse_str::<Queries>(r#"schema "schema.sql"; queries "queries";"#).unwrap();
        let inputs = Inputs::of(&example, &input).unwrap();
        let compiled = compile_apart(&inputs.request);
        let checked_in = std::fs::read_to_string(example.join("src/live.rs")).unwrap();
        assert_eq!(compiled.rust.as_deref(), Some(checked_in.as_str()));
        // A query that stands in the macro itself differs in the header only, which names no file for it.
        let (name, sql) = ("kpi", "SELECT COUNT(*) AS orders FROM orders");
        let inline =
            syn::parse_str::<Queries>(&format!("schema \"schema.sql\"; query {name} = \"{sql}\";")).unwrap();
        let inline = compile_apart(&Inputs::of(&example, &inline).unwrap().request).rust.unwrap();
        let file = Source::new("queries.sql", format!("-- name: {name}\n{sql};"));
        let file = compile_apart(&Request { queries: vec![file], ..inputs.request }).rust.unwrap();
        assert_eq!(inline.split_once('\n').unwrap().1, file.split_once('\n').unwrap().1);
    }
}
