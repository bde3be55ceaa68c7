//! The ledger that the crash suite writes, kills and reopens.

include!(concat!(env!("OUT_DIR"), "/ledger.rs"));

use cosmictron::{Decimal, Durability, Error, Options, TxId};

use schema::{Database, Entries, Transfers};

/// Opens the ledger, every commit on the disk before it is acknowledged.
///
/// # Errors
/// As for [`cosmictron::Database::open`].
pub fn open(path: &str) -> Result<Database, Error> {
    Database::open_with(path, Options { durability: Durability::Full, ..Options::default() })
}

/// The `number`th transaction of the stream: every fifth takes back an earlier transfer, the others add one.
///
/// # Errors
/// What the transaction fails with.
pub fn step(database: &Database, number: i64) -> Result<TxId, Error> {
    let done = database.transaction(|tx| {
        if number % 5 == 4 {
            tx.delete::<Transfers>(&(number - 2)).map(drop)
        } else {
            let amount = Decimal::from_mantissa(100 + number % 977);
            tx.insert(Transfers { id: number, amount })?;
            tx.insert(Entries { transfer_id: number, side: 1, amount })?;
            tx.insert(Entries { transfer_id: number, side: -1, amount }).map(drop)
        }
    })?;
    Ok(done.tx)
}

/// Which transfers there are after the first `steps` transactions.
pub fn expected(steps: i64) -> Vec<i64> {
    let taken_back = |id: i64| id % 5 == 2 && id + 2 < steps;
    (0..steps).filter(|id| id % 5 != 4 && !taken_back(*id)).collect()
}
