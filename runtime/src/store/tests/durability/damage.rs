use std::fs;

use rusqlite::Connection;

use super::*;
use crate::store::tests::shop::Order;
use crate::store::tests::{order, picture};

fn refused(folder: &Folder) -> String {
    match folder.try_open().map(drop) {
        Err(Error::Open(why)) => why,
        other => panic!("the file had to be refused: {other:?}"),
    }
}

#[test]
fn a_file_in_use_is_refused() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    assert!(refused(&folder).contains("in use: another process has it open, or this one"));
    drop(board);
    assert!(refused(&folder).contains("in use: another process has it open, or this one"));
    drop(shop);
    let other = Connection::open(folder.file()).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
    assert!(refused(&folder).contains("in use: another process has it open, or this one"));
    drop(other);
    folder.try_open().unwrap();
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let folder = Folder::new();
    fs::write(folder.file(), "a poem, longer than the header of a database. ".repeat(40)).unwrap();
    let before = fs::read(folder.file()).unwrap();
    assert!(refused(&folder).contains("it is not a Cosmictron database"));
    assert_eq!(fs::read(folder.file()).unwrap(), before);
    fs::remove_file(folder.file()).unwrap();

    Connection::open(folder.file()).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let before = fs::read(folder.file()).unwrap();
    assert!(refused(&folder).contains("not one of Cosmictron's"));
    assert_eq!(fs::read(folder.file()).unwrap(), before);
    fs::remove_file(folder.file()).unwrap();

    fs::write(folder.file(), "").unwrap();
    folder.try_open().expect("an empty file is a new database");
    Connection::open(folder.file()).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(refused(&folder).contains("newer version"));
}

#[test]
fn places_where_no_file_can_be_are_named() {
    let folder = Folder::new();
    fs::create_dir(folder.file()).unwrap();
    assert!(refused(&folder).contains("it is a directory"));
    let nowhere = folder.file().with_file_name("missing").join("shop.db");
    let error = Database::<Shop>::open(&nowhere).map(drop).unwrap_err().to_string();
    assert!(error.contains("there is no directory"), "{error}");
    let nameless = Database::<Shop>::open("").map(drop).unwrap_err();
    assert!(matches!(nameless, Error::Open(_)));
}

#[test]
fn a_file_that_may_only_be_read_is_refused() {
    let folder = Folder::new();
    drop(folder.create());
    let mut permissions = fs::metadata(folder.file()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.file(), permissions).unwrap();
    // The superuser may write it all the same.
    if fs::OpenOptions::new().append(true).open(folder.file()).is_err() {
        assert!(refused(&folder).contains("it may only be read"));
    }
}

#[test]
fn a_damaged_file_never_panics() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    shop.transaction(|tx| (0..200).try_for_each(|id| tx.insert(order(id, 1, id)).map(drop))).unwrap();
    drop((shop, board));
    let good = fs::read(folder.file()).unwrap();
    let mut refusals = 0;
    for at in (0..good.len()).step_by(397) {
        let mut bad = good.clone();
        bad[at..(at + 40).min(good.len())].fill(0xa5);
        fs::write(folder.file(), bad).unwrap();
        refusals += usize::from(folder.try_open().is_err());
    }
    for length in (0..good.len()).step_by(997) {
        fs::write(folder.file(), &good[..length]).unwrap();
        refusals += usize::from(folder.try_open().is_err());
    }
    assert!(refusals > 20, "only {refusals} damaged files were noticed");
}

#[test]
fn values_that_do_not_belong_are_named() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap();
    drop((shop, board));
    Connection::open(folder.file()).unwrap().execute_batch("UPDATE orders SET total = 'much'").unwrap();
    let error = refused(&folder);
    assert!(error.contains("row 0 of table \"orders\", column \"total\""), "{error}");
    Connection::open(folder.file())
        .unwrap()
        .execute_batch("UPDATE orders SET total = '1', id = NULL")
        .unwrap();
    let error = refused(&folder);
    assert!(error.contains("row 0 of table \"orders\", column \"id\""), "{error}");
    Connection::open(folder.file())
        .unwrap()
        .execute_batch("UPDATE orders SET id = 1, _id = 99999999999")
        .unwrap();
    assert!(refused(&folder).contains("no room for a row"));
}

/// What a crash leaves behind: the file and as much of its log as had reached the disk.
#[test]
fn of_a_cut_log_whole_transactions_count() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    let mut pictures = vec![picture(&shop, &board)];
    for id in 0..12 {
        shop.transaction(|tx| {
            tx.insert(order(2 * id, 1, id))?;
            tx.insert(order(2 * id + 1, 2, id))?;
            tx.update::<Order>(&id, |o| o.customer_id = 2)
        })
        .unwrap();
        pictures.push(picture(&shop, &board));
    }
    let log = |file: PathBuf| file.with_file_name("shop.db-wal");
    let (file_bytes, log_bytes) = (fs::read(folder.file()).unwrap(), fs::read(log(folder.file())).unwrap());
    drop((shop, board));
    let mut seen = 0;
    for length in (0..=log_bytes.len()).rev().step_by(1511) {
        let copy = Folder::new();
        fs::write(copy.file(), &file_bytes).unwrap();
        fs::write(log(copy.file()), &log_bytes[..length]).unwrap();
        let Ok(shop) = copy.try_open() else { continue };
        let board = shop.attach().unwrap();
        let now = picture(&shop, &board);
        if let Some(at) = pictures.iter().position(|picture| *picture == now) {
            assert!(seen == 0 || at <= seen);
            seen = at.max(1);
            continue;
        }
        let rows = shop.begin().unwrap().iter::<Order>().count();
        assert_eq!(rows, 0, "half of a transaction is there");
    }
    assert!(seen >= 1);
}
