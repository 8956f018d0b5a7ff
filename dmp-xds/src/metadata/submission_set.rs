//! SubmissionSet and Folder: what groups documents.

use std::fmt;

use segur_core::Coded;

use super::{Author, AvailabilityStatus, Cx, Dtm, Recipient};
use crate::ebrim;

/// What was submitted together, by whom and when. IHE ITI TF-3, 4.2.3.3. `Debug` hides texts and the patient.
#[derive(Clone, Default, PartialEq)]
pub struct SubmissionSet {
    /// entryUUID, or a name of the message (`SubmissionSet01`).
    pub entry_id: String,
    /// homeCommunityId.
    pub home_community_id: Option<String>,
    /// availabilityStatus.
    pub status: Option<AvailabilityStatus>,
    /// uniqueId: an OID.
    pub unique_id: String,
    /// sourceId: OID of the software that submits.
    pub source_id: String,
    /// patientId: the matricule INS.
    pub patient_id: Option<Cx>,
    /// submissionTime.
    pub submission_time: Option<Dtm>,
    /// title.
    pub title: Option<String>,
    /// comments.
    pub comments: Option<String>,
    /// author.
    pub authors: Vec<Author>,
    /// contentTypeCode: in what kind of care (`07` of `1.2.250.1.213.2.2`: consultation).
    pub content_type_code: Option<Coded>,
    /// intendedRecipient.
    pub intended_recipients: Vec<Recipient>,
    /// Slots without a field, or whose value could not be read; kept.
    pub other_slots: Vec<ebrim::Slot>,
    /// Classifications without a field; kept.
    pub other_classifications: Vec<ebrim::Classification>,
    /// External identifiers without a field; kept.
    pub other_identifiers: Vec<ebrim::ExternalIdentifier>,
}

impl SubmissionSet {
    /// A set with the id that it has in the message.
    pub fn new(
        entry_id: impl Into<String>,
        unique_id: impl Into<String>,
        source_id: impl Into<String>,
    ) -> Self {
        Self {
            entry_id: entry_id.into(),
            unique_id: unique_id.into(),
            source_id: source_id.into(),
            ..Self::default()
        }
    }
}

impl fmt::Debug for SubmissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubmissionSet")
            .field("entry_id", &self.entry_id)
            .field("unique_id", &self.unique_id)
            .field("source_id", &self.source_id)
            .field("status", &self.status)
            .field("patient_id", &self.patient_id)
            .field("submission_time", &self.submission_time)
            .field("content_type_code", &self.content_type_code)
            .finish_non_exhaustive()
    }
}

/// A folder of documents. IHE ITI TF-3, 4.2.3.4. `Debug` hides texts and the patient.
#[derive(Clone, Default, PartialEq)]
pub struct Folder {
    /// entryUUID, or a name of the message.
    pub entry_id: String,
    /// logicalID.
    pub logical_id: Option<String>,
    /// version of the metadata.
    pub version: Option<String>,
    /// homeCommunityId.
    pub home_community_id: Option<String>,
    /// availabilityStatus.
    pub status: Option<AvailabilityStatus>,
    /// uniqueId: an OID.
    pub unique_id: String,
    /// patientId.
    pub patient_id: Option<Cx>,
    /// title.
    pub title: Option<String>,
    /// comments.
    pub comments: Option<String>,
    /// codeList: at least one.
    pub codes: Vec<Coded>,
    /// lastUpdateTime: 14 digits; the registry sets it.
    pub last_update_time: Option<Dtm>,
    /// Slots without a field, or whose value could not be read; kept.
    pub other_slots: Vec<ebrim::Slot>,
    /// Classifications without a field; kept.
    pub other_classifications: Vec<ebrim::Classification>,
    /// External identifiers without a field; kept.
    pub other_identifiers: Vec<ebrim::ExternalIdentifier>,
}

impl fmt::Debug for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Folder")
            .field("entry_id", &self.entry_id)
            .field("unique_id", &self.unique_id)
            .field("status", &self.status)
            .field("patient_id", &self.patient_id)
            .finish_non_exhaustive()
    }
}
