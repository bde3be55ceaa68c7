//! Durability through SQLite.

use std::path::Path;

use super::core::Core;
use super::database::Durability;
use super::pipeline::{Pending, Storage, WriteError};
use super::schema::Schema;
use crate::error::Error;

pub(crate) struct SqliteFile;

impl SqliteFile {
    pub(crate) fn open<S: Schema>(path: &Path, _: Durability, _: &mut Core<S>) -> Result<Self, Error> {
        Err(Error::Open(format!("cannot open {}", path.display())))
    }
}

impl Storage for SqliteFile {
    fn write(&mut self, _: &[Pending]) -> Result<(), WriteError> {
        Err(WriteError::Aborted(String::new()))
    }
}
