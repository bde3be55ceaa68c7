//! Every unit under random transactions, see [`cosmictron_tests::differential`].

use cosmictron_tests::differential::{Run, Setting};
use cosmictron_tests::unit::Unit;
use cosmictron_tests::units::ALL;

fn unit(name: &str) -> &'static dyn Unit {
    *ALL.iter().find(|unit| unit.name() == name).unwrap_or_else(|| panic!("there is no unit {name}"))
}

#[test]
fn shop_basics() {
    Run::of(unit("shop/basics"), Setting::default());
}

#[test]
fn shop_dimensions() {
    Run::of(unit("shop/dimensions"), Setting::default());
}
