//! Mandatory examinations: record, report, prefilled certificates.

#![allow(clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "../examples/own_documents/cast.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod cast;
#[path = "../examples/own_documents/child.rs"]
mod child;
#[path = "../examples/own_documents/documents.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod documents;
#[path = "../examples/own_documents/pdf.rs"]
mod pdf;

use segur_cda::models::VaccinationKind;
use segur_cda::models::certificates::*;
use segur_cda::models::examination::{
    ExaminationRecord, Question, antigen_doses, examination, examinations,
};
use segur_cda::validate::{Profile, Validator};
use segur_core::Severity;

fn record(code: &str, day: &str) -> ExaminationRecord {
    let frame = cast::frame("2.25.77", "2.25.76", day).expect("a frame");
    ExaminationRecord::new(frame, examination(code).expect("an examination"))
}

// req: LGC.CSE.14
#[test]
fn every_examination_has_a_report_though_nothing_is_filled_in() {
    for examination in examinations("2026-01-01".parse().expect("a day")) {
        let mut record = record(examination.code, "20260115");
        record.added.push(Question {
            label: "Question de l'éditeur".to_owned(),
            answer: None,
        });
        let lines = record.lines();
        assert!(lines.len() > 20 && lines.iter().all(|l| l.answer.is_none()));
        assert!(lines.iter().any(|l| l.label == "Question de l'éditeur"));
        for act in [None, Some(examination.to_cd())] {
            let document = record
                .to_document(&pdf::small_pdf(), act)
                .expect("a report");
            let bytes = document.to_bytes().expect("written");
            for profile in [Profile::Official, Profile::Strict] {
                let validator = Validator::builder().profile(profile).build();
                let report = validator.validate_bytes(&bytes);
                let bad: Vec<_> = report
                    .findings
                    .iter()
                    .filter(|f| f.severity > Severity::Info)
                    .map(|f| f.message.en.clone())
                    .collect();
                assert!(bad.is_empty(), "{} {profile:?} {bad:?}", examination.code);
            }
            assert_eq!(
                document.header.title.as_ref().map(|t| t.text.as_str()),
                Some(examination.name)
            );
        }
    }
}

// req: LGC.CSE.15
#[test]
fn an_empty_record_makes_a_draft_that_tells_all_that_is_missing() {
    let draft = record("MED-1236", "20260415")
        .certificate()
        .expect("a draft");
    let CertificateDraft::Cs24(draft) = draft else {
        panic!("the 24th month calls for the third certificate")
    };
    let missing = draft.missing();
    for field in [
        "mother",
        "mother_birth_date",
        "vaccinations",
        "habits.childcare",
        "history.premature",
        "history.accident",
        "measures.weight",
        "measures.height",
        "measures.head",
        "development.screening",
        "screens.exposure",
        "body_mass.index",
        "walking.acquired",
    ] {
        assert!(missing.contains(&field), "{field}");
    }
    assert_eq!(missing.len(), 13);
    let error = draft.complete().expect_err("nothing is filled in");
    assert!(missing.contains(&error.field().expect("a field")));
    assert!(record("MED-1233", "20250415").certificate().is_none());
    let first = record("MED-1224", "20240510")
        .certificate()
        .expect("a draft");
    assert!(first.missing().len() > 40);
}

// req: LGC.CSE.15, SC.DOC.03
#[test]
fn what_the_examination_recorded_stands_in_the_certificate() {
    let mut record = record("MED-1236", "20260415");
    let mut measures = documents::measures().expect("measures");
    measures.measured_at = "20260415".parse().expect("a day");
    record.fill_measures(&measures);
    record.parents.mother = Some(Parent {
        family: Some("EXEMPLE".to_owned()),
        ..Parent::default()
    });
    record.parents.mother_birth_date = Some("19890531".parse().expect("a day"));
    record.child.habits.childcare = Some(Told::Value(false));
    record.child.history.premature = Some(false);
    record.child.history.accident = Some(DomesticAccident::Absent);
    record.child.development.screening = Some(NeuroScreening::NoDisorder);
    record.child.screens.exposure = Some(ScreenExposure::Never);
    record.child.walking.acquired = Some(Told::Value(true));
    let notes = [documents::vaccination().expect("a note")];
    record.vaccinations = antigen_doses(&notes, |atc| match atc {
        "J07AM" => vec![Antigen::DiphtheriaPolioTetanus],
        _ => Vec::new(),
    });
    let CertificateDraft::Cs24(draft) = record.certificate().expect("a draft") else {
        panic!("the third certificate")
    };
    assert_eq!(draft.missing(), Vec::<&str>::new());
    let certificate = draft.complete().expect("whole");
    // 9.2 kg and 74 cm
    let index = certificate.body_mass.index.value().expect("computed");
    assert_eq!(index.to_string(), "16.8 kg/m2");
    let weight = certificate
        .child
        .measures
        .weight
        .value()
        .expect("taken over");
    assert_eq!(weight.to_string(), "9.2 kg");
    let dose = &certificate.child.vaccinations[0];
    assert!(dose.given && dose.kind == VaccinationKind::First && dose.rank == Some(1));
    assert_eq!(dose.lot.as_deref(), Some("ESSAI-01"));
    let document = certificate.to_document().expect("a document");
    assert!(
        Cs24::from_document(&document).expect("read").child.measures == certificate.child.measures
    );
    let answered = record.lines().into_iter().filter(|l| l.answer.is_some());
    assert!(answered.count() >= 8);
}
