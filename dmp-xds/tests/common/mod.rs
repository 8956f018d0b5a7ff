//! A fictitious submission, and where shared data and the judge of schemas are.
#![allow(dead_code, clippy::print_stdout, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use segur_core::Coded;
use segur_dmp_xds::metadata::{
    Author, Cx, DocumentEntry, PatientInfo, PatientName, Submission, SubmissionSet, Xcn, Xon,
};

/// The folder of shared data: `SEGUR_SHARED_DIR`, or `../shared` beside the workspace.
pub(crate) fn shared() -> PathBuf {
    std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    )
}

/// A file of the shared data; none, loudly, when it is missing.
pub(crate) fn shared_file(test: &str, name: &str) -> Option<String> {
    let path = shared().join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!(
            "SKIPPED {test}: no {}; set SEGUR_SHARED_DIR",
            path.display()
        );
    }
    text
}

/// What xmllint says of a message against `lcm`, `query` or `rs`; nothing, loudly, when it or the schemas are missing.
pub(crate) fn judge(test: &str, schema: &str, message: &str) {
    let schemas = shared().join("data/xds/xsd");
    if !schemas.is_dir() {
        println!(
            "SKIPPED {test}: no {}; set SEGUR_SHARED_DIR",
            schemas.display()
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    copy_schemas(&schemas, folder.path());
    let file = folder.path().join("message.xml");
    std::fs::write(&file, message).unwrap();
    let mut xmllint = Command::new("xmllint");
    xmllint.arg("--noout").arg("--schema");
    let output = xmllint
        .arg(folder.path().join(format!("{schema}.xsd")))
        .arg(&file)
        .output();
    match output {
        Ok(output) => assert!(
            output.status.success(),
            "{}\n{message}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => println!("SKIPPED {test}: xmllint: {error}"),
    }
}

/// The copies of oehf/ipf let an entry hold its document, in a namespace that they do not import: left out.
fn copy_schemas(from: &Path, to: &Path) {
    for name in ["rim", "rs", "lcm", "query", "xml"] {
        let name = format!("{name}.xsd");
        let text = std::fs::read_to_string(from.join(&name)).unwrap();
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.contains("xdsext:Document"))
            .collect();
        std::fs::write(to.join(&name), lines.join("\n")).unwrap();
    }
}

pub(crate) fn patient() -> Cx {
    Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH")
}

pub(crate) fn author() -> Author {
    Author {
        person: Some(Xcn::professional("899700000001", "TEST", "ALICE")),
        institutions: vec![Xon::structure("CABINET DR TEST", "499700000000001")],
        specialties: vec![Coded::fixed(
            "G15_10/SM26",
            "1.2.250.1.213.1.1.4.5",
            "Médecin - Qualifié en Médecine Générale (SM)",
        )],
        ..Author::default()
    }
}

pub(crate) fn set() -> SubmissionSet {
    SubmissionSet {
        title: Some("Lot de test".to_owned()),
        patient_id: Some(patient()),
        submission_time: Some("20240315093100".parse().unwrap()),
        authors: vec![author()],
        content_type_code: Some(Coded::fixed(
            "07",
            "1.2.250.1.213.2.2",
            "Consultations soins externes",
        )),
        ..SubmissionSet::new(
            "SubmissionSet01",
            "1.2.250.1.999.1.1.7898.3.20240315.1",
            "1.2.250.1.999.1.1.7898",
        )
    }
}

pub(crate) fn entry() -> DocumentEntry {
    let mut info = PatientInfo::default();
    info.add_name(&PatientName {
        family: "PATIENT".to_owned(),
        given: "MARIE".to_owned(),
        name_type: "L".to_owned(),
    });
    info.set(7, "19790328");
    info.set(8, "F");
    DocumentEntry {
        patient_id: Some(patient()),
        source_patient_id: Some(Cx::local("1234567", "1.2.250.1.999.1.1.7898.2")),
        source_patient_info: info,
        title: Some("Compte rendu de consultation".to_owned()),
        creation_time: Some("20240315093000".parse().unwrap()),
        service_start_time: Some("20240315090000".parse().unwrap()),
        language_code: Some("fr-FR".to_owned()),
        authors: vec![author()],
        legal_authenticator: Some(Xcn::professional("899700000001", "TEST", "ALICE")),
        class_code: Some(Coded::fixed("10", "1.2.250.1.213.1.1.4.1", "Compte rendu")),
        type_code: Some(Coded::fixed(
            "11488-4",
            "2.16.840.1.113883.6.1",
            "CR ou fiche de consultation ou de visite",
        )),
        format_code: Some(Coded::fixed(
            "urn:ihe:iti:xds-sd:pdf:2008",
            "1.3.6.1.4.1.19376.1.2.3",
            "Document à corps non structuré en Pdf/A-1",
        )),
        healthcare_facility_type_code: Some(Coded::fixed(
            "SA07",
            "1.2.250.1.71.4.2.4",
            "Cabinet individuel",
        )),
        practice_setting_code: Some(Coded::fixed(
            "AMBULATOIRE",
            "1.2.250.1.213.1.1.4.9",
            "Ambulatoire",
        )),
        confidentiality_codes: vec![Coded::fixed("N", "2.16.840.1.113883.5.25", "Normal")],
        hash: Some("e1e83780fa1fb60c781c055eec69f452ccf808c1".to_owned()),
        size: Some(4268),
        ..DocumentEntry::new("Document01", "1.2.250.1.999.1.1.7898.1.20240315.1")
    }
}

pub(crate) fn submission() -> Submission {
    Submission::new(set()).with_document(entry())
}
