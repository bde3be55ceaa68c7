use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::*;
use crate::store::Row;
use crate::store::tests::shop::Note;
use crate::{TxId, Violation, ViolationKind};
use cosmictron_types::Value;

fn kind(error: Error) -> (ViolationKind, String) {
    match error {
        Error::Violation(Violation { kind, constraint, .. }) => (kind, constraint),
        other => panic!("a violation was expected: {other}"),
    }
}

#[test]
fn a_transaction_reads_its_own_writes() {
    let (shop, board) = open_shop();
    let done = shop
        .transaction(|tx| {
            tx.insert(order(1, 1, 10))?;
            assert_eq!(tx.get::<Order>(&1).unwrap().total.to_string(), "10.00");
            assert!(tx.update::<Order>(&1, |order| order.customer_id = 2)?);
            assert!(!tx.update::<Order>(&9, |order| order.customer_id = 2)?);
            assert!(!tx.upsert(order(1, 2, 30))?);
            assert!(tx.upsert(order(2, 2, 5))?);
            assert!(tx.delete::<Order>(&2)?);
            assert!(!tx.delete::<Order>(&2)?);
            assert_eq!(tx.iter::<Order>().count(), 1);
            Ok::<_, Error>(tx.get::<Order>(&1).unwrap().customer_id)
        })
        .unwrap();
    assert_eq!((done.value, done.tx), (2, TxId(2)));
    let revenue = board.query::<RevenueQuery>().snapshot().unwrap();
    assert_eq!(format!("{revenue:?}"), "[Revenue { customer_id: 2, revenue: 30.00, orders: 1 }]");
    assert_eq!(board.query::<RevenueQuery>().get(&1), Ok(None));
}

#[test]
fn of_equal_rows_of_a_bag_the_one_that_looks_the_same_is_deleted() {
    let (shop, _) = open_shop();
    let note = |amount: f64| Note { kind: "a".into(), amount: Some(amount.into()) };
    let left = |deleted: &[f64]| {
        let rolled_back = shop.transaction(|tx| {
            for amount in [0.0, -0.0, 0.0] {
                tx.insert(note(amount))?;
            }
            for amount in deleted {
                assert!(tx.delete_equal(&note(*amount))?);
            }
            let left =
                tx.iter::<Note>().filter_map(|note| Some(note.amount?.to_string())).collect::<Vec<_>>();
            Err::<(), _>(Error::Input(left.join(" ")))
        });
        rolled_back.unwrap_err().to_string()
    };
    assert_eq!(left(&[-0.0]), "0 0");
    assert_eq!(left(&[0.0]), "-0 0");
    assert_eq!(left(&[-0.0, -0.0]), "0");
}

#[test]
fn errors_drops_and_panics_undo_everything() {
    let (shop, board) = open_shop();
    shop.transaction(|tx| (1..=4).try_for_each(|id| tx.insert(order(id, 1, id)).map(drop))).unwrap();
    shop.transaction(|tx| tx.delete::<Order>(&2)).unwrap();
    let before = picture(&shop, &board);
    let havoc = |tx: &mut crate::Transaction<'_, Shop>| {
        tx.delete::<Order>(&3)?;
        tx.insert(order(10, 2, 7))?;
        tx.insert(order(11, 2, 0))?;
        tx.insert(order(12, 2, 8))?;
        tx.update::<Order>(&1, |order| order.customer_id = 2)?;
        tx.delete::<Order>(&10)?;
        tx.delete::<Customer>(&1)?;
        tx.insert(customer(1))?;
        tx.insert(Note { kind: "a".into(), amount: None })?;
        tx.update::<Customer>(&2, |c| c.email = "x".into())?;
        Ok::<_, Error>(())
    };
    let failed = shop.transaction(|tx| {
        havoc(tx)?;
        Err::<(), _>(Error::Input("changed my mind".to_owned()))
    });
    assert_eq!(failed.unwrap_err().to_string(), "changed my mind");
    assert_eq!(picture(&shop, &board), before);

    let mut tx = shop.begin().unwrap();
    havoc(&mut tx).unwrap();
    tx.rollback();
    assert_eq!(picture(&shop, &board), before);

    let panicked = catch_unwind(AssertUnwindSafe(|| {
        shop.transaction(|tx| {
            havoc(tx)?;
            panic!("the application has a bug");
            #[allow(unreachable_code, reason = "names the error type")]
            Ok::<_, Error>(())
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(picture(&shop, &board), before);
    // The places freed last are used first, as before.
    let ids = |tx: &crate::Transaction<'_, Shop>| {
        tx.tables().orders.rows().iter().map(|(id, o)| (id.0, o.id)).collect::<Vec<_>>()
    };
    let mut tx = shop.begin().unwrap();
    tx.insert(order(20, 1, 1)).unwrap();
    assert_eq!(ids(&tx), [(0, 1), (1, 20), (2, 3), (3, 4)]);
}

#[test]
fn a_closure_that_panics_in_an_update_changes_nothing() {
    let (shop, board) = open_shop();
    let before = picture(&shop, &board);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        shop.transaction(|tx| tx.update::<Customer>(&1, |_| panic!("a bug in the closure")))
    }));
    assert!(panicked.is_err());
    assert_eq!(picture(&shop, &board), before);
    assert_eq!(shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap().value, 1);
}

#[test]
fn a_refused_statement_leaves_the_transaction_open() {
    let (shop, _) = open_shop();
    shop.transaction(|tx| {
        tx.insert(order(1, 1, 10))?;
        assert_eq!(
            kind(tx.insert(order(1, 1, 20)).unwrap_err()),
            (ViolationKind::Unique, "orders_pkey".to_owned())
        );
        assert_eq!(
            kind(tx.insert(NewCustomer("ada@example.com")).unwrap_err()),
            (ViolationKind::Unique, "customers_email_key".to_owned())
        );
        assert_eq!(
            kind(tx.insert(order(2, 1, -1)).unwrap_err()),
            (ViolationKind::Check, "orders_total_check".to_owned())
        );
        assert_eq!(
            kind(tx.update::<Order>(&1, |o| o.total = Decimal::from_mantissa(-1)).unwrap_err()),
            (ViolationKind::Check, "orders_total_check".to_owned())
        );
        assert_eq!(
            kind(tx.update::<Customer>(&1, |c| c.email = "bob@example.com".into()).unwrap_err()),
            (ViolationKind::Unique, "customers_email_key".to_owned())
        );
        tx.update::<Customer>(&1, |c| c.name = Some("Ada".into()))?;
        Ok::<_, Error>(())
    })
    .unwrap();
    let tx = shop.begin().unwrap();
    assert_eq!(tx.get::<Order>(&1), Some(&order(1, 1, 10)));
    assert_eq!(tx.get::<Customer>(&1).unwrap().name, Some("Ada".into()));
    assert_eq!(tx.iter::<Customer>().count(), 2);
}

#[test]
fn messages_name_table_constraint_and_key() {
    let (shop, _) = open_shop();
    let error = shop.transaction(|tx| tx.insert(NewCustomer("ada@example.com"))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table \"customers\" already has a row with (email)=(ada@example.com) (constraint \"customers_email_key\")"
    );
    assert_eq!(error.code(), "unique_violation");
    let error = shop.transaction(|tx| tx.insert(order(1, 9, 1))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table \"orders\": (customer_id)=(9) is not present in table \"customers\" (constraint \"orders_customer_id_fkey\")"
    );
}

#[test]
fn identities_never_come_twice() {
    let shop = shop();
    let ids = shop
        .transaction(|tx| {
            let first = tx.insert(NewCustomer("a"))?;
            tx.insert(Customer { id: 7, email: "b".into(), name: None })?;
            Ok::<_, Error>((first, tx.insert(NewCustomer("c"))?))
        })
        .unwrap();
    assert_eq!(*ids, (1, 8));
    let _ = shop.transaction(|tx| {
        tx.insert(NewCustomer("d"))?;
        Err::<(), _>(Error::Input(String::new()))
    });
    assert_eq!(*shop.transaction(|tx| tx.insert(NewCustomer("e"))).unwrap(), 10);
}

#[test]
fn an_empty_transaction_has_no_number_of_its_own() {
    let (shop, _) = open_shop();
    assert_eq!(shop.transaction(|_| Ok::<_, Error>(())).unwrap().tx, TxId(1));
    // A write that changes nothing, and a row that does not outlive its transaction.
    assert_eq!(shop.transaction(|tx| tx.update::<Customer>(&1, |_| {})).unwrap().tx, TxId(1));
    assert_eq!(shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap().tx, TxId(2));
    assert_eq!(shop.advance(NOON).unwrap(), TxId(2));
}

#[test]
fn the_log_of_a_committed_transaction_is_forgotten() {
    let (shop, _) = open_shop();
    shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap();
    shop.transaction(|tx| tx.update::<Order>(&1, |o| o.customer_id = 2)).unwrap();
    let tx = shop.begin().unwrap();
    assert!(Customer::table(tx.tables()).history().is_empty());
    assert!(Order::table(tx.tables()).history().is_empty());
}

#[test]
fn many_threads_write_one_after_the_other() {
    let (shop, board) = open_shop();
    let recorder = Recorder::new(&board.query::<RevenueQuery>());
    thread::scope(|scope| {
        for thread in 0..8 {
            let shop = &shop;
            scope.spawn(move || {
                for n in 0..50 {
                    let id = thread * 1000 + n;
                    shop.transaction(|tx| {
                        let total = tx.iter::<Order>().count();
                        tx.insert(order(id, 1 + id % 2, 1))?;
                        assert_eq!(tx.iter::<Order>().count(), total + 1);
                        if n % 5 == 4 {
                            tx.delete::<Order>(&(id - 1))?;
                        }
                        Ok::<_, Error>(())
                    })
                    .unwrap();
                }
            });
        }
    });
    let mut rows = Vec::new();
    let mut last = TxId(1);
    for event in recorder.take() {
        let delta = event.delta().unwrap();
        assert!(delta.initial || delta.tx == TxId(last.0 + 1), "a gap or a torn delta");
        last = delta.tx;
        fold(&mut rows, &event);
    }
    rows.sort_by_key(|row| row.customer_id);
    assert_eq!(last, TxId(401));
    assert_eq!(Ok(rows), board.query::<RevenueQuery>().snapshot());
    assert_eq!(shop.begin().unwrap().iter::<Order>().count(), 320);
}

#[test]
fn a_second_transaction_on_the_same_thread_is_refused() {
    let (shop, board) = open_shop();
    let tx = shop.begin().unwrap();
    assert!(matches!(shop.begin().map(drop), Err(Error::Nested(_))));
    assert!(matches!(board.query::<RevenueQuery>().snapshot(), Err(Error::Nested(_))));
    assert!(matches!(shop.advance(minutes(1)), Err(Error::Nested(_))));
    drop(tx);
    shop.begin().unwrap();
}

#[test]
fn rows_by_name_take_defaults_and_name_what_is_wrong() {
    let (shop, _) = open_shop();
    let orders = &<Shop as crate::Schema>::TABLES[1];
    let text = |t: &str| Some(Value::Text(t.into()));
    let number = |n: i64| Some(Value::Integer(n));
    shop.transaction(|tx| {
        (orders.insert)(tx, vec![number(1), number(1), number(5), None])?;
        assert_eq!(tx.get::<Order>(&1).unwrap().created_at, NOON);
        let missing = (orders.insert)(tx, vec![number(2), number(1), None, None]).unwrap_err();
        assert_eq!(missing.to_string(), "column \"total\" of table \"orders\" may not be null");
        let wrong = (orders.insert)(tx, vec![number(2), number(1), text("x"), None]).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "column \"total\" of table \"orders\": expected a numeric, found a text"
        );
        Ok::<_, Error>(())
    })
    .unwrap();
}
