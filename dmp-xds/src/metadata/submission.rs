//! A submission: one set and what it brings.

use super::{Association, AssociationKind, DocumentEntry, Folder, MemberStatus, SubmissionSet};

/// One submission set, what it brings and how it belongs together: the metadata of ITI-41, ITI-42 and ITI-57.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Submission {
    /// The set.
    pub submission_set: SubmissionSet,
    /// Documents.
    pub documents: Vec<DocumentEntry>,
    /// Folders.
    pub folders: Vec<Folder>,
    /// Associations; every document and folder is a member of the set.
    pub associations: Vec<Association>,
}

impl Submission {
    /// A set that brings nothing yet.
    pub fn new(submission_set: SubmissionSet) -> Self {
        Self {
            submission_set,
            ..Self::default()
        }
    }

    /// Adds a document, as an original member of the set.
    #[must_use]
    pub fn with_document(mut self, entry: DocumentEntry) -> Self {
        let set = self.submission_set.entry_id.clone();
        self.associations
            .push(Association::member(set, entry.entry_id.clone()));
        self.documents.push(entry);
        self
    }

    /// Adds a document that replaces another: its `entry_uuid` is the one that the registry gave
    /// (`urn:uuid:…`), not its uniqueId. The registry deprecates the old one; the CDA document must name it as replaced,
    /// too (`relatedDocument`). DMP: TD2.1b.
    ///
    /// Source: ansforge/DRIM-M_DRIMbox, `UpdateRequest`; IG PDSM4DMP, td2.1.
    #[must_use]
    pub fn with_replacement(self, entry: DocumentEntry, entry_uuid: &str) -> Self {
        let id = entry.entry_id.clone();
        let mut submission = self.with_document(entry);
        submission.associations.push(Association {
            member_status: Some(MemberStatus::Original),
            ..Association::new(AssociationKind::Replaces, id, entry_uuid)
        });
        submission
    }
}
