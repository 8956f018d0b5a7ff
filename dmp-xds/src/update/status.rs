//! Updates of the status: archive, unarchive, delete.

use super::UpdateError;
use crate::metadata::{
    Association, AssociationKind, AvailabilityStatus, Submission, SubmissionSet,
};

/// Deletes a document (TD3.3c); `from` is its present status. Only its author, its structure or, for documents of the
/// patient, the treating physician may do so; the DMP decides.
///
/// ```
/// use segur_dmp_xds::SubmissionSet;
/// use segur_dmp_xds::metadata::AvailabilityStatus;
/// use segur_dmp_xds::update::delete;
///
/// let set = SubmissionSet::new("SubmissionSet01", "1.2.250.1.999.3.1", "1.2.250.1.999");
/// let entry_uuid = "urn:uuid:fe5287a2-ae6a-11eb-8f5d-0050569e422e";
/// let submission = delete(set, entry_uuid, AvailabilityStatus::Approved)?;
/// assert_eq!(submission.associations[0].new_status, Some(AvailabilityStatus::Deleted));
/// # Ok::<(), segur_dmp_xds::update::UpdateError>(())
/// ```
///
/// # Errors
/// As [`change_status`].
pub fn delete(
    set: SubmissionSet,
    entry_uuid: &str,
    from: AvailabilityStatus,
) -> Result<Submission, UpdateError> {
    change_status(set, entry_uuid, from, AvailabilityStatus::Deleted)
}

/// Archives a document in force (TD3.3d).
///
/// # Errors
/// As [`change_status`].
pub fn archive(set: SubmissionSet, entry_uuid: &str) -> Result<Submission, UpdateError> {
    let (from, to) = (AvailabilityStatus::Approved, AvailabilityStatus::Archived);
    change_status(set, entry_uuid, from, to)
}

/// Puts an archived document in force again (TD3.3d).
///
/// # Errors
/// As [`change_status`].
pub fn unarchive(set: SubmissionSet, entry_uuid: &str) -> Result<Submission, UpdateError> {
    let (from, to) = (AvailabilityStatus::Archived, AvailabilityStatus::Approved);
    change_status(set, entry_uuid, from, to)
}

/// A set that changes the status of one object, and brings nothing.
///
/// # Errors
/// `entry_uuid` is none, or the DMP knows no such change: Approved and Archived change into each other and into Deleted.
pub fn change_status(
    set: SubmissionSet,
    entry_uuid: &str,
    from: AvailabilityStatus,
    to: AvailabilityStatus,
) -> Result<Submission, UpdateError> {
    use AvailabilityStatus::{Approved, Archived, Deleted};
    if !entry_uuid.starts_with("urn:uuid:") {
        return Err(UpdateError::EntryUuid);
    }
    let known = matches!(
        (&from, &to),
        (Approved, Archived | Deleted) | (Archived, Approved | Deleted)
    );
    if !known {
        return Err(UpdateError::Transition { from, to });
    }
    let kind = AssociationKind::UpdateAvailabilityStatus;
    let association = Association {
        original_status: Some(from),
        new_status: Some(to),
        ..Association::new(kind, set.entry_id.clone(), entry_uuid)
    };
    let mut submission = Submission::new(set);
    submission.associations.push(association);
    Ok(submission)
}
