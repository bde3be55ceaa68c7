use std::fs;
use std::io::{self, BufReader, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use clap::Parser;

use super::load::load;
use super::printer::Printer;
use super::session::Session;
use super::settings::{Load, Print, Settings};
use super::statistics::Statistics;
use super::{Start, start};
use crate::clock::Clock;
use crate::dynamic::DynamicDatabase;
use crate::store::Database;
use crate::store::tests::board::Board;
use crate::store::tests::shop::{Customer, Order, Shop};
use crate::store::tests::{NOON, shop};

/// Standard output in memory.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

fn database(clock: Clock) -> DynamicDatabase {
    DynamicDatabase::attach::<Shop, Board>(Database::in_memory_with(clock)).unwrap()
}

/// The output lines for input lines.
fn run_with(print: Print, lines: &[&str]) -> Vec<String> {
    let sink = Sink::default();
    let mut session =
        Session::new(database(Clock::Manual(NOON)), Printer::new(Box::new(sink.clone())), print);
    let text = lines.join("\n");
    session.run(BufReader::new(text.as_bytes()), &mut Statistics::default()).unwrap();
    let text = sink.text();
    let lines = text.lines().inspect(|line| {
        serde_json::from_str::<serde_json::Value>(line).expect("every line is JSON");
    });
    lines.map(str::to_owned).collect()
}

const ADA: &str = r#"{"tx":[{"insert":"customers","row":{"email":"ada@example.com"}}]}"#;

#[test]
fn deltas_come_in_order_of_transactions_and_queries() {
    let lines = run_with(
        Print::Deltas,
        &[
            ADA,
            r#"{"tx":[{"insert":"orders","row":{"id":1,"customer_id":1,"total":"50"}}]}"#,
            r#"{"advance":"2026-08-01T13:00:00Z"}"#,
            r#"{"snapshot":"revenue"}"#,
        ],
    );
    assert_eq!(
        lines,
        [
            r#"{"tx":0,"now":"2026-08-01T12:00:00Z","query":"revenue","inserts":[],"updates":[],"deletes":[]}"#,
            r#"{"tx":0,"now":"2026-08-01T12:00:00Z","query":"last_hour","inserts":[{"orders":0}],"updates":[],"deletes":[]}"#,
            r#"{"tx":0,"now":"2026-08-01T12:00:00Z","query":"share","inserts":[],"updates":[],"deletes":[]}"#,
            r#"{"tx":2,"now":"2026-08-01T12:00:00Z","query":"revenue","inserts":[{"customer_id":1,"revenue":"50.00","orders":1}],"updates":[],"deletes":[]}"#,
            r#"{"tx":2,"now":"2026-08-01T12:00:00Z","query":"last_hour","inserts":[{"orders":1}],"updates":[],"deletes":[{"orders":0}]}"#,
            r#"{"tx":2,"now":"2026-08-01T12:00:00Z","query":"share","inserts":[{"id":1,"share":2}],"updates":[],"deletes":[]}"#,
            r#"{"tx":3,"now":"2026-08-01T13:00:00Z","query":"last_hour","inserts":[{"orders":0}],"updates":[],"deletes":[{"orders":1}]}"#,
            r#"{"snapshot":"revenue","tx":3,"rows":[{"customer_id":1,"revenue":"50.00","orders":1}]}"#,
        ]
    );
}

#[test]
fn rejected_lines_change_nothing_and_the_program_goes_on() {
    let lines = run_with(
        Print::Answers,
        &[
            ADA,
            ADA,
            "",
            r#"{"tx":[{"insert":"orders","row":{"id":1,"customer_id":1,"total":1}},{"insert":"orders","row":{"id":2,"customer_id":9,"total":1}}]}"#,
            r#"{"tx":[{"insert":"orders","row":{"id":1,"customer_id":1,"total":-1}}]}"#,
            r#"{"tx":[{"insert":"orders","row":{"id":1,"customer_id":1,"total":"x"}}]}"#,
            r#"{"tx":[{"insert":"order","row":{}}]}"#,
            "{oops",
            r#"{"tx":[{"insert":"é","row":{"id":1,"id":2}}]}"#,
            r#"{"tx":[{"insert":"orders","insert":"orders"}]}"#,
            r#"{"tx":[],"a":-1,"b":1.5e3,"c":12345678901234567890123,"d":[null,true],"tx":[]}"#,
            r#"{"tx":[]"#,
            r#"{"tx":[{"delete":"orders","key":{"id":7}}]}"#,
            r#"{"advance":"2026-08-01T11:00:00Z"}"#,
            "7",
            r#"{"txn":[]}"#,
            r#"{"tx":[],"advance":"x"}"#,
            r#"{"tx":[],"as":"x"}"#,
            r#"{"advance":"tomorrow?"}"#,
            r#"{"advance":5}"#,
            r#"{"snapshot":"revenu"}"#,
            r#"{"snapshot":"revenue"}"#,
        ],
    );
    let expected = [
        r#"{"rejected":{"code":"unique_violation","table":"customers","constraint":"customers_email_key","message":"table \"customers\" already has a row with (email)=(ada@example.com) (constraint \"customers_email_key\")"},"line":2}"#,
        r#"{"rejected":{"code":"foreign_key_violation","table":"orders","constraint":"orders_customer_id_fkey","message":"table \"orders\": (customer_id)=(9) is not present in table \"customers\" (constraint \"orders_customer_id_fkey\")"},"line":4}"#,
        r#"{"rejected":{"code":"check_violation","table":"orders","constraint":"orders_total_check","message":"the new row of table \"orders\" fails its check constraint \"orders_total_check\": total >= 0"},"line":5}"#,
        r#"{"rejected":{"code":"invalid_value","table":"orders","constraint":"total","message":"column \"total\" of table \"orders\": invalid input syntax for type numeric: \"x\""},"line":6}"#,
        r#"{"rejected":{"code":"invalid_input","message":"operation 1: there is no table \"order\", did you mean \"orders\"?"},"line":7}"#,
        r#"{"rejected":{"code":"invalid_input","message":"the line is not JSON: key must be a string, at line 8, column 2"},"line":8}"#,
        r#"{"rejected":{"code":"invalid_input","message":"\"id\" is given twice, at line 9, column 39"},"line":9}"#,
        r#"{"rejected":{"code":"invalid_input","message":"\"insert\" is given twice, at line 10, column 34"},"line":10}"#,
        r#"{"rejected":{"code":"invalid_input","message":"\"tx\" is given twice, at line 11, column 74"},"line":11}"#,
        r#"{"rejected":{"code":"invalid_input","message":"the line is not JSON: EOF while parsing an object, at line 12, column 8"},"line":12}"#,
        r#"{"rejected":{"code":"no_data_found","table":"orders","message":"table \"orders\" has no row with (id)=(7)"},"line":13}"#,
        r#"{"rejected":{"code":"invalid_input","message":"\"advance\": the clock is at 2026-08-01T12:00:00Z and does not go back to 2026-08-01T11:00:00Z"},"line":14}"#,
        r#"{"rejected":{"code":"invalid_input","message":"expected an object such as {\"tx\":[…]}, found 7"},"line":15}"#,
        r#"{"rejected":{"code":"invalid_input","message":"a line has exactly one of \"tx\", \"advance\", \"snapshot\", \"subscribe\" and \"unsubscribe\", did you mean \"tx\" by \"txn\"?"},"line":16}"#,
        r#"{"rejected":{"code":"invalid_input","message":"a line has exactly one of \"tx\", \"advance\", \"snapshot\", \"subscribe\" and \"unsubscribe\""},"line":17}"#,
        r#"{"rejected":{"code":"invalid_input","message":"\"tx\" has no field \"as\""},"line":18}"#,
        r#"{"rejected":{"code":"invalid_input","message":"\"advance\": invalid input syntax for type timestamp with time zone: \"tomorrow?\""},"line":19}"#,
        r#"{"rejected":{"code":"invalid_input","message":"\"advance\" takes a string, found 5"},"line":20}"#,
        r#"{"rejected":{"code":"invalid_input","message":"there is no query \"revenu\", did you mean \"revenue\"?"},"line":21}"#,
        r#"{"snapshot":"revenue","tx":1,"rows":[]}"#,
    ];
    for (line, expected) in lines.iter().zip(expected) {
        assert_eq!(line, expected);
    }
    assert_eq!(lines.len(), expected.len());
}

#[test]
fn a_second_stream_has_its_own_name() {
    let lines = run_with(
        Print::Deltas,
        &[
            r#"{"unsubscribe":"share"}"#,
            r#"{"unsubscribe":"last_hour"}"#,
            r#"{"subscribe":"revenue","as":"again"}"#,
            ADA,
            r#"{"tx":[{"insert":"orders","row":{"id":1,"customer_id":1,"total":"50"}}]}"#,
            r#"{"unsubscribe":"revenue"}"#,
            r#"{"tx":[{"delete":"orders","key":{"id":1}}]}"#,
            r#"{"snapshot":"again"}"#,
            r#"{"subscribe":"revenue","as":"again"}"#,
            r#"{"subscribe":"revenue","params":[1],"as":"x"}"#,
            r#"{"subscribe":"revenue","params":1,"as":"x"}"#,
            r#"{"unsubscribe":"x"}"#,
            r#"{"subscribe":"revenue"}"#,
        ],
    );
    let row = r#"{"customer_id":1,"revenue":"50.00","orders":1}"#;
    let delta = |tx: u64, names: &str, inserts: &str, deletes: &str| {
        format!(
            r#"{{"tx":{tx},"now":"2026-08-01T12:00:00Z",{names},"inserts":[{inserts}],"updates":[],"deletes":[{deletes}]}}"#
        )
    };
    assert_eq!(
        lines[3..],
        [
            delta(0, r#""query":"revenue","as":"again""#, "", ""),
            delta(2, r#""query":"revenue""#, row, ""),
            delta(2, r#""query":"revenue","as":"again""#, row, ""),
            delta(3, r#""query":"revenue","as":"again""#, "", row),
            r#"{"snapshot":"again","tx":3,"rows":[]}"#.to_owned(),
            r#"{"rejected":{"code":"invalid_input","message":"\"again\" is live already: give \"as\" another name"},"line":9}"#.to_owned(),
            r#"{"rejected":{"code":"invalid_input","message":"query \"revenue\" takes no parameters, 1 were given"},"line":10}"#.to_owned(),
            r#"{"rejected":{"code":"invalid_input","message":"\"params\" takes a list of values, found 1"},"line":11}"#.to_owned(),
            r#"{"rejected":{"code":"invalid_input","message":"there is no live query \"x\": the live queries are \"again\""},"line":12}"#.to_owned(),
            delta(3, r#""query":"revenue""#, "", ""),
        ]
    );
}

#[test]
fn snapshots_come_at_the_end_and_failing_queries_say_so() {
    let lines = run_with(
        Print::Snapshots,
        &[ADA, r#"{"tx":[{"insert":"orders","row":{"id":1,"customer_id":1,"total":"0"}}]}"#],
    );
    assert_eq!(
        lines,
        [
            r#"{"snapshot":"revenue","tx":2,"rows":[{"customer_id":1,"revenue":"0.00","orders":1}]}"#,
            r#"{"snapshot":"last_hour","tx":2,"rows":[{"orders":1}]}"#,
            r#"{"tx":2,"query":"share","error":{"code":"division_by_zero","message":"division by zero"}}"#,
        ]
    );
}

/// Input that comes line by line, each after a look at the output.
struct Dialog {
    lines: Vec<(&'static str, String)>,
    sink: Sink,
}

impl io::Read for Dialog {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some((expected, line)) = self.lines.pop() else { return Ok(0) };
        for _ in 0..500 {
            if self.sink.text().contains(expected) {
                buffer[..line.len()].copy_from_slice(line.as_bytes());
                return Ok(line.len());
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        panic!("{expected} was not printed while waiting for input:\n{}", self.sink.text());
    }
}

#[test]
fn what_time_changes_is_printed_while_waiting_for_input() {
    let sink = Sink::default();
    let soon = crate::clock::system_now().micros() - 3_600_000_000 + 300_000;
    let soon = cosmictron_types::Timestamp::from_micros(soon).to_rfc3339();
    let mut lines = vec![
        (r#"{"orders":0}"#, format!("{ADA}\n")),
        (
            "",
            format!(
                "{{\"tx\":[{{\"insert\":\"orders\",\"row\":{{\"id\":1,\"customer_id\":1,\"total\":1,\"created_at\":\"{soon}\"}}}}]}}\n"
            ),
        ),
        (r#""inserts":[{"orders":1}]"#, "\n".to_owned()),
        (r#""inserts":[{"orders":0}],"updates":[],"deletes":[{"orders":1}]"#, "\n".to_owned()),
        ("", "{\"advance\":\"2026-01-01\"}\n".to_owned()),
        ("the clock of this database is the system's", "\n".to_owned()),
    ];
    lines.reverse();
    let dialog = Dialog { lines, sink: sink.clone() };
    let mut session = Session::new(database(Clock::System), Printer::new(Box::new(sink)), Print::Deltas);
    session.run(BufReader::new(dialog), &mut Statistics::default()).unwrap();
}

/// A reader of the output that goes away.
struct Gone(u8);

impl Write for Gone {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0 {
            0 => Err(io::ErrorKind::BrokenPipe.into()),
            1 => Err(io::Error::other("the disk is full")),
            _ => Ok(bytes.len()),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_byte_order_mark_is_no_input() {
    let marked = format!("\u{feff}{ADA}");
    let size = r#"{"snapshot":"revenue"}"#;
    assert_eq!(run_with(Print::Answers, &[&marked, size]), run_with(Print::Answers, &[ADA, size]));
    assert!(
        run_with(Print::Answers, &[size, &marked])[1].contains("not JSON"),
        "only where the input begins"
    );
}

#[test]
fn nobody_reading_ends_the_program_quietly() {
    let run = |out: Gone| {
        let printer = Printer::new(Box::new(out));
        let mut session = Session::new(database(Clock::Manual(NOON)), printer, Print::Deltas);
        session.run(BufReader::new(ADA.as_bytes()), &mut Statistics::default())
    };
    assert_eq!(run(Gone(0)), Ok(()));
    assert_eq!(run(Gone(1)), Err("cannot write the output: the disk is full".to_owned()));
    assert_eq!(run(Gone(2)), Ok(()));
}

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, table: &str, text: &str) -> Load {
        let file = self.0.path().join(format!("{table}.csv"));
        fs::write(&file, text).unwrap();
        Load { table: table.to_owned(), file }
    }
}

#[test]
fn csv_files_fill_tables() {
    let files = Files::new();
    let shop = shop();
    let tables = DynamicDatabase::of_tables(shop.clone());
    let loads = [
        // References come before what they reference.
        files.write("orders", "total,id,customer_id\n12.50,1,1\n\"7\",2,1\n"),
        files.write("customers", "id,email,name\n1,a@x,\n2,\"b,\"\"x\",\"\"\n"),
    ];
    assert_eq!(load(&tables, &loads), Ok(4));
    let tx = shop.begin().unwrap();
    let rows: Vec<String> =
        tx.iter::<Customer>().map(|c| format!("{} {} {:?}", c.id, c.email, c.name.as_deref())).collect();
    assert_eq!(rows, ["1 a@x None", "2 b,\"x Some(\"\")"]);
    let orders: Vec<String> =
        tx.iter::<Order>().map(|o| format!("{} {} {}", o.id, o.total, o.created_at)).collect();
    assert_eq!(orders, ["1 12.50 2026-08-01 12:00:00", "2 7.00 2026-08-01 12:00:00"]);
}

#[test]
fn what_is_wrong_in_a_csv_file_is_located() {
    let files = Files::new();
    let fails = |table: &str, text: &str| {
        let loads = [files.write(table, text)];
        let error = load(&DynamicDatabase::of_tables(shop()), &loads).unwrap_err();
        error.replace(&files.0.path().display().to_string(), "")
    };
    assert_eq!(
        fails("customers", "id,emial\n"),
        "/customers.csv, line 1: table \"customers\" has no column \"emial\", did you mean \"email\"?"
    );
    assert_eq!(fails("customers", "id,id\n"), "/customers.csv, line 1: column \"id\" is there twice");
    assert!(fails("customers", "").contains("the first line names the columns"));
    assert_eq!(
        fails("customers", "id,email\n1,a\nx,b\n"),
        "/customers.csv, line 3: column \"id\": invalid input syntax for type bigint: \"x\""
    );
    assert_eq!(fails("customers", "id,email\n1\n"), "/customers.csv, line 2: column \"email\" is missing");
    assert_eq!(
        fails("customers", "id,email\n1,a,b\n"),
        "/customers.csv, line 2: there are more fields than the 2 of the header"
    );
    assert_eq!(
        fails("customers", "id,email\n1,a\n\n2,a\n"),
        "/customers.csv, line 4: table \"customers\" already has a row with (email)=(a) (constraint \"customers_email_key\")"
    );
    assert_eq!(
        fails("customers", "id,name\n1,a\n"),
        "/customers.csv, line 2: column \"email\" of table \"customers\" may not be null"
    );
    assert!(fails("orders", "id,customer_id,total\n1,9,1\n").starts_with(
        "the rows of /orders.csv cannot be committed: table \"orders\": (customer_id)=(9) is not present"
    ));
    assert!(fails("custmers", "").contains("did you mean \"customers\"?"));
    let missing = Load { table: "customers".to_owned(), file: PathBuf::from("/nowhere.csv") };
    assert!(
        load(&DynamicDatabase::of_tables(shop()), &[missing])
            .unwrap_err()
            .starts_with("cannot read /nowhere.csv")
    );
}

#[test]
fn arguments_are_read() {
    let parse = |arguments: &[&str]| Settings::try_parse_from([&["run"], arguments].concat());
    let settings = parse(&[
        "--input",
        "in.jsonl",
        "--load",
        "a=b=c.csv",
        "--load",
        "d=e",
        "--db",
        "x.db",
        "--now",
        "2026-08-01 12:00",
        "--quiet",
        "--stats",
    ])
    .unwrap();
    assert_eq!(settings.input, "in.jsonl");
    assert_eq!(settings.load[0], Load { table: "a".to_owned(), file: "b=c.csv".into() });
    assert_eq!((settings.load.len(), settings.now, settings.stats), (2, Some(NOON), true));
    assert_eq!(settings.print(), Print::Answers);
    assert_eq!(parse(&[]).unwrap().print(), Print::Deltas);
    assert_eq!(parse(&["--snapshot"]).unwrap().print(), Print::Snapshots);
    for wrong in [&["--load", "x"][..], &["--now", "soon"], &["--now", "infinity"], &["--quiet", "--deltas"]]
    {
        assert!(parse(wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_file_is_loaded_once_and_opened_again() {
    let files = Files::new();
    let load_customers = files.write("customers", "email\na\nb\n");
    let argument = format!("customers={}", load_customers.file.display());
    let file = files.0.path().join("shop.db").display().to_string();
    let start: Start = start::<Shop, Board>;
    let open = |arguments: &[&str]| {
        let fixed = ["run", "--db", &file, "--now", "2026-08-01 12:00"];
        let settings = Settings::try_parse_from([&fixed, arguments].concat()).unwrap();
        start(&settings, &mut |tables| load(tables, &settings.load).map(drop))
    };
    assert_eq!(open(&["--load", &argument]).unwrap().table_sizes().unwrap()[0], 2);
    let database = open(&[]).unwrap();
    assert_eq!(database.table_sizes().unwrap()[0], 2);
    let error = open(&[]).map(drop).unwrap_err();
    assert!(error.contains("in use: another process has it open"), "{error}");
    drop(database);
    let error = open(&["--load", &argument]).map(drop).unwrap_err();
    assert!(error.contains("line 2: table \"customers\" already has a row"), "{error}");
}
