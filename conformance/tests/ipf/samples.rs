//! Fictitious submissions in which every field is filled.

use segur_core::Coded;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, Author, Cx, Folder, PatientInfo, PatientName, Recipient, Xcn,
    Xon, Xtn,
};
use segur_dmp_xds::transaction::FileToSend;
use segur_dmp_xds::{DocumentEntry, Profile, RegistryContent, Submission, SubmissionSet};

use super::common::samples as plain;
pub(crate) use super::common::samples::{ROOT, unique_id};

pub(crate) const INS: &str = "1.2.250.1.213.1.4.10";
pub(crate) const PATIENT: &str = "279035121518989";
pub(crate) const LOINC: &str = "2.16.840.1.113883.6.1";
pub(crate) const CCAM: &str = "1.2.250.1.213.2.5";
pub(crate) const CONFIDENTIALITY: &str = "2.16.840.1.113883.5.25";

/// A CDA document whose bytes would break a reader of lines or of boundaries.
pub(crate) const CDA: &[u8] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Été --segur</title>\r\n--\r\n</ClinicalDocument>\n"
        .as_bytes();
/// What begins as a PDF file does, with bytes of every kind.
pub(crate) const PDF: &[u8] =
    b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\r\n\0\x01\xff\xfe\r\n--boundary--\r\n%%EOF";

pub(crate) fn patient(number: &str) -> Cx {
    Cx::new(number, INS, "NH")
}

fn author() -> Author {
    Author {
        institutions: vec![Xon::structure("CABINET DR TEST & FILS", "499700000000001")],
        roles: vec!["Médecin traitant".to_owned()],
        telecoms: vec![Xtn::mail("alice.test@example.org")],
        ..plain::author()
    }
}

pub(crate) fn set(number: u32, patient_number: &str) -> SubmissionSet {
    SubmissionSet {
        comments: Some("Un commentaire".to_owned()),
        patient_id: Some(patient(patient_number)),
        submission_time: Some(format!("202403150931{:02}", number % 60).parse().unwrap()),
        authors: vec![author()],
        intended_recipients: vec![Recipient {
            organization: Some(Xon::structure("CABINET DR AUTRE", "499700000000002")),
            person: Some(Xcn::professional("899700000002", "AUTRE", "BRUNO")),
            telecom: None,
        }],
        ..plain::set(number)
    }
}

pub(crate) fn reference() -> Cx {
    Cx::accession("ACC-2024-0001", "1.2.250.1.999.1.1.7898.9")
}

/// The `number`th document as `DocumentNN`.
pub(crate) fn entry(
    number: u32,
    patient_number: &str,
    mime_type: &str,
    bytes: &[u8],
) -> DocumentEntry {
    let day = number.min(28);
    let mut info = PatientInfo::default();
    info.add_name(&PatientName {
        family: "PATIENT".to_owned(),
        given: "MARIE".to_owned(),
        name_type: "L".to_owned(),
    });
    info.set(7, "19790328");
    info.set(8, "F");
    let format = match mime_type {
        "application/pdf" => "urn:ihe:iti:xds-sd:pdf:2008",
        _ => "urn:ihe:iti:xds-sd:text:2008",
    };
    DocumentEntry {
        entry_id: format!("Document{number:02}"),
        mime_type: mime_type.to_owned(),
        patient_id: Some(patient(patient_number)),
        source_patient_info: info,
        title: Some(format!(
            "Compte rendu d'été n° {number}, (l'\"autre\" & <lui>)"
        )),
        comments: Some("Un commentaire".to_owned()),
        creation_time: Some(format!("202403{day:02}093000").parse().unwrap()),
        service_start_time: Some(format!("202403{day:02}0900").parse().unwrap()),
        service_stop_time: Some(format!("202403{day:02}091500").parse().unwrap()),
        authors: vec![
            author(),
            Author::legal_entity(Xon::structure("HOPITAL TEST", "10B0127189")),
        ],
        format_code: Some(
            Coded::new(format, "1.3.6.1.4.1.19376.1.2.3")
                .with_display("Document à corps non structuré"),
        ),
        event_codes: vec![
            Coded::fixed("YYYY600", CCAM, "Acte"),
            Coded::fixed("DEQP003", CCAM, "ECG"),
        ],
        uri: Some(format!("DOC{number:05}.XML")),
        ..plain::entry(number, bytes)
    }
}

pub(crate) fn folder(patient_number: &str) -> Folder {
    Folder {
        entry_id: "Folder01".to_owned(),
        unique_id: format!("{ROOT}.5.1"),
        patient_id: Some(patient(patient_number)),
        title: Some("Dossier de test".to_owned()),
        comments: Some("Un commentaire".to_owned()),
        codes: vec![Coded::fixed("D1", "1.2.250.1.999.8", "Dossier")],
        ..Folder::default()
    }
}

/// A folder of the set, with documents of the same submission.
pub(crate) fn with_folder(
    mut submission: Submission,
    folder: Folder,
    documents: &[&str],
) -> Submission {
    let member = AssociationKind::HasMember;
    let set = submission.submission_set.entry_id.clone();
    submission.associations.push(Association::new(
        member.clone(),
        set,
        folder.entry_id.clone(),
    ));
    for document in documents {
        let one = Association::new(member.clone(), folder.entry_id.clone(), *document);
        submission.associations.push(one);
    }
    submission.folders.push(folder);
    submission
}

pub(crate) fn file<'a>(entry: &'a DocumentEntry, bytes: &'a [u8]) -> FileToSend<'a> {
    FileToSend {
        id: &entry.entry_id,
        bytes,
    }
}

/// What can come back of an entry: its strict spelling.
fn strict(entry: &DocumentEntry) -> DocumentEntry {
    let content = RegistryContent {
        documents: vec![entry.clone()],
        ..RegistryContent::default()
    };
    let read = RegistryContent::from_objects(&content.to_objects(Profile::IheStrict));
    read.value.documents.into_iter().next().unwrap()
}

macro_rules! differing {
    ($one:expr, $other:expr, $($field:ident)+) => {{
        let mut all: Vec<&str> = Vec::new();
        $(if $one.$field != $other.$field { all.push(stringify!($field)); })+
        all
    }};
}

/// The fields that did not come back as they were sent, whatever the registry gives of its own (ids, version, status, repository).
pub(crate) fn differences(sent: &DocumentEntry, got: &DocumentEntry) -> Vec<&'static str> {
    let (one, other) = (strict(sent), strict(got));
    differing!(one, other, kind mime_type unique_id patient_id source_patient_id source_patient_info title comments creation_time
        service_start_time service_stop_time language_code authors legal_authenticator class_code type_code format_code
        healthcare_facility_type_code practice_setting_code confidentiality_codes event_codes hash size uri document_availability
        reference_ids other_slots other_classifications other_identifiers home_community_id)
}

pub(crate) fn set_differences(sent: &SubmissionSet, got: &SubmissionSet) -> Vec<&'static str> {
    let strict = |one: &SubmissionSet| {
        let content = RegistryContent {
            submission_sets: vec![one.clone()],
            ..RegistryContent::default()
        };
        let read = RegistryContent::from_objects(&content.to_objects(Profile::IheStrict));
        read.value.submission_sets.into_iter().next().unwrap()
    };
    let (one, other) = (strict(sent), strict(got));
    differing!(one, other, unique_id source_id patient_id submission_time title comments authors content_type_code
        intended_recipients other_slots other_classifications other_identifiers)
}

pub(crate) fn folder_differences(sent: &Folder, got: &Folder) -> Vec<&'static str> {
    let strict = |one: &Folder| {
        let content = RegistryContent {
            folders: vec![one.clone()],
            ..RegistryContent::default()
        };
        let read = RegistryContent::from_objects(&content.to_objects(Profile::IheStrict));
        read.value.folders.into_iter().next().unwrap()
    };
    let (one, other) = (strict(sent), strict(got));
    differing!(one, other, unique_id patient_id title comments codes other_slots other_classifications other_identifiers)
}
