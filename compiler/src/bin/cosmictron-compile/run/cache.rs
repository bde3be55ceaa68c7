//! The cache: a small package for each set of queries, and one target folder in which their dependencies are built once.
//!
//! ```text
//! lock                     held shared while something is built, exclusively while something is removed
//! packages/queries_<hash>  a package; the time of its file `used` says when it was run last
//! target                   cargo's
//! ```

use std::env;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use cosmictron_compiler::files;

use crate::dependency::absolute;
use crate::stop::Stop;

/// So many packages stay, whatever their age, so that going back to yesterday's queries is quick.
const KEPT: usize = 20;

/// Beyond those, a package goes once it has not been used for this long. It protects what another process is about to start.
const UNUSED: Duration = Duration::from_secs(60 * 60);

/// The cache of a user.
pub(super) struct Cache {
    root: PathBuf,
    /// While it is open nobody removes anything.
    _shared: Option<File>,
}

impl Cache {
    /// Opens the cache, creating it if need be.
    pub(super) fn open() -> Result<Self, Stop> {
        let root = absolute(&folder()?)?;
        let packages = root.join("packages");
        fs::create_dir_all(&packages).map_err(|e| {
            Stop::trouble(format!("cannot create {}: {e}", packages.display()))
                .help("COSMICTRON_CACHE names another folder for compiled queries")
        })?;
        // Where locks do not work (some network file systems) one has to do without.
        let lock = lock_file(&root).filter(|file| file.lock_shared().is_ok());
        Ok(Self { root, _shared: lock })
    }

    /// Where cargo builds.
    pub(super) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Writes a package of these files, named after their content. Returns its folder.
    pub(super) fn package(
        &self,
        files: impl Fn(&str) -> Result<Vec<(&'static str, String)>, Stop>,
    ) -> Result<PathBuf, Stop> {
        // The name is a part of the content, so it is left out of what it is made from.
        let mut hasher = DefaultHasher::new();
        files("")?.hash(&mut hasher);
        let name = format!("queries_{:016x}", hasher.finish());
        let folder = self.root.join("packages").join(&name);
        for (path, content) in files(&name)? {
            let path = folder.join(path);
            // Cargo completes the lock file with the package itself.
            if path.ends_with("Cargo.lock") && path.is_file() {
                continue;
            }
            files::write_if_changed(&path, &content)?;
        }
        let used = folder.join("used");
        fs::write(&used, "").map_err(|e| Stop::trouble(format!("cannot write {}: {e}", used.display())))?;
        Ok(folder)
    }

    /// Removes packages that have not been used for long. What cannot be removed is left for another time.
    pub(super) fn sweep(self) {
        let root = self.root.clone();
        drop(self);
        if let Some(lock) = lock_file(&root).filter(|file| file.try_lock().is_ok()) {
            for name in unused(&root.join("packages"), SystemTime::now()) {
                remove(&root, &name);
            }
            drop(lock);
        }
    }
}

/// `$COSMICTRON_CACHE`, or `cosmictron` in the platform's folder for caches.
fn folder() -> Result<PathBuf, Stop> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let below_home = |path: &str| env::home_dir().map(|home| home.join(path));
    set("COSMICTRON_CACHE")
        .or_else(|| {
            let caches = match env::consts::OS {
                "macos" => below_home("Library/Caches"),
                "windows" => set("LOCALAPPDATA"),
                // By the specification a relative path counts as not set.
                _ => set("XDG_CACHE_HOME").filter(|path| path.is_absolute()).or_else(|| below_home(".cache")),
            };
            caches.map(|caches| caches.join("cosmictron"))
        })
        .ok_or_else(|| {
            Stop::trouble("there is no home folder to keep compiled queries in")
                .help("COSMICTRON_CACHE names a folder for them")
        })
}

fn lock_file(root: &Path) -> Option<File> {
    File::options().create(true).truncate(false).write(true).open(root.join("lock")).ok()
}

/// The packages to remove.
fn unused(packages: &Path, now: SystemTime) -> Vec<String> {
    let entries = fs::read_dir(packages).into_iter().flatten().flatten();
    let mut known: Vec<(SystemTime, String)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok().filter(|name| name.starts_with("queries_"))?;
            let used = fs::metadata(entry.path().join("used")).and_then(|m| m.modified());
            Some((used.unwrap_or(SystemTime::UNIX_EPOCH), name))
        })
        .collect();
    known.sort();
    known.reverse();
    let old = |used: &SystemTime| now.duration_since(*used).is_ok_and(|age| age > UNUSED);
    known.into_iter().skip(KEPT).filter(|(used, _)| old(used)).map(|(_, name)| name).collect()
}

/// Removes a package and what cargo has built of it.
fn remove(root: &Path, name: &str) {
    let target = root.join("target");
    let profiles = fs::read_dir(&target).into_iter().flatten().flatten().map(|entry| entry.path());
    for profile in profiles.filter(|path| path.is_dir()) {
        for folder in [profile.clone(), profile.join("deps"), profile.join(".fingerprint")] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.file_name().to_string_lossy().starts_with(name) {
                    let path = entry.path();
                    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
                }
            }
        }
    }
    let _ = fs::remove_dir_all(root.join("packages").join(name));
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::{KEPT, UNUSED, remove, unused};

    #[test]
    fn the_latest_packages_stay() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let packages = root.path().join("packages");
        for i in 0..KEPT + 3 {
            let package = packages.join(format!("queries_{i:02}"));
            fs::create_dir_all(&package).expect("a package");
            fs::write(package.join("used"), "").expect("a stamp");
            let file = fs::File::options().write(true).open(package.join("used")).expect("the stamp");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(i as u64 * 60)).expect("a time");
        }
        let later = SystemTime::UNIX_EPOCH + UNUSED + Duration::from_secs(100);
        assert_eq!(unused(&packages, later), ["queries_01", "queries_00"]);
        assert_eq!(unused(&packages, SystemTime::now()), ["queries_02", "queries_01", "queries_00"]);

        let deps = root.path().join("target/debug/deps");
        fs::create_dir_all(&deps).expect("a folder");
        fs::write(deps.join("queries_01-abc"), "").expect("a file");
        fs::write(deps.join("cosmictron-abc"), "").expect("a file");
        remove(root.path(), "queries_01");
        assert!(!packages.join("queries_01").exists() && !deps.join("queries_01-abc").exists());
        assert!(deps.join("cosmictron-abc").exists() && packages.join("queries_02").exists());
    }
}
