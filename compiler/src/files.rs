//! Reading inputs and writing outputs: the only I/O of the library, shared by the build-script door and the tools.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::source::Source;

/// Something that could not be read or written, and what was tried.
#[derive(Debug)]
pub struct FileError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was tried, as in `cannot read`.
    pub action: &'static str,
    /// Why it failed.
    pub error: io::Error,
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path.display(), reason(&self.error))
    }
}

impl std::error::Error for FileError {}

/// Why an operation failed, without the number that the operating system has for it.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error ") {
        Some((reason, _)) => reason.to_owned(),
        None => text,
    }
}

fn failed(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> FileError {
    let path = path.to_owned();
    move |error| FileError { path, action, error }
}

/// Reads a file of SQL. `name` is what diagnostics call it.
///
/// # Errors
/// If it cannot be read or is not UTF-8.
pub fn read(path: &Path, name: &str) -> Result<Source, FileError> {
    let text = fs::read_to_string(path).map_err(failed(path, "read"))?;
    // Windows editors may leave a byte order mark, which is not SQL.
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Source::new(name, text))
}

/// The files that make up a set of queries: the file itself, or the `.sql` files of a folder in order of their names.
///
/// # Errors
/// If the folder cannot be listed or has no `.sql` file.
pub fn query_files(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed(path, "list"))? {
        let file = entry.map_err(failed(path, "list"))?.path();
        if file.extension().is_some_and(|e| e.eq_ignore_ascii_case("sql")) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        let none = io::Error::new(io::ErrorKind::NotFound, "the folder has no .sql file");
        return Err(failed(path, "use")(none));
    }
    Ok(files)
}

/// Reads a file of queries, or all `.sql` files of a folder.
///
/// # Errors
/// If a file cannot be read or there is none.
pub fn read_queries(path: &Path) -> Result<Vec<Source>, FileError> {
    let name = |file: &Path| file.to_string_lossy().replace('\\', "/");
    query_files(path)?.iter().map(|file| read(file, &name(file))).collect()
}

/// Writes a file in one step, and only if its content changes, so that nothing is rebuilt for nothing. Returns whether it did.
/// A symbolic link stays, and what is no file, as a device or a pipe, is written into.
///
/// # Errors
/// If it cannot be written.
pub fn write_if_changed(path: &Path, content: &str) -> Result<bool, FileError> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => {
            let target = fs::canonicalize(path).map_err(failed(path, "write"))?;
            replace_if_changed(&target, content)
        }
        // A pipe or a device would be read without an end; a directory refuses.
        Ok(_) => write_into(path, content),
        Err(_) if path.is_symlink() => write_into(path, content),
        Err(_) => replace_if_changed(path, content),
    }
}

/// Writes into what is there; of a link to nothing, what it names.
fn write_into(path: &Path, content: &str) -> Result<bool, FileError> {
    let file = fs::OpenOptions::new().write(true).create(true).truncate(false).open(path);
    file.and_then(|mut file| file.write_all(content.as_bytes())).map_err(failed(path, "write"))?;
    Ok(true)
}

fn replace_if_changed(path: &Path, content: &str) -> Result<bool, FileError> {
    if fs::read(path).is_ok_and(|old| old == content.as_bytes()) {
        return Ok(false);
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed(folder, "create"))?;
    let mut part = path.as_os_str().to_owned();
    part.push(format!(".part{}", std::process::id()));
    let part = PathBuf::from(part);
    let written = fs::File::create(&part)
        .and_then(|mut file| file.write_all(content.as_bytes()))
        .and_then(|()| fs::rename(&part, path));
    if let Err(error) = written {
        let _ = fs::remove_file(&part);
        return Err(failed(path, "write")(error));
    }
    Ok(true)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_stays_and_what_it_names_is_written() {
        let folder = std::env::temp_dir().join(format!("cosmictron-files-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (file, link) = (folder.join("file.rs"), folder.join("link.rs"));
        symlink("file.rs", &link).unwrap();
        assert!(write_if_changed(&link, "first").unwrap());
        assert!(!write_if_changed(&link, "first").unwrap());
        assert!(write_if_changed(&link, "second").unwrap());
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "second");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "nothing is left beside them");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_device_is_written_into() {
        assert!(write_if_changed(Path::new("/dev/null"), "text").unwrap());
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
