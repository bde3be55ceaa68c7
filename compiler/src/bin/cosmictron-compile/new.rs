//! `cosmictron-compile new`: a small application to start from.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use cosmictron_compiler::files::write_if_changed;

use crate::console;
use crate::dependency::Crates;
use crate::stop::Stop;
use crate::templates::{render, template};

/// Start a small application
///
/// Creates a package with a schema, two queries, a build script that compiles them, and a program that subscribes to them.
#[derive(Args)]
#[command(after_help = "\
Example:
  cosmictron-compile new shop && cd shop && cargo run")]
pub(crate) struct New {
    /// Its folder; the last part is the name of the package
    #[arg(value_name = "NAME")]
    path: PathBuf,
}

impl New {
    pub(crate) fn run(&self) -> Result<(), Stop> {
        let name = package_name(&self.path)?;
        // An empty folder may be there already, for example one just cloned.
        let taken = match fs::read_dir(&self.path) {
            Ok(mut entries) => entries.next().is_some(),
            Err(_) => self.path.exists(),
        };
        if taken {
            let stop = Stop::trouble(format!("{} exists already", self.path.display()));
            return Err(stop.help("choose another name"));
        }
        let crates = Crates::find()?;
        let values = [("name", name), ("runtime", &crates.runtime()), ("compiler", &crates.compiler())];
        for (path, content) in FILES {
            write_if_changed(&self.path.join(path), &render(content, &values)?)?;
        }
        // The versions that Cosmictron has been tested with.
        if let Some(lock) = crates.lock_file().and_then(|path| fs::read_to_string(path).ok()) {
            write_if_changed(&self.path.join("Cargo.lock"), &lock)?;
        }
        console::say(&format!("created {name}; start it with: cd {} && cargo run", self.path.display()));
        Ok(())
    }
}

const FILES: [(&str, &str); 7] = [
    (".gitignore", template!("new/gitignore")),
    ("Cargo.toml", template!("new/Cargo.toml.tera")),
    ("build.rs", template!("new/build.rs")),
    ("schema.sql", template!("new/schema.sql")),
    ("queries/customers.sql", template!("new/queries/customers.sql")),
    ("queries/revenue.sql", template!("new/queries/revenue.sql")),
    ("src/main.rs", template!("new/src/main.rs")),
];

/// The last part of the path, if cargo takes it for a name.
fn package_name(path: &Path) -> Result<&str, Stop> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let wrong = |why: &str| Err(Stop::trouble(format!("{name:?} cannot be the name of a package: {why}")));
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return wrong("it has to start with a letter");
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
        return wrong("it may have letters, digits, `-` and `_`");
    }
    // A keyword, or a crate that the package itself needs.
    if syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err()
        || ["test", "core", "std", "alloc", "proc_macro", "cosmictron", "cosmictron-compiler"].contains(&name)
    {
        return wrong("Rust uses it already");
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::package_name;

    #[test]
    fn names() {
        assert_eq!(package_name("a/my-shop".as_ref()).ok(), Some("my-shop"));
        for wrong in ["", "..", "9lives", "a b", "fn", "cosmictron", "é"] {
            assert!(package_name(wrong.as_ref()).is_err(), "{wrong}");
        }
    }
}
