//! Every unit under random transactions, see [`cosmictron_tests::differential`].

use cosmictron_tests::differential::{Run, Setting};
use cosmictron_tests::unit::Unit;
use cosmictron_tests::units::ALL;

fn unit(name: &str) -> &'static dyn Unit {
    *ALL.iter().find(|unit| unit.name() == name).unwrap_or_else(|| panic!("there is no unit {name}"))
}

macro_rules! runs {
    ($($test:ident = $unit:literal, $steps:literal;)*) => {
        $(#[test]
        fn $test() {
            Run::of(unit($unit), Setting { steps: $steps, ..Setting::default() });
        })*

        /// A unit that nobody runs would be forgotten; each rule of the optimiser has one that is compiled without it.
        #[test]
        fn every_unit_runs() {
            let run = [$($unit),*];
            let units = ALL.iter().map(|unit| unit.name()).filter(|name| !name.starts_with("recorded_"));
            let forgotten = units.filter(|name| !run.contains(name));
            assert_eq!(forgotten.collect::<Vec<_>>(), Vec::<&str>::new());
        }
    };
}

/// Windows run out of rows.
#[test]
fn shop_drained() {
    Run::drained(unit("shop/ordered"), Setting { steps: 40, compare_every: 40, ..Setting::default() });
}

runs! {
    shop_basics = "shop/basics", 400;
    shop_joins = "shop/joins", 400;
    shop_aggregates = "shop/aggregates", 400;
    shop_ordered = "shop/ordered", 400;
    shop_clock = "shop/clock", 400;
    shop_dimensions = "shop/dimensions", 400;
    shop_subqueries = "shop/subqueries", 400;
    types_columns = "types/columns", 400;
    types_scalars = "types/scalars", 400;
    shop_without_fold_constants = "shop without fold_constants", 200;
    shop_without_reduce_group_keys = "shop without reduce_group_keys", 200;
    shop_without_eliminate_foreign_key_join = "shop without eliminate_foreign_key_join", 200;
    shop_without_exists_by_index = "shop without exists_by_index", 200;
    shop_without_push_aggregate_below_join = "shop without push_aggregate_below_join", 200;
    shop_without_share_groups = "shop without share_groups", 200;
    shop_without_order_joins_by_key = "shop without order_joins_by_key", 200;
    shop_without_push_predicates_down = "shop without push_predicates_down", 200;
    shop_without_mask_updates = "shop without mask_updates", 200;
    types_without_fold_constants = "types without fold_constants", 200;
    types_without_reduce_group_keys = "types without reduce_group_keys", 200;
    types_without_push_aggregate_below_join = "types without push_aggregate_below_join", 200;
    types_without_share_groups = "types without share_groups", 200;
    types_without_order_joins_by_key = "types without order_joins_by_key", 200;
    types_without_push_predicates_down = "types without push_predicates_down", 200;
    types_without_mask_updates = "types without mask_updates", 200;
}
