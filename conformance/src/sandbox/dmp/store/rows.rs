//! Metadata as rows: what queries need stands in columns, the whole as the ebRIM of an answer with this one object.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};
use segur_dmp_xds::ebrim::RegistryObject;
use segur_dmp_xds::metadata::{
    Association, AvailabilityStatus, Cx, DocumentEntry, Folder, SubmissionSet,
};
use segur_dmp_xds::response::AdhocQueryResponse;
use segur_dmp_xds::{Profile, RegistryContent};

use super::StoreError;

/// Kinds of objects, as in the column `kind`.
pub(super) const SET: i64 = 1;
pub(super) const FOLDER: i64 = 2;
pub(super) const DOCUMENT: i64 = 3;

/// Keeps what `after` has more than `before`, statuses of documents that are others, and when folders changed. Lists grow at their end.
pub(super) fn keep(
    connection: &Connection,
    before: &RegistryContent,
    after: &RegistryContent,
) -> Result<(), StoreError> {
    let mut rows = Rows {
        connection,
        patients: HashMap::new(),
    };
    for (old, new) in before.documents.iter().zip(&after.documents) {
        if old.status != new.status {
            rows.status(&new.entry_id, new.status.as_ref())?;
        }
    }
    for (old, new) in before.folders.iter().zip(&after.folders) {
        if old.last_update_time != new.last_update_time {
            rows.update_folder(new)?;
        }
    }
    let sets = after.submission_sets.iter();
    for one in sets.skip(before.submission_sets.len()) {
        rows.set(one)?;
    }
    for one in after.folders.iter().skip(before.folders.len()) {
        rows.folder(one)?;
    }
    for one in after.documents.iter().skip(before.documents.len()) {
        rows.document(one)?;
    }
    for one in after.associations.iter().skip(before.associations.len()) {
        rows.association(one)?;
    }
    Ok(())
}

/// The object of a row, with the status that it has now.
pub(super) fn read(metadata: &str) -> Result<RegistryContent, StoreError> {
    let read = AdhocQueryResponse::parse(metadata.as_bytes())?.value;
    Ok(read.content().value)
}

/// Columns of an object.
struct Object<'a> {
    kind: i64,
    entry_uuid: &'a str,
    logical_id: Option<&'a str>,
    unique_id: &'a str,
    patient: Option<&'a Cx>,
    status: Option<&'a AvailabilityStatus>,
    ebrim: RegistryObject,
}

struct Rows<'c> {
    connection: &'c Connection,
    patients: HashMap<(String, String), i64>,
}

impl Rows<'_> {
    fn set(&mut self, one: &SubmissionSet) -> Result<(), StoreError> {
        self.object(Object {
            kind: SET,
            entry_uuid: &one.entry_id,
            logical_id: None,
            unique_id: &one.unique_id,
            patient: one.patient_id.as_ref(),
            status: one.status.as_ref(),
            ebrim: RegistryObject::RegistryPackage(one.to_ebrim(Profile::Dmp)),
        })
    }

    fn folder(&mut self, one: &Folder) -> Result<(), StoreError> {
        self.object(Object {
            kind: FOLDER,
            entry_uuid: &one.entry_id,
            logical_id: one.logical_id.as_deref(),
            unique_id: &one.unique_id,
            patient: one.patient_id.as_ref(),
            status: one.status.as_ref(),
            ebrim: RegistryObject::RegistryPackage(one.to_ebrim(Profile::Dmp)),
        })
    }

    fn update_folder(&mut self, one: &Folder) -> Result<(), StoreError> {
        let sql = "UPDATE object SET metadata = ?2 WHERE entry_uuid = ?1";
        let mut update = self.connection.prepare_cached(sql)?;
        let metadata = text(RegistryObject::RegistryPackage(one.to_ebrim(Profile::Dmp)))?;
        update.execute(params![one.entry_id, metadata])?;
        Ok(())
    }

    fn document(&mut self, one: &DocumentEntry) -> Result<(), StoreError> {
        self.object(Object {
            kind: DOCUMENT,
            entry_uuid: &one.entry_id,
            logical_id: one.logical_id.as_deref(),
            unique_id: &one.unique_id,
            patient: one.patient_id.as_ref(),
            status: one.status.as_ref(),
            ebrim: RegistryObject::ExtrinsicObject(one.to_ebrim(Profile::Dmp)),
        })
    }

    fn object(&mut self, one: Object<'_>) -> Result<(), StoreError> {
        let patient = one.patient.map(|patient| self.patient(patient));
        let patient = patient.transpose()?;
        let status = one.status.map_or("", AvailabilityStatus::as_str);
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO object (kind, entry_uuid, logical_id, unique_id, patient, status, metadata)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        insert.execute(params![
            one.kind,
            one.entry_uuid,
            one.logical_id,
            one.unique_id,
            patient,
            status,
            text(one.ebrim)?
        ])?;
        Ok(())
    }

    fn association(&mut self, one: &Association) -> Result<(), StoreError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO association (entry_uuid, source, target, metadata) VALUES (?1, ?2, ?3, ?4)",
        )?;
        let metadata = text(RegistryObject::Association(one.to_ebrim()))?;
        insert.execute(params![one.id, one.source, one.target, metadata])?;
        Ok(())
    }

    fn status(
        &mut self,
        entry_uuid: &str,
        status: Option<&AvailabilityStatus>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE object SET status = ?2 WHERE entry_uuid = ?1";
        let mut update = self.connection.prepare_cached(sql)?;
        let status = status.map_or("", AvailabilityStatus::as_str);
        update.execute(params![entry_uuid, status])?;
        Ok(())
    }

    /// The row of a patient, made when there is none.
    fn patient(&mut self, patient: &Cx) -> Result<i64, StoreError> {
        let key = (patient.id.clone(), patient.oid().to_owned());
        if let Some(id) = self.patients.get(&key) {
            return Ok(*id);
        }
        let id = match patient_row(self.connection, patient)? {
            Some(id) => id,
            None => {
                let sql = "INSERT INTO patient (identifier, authority) VALUES (?1, ?2)";
                let mut insert = self.connection.prepare_cached(sql)?;
                insert.insert(params![key.0, key.1])?
            }
        };
        self.patients.insert(key, id);
        Ok(id)
    }
}

pub(super) fn patient_row(
    connection: &Connection,
    patient: &Cx,
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT id FROM patient WHERE identifier = ?1 AND authority = ?2";
    let mut select = connection.prepare_cached(sql)?;
    let found = select.query_row(params![patient.id, patient.oid()], |row| row.get(0));
    Ok(found.optional()?)
}

fn text(object: RegistryObject) -> Result<String, StoreError> {
    Ok(AdhocQueryResponse::found(vec![object]).to_xml()?)
}
