//! ITI-41 and ITI-42: a submission is taken or refused.

use std::collections::HashMap;

use segur_dmp_xds::metadata::{
    AssociationKind, AvailabilityStatus, DocumentEntry, Submission, SubmissionSet,
};
use segur_dmp_xds::response::{ErrorCode, RegistryError};
use segur_dmp_xds::{Profile, RegistryContent, SubmitObjectsRequest};

use super::REPOSITORY;
use super::error::{Refused, of_problems, refused};
use super::store::Files;

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

/// A set that was not submitted before.
pub(super) fn check_set(held: &RegistryContent, set: &SubmissionSet) -> Result<(), Refused> {
    let known = held
        .submission_sets
        .iter()
        .any(|one| one.unique_id == set.unique_id);
    if known {
        let code = ErrorCode::DuplicateUniqueIdInRegistry;
        return Err(refused(code, format!("SubmissionSet {}", set.unique_id)));
    }
    Ok(())
}

/// Takes a submission with its files.
pub(super) fn accept(
    held: &mut RegistryContent,
    metadata: &SubmitObjectsRequest,
    parts: Parts,
    profile: Profile,
    uuid: impl FnMut() -> String,
) -> Result<Files, Refused> {
    let mut new = submission(metadata, profile)?;
    let files = files(&new, parts)?;
    for entry in &mut new.documents {
        entry.repository_unique_id = Some(REPOSITORY.to_owned());
        let own = files.iter().find(|(id, _)| *id == entry.unique_id);
        // IHE leaves hash and size to the repository.
        if let Some((_, bytes)) = own
            && (entry.hash.is_none() || entry.size.is_none())
        {
            entry.set_content(bytes);
        }
    }
    put(held, new, uuid)?;
    Ok(files)
}

/// ITI-42: takes the metadata of documents that another repository holds, which each entry names.
pub(super) fn register(
    held: &mut RegistryContent,
    metadata: &SubmitObjectsRequest,
    profile: Profile,
    uuid: impl FnMut() -> String,
) -> Result<(), Refused> {
    let new = submission(metadata, profile)?;
    match new.validate_registration(profile).as_slice() {
        [] => {}
        problems => return Err(of_problems(problems)),
    }
    put(held, new, uuid)
}

/// Every object gets its entryUUID, replaced documents are deprecated.
fn put(
    held: &mut RegistryContent,
    mut new: Submission,
    mut uuid: impl FnMut() -> String,
) -> Result<(), Refused> {
    check_set(held, &new.submission_set)?;
    let known: Refused = new
        .documents
        .iter()
        .flat_map(|entry| duplicates(held, entry))
        .collect();
    if !known.is_empty() {
        return Err(known);
    }
    let replaced = replaced(held, &new)?;

    let mut ids: HashMap<String, String> = HashMap::new();
    let mut name = |id: &mut String| {
        let given = uuid();
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
        association.id = uuid();
        association.status = approved.clone();
        for end in [&mut association.source, &mut association.target] {
            if let Some(given) = ids.get(end) {
                end.clone_from(given);
            }
        }
    }
    for entry in &mut held.documents {
        if replaced.contains(&entry.entry_id) {
            entry.status = Some(AvailabilityStatus::Deprecated);
        }
    }
    held.submission_sets.push(new.submission_set);
    held.documents.extend(new.documents);
    held.folders.extend(new.folders);
    held.associations.extend(new.associations);
    Ok(())
}

/// The bytes of each document, which are those that its metadata tell of.
fn files(new: &Submission, parts: Parts) -> Result<Files, Refused> {
    let mut errors = Vec::new();
    let mut error = |code, id: &str, what: &str| {
        errors.push(RegistryError::new(code, format!("{id}: {what}")));
    };
    let mut files = Files::new();
    let same = |id: &str, entry: &DocumentEntry| id.eq_ignore_ascii_case(&entry.entry_id);
    for (id, bytes) in parts {
        let entry = new.documents.iter().find(|entry| same(&id, entry));
        match (entry, bytes) {
            (None, _) => error(ErrorCode::MissingDocumentMetadata, &id, "no such entry"),
            (Some(_), None) => error(ErrorCode::MissingDocument, &id, "no such part"),
            (Some(entry), Some(bytes)) if entry.matches_content(&bytes) => {
                files.push((entry.unique_id.clone(), bytes));
            }
            (Some(_), Some(_)) => {
                let what = "hash or size are not those of the document received";
                error(ErrorCode::RepositoryMetadataError, &id, what);
            }
        }
    }
    for entry in &new.documents {
        if errors.is_empty() && !files.iter().any(|(id, _)| *id == entry.unique_id) {
            let what = "no document of this id";
            errors.push(RegistryError::new(
                ErrorCode::MissingDocument,
                format!("{}: {what}", entry.entry_id),
            ));
        }
    }
    match errors.is_empty() {
        true => Ok(files),
        false => Err(errors),
    }
}

/// A document that was submitted before; one of another content is told so, too.
fn duplicates(held: &RegistryContent, entry: &DocumentEntry) -> Refused {
    let mut known = held.documents.iter();
    let Some(known) = known.rfind(|one| one.unique_id == entry.unique_id) else {
        return Vec::new();
    };
    let mut errors = refused(
        ErrorCode::DuplicateUniqueIdInRegistry,
        entry.unique_id.clone(),
    );
    if known.hash != entry.hash {
        errors.extend(refused(
            ErrorCode::NonIdenticalHash,
            entry.unique_id.clone(),
        ));
    }
    errors
}

/// The entryUUIDs of the documents that are replaced.
fn replaced(held: &RegistryContent, new: &Submission) -> Result<Vec<String>, Refused> {
    let mut ids = Vec::new();
    for association in &new.associations {
        let replaces = match association.kind {
            AssociationKind::UpdateAvailabilityStatus | AssociationKind::SubmitAssociation => {
                let what = "updates are for ITI-57";
                return Err(refused(ErrorCode::RegistryMetadataError, what));
            }
            AssociationKind::Replaces | AssociationKind::TransformsAndReplaces => true,
            _ => false,
        };
        // Names of the message are checked with the metadata.
        if !association.target.starts_with("urn:uuid:") {
            continue;
        }
        let mut all = held.documents.iter();
        let Some(old) = all.find(|one| one.entry_id == association.target) else {
            let folder = held
                .folders
                .iter()
                .any(|one| one.entry_id == association.target);
            if folder && !replaces {
                continue;
            }
            let code = ErrorCode::UnresolvedReferenceException;
            return Err(refused(code, association.target.clone()));
        };
        if !replaces {
            continue;
        }
        if old.status != Some(AvailabilityStatus::Approved) {
            let code = ErrorCode::RegistryDeprecatedDocumentError;
            return Err(refused(code, association.target.clone()));
        }
        let patients = (&old.patient_id, &new.submission_set.patient_id);
        if let (Some(one), Some(other)) = patients
            && !one.same_id(other)
        {
            let code = ErrorCode::PatientIdDoesNotMatch;
            return Err(refused(code, association.target.clone()));
        }
        ids.push(association.target.clone());
    }
    Ok(ids)
}
