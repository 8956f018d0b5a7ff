//! ITI-57: status and visibility of documents that are there.

use segur_dmp_xds::metadata::{
    Association, AssociationKind, AvailabilityStatus, DocumentEntry, MemberStatus,
};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::{Profile, RegistryContent, SubmitObjectsRequest};

use super::accept::{check_set, submission};
use super::error::{Refused, refused};

/// Carries an update out.
pub(super) fn change(
    held: &mut RegistryContent,
    metadata: &SubmitObjectsRequest,
    profile: Profile,
    mut uuid: impl FnMut() -> String,
) -> Result<(), Refused> {
    let mut update = submission(metadata, profile)?;
    check_set(held, &update.submission_set)?;
    let set = uuid();
    let named = std::mem::replace(&mut update.submission_set.entry_id, set.clone());
    update.submission_set.status = Some(AvailabilityStatus::Approved);
    let mut done = 0_usize;
    for association in std::mem::take(&mut update.associations) {
        if association.source != named {
            let what = "an update comes from its submission set";
            return Err(refused(ErrorCode::MetadataUpdateError, what));
        }
        let kept = match association.kind {
            AssociationKind::UpdateAvailabilityStatus => {
                change_status(held, &association, profile)?;
                association.clone()
            }
            AssociationKind::HasMember if association.previous_version.is_some() => {
                let mut own = update.documents.iter();
                let entry = own.find(|one| one.entry_id == association.target);
                let entry = entry.ok_or_else(|| {
                    let what = "PreviousVersion without an entry of the message";
                    refused(ErrorCode::MetadataUpdateError, what)
                })?;
                let given = new_version(held, entry, &association, &mut uuid)?;
                Association {
                    target: given,
                    ..association.clone()
                }
            }
            AssociationKind::HasMember
                if association.member_status == Some(MemberStatus::Original) =>
            {
                let what = "HasMember lacks PreviousVersion";
                return Err(refused(ErrorCode::MetadataVersionError, what));
            }
            _ => {
                let what = format!("{} is no update known here", association.kind);
                return Err(refused(ErrorCode::MetadataUpdateOperationError, what));
            }
        };
        done += 1;
        held.associations.push(Association {
            id: uuid(),
            source: set.clone(),
            status: Some(AvailabilityStatus::Approved),
            ..kept
        });
    }
    if done == 0 {
        let what = "nothing to update";
        return Err(refused(ErrorCode::MetadataUpdateOperationError, what));
    }
    held.submission_sets.push(update.submission_set);
    Ok(())
}

fn change_status(
    held: &mut RegistryContent,
    asked: &Association,
    profile: Profile,
) -> Result<(), Refused> {
    use AvailabilityStatus::{Approved, Archived, Deleted, Deprecated};
    let mut all = held.documents.iter_mut();
    let entry = all.find(|one| one.entry_id == asked.target);
    let Some(entry) = entry.filter(|one| one.status != Some(Deleted)) else {
        let what = format!("no document {}", asked.target);
        return Err(refused(ErrorCode::MetadataUpdateError, what));
    };
    if entry.status != asked.original_status {
        let what = "OriginalStatus is not the status of the document";
        return Err(refused(ErrorCode::MetadataUpdateError, what));
    }
    let (from, to) = (asked.original_status.as_ref(), asked.new_status.as_ref());
    let (known, what) = match profile {
        Profile::IheStrict => (
            matches!(
                (from, to),
                (Some(Approved), Some(Deprecated)) | (Some(Deprecated), Some(Approved))
            ),
            "Approved and Deprecated change into each other, nothing else",
        ),
        _ => (
            matches!(
                (from, to),
                (Some(Approved), Some(Archived | Deleted))
                    | (Some(Archived), Some(Approved | Deleted))
            ),
            "documents are archived, put in force again and deleted, nothing else",
        ),
    };
    if !known {
        return Err(refused(ErrorCode::MetadataUpdateOperationError, what));
    }
    entry.status.clone_from(&asked.new_status);
    Ok(())
}

/// The entry becomes the version after the present one, under another entryUUID, which is given back.
fn new_version(
    held: &mut RegistryContent,
    entry: &DocumentEntry,
    asked: &Association,
    mut uuid: impl FnMut() -> String,
) -> Result<String, Refused> {
    let Some(logical_id) = &entry.logical_id else {
        let what = format!("{} has no logicalId (lid)", entry.entry_id);
        return Err(refused(ErrorCode::MetadataUpdateError, what));
    };
    let present = held
        .documents
        .iter_mut()
        .filter(|one| one.logical_id.as_ref() == Some(logical_id))
        .max_by_key(|one| number(one));
    let Some(present) = present.filter(|one| one.status != Some(AvailabilityStatus::Deleted))
    else {
        let what = format!("no document of the logicalId {logical_id}");
        return Err(refused(ErrorCode::MetadataUpdateError, what));
    };
    if present.version != asked.previous_version {
        let what = "PreviousVersion is not the version of the document";
        return Err(refused(ErrorCode::MetadataVersionError, what));
    }
    let same_patient = match (&present.patient_id, &entry.patient_id) {
        (Some(one), Some(other)) => one.same_id(other),
        _ => false,
    };
    let fixed = [
        ("uniqueId", present.unique_id == entry.unique_id),
        ("objectType", present.kind == entry.kind),
        ("patientId", same_patient),
        ("hash", present.hash == entry.hash),
        ("size", present.size == entry.size),
        (
            "repositoryUniqueId",
            present.repository_unique_id == entry.repository_unique_id,
        ),
    ];
    if let Some((field, _)) = fixed.iter().find(|(_, same)| !same) {
        return Err(refused(ErrorCode::UnmodifiableMetadataError, *field));
    }
    let old = present.entry_id.clone();
    let given = uuid();
    let next = DocumentEntry {
        entry_id: given.clone(),
        version: Some(number(present).saturating_add(1).to_string()),
        status: present.status.clone(),
        ..entry.clone()
    };
    present.status = Some(AvailabilityStatus::Deprecated);
    held.documents.push(next);
    // What related the old version to other documents relates the new one to them.
    let carried: Vec<Association> = held
        .associations
        .iter()
        .filter(|one| is_between_documents(&one.kind))
        .filter(|one| one.source == old || one.target == old)
        .map(|one| {
            let moved = |end: &String| {
                if *end == old {
                    given.clone()
                } else {
                    end.clone()
                }
            };
            Association {
                id: uuid(),
                source: moved(&one.source),
                target: moved(&one.target),
                ..one.clone()
            }
        })
        .collect();
    if asked.propagation != Some(false) {
        held.associations.extend(carried);
    }
    Ok(given)
}

fn is_between_documents(kind: &AssociationKind) -> bool {
    !matches!(
        kind,
        AssociationKind::HasMember
            | AssociationKind::UpdateAvailabilityStatus
            | AssociationKind::SubmitAssociation
    )
}

/// The number of the version of an entry.
pub(super) fn number(entry: &DocumentEntry) -> u32 {
    let version = entry.version.as_deref().unwrap_or_default();
    version.parse().unwrap_or(0)
}
