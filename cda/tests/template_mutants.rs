//! Changed documents of the child, vaccination and screening models: what the official rules refuse, `strict` refuses too,
//! at the place, natively.
//!
//! `cargo test -p segur-cda --test template_mutants -- --nocapture` prints the figures of the README.

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

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use places::{is_at, places};
use segur_cda::validate::{ModelChoice, Profile, Validator, ValueSets};
use segur_core::{Finding, Severity};
use segur_xml::Document;

/// Mutants that the official rules refuse and that get no new finding at the place: id, tab, reason.
const MISSED: &str = include_str!("data/template-mutants-missed.txt");
const MODELS: [&str; 7] = [
    "BIO-TROD_2024.01",
    "CSE-CS24_2025.01",
    "CSE-CS8_2025.01",
    "CSE-CS9_2025.01",
    "CSE-MDE_2023.01",
    "VAC-NOTE_2023.01",
    "VAC_2023.01",
];

fn said(finding: &Finding) -> (String, String) {
    let place = finding.location.as_ref().map(|l| l.xpath.clone());
    (finding.rule.to_string(), place.unwrap_or_default())
}

// req: SC.CDA/DD.20, SC.CDA/DD.22, SC.CDA/DD.23
#[test]
fn what_the_official_rules_refuse_is_refused_at_its_place() {
    let Some(cda) = verdicts::folder() else {
        return;
    };
    let sets = Arc::new(ValueSets::load(cda.join("value-sets")).unwrap());
    let validator = |model: &str| {
        Validator::builder()
            .profile(Profile::Strict)
            .value_sets(sets.clone())
            .model(ModelChoice::Named(model.to_owned()))
            .build()
    };
    let mut bases: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    let (mut refused, mut placed) = (0, 0);
    let mut wrong = BTreeSet::new();
    for mutant in verdicts::mutants(&cda) {
        let model = mutant.row["model"].as_str().unwrap_or_default();
        let ours = MODELS
            .iter()
            .any(|m| model.strip_prefix("CI-SIS_") == Some(*m));
        if !ours || mutant.accepted() {
            continue;
        }
        refused += 1;
        let known = bases
            .entry(mutant.text("base").to_owned())
            .or_insert_with(|| {
                let path = cda.join("mutants").join(mutant.text("base"));
                let report = validator(model).validate_bytes(&std::fs::read(path).unwrap());
                report.findings.iter().map(said).collect()
            });
        let document = Document::parse(&mutant.bytes).unwrap();
        let report = validator(model).validate(&document);
        let places = places(&mutant, &document);
        let new: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|f| f.severity >= Severity::Warning && !known.contains(&said(f)))
            .collect();
        if new.iter().any(|f| is_at(f, &places)) {
            placed += 1;
            continue;
        }
        let found: Vec<(String, String)> = new.iter().map(|f| said(f)).collect();
        eprintln!(
            "{} {}: {found:?}\n    wanted {places:?}",
            mutant.text("id"),
            mutant.text("what")
        );
        wrong.insert(mutant.text("id").to_owned());
    }
    eprintln!(
        "{refused} mutants refused by the official rules: {placed} refused in strict, at the place of the change"
    );
    assert_eq!(refused, 280);
    assert!(placed * 100 >= refused * 95, "{placed} of {refused}");
    let listed = MISSED
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty());
    let listed: BTreeSet<String> = listed
        .map(|line| line.split_once('\t').expect("id, tab, reason").0.to_owned())
        .collect();
    assert_eq!(
        wrong, listed,
        "differs from data/template-mutants-missed.txt"
    );
}
