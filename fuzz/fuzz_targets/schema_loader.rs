//! Schemas: load any set of files, save and restore what is accepted, run it on a small document.
//!
//! Files are separated by lines `#file NAME`; the text before the first is `schema.sch`.
#![no_main]

use std::error::Error;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use segur_schematron::{Compiler, MemorySource, Outcome, RunOptions, SvrlOptions, svrl};
use segur_xml::Document;

const DOCUMENT: &[u8] = br#"<a xmlns:t="urn:t" id="A1"><b k="1" n="1"><c/><t:c root="1.2"/>un</b><b k="2"/></a>"#;

fuzz_target!(|text: &str| {
    static TREE: OnceLock<Document> = OnceLock::new();
    let tree = TREE.get_or_init(|| Document::parse(DOCUMENT).expect("well-formed"));
    let compiler = Compiler::new(files(text));
    let schema = match compiler.load("schema.sch") {
        Ok(schema) => schema,
        Err(error) => return explained(&error),
    };
    let mut options = RunOptions::default();
    options.fuel = 200_000;
    options.max_hits = 1_000;
    let first = schema.run(tree, &options);
    let bytes = schema.to_bytes().expect("plain data");
    let restored = compiler.restore(&bytes).expect("what was saved");
    match (&first, &restored.run(tree, &options)) {
        (Ok(first), Ok(again)) => {
            assert_eq!(said(first), said(again), "a saved schema says the same");
            let report = svrl(&schema, first, &SvrlOptions::default());
            Document::parse(report.as_bytes()).expect("a report is well-formed");
        }
        (Err(first), Err(again)) => {
            explained(first);
            assert_eq!(first.to_string(), again.to_string());
        }
        _ => panic!("a saved schema runs as the first one does"),
    }
    if let Some(cut) = bytes.get(..bytes.len() / 2) {
        assert!(compiler.restore(cut).is_err(), "half a schema is refused");
    }
});

fn files(text: &str) -> MemorySource {
    let mut source = MemorySource::new();
    let mut name = "schema.sch";
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix("#file ") {
            source = source.with(name, text[start..at].as_bytes());
            name = next.trim();
            start = at + line.len();
        }
        at += line.len();
    }
    source.with(name, text[start..].as_bytes())
}

fn said(outcome: &Outcome) -> (usize, Vec<(&str, &str)>, bool) {
    let hits = outcome.hits.iter();
    (
        outcome.fired.len(),
        hits.map(|hit| (hit.spot.xpath.as_str(), hit.text.as_str())).collect(),
        outcome.aborted.is_some(),
    )
}

/// An error says something, and each of its causes too, within bounds.
fn explained(error: &dyn Error) {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let text = error.to_string();
        assert!(!text.is_empty() && text.len() < 20_000, "{} bytes", text.len());
        cause = error.source();
    }
}
