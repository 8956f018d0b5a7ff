//! `path()` speaks the notation of the mutants' locations.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::panic)]

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use segur_xml::Document;
use serde_json::Value;

#[test]
fn locations_of_the_official_verdicts_are_our_paths() {
    let dir = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let dir = dir.join("cda/mutants");
    let Ok(list) = std::fs::read_to_string(dir.join("mutants.jsonl")) else {
        println!(
            "SKIPPED: no mutants at {}; set SEGUR_SHARED_DIR",
            dir.display()
        );
        return;
    };
    let mut bases: HashMap<String, Vec<u8>> = HashMap::new();
    let mut checked = 0;
    for line in list.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let failed = row["failed"].as_array().unwrap();
        if failed.is_empty() {
            continue;
        }
        let base = row["base"].as_str().unwrap();
        let base = bases
            .entry(base.into())
            .or_insert_with(|| std::fs::read(dir.join(base)).unwrap());
        let at = |key: &str| row[key].as_u64().unwrap() as usize;
        let mut bytes = base.clone();
        bytes.splice(
            at("start")..at("end"),
            row["text"].as_str().unwrap().bytes(),
        );
        let doc = Document::parse(&bytes).unwrap_or_else(|e| panic!("{}: {e}", row["id"]));
        let paths: Vec<_> = doc
            .root()
            .descendants()
            .filter(|n| n.is_element())
            .map(|n| n.path())
            .collect();
        let distinct: HashSet<&str> = paths.iter().map(String::as_str).collect();
        assert_eq!(
            distinct.len(),
            paths.len(),
            "{}: two elements have one path",
            row["id"]
        );
        for failure in failed {
            // A foreign element is written with a made-up prefix there.
            let location = failure["location"].as_str().unwrap().replace("/ns0:", "/");
            let location = location.as_str();
            assert!(distinct.contains(location), "{}: no {location}", row["id"]);
            checked += 1;
        }
    }
    assert!(checked > 500, "only {checked} locations");
}
