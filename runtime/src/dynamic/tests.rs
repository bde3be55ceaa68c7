use std::sync::{Arc, Mutex};

use serde_json::{Value as Tree, json};

use super::*;
use crate::store::tests::board::Board;
use crate::store::tests::{NOON, minutes, open_shop, shop};
use crate::subscribe::Event;

fn database() -> DynamicDatabase {
    let (shop, _) = open_shop();
    DynamicDatabase::attach::<_, Board>(shop).unwrap()
}

fn run(db: &DynamicDatabase, operations: &Tree) -> Result<TxId, Error> {
    db.transaction(db.operations(operations)?)
}

fn rows(db: &DynamicDatabase, query: &str) -> String {
    let snapshot = db.snapshot(query).unwrap();
    let mut text = String::new();
    write_rows(snapshot.query.columns, &snapshot.rows, &mut text);
    text
}

#[test]
fn operations_do_what_they_say() {
    let db = database();
    let tx = run(
        &db,
        &json!([
            {"insert": "orders", "row": {"id": 1, "customer_id": 1, "total": "12.50"}},
            {"insert": "orders", "row": {"id": "2", "customer_id": 1, "total": 1.005, "created_at": "2026-08-01T11:30:00+02:00"}},
            {"update": "orders", "key": {"id": 1}, "set": {"total": "13.00"}},
            {"upsert": "orders", "row": {"id": 2, "customer_id": 2, "total": 7}},
            {"upsert": "orders", "row": {"id": 3, "customer_id": 2, "total": 7}},
        ]),
    );
    assert_eq!(tx, Ok(TxId(2)));
    assert_eq!(
        rows(&db, "revenue"),
        r#"[{"customer_id":1,"revenue":"13.00","orders":1},{"customer_id":2,"revenue":"14.00","orders":2}]"#
    );
    // The upsert has left out `created_at`: the old row keeps its own, the new one has the default.
    assert_eq!(rows(&db, "last_hour"), r#"[{"orders":2}]"#);
    run(&db, &json!([{"delete": "orders", "key": {"id": 3}}])).unwrap();
    assert_eq!(rows(&db, "last_hour"), r#"[{"orders":1}]"#);
    assert_eq!(db.table_sizes(), Ok(vec![2, 2, 0, 0]));
}

#[test]
fn a_row_that_is_not_there_is_an_error_and_nothing_happens() {
    let db = database();
    let order = json!({"insert": "orders", "row": {"id": 1, "customer_id": 1, "total": 1}});
    for (operation, message) in [
        (
            json!({"update": "orders", "key": {"id": 99}, "set": {"total": 0}}),
            "table \"orders\" has no row with (id)=(99)",
        ),
        (json!({"delete": "orders", "key": {"id": 99}}), "table \"orders\" has no row with (id)=(99)"),
        (
            json!({"delete": "notes", "row": {"kind": "a", "amount": null}}),
            "table \"notes\" has no row with (kind, amount)=(a, null)",
        ),
    ] {
        let error = run(&db, &json!([order, operation])).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("no_data_found", message));
    }
    assert_eq!(db.table_sizes().unwrap()[1], 0);
}

#[test]
fn a_bag_deletes_one_copy() {
    let db = database();
    let note = json!({"kind": "a", "amount": null});
    run(&db, &json!([{"insert": "notes", "row": note}, {"insert": "notes", "row": {"kind": "a"}}])).unwrap();
    run(&db, &json!([{"delete": "notes", "row": note}])).unwrap();
    assert_eq!(db.table_sizes().unwrap()[3], 1);
}

#[test]
fn malformed_operations_are_explained() {
    let db = database();
    for (operation, message) in [
        (json!(1), "expected an operation such as {\"insert\":\"table\",\"row\":{…}}, found 1"),
        (
            json!({"inser": "orders", "row": {}}),
            "the operation does not say what to do: give one of \"insert\", \"update\", \"upsert\" and \"delete\", \
             did you mean \"insert\" by \"inser\"?",
        ),
        (
            json!({"insert": "orders", "delete": "orders"}),
            "the operation says more than one thing to do: give one of \"insert\", \"update\", \"upsert\" and \"delete\"",
        ),
        (json!({"insert": "ordrs", "row": {}}), "there is no table \"ordrs\", did you mean \"orders\"?"),
        (
            json!({"insert": "x", "row": {}}),
            "there is no table \"x\": the tables are \"customers\", \"orders\", \"staff\", \"notes\"",
        ),
        (json!({"insert": 7, "row": {}}), "\"insert\" takes the name of a table, found 7"),
        (json!({"insert": "orders"}), "\"insert\" of table \"orders\" needs a field \"row\""),
        (json!({"insert": "orders", "rows": {}}), "\"insert\" has no field \"rows\", did you mean \"row\"?"),
        (
            json!({"insert": "orders", "row": [1]}),
            "\"row\" takes columns and their values, {\"id\":…}, found a list",
        ),
        (
            json!({"insert": "orders", "row": {"totl": 1}}),
            "table \"orders\" has no column \"totl\", did you mean \"total\"?",
        ),
        (
            json!({"update": "orders", "key": {}, "set": {}}),
            "\"update\": table \"orders\" needs \"id\" in \"key\": the primary key is (id)",
        ),
        (
            json!({"update": "orders", "key": {"id": 1, "total": 1}, "set": {}}),
            "\"update\": table \"orders\" has no \"total\" in its key: the primary key is (id)",
        ),
        (
            json!({"update": "orders", "key": {"id": 1}}),
            "\"update\" of table \"orders\" needs a field \"set\"",
        ),
        (
            json!({"delete": "orders", "row": {"id": 1}}),
            "\"delete\": table \"orders\" has a primary key: give \"key\" instead of \"row\"; the primary key is (id)",
        ),
        (
            json!({"delete": "notes", "key": {"kind": "a"}}),
            "\"delete\": table \"notes\" has no primary key: give \"row\" with all columns instead of \"key\"",
        ),
        (
            json!({"delete": "notes", "row": {"kind": "a"}}),
            "\"delete\": table \"notes\" has no primary key, so \"row\" needs all columns to delete one: \"amount\" is missing",
        ),
        (
            json!({"upsert": "notes", "row": {"kind": "a"}}),
            "\"upsert\": table \"notes\" has no primary key, so its rows cannot be told apart: insert and delete them",
        ),
    ] {
        assert_eq!(db.operation(&operation), Err(Error::Input(message.to_owned())));
    }
    let error = db.operations(&json!([{"delete": "orders", "key": {"id": 1}}, {}])).unwrap_err();
    assert!(error.to_string().starts_with("operation 2: the operation does not say"), "{error}");
    assert_eq!(
        db.operations(&json!({})).unwrap_err().to_string(),
        "expected a list of operations, found an object"
    );
}

#[test]
fn values_that_do_not_fit_name_table_and_column() {
    let db = database();
    let order = |column: &str, value: Tree| {
        let mut row = json!({"id": 1, "customer_id": 1, "total": 1});
        row[column] = value;
        let error = run(&db, &json!([{"insert": "orders", "row": row}])).unwrap_err();
        (error.code(), error.to_string())
    };
    let value = |column: &str, value: Tree, code: &str, message: &str| {
        assert_eq!(order(column, value), (code, message.to_owned()));
    };
    value(
        "total",
        json!(true),
        "invalid_value",
        "column \"total\" of table \"orders\": expected numeric(12,2), found true",
    );
    value(
        "total",
        json!("12345678901.00"),
        "invalid_value",
        "column \"total\" of table \"orders\": numeric field overflow: 12345678901.00 does not fit numeric(12,2)",
    );
    value("total", json!(null), "not_null_violation", "column \"total\" of table \"orders\" may not be null");
    value("id", json!(1.5), "invalid_value", "column \"id\" of table \"orders\": expected bigint, found 1.5");
    value(
        "created_at",
        json!("soon"),
        "invalid_value",
        "column \"created_at\" of table \"orders\": invalid input syntax for type timestamp with time zone: \"soon\"",
    );
    let error = run(&db, &json!([{"insert": "orders", "row": {"id": 1}}])).unwrap_err();
    assert_eq!(error.to_string(), "column \"customer_id\" of table \"orders\" may not be null");
    let error =
        run(&db, &json!([{"update": "customers", "key": {"id": 1}, "set": {"email": null}}])).unwrap_err();
    assert_eq!(error.to_string(), "column \"email\" of table \"customers\" may not be null");
}

#[test]
fn events_are_lines_of_json() {
    let db = database();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let subscriptions: Vec<_> = db
        .queries()
        .iter()
        .map(|query| {
            let sink = lines.clone();
            let listener = move |event: &Event<Vec<Value>>| {
                let mut line = String::new();
                write_event(query, None, event, &mut line);
                sink.lock().unwrap().push(line);
            };
            db.subscribe(query.name, Box::new(listener)).unwrap()
        })
        .collect();
    let take = || std::mem::take(&mut *lines.lock().unwrap());
    assert_eq!(
        take(),
        [
            r#"{"tx":1,"now":"2026-08-01T12:00:00Z","query":"revenue","inserts":[],"updates":[],"deletes":[]}"#,
            r#"{"tx":1,"now":"2026-08-01T12:00:00Z","query":"last_hour","inserts":[{"orders":0}],"updates":[],"deletes":[]}"#,
            r#"{"tx":1,"now":"2026-08-01T12:00:00Z","query":"share","inserts":[],"updates":[],"deletes":[]}"#,
        ]
    );
    run(&db, &json!([{"insert": "orders", "row": {"id": 1, "customer_id": 1, "total": 50}}])).unwrap();
    take();
    run(&db, &json!([{"update": "orders", "key": {"id": 1}, "set": {"total": "0.50"}}])).unwrap();
    assert_eq!(
        take(),
        [
            r#"{"tx":3,"now":"2026-08-01T12:00:00Z","query":"revenue","inserts":[],"updates":[{"old":{"customer_id":1,"revenue":"50.00","orders":1},"new":{"customer_id":1,"revenue":"0.50","orders":1}}],"deletes":[]}"#,
            r#"{"tx":3,"query":"share","error":{"code":"division_by_zero","message":"division by zero"}}"#,
        ]
    );
    assert_eq!(db.snapshot("share").unwrap_err().code(), "division_by_zero");
    assert_eq!(db.advance(minutes(60)), Ok(TxId(4)));
    assert_eq!(
        take(),
        [
            r#"{"tx":4,"now":"2026-08-01T13:00:00Z","query":"last_hour","inserts":[{"orders":0}],"updates":[],"deletes":[{"orders":1}]}"#
        ]
    );
    assert_eq!(db.work("revenue"), Ok(2));
    drop(subscriptions);
}

#[test]
fn unknown_queries_are_refused_with_the_nearest_name() {
    let db = database();
    let error = db.snapshot("last_hours").unwrap_err().to_string();
    assert_eq!(error, "there is no query \"last_hours\", did you mean \"last_hour\"?");
    let error = db.subscribe("x", Box::new(|_| {})).map(drop).unwrap_err().to_string();
    assert_eq!(error, "there is no query \"x\": the queries are \"revenue\", \"last_hour\", \"share\"");
    let tables = DynamicDatabase::of_tables(shop());
    assert_eq!(
        tables.snapshot("x").unwrap_err().to_string(),
        "there is no query \"x\": there are no queries"
    );
}

#[test]
fn loading_waits_for_references() {
    let db = DynamicDatabase::of_tables(shop());
    // Every boss comes after the staff.
    let mut id = 0;
    db.load(&mut || {
        id += 1;
        let boss = (id < 250_000).then_some(Value::Integer(250_001 - id)).or(Some(Value::Null));
        Ok((id <= 250_000).then(|| (2, vec![Some(Value::Integer(id)), boss, None, None, None])))
    })
    .unwrap();
    assert_eq!(db.table_sizes().unwrap()[2], 250_000);
    let mut rows = [1, 2].into_iter();
    let error = db.load(&mut || {
        Ok(rows.next().map(|id| {
            (2, vec![Some(Value::Integer(id + 300_000)), Some(Value::Integer(0)), None, None, None])
        }))
    });
    assert_eq!(error.unwrap_err().code(), "foreign_key_violation");
    assert_eq!(db.table_sizes().unwrap()[2], 250_000);
    assert_eq!(db.stamp().unwrap().now, NOON);
}
