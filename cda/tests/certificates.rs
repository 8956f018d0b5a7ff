//! Health certificates: written, read back, judged; the official examples read and written again.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what went wrong"
)]

#[path = "../examples/own_documents/cast.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod cast;
#[path = "common/certificates.rs"]
mod certificates;
#[path = "common/corpus.rs"]
mod corpus;
#[path = "common/judge.rs"]
mod judge;
#[path = "common/official.rs"]
mod official;
#[path = "common/said.rs"]
mod said;

use certificates::{Fill, Picker};
use proptest::prelude::*;
use segur_cda::ClinicalDocument;
use segur_cda::models::ModelError;
use segur_cda::models::certificates::*;
use segur_cda::validate::{Profile, Validator};
use segur_core::Severity;
use segur_xml::Document;

fn read(bytes: &[u8]) -> ClinicalDocument {
    let tree = Document::parse(bytes).expect("well-formed");
    let reading = ClinicalDocument::read(&tree).expect("a CDA document");
    assert!(reading.unknown.is_empty() && reading.unlisted == 0);
    reading.value
}

/// What both profiles find that is worse than a remark.
fn faults(bytes: &[u8]) -> Vec<String> {
    let mut all = Vec::new();
    for profile in [Profile::Official, Profile::Strict] {
        let report = Validator::builder()
            .profile(profile)
            .build()
            .validate_bytes(bytes);
        let bad = report.findings.iter();
        let bad = bad.filter(|f| f.severity > Severity::Info);
        all.extend(bad.map(|f| format!("{profile:?} {} {}", f.rule, f.message.en)));
    }
    all
}

/// Written, accepted, and read back as it was given.
fn round_trip<C: PartialEq>(
    certificate: &C,
    to_document: impl Fn(&C) -> Result<ClinicalDocument, ModelError>,
    from_document: impl Fn(&ClinicalDocument) -> Result<C, ModelError>,
) -> Result<(), TestCaseError> {
    let document = to_document(certificate).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let bytes = document.to_bytes().expect("written");
    prop_assert_eq!(faults(&bytes), Vec::<String>::new());
    let again = read(&bytes);
    let back = from_document(&again).map_err(|e| TestCaseError::fail(e.to_string()))?;
    let rewritten = to_document(&back).map_err(|e| TestCaseError::fail(e.to_string()))?;
    prop_assert!(
        rewritten == document,
        "the certificate read back writes another document"
    );
    Ok(())
}

fn all_round_trips(fill: Fill, seed: u64) -> Result<(), TestCaseError> {
    let mut picker = Picker::new(fill, seed);
    round_trip(&picker.cs8(), Cs8::to_document, Cs8::from_document)?;
    round_trip(&picker.cs9(), Cs9::to_document, Cs9::from_document)?;
    round_trip(&picker.cs24(), Cs24::to_document, Cs24::from_document)
}

// req: SC.CDA/DD.20
#[test]
fn every_field_and_only_the_mandatory_ones() {
    for fill in [Fill::Every, Fill::Mandatory] {
        for seed in 0..8 {
            all_round_trips(fill, seed).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    // req: SC.CDA/DD.20
    #[test]
    fn random_certificates_are_accepted_and_come_back(seed in any::<u64>()) {
        all_round_trips(Fill::Random, seed)?;
    }
}

/// The three certificates of a seed, written, with their models.
fn written(fill: Fill, seed: u64) -> [(&'static str, Vec<u8>); 3] {
    let mut picker = Picker::new(fill, seed);
    let bytes = |document: Result<ClinicalDocument, ModelError>| {
        let document = document.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        document.to_bytes().expect("written")
    };
    [
        ("CSE-CS8_2025.01", bytes(picker.cs8().to_document())),
        ("CSE-CS9_2025.01", bytes(picker.cs9().to_document())),
        ("CSE-CS24_2025.01", bytes(picker.cs24().to_document())),
    ]
}

/// The documents that judges see: all fields, mandatory ones, 200 at random.
fn judged() -> impl Iterator<Item = (String, &'static str, Vec<u8>)> {
    let seeds = (0..2)
        .map(|seed| (Fill::Every, "every", seed))
        .chain((0..2).map(|seed| (Fill::Mandatory, "mandatory", seed)))
        .chain((0..200).map(|seed| (Fill::Random, "random", seed)));
    seeds.flat_map(|(fill, name, seed)| {
        written(fill, seed).map(|(model, bytes)| {
            let name = format!("{model}-{name}-{seed}");
            (name, model, bytes)
        })
    })
}

// req: SC.CDA/DD.20
#[test]
fn the_published_rules_find_nothing() {
    let Some(rules) = official::rules("the_published_rules_find_nothing") else {
        return;
    };
    let mut count = 0;
    for (name, model, bytes) in judged() {
        let faults = official::faults(&rules, &bytes, model);
        assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
        count += 1;
    }
    println!("{count} certificates: the published rules, run natively, find nothing");
}

fn example(test: &str, name: &str) -> Option<ClinicalDocument> {
    let found = corpus::examples(test).into_iter().find(|(n, _)| n == name);
    found.map(|(_, bytes)| read(&bytes))
}

/// What the published certificates say and ours does not, or says otherwise: file, text of the line,
/// reason.
const KNOWN: &[(&str, &str, &str)] = &[
    ("CSE-CS8", "55281-0|", NOT_DENIED),
    ("CSE-CS8", "11885-1|", NOT_DENIED),
    ("CSE-CS8", "MED-1248|", NOT_DENIED),
    ("CSE-CS8", "MED-166|", NOT_DENIED),
    ("CSE-CS8", "MED-168|", NOT_DENIED),
    ("CSE-CS8", "MED-600|", NOT_DENIED),
    ("CSE-CS8", "ORG-077|", NOT_DENIED),
    ("CSE-CS8", "ORG-086|", NOT_DENIED),
    (
        "CSE-CS8_2024",
        "MED-1304|",
        "edition 2025.01 codes the screening MED-1304",
    ),
    (
        "CSE-CS8_2024",
        "60151004|",
        "edition 2025.01 codes the screening MED-1304",
    ),
    (
        "CSE-CS8_2024",
        "MED-1305|",
        "edition 2025.01 gives the result of the screening here",
    ),
    (
        "CSE-CS8_2024",
        "404684003|",
        "edition 2024.01 gives the result of the screening here",
    ),
    (
        "CSE-CS8_2024",
        "10195-6|",
        "section of ears, which edition 2025.01 does not have",
    ),
    (
        "CSE-CS8_2024",
        "51847-2|",
        "a section without entries, which edition 2025.01 does not have",
    ),
    (
        "CSE-CS8_2024",
        "(MED-183|",
        "new in edition 2025.01: written as unknown",
    ),
    (
        "CSE-CS9_2024",
        "(PAT-048|",
        "told of the mother, in edition 2025.01 of the child",
    ),
    (
        "CSE-CS9_2024",
        "(PAT-058|",
        "told of the mother, in edition 2025.01 of the child",
    ),
    (
        "CSE-CS9_2024",
        "(PAT-059|",
        "months as an integer, in edition 2025.01 a quantity",
    ),
    (
        "CSE-CS9_2024",
        "(PAT-060|",
        "months as an integer, in edition 2025.01 a quantity",
    ),
    (
        "CSE-CS24_2024",
        "(PAT-059|",
        "months as an integer, in edition 2025.01 a quantity",
    ),
    (
        "CSE-CS24_2024",
        "(PAT-060|",
        "months as an integer, in edition 2025.01 a quantity",
    ),
];
const NOT_DENIED: &str = "the published entry denies (negationInd) the value that it gives";

// req: SC.CDA/DD.20
#[test]
fn published_certificates_are_read_and_written_alike() {
    let test = "published_certificates_are_read_and_written_alike";
    for name in ["CSE-CS8", "CSE-CS9", "CSE-CS24"] {
        for edition in ["2024.01", "2025.01"] {
            let name = format!("{name}_{edition}.xml");
            let Some(published) = example(test, &name) else {
                return;
            };
            // The published acts lie before the published births, or after the documents: read as they
            // stand, not written.
            let born = "20200101".parse().expect("a day");
            let made = "20220101120000+0100".parse().expect("a time");
            let again = match name.get(4..7) {
                Some("CS8") => Cs8::from_document(&published).map(|mut c| {
                    assert!(matches!(c.to_document(), Err(ModelError::Order { .. })));
                    c.frame.patient.birth_date = born;
                    c.frame.effective_time = made;
                    c.to_document()
                }),
                Some("CS9") => Cs9::from_document(&published).map(|mut c| {
                    assert!(matches!(c.to_document(), Err(ModelError::Order { .. })));
                    c.child.frame.patient.birth_date = born;
                    c.child.frame.effective_time = made;
                    c.to_document()
                }),
                _ => Cs24::from_document(&published).map(|mut c| {
                    assert!(matches!(c.to_document(), Err(ModelError::Order { .. })));
                    c.child.frame.patient.birth_date = born;
                    c.child.frame.effective_time = made;
                    c.to_document()
                }),
            };
            let again = again.unwrap_or_else(|e| panic!("{name}: {e}"));
            let again = again.unwrap_or_else(|e| panic!("{name}: {e}"));
            let known: Vec<(&str, &str)> = KNOWN
                .iter()
                .filter(|(file, _, _)| name.starts_with(file))
                .map(|(_, text, reason)| (*text, *reason))
                .collect();
            said::assert_said_alike(&name, &published, &again, &known);
        }
    }
}

// req: SC.CDA/DD.20
#[test]
fn the_outside_judge_finds_nothing() {
    judge::finds_nothing(
        "the_outside_judge_finds_nothing",
        judged().map(|(name, _, bytes)| (name, bytes)),
    );
}

fn refused(result: Result<ClinicalDocument, ModelError>) -> &'static str {
    let error = result.expect_err("refused");
    error.field().expect("an error that names its field")
}

fn full() -> (Cs8, Cs9, Cs24) {
    let mut picker = Picker::new(Fill::Every, 1);
    (picker.cs8(), picker.cs9(), picker.cs24())
}

// req: SC.CDA/DD.20
#[test]
fn wrong_input_is_refused_by_the_name_of_its_field() {
    let day = |text: &str| text.parse().expect("a time");
    let (first, second, third) = full();
    let change_8 = |change: &dyn Fn(&mut Cs8)| {
        let mut wrong = first.clone();
        change(&mut wrong);
        refused(wrong.to_document())
    };
    let change_9 = |change: &dyn Fn(&mut Cs9)| {
        let mut wrong = second.clone();
        change(&mut wrong);
        refused(wrong.to_document())
    };
    let change_24 = |change: &dyn Fn(&mut Cs24)| {
        let mut wrong = third.clone();
        change(&mut wrong);
        refused(wrong.to_document())
    };
    let kilograms = |n: u32| Told::Value(Quantity::new(n.into(), "kg"));
    // a weight of 400 kg, a unit of something else, a score that does not exist
    assert_eq!(
        change_24(&|c| c.child.measures.weight = kilograms(400)),
        "measures.weight"
    );
    assert_eq!(
        change_9(&|c| c.child.measures.height = kilograms(70)),
        "measures.height"
    );
    assert_eq!(
        change_8(&|c| c.newborn.measures.weight = kilograms(400)),
        "birth_measures.weight"
    );
    assert_eq!(
        change_8(&|c| c.newborn.measures.apgar_5 = Told::Value(Apgar(11))),
        "birth_measures.apgar_5"
    );
    assert_eq!(
        change_8(&|c| c.labour.gestational_age = Told::Value(380)),
        "labour.gestational_age"
    );
    assert_eq!(
        change_8(&|c| c.habits.alcohol = Told::Value(5_000)),
        "habits.alcohol"
    );
    // a birth after the act, dates before the birth and after the document
    assert_eq!(
        change_24(&|c| c.child.frame.patient.birth_date = day("20270101")),
        "act_time"
    );
    assert_eq!(
        change_24(&|c| c.walking_at = Some(day("20230101"))),
        "walking_at"
    );
    assert_eq!(
        change_9(&|c| c.child.vaccinations[0].date = Some(day("20200101"))),
        "vaccinations.date"
    );
    assert_eq!(
        change_9(&|c| c.child.measured_at = Some(day("20300101"))),
        "effective_time"
    );
    assert_eq!(
        change_9(&|c| c.child.mother_birth_date = day("20300101")),
        "patient.birth_date"
    );
    // missing
    assert_eq!(change_9(&|c| c.child.vaccinations.clear()), "vaccinations");
    assert_eq!(change_9(&|c| c.child.treatments.clear()), "treatments");
    assert_eq!(change_8(&|c| c.coverages.clear()), "coverages");
    assert_eq!(change_8(&|c| c.frame.informants.clear()), "informants");
    assert_eq!(
        change_8(&|c| c.frame.patient.address = None),
        "patient.address"
    );
    assert_eq!(
        change_24(&|c| {
            c.child.history.accident = DomesticAccident::Present(AccidentCauses {
                trauma: false,
                burn: false,
                poisoning: false,
                other: false,
            });
        }),
        "history.accident"
    );
    assert_eq!(
        change_24(&|c| {
            c.child.plan.pmi = None;
            c.child.plan.pmi_comment = Some("texte".to_owned());
        }),
        "plan.pmi"
    );
    // a vaccine that the certificate does not have
    assert_eq!(
        change_8(&|c| c.vaccinations[0].antigen = Antigen::Pertussis),
        "vaccinations.antigen"
    );
    // an unknown code, a date that does not exist
    assert_eq!(
        EducationLevel::from_code("PAT-999", "1.2.250.1.213.1.1.4.322"),
        None
    );
    assert!("20240230".parse::<segur_core::Timestamp>().is_err());
}

// req: SC.CDA/DD.20
#[test]
fn a_document_with_an_unknown_code_or_a_missing_answer_names_the_field() {
    let (_, _, third) = full();
    let bytes = third.to_document().expect("a document").to_bytes();
    let text = String::from_utf8(bytes.expect("written")).expect("UTF-8");
    let code = third.child.development.screening.code();
    let unknown = text.replace(&format!("code=\"{code}\""), "code=\"ORG-999\"");
    let error = Cs24::from_document(&read(unknown.as_bytes())).expect_err("an unknown code");
    assert!(matches!(error, ModelError::Form { .. }));
    assert_eq!(error.field(), Some("development.screening"));
    let missing = text.replace("code=\"MED-1275\"", "code=\"MED-9999\"");
    let error = Cs24::from_document(&read(missing.as_bytes())).expect_err("a missing answer");
    assert_eq!(error.field(), Some("screens.exposure"));
    let (first, _, _) = full();
    let other = first.to_document().expect("a document");
    assert!(matches!(
        Cs24::from_document(&other),
        Err(ModelError::OtherModel { .. })
    ));
}

#[test]
fn entries_keep_their_identifiers_from_version_to_version() {
    let (_, mut second, _) = full();
    let first = second.to_document().expect("a document");
    second.child.frame.version = 2;
    second.child.frame.replaces = Some(second.child.frame.id.clone());
    second.child.frame.id = segur_cda::datatypes::Ii::of_root("2.25.99");
    let next = second.to_document().expect("a document");
    let ids = |document: &ClinicalDocument| {
        let entries = document.sections().flat_map(|s| &s.entries);
        let all = entries.flat_map(|e| e.statement.walk());
        all.filter_map(|s| match s {
            segur_cda::body::Statement::Observation(o) => o.ids.first().cloned(),
            _ => None,
        })
        .collect::<Vec<_>>()
    };
    let (before, after) = (ids(&first), ids(&next));
    assert!(before == after && before.len() > 20);
    let mut distinct: Vec<_> = before.iter().map(|id| id.root.clone()).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len(), "no identifier serves twice");
}
