//! Each rule of the header: accepted in a complete document of ours, refused after one named change.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]

#[path = "common/mutate.rs"]
mod mutate;

use std::collections::BTreeSet;
use std::path::PathBuf;

use segur_cda::validate::{Profile, Validator, ValueSets, rules};
use segur_core::Severity;

const BASE: &[u8] = include_bytes!("data/header.xml");
const CASES: &str = include_str!("data/header-cases.txt");

fn value_sets() -> ValueSets {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/value-sets");
    ValueSets::load(folder).unwrap()
}

fn validator() -> Validator {
    Validator::builder()
        .profile(Profile::Official)
        .value_sets(value_sets())
        .build()
}

/// Rule, rules that follow from the same change, change.
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

fn header_rules(report: &segur_core::Report, least: Severity) -> BTreeSet<String> {
    report
        .findings
        .iter()
        .filter(|f| f.rule.starts_with("header-") && f.severity >= least)
        .map(|f| f.rule.to_string())
        .collect()
}

#[test]
fn complete_document_is_accepted() {
    let report = validator().validate_bytes(BASE);
    let header: Vec<_> = report
        .findings
        .iter()
        .filter(|f| f.severity >= Severity::Warning)
        .collect();
    assert!(header.is_empty(), "{header:#?}");
    let not_run: Vec<_> = report
        .not_run
        .iter()
        .filter(|n| n.rule.starts_with("header"))
        .collect();
    assert!(not_run.is_empty(), "{not_run:?}");
}

#[test]
fn each_rule_refuses_its_case_and_only_that() {
    let validator = validator();
    let mut wrong = Vec::new();
    for (rule, also, change) in cases() {
        let report = validator.validate_bytes(&mutate::apply(BASE, change));
        let least = if rule == "header-unforeseen-element" {
            Severity::Warning
        } else {
            Severity::Error
        };
        let found = header_rules(&report, least);
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
fn each_rule_has_a_case_and_each_case_a_rule() {
    let tried: BTreeSet<&str> = cases().map(|(rule, _, _)| rule).collect();
    let known: BTreeSet<&str> = rules()
        .map(|rule| rule.id)
        .filter(|id| id.starts_with("header-"))
        .collect();
    assert_eq!(tried, known);
}

#[test]
fn findings_say_where_from_what_and_what_to_do() {
    let validator = validator();
    for (rule, _, change) in cases() {
        let report = validator.validate_bytes(&mutate::apply(BASE, change));
        let finding = report.findings.iter().find(|f| f.rule == rule).unwrap();
        let location = finding.location.as_ref().expect("a place");
        assert!(
            location.line > 0 && location.xpath.starts_with("/ClinicalDocument"),
            "{rule}"
        );
        assert!(!finding.message.fr.is_empty() && !finding.message.en.is_empty());
        assert_ne!(finding.message.fr, finding.message.en, "{rule}");
        assert!(
            finding.source.is_some() && finding.pattern.is_some(),
            "{rule}"
        );
    }
}

#[test]
fn without_value_sets_their_rules_are_listed_as_not_run() {
    let report = Validator::builder()
        .profile(Profile::Official)
        .build()
        .validate_bytes(BASE);
    let not_run: BTreeSet<&str> = report
        .not_run
        .iter()
        .map(|n| n.rule.as_ref())
        .filter(|r| r.starts_with("header-"))
        .collect();
    for rule in [
        "header-code-value-set",
        "header-specialty-value-set",
        "header-person-civility",
    ] {
        assert!(not_run.contains(rule), "{rule}: {not_run:?}");
    }
    assert_eq!(header_rules(&report, Severity::Info), BTreeSet::new());
}

#[test]
fn a_near_miss_is_named_not_called_missing() {
    let change = "set /ClinicalDocument/title/@nullFlavor = UNK";
    let report = validator().validate_bytes(&mutate::apply(BASE, change));
    let finding = report
        .findings
        .iter()
        .find(|f| f.rule == "header-title")
        .unwrap();
    assert_eq!(
        finding.location.as_ref().unwrap().xpath,
        "/ClinicalDocument/title"
    );
    assert!(
        finding.message.en.contains("does not meet"),
        "{}",
        finding.message.en
    );
}

#[test]
fn a_slip_in_a_template_is_pointed_at() {
    for slip in ["2.16.840.1.113883.2.821", "2.16.840.1.113883.2.8.2"] {
        let change = format!("set /ClinicalDocument/templateId/@root = {slip}");
        let report = validator().validate_bytes(&mutate::apply(BASE, &change));
        let finding = report
            .findings
            .iter()
            .find(|f| f.rule == "header-template-france")
            .unwrap();
        let location = finding.location.as_ref().unwrap();
        assert_eq!(location.xpath, "/ClinicalDocument/templateId");
        assert!(finding.message.en.contains(slip), "{}", finding.message.en);
    }
}

#[test]
fn traits_are_asked_with_an_ins_only() {
    let validator = validator();
    let role = "/ClinicalDocument/recordTarget/patientRole";
    let no_county = format!("delete {role}/patient/birthplace");
    let refused = validator.validate_bytes(&mutate::apply(BASE, &no_county));
    assert!(
        refused
            .findings
            .iter()
            .any(|f| f.rule == "header-ins-traits")
    );
    let other_root = format!("set {role}/id/@root = 2.999.9 && {no_county}");
    let accepted = validator.validate_bytes(&mutate::apply(BASE, &other_root));
    assert!(
        accepted
            .findings
            .iter()
            .all(|f| f.rule != "header-ins-traits")
    );
}

#[test]
fn many_siblings_cost_no_more_than_their_number() {
    let role = "/ClinicalDocument/recordTarget/patientRole";
    let telecoms = "<telecom value=\"x\"/>".repeat(50_000);
    let families = "<family>A</family>".repeat(50_000);
    let change = format!(
        "insert {role} = {telecoms} && insert {role}/patient/guardian/guardianPerson/name = {families}"
    );
    let many = mutate::apply(BASE, &change);
    for profile in [Profile::Official, Profile::Strict] {
        let report = Validator::builder()
            .profile(profile)
            .build()
            .validate_bytes(&many);
        assert!(
            report
                .findings
                .iter()
                .any(|f| f.rule == "header-telecom-value")
        );
        assert!(report.findings.len() < 2_000);
    }
}

#[test]
fn identifying_values_are_masked() {
    let change = "set /ClinicalDocument/recordTarget/patientRole/telecom/@value = 0199000001";
    let report = validator().validate_bytes(&mutate::apply(BASE, change));
    assert!(!format!("{report:?}").contains("0199000001"));
}
