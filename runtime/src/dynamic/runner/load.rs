//! Loading tables from CSV files.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use cosmictron_types::{SqlType, Value};
use indicatif::{ProgressBar, ProgressStyle};

use super::csv::{Field, Records};
use super::settings::Load;
use crate::dynamic::{DynamicDatabase, lookup};
use crate::error::Error;
use crate::store::{ColumnInfo, TableInfo};

/// Loads the files in order, as if in one transaction, and says how many rows they had.
///
/// # Errors
/// The file, the line and what is wrong there.
pub(super) fn load(database: &DynamicDatabase, loads: &[Load]) -> Result<u64, String> {
    let tables = database.tables();
    let mut files = Vec::new();
    let mut size = 0;
    for load in loads {
        let table = lookup::position("table", "tables", &load.table, tables.iter().map(|info| info.name))
            .map_err(|error| format!("--load {}={}: {error}", load.table, load.file.display()))?;
        let file =
            File::open(&load.file).map_err(|why| format!("cannot read {}: {why}", load.file.display()))?;
        size += file.metadata().map_or(0, |metadata| metadata.len());
        files.push(TableFile::new(&load.file, file, table, tables[table])?);
    }
    if files.is_empty() {
        return Ok(0);
    }
    let progress = progress(size);
    let mut rows = Rows { files, at: 0, count: 0, done: 0, progress: &progress };
    let loaded = database.load(&mut || rows.next());
    progress.finish_and_clear();
    loaded.map_err(|error| format!("{}{error}", rows.place(&error)))?;
    Ok(rows.count)
}

/// A bar on a terminal, nothing elsewhere.
fn progress(bytes: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("loading {bar:40} {bytes}/{total_bytes} {msg} {eta}");
    let bar = ProgressBar::new(bytes);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The rows of all files.
struct Rows<'p> {
    files: Vec<TableFile>,
    /// The file being read.
    at: usize,
    count: u64,
    /// The bytes of the files before.
    done: u64,
    progress: &'p ProgressBar,
}

/// How many rows are read between two looks at the progress.
const STRIDE: u64 = 4096;

impl Rows<'_> {
    fn next(&mut self) -> Result<Option<(usize, Vec<Option<Value>>)>, Error> {
        while let Some(file) = self.files.get_mut(self.at) {
            if let Some(row) = file.next().map_err(Error::Input)? {
                self.count += 1;
                if self.count.is_multiple_of(STRIDE) {
                    self.progress.set_position(self.done + file.records.bytes_read());
                    self.progress.set_message(format!("{} rows", self.count));
                }
                return Ok(Some((file.table, row)));
            }
            self.done += file.records.bytes_read();
            self.at += 1;
        }
        Ok(None)
    }

    /// Where an error was met, as the beginning of a message.
    fn place(&self, error: &Error) -> String {
        if let Some(file) = self.files.get(self.at) {
            return format!("{}, line {}: ", file.name, file.records.line());
        }
        let Error::Violation(violation) = error else {
            return "the loaded rows cannot be committed: ".to_owned();
        };
        // A reference is looked at when all is loaded, so that the line is not known any more.
        let files = self.files.iter().filter(|file| file.info.name == violation.table);
        let files: Vec<&str> = files.map(|file| file.name.as_str()).collect();
        format!("the rows of {} cannot be committed: ", files.join(" and "))
    }
}

/// A file whose header has been read.
struct TableFile {
    name: String,
    records: Records<BufReader<File>>,
    table: usize,
    info: &'static TableInfo,
    /// Which column of the table each field is.
    columns: Vec<usize>,
}

impl TableFile {
    fn new(path: &Path, file: File, table: usize, info: &'static TableInfo) -> Result<Self, String> {
        let name = path.display().to_string();
        let mut records = Records::new(BufReader::with_capacity(1 << 16, file));
        let columns = header(&mut records, info).map_err(|why| format!("{name}, line 1: {why}"))?;
        Ok(Self { name, records, table, info, columns })
    }

    fn next(&mut self) -> Result<Option<Vec<Option<Value>>>, String> {
        if !self.records.read()? {
            return Ok(None);
        }
        let mut values = vec![None; self.info.columns.len()];
        let mut columns = self.columns.iter();
        for field in self.records.fields() {
            let Some(at) = columns.next() else {
                return Err(format!("there are more fields than the {} of the header", self.columns.len()));
            };
            let column = &self.info.columns[*at];
            let value = value(column, field).map_err(|why| format!("column {:?}: {why}", column.name))?;
            values[*at] = Some(value);
        }
        match columns.next() {
            Some(at) => Err(format!("column {:?} is missing", self.info.columns[*at].name)),
            None => Ok(Some(values)),
        }
    }
}

/// The table's column of each field.
fn header(records: &mut Records<BufReader<File>>, info: &TableInfo) -> Result<Vec<usize>, String> {
    if !records.read()? {
        return Err("the file is empty: the first line names the columns".to_owned());
    }
    let mut columns = Vec::new();
    for Field { text, .. } in records.fields() {
        let name = text.trim();
        let names = info.columns.iter().map(|column| column.name);
        let at = names.clone().position(|other| other == name).ok_or_else(|| {
            let instead = lookup::instead("columns", name, names);
            format!("table {:?} has no column {name:?}{instead}", info.name)
        })?;
        if columns.contains(&at) {
            return Err(format!("column {name:?} is there twice"));
        }
        columns.push(at);
    }
    Ok(columns)
}

/// An empty field is NULL, unless it is quoted or a text that must not be NULL.
fn value(column: &ColumnInfo, Field { text, quoted }: Field<'_>) -> Result<Value, String> {
    let textual = matches!(column.ty, SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_));
    if text.is_empty() && !quoted && (column.nullable || !textual) {
        return Ok(Value::Null);
    }
    column.ty.value_from_text(text)
}
