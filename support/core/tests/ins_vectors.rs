//! The agreed vectors of the INS: keys, names, first given names, partial dates. Read from the shared folder, which is
//! no part of the repository.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;

use segur_core::{BirthDate, FamilyName, GivenName, GivenNames, IdError, KeyStatus, MatriculeIns};
use serde_json::Value;

fn vectors() -> Option<Value> {
    let shared = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = shared.join("data/ins/test-vectors.json");
    match std::fs::read(&path) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).unwrap()),
        Err(error) => {
            println!(
                "SKIPPED: the INS vectors are not there (../shared/data/ins/test-vectors.json: {error})"
            );
            None
        }
    }
}

fn rows<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    let rows = vectors[name].as_array().unwrap();
    assert!(!rows.is_empty(), "{name} has no row");
    rows
}

#[test]
fn keys() {
    let Some(vectors) = vectors() else { return };
    for row in rows(&vectors, "nir_key") {
        let (number, key) = (row[0].as_str().unwrap(), row[1].as_str().unwrap());
        let right = row[2].as_bool().unwrap();
        let read = MatriculeIns::read(&format!("{number}{key}")).unwrap();
        let expected = if right {
            KeyStatus::Valid
        } else {
            KeyStatus::Wrong
        };
        assert_eq!(read.key(), expected, "{row}");
        assert_eq!(read.computed_key() == key, right, "{row}");
        match MatriculeIns::parse(&read.grouped()) {
            Ok(parsed) => assert!(right && parsed == read),
            Err(error) => assert!(!right && matches!(error, IdError::WrongKey { .. })),
        }
        if right {
            assert_eq!(MatriculeIns::from_number(number), Ok(read));
        }
    }
}

#[test]
fn names() {
    let Some(vectors) = vectors() else { return };
    for row in rows(&vectors, "names") {
        let text = row[0].as_str().unwrap();
        let normal = match row[1].as_str().unwrap() {
            "given" => GivenName::parse(text).map(|name| name.to_string()),
            _ => FamilyName::parse(text).map(|name| name.to_string()),
        };
        match row[2].as_str() {
            None => assert!(normal.is_err(), "{row}"),
            // The last two rows describe the outcome instead of giving it.
            Some(_) if text == "’D’Arc" => assert_eq!(normal.as_deref(), Ok("'D'ARC")),
            Some(expected) => {
                let expected = expected.split(" (").next().unwrap();
                assert_eq!(normal.as_deref(), Ok(expected), "{row}");
            }
        }
    }
}

#[test]
fn first_given_names() {
    let Some(vectors) = vectors() else { return };
    let case = &vectors["first_name_consistency"];
    let list: GivenNames = case["list"].as_str().unwrap().parse().unwrap();
    for (verdict, expected) in [("ok", true), ("ko", false)] {
        for name in rows(case, verdict) {
            let first: GivenName = name.as_str().unwrap().parse().unwrap();
            assert_eq!(list.starts_with(&first), expected, "{name}");
        }
    }
}

#[test]
fn partial_dates() {
    let Some(vectors) = vectors() else { return };
    for row in rows(&vectors, "partial_dates") {
        let parts: Vec<Option<u8>> = row[0].as_str().unwrap()[5..]
            .split('-')
            .map(|part| part.parse().ok())
            .collect();
        let date = BirthDate::from_parts(1985, parts[0], parts[1]).unwrap();
        let expected = row[1].as_str().unwrap();
        assert_eq!(date.iso(), expected[..10], "{row}");
        assert_eq!(date.is_estimated(), !expected.ends_with("exact"), "{row}");
    }
    for row in rows(&vectors, "insi_dates") {
        let accepted = BirthDate::parse(row[0].as_str().unwrap()).is_ok();
        assert_eq!(accepted, row[1] == "accept", "{row}");
    }
}
