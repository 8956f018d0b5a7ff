//! The entry of the signature that goes with every submission to the DMP.

use segur_core::Coded;

use super::{
    Association, AssociationKind, DocumentEntry, Dtm, MemberStatus, Submission, visibility,
};

/// classCode of a signature.
const CLASS: Coded = Coded::fixed(
    "urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1",
    "URN",
    "Digital Signature",
);
const TYPE: Coded = Coded::fixed("E1762", "ASTM", "Full Document");
const FORMAT: Coded = Coded::fixed(
    "http://www.w3.org/2000/09/xmldsig#",
    "URN",
    "Default Signature Style",
);
const EVENT: Coded = Coded::fixed("1.2.840.10065.1.12.1.14", "1.2.840.10065.1.12", "Source");

impl DocumentEntry {
    /// The entry of the signature (XAdES) of a submission that brings `document`: hidden from everybody, with the patient,
    /// the author and the place of the document. Hash and size are those of the signature's bytes:
    /// [`set_content`](Self::set_content).
    ///
    /// Source: message TD2.1 of the DMP vendor kit. serviceStartTime is left empty: no source was read that tells it.
    pub fn signature_for(
        document: &DocumentEntry,
        entry_id: impl Into<String>,
        unique_id: impl Into<String>,
        creation_time: Dtm,
    ) -> Self {
        Self {
            title: Some("Source".to_owned()),
            language_code: Some("art".to_owned()),
            creation_time: Some(creation_time),
            patient_id: document.patient_id.clone(),
            // Not the local identifier: the vendor kit gives the matricule here.
            source_patient_id: document.patient_id.clone(),
            source_patient_info: document.source_patient_info.clone(),
            authors: document.authors.clone(),
            legal_authenticator: document.legal_authenticator.clone(),
            class_code: Some(CLASS),
            type_code: Some(TYPE),
            format_code: Some(FORMAT),
            event_codes: vec![EVENT],
            confidentiality_codes: vec![
                visibility::NORMAL,
                visibility::MASKED,
                visibility::INVISIBLE_TO_PATIENT,
            ],
            healthcare_facility_type_code: document.healthcare_facility_type_code.clone(),
            practice_setting_code: document.practice_setting_code.clone(),
            ..Self::new(entry_id, unique_id)
        }
    }

    /// Whether it is the entry of a signature.
    pub fn is_signature(&self) -> bool {
        self.format_code
            .as_ref()
            .is_some_and(|code| code.same_code(&FORMAT))
    }
}

impl Submission {
    /// Adds the signature of the set: a member of the set, and that it signs it.
    #[must_use]
    pub fn with_signature(self, entry: DocumentEntry) -> Self {
        let id = entry.entry_id.clone();
        let set = self.submission_set.entry_id.clone();
        let mut submission = self.with_document(entry);
        submission.associations.push(Association {
            member_status: Some(MemberStatus::Original),
            ..Association::new(AssociationKind::Signs, id, set)
        });
        submission
    }
}
