//! How a generated package depends on the crates of Cosmictron: by path in a checkout, otherwise by version.

use std::env;
use std::path::{Path, PathBuf};

use crate::stop::Stop;

/// Where the crates are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Crates {
    /// In folders: the runtime's and, beside it, the compiler's.
    Folders {
        /// The runtime's.
        runtime: PathBuf,
        /// The compiler's.
        compiler: PathBuf,
    },
    /// On crates.io, in the tool's own version.
    Published,
}

impl Crates {
    /// `$COSMICTRON_RUNTIME` if set, otherwise the checkout that the tool was built from, if it is still there.
    pub(crate) fn find() -> Result<Self, Stop> {
        let compiler = Path::new(env!("CARGO_MANIFEST_DIR"));
        match env::var_os("COSMICTRON_RUNTIME").filter(|path| !path.is_empty()) {
            Some(given) => {
                let runtime = absolute(Path::new(&given))?;
                if !runtime.join("Cargo.toml").is_file() {
                    let message = format!("there is no Cargo.toml in {}", runtime.display());
                    return Err(Stop::trouble(message)
                        .help("COSMICTRON_RUNTIME names the folder of the crate cosmictron"));
                }
                let beside = runtime.with_file_name("compiler");
                let compiler = if beside.join("Cargo.toml").is_file() { beside } else { compiler.to_owned() };
                Ok(Crates::Folders { runtime, compiler })
            }
            None => Ok(Self::of_checkout(compiler)),
        }
    }

    fn of_checkout(compiler: &Path) -> Self {
        let runtime = compiler.with_file_name("runtime");
        match runtime.join("Cargo.toml").is_file() {
            true => Crates::Folders { runtime, compiler: compiler.to_owned() },
            false => Crates::Published,
        }
    }

    /// How a manifest refers to the runtime: `path = "…"` or `version = "…"`.
    pub(crate) fn runtime(&self) -> String {
        match self {
            Crates::Folders { runtime, .. } => by_path(runtime),
            Crates::Published => by_version(),
        }
    }

    /// How a manifest refers to the compiler.
    pub(crate) fn compiler(&self) -> String {
        match self {
            Crates::Folders { compiler, .. } => by_path(compiler),
            Crates::Published => by_version(),
        }
    }

    /// The lock file that the crates have been tested with.
    pub(crate) fn lock_file(&self) -> Option<PathBuf> {
        match self {
            Crates::Folders { runtime, .. } => runtime
                .ancestors()
                .skip(1)
                .map(|folder| folder.join("Cargo.lock"))
                .find(|path| path.is_file()),
            Crates::Published => None,
        }
    }
}

/// A path that means the same wherever cargo is started.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, Stop> {
    std::path::absolute(path).map_err(|e| Stop::trouble(format!("cannot find {}: {e}", path.display())))
}

fn by_path(path: &Path) -> String {
    format!("path = {}", toml_string(&path.to_string_lossy()))
}

fn by_version() -> String {
    format!("version = \"{}\"", env!("CARGO_PKG_VERSION"))
}

/// A basic string of TOML, which has the escapes of JSON.
fn toml_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Crates, toml_string};

    #[test]
    fn a_checkout_has_its_own_crates() {
        let crates = Crates::of_checkout(env!("CARGO_MANIFEST_DIR").as_ref());
        assert!(matches!(&crates, Crates::Folders { runtime, .. } if runtime.ends_with("runtime")));
        assert!(crates.lock_file().is_some());
    }

    #[test]
    fn paths_are_quoted() {
        assert_eq!(toml_string(r#"C:\a "b""#), r#""C:\\a \"b\"""#);
    }
}
