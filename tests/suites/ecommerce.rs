//! The ecommerce example at a realistic size, see [`cosmictron_tests::ecommerce`].

use std::path::Path;

#[test]
fn a_day_in_a_shop_of_300_000_rows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    cosmictron_tests::ecommerce::replay(Path::new(env!("CARGO_BIN_EXE_ecommerce_runner")), folder.path());
}
