//! Checks of what goes to a registry without its documents.

use super::validate::Check;
use super::{EntryKind, Problem, Submission};
use crate::Profile;

impl Submission {
    /// As [`validate`](Self::validate), for ITI-42: no repository stands between that would add hash, size and its own name.
    ///
    /// ```
    /// use segur_dmp_xds::{DocumentEntry, Profile, Submission, SubmissionSet};
    ///
    /// let set = SubmissionSet::new("SubmissionSet01", "1.2.250.1.999.3.1", "1.2.250.1.999");
    /// let submission = Submission::new(set).with_document(DocumentEntry::new("Document01", "1.2.3"));
    /// let named = |problems: &[segur_dmp_xds::metadata::Problem]| {
    ///     problems.iter().any(|one| one.field == "repositoryUniqueId")
    /// };
    /// assert!(!named(&submission.validate(Profile::IheStrict)));
    /// assert!(named(&submission.validate_registration(Profile::IheStrict)));
    /// ```
    ///
    /// Source: oehf/ipf, `ObjectContainerValidator`.
    pub fn validate_registration(&self, profile: Profile) -> Vec<Problem> {
        let mut all = self.validate(profile);
        for entry in &self.documents {
            let stable = entry.kind != Some(EntryKind::OnDemand);
            let mut check = Check::new(&entry.entry_id, &mut all);
            // The DMP asks for these two in every message: they are told already.
            if stable && profile != Profile::Dmp {
                check.there("hash", entry.hash.is_some(), "SHA-1 of the document");
                check.there("size", entry.size.is_some(), "a number of bytes");
            }
            let repository = entry.repository_unique_id.is_some();
            check.there(
                "repositoryUniqueId",
                repository,
                "the OID of the repository",
            );
        }
        all
    }
}
