//! ITI-57: status and visibility of documents that are there.

use std::collections::{HashMap, HashSet};

use segur_dmp_xds::metadata::{
    Association, AssociationKind, AvailabilityStatus, DocumentEntry, MemberStatus, Submission,
};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::{Profile, RegistryContent};

use super::error::{Refused, refused};
use super::store::{Gathered, StoreError};

/// Brings what an update is about.
pub(super) fn known_to(update: &Submission, held: &mut Gathered<'_>) -> Result<(), StoreError> {
    held.unique_ids(std::slice::from_ref(&update.submission_set.unique_id))?;
    let targets = update.associations.iter().map(|one| one.target.clone());
    held.entries(&targets.collect::<Vec<_>>())?;
    let logical = update
        .documents
        .iter()
        .filter_map(|one| one.logical_id.clone());
    held.logical_ids(&logical.collect::<Vec<_>>())?;
    held.versions()?;
    held.touching(&held.entry_uuids())?;
    // Folders are told from sets.
    held.entries(&held.sources())
}

/// Carries an update out.
pub(super) fn change(
    held: &mut RegistryContent,
    mut update: Submission,
    profile: Profile,
    mut uuid: impl FnMut() -> String,
) -> Result<(), Refused> {
    check_set(held, &update)?;
    let set = uuid();
    let named = std::mem::replace(&mut update.submission_set.entry_id, set.clone());
    update.submission_set.status = Some(AvailabilityStatus::Approved);
    let own = update.documents.iter();
    let own: HashMap<&String, &DocumentEntry> = own.map(|one| (&one.entry_id, one)).collect();
    let mut registry = Registry::of(held);
    let mut done = Vec::new();
    for association in std::mem::take(&mut update.associations) {
        let wrong = |code, what: &str| {
            let kind = &association.kind;
            Err(refused(
                code,
                format!("{kind} to {}: {what}", association.target),
            ))
        };
        if association.source != named {
            let what = "an update comes from its submission set";
            return wrong(ErrorCode::MetadataUpdateError, what);
        }
        let target = match association.kind {
            AssociationKind::UpdateAvailabilityStatus => {
                registry.change_status(&association, profile)?;
                association.target.clone()
            }
            AssociationKind::HasMember if association.previous_version.is_some() => {
                let Some(entry) = own.get(&association.target) else {
                    let what = "PreviousVersion without an entry of the message";
                    return wrong(ErrorCode::MetadataUpdateError, what);
                };
                registry.new_version(entry, &association, &mut uuid)?
            }
            AssociationKind::HasMember
                if association.member_status == Some(MemberStatus::Original) =>
            {
                let what = "PreviousVersion is missing";
                return wrong(ErrorCode::MetadataVersionError, what);
            }
            _ => {
                let what = "no update known here";
                return wrong(ErrorCode::MetadataUpdateOperationError, what);
            }
        };
        done.push(Association {
            id: uuid(),
            source: set.clone(),
            target,
            status: Some(AvailabilityStatus::Approved),
            ..association
        });
    }
    if done.is_empty() {
        let what = format!("{named}: nothing to update");
        return Err(refused(ErrorCode::MetadataUpdateOperationError, what));
    }
    held.associations.extend(done);
    held.submission_sets.push(update.submission_set);
    Ok(())
}

/// A set that was not submitted before.
fn check_set(held: &RegistryContent, update: &Submission) -> Result<(), Refused> {
    let set = &update.submission_set;
    let sets = held.submission_sets.iter().map(|one| &one.unique_id);
    let folders = held.folders.iter().map(|one| &one.unique_id);
    let documents = held.documents.iter().map(|one| &one.unique_id);
    if sets
        .chain(folders)
        .chain(documents)
        .any(|id| *id == set.unique_id)
    {
        let what = "its uniqueId is in the registry already";
        let what = format!("{} ({}): {what}", set.entry_id, set.unique_id);
        return Err(refused(ErrorCode::DuplicateUniqueIdInRegistry, what));
    }
    Ok(())
}

/// The documents that an update is about, found by their ids.
struct Registry<'h> {
    held: &'h mut RegistryContent,
    /// Places by entryUUID.
    entries: HashMap<String, usize>,
    /// Places of the newest versions by logicalID.
    newest: HashMap<String, usize>,
    /// Places of associations that every version of a document has, by the entryUUID of an end.
    related: HashMap<String, Vec<usize>>,
}

impl<'h> Registry<'h> {
    fn of(held: &'h mut RegistryContent) -> Self {
        let mut entries = HashMap::new();
        let mut newest: HashMap<String, usize> = HashMap::new();
        let mut related: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, entry) in held.documents.iter().enumerate() {
            entries.insert(entry.entry_id.clone(), place);
            let Some(logical_id) = &entry.logical_id else {
                continue;
            };
            let last = newest.entry(logical_id.clone()).or_insert(place);
            let known = held.documents.get(*last);
            if known.is_none_or(|known| number(entry) >= number(known)) {
                *last = place;
            }
        }
        let folders: HashSet<&String> = held.folders.iter().map(|one| &one.entry_id).collect();
        for (place, one) in held.associations.iter().enumerate() {
            if is_between_documents(&one.kind) || folders.contains(&one.source) {
                related.entry(one.source.clone()).or_default().push(place);
                if one.target != one.source {
                    related.entry(one.target.clone()).or_default().push(place);
                }
            }
        }
        Self {
            held,
            entries,
            newest,
            related,
        }
    }

    fn change_status(&mut self, asked: &Association, profile: Profile) -> Result<(), Refused> {
        use AvailabilityStatus::{Approved, Archived, Deleted, Deprecated};
        let told = |code, what: &str| {
            let kind = &asked.kind;
            Err(refused(code, format!("{kind} to {}: {what}", asked.target)))
        };
        let place = self.entries.get(&asked.target).copied();
        let entry = place.and_then(|place| self.held.documents.get_mut(place));
        let Some(entry) = entry.filter(|one| one.status != Some(Deleted)) else {
            let what = "the registry has no document of this entryUUID";
            return told(ErrorCode::MetadataUpdateError, what);
        };
        let newest = entry.logical_id.as_ref().and_then(|id| self.newest.get(id));
        if newest.copied() != place {
            let what = "not the newest version of the document";
            return told(ErrorCode::MetadataUpdateError, what);
        }
        if entry.status != asked.original_status {
            let what = "OriginalStatus is not the status of the document";
            return told(ErrorCode::MetadataUpdateError, what);
        }
        let change = (asked.original_status.as_ref(), asked.new_status.as_ref());
        let (known, what) = match profile {
            Profile::IheStrict => (
                matches!(
                    change,
                    (Some(Approved), Some(Deprecated)) | (Some(Deprecated), Some(Approved))
                ),
                "Approved and Deprecated change into each other, nothing else",
            ),
            _ => (
                matches!(
                    change,
                    (Some(Approved), Some(Archived | Deleted))
                        | (Some(Archived), Some(Approved | Deleted))
                ),
                "documents are archived, put in force again and deleted, nothing else",
            ),
        };
        if !known {
            return told(ErrorCode::MetadataUpdateOperationError, what);
        }
        entry.status.clone_from(&asked.new_status);
        Ok(())
    }

    /// The entry becomes the version after the present one, under another entryUUID, which is given back.
    fn new_version(
        &mut self,
        entry: &DocumentEntry,
        asked: &Association,
        mut uuid: impl FnMut() -> String,
    ) -> Result<String, Refused> {
        let told = |code, what: &str| Err(refused(code, format!("{}: {what}", entry.entry_id)));
        let Some(logical_id) = &entry.logical_id else {
            let what = "the logicalId (lid) is missing";
            return told(ErrorCode::MetadataUpdateError, what);
        };
        let place = self.newest.get(logical_id).copied();
        let present = place.and_then(|place| self.held.documents.get_mut(place));
        let deleted = Some(AvailabilityStatus::Deleted);
        let Some(present) = present.filter(|one| one.status != deleted) else {
            let what = "the registry has no document of this logicalId (lid)";
            return told(ErrorCode::MetadataUpdateError, what);
        };
        if present.version != asked.previous_version {
            let what = "PreviousVersion is not the version of the document";
            return told(ErrorCode::MetadataVersionError, what);
        }
        if let Some(field) = changed(present, entry) {
            let what = format!("{field} may not change");
            return told(ErrorCode::UnmodifiableMetadataError, &what);
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
        let place = self.held.documents.len();
        self.held.documents.push(next);
        self.entries.insert(given.clone(), place);
        self.newest.insert(logical_id.clone(), place);
        if asked.propagation != Some(false) {
            self.carry_over(&old, &given, uuid);
        }
        Ok(given)
    }

    /// What related the old version to other documents and to folders relates the new one to them.
    fn carry_over(&mut self, old: &str, new: &str, mut uuid: impl FnMut() -> String) {
        for place in self.related.get(old).cloned().unwrap_or_default() {
            let Some(one) = self.held.associations.get(place) else {
                continue;
            };
            let moved = |end: &str| if end == old { new } else { end }.to_owned();
            let carried = Association {
                id: uuid(),
                source: moved(&one.source),
                target: moved(&one.target),
                ..one.clone()
            };
            let place = self.held.associations.len();
            self.related.entry(new.to_owned()).or_default().push(place);
            self.held.associations.push(carried);
        }
    }
}

/// The first field of those that stay whatever the update, that does not.
fn changed(present: &DocumentEntry, entry: &DocumentEntry) -> Option<&'static str> {
    let same_patient = match (&present.patient_id, &entry.patient_id) {
        (Some(one), Some(other)) => one.same_id(other),
        _ => false,
    };
    let repository = &entry.repository_unique_id;
    let fixed = [
        ("uniqueId", present.unique_id == entry.unique_id),
        ("objectType", present.kind == entry.kind),
        ("patientId", same_patient),
        ("hash", present.hash == entry.hash),
        ("size", present.size == entry.size),
        (
            "repositoryUniqueId",
            present.repository_unique_id == *repository,
        ),
    ];
    let mut all = fixed.iter();
    all.find(|(_, same)| !same).map(|(field, _)| *field)
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
