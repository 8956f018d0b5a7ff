//! A fictitious submission of one document, with the fields that the DMP asks for.

use segur_core::Coded;
use segur_dmp_xds::metadata::{Author, Cx, DocumentEntry, SubmissionSet, Xcn, Xon};

pub(crate) const ROOT: &str = "1.2.250.1.999.1.1.7898";

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

pub(crate) fn set(number: u32) -> SubmissionSet {
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
        ..SubmissionSet::new("SubmissionSet01", format!("{ROOT}.3.{number}"), ROOT)
    }
}

pub(crate) fn unique_id(number: u32) -> String {
    format!("{ROOT}.1.{number}")
}

pub(crate) fn entry(number: u32, bytes: &[u8]) -> DocumentEntry {
    let mut entry = DocumentEntry {
        patient_id: Some(patient()),
        source_patient_id: Some(Cx::local("1234567", "1.2.250.1.999.1.1.7898.2")),
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
        ..DocumentEntry::new("Document01", unique_id(number))
    };
    entry.set_content(bytes);
    entry
}
