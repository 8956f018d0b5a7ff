//! The stored queries and their parameters.

use std::slice;

use segur_core::Coded;

use super::{DocumentExclusion, DocumentFilter, FolderFilter, Period, QueryId};
use crate::metadata::{AssociationKind, AvailabilityStatus, Cx, EntryKind};

/// A stored query with its parameters.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StoredQuery {
    /// Documents of a patient.
    FindDocuments(FindDocuments),
    /// Documents of a patient by what they refer to.
    FindDocumentsByReferenceId(FindDocumentsByReferenceId),
    /// Documents of a patient without certain values: an option that few registries have.
    FindDocumentsExclude(Box<FindDocumentsExclude>),
    /// Submission sets of a patient.
    FindSubmissionSets(FindSubmissionSets),
    /// Folders of a patient.
    FindFolders(FindFolders),
    /// Everything of a patient.
    GetAll(GetAll),
    /// Documents by their ids.
    GetDocuments(EntryKeys),
    /// Folders by their ids.
    GetFolders(EntryKeys),
    /// Associations that have one of these entryUUIDs as source or target.
    GetAssociations(Vec<String>),
    /// Documents by their ids, and their associations; not by logical ids.
    GetDocumentsAndAssociations(EntryKeys),
    /// Submission sets that brought the objects with these entryUUIDs.
    GetSubmissionSets(Vec<String>),
    /// A submission set and what it brought.
    GetSubmissionSetAndContents(GetContents),
    /// A folder and what it holds.
    GetFolderAndContents(GetContents),
    /// Folders of a document.
    GetFoldersForDocument(EntryKey),
    /// Documents to which a document is related.
    GetRelatedDocuments(GetRelatedDocuments),
    /// Documents of several patients (ITI-51): `patient_ids` may be empty when the class, events or facility is asked.
    FindDocumentsForMultiplePatients {
        /// Patients.
        patient_ids: Vec<Cx>,
        /// What the documents must be like.
        filter: DocumentFilter,
    },
    /// Folders of several patients (ITI-51): `patient_ids` may be empty when codes are asked.
    FindFoldersForMultiplePatients {
        /// Patients.
        patient_ids: Vec<Cx>,
        /// What the folders must be like.
        filter: FolderFilter,
    },
    /// Documents of several patients by what they refer to (ITI-51).
    FindDocumentsByReferenceIdForMultiplePatients {
        /// Patients.
        patient_ids: Vec<Cx>,
        /// What the documents must be like.
        filter: DocumentFilter,
        /// References: one of each inner list.
        reference_ids: Vec<Vec<Cx>>,
    },
}

/// Documents of a patient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindDocuments {
    /// `$XDSDocumentEntryPatientId`.
    pub patient_id: Cx,
    /// What the documents must be like.
    pub filter: DocumentFilter,
}

/// Documents of a patient by what they refer to: accession numbers, orders, studies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindDocumentsByReferenceId {
    /// `$XDSDocumentEntryPatientId`.
    pub patient_id: Cx,
    /// What the documents must be like.
    pub filter: DocumentFilter,
    /// `$XDSDocumentEntryReferenceIdList`: one of each inner list.
    pub reference_ids: Vec<Vec<Cx>>,
}

/// Documents of a patient without certain values. What is looked for in one field is not left out in the same field.
///
/// Source: IHE ITI TF-2, 3.18.4.1.2.3.7.15, after oehf/ipf (`FindDocumentsExcludeQuery`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindDocumentsExclude {
    /// `$XDSDocumentEntryPatientId`.
    pub patient_id: Cx,
    /// What the documents must be like.
    pub filter: DocumentFilter,
    /// `$XDSDocumentEntryReferenceIdList`: one of each inner list; here not required.
    pub reference_ids: Vec<Vec<Cx>>,
    /// What they must not be like.
    pub exclusion: DocumentExclusion,
}

/// Submission sets of a patient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindSubmissionSets {
    /// `$XDSSubmissionSetPatientId`.
    pub patient_id: Cx,
    /// `$XDSSubmissionSetStatus`: required.
    pub statuses: Vec<AvailabilityStatus>,
    /// `$XDSSubmissionSetSourceId`: OIDs of software.
    pub source_ids: Vec<String>,
    /// `$XDSSubmissionSetSubmissionTimeFrom`, `…To`.
    pub submission_time: Period,
    /// `$XDSSubmissionSetAuthorPerson`, sent as given.
    pub author_person: Option<String>,
    /// `$XDSSubmissionSetContentType`.
    pub content_type_codes: Vec<Coded>,
}

/// Folders of a patient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindFolders {
    /// `$XDSFolderPatientId`.
    pub patient_id: Cx,
    /// What the folders must be like.
    pub filter: FolderFilter,
}

/// Everything of a patient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAll {
    /// `$patientId`.
    pub patient_id: Cx,
    /// `$XDSDocumentEntryStatus`: required.
    pub document_statuses: Vec<AvailabilityStatus>,
    /// `$XDSSubmissionSetStatus`: required.
    pub submission_set_statuses: Vec<AvailabilityStatus>,
    /// `$XDSFolderStatus`: required.
    pub folder_statuses: Vec<AvailabilityStatus>,
    /// `$XDSDocumentEntryFormatCode`.
    pub format_codes: Vec<Coded>,
    /// `$XDSDocumentEntryConfidentialityCode`: one code of each inner list.
    pub confidentiality_codes: Vec<Vec<Coded>>,
    /// `$XDSDocumentEntryType`.
    pub entry_kinds: Vec<EntryKind>,
}

/// Objects by one kind of id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryKeys {
    /// By entryUUID (`urn:uuid:…`).
    EntryUuids(Vec<String>),
    /// By uniqueId. A submission is answered without entryUUID: this is how it is learnt (TD3.1b).
    UniqueIds(Vec<String>),
    /// By logicalID: all versions.
    LogicalIds(Vec<String>),
}

/// An object by one id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EntryKey {
    /// By entryUUID (`urn:uuid:…`).
    EntryUuid(String),
    /// By uniqueId.
    UniqueId(String),
}

/// A set or folder and its contents.
#[derive(Clone, Debug, PartialEq)]
pub struct GetContents {
    /// The set or folder.
    pub key: EntryKey,
    /// `$XDSDocumentEntryFormatCode`.
    pub format_codes: Vec<Coded>,
    /// `$XDSDocumentEntryConfidentialityCode`: one code of each inner list.
    pub confidentiality_codes: Vec<Vec<Coded>>,
    /// `$XDSDocumentEntryType`.
    pub entry_kinds: Vec<EntryKind>,
}

impl GetContents {
    /// All contents.
    pub fn of(key: EntryKey) -> Self {
        Self {
            key,
            format_codes: Vec::new(),
            confidentiality_codes: Vec::new(),
            entry_kinds: Vec::new(),
        }
    }
}

/// Documents to which a document is related.
#[derive(Clone, Debug, PartialEq)]
pub struct GetRelatedDocuments {
    /// The document.
    pub key: EntryKey,
    /// `$AssociationTypes`: required.
    pub association_kinds: Vec<AssociationKind>,
    /// `$XDSDocumentEntryType`.
    pub entry_kinds: Vec<EntryKind>,
}

impl StoredQuery {
    /// The patients that it names: none for the queries by ids.
    #[must_use]
    pub fn patient_ids(&self) -> &[Cx] {
        match self {
            Self::FindDocuments(query) => slice::from_ref(&query.patient_id),
            Self::FindDocumentsByReferenceId(query) => slice::from_ref(&query.patient_id),
            Self::FindDocumentsExclude(query) => slice::from_ref(&query.patient_id),
            Self::FindSubmissionSets(query) => slice::from_ref(&query.patient_id),
            Self::FindFolders(query) => slice::from_ref(&query.patient_id),
            Self::GetAll(query) => slice::from_ref(&query.patient_id),
            Self::FindDocumentsForMultiplePatients { patient_ids, .. }
            | Self::FindFoldersForMultiplePatients { patient_ids, .. }
            | Self::FindDocumentsByReferenceIdForMultiplePatients { patient_ids, .. } => {
                patient_ids
            }
            Self::GetDocuments(_)
            | Self::GetFolders(_)
            | Self::GetAssociations(_)
            | Self::GetDocumentsAndAssociations(_)
            | Self::GetSubmissionSets(_)
            | Self::GetSubmissionSetAndContents(_)
            | Self::GetFolderAndContents(_)
            | Self::GetFoldersForDocument(_)
            | Self::GetRelatedDocuments(_) => &[],
        }
    }

    /// Which query it is.
    pub fn id(&self) -> QueryId {
        match self {
            Self::FindDocuments(_) => QueryId::FindDocuments,
            Self::FindDocumentsByReferenceId(_) => QueryId::FindDocumentsByReferenceId,
            Self::FindDocumentsExclude(_) => QueryId::FindDocumentsExclude,
            Self::FindSubmissionSets(_) => QueryId::FindSubmissionSets,
            Self::FindFolders(_) => QueryId::FindFolders,
            Self::GetAll(_) => QueryId::GetAll,
            Self::GetDocuments(_) => QueryId::GetDocuments,
            Self::GetFolders(_) => QueryId::GetFolders,
            Self::GetAssociations(_) => QueryId::GetAssociations,
            Self::GetDocumentsAndAssociations(_) => QueryId::GetDocumentsAndAssociations,
            Self::GetSubmissionSets(_) => QueryId::GetSubmissionSets,
            Self::GetSubmissionSetAndContents(_) => QueryId::GetSubmissionSetAndContents,
            Self::GetFolderAndContents(_) => QueryId::GetFolderAndContents,
            Self::GetFoldersForDocument(_) => QueryId::GetFoldersForDocument,
            Self::GetRelatedDocuments(_) => QueryId::GetRelatedDocuments,
            Self::FindDocumentsForMultiplePatients { .. } => {
                QueryId::FindDocumentsForMultiplePatients
            }
            Self::FindFoldersForMultiplePatients { .. } => QueryId::FindFoldersForMultiplePatients,
            Self::FindDocumentsByReferenceIdForMultiplePatients { .. } => {
                QueryId::FindDocumentsByReferenceIdForMultiplePatients
            }
        }
    }
}
