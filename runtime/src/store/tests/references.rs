use super::shop::Staff;
use super::*;
use crate::{TxId, Violation};

fn staff(id: i32) -> Staff {
    Staff { id, ..Staff::default() }
}

fn constraint<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Violation(Violation { constraint, .. })) => constraint,
        Err(other) => panic!("a violation was expected: {other}"),
        Ok(_) => panic!("a violation was expected"),
    }
}

#[test]
fn a_reference_may_be_broken_until_the_end() {
    let (shop, _) = open_shop();
    shop.transaction(|tx| {
        tx.insert(order(1, 5, 10))?;
        tx.insert(customer(5)).map(drop)
    })
    .unwrap();
    // The referenced key moves, and the reference with it.
    shop.transaction(|tx| {
        tx.update::<Customer>(&5, |c| c.id = 6)?;
        tx.update::<Order>(&1, |o| o.customer_id = 6)
    })
    .unwrap();
    assert_eq!(
        constraint(shop.transaction(|tx| tx.update::<Customer>(&6, |c| c.id = 7))),
        "orders_customer_id_fkey"
    );
    assert_eq!(
        constraint(shop.transaction(|tx| tx.update::<Order>(&1, |o| o.customer_id = 7))),
        "orders_customer_id_fkey"
    );
    // Deleted and replaced, in the same place.
    shop.transaction(|tx| {
        tx.insert(staff(1))?;
        tx.insert(Staff { mentor: Some(1), ..staff(2) })
    })
    .unwrap();
    shop.transaction(|tx| {
        tx.delete::<Staff>(&1)?;
        tx.insert(staff(1))
    })
    .unwrap();
    assert_eq!(
        constraint(shop.transaction(|tx| {
            tx.delete::<Staff>(&1)?;
            tx.insert(staff(3))
        })),
        "staff_mentor_fkey"
    );
    let tx = shop.begin().unwrap();
    assert!(tx.get::<Staff>(&1).is_some() && tx.get::<Staff>(&3).is_none());
}

#[test]
fn cascade_and_set_null_act_at_once() {
    let (shop, board) = open_shop();
    shop.transaction(|tx| {
        tx.insert(order(1, 1, 10))?;
        tx.insert(order(2, 1, 10))?;
        tx.insert(order(3, 2, 10))?;
        tx.insert(staff(1))?;
        tx.insert(Staff { boss: Some(1), ..staff(2) })?;
        tx.insert(Staff { boss: Some(2), ..staff(3) }).map(drop)
    })
    .unwrap();
    shop.transaction(|tx| {
        assert!(tx.delete::<Customer>(&1)?);
        assert_eq!(tx.iter::<Order>().map(|o| o.id).collect::<Vec<_>>(), [3]);
        assert!(tx.delete::<Staff>(&1)?);
        assert_eq!(tx.get::<Staff>(&2), Some(&staff(2)));
        assert_eq!(tx.get::<Staff>(&3), Some(&Staff { boss: Some(2), ..staff(3) }));
        Ok::<_, Error>(())
    })
    .unwrap();
    assert_eq!(board.query::<RevenueQuery>().snapshot().unwrap().len(), 1);
}

#[test]
fn restrict_refuses_at_once_and_undoes_the_statement() {
    let (shop, board) = open_shop();
    // 1 <-team- 2 <-team- 3, 1 <-boss- 5, and 4 is the buddy of 3.
    shop.transaction(|tx| {
        tx.insert(staff(1))?;
        tx.insert(Staff { team: Some(1), ..staff(2) })?;
        tx.insert(Staff { team: Some(2), ..staff(3) })?;
        tx.insert(Staff { buddy: Some(3), ..staff(4) })?;
        tx.insert(Staff { boss: Some(1), ..staff(5) })
    })
    .unwrap();
    let before = picture(&shop, &board);
    shop.transaction(|tx| {
        tx.insert(order(1, 1, 1))?;
        assert_eq!(constraint(tx.delete::<Staff>(&1)), "staff_buddy_fkey");
        assert_eq!(tx.iter::<Staff>().count(), 5);
        assert_eq!(tx.get::<Staff>(&5).unwrap().boss, Some(1));
        assert_eq!(tx.get::<Order>(&1), Some(&order(1, 1, 1)));
        tx.delete::<Order>(&1)
    })
    .unwrap();
    assert_eq!(picture(&shop, &board), before);
    shop.transaction(|tx| {
        tx.delete::<Staff>(&4)?;
        tx.delete::<Staff>(&1)
    })
    .unwrap();
    assert_eq!(shop.begin().unwrap().iter::<Staff>().count(), 1);
}

#[test]
fn cycles_end() {
    let (shop, _) = open_shop();
    let ring = |tx: &mut crate::Transaction<'_, Shop>| {
        tx.insert(Staff { team: Some(3), boss: Some(1), buddy: Some(1), ..staff(1) })?;
        tx.insert(Staff { team: Some(1), boss: Some(3), mentor: Some(3), ..staff(2) })?;
        tx.insert(Staff { team: Some(2), boss: Some(2), ..staff(3) })
    };
    shop.transaction(ring).unwrap();
    shop.transaction(|tx| tx.delete::<Staff>(&2)).unwrap();
    assert_eq!(shop.begin().unwrap().iter::<Staff>().count(), 0);
}

#[test]
fn a_long_chain_of_references_needs_no_stack() {
    let (shop, board) = open_shop();
    const LENGTH: i32 = 100_000;
    shop.transaction(|tx| {
        (0..LENGTH).try_for_each(|id| {
            tx.insert(Staff { team: id.checked_sub(1).filter(|t| *t >= 0), ..staff(id) }).map(drop)
        })
    })
    .unwrap();
    let run = || {
        let mut tx = shop.begin().unwrap();
        tx.delete::<Staff>(&0).unwrap();
        assert_eq!(tx.iter::<Staff>().count(), 0);
    };
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(128 << 10).spawn_scoped(scope, run).unwrap().join().unwrap();
    });
    assert_eq!(shop.begin().unwrap().iter::<Staff>().count(), LENGTH as usize);
    assert_eq!(board.query::<RevenueQuery>().snapshot(), Ok(vec![]));
}

#[test]
fn a_violation_at_the_end_undoes_the_transaction() {
    let (shop, board) = open_shop();
    let recorder = Recorder::new(&board.query::<RevenueQuery>());
    recorder.take();
    let before = picture(&shop, &board);
    let failed = shop.transaction(|tx| {
        tx.insert(order(1, 1, 10))?;
        tx.insert(order(2, 9, 10))
    });
    assert_eq!(constraint(failed), "orders_customer_id_fkey");
    assert_eq!(picture(&shop, &board), before);
    assert!(recorder.take().is_empty());
    assert_eq!(shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap().tx, TxId(2));
}
