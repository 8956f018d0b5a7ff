//! ITI-18: stored queries over what the registry holds: of what the indices brought, what is asked for.

use std::collections::{HashMap, HashSet};

use segur_dmp_xds::RegistryContent;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, AvailabilityStatus, Cx, DocumentEntry, EntryKind, Folder,
};
use segur_dmp_xds::query::{
    DocumentFilter, EntryKey, EntryKeys, FolderFilter, GetContents, StoredQuery,
};
use segur_dmp_xds::response::ErrorCode;

use super::change::number;
use super::error::{Refused, refused};
use super::select::{Readings, all, any, is_kind, is_patient, is_status, refers};

/// What a query finds. Deleted documents are found by no query.
pub(super) fn find(
    held: &RegistryContent,
    query: &StoredQuery,
    readings: Readings,
) -> Result<RegistryContent, Refused> {
    let registry = Registry::of(held, readings);
    let mut found = RegistryContent::default();
    match query {
        StoredQuery::FindDocuments(one) => {
            let patients = std::slice::from_ref(&one.patient_id);
            found.documents = registry.documents(patients, &one.filter, &[]);
        }
        StoredQuery::FindDocumentsByReferenceId(one) => {
            let patients = std::slice::from_ref(&one.patient_id);
            found.documents = registry.documents(patients, &one.filter, &one.reference_ids);
        }
        StoredQuery::FindDocumentsExclude(one) => {
            let patients = std::slice::from_ref(&one.patient_id);
            let mut all = registry.documents(patients, &one.filter, &one.reference_ids);
            all.retain(|entry| !one.exclusion.matches(entry));
            found.documents = all;
        }
        StoredQuery::FindDocumentsForMultiplePatients {
            patient_ids,
            filter,
        } => found.documents = registry.documents(patient_ids, filter, &[]),
        StoredQuery::FindDocumentsByReferenceIdForMultiplePatients {
            patient_ids,
            filter,
            reference_ids,
        } => found.documents = registry.documents(patient_ids, filter, reference_ids),
        StoredQuery::FindSubmissionSets(one) => {
            let patients = std::slice::from_ref(&one.patient_id);
            let sets = held.submission_sets.iter();
            let sets = sets.filter(|set| is_patient(patients, set.patient_id.as_ref()));
            found.submission_sets = sets.filter(|set| readings.set(set, one)).cloned().collect();
        }
        StoredQuery::FindFolders(one) => {
            let patients = std::slice::from_ref(&one.patient_id);
            found.folders = registry.folders(patients, &one.filter);
        }
        StoredQuery::FindFoldersForMultiplePatients {
            patient_ids,
            filter,
        } => found.folders = registry.folders(patient_ids, filter),
        StoredQuery::GetAll(one) => {
            let patients = std::slice::from_ref(&one.patient_id);
            let filter = DocumentFilter {
                statuses: one.document_statuses.clone(),
                format_codes: one.format_codes.clone(),
                confidentiality_codes: one.confidentiality_codes.clone(),
                entry_kinds: one.entry_kinds.clone(),
                ..DocumentFilter::default()
            };
            found.documents = registry.documents(patients, &filter, &[]);
            let filter = FolderFilter {
                statuses: one.folder_statuses.clone(),
                ..FolderFilter::default()
            };
            found.folders = registry.folders(patients, &filter);
            let sets = held.submission_sets.iter();
            let sets = sets.filter(|set| {
                is_patient(patients, set.patient_id.as_ref())
                    && is_status(&one.submission_set_statuses, set.status.as_ref())
            });
            found.submission_sets = sets.cloned().collect();
            registry.associations_within(&mut found);
        }
        StoredQuery::GetDocuments(keys) => found.documents = registry.documents_by(keys),
        StoredQuery::GetFolders(keys) => found.folders = registry.folders_by(keys),
        StoredQuery::GetAssociations(uuids) => {
            found.associations = registry.touching(&uuids.iter().collect());
        }
        StoredQuery::GetDocumentsAndAssociations(keys) => {
            found.documents = registry.documents_by(keys);
            let ids = found.documents.iter().map(|one| &one.entry_id).collect();
            found.associations = registry.touching(&ids);
        }
        StoredQuery::GetSubmissionSets(uuids) => {
            let uuids: HashSet<&String> = uuids.iter().collect();
            let members = registry.members(|one| uuids.contains(&one.target));
            let sources: HashSet<&String> = members.iter().map(|one| &one.source).collect();
            let sets = held.submission_sets.iter();
            let sets = sets.filter(|set| sources.contains(&set.entry_id));
            found.submission_sets = sets.cloned().collect();
            let sets = found.submission_sets.iter().map(|set| &set.entry_id);
            let sets: HashSet<&String> = sets.collect();
            let members = members.iter().filter(|one| sets.contains(&one.source));
            found.associations = members.cloned().collect();
        }
        StoredQuery::GetSubmissionSetAndContents(one) => {
            let sets = held.submission_sets.iter().filter(|set| match &one.key {
                EntryKey::EntryUuid(id) => set.entry_id == *id,
                EntryKey::UniqueId(id) => set.unique_id == *id,
                _ => false,
            });
            found.submission_sets = sets.cloned().collect();
            let ids = found.submission_sets.iter().map(|set| set.entry_id.clone());
            let ids = ids.collect();
            registry.contents(&ids, one, &mut found);
        }
        StoredQuery::GetFolderAndContents(one) => {
            let keys = match &one.key {
                EntryKey::UniqueId(id) => EntryKeys::UniqueIds(vec![id.clone()]),
                EntryKey::EntryUuid(id) => EntryKeys::EntryUuids(vec![id.clone()]),
                _ => EntryKeys::EntryUuids(Vec::new()),
            };
            found.folders = registry.folders_by(&keys);
            let ids = found.folders.iter().map(|one| one.entry_id.clone());
            let ids = ids.collect();
            registry.contents(&ids, one, &mut found);
        }
        StoredQuery::GetFoldersForDocument(key) => {
            let document = registry.document_by(key);
            let id = document.map(|one| one.entry_id.clone());
            let members = registry.members(|one| Some(&one.target) == id.as_ref());
            let sources: HashSet<&String> = members.iter().map(|one| &one.source).collect();
            let folders = held.folders.iter();
            let folders = folders.filter(|folder| sources.contains(&folder.entry_id));
            found.folders = folders.cloned().collect();
        }
        StoredQuery::GetRelatedDocuments(one) => {
            if let Some(document) = registry.document_by(&one.key) {
                let ids = HashSet::from([&document.entry_id]);
                let related = registry.touching(&ids);
                let related = related
                    .into_iter()
                    .filter(|relation| one.association_kinds.contains(&relation.kind));
                found.associations = related.collect();
                found.documents = registry.ends(&found.associations, &one.entry_kinds);
                // Both ends are documents that are found.
                let known: HashSet<&String> =
                    found.documents.iter().map(|one| &one.entry_id).collect();
                found
                    .associations
                    .retain(|one| known.contains(&one.source) && known.contains(&one.target));
            }
        }
        _ => {
            let what = "the sandbox does not know this query";
            return Err(refused(ErrorCode::UnknownStoredQuery, what));
        }
    }
    Ok(found)
}

/// What can be found.
struct Registry<'a> {
    held: &'a RegistryContent,
    readings: Readings,
    /// The number of the newest version under each logicalID.
    newest: HashMap<&'a str, u32>,
}

impl<'a> Registry<'a> {
    fn of(held: &'a RegistryContent, readings: Readings) -> Self {
        let mut newest = HashMap::new();
        for entry in &held.documents {
            if let Some(logical_id) = &entry.logical_id {
                let last = newest.entry(logical_id.as_str()).or_insert(0);
                *last = number(entry).max(*last);
            }
        }
        Self {
            held,
            readings,
            newest,
        }
    }

    /// Whether it is the newest version of its metadata.
    fn is_newest(&self, entry: &DocumentEntry) -> bool {
        let newest = entry.logical_id.as_deref();
        let newest = newest.and_then(|id| self.newest.get(id));
        newest.is_none_or(|newest| *newest == number(entry))
    }

    /// Documents that are not deleted; of those of which the newest version is deleted no version is seen.
    fn visible(&self) -> impl Iterator<Item = &'a DocumentEntry> {
        let deleted = Some(AvailabilityStatus::Deleted);
        let gone: HashSet<&str> = self
            .held
            .documents
            .iter()
            .filter(|one| one.status == deleted)
            .map(|one| one.unique_id.as_str())
            .collect();
        let all = self.held.documents.iter();
        all.filter(move |one| !gone.contains(one.unique_id.as_str()))
    }

    fn documents(
        &self,
        patients: &[Cx],
        filter: &DocumentFilter,
        references: &[Vec<Cx>],
    ) -> Vec<DocumentEntry> {
        let versions = filter.metadata_level.is_some_and(|level| level > 1);
        self.visible()
            .filter(|entry| versions || self.is_newest(entry))
            .filter(|entry| is_patient(patients, entry.patient_id.as_ref()))
            .filter(|entry| self.readings.document(entry, filter))
            .filter(|entry| refers(references, entry))
            .cloned()
            .collect()
    }

    fn documents_by(&self, keys: &EntryKeys) -> Vec<DocumentEntry> {
        let ids = ids_of(keys);
        let is = |entry: &DocumentEntry| match keys {
            EntryKeys::EntryUuids(_) => ids.contains(&entry.entry_id),
            EntryKeys::UniqueIds(_) => ids.contains(&entry.unique_id) && self.is_newest(entry),
            EntryKeys::LogicalIds(_) => {
                let own = entry.logical_id.as_ref();
                own.is_some_and(|own| ids.contains(own))
            }
            _ => false,
        };
        self.visible().filter(|entry| is(entry)).cloned().collect()
    }

    fn document_by(&self, key: &EntryKey) -> Option<&'a DocumentEntry> {
        let is = |entry: &DocumentEntry| match key {
            EntryKey::EntryUuid(id) => entry.entry_id == *id,
            EntryKey::UniqueId(id) => entry.unique_id == *id && self.is_newest(entry),
            _ => false,
        };
        self.visible().find(|entry| is(entry))
    }

    fn folders(&self, patients: &[Cx], filter: &FolderFilter) -> Vec<Folder> {
        let all = self.held.folders.iter();
        all.filter(|one| is_patient(patients, one.patient_id.as_ref()))
            .filter(|one| self.readings.folder(one, filter))
            .cloned()
            .collect()
    }

    fn folders_by(&self, keys: &EntryKeys) -> Vec<Folder> {
        let ids = ids_of(keys);
        let is = |one: &Folder| match keys {
            EntryKeys::EntryUuids(_) => ids.contains(&one.entry_id),
            EntryKeys::UniqueIds(_) => ids.contains(&one.unique_id),
            EntryKeys::LogicalIds(_) => {
                one.logical_id.as_ref().is_some_and(|own| ids.contains(own))
            }
            _ => false,
        };
        let all = self.held.folders.iter();
        all.filter(|one| is(one)).cloned().collect()
    }

    /// Associations that have one of these objects as an end.
    fn touching(&self, ids: &HashSet<&String>) -> Vec<Association> {
        let all = self.held.associations.iter();
        all.filter(|one| ids.contains(&one.source) || ids.contains(&one.target))
            .cloned()
            .collect()
    }

    fn members(&self, is: impl Fn(&Association) -> bool) -> Vec<Association> {
        let all = self.held.associations.iter();
        all.filter(|one| one.kind == AssociationKind::HasMember && is(one))
            .cloned()
            .collect()
    }

    /// The documents at the ends of associations.
    fn ends(&self, associations: &[Association], kinds: &[EntryKind]) -> Vec<DocumentEntry> {
        let ends = associations
            .iter()
            .flat_map(|one| [&one.source, &one.target]);
        let ends: HashSet<&String> = ends.collect();
        self.visible()
            .filter(|one| ends.contains(&one.entry_id))
            .filter(|one| is_kind(kinds, one.kind.as_ref()))
            .cloned()
            .collect()
    }

    /// What the sets or folders of these ids hold.
    fn contents(&self, ids: &HashSet<String>, asked: &GetContents, found: &mut RegistryContent) {
        let members = self.members(|one| ids.contains(&one.source));
        let documents = self.ends(&members, &asked.entry_kinds).into_iter();
        let documents = documents.filter(|entry| {
            let formats = &asked.format_codes;
            (formats.is_empty() || any(formats, entry.format_code.as_ref()))
                && all(&asked.confidentiality_codes, &entry.confidentiality_codes)
        });
        found.documents.extend(documents);
        let folders = self.held.folders.iter();
        let targets: HashSet<&String> = members.iter().map(|one| &one.target).collect();
        let folders = folders.filter(|one| targets.contains(&one.entry_id));
        found.folders.extend(folders.cloned());
        self.associations_within(found);
    }

    /// The associations of which both ends are found.
    fn associations_within(&self, found: &mut RegistryContent) {
        let mut known: HashSet<&String> = HashSet::new();
        known.extend(found.submission_sets.iter().map(|one| &one.entry_id));
        known.extend(found.documents.iter().map(|one| &one.entry_id));
        known.extend(found.folders.iter().map(|one| &one.entry_id));
        let all = self.held.associations.iter();
        let within = all.filter(|one| known.contains(&one.source) && known.contains(&one.target));
        found.associations = within.cloned().collect();
    }
}

fn ids_of(keys: &EntryKeys) -> HashSet<&String> {
    match keys {
        EntryKeys::EntryUuids(ids) | EntryKeys::UniqueIds(ids) | EntryKeys::LogicalIds(ids) => {
            ids.iter().collect()
        }
        _ => HashSet::new(),
    }
}
