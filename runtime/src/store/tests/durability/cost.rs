//! What a durable commit costs beside the bare SQLite insert of the same row. Run with `--ignored --nocapture`.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use super::*;
use crate::store::tests::order;

const COMMITS: i64 = 2000;

fn ours(durability: Durability) -> Duration {
    let folder = Folder::new();
    let shop = Database::<Shop>::open_with(folder.file(), Options { durability, ..options() }).unwrap();
    fill(&shop);
    let begun = Instant::now();
    for id in 0..COMMITS {
        shop.transaction(|tx| tx.insert(order(id, 1, id))).unwrap();
    }
    begun.elapsed()
}

fn bare(synchronous: &str) -> Duration {
    let folder = Folder::new();
    let file = Connection::open(folder.file()).unwrap();
    file.execute_batch(&format!(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};
         CREATE TABLE orders (_id INTEGER PRIMARY KEY, id INTEGER, customer_id INTEGER, total TEXT, created_at INTEGER)"
    ))
    .unwrap();
    let begun = Instant::now();
    for id in 0..COMMITS {
        file.prepare_cached("INSERT INTO orders VALUES (?, ?, ?, ?, ?)")
            .unwrap()
            .execute(params![id, id, 1, format!("{id}.00"), NOON.micros()])
            .unwrap();
    }
    begun.elapsed()
}

#[test]
#[ignore = "a measurement"]
fn commit_beside_bare_insert() {
    for (durability, synchronous) in [(Durability::Normal, "NORMAL"), (Durability::Full, "FULL")] {
        for _ in 0..2 {
            let (ours, bare) = (ours(durability), bare(synchronous));
            println!(
                "{synchronous}: {:.1} µs a commit, bare {:.1} µs, ratio {:.2}",
                ours.as_secs_f64() * 1e6 / COMMITS as f64,
                bare.as_secs_f64() * 1e6 / COMMITS as f64,
                ours.as_secs_f64() / bare.as_secs_f64()
            );
        }
    }
}
