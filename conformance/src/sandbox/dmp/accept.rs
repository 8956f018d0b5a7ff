//! ITI-41 and ITI-42: a submission is taken or refused.

use std::collections::{HashMap, HashSet};

use segur_dmp_xds::metadata::{
    Association, AssociationKind, AvailabilityStatus, DocumentEntry, EntryKind, Submission,
};
use segur_dmp_xds::response::{ErrorCode, RegistryError};
use segur_dmp_xds::{Profile, RegistryContent, SubmitObjectsRequest};

use super::REPOSITORY;
use super::error::{Refused, of_problems, refused};
use super::store::{Files, Gathered, StoreError};

/// Files with the id of their entry; none when the part is missing.
pub(super) type Parts = Vec<(String, Option<Vec<u8>>)>;

/// The submission of a message, if its metadata are in order.
pub(super) fn submission(
    metadata: &SubmitObjectsRequest,
    profile: Profile,
) -> Result<Submission, Refused> {
    let read = metadata
        .submission()
        .map_err(|error| refused(ErrorCode::RegistryMetadataError, error.to_string()))?
        .value;
    match read.validate(profile).as_slice() {
        [] => Ok(read),
        problems => Err(of_problems(problems)),
    }
}

/// The metadata of documents that another repository holds, which each entry names.
pub(super) fn registration(
    metadata: &SubmitObjectsRequest,
    profile: Profile,
) -> Result<Submission, Refused> {
    let new = submission(metadata, profile)?;
    match new.validate_registration(profile).as_slice() {
        [] => Ok(new),
        problems => Err(of_problems(problems)),
    }
}

/// What the repository adds to the metadata of the documents that it keeps.
pub(super) fn complete(new: &mut Submission, files: &Files) {
    let files: HashMap<&String, &Vec<u8>> = files.iter().map(|(id, bytes)| (id, bytes)).collect();
    for entry in &mut new.documents {
        entry.repository_unique_id = Some(REPOSITORY.to_owned());
        // IHE leaves hash and size to the repository.
        if let Some(bytes) = files.get(&entry.unique_id)
            && (entry.hash.is_none() || entry.size.is_none())
        {
            entry.set_content(bytes);
        }
    }
}

/// Brings what a submission may collide with or refers to.
pub(super) fn known_to(new: &Submission, held: &mut Gathered<'_>) -> Result<(), StoreError> {
    let set = std::iter::once(&new.submission_set.unique_id);
    let folders = new.folders.iter().map(|one| &one.unique_id);
    let documents = new.documents.iter().map(|one| &one.unique_id);
    let ids: Vec<String> = set.chain(folders).chain(documents).cloned().collect();
    held.unique_ids(&ids)?;
    let ends = new.associations.iter();
    let ends = ends.flat_map(|one| [&one.source, &one.target]).cloned();
    held.entries(&ends.collect::<Vec<_>>())?;
    let own: Vec<String> = own_ids(new).into_iter().cloned().collect();
    held.entries(&own)?;
    held.associations(&own)?;
    held.versions()?;
    let replaced = new.associations.iter().filter(|one| is_replacement(one));
    held.depending_on(replaced.map(|one| one.target.clone()).collect())
}

/// The ids that the message gives its objects.
fn own_ids(new: &Submission) -> HashSet<&String> {
    let documents = new.documents.iter().map(|one| &one.entry_id);
    let folders = new.folders.iter().map(|one| &one.entry_id);
    let associations = new.associations.iter().map(|one| &one.id);
    let set = std::iter::once(&new.submission_set.entry_id);
    set.chain(documents)
        .chain(folders)
        .chain(associations)
        .collect()
}

/// An entryUUID, which only the registry or, for a new object, the sender gives.
fn is_uuid(id: &str) -> bool {
    id.starts_with("urn:uuid:")
}

/// Takes a submission: every object gets its entryUUID, unless the sender gave it one. Replaced documents are deprecated, and what completes or
/// transforms them; what replaces them is where they are filed. Source: the registry of NIST's toolkit (`ProcessMetadataForRegister`).
pub(super) fn accept(
    held: &mut RegistryContent,
    mut new: Submission,
    mut uuid: impl FnMut() -> String,
) -> Result<(), Refused> {
    let known = duplicates(held, &new);
    if !known.is_empty() {
        return Err(known);
    }
    let replaced = replaced(held, &new)?;
    let gone = with_dependents(held, replaced);

    let mut ids: HashMap<String, String> = HashMap::new();
    let mut name = |id: &mut String| {
        let given = if is_uuid(id) { id.clone() } else { uuid() };
        ids.insert(std::mem::replace(id, given.clone()), given);
    };
    let approved = Some(AvailabilityStatus::Approved);
    name(&mut new.submission_set.entry_id);
    new.submission_set.status = approved.clone();
    for entry in &mut new.documents {
        name(&mut entry.entry_id);
        entry.logical_id = Some(entry.entry_id.clone());
        entry.version = Some("1".to_owned());
        entry.status = approved.clone();
    }
    for folder in &mut new.folders {
        name(&mut folder.entry_id);
        folder.logical_id = Some(folder.entry_id.clone());
        folder.version = Some("1".to_owned());
        folder.status = approved.clone();
        folder.last_update_time = new.submission_set.submission_time;
    }
    for association in &mut new.associations {
        name(&mut association.id);
        association.status = approved.clone();
    }
    for association in &mut new.associations {
        for end in [&mut association.source, &mut association.target] {
            if let Some(given) = ids.get(end) {
                end.clone_from(given);
            }
        }
    }
    let filed = filed_anew(held, &new, &mut uuid);
    new.associations.extend(filed);
    for entry in &mut held.documents {
        if gone.contains(&entry.entry_id) && entry.status == approved {
            entry.status = Some(AvailabilityStatus::Deprecated);
        }
    }
    let changed = new.associations.iter().map(|one| &one.source);
    let changed: HashSet<&String> = changed.collect();
    for folder in &mut held.folders {
        if changed.contains(&folder.entry_id) {
            folder.last_update_time = new.submission_set.submission_time;
        }
    }
    held.submission_sets.push(new.submission_set);
    held.documents.extend(new.documents);
    held.folders.extend(new.folders);
    held.associations.extend(new.associations);
    Ok(())
}

/// Documents, and those that complete or transform one of them.
fn with_dependents(held: &RegistryContent, documents: HashSet<String>) -> HashSet<String> {
    let mut all = documents.clone();
    let mut next: Vec<String> = documents.into_iter().collect();
    while let Some(id) = next.pop() {
        let dependents = held.associations.iter();
        let dependents = dependents.filter(|one| one.target == id && depends(one));
        for one in dependents {
            if all.insert(one.source.clone()) {
                next.push(one.source.clone());
            }
        }
    }
    all
}

/// What replaces a document stands in the folders of it.
fn filed_anew(
    held: &RegistryContent,
    new: &Submission,
    mut uuid: impl FnMut() -> String,
) -> Vec<Association> {
    let folders: HashSet<&String> = held.folders.iter().map(|one| &one.entry_id).collect();
    let is_filing = |one: &&Association| {
        one.kind == AssociationKind::HasMember && folders.contains(&one.source)
    };
    let mut filed = Vec::new();
    for replacement in new.associations.iter().filter(|one| is_replacement(one)) {
        let before = held.associations.iter().filter(is_filing);
        let before = before.filter(|one| one.target == replacement.target);
        for one in before {
            let mut there = new.associations.iter().filter(is_filing);
            if there.any(|own| own.source == one.source && own.target == replacement.source) {
                continue;
            }
            filed.push(Association {
                id: uuid(),
                status: Some(AvailabilityStatus::Approved),
                target: replacement.source.clone(),
                ..one.clone()
            });
        }
    }
    filed
}

/// The bytes of each document, which are those that its metadata tell of. Names of entries count whatever their case.
pub(super) fn files(new: &Submission, parts: Parts) -> Result<Files, Refused> {
    let mut errors = Vec::new();
    let mut error = |code, id: &str, what: &str| {
        errors.push(RegistryError::new(code, format!("{id}: {what}")));
    };
    let documents = new.documents.iter();
    let mut lacking: HashMap<String, &DocumentEntry> = documents
        .map(|entry| (entry.entry_id.to_ascii_lowercase(), entry))
        .collect();
    let mut files = Files::new();
    for (id, bytes) in parts {
        match (lacking.remove(&id.to_ascii_lowercase()), bytes) {
            (None, _) => {
                let what = "a document of this id without an entry of its own";
                error(ErrorCode::MissingDocumentMetadata, &id, what);
            }
            (Some(_), None) => {
                let what = "the message has no part that the document points to";
                error(ErrorCode::MissingDocument, &id, what);
            }
            (Some(entry), Some(bytes)) if entry.matches_content(&bytes) => {
                files.push((entry.unique_id.clone(), bytes));
            }
            (Some(_), Some(_)) => {
                let what = "hash or size of the entry are not those of the document received";
                error(ErrorCode::RepositoryMetadataError, &id, what);
            }
        }
    }
    for entry in &new.documents {
        if lacking.contains_key(&entry.entry_id.to_ascii_lowercase()) {
            let what = "the message has no document of this id";
            error(ErrorCode::MissingDocument, &entry.entry_id, what);
        }
    }
    match errors.is_empty() {
        true => Ok(files),
        false => Err(errors),
    }
}

/// Everything that was submitted before; a document of another content is told so, too.
fn duplicates(held: &RegistryContent, new: &Submission) -> Refused {
    let sets = held.submission_sets.iter().map(|one| &one.unique_id);
    let folders = held.folders.iter().map(|one| &one.unique_id);
    let other: HashSet<&String> = sets.chain(folders).collect();
    // The newest version stands last.
    let documents = held.documents.iter();
    let documents: HashMap<&String, &DocumentEntry> =
        documents.map(|one| (&one.unique_id, one)).collect();
    let known = |id: &String| other.contains(id) || documents.contains_key(id);
    let told = |code, id: &str, unique_id: &str, what: &str| {
        RegistryError::new(code, format!("{id} ({unique_id}): {what}"))
    };
    let again = "its uniqueId is in the registry already";
    let twice = |id: &str, unique_id: &String| {
        let code = ErrorCode::DuplicateUniqueIdInRegistry;
        known(unique_id).then(|| told(code, id, unique_id, again))
    };
    let set = &new.submission_set;
    let mut errors = Vec::new();
    let given = own_ids(new);
    for id in entry_uuids(held).filter(|id| given.contains(id)) {
        let what = "this entryUUID is in the registry already";
        let code = ErrorCode::RegistryMetadataError;
        errors.push(RegistryError::new(code, format!("{id}: {what}")));
    }
    errors.extend(twice(&set.entry_id, &set.unique_id));
    for one in &new.folders {
        errors.extend(twice(&one.entry_id, &one.unique_id));
    }
    for one in &new.documents {
        let (id, unique_id) = (&one.entry_id, &one.unique_id);
        errors.extend(twice(id, unique_id));
        let Some(old) = documents.get(unique_id) else {
            continue;
        };
        if !same_hash(old, one) {
            let what = "the document in the registry has another hash";
            errors.push(told(ErrorCode::NonIdenticalHash, id, unique_id, what));
        }
        if old.size != one.size {
            let what = "the document in the registry has another size";
            errors.push(told(ErrorCode::NonIdenticalSize, id, unique_id, what));
        }
    }
    errors
}

fn entry_uuids(held: &RegistryContent) -> impl Iterator<Item = &String> {
    let sets = held.submission_sets.iter().map(|one| &one.entry_id);
    let folders = held.folders.iter().map(|one| &one.entry_id);
    let documents = held.documents.iter().map(|one| &one.entry_id);
    let associations = held.associations.iter().map(|one| &one.id);
    sets.chain(folders).chain(documents).chain(associations)
}

fn same_hash(one: &DocumentEntry, other: &DocumentEntry) -> bool {
    match (&one.hash, &other.hash) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (one, other) => one == other,
    }
}

/// The entryUUIDs of the documents that are replaced, after a check of everything in the registry that the message refers to.
fn replaced(held: &RegistryContent, new: &Submission) -> Result<HashSet<String>, Refused> {
    let deleted = held.documents.iter().filter(|one| is_deleted(one));
    let deleted: HashSet<&String> = deleted.map(|one| &one.unique_id).collect();
    let seen = held.documents.iter();
    let seen = seen.filter(|one| !deleted.contains(&one.unique_id));
    let documents: HashMap<&String, &DocumentEntry> =
        seen.map(|one| (&one.entry_id, one)).collect();
    let sets = held.submission_sets.iter();
    let sets = sets.map(|one| (&one.entry_id, one.patient_id.as_ref()));
    let folders = held.folders.iter();
    let folders = folders.map(|one| (&one.entry_id, one.patient_id.as_ref()));
    let others: HashMap<_, _> = sets.chain(folders).collect();
    let own_ids = own_ids(new);
    let mut ids = HashSet::new();
    for one in &new.associations {
        if matches!(
            one.kind,
            AssociationKind::UpdateAvailabilityStatus | AssociationKind::SubmitAssociation
        ) {
            let what = format!("{}: updates are for ITI-57", one.kind);
            return Err(refused(ErrorCode::RegistryMetadataError, what));
        }
        if is_uuid(&one.source) && !own_ids.contains(&one.source) {
            check_folder(held, new, &one.source)?;
        }
        // Names of the message are checked with the metadata.
        if !is_uuid(&one.target) || own_ids.contains(&one.target) {
            continue;
        }
        let replaces = is_replacement(one);
        let told = |code, what: &str| Err(refused(code, format!("{}: {what}", one.target)));
        let (patient, entry) = match (documents.get(&one.target), others.get(&one.target)) {
            (Some(entry), _) => (entry.patient_id.as_ref(), Some(*entry)),
            (None, Some(patient)) => (*patient, None),
            (None, None) => {
                let code = ErrorCode::UnresolvedReferenceException;
                return told(code, "the registry has no object of this entryUUID");
            }
        };
        let own = new.submission_set.patient_id.as_ref();
        if let (Some(patient), Some(own)) = (patient, own)
            && !patient.same_id(own)
        {
            let code = ErrorCode::PatientIdDoesNotMatch;
            return told(code, "of another patient than the submission");
        }
        let stable = entry.filter(|entry| entry.kind == Some(EntryKind::Stable));
        if replaces && stable.is_none() {
            let code = ErrorCode::ReplaceFailed;
            return told(code, "no document, so nothing that a document may replace");
        }
        let relates = replaces || !matches!(one.kind, AssociationKind::HasMember);
        let in_force = entry.is_none_or(|one| one.status == Some(AvailabilityStatus::Approved));
        if relates && !in_force {
            let code = ErrorCode::RegistryDeprecatedDocumentError;
            return told(code, "not in force");
        }
        if replaces && !ids.insert(one.target.clone()) {
            let code = ErrorCode::ReplaceFailed;
            return told(code, "replaced twice by one submission");
        }
    }
    Ok(ids)
}

/// What is in the registry takes a member only when it is a folder of the same patient.
fn check_folder(held: &RegistryContent, new: &Submission, id: &String) -> Result<(), Refused> {
    let told = |code, what: &str| Err(refused(code, format!("{id}: {what}")));
    let Some(folder) = held.folders.iter().find(|one| one.entry_id == *id) else {
        return match entry_uuids(held).any(|known| known == id) {
            true => told(
                ErrorCode::RegistryMetadataError,
                "no folder, so nothing that takes a member later",
            ),
            false => told(
                ErrorCode::UnresolvedReferenceException,
                "the registry has no folder of this entryUUID",
            ),
        };
    };
    match (&folder.patient_id, &new.submission_set.patient_id) {
        (Some(patient), Some(own)) if !patient.same_id(own) => told(
            ErrorCode::PatientIdDoesNotMatch,
            "of another patient than the submission",
        ),
        _ => Ok(()),
    }
}

/// Whether a document goes out of force with the one that the association points to.
pub(super) fn depends(association: &Association) -> bool {
    matches!(
        association.kind,
        AssociationKind::Appends | AssociationKind::Transforms
    )
}

fn is_deleted(entry: &DocumentEntry) -> bool {
    entry.status == Some(AvailabilityStatus::Deleted)
}

fn is_replacement(association: &Association) -> bool {
    matches!(
        association.kind,
        AssociationKind::Replaces | AssociationKind::TransformsAndReplaces
    )
}
