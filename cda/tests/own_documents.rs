//! The documents of the `examples` folder, and the models they are made with.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what went wrong"
)]

#[path = "../examples/own_documents/cast.rs"]
mod cast;
#[path = "../examples/own_documents/child.rs"]
mod child;
#[path = "common/corpus.rs"]
mod corpus;
#[path = "../examples/own_documents/documents.rs"]
mod documents;
#[path = "../examples/own_documents/pdf.rs"]
mod pdf;
#[path = "common/said.rs"]
mod said;

use std::path::Path;

use segur_cda::ClinicalDocument;
use segur_cda::body::Body;
use segur_cda::models::{ChildMeasures, MeasureKind, ModelError, VaccinationNote};
use segur_cda::validate::{Profile, Validator};
use segur_core::{Report, Severity};
use segur_xml::Document;

fn read(bytes: &[u8]) -> ClinicalDocument {
    let tree = Document::parse(bytes).expect("well-formed");
    let reading = ClinicalDocument::read(&tree).expect("a CDA document");
    assert!(reading.unknown.is_empty() && reading.unlisted == 0);
    reading.value
}

/// What is worse than a remark.
fn faults(report: &Report) -> Vec<String> {
    let findings = report
        .findings
        .iter()
        .filter(|f| f.severity > Severity::Info);
    findings
        .map(|f| format!("{} {}", f.rule, f.message.en))
        .collect()
}

fn assert_accepted(name: &str, bytes: &[u8]) {
    for profile in [Profile::Official, Profile::Strict] {
        let validator = Validator::builder().profile(profile).build();
        let report = validator.validate_bytes(bytes);
        assert_eq!(faults(&report), Vec::<String>::new(), "{name} {profile:?}");
    }
}

#[test]
fn the_committed_files_are_what_the_generator_writes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    for (name, document) in documents::all().expect("documents") {
        let written = document.to_bytes().expect("written");
        let committed = std::fs::read(folder.join(name)).expect("a committed file");
        assert!(
            committed == written,
            "{name}: run cargo run -p segur-cda --example own_documents -- examples"
        );
        assert_accepted(name, &committed);
        assert!(read(&committed) == document, "{name}");
    }
}

// req: SC.CDA/DD.22
#[test]
fn measures_read_back_as_they_were_given() {
    let given = documents::measures().expect("measures");
    let bytes = given
        .to_document()
        .expect("a document")
        .to_bytes()
        .expect("written");
    let back = ChildMeasures::from_document(&read(&bytes)).expect("measures");
    assert!(back == given);
}

// req: SC.CDA/DD.23
#[test]
fn a_note_reads_back_as_it_was_given() {
    let given = documents::vaccination().expect("a note");
    let bytes = given
        .to_document()
        .expect("a document")
        .to_bytes()
        .expect("written");
    let back = VaccinationNote::from_document(&read(&bytes)).expect("a note");
    // the author of an entry does not tell the practice setting
    let mut expected = given.clone();
    expected.validator.practice.setting = None;
    assert!(back == expected);
}

// req: SC.CDA/DD.22 SC.CDA/DD.23
#[test]
fn only_what_is_mandatory_is_accepted_too() {
    let mut measures = documents::measures().expect("measures");
    measures.measures.truncate(1);
    let mut note = documents::vaccination().expect("a note");
    (note.route, note.site, note.dose, note.rank) = (None, None, None, None);
    (note.vaccinator, note.comment) = (None, None);
    note.reactions.clear();
    for frame in [&mut measures.frame, &mut note.frame] {
        frame.informants.clear();
        frame.patient.guardians.clear();
        frame.patient.telecoms.clear();
        frame.patient.address = None;
        (frame.patient.call_family, frame.patient.call_given) = (None, None);
        frame.author.telecoms.clear();
        frame.author.address = None;
        (frame.author.civility, frame.author.title) = (None, None);
        frame.author.practice.telecoms.clear();
        frame.author.practice.address = None;
    }
    for (name, document) in [
        ("measures", measures.to_document()),
        ("note", note.to_document()),
    ] {
        let bytes = document.expect("a document").to_bytes().expect("written");
        assert_accepted(name, &bytes);
    }
    let bytes = note
        .to_document()
        .expect("a document")
        .to_bytes()
        .expect("written");
    let back = VaccinationNote::from_document(&read(&bytes)).expect("a note");
    note.validator.practice.setting = None;
    assert!(back == note);
}

fn refused<T>(result: Result<T, ModelError>) -> &'static str {
    result
        .err()
        .and_then(|e| e.field())
        .expect("an error that names its field")
}

#[test]
fn wrong_input_is_refused_by_the_name_of_its_field() {
    let measures = documents::measures().expect("measures");
    let note = documents::vaccination().expect("a note");
    let day = |text: &str| text.parse().expect("a time");

    let mut wrong = measures.clone();
    wrong.measures[0].value = 400.into();
    assert_eq!(refused(wrong.to_document()), "measures.value");
    let mut wrong = measures.clone();
    wrong.measures[0].unit = "cm".to_owned();
    assert_eq!(refused(wrong.to_document()), "measures.unit");
    let mut wrong = measures.clone();
    wrong.measures.clear();
    assert_eq!(refused(wrong.to_document()), "measures");
    let mut wrong = measures.clone();
    wrong.frame.patient.birth_date = day("20260101");
    assert_eq!(refused(wrong.to_document()), "act_time");
    let mut wrong = measures.clone();
    wrong.frame.patient.birth_given_names.clear();
    assert_eq!(refused(wrong.to_document()), "patient.birth_given_names");
    let mut wrong = measures;
    wrong.frame.version = 0;
    assert_eq!(refused(wrong.to_document()), "version");

    let mut wrong = note.clone();
    wrong.vaccine.lot.clear();
    assert_eq!(refused(wrong.to_document()), "vaccine.lot");
    let mut wrong = note.clone();
    wrong.vaccine.atc = "J7".to_owned();
    assert_eq!(refused(wrong.to_document()), "vaccine.atc");
    let mut wrong = note.clone();
    wrong.date = day("202407");
    assert_eq!(refused(wrong.to_document()), "date");
    let mut wrong = note.clone();
    wrong.date = day("20230101");
    assert_eq!(refused(wrong.to_document()), "date");
    let mut wrong = note;
    wrong.rank = Some(0);
    assert_eq!(refused(wrong.to_document()), "rank");
}

#[test]
fn a_document_of_another_model_is_no_note() {
    let measures = documents::measures()
        .expect("measures")
        .to_document()
        .expect("a document");
    assert!(matches!(
        VaccinationNote::from_document(&measures),
        Err(ModelError::OtherModel { .. })
    ));
}

fn example(test: &str, name: &str) -> Option<ClinicalDocument> {
    corpus::examples(test)
        .into_iter()
        .find(|(n, _)| n == name)
        .map(|(_, bytes)| read(&bytes))
}

// req: SC.CDA/DD.22
#[test]
fn the_published_measures_are_read_and_written_alike() {
    let test = "the_published_measures_are_read_and_written_alike";
    let Some(published) = example(test, "CSE-MDE_2023.01.xml") else {
        return;
    };
    let measures = ChildMeasures::from_document(&published).expect("measures");
    let kinds: Vec<MeasureKind> = measures.measures.iter().map(|m| m.kind).collect();
    assert_eq!(
        kinds,
        [
            MeasureKind::Weight,
            MeasureKind::Height,
            MeasureKind::HeadCircumference
        ]
    );
    // The published measures are dated before the child's birth: read as they stand, not written.
    assert_eq!(refused(measures.to_document()), "measured_at");
    let measures = ChildMeasures {
        measured_at: measures.frame.act_time,
        ..measures
    };
    let again = measures.to_document().expect("a document");
    let measured_at = &[(
        "85353-1",
        "the published date lies before the birth: replaced above",
    )];
    said::assert_said_alike("CSE-MDE_2023.01", &published, &again, measured_at);
    assert!(ChildMeasures::from_document(&again).expect("measures") == measures);
}

// req: SC.CDA/DD.23
#[test]
fn the_published_note_is_read_and_written_alike() {
    let test = "the_published_note_is_read_and_written_alike";
    let Some(published) = example(test, "VAC-NOTE_2023.01.xml") else {
        return;
    };
    let note = VaccinationNote::from_document(&published).expect("a note");
    assert_eq!(note.rank, Some(2));
    assert_eq!(note.vaccine.lot, "4456672");
    assert_eq!(note.reactions.len(), 1);
    let again = note.to_document().expect("a document");
    said::assert_said_alike("VAC-NOTE_2023.01", &published, &again, &[]);
    assert!(VaccinationNote::from_document(&again).expect("a note") == note);
}

#[test]
fn the_medium_comes_back() {
    let all = documents::all().expect("documents").into_iter();
    let mut media = all.filter(|(name, _)| *name == "examen-enfant-n1.xml");
    let (_, document) = media.next().expect("the medium");
    let Body::NonXml(body) = document.body() else {
        panic!("a medium")
    };
    let file = body.text.decode(100_000).expect("base64");
    assert!(file.starts_with(b"%PDF-1.4") && file == pdf::small_pdf());
    assert_eq!(body.text.media_type.as_deref(), Some("application/pdf"));
}
