//! The official verdicts on 576 changed documents, against ours in the profile `official`.
//!
//! `cargo test -p segur-cda --test mutants -- --nocapture` prints the figures of the README.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests"
)]

#[path = "common/places.rs"]
mod places;
#[path = "common/verdicts.rs"]
mod verdicts;

use std::collections::BTreeSet;

use places::{is_at, places};
use segur_cda::validate::{Profile, Validator};
use segur_core::{Finding, Report, Severity};
use segur_xml::Document;
use verdicts::Mutant;

/// Mutants that the official rules refuse and we do not, or elsewhere: id, tab, reason.
const MISSED: &str = include_str!("data/mutants-missed.txt");

fn errors(report: &Report) -> Vec<&Finding> {
    let findings = report.findings.iter();
    findings.filter(|f| f.severity >= Severity::Error).collect()
}

fn missed() -> BTreeSet<&'static str> {
    let lines = MISSED
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| line.split_once('\t').expect("id, tab, reason").0)
        .collect()
}

// req: SC.CDA/DD.02
#[test]
fn what_schema_and_header_rules_refuse_is_refused_at_its_place() {
    let Some(cda) = verdicts::folder() else {
        return;
    };
    let validator = verdicts::validator(&cda, Profile::Official);
    let all = verdicts::mutants(&cda);
    let wanted: Vec<&Mutant> = all
        .iter()
        .filter(|m| m.schema_refuses() || m.header_refuses())
        .collect();
    assert_eq!(wanted.len(), 315);
    let (mut refused, mut placed, mut single) = (0, 0, 0);
    let mut wrong = BTreeSet::new();
    for mutant in &wanted {
        let document = Document::parse(&mutant.bytes).unwrap();
        let report = validator.validate(&document);
        let found = errors(&report);
        let places = places(mutant, &document);
        let well = found.iter().filter(|f| is_at(f, &places)).count();
        refused += usize::from(!found.is_empty());
        placed += usize::from(well > 0);
        single += usize::from(found.len() == 1);
        if well == 0 {
            wrong.insert(mutant.text("id"));
            eprintln!(
                "{} {}: {}",
                mutant.text("id"),
                mutant.text("what"),
                summary(&found)
            );
            eprintln!("    wanted {places:?}");
        }
    }
    eprintln!(
        "{} mutants refused by the schema or the header rules: {refused} refused by us, {placed} at the place of the change, {single} with one error only",
        wanted.len()
    );
    assert!(
        placed * 100 >= wanted.len() * 98,
        "{placed} of {}",
        wanted.len()
    );
    assert_eq!(wrong, missed(), "differs from data/mutants-missed.txt");
}

#[test]
fn what_the_official_rules_accept_is_accepted() {
    let Some(cda) = verdicts::folder() else {
        return;
    };
    let validator = verdicts::validator(&cda, Profile::Official);
    let (mut accepted, mut wrong) = (0, Vec::new());
    for mutant in verdicts::mutants(&cda).iter().filter(|m| m.accepted()) {
        let report = validator.validate_bytes(&mutant.bytes);
        let found = errors(&report);
        accepted += 1;
        if !found.is_empty() {
            wrong.push(format!(
                "{} {}: {}",
                mutant.text("id"),
                mutant.text("what"),
                summary(&found)
            ));
        }
    }
    eprintln!(
        "{accepted} mutants accepted by the official rules, {} refused by us",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(accepted, 96);
}

#[test]
fn without_value_sets_nearly_all_are_refused() {
    let Some(cda) = verdicts::folder() else {
        return;
    };
    let validator = Validator::builder().profile(Profile::Official).build();
    let all = verdicts::mutants(&cda);
    let wanted = all
        .iter()
        .filter(|m| m.schema_refuses() || m.header_refuses());
    let refused = wanted
        .filter(|m| !validator.validate_bytes(&m.bytes).is_ok())
        .count();
    eprintln!("without value sets: {refused} of 315");
    assert!(refused >= 303, "{refused}");
}

fn summary(found: &[&Finding]) -> String {
    let place = |f: &Finding| {
        f.location
            .as_ref()
            .map(|l| l.xpath.clone())
            .unwrap_or_default()
    };
    let all: Vec<String> = found
        .iter()
        .map(|f| format!("{} {}", f.rule, place(f)))
        .collect();
    all.join(", ")
}
