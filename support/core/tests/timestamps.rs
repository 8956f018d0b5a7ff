//! HL7 timestamps: what is read, what is refused, and the order in time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::cmp::Ordering::{Equal, Greater, Less};

use segur_core::{Date, Offset, Precision, Timestamp, TimestampError};

fn ts(text: &str) -> Timestamp {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn every_precision_comes_back_as_it_was() {
    for (text, precision) in [
        ("2024", Precision::Year),
        ("202402", Precision::Month),
        ("20240229", Precision::Day),
        ("2024022923", Precision::Hour),
        ("202402292359", Precision::Minute),
        ("202402292359-0330", Precision::Minute),
        ("20240229235959", Precision::Second),
        ("20240229235959+0000", Precision::Second),
        ("20240229235959-0000", Precision::Second),
        ("20240229235959+01", Precision::Second),
        ("20240229235959.050+0100", Precision::Fraction(3)),
        ("20240229235959.123456789", Precision::Fraction(9)),
    ] {
        assert_eq!(ts(text).precision(), precision, "{text}");
        assert_eq!(ts(text).to_string(), text);
    }
    assert_eq!(ts("20240229235959.050").nanosecond(), Some(50_000_000));
    assert_eq!(ts("2024").month(), None);
    assert_eq!(ts("2024010203").date(), Date::new(2024, 1, 2).ok());
}

#[test]
fn impossible_times_are_refused_with_the_part_named() {
    for (text, part) in [
        ("20251399", "month"),
        ("19791301", "month"),
        ("99999999", "month"),
        ("20250001", "month"),
        ("20250230", "day"),
        ("19000229", "day"),
        ("20250100", "day"),
        ("2025010124", "hour"),
        ("202501012360", "minute"),
        ("20250101235960", "second"),
        ("20250101235959+1401", "offset from UTC in hours"),
        ("20250101235959+0160", "offset from UTC in hours"),
    ] {
        match text.parse::<Timestamp>() {
            Err(TimestampError::Range { part: named, .. }) => assert_eq!(named, part, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn other_shapes_are_refused() {
    for text in [
        "",
        "2",
        "202",
        "20240",
        "2024-01-01",
        "2024010",
        " 2024",
        "2024 ",
        "2024.5",
        "20240101.5",
        "20240101120000.",
        "20240101120000.1234567890",
        "20240101+0100",
        "20240101120000+1",
        "20240101120000+010",
        "20240101120000+",
        "20240101120000+01:00",
        "２０２４",
        "20240101120000Z",
        "+0100",
        "-",
        "é",
    ] {
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
    assert_eq!(
        "20240101+0100".parse::<Timestamp>(),
        Err(TimestampError::OffsetWithoutTime)
    );
}

#[test]
fn order_in_time() {
    for (a, b, expected) in [
        ("2023", "2024", Some(Less)),
        ("2024", "2024", Some(Equal)),
        ("2024", "202401", None),
        ("20240131", "202402", Some(Less)),
        ("20240101", "20240101120000", None),
        ("20240102", "20240101235959", Some(Greater)),
        ("20240101120000+0100", "20240101110000+0000", Some(Equal)),
        ("20240101120000+0100", "20240101120000+0000", Some(Less)),
        ("20240101120000", "20240101120000+0100", None),
        ("20240101120000", "20240103120000+0100", Some(Less)),
        ("20240101120000.5", "20240101120000.50", None),
        ("20240101120000.5", "20240101120000.4", Some(Greater)),
        ("20240101", "20240101230000-0500", None),
    ] {
        assert_eq!(ts(a).compare(&ts(b)), expected, "{a} {b}");
        assert_eq!(
            ts(b).compare(&ts(a)),
            expected.map(|o| o.reverse()),
            "{b} {a}"
        );
    }
}

#[test]
fn built_from_parts() {
    let date = Date::new(2024, 2, 29).unwrap();
    let offset = Offset::from_minutes(-210).unwrap();
    let time = Timestamp::from_date_time(date, 8, 5, 0).unwrap();
    assert_eq!(
        time.with_offset(offset).unwrap().to_string(),
        "20240229080500-0330"
    );
    assert_eq!(
        time.truncated_to(Precision::Minute).to_string(),
        "202402290805"
    );
    assert_eq!(
        ts("20240229080500+0100")
            .truncated_to(Precision::Day)
            .to_string(),
        "20240229"
    );
    assert_eq!(
        ts("20240229080500.987")
            .truncated_to(Precision::Fraction(1))
            .to_string(),
        "20240229080500.9"
    );
    assert_eq!(ts("2024").truncated_to(Precision::Day).to_string(), "2024");
    assert_eq!(
        Timestamp::from_month(2024, 2).unwrap().to_string(),
        "202402"
    );
    assert!(Timestamp::from_year(10_000).is_err());
    assert!(Timestamp::from_date_time(date, 24, 0, 0).is_err());
    assert!(Offset::from_minutes(841).is_err());
    assert!(Timestamp::from_date(date).with_offset(offset).is_err());
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_gets_no_more_than_is_known() {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

    let exact = ts("20240229080500.25+0100");
    let time = DateTime::<FixedOffset>::try_from(exact).unwrap();
    assert_eq!(time.to_rfc3339(), "2024-02-29T08:05:00.250+01:00");
    let back = Timestamp::try_from(time).unwrap();
    assert_eq!(back.to_string(), "20240229080500.250000000+0100");
    assert_eq!(
        NaiveDate::try_from(ts("202402")),
        Err(TimestampError::Imprecise { needed: "day" })
    );
    assert!(NaiveDateTime::try_from(ts("202402290805")).is_err());
    assert_eq!(
        DateTime::<FixedOffset>::try_from(ts("20240229080500")),
        Err(TimestampError::NoOffset)
    );
    let early = NaiveDate::from_ymd_opt(-1, 1, 1).unwrap();
    assert!(Date::try_from(early).is_err());
}
