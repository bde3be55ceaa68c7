use crate::{Date, Interval, ParseError, Time, Timestamp};

fn micros(text: &str) -> Result<String, ParseError> {
    text.parse::<Timestamp>().map(|t| t.to_string())
}

#[test]
fn reads_the_forms_of_timestamps() {
    for (text, expected) in [
        ("2026-01-31T10:30:00Z", "2026-01-31 10:30:00"),
        ("2026-01-31t10:30:00.250z", "2026-01-31 10:30:00.25"),
        ("2026-01-31 10:30:00+02", "2026-01-31 08:30:00"),
        ("2026-01-31T10:30:00-05:30", "2026-01-31 16:00:00"),
        ("2026-01-31 10:30 +0545", "2026-01-31 04:45:00"),
        ("2026-1-3", "2026-01-03 00:00:00"),
        ("20260131", "2026-01-31 00:00:00"),
        ("20260131T103005", "2026-01-31 10:30:05"),
        ("2026-031 10:00", "2026-01-31 10:00:00"),
        ("1/31/2026 10:30 PM", "2026-01-31 22:30:00"),
        ("Jan 31, 2026 12:00 AM", "2026-01-31 00:00:00"),
        ("Sat 31 January 2026 10:30:00 UTC", "2026-01-31 10:30:00"),
        ("31-Jan-2026", "2026-01-31 00:00:00"),
        ("2026-Jan-31", "2026-01-31 00:00:00"),
        ("1999-12-31 23:59:60", "2000-01-01 00:00:00"),
        ("2026-01-31 24:00:00", "2026-02-01 00:00:00"),
        ("0044-03-15 BC", "0044-03-15 00:00:00 BC"),
        ("1/2/69", "2069-01-02 00:00:00"),
        ("  epoch ", "1970-01-01 00:00:00"),
        ("Infinity", "infinity"),
        ("-infinity", "-infinity"),
        ("10000-01-01", "10000-01-01 00:00:00"),
        ("2026-01-31 10:30:00.1234567", "2026-01-31 10:30:00.123457"),
    ] {
        assert_eq!(micros(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn refuses_what_is_no_timestamp() {
    for text in [
        "",
        "tomorrow",
        "now",
        "2026",
        "2026-13-01",
        "2026-02-29",
        "2026-01-01 25:00",
        "2026-01-01 10:60",
        "10:30",
        "2026-01-01 10:00 Mars/Olympus",
        "2026-01-01T",
        "2026-01-01 10:00 10:00",
        "2026-01-01 13:00 PM",
        "0000-01-01",
        "2026-01-01 10:00+20",
        "294277-01-01",
        "5000-01-01 BC",
        "2026–01–01",
        "2026-01-01 10:00:61",
        "1,2,3",
    ] {
        assert!(micros(text).is_err(), "{text}: {:?}", micros(text));
    }
}

#[test]
fn offsets_are_ignored_without_a_zone() {
    assert_eq!(Timestamp::parse_local("2026-01-31 10:00+02").unwrap().to_string(), "2026-01-31 10:00:00");
    assert_eq!("2026-01-31 23:00-05".parse::<Date>().unwrap().to_string(), "2026-01-31");
    assert_eq!("2026-01-31 10:30".parse::<Time>().unwrap().to_string(), "10:30:00");
}

#[test]
fn prints_for_json_and_for_psql() {
    let moment = Timestamp::from_micros(-1);
    assert_eq!(moment.to_string(), "1969-12-31 23:59:59.999999");
    assert_eq!(moment.to_rfc3339(), "1969-12-31T23:59:59.999999Z");
    assert_eq!(moment.to_zoned_string(), "1969-12-31 23:59:59.999999+00");
    assert_eq!(Timestamp::INFINITY.to_rfc3339(), "infinity");
    assert_eq!(Timestamp::MIN.to_string(), "4714-11-24 00:00:00 BC");
    assert_eq!(Date::MAX.to_string(), "5874897-12-31");
}

/// Text, PostgreSQL's text of it, ISO 8601.
#[test]
fn intervals_are_read_and_written() {
    for (text, plain, iso) in [
        ("24 hours", "24:00:00", "PT24H"),
        ("1 day", "1 day", "P1D"),
        ("1 year 2 mons 3 days 04:05:06.789", "1 year 2 mons 3 days 04:05:06.789", "P1Y2M3DT4H5M6.789S"),
        (
            "-1 year -2 mons +3 days -04:05:06.789",
            "-1 years -2 mons +3 days -04:05:06.789",
            "P-1Y-2M3DT-4H-5M-6.789S",
        ),
        ("1.5 months", "1 mon 15 days", "P1M15D"),
        ("1.5 years", "1 year 6 mons", "P1Y6M"),
        ("1.5 weeks", "10 days 12:00:00", "P10DT12H"),
        ("1.5 days ago", "-1 days -12:00:00", "P-1DT-12H"),
        ("2h30m", "02:30:00", "PT2H30M"),
        ("90", "00:01:30", "PT1M30S"),
        ("1-2", "1 year 2 mons", "P1Y2M"),
        ("3 4:05", "3 days 04:05:00", "P3DT4H5M"),
        ("P1Y2M3DT4H5M6.5S", "1 year 2 mons 3 days 04:05:06.5", "P1Y2M3DT4H5M6.5S"),
        ("PT0.5S", "00:00:00.5", "PT0.5S"),
        ("-00:00:00.25", "-00:00:00.25", "PT-0.25S"),
        ("1 day, 2 hours", "1 day 02:00:00", "P1DT2H"),
        ("@ 1 minute", "00:01:00", "PT1M"),
        ("1 mon -1 day", "1 mon -1 days", "P1M-1D"),
        ("-1 day 2 hours", "-1 days +02:00:00", "P-1DT2H"),
        ("0", "00:00:00", "PT0S"),
        ("1 decade 1 century", "110 years", "P110Y"),
        ("100:20:30", "100:20:30", "PT100H20M30S"),
        ("3 milliseconds 4 us", "00:00:00.003004", "PT0.003004S"),
    ] {
        let interval: Interval = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((interval.to_string().as_str(), interval.to_iso8601().as_str()), (plain, iso), "{text}");
        for form in [plain, iso] {
            let again: Interval = form.parse().unwrap();
            assert_eq!(
                (again.months(), again.days(), again.micros()),
                (interval.months(), interval.days(), interval.micros())
            );
        }
    }
    for wrong in
        ["", "day", "1 fortnight", "1 1", "P", "PT", "P1", "P1H", "1:2:3:4", "3000000000 days", "é", "1e"]
    {
        assert!(wrong.parse::<Interval>().is_err(), "{wrong}");
    }
}

#[test]
fn intervals_are_compared_by_their_length() {
    let span = |text: &str| text.parse::<Interval>().unwrap();
    assert_eq!(span("1 day"), span("24 hours"));
    assert_eq!(span("1 mon"), span("30 days"));
    assert!(span("1 year") < span("361 days"));
    assert!(span("-1 mon") < span("0"));
}

/// Whatever the text is, reading it ends in a value or in an error.
#[test]
fn no_text_makes_reading_panic() {
    const PIECES: [&str; 30] = [
        "1",
        "0",
        "9",
        "99",
        "2026",
        "-",
        "+",
        ":",
        ".",
        "/",
        " ",
        "t",
        "z",
        "p",
        "d",
        "m",
        "jan",
        "ago",
        "bc",
        "pm",
        "é",
        ",",
        "e",
        "inf",
        "@",
        "12",
        "2026-01-01",
        "10:00",
        "999999999999999999999",
        "y",
    ];
    let mut state = 1_u64;
    let mut below = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    for _ in 0..200_000 {
        let text: String = (0..below(7) + 1).map(|_| PIECES[below(30) as usize]).collect();
        let _ = text.parse::<Timestamp>().map(|t| (t.to_string(), t.to_rfc3339()));
        let _ = text.parse::<Date>().map(|d| d.to_string());
        let _ = text.parse::<Time>().map(|t| t.to_string());
        let _ = text.parse::<Interval>().map(|i| (i.to_string(), i.to_iso8601()));
        let _ = text.parse::<crate::Numeric>().map(|n| (n.to_string(), n.to_f64()));
        let _ = text.parse::<crate::Bytes>();
        let _ = text.parse::<crate::Json>();
    }
}
