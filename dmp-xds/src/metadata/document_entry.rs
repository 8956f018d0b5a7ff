//! DocumentEntry: what the registry knows of a document.

use std::fmt;

use segur_core::Coded;

use super::{Author, AvailabilityStatus, Cx, Dtm, EntryKind, PatientInfo, Xcn};
use crate::ebrim;

/// What the registry knows of a document.
///
/// Everything that a registry may leave out is optional, even where the standard requires it: reading is tolerant.
/// [`Submission::validate`](super::Submission::validate) tells all that is missing before anything is sent.
/// Field names are those of IHE ITI TF-3, 4.2.3.2. `Debug` hides texts and what identifies the patient.
#[derive(Clone, Default, PartialEq)]
pub struct DocumentEntry {
    /// entryUUID: `urn:uuid:…` once the registry knows it, before that a name of the message (`Document01`).
    pub entry_id: String,
    /// logicalID: the same for every version of the metadata.
    pub logical_id: Option<String>,
    /// version of the metadata: `1`, `2` …
    pub version: Option<String>,
    /// homeCommunityId: `urn:oid:…`; the DMP does not use it.
    pub home_community_id: Option<String>,
    /// objectType.
    pub kind: Option<EntryKind>,
    /// availabilityStatus.
    pub status: Option<AvailabilityStatus>,
    /// mimeType: `text/xml` for a CDA document.
    pub mime_type: String,
    /// uniqueId: the OID of the document, or `root^extension`.
    pub unique_id: String,
    /// patientId: the matricule INS.
    pub patient_id: Option<Cx>,
    /// sourcePatientId: the identifier in the source system, or the matricule.
    pub source_patient_id: Option<Cx>,
    /// sourcePatientInfo: traits in the source system.
    pub source_patient_info: PatientInfo,
    /// title: at most 128 characters.
    pub title: Option<String>,
    /// comments.
    pub comments: Option<String>,
    /// creationTime.
    pub creation_time: Option<Dtm>,
    /// serviceStartTime: when the act began.
    pub service_start_time: Option<Dtm>,
    /// serviceStopTime: when the act ended.
    pub service_stop_time: Option<Dtm>,
    /// languageCode: `fr-FR`; `art` for a signature.
    pub language_code: Option<String>,
    /// author.
    pub authors: Vec<Author>,
    /// legalAuthenticator.
    pub legal_authenticator: Option<Xcn>,
    /// classCode: family of documents.
    pub class_code: Option<Coded>,
    /// typeCode: kind of document.
    pub type_code: Option<Coded>,
    /// formatCode: model of the content.
    pub format_code: Option<Coded>,
    /// healthcareFacilityTypeCode: sector of activity.
    pub healthcare_facility_type_code: Option<Coded>,
    /// practiceSettingCode: setting of the practice.
    pub practice_setting_code: Option<Coded>,
    /// confidentialityCode: that of the document first, then those that hide it.
    pub confidentiality_codes: Vec<Coded>,
    /// eventCodeList: acts.
    pub event_codes: Vec<Coded>,
    /// hash: SHA-1 of the bytes submitted, 40 hexadecimal digits.
    pub hash: Option<String>,
    /// size: number of bytes.
    pub size: Option<u64>,
    /// URI: name of the file in a media (XDM).
    pub uri: Option<String>,
    /// repositoryUniqueId: OID of the repository that holds the document.
    pub repository_unique_id: Option<String>,
    /// documentAvailability.
    pub document_availability: Option<String>,
    /// referenceIdList: accession numbers, orders, studies.
    pub reference_ids: Vec<Cx>,
    /// Slots without a field, or whose value could not be read; kept.
    pub other_slots: Vec<ebrim::Slot>,
    /// Classifications without a field; kept.
    pub other_classifications: Vec<ebrim::Classification>,
    /// External identifiers without a field; kept.
    pub other_identifiers: Vec<ebrim::ExternalIdentifier>,
}

/// Codes that hide a document (TRE_A07), beside the `N` of the document itself.
///
/// Source: JDV_J58 of the DMP. Whether the first two may stand together on one document depends on the server.
pub mod visibility {
    use segur_core::Coded;

    /// Code system of the three codes.
    pub const SYSTEM: &str = "1.2.250.1.213.1.1.4.13";
    /// Hidden from professionals.
    pub const MASKED: Coded =
        Coded::fixed("MASQUE_PS", SYSTEM, "Masqué aux professionnels de santé");
    /// Hidden from the patient, until an appointment where it is told.
    pub const INVISIBLE_TO_PATIENT: Coded =
        Coded::fixed("INVISIBLE_PATIENT", SYSTEM, "Non visible par le patient");
    /// Hidden from the legal representatives of a minor.
    pub const INVISIBLE_TO_REPRESENTATIVES: Coded = Coded::fixed(
        "INVISIBLE_REPRESENTANTS_LEGAUX",
        SYSTEM,
        "Non visible par les représentants légaux du patient",
    );
    /// Normal confidentiality: stays whatever hides the document.
    pub const NORMAL: Coded = Coded::fixed("N", "2.16.840.1.113883.5.25", "Normal");
}

impl DocumentEntry {
    /// A stable CDA document with the id that it has in the message.
    pub fn new(entry_id: impl Into<String>, unique_id: impl Into<String>) -> Self {
        Self {
            entry_id: entry_id.into(),
            unique_id: unique_id.into(),
            kind: Some(EntryKind::Stable),
            mime_type: "text/xml".to_owned(),
            ..Self::default()
        }
    }

    /// Whether it carries this confidentiality code, whatever the label.
    pub fn has_confidentiality(&self, code: &Coded) -> bool {
        self.confidentiality_codes
            .iter()
            .any(|one| one.same_code(code))
    }

    /// Whether professionals other than the author do not see it (requirement SC.DMP/UX.14.TER).
    pub fn is_masked(&self) -> bool {
        self.has_confidentiality(&visibility::MASKED)
    }

    /// Whether the patient does not see it (requirements SC.DMP/UX.17 and UX.14.BIS).
    pub fn is_invisible_to_patient(&self) -> bool {
        self.has_confidentiality(&visibility::INVISIBLE_TO_PATIENT)
    }
}

impl fmt::Debug for DocumentEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentEntry")
            .field("entry_id", &self.entry_id)
            .field("unique_id", &self.unique_id)
            .field("status", &self.status)
            .field("version", &self.version)
            .field("patient_id", &self.patient_id)
            .field("creation_time", &self.creation_time)
            .field("type_code", &self.type_code)
            .field("format_code", &self.format_code)
            .field("authors", &self.authors.len())
            .field("other_slots", &self.other_slots)
            .finish_non_exhaustive()
    }
}
