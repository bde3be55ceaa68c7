use cosmictron_types::{SqlType, Timestamp, Value};

use super::*;
use crate::Schema;
use crate::store::tests::layouts::schema;
use crate::store::{ColumnDefault, ColumnInfo, TableInfo};

const fn column(name: &'static str, ty: SqlType, nullable: bool) -> ColumnInfo {
    ColumnInfo { name, ty, nullable, default: ColumnDefault::None }
}

const ID: ColumnInfo = column("id", SqlType::Integer, false);
const NAME: ColumnInfo = column("name", SqlType::Text, true);

/// The table that all these schemas are about.
const fn items(columns: &'static [ColumnInfo]) -> TableInfo {
    TableInfo { name: "items", columns, key: &[0], constraints: &[] }
}

schema!(first { Item(0) = items(&[ID, NAME]); });
schema!(wider {
    Tag(0) = TableInfo { name: "tags", columns: &[ID], key: &[0], constraints: &[] };
    Item(1) = TableInfo {
        key: &[1],
        ..items(&[
        ColumnInfo {
            name: "at",
            ty: SqlType::TimestampTz,
            nullable: false,
            default: ColumnDefault::Value(Value::Timestamp),
        },
        ID,
        column("note", SqlType::Text, true),
        ColumnInfo {
            name: "n",
            ty: SqlType::BigInt,
            nullable: false,
            default: ColumnDefault::Identity { always: false },
        },
        NAME,
    ])
    };
});
schema!(needy { Item(0) = items(&[ID, NAME, column("size", SqlType::Integer, false)]); });
schema!(renamed { Item(0) = items(&[ID, column("title", SqlType::Text, true)]); });
schema!(retyped { Item(0) = items(&[ID, column("name", SqlType::Varchar(10), true)]); });
schema!(strict { Item(0) = items(&[ID, column("name", SqlType::Text, false)]); });
schema!(other { Tag(0) = TableInfo { name: "tags", columns: &[ID], key: &[0], constraints: &[] }; });
schema!(keyed {
    Item(0) = TableInfo { name: "items", columns: &[ID, NAME], key: &[1], constraints: &[] };
});
schema!(bag { Item(0) = TableInfo { name: "items", columns: &[ID, NAME], key: &[], constraints: &[] }; });
schema!(moods { Item(0) = items(&[ID, column("name", SqlType::Enum(&["a", "b"]), true)]); });
schema!(more_moods { Item(0) = items(&[ID, column("name", SqlType::Enum(&["c", "b", "a"]), true)]); });

fn integer(i: i64) -> Value {
    Value::Integer(i)
}

fn text(t: &str) -> Value {
    Value::Text(t.into())
}

fn open<S: Schema>(folder: &Folder) -> Result<Database<S>, String> {
    Database::open_with(folder.file(), options()).map_err(|error| error.to_string())
}

/// Two items, one without a name.
fn written() -> Folder {
    let folder = Folder::new();
    let db = open::<first::S>(&folder).unwrap();
    db.transaction(|tx| {
        tx.insert(first::Item(vec![integer(1), text("a")]))?;
        tx.insert(first::Item(vec![integer(2), Value::Null]))
    })
    .unwrap();
    folder
}

/// The schema is refused for this reason, and the file is as it was.
fn refuses<S: Schema>(folder: &Folder, why: &[&str]) {
    let error = open::<S>(folder).map(drop).unwrap_err();
    for part in why {
        assert!(error.contains(part), "{part:?} is missing in: {error}");
    }
    assert_eq!(open::<first::S>(folder).unwrap().begin().unwrap().iter::<first::Item>().count(), 2);
}

#[test]
fn new_tables_and_columns_are_added() {
    let folder = written();
    let db = open::<wider::S>(&folder).unwrap();
    let tx = db.begin().unwrap();
    let rows: Vec<_> = tx.iter::<wider::Item>().map(|row| row.0.clone()).collect();
    let at = Value::Timestamp(NOON);
    assert_eq!(rows[0], [at.clone(), integer(1), Value::Null, integer(1), text("a")]);
    assert_eq!(rows[1], [at.clone(), integer(2), Value::Null, integer(2), Value::Null]);
    drop(tx);
    db.transaction(|tx| {
        let item = &wider::S::TABLES[1];
        (item.insert)(tx, vec![None, Some(integer(3)), Some(text("n")), None, None])?;
        tx.insert(wider::Tag(vec![integer(9)]))
    })
    .unwrap();
    drop(db);
    // The columns of the file are now in another order than the schema's.
    let later = Options { clock: Clock::Manual(Timestamp::from_micros(NOON.micros() + 1)), ..options() };
    let db = Database::<wider::S>::open_with(folder.file(), later).unwrap();
    let tx = db.begin().unwrap();
    let rows: Vec<_> = tx.iter::<wider::Item>().map(|row| row.0.clone()).collect();
    assert_eq!(rows[2], [at, integer(3), text("n"), integer(3), Value::Null]);
    assert_eq!(tx.iter::<wider::Tag>().count(), 1);
}

#[test]
fn a_new_column_needs_a_value_for_old_rows() {
    refuses::<needy::S>(
        &written(),
        &["column \"size\" of table \"items\" is new and NOT NULL", "2 rows", "DEFAULT"],
    );
    let empty = Folder::new();
    open::<first::S>(&empty).unwrap();
    open::<needy::S>(&empty).unwrap();
}

#[test]
fn what_is_gone_is_refused_and_the_way_out_works() {
    let folder = written();
    refuses::<other::S>(&folder, &["table \"items\" is no longer in the schema", "DROP TABLE \"items\""]);
    refuses::<renamed::S>(
        &folder,
        &["column \"name\" of table \"items\" is no longer in the schema", "\"title\""],
    );
    let error = open::<renamed::S>(&folder).map(drop).unwrap_err();
    let rename = error.split_once("run: ").unwrap().1;
    rusqlite::Connection::open(folder.file()).unwrap().execute_batch(rename).unwrap();
    let db = open::<renamed::S>(&folder).unwrap();
    assert_eq!(db.begin().unwrap().iter::<renamed::Item>().next().unwrap().0, [integer(1), text("a")]);
    drop(db);
    let error = open::<other::S>(&folder).map(drop).unwrap_err();
    let drop_table = error.split_once("sqlite3: ").unwrap().1;
    rusqlite::Connection::open(folder.file()).unwrap().execute_batch(drop_table).unwrap();
    open::<other::S>(&folder).unwrap();
}

#[test]
fn what_has_changed_is_refused() {
    let folder = written();
    refuses::<retyped::S>(
        &folder,
        &[
            "column \"name\" of table \"items\" is of type text in the file and character varying(10) in the schema",
        ],
    );
    refuses::<strict::S>(&folder, &["column \"name\" of table \"items\" is NOT NULL", "1 rows of the file"]);
}

#[test]
fn all_problems_are_told_at_once() {
    let error = open::<other::S>(&written()).map(drop).unwrap_err();
    assert!(error.lines().count() == 2, "{error}");
}

#[test]
fn constraints_may_be_loosened_and_new_ones_are_checked() {
    let folder = written();
    // By name the rows are still unique.
    drop(open::<keyed::S>(&folder).unwrap());
    drop(open::<bag::S>(&folder).unwrap());
    let db = open::<bag::S>(&folder).unwrap();
    db.transaction(|tx| tx.insert(bag::Item(vec![integer(1), text("b")]))).unwrap();
    drop(db);
    let error = open::<first::S>(&folder).map(drop).unwrap_err();
    assert!(error.contains("new constraint") && error.contains("already has a row"), "{error}");
    drop(open::<keyed::S>(&folder).unwrap());
}

#[test]
fn an_enum_may_get_labels() {
    let folder = Folder::new();
    let db = open::<moods::S>(&folder).unwrap();
    db.transaction(|tx| tx.insert(moods::Item(vec![integer(1), text("b")]))).unwrap();
    drop(db);
    drop(open::<more_moods::S>(&folder).unwrap());
    let error = open::<moods::S>(&folder).map(drop).unwrap_err();
    assert!(error.contains("is of type enum [\"c\",\"b\",\"a\"] in the file"), "{error}");
}
