//! Every unit in a file that is closed and opened again in the middle of random transactions, see [`cosmictron_tests::differential`].

use cosmictron_tests::differential::{Run, Setting};
use cosmictron_tests::units::ALL;

#[test]
fn files_are_closed_and_opened_again() {
    let units = ALL.iter().filter(|unit| !unit.name().starts_with("recorded_"));
    for (seed, unit) in (1..).zip(units) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = Some(folder.path().join("unit.db"));
        Run::of(*unit, Setting { seed, steps: 150, file, ..Setting::default() });
    }
}
