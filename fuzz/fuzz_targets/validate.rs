//! Validation: any bytes, and our complete document after any edits.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use segur_cda::validate::{FindingLimits, Profile, Validator, ValueSets, rule};
use segur_core::Report;
use segur_xml::{Document, NodeId};

const BASE: &[u8] = include_bytes!("../../cda/tests/data/header.xml");

struct Validators {
    official: Validator,
    strict: Validator,
    bare: Validator,
}

static VALIDATORS: LazyLock<Validators> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cda/tests/data/value-sets");
    let with = |profile| {
        let sets = ValueSets::load(&folder).expect("our value sets");
        let limits = FindingLimits::none();
        Validator::builder().profile(profile).value_sets(sets).finding_limits(limits).build()
    };
    Validators {
        official: with(Profile::Official),
        strict: with(Profile::Strict),
        bare: Validator::builder().profile(Profile::Strict).build(),
    }
});

fuzz_target!(|data: &[u8]| {
    match data.split_first() {
        Some((0, commands)) => check(&edited(commands)),
        _ => check(data),
    }
});

fn check(source: &[u8]) {
    let official = VALIDATORS.official.validate_bytes(source);
    let strict = VALIDATORS.strict.validate_bytes(source);
    let bare = VALIDATORS.bare.validate_bytes(source);
    for report in [&official, &strict, &bare] {
        places(report, source.len());
    }
    assert_eq!(format!("{:?}", VALIDATORS.official.validate_bytes(source)), format!("{official:?}"));
    // The strict profile adds findings and takes none away.
    let mut rest = strict.findings.iter();
    for finding in &official.findings {
        assert!(rest.any(|other| other == finding), "not in strict: {finding:?}");
    }
    let added = strict.findings.iter().filter(|f| f.rule.starts_with("strict-")).count();
    assert_eq!(strict.findings.len(), official.findings.len() + added);
}

fn places(report: &Report, len: usize) {
    for finding in &report.findings {
        assert!(!finding.message.fr.is_empty() && !finding.message.en.is_empty());
        assert!(rule(&finding.rule).is_some(), "not in the catalogue: {}", finding.rule);
        if let Some(location) = &finding.location {
            assert!(location.line >= 1 && location.column >= 1);
            assert!(location.xpath.is_empty() || location.xpath.starts_with('/'));
            if let Some(span) = &location.span {
                assert!(span.start < span.end && span.end <= len);
            }
        }
    }
}

/// Commands are an operation, the number of a node on two bytes, and an argument that ends with a NUL.
fn edited(mut commands: &[u8]) -> Vec<u8> {
    let mut doc = Document::parse(BASE).expect("our document");
    for _ in 0..12 {
        let [operation, high, low, rest @ ..] = commands else { break };
        let len = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
        let argument = String::from_utf8_lossy(&rest[..len]).into_owned();
        commands = rest.get(len + 1..).unwrap_or(&[]);
        let all: Vec<NodeId> = doc.root_element().descendants().map(|node| node.id()).collect();
        let Some(&node) = all.get((usize::from(*high) << 8 | usize::from(*low)) % all.len().max(1)) else {
            break;
        };
        let copy = doc.node(node).map(|node| BASE.get(node.span()).unwrap_or_default().to_vec());
        let copy = String::from_utf8(copy.unwrap_or_default()).unwrap_or_default();
        // What cannot be done is left undone.
        let _ = match operation % 7 {
            0 => {
                let (name, value) = argument.split_once('=').unwrap_or((&argument, ""));
                doc.set_attribute(node, name, value).is_ok()
            }
            1 => doc.remove_attribute(node, &argument).is_ok(),
            2 => doc.remove(node).is_ok(),
            3 => doc.insert_after(node, &copy).is_ok(),
            4 => doc.append_child(node, &argument).is_ok(),
            5 => doc.set_text(node, &argument).is_ok(),
            _ => doc.set_attribute(node, "nullFlavor", "UNK").is_ok(),
        };
    }
    doc.to_bytes()
}
