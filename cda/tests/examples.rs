//! The 37 official examples: written back byte for byte, and nothing to say but what is known.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests"
)]

#[path = "common/verdicts.rs"]
mod verdicts;

use segur_cda::validate::{Profile, Validator};
use segur_core::Severity;
use segur_xml::Document;

/// Errors of the profile `official` on the examples: file and rule.
const KNOWN: &[(&str, &str)] = &[("eDISP-MED_2024.01.xml", "header-patient-family-qualifier")];

// req: SC.CDA/INT.16
#[test]
fn examples_are_written_back_byte_for_byte() {
    let Some(cda) = verdicts::folder() else {
        return;
    };
    for (name, bytes) in verdicts::examples(&cda) {
        assert!(
            Document::parse(&bytes).unwrap().to_bytes() == bytes,
            "{name}"
        );
    }
}

#[test]
fn examples_are_accepted_but_the_known_one() {
    let Some(cda) = verdicts::folder() else {
        return;
    };
    let validators = [
        verdicts::validator(&cda, Profile::Official),
        Validator::builder().profile(Profile::Official).build(),
    ];
    let examples = verdicts::examples(&cda);
    assert_eq!(examples.len(), 37);
    for validator in validators {
        let mut found = Vec::new();
        for (name, bytes) in &examples {
            let report = validator.validate_bytes(bytes);
            for finding in report
                .findings
                .iter()
                .filter(|f| f.severity >= Severity::Error)
            {
                let place = finding
                    .location
                    .as_ref()
                    .map(|l| (l.line, l.xpath.as_str()));
                eprintln!("{name} {} {place:?} {}", finding.rule, finding.message.en);
                found.push((name.as_str(), finding.rule.to_string()));
            }
        }
        let known: Vec<_> = KNOWN
            .iter()
            .map(|(name, rule)| (*name, (*rule).to_owned()))
            .collect();
        assert_eq!(found, known);
    }
}
