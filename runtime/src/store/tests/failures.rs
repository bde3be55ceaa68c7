use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;

#[test]
fn a_panic_inside_a_step_poisons() {
    let (shop, board) = open_shop();
    let poisoned =
        catch_unwind(AssertUnwindSafe(|| shop.transaction(|tx| tx.insert(order(board::POISON, 1, 1)))));
    assert!(poisoned.is_err());
    let error = shop.begin().map(drop).unwrap_err();
    assert_eq!(error.code(), "database_poisoned");
    assert!(error.to_string().contains("open the database again"), "{error}");
    assert_eq!(board.query::<RevenueQuery>().snapshot().unwrap_err(), error);
    assert_eq!(shop.attach::<Board>().map(drop).unwrap_err(), error);
    assert_eq!(shop.advance(minutes(1)).unwrap_err(), error);
    assert_eq!(board.query::<RevenueQuery>().subscribe(|_| {}).map(drop).unwrap_err(), error);
}
