//! Writes the history of the shop into a folder, for `record.py`: `ecommerce_history FOLDER`.

use cosmictron_tests::ecommerce::history;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: ecommerce_history FOLDER")?;
    Ok(history::write(folder.as_ref())?)
}
