use cosmictron_types::{Bytes, Date, Double, Interval, Numeric, Real, SqlType, Time, Timestamp, Uuid, Value};

use super::*;
use crate::store::tests::layouts::schema;
use crate::store::tests::shop::{Customer, NewCustomer, Note, Order, Staff};
use crate::store::tests::{Recorder, board::RevenueQuery, minutes, order, picture};
use crate::store::{ColumnDefault, ColumnInfo};
use crate::{Transaction, TxId};

#[test]
fn everything_is_there_again() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    shop.transaction(|tx| {
        (1..=5).try_for_each(|id| tx.insert(order(id, 1, id)).map(drop))?;
        tx.insert(Note { kind: "x".into(), amount: Some(0.1.into()) })?;
        tx.insert(Note { kind: "x".into(), amount: Some(0.1.into()) })?;
        tx.insert(Staff { id: 1, ..Staff::default() }).map(drop)
    })
    .unwrap();
    shop.transaction(|tx| {
        tx.delete::<Order>(&2)?;
        tx.update::<Order>(&3, |o| o.customer_id = 2)?;
        tx.delete::<Customer>(&1)?;
        tx.insert(order(7, 2, 9)).map(drop)
    })
    .unwrap();
    shop.advance(minutes(10)).unwrap();
    let before = picture(&shop, &board);
    drop((shop, board));
    let (shop, board) = folder.open();
    assert_eq!(picture(&shop, &board), before);
    assert_eq!(shop.transaction(|_| Ok::<_, Error>(())).unwrap().tx, TxId(3));
    let next = shop.transaction(|tx| tx.insert(NewCustomer("eve@example.com"))).unwrap();
    assert_eq!((next.value, next.tx), (3, TxId(4)), "ids of deleted customers are not handed out again");
}

#[test]
fn a_rolled_back_transaction_is_not_in_the_file() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    let before = picture(&shop, &board);
    let _ = shop.transaction(|tx| {
        tx.insert(order(1, 1, 1))?;
        Err::<(), _>(Error::Input(String::new()))
    });
    shop.transaction(|tx| tx.insert(order(1, 9, 1))).unwrap_err();
    drop((shop, board));
    let (shop, board) = folder.open();
    assert_eq!(picture(&shop, &board), before);
}

#[test]
fn the_clock_does_not_go_back() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    shop.transaction(|tx| tx.insert(order(1, 1, 1))).unwrap();
    assert_eq!(shop.advance(minutes(90)).unwrap(), TxId(3), "the order leaves its window");
    drop((shop, board));
    let (shop, _board) = folder.open();
    assert_eq!(shop.now().unwrap(), minutes(90));
    assert_eq!(shop.transaction(|_| Ok::<_, Error>(())).unwrap().tx, TxId(3));
}

#[test]
fn many_writers_share_commits() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    let recorder = Recorder::new(&board.query::<RevenueQuery>());
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let shop = &shop;
            scope.spawn(move || {
                for n in 0..50 {
                    let id = thread * 100 + n;
                    shop.transaction(|tx| tx.insert(order(id, 1 + id % 2, 1))).unwrap();
                    shop.transaction(|tx| tx.update::<Order>(&id, |o| o.customer_id = 1)).unwrap();
                    if n % 3 == 0 {
                        shop.transaction(|tx| tx.delete::<Order>(&id)).unwrap();
                    }
                }
            });
        }
    });
    let events = recorder.take();
    assert!(events.is_sorted_by_key(|event| event.delta().unwrap().tx));
    let before = picture(&shop, &board);
    drop((shop, board));
    let (shop, board) = folder.open();
    assert_eq!(picture(&shop, &board), before);
}

#[test]
fn the_file_is_readable_with_sqlite() {
    let folder = Folder::new();
    let (shop, board) = folder.create();
    shop.transaction(|tx| tx.insert(order(1, 1, 12))).unwrap();
    drop((shop, board));
    let file = rusqlite::Connection::open(folder.file()).unwrap();
    let read = "SELECT id || ' ' || total || ' ' || typeof(total) || ' ' || datetime(created_at / 1000000, 'unixepoch')
                FROM orders JOIN customers USING (id) WHERE email = 'ada@example.com'";
    let line: String = file.query_row(read, [], |row| row.get(0)).unwrap();
    assert_eq!(line, "1 12.00 text 2026-08-01 12:00:00");
    let next: i64 = file.query_row("SELECT next FROM _cosmictron_sequences", [], |row| row.get(0)).unwrap();
    assert_eq!(next, 3);
}

const fn column(name: &'static str, ty: SqlType) -> ColumnInfo {
    ColumnInfo { name, ty, nullable: true, default: ColumnDefault::None }
}

schema!(zoo {
    Beast(0) = TableInfo {
        name: "Order \"by\"",
        columns: &[
            column("_id", SqlType::Integer),
            column("select", SqlType::Boolean),
            column("Select", SqlType::SmallInt),
            column("rowid", SqlType::BigInt),
            column("r", SqlType::Real),
            column("d", SqlType::Double),
            column("fixed", SqlType::Decimal { precision: 30, scale: 4 }),
            column("n", SqlType::Numeric),
            column("t", SqlType::Text),
            column("c", SqlType::Char(3)),
            column("v", SqlType::Varchar(9)),
            column("ts", SqlType::Timestamp),
            column("tz", SqlType::TimestampTz),
            column("date", SqlType::Date),
            column("time", SqlType::Time),
            column("i", SqlType::Interval),
            column("u", SqlType::Uuid),
            column("b", SqlType::Bytea),
            column("j", SqlType::Jsonb),
            column("e", SqlType::Enum(&["sad", "it's \"ok\""])),
        ],
        key: &[],
        constraints: &[],
    };
});

/// As text that tells all values apart, also those that are equal.
fn exact(value: &Value) -> String {
    match value {
        Value::Interval(i) => format!("{} {} {}", i.months(), i.days(), i.micros()),
        Value::Double(x) if !x.0.is_nan() => format!("{:x}", x.0.to_bits()),
        Value::Real(x) if !x.0.is_nan() => format!("{:x}", x.0.to_bits()),
        other => format!("{other:?} {other}"),
    }
}

/// Values at the edges of each type of the zoo.
fn edges() -> Vec<Vec<Value>> {
    let integer = |i: i64| Value::Integer(i);
    let text = |t: &str| Value::Text(t.into());
    let number = |n: &str| Value::Numeric(n.parse::<Numeric>().unwrap());
    let real = |x: f32| Value::Real(Real::from(x));
    let double = |x: f64| Value::Double(Double::from(x));
    let json = |j: &str| Value::Json(j.parse().unwrap());
    let moments = [Timestamp::INFINITY, Timestamp::NEG_INFINITY, Timestamp::MIN, Timestamp::MAX];
    let moments: Vec<Value> = moments.into_iter().map(Value::Timestamp).collect();
    vec![
        vec![integer(i32::MIN.into()), integer(i32::MAX.into()), integer(0)],
        vec![Value::Boolean(true), Value::Boolean(false)],
        vec![integer(i16::MIN.into()), integer(i16::MAX.into())],
        vec![integer(i64::MIN), integer(i64::MAX), integer(-1)],
        [0.0, -0.0, 0.1, f32::MAX, f32::MIN_POSITIVE, f32::INFINITY, f32::NAN, 16_777_217.0]
            .map(real)
            .to_vec(),
        [0.0, -0.0, 0.1, f64::MAX, 5e-324, f64::NEG_INFINITY, f64::NAN, 9_007_199_254_740_993.0, 1e22]
            .map(double)
            .to_vec(),
        vec![number("99999999999999999999999999.9999"), number("-0.0001"), number("0.0000")],
        vec![number("1.50"), number("0.000"), number("1e-70"), number(&"9".repeat(76)), number("-7")],
        vec![text(""), text("naïve 🦀"), text("NaN"), text("1"), text("a'b\"c\n")],
        vec![text("a  "), text("   ")],
        vec![text("ab "), text("")],
        moments.clone(),
        moments,
        [Date::INFINITY, Date::NEG_INFINITY, Date::MIN, Date::MAX].map(Value::Date).to_vec(),
        vec![Value::Time(Time::MIDNIGHT), Value::Time(Time::new(86_400_000_000).unwrap())],
        [
            Interval::new(-14, 3, -1),
            Interval::new(1, -30, 999_999),
            Interval::new(0, 0, -61_000_001),
            Interval::new(i32::MAX, i32::MIN, i64::MAX),
            Interval::new(i32::MIN, i32::MAX, i64::MIN),
            Interval::ZERO,
            Interval::from_days(30),
            Interval::from_months(1),
        ]
        .map(Value::Interval)
        .to_vec(),
        vec![Value::Uuid(Uuid::nil()), Value::Uuid(Uuid::max())],
        vec![Value::Bytes(Bytes::from(&b""[..])), Value::Bytes(Bytes::from(&b"\0\xff'"[..]))],
        vec![
            json("null"),
            json(r#"{"a": [1.50, true, "x\u0001"], "": {}}"#),
            json("12345678901234567890.10"),
        ],
        vec![text("sad"), text("it's \"ok\"")],
    ]
}

#[test]
fn every_value_comes_back_as_it_was() {
    let folder = Folder::new();
    let edges = edges();
    let rows: Vec<Vec<Value>> = (0..10)
        .map(|n| edges.iter().map(|values| values.get(n).cloned().unwrap_or(Value::Null)).collect())
        .collect();
    let zoo = Database::<zoo::S>::open_with(folder.file(), options()).unwrap();
    zoo.transaction(|tx| rows.iter().try_for_each(|row| tx.insert(zoo::Beast(row.clone())).map(drop)))
        .unwrap();
    drop(zoo);
    let zoo = Database::<zoo::S>::open_with(folder.file(), options()).unwrap();
    let tx: Transaction<'_, zoo::S> = zoo.begin().unwrap();
    for (row, read) in rows.iter().zip(tx.iter::<zoo::Beast>()) {
        for (wrote, read) in row.iter().zip(&read.0) {
            assert_eq!(exact(wrote), exact(read));
        }
    }
    assert_eq!(tx.iter::<zoo::Beast>().count(), 10);
}
