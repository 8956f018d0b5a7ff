//! Each rule of the strict profile: our complete document is fine, one named change is found. The official
//! examples: only what `expected_failures.txt` lists.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]

#[path = "common/mutate.rs"]
mod mutate;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use segur_cda::validate::{Profile, Validator, ValueSets, rules};

const BASE: &[u8] = include_bytes!("data/header.xml");
const CASES: &str = include_str!("data/strict-cases.txt");
const EXPECTED: &str = include_str!("expected_failures.txt");

fn validator(profile: Profile) -> Validator {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/value-sets");
    Validator::builder()
        .profile(profile)
        .value_sets(ValueSets::load(folder).unwrap())
        .build()
}

fn cases() -> impl Iterator<Item = (&'static str, Vec<&'static str>, &'static str)> {
    CASES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let (rules, change) = line.split_once(": ").expect("rule: change");
            let mut rules = rules.split(" + ");
            (rules.next().expect("a rule"), rules.collect(), change)
        })
}

fn strict_rules(report: &segur_core::Report) -> BTreeSet<String> {
    report
        .findings
        .iter()
        .filter(|f| f.rule.starts_with("strict-") && f.rule != "strict-ins-test-root")
        .map(|f| f.rule.to_string())
        .collect()
}

#[test]
fn complete_document_passes() {
    let report = validator(Profile::Strict).validate_bytes(BASE);
    assert_eq!(strict_rules(&report), BTreeSet::new());
    // Its INS stands under the root of test identities, which is said.
    let test = report
        .findings
        .iter()
        .find(|f| f.rule == "strict-ins-test-root")
        .unwrap();
    assert_eq!(test.severity, segur_core::Severity::Info);
}

#[test]
fn each_rule_finds_its_case_and_only_that() {
    let validator = validator(Profile::Strict);
    let mut wrong = Vec::new();
    for (rule, also, change) in cases().filter(|(rule, ..)| *rule != "strict-ins-test-root") {
        let found = strict_rules(&validator.validate_bytes(&mutate::apply(BASE, change)));
        let expected: BTreeSet<String> = std::iter::once(rule)
            .chain(also)
            .map(str::to_owned)
            .collect();
        if found != expected {
            wrong.push(format!(
                "{change}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn right_section_code_and_units_are_accepted() {
    let validator = validator(Profile::Strict);
    let pairs = [
        ("strict-section-code", "11369-6", "8716-3"),
        ("strict-vital-sign-unit", "unit=\"cm\"", "unit=\"g\""),
    ];
    for (rule, wrong, right) in pairs {
        let (_, _, change) = cases().find(|(id, ..)| *id == rule).unwrap();
        assert!(change.contains(wrong), "{change}");
        let mended = mutate::apply(BASE, &change.replace(wrong, right));
        let found = strict_rules(&validator.validate_bytes(&mended));
        assert_eq!(found, BTreeSet::new(), "{rule}");
    }
}

#[test]
fn production_ins_is_not_reported_as_test() {
    let role = "/ClinicalDocument/recordTarget/patientRole";
    for (root, reported) in [("8", false), ("9", false), ("10", true), ("11", true)] {
        let change = format!("set {role}/id/@root = 1.2.250.1.213.1.4.{root}");
        let report = validator(Profile::Strict).validate_bytes(&mutate::apply(BASE, &change));
        assert_eq!(
            report
                .findings
                .iter()
                .any(|f| f.rule == "strict-ins-test-root"),
            reported,
            "{root}"
        );
    }
}

#[test]
fn each_rule_has_a_case_and_each_case_a_rule() {
    let tried: BTreeSet<&str> = cases().map(|(rule, ..)| rule).collect();
    let known: BTreeSet<&str> = rules()
        .map(|rule| rule.id)
        .filter(|id| id.starts_with("strict-"))
        .collect();
    assert_eq!(tried, known);
    assert!(
        rules()
            .filter(|r| r.id.starts_with("strict-"))
            .all(|r| r.profile == "strict")
    );
}

#[test]
fn official_profile_runs_none_of_them() {
    let validator = validator(Profile::Official);
    for (rule, _, change) in cases() {
        let report = validator.validate_bytes(&mutate::apply(BASE, change));
        assert!(
            report
                .findings
                .iter()
                .all(|f| !f.rule.starts_with("strict-")),
            "{rule}"
        );
    }
}

#[test]
fn identifying_values_are_masked() {
    let change = "set /ClinicalDocument/recordTarget/patientRole/id/@extension = 284059935100124";
    let report = validator(Profile::Strict).validate_bytes(&mutate::apply(BASE, change));
    assert!(report.findings.iter().any(|f| f.rule == "strict-ins-key"));
    assert!(!format!("{report:?}").contains("284059935100124"));
}

/// File, rule and number of findings, as listed with a reason.
fn expected() -> BTreeMap<(String, String), usize> {
    let lines = EXPECTED
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut all = BTreeMap::new();
    for line in lines {
        let mut fields = line.splitn(4, '\t');
        let mut next = || {
            fields
                .next()
                .expect("file, rule, number, reason")
                .to_owned()
        };
        let (file, rule, number, reason) = (next(), next(), next(), next());
        assert!(!reason.trim().is_empty(), "a reason for {file} {rule}");
        let old = all.insert((file, rule), number.parse().expect("a number"));
        assert!(old.is_none(), "listed twice: {line}");
    }
    all
}

#[test]
fn official_examples_show_what_is_listed_and_nothing_else() {
    let shared = match std::env::var_os("SEGUR_SHARED_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
    };
    let (examples, sets) = (shared.join("cda/examples"), shared.join("cda/value-sets"));
    if !examples.is_dir() || !sets.is_dir() {
        println!(
            "SKIPPED: no official examples in {} (set SEGUR_SHARED_DIR)",
            shared.display()
        );
        return;
    }
    let validator = Validator::builder()
        .profile(Profile::Strict)
        .value_sets(ValueSets::load(sets).unwrap())
        .build();
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for entry in std::fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let report = validator.validate_bytes(&std::fs::read(&path).unwrap());
        let strict = report
            .findings
            .iter()
            .filter(|f| f.rule.starts_with("strict-") && f.severity > segur_core::Severity::Info);
        for finding in strict {
            *found
                .entry((file.clone(), finding.rule.to_string()))
                .or_default() += 1;
        }
    }
    let expected = expected();
    let line =
        |((file, rule), number): (&(String, String), &usize)| format!("{file}\t{rule}\t{number}");
    let unlisted: Vec<_> = found
        .iter()
        .filter(|(key, number)| expected.get(*key) != Some(number))
        .map(line)
        .collect();
    let gone: Vec<_> = expected
        .iter()
        .filter(|(key, number)| found.get(*key) != Some(number))
        .map(line)
        .collect();
    assert!(
        unlisted.is_empty() && gone.is_empty(),
        "found and not listed:\n{}\nlisted and not found:\n{}",
        unlisted.join("\n"),
        gone.join("\n")
    );
}
