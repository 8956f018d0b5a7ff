//! What documents and folders must be like.

use segur_core::Coded;

use crate::metadata::{AvailabilityStatus, Cx, Dtm, EntryKind};

/// A stretch of time, in UTC.
///
/// `unverified`: that the end itself is left out was not read anywhere; the registry decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Period {
    /// Not before.
    pub from: Option<Dtm>,
    /// Until.
    pub to: Option<Dtm>,
}

/// What documents must be like; an empty list asks for nothing.
///
/// Codes are compared with their code system; labels do not count. In [`event_codes`](Self::event_codes) and
/// [`confidentiality_codes`](Self::confidentiality_codes) a document must have one code of each inner list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentFilter {
    /// `$XDSDocumentEntryStatus`: required. The DMP takes Archived and Deprecated beside Approved.
    pub statuses: Vec<AvailabilityStatus>,
    /// `$XDSDocumentEntryClassCode`.
    pub class_codes: Vec<Coded>,
    /// `$XDSDocumentEntryTypeCode`.
    pub type_codes: Vec<Coded>,
    /// `$XDSDocumentEntryPracticeSettingCode`.
    pub practice_setting_codes: Vec<Coded>,
    /// `$XDSDocumentEntryHealthcareFacilityTypeCode`.
    pub healthcare_facility_type_codes: Vec<Coded>,
    /// `$XDSDocumentEntryFormatCode`.
    pub format_codes: Vec<Coded>,
    /// `$XDSDocumentEntryEventCodeList`.
    pub event_codes: Vec<Vec<Coded>>,
    /// `$XDSDocumentEntryConfidentialityCode`.
    pub confidentiality_codes: Vec<Vec<Coded>>,
    /// `$XDSDocumentEntryAuthorPerson`, sent as given.
    ///
    /// `unverified`: that `%` and `_` are wildcards was not read anywhere; no one of ours puts them in.
    pub author_persons: Vec<String>,
    /// `$XDSDocumentEntryCreationTimeFrom`, `…To`.
    pub creation_time: Period,
    /// `$XDSDocumentEntryServiceStartTimeFrom`, `…To`: the date of the act.
    pub service_start_time: Period,
    /// `$XDSDocumentEntryServiceStopTimeFrom`, `…To`.
    pub service_stop_time: Period,
    /// `$XDSDocumentEntryType`.
    pub entry_kinds: Vec<EntryKind>,
    /// `$XDSDocumentEntryDocumentAvailability`.
    pub document_availability: Vec<String>,
    /// `$MetadataLevel`: 2 asks for the versions of the metadata, too.
    pub metadata_level: Option<u8>,
}

impl DocumentFilter {
    /// Documents in force.
    pub fn approved() -> Self {
        Self {
            statuses: vec![AvailabilityStatus::Approved],
            ..Self::default()
        }
    }
}

/// What documents must not be like: none of these values.
///
/// `unverified`: inner lists are kept as they are, whether a registry leaves out what has a value of one or of each was not read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentExclusion {
    /// `$XDSDocumentEntryClassCodeExclude`.
    pub class_codes: Vec<Coded>,
    /// `$XDSDocumentEntryTypeCodeExclude`.
    pub type_codes: Vec<Coded>,
    /// `$XDSDocumentEntryPracticeSettingCodeExclude`.
    pub practice_setting_codes: Vec<Coded>,
    /// `$XDSDocumentEntryHealthcareFacilityTypeCodeExclude`.
    pub healthcare_facility_type_codes: Vec<Coded>,
    /// `$XDSDocumentEntryFormatCodeExclude`.
    pub format_codes: Vec<Coded>,
    /// `$XDSDocumentEntryEventCodeListExclude`.
    pub event_codes: Vec<Vec<Coded>>,
    /// `$XDSDocumentEntryConfidentialityCodeExclude`.
    pub confidentiality_codes: Vec<Vec<Coded>>,
    /// `$XDSDocumentEntryAuthorPersonExclude`, sent as given.
    pub author_persons: Vec<String>,
    /// `$XDSDocumentEntryTypeExclude`.
    pub entry_kinds: Vec<EntryKind>,
    /// `$XDSDocumentEntryReferenceIdListExclude`.
    pub reference_ids: Vec<Vec<Cx>>,
}

/// What folders must be like; an empty list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FolderFilter {
    /// `$XDSFolderStatus`: required.
    pub statuses: Vec<AvailabilityStatus>,
    /// `$XDSFolderLastUpdateTimeFrom`, `…To`.
    pub last_update_time: Period,
    /// `$XDSFolderCodeList`: one code of each inner list.
    pub codes: Vec<Vec<Coded>>,
}
