//! Measures, vaccination notes and histories, rapid tests: written, read back, judged; the official examples read and
//! written again. (Certificates: `certificates.rs`.)

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
#[path = "common/random_documents.rs"]
mod random_documents;
#[path = "common/said.rs"]
mod said;

use certificates::{Fill, Picker};
use proptest::prelude::*;
use random_documents as random;
use segur_cda::ClinicalDocument;
use segur_cda::datatypes::Cd;
use segur_cda::models::*;
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
        let validator = Validator::builder().profile(profile).build();
        let report = validator.validate_bytes(bytes);
        let bad = report.findings.iter();
        let bad = bad.filter(|f| f.severity > Severity::Info);
        all.extend(bad.map(|f| format!("{profile:?} {} {}", f.rule, f.message.en)));
    }
    all
}

/// Written, accepted, and read back as it was given.
fn round_trip<M>(
    model: &M,
    to_document: impl Fn(&M) -> Result<ClinicalDocument, ModelError>,
    from_document: impl Fn(&ClinicalDocument) -> Result<M, ModelError>,
) -> Result<(), TestCaseError> {
    let fail = |e: ModelError| TestCaseError::fail(e.to_string());
    let document = to_document(model).map_err(fail)?;
    let bytes = document.to_bytes().expect("written");
    prop_assert_eq!(faults(&bytes), Vec::<String>::new());
    let back = from_document(&read(&bytes)).map_err(fail)?;
    let rewritten = to_document(&back).map_err(fail)?;
    prop_assert!(
        rewritten == document,
        "what is read back writes another document"
    );
    Ok(())
}

fn all_round_trips(fill: Fill, seed: u64) -> Result<(), TestCaseError> {
    let mut p = Picker::new(fill, seed);
    round_trip(
        &random::measures(&mut p),
        ChildMeasures::to_document,
        ChildMeasures::from_document,
    )?;
    round_trip(
        &random::note(&mut p),
        VaccinationNote::to_document,
        VaccinationNote::from_document,
    )?;
    round_trip(
        &random::history(&mut p),
        VaccinationHistory::to_document,
        VaccinationHistory::from_document,
    )?;
    round_trip(
        &random::tests(&mut p),
        RapidTests::to_document,
        RapidTests::from_document,
    )
}

// req: SC.CDA/DD.22 SC.CDA/DD.23 DEPISTAGE.01
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

    #[test]
    fn random_documents_are_accepted_and_come_back(seed in any::<u64>()) {
        all_round_trips(Fill::Random, seed)?;
    }
}

/// The documents that judges see: all fields, mandatory ones, 200 at random.
fn judged() -> impl Iterator<Item = (String, &'static str, Vec<u8>)> {
    let seeds = (0..2)
        .map(|seed| (Fill::Every, "every", seed))
        .chain((0..2).map(|seed| (Fill::Mandatory, "mandatory", seed)))
        .chain((0..200).map(|seed| (Fill::Random, "random", seed)));
    seeds.flat_map(|(fill, name, seed)| {
        let mut p = Picker::new(fill, seed);
        let documents = [
            ("CSE-MDE_2023.01", random::measures(&mut p).to_document()),
            ("VAC-NOTE_2023.01", random::note(&mut p).to_document()),
            ("VAC_2023.01", random::history(&mut p).to_document()),
            ("BIO-TROD_2024.01", random::tests(&mut p).to_document()),
        ];
        documents.map(|(model, document)| {
            let document = document.unwrap_or_else(|e| panic!("seed {seed}: {e}"));
            let bytes = document.to_bytes().expect("written");
            (format!("{model}-{name}-{seed}"), model, bytes)
        })
    })
}

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
    println!("{count} documents: the published rules, run natively, find nothing");
}

#[test]
fn the_outside_judge_finds_nothing() {
    judge::finds_nothing(
        "the_outside_judge_finds_nothing",
        judged().map(|(name, _, bytes)| (name, bytes)),
    );
}

fn example(test: &str, name: &str) -> Option<ClinicalDocument> {
    let found = corpus::examples(test).into_iter().find(|(n, _)| n == name);
    found.map(|(_, bytes)| read(&bytes))
}

// req: VACC/HISTO.03 VACC/HISTO.04
#[test]
fn the_published_history_is_read_and_written_alike() {
    let test = "the_published_history_is_read_and_written_alike";
    let Some(published) = example(test, "VAC_2023.01.xml") else {
        return;
    };
    let history = VaccinationHistory::from_document(&published).expect("a history");
    assert_eq!(history.vaccinations.len(), 4);
    assert_eq!(
        history.vaccinations[0].date.day(),
        None,
        "known to the year"
    );
    assert!(history.vaccinations.iter().all(Vaccination::is_confirmed));
    let again = history.to_document().expect("a document");
    said::assert_said_alike("VAC_2023.01", &published, &again, &[]);
    assert!(again.header == published.header);
}

// req: DEPISTAGE.01
#[test]
fn the_published_rapid_tests_are_read_and_written_alike() {
    let test = "the_published_rapid_tests_are_read_and_written_alike";
    for (name, results) in [
        ("Angine", 1),
        ("COVID-19", 1),
        ("COVID-19_Grippe-A_Grippe-B", 3),
        ("Cystite", 3),
    ] {
        let name = format!("BIO-TROD_2024.01_{name}.xml");
        let Some(published) = example(test, &name) else {
            return;
        };
        let tests = RapidTests::from_document(&published).expect("tests");
        assert_eq!(tests.results.len(), results, "{name}");
        assert!(tests.consent && tests.kind.starts_with("TROD"), "{name}");
        assert!(tests.device.udi.is_some() || tests.device.description.is_some());
        let again = tests
            .to_document()
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        let known: &[(&str, &str)] = match results {
            3 if name.contains("Cystite") => &[("48767-8", "an empty comment is no comment")],
            _ => &[],
        };
        said::assert_said_alike(&name, &published, &again, known);
        assert!(
            RapidTests::from_document(&again).expect("tests") == tests,
            "{name}"
        );
    }
}

// req: VACC/NOTE.04
#[test]
fn a_reported_vaccination_that_is_confirmed_makes_a_note() {
    let mut p = Picker::new(Fill::Every, 3);
    let mut reported = random::history(&mut p).vaccinations.remove(0);
    reported.validator = None;
    reported.date = "20240708".parse().expect("a day");
    assert!(!reported.is_confirmed());
    let frame = random::frame();
    let note = reported.confirm(frame.clone(), None).expect("a note");
    assert_eq!(note.validator, frame.author);
    assert_eq!(note.validated_at, frame.effective_time);
    assert_eq!(Some(&note.vaccine.lot), reported.vaccine.lot.as_ref());
    assert!(
        faults(
            &note
                .to_document()
                .expect("a document")
                .to_bytes()
                .expect("written")
        )
        .is_empty()
    );

    let field = |vaccination: &Vaccination| {
        let refused = vaccination
            .confirm(frame.clone(), None)
            .expect_err("refused");
        refused.field().expect("a field")
    };
    let mut lacking = reported.clone();
    lacking.vaccine.atc = None;
    assert_eq!(field(&lacking), "vaccine.atc");
    let filled = lacking.confirm(frame.clone(), Some(random::vaccine(&mut p)));
    assert!(
        filled.is_ok(),
        "the caller's database fills what is missing"
    );
    let mut lacking = reported.clone();
    lacking.vaccine.lot = None;
    assert_eq!(field(&lacking), "vaccine.lot");
    let mut lacking = reported;
    lacking.date = "2024".parse().expect("a year");
    assert_eq!(field(&lacking), "date");
}

fn refused(result: Result<ClinicalDocument, ModelError>) -> &'static str {
    let error = result.expect_err("refused");
    error.field().expect("an error that names its field")
}

#[test]
fn wrong_input_is_refused_by_the_name_of_its_field() {
    let mut p = Picker::new(Fill::Every, 1);
    let tests = random::tests(&mut p);
    let with = |change: fn(&mut RapidTests)| {
        let mut wrong = tests.clone();
        change(&mut wrong);
        refused(wrong.to_document())
    };
    assert_eq!(with(|t| t.results.clear()), "results");
    assert_eq!(with(|t| t.screened.clear()), "screened");
    assert_eq!(with(|t| t.kind.clear()), "kind");
    assert_eq!(
        with(|t| t.frame.act_time = "20240712".parse().expect("a day")),
        "act_time"
    );
    assert_eq!(
        with(|t| t.results[0].time = "20240712".parse().expect("a day")),
        "results.time"
    );
    assert_eq!(
        with(|t| t.results[0].time = "20230712101500+0200".parse().expect("a time")),
        "results.time"
    );
    assert_eq!(
        with(|t| {
            t.results[0].test = Cd::new("94558-4", "2.16.840.1.113883.6.1").with_display("Ag");
            t.results[0].outcome = TestOutcome::Coded(Cd::new("1", "2.999").with_display("x"));
        }),
        "results.outcome"
    );
    assert_eq!(with(|t| t.results[0].test.code = None), "results.test");
    assert_eq!(
        with(|t| t.device.udi = Some((UdiAgency::Gs1, String::new()))),
        "device.udi"
    );

    assert_eq!(
        with(|t| t.screened = vec![t.screened[0].clone(), t.screened[0].clone()]),
        "screened"
    );

    let mut note = random::note(&mut p);
    (note.rank, note.comment) = (None, None);
    assert!(!note.reactions.is_empty());
    assert_eq!(refused(note.to_document()), "rank");

    let history = random::history(&mut p);
    let with = |change: fn(&mut VaccinationHistory)| {
        let mut wrong = history.clone();
        change(&mut wrong);
        refused(wrong.to_document())
    };
    assert_eq!(with(|h| h.vaccinations.clear()), "vaccinations");
    assert_eq!(
        with(|h| h.vaccinations[0].rank = Some(0)),
        "vaccinations.rank"
    );
    assert_eq!(
        with(|h| h.vaccinations[0].vaccine.name.clear()),
        "vaccinations.vaccine.name"
    );
}
