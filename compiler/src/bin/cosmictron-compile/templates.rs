//! The text files that the tool writes: templates that are part of the program, so that an installed one has them.

use tera::{Context, Tera};

use crate::stop::Stop;

/// A template of `/templates` by its path there, through the link beside the manifest: what is packaged has a copy. A manifest among
/// them is not called `Cargo.toml`, since cargo would take it for a package of its own and leave it out.
macro_rules! template {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $path))
    };
}
pub(crate) use template;

/// A template with its `{{ … }}` filled in.
pub(crate) fn render(template: &str, values: &[(&str, &str)]) -> Result<String, Stop> {
    let mut context = Context::new();
    values.iter().for_each(|(name, value)| context.insert(*name, value));
    Tera::one_off(template, &context, false)
        .map_err(|e| Stop::trouble(format!("a template cannot be filled in: {e}")))
}
