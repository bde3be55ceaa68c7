//! The file: what is in it, who may open it, and what happens when it cannot be written.

mod cost;
mod damage;
mod evolution;
mod faults;
mod reopening;

use std::path::PathBuf;

use tempfile::TempDir;

use super::board::Board;
use super::shop::Shop;
use super::{NOON, fill};
use crate::subscribe::Attached;
use crate::{Clock, Database, Durability, Error, Options};

/// A folder with a database in it.
pub(super) struct Folder(TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn file(&self) -> PathBuf {
        self.0.path().join("shop.db")
    }

    pub(super) fn open(&self) -> (Database<Shop>, Attached<Shop, Board>) {
        let shop = self.try_open().unwrap();
        let board = shop.attach().unwrap();
        (shop, board)
    }

    pub(super) fn try_open(&self) -> Result<Database<Shop>, Error> {
        Database::open_with(self.file(), options())
    }

    /// A shop with two customers.
    pub(super) fn create(&self) -> (Database<Shop>, Attached<Shop, Board>) {
        let (shop, board) = self.open();
        fill(&shop);
        (shop, board)
    }
}

/// A manual clock, and no waiting for the disk.
pub(super) fn options() -> Options {
    Options { durability: Durability::Normal, clock: Clock::Manual(NOON) }
}
