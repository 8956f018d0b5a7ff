//! What a request may be about: found by the indices, judged elsewhere.
//!
//! An object never comes alone: with a version of metadata come the others of the same logicalID, so that whoever judges sees which one is
//! the newest and whether the document is deleted.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params};
use segur_dmp_xds::RegistryContent;
use segur_dmp_xds::metadata::{
    Association, AvailabilityStatus, Cx, DocumentEntry, Folder, SubmissionSet,
};
use segur_dmp_xds::query::{EntryKey, EntryKeys, StoredQuery};

use super::StoreError;
use super::rows::{self, DOCUMENT, FOLDER, SET};
use crate::sandbox::dmp::accept::depends;

/// Objects and associations brought so far, in the order of their submission.
pub(in crate::sandbox::dmp) struct Gathered<'c> {
    connection: &'c Connection,
    sets: BTreeMap<i64, SubmissionSet>,
    folders: BTreeMap<i64, Folder>,
    documents: BTreeMap<i64, DocumentEntry>,
    associations: BTreeMap<i64, Association>,
}

impl<'c> Gathered<'c> {
    pub(super) fn of(connection: &'c Connection) -> Self {
        Self {
            connection,
            sets: BTreeMap::new(),
            folders: BTreeMap::new(),
            documents: BTreeMap::new(),
            associations: BTreeMap::new(),
        }
    }

    /// Everything that a query may find.
    pub(in crate::sandbox::dmp) fn for_query(
        connection: &'c Connection,
        query: &StoredQuery,
    ) -> Result<RegistryContent, StoreError> {
        let mut all = Self::of(connection);
        let one = std::slice::from_ref;
        match query {
            StoredQuery::FindDocuments(q) => all.of_patients(DOCUMENT, one(&q.patient_id))?,
            StoredQuery::FindDocumentsByReferenceId(q) => {
                all.of_patients(DOCUMENT, one(&q.patient_id))?;
            }
            StoredQuery::FindDocumentsExclude(q) => {
                all.of_patients(DOCUMENT, one(&q.patient_id))?;
            }
            StoredQuery::FindDocumentsForMultiplePatients { patient_ids, .. }
            | StoredQuery::FindDocumentsByReferenceIdForMultiplePatients { patient_ids, .. } => {
                all.of_patients(DOCUMENT, patient_ids)?;
            }
            StoredQuery::FindSubmissionSets(q) => all.of_patients(SET, one(&q.patient_id))?,
            StoredQuery::FindFolders(q) => all.of_patients(FOLDER, one(&q.patient_id))?,
            StoredQuery::FindFoldersForMultiplePatients { patient_ids, .. } => {
                all.of_patients(FOLDER, patient_ids)?;
            }
            StoredQuery::GetAll(q) => {
                for kind in [SET, FOLDER, DOCUMENT] {
                    all.of_patients(kind, one(&q.patient_id))?;
                }
                all.leaving(&all.entry_uuids())?;
            }
            StoredQuery::GetDocuments(keys) | StoredQuery::GetFolders(keys) => all.keys(keys)?,
            StoredQuery::GetAssociations(uuids) => all.touching(uuids)?,
            StoredQuery::GetDocumentsAndAssociations(keys) => {
                all.keys(keys)?;
                all.touching(&all.entry_uuids())?;
            }
            StoredQuery::GetSubmissionSets(uuids) => {
                all.reaching(uuids)?;
                all.entries(&all.sources())?;
            }
            StoredQuery::GetSubmissionSetAndContents(q) | StoredQuery::GetFolderAndContents(q) => {
                all.key(&q.key)?;
                all.leaving(&all.entry_uuids())?;
                all.entries(&all.targets())?;
                all.versions()?;
                all.leaving(&all.entry_uuids())?;
            }
            StoredQuery::GetFoldersForDocument(key) => {
                all.key(key)?;
                all.reaching(&all.entry_uuids())?;
                all.entries(&all.sources())?;
            }
            StoredQuery::GetRelatedDocuments(q) => {
                all.key(&q.key)?;
                all.touching(&all.entry_uuids())?;
                all.entries(&all.sources())?;
                all.entries(&all.targets())?;
                all.versions()?;
            }
            _ => {}
        }
        Ok(all.into_content())
    }

    /// Every version of what bears a uniqueId.
    pub(in crate::sandbox::dmp) fn by_unique_id(
        connection: &'c Connection,
        unique_id: &str,
    ) -> Result<RegistryContent, StoreError> {
        let mut all = Self::of(connection);
        all.unique_ids(&[unique_id.to_owned()])?;
        Ok(all.into_content())
    }

    /// An entry with its versions, and everything that they are related to.
    pub(in crate::sandbox::dmp) fn around(
        connection: &'c Connection,
        entry_uuid: &str,
    ) -> Result<RegistryContent, StoreError> {
        let mut all = Self::of(connection);
        all.keys(&EntryKeys::EntryUuids(vec![entry_uuid.to_owned()]))?;
        all.touching(&all.entry_uuids())?;
        all.entries(&all.sources())?;
        all.entries(&all.targets())?;
        Ok(all.into_content())
    }

    /// Objects of one kind of some patients, or of all patients when none is named.
    fn of_patients(&mut self, kind: i64, patients: &[Cx]) -> Result<(), StoreError> {
        if patients.is_empty() {
            return self.objects("kind = ?1", params![kind]);
        }
        let mut rows = Vec::new();
        for patient in patients {
            rows.extend(rows::patient_row(self.connection, patient)?);
        }
        let rows = serde_json::to_string(&rows)?;
        let condition = "kind = ?1 AND patient IN (SELECT value FROM json_each(?2))";
        self.objects(condition, params![kind, rows])
    }

    fn key(&mut self, key: &EntryKey) -> Result<(), StoreError> {
        match key {
            EntryKey::EntryUuid(id) => self.keys(&EntryKeys::EntryUuids(vec![id.clone()])),
            EntryKey::UniqueId(id) => self.keys(&EntryKeys::UniqueIds(vec![id.clone()])),
            _ => Ok(()),
        }
    }

    fn keys(&mut self, keys: &EntryKeys) -> Result<(), StoreError> {
        match keys {
            EntryKeys::EntryUuids(ids) => self.entries(ids)?,
            EntryKeys::UniqueIds(ids) => self.unique_ids(ids)?,
            EntryKeys::LogicalIds(ids) => self.logical_ids(ids)?,
            _ => {}
        }
        self.versions()
    }

    /// Objects by entryUUID.
    pub(in crate::sandbox::dmp) fn entries(&mut self, ids: &[String]) -> Result<(), StoreError> {
        let list = serde_json::to_string(ids)?;
        let condition = "entry_uuid IN (SELECT value FROM json_each(?1))";
        self.objects(condition, [list])
    }

    /// Associations by entryUUID.
    pub(in crate::sandbox::dmp) fn associations(
        &mut self,
        ids: &[String],
    ) -> Result<(), StoreError> {
        self.links("entry_uuid IN (SELECT value FROM json_each(?1))", ids)
    }

    /// Objects by uniqueId.
    pub(in crate::sandbox::dmp) fn unique_ids(&mut self, ids: &[String]) -> Result<(), StoreError> {
        let list = serde_json::to_string(ids)?;
        let condition = "unique_id IN (SELECT value FROM json_each(?1))";
        self.objects(condition, [list])
    }

    /// Objects by logicalID.
    pub(in crate::sandbox::dmp) fn logical_ids(
        &mut self,
        ids: &[String],
    ) -> Result<(), StoreError> {
        let list = serde_json::to_string(ids)?;
        let condition = "logical_id IN (SELECT value FROM json_each(?1))";
        self.objects(condition, [list])
    }

    /// The other versions of the documents that are there.
    pub(in crate::sandbox::dmp) fn versions(&mut self) -> Result<(), StoreError> {
        let all = self.documents.values();
        let ids: Vec<String> = all.filter_map(|one| one.logical_id.clone()).collect();
        self.logical_ids(&ids)
    }

    /// What points to these documents, and to what completes or transforms them: the folders that they are in, for one.
    pub(in crate::sandbox::dmp) fn depending_on(
        &mut self,
        mut documents: Vec<String>,
    ) -> Result<(), StoreError> {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        while !documents.is_empty() {
            self.reaching(&documents)?;
            seen.extend(documents.iter().cloned());
            self.entries(&self.sources())?;
            let associations = self.associations.values();
            let dependents = associations.filter(|one| depends(one) && seen.contains(&one.target));
            let dependents = dependents.map(|one| one.source.clone());
            documents = dependents.filter(|id| !seen.contains(id)).collect();
        }
        Ok(())
    }

    /// Associations with one of these as an end.
    pub(in crate::sandbox::dmp) fn touching(&mut self, ids: &[String]) -> Result<(), StoreError> {
        self.leaving(ids)?;
        self.reaching(ids)
    }

    /// Associations from one of these.
    fn leaving(&mut self, ids: &[String]) -> Result<(), StoreError> {
        self.links("source IN (SELECT value FROM json_each(?1))", ids)
    }

    /// Associations to one of these.
    fn reaching(&mut self, ids: &[String]) -> Result<(), StoreError> {
        self.links("target IN (SELECT value FROM json_each(?1))", ids)
    }

    pub(in crate::sandbox::dmp) fn entry_uuids(&self) -> Vec<String> {
        let sets = self.sets.values().map(|one| &one.entry_id);
        let folders = self.folders.values().map(|one| &one.entry_id);
        let documents = self.documents.values().map(|one| &one.entry_id);
        sets.chain(folders).chain(documents).cloned().collect()
    }

    pub(in crate::sandbox::dmp) fn sources(&self) -> Vec<String> {
        let all = self.associations.values();
        all.map(|one| one.source.clone()).collect()
    }

    fn targets(&self) -> Vec<String> {
        let all = self.associations.values();
        all.map(|one| one.target.clone()).collect()
    }

    fn objects(
        &mut self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<(), StoreError> {
        let sql = format!("SELECT id, status, metadata FROM object WHERE {condition}");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut found = select.query(values)?;
        while let Some(row) = found.next()? {
            let id = row.get(0)?;
            let here = self.sets.contains_key(&id) || self.folders.contains_key(&id);
            if here || self.documents.contains_key(&id) {
                continue;
            }
            let read = object(row)?;
            let sets = read.submission_sets.into_iter();
            self.sets.extend(sets.map(|one| (id, one)));
            let folders = read.folders.into_iter();
            self.folders.extend(folders.map(|one| (id, one)));
            let documents = read.documents.into_iter();
            self.documents.extend(documents.map(|one| (id, one)));
        }
        Ok(())
    }

    fn links(&mut self, condition: &str, ids: &[String]) -> Result<(), StoreError> {
        let list = serde_json::to_string(ids)?;
        let sql = format!("SELECT id, metadata FROM association WHERE {condition}");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut found = select.query([list])?;
        while let Some(row) = found.next()? {
            let id = row.get(0)?;
            if self.associations.contains_key(&id) {
                continue;
            }
            let read = rows::read(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
            let all = read.associations.into_iter();
            self.associations.extend(all.map(|one| (id, one)));
        }
        Ok(())
    }

    pub(in crate::sandbox::dmp) fn into_content(self) -> RegistryContent {
        RegistryContent {
            submission_sets: self.sets.into_values().collect(),
            folders: self.folders.into_values().collect(),
            documents: self.documents.into_values().collect(),
            associations: self.associations.into_values().collect(),
            ..RegistryContent::default()
        }
    }
}

/// The object of a row `id, status, metadata`: the status is that of the column.
pub(super) fn object(row: &Row<'_>) -> Result<RegistryContent, StoreError> {
    let status = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
    let status = (!status.is_empty()).then(|| AvailabilityStatus::read(status));
    let mut read = rows::read(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
    for one in &mut read.submission_sets {
        one.status.clone_from(&status);
    }
    for one in &mut read.folders {
        one.status.clone_from(&status);
    }
    for one in &mut read.documents {
        one.status.clone_from(&status);
    }
    Ok(read)
}
