//! What the pages list, a screen at a time.

use rusqlite::{Connection, OptionalExtension as _, params};
use segur_dmp_xds::metadata::{Cx, DocumentEntry};

use super::StoreError;
use super::candidates::object;
use super::rows::{DOCUMENT, SET};

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::sandbox::dmp) struct Totals {
    pub(in crate::sandbox::dmp) patients: u64,
    pub(in crate::sandbox::dmp) documents: u64,
    pub(in crate::sandbox::dmp) sets: u64,
    pub(in crate::sandbox::dmp) associations: u64,
}

/// A patient that something was submitted for. `row` names it in addresses: an identifier has no place there.
pub(in crate::sandbox::dmp) struct PatientLine {
    pub(in crate::sandbox::dmp) row: i64,
    pub(in crate::sandbox::dmp) identifier: String,
    pub(in crate::sandbox::dmp) authority: String,
    pub(in crate::sandbox::dmp) documents: u64,
}

pub(in crate::sandbox::dmp) fn totals(connection: &Connection) -> Result<Totals, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM patient),
                      (SELECT count(DISTINCT logical_id) FROM object WHERE kind = ?1),
                      (SELECT count(*) FROM object WHERE kind = ?2),
                      (SELECT count(*) FROM association)";
    let mut select = connection.prepare_cached(sql)?;
    Ok(select.query_row(params![DOCUMENT, SET], |row| {
        Ok(Totals {
            patients: row.get(0)?,
            documents: row.get(1)?,
            sets: row.get(2)?,
            associations: row.get(3)?,
        })
    })?)
}

/// Patients, the one of the latest submission first.
pub(in crate::sandbox::dmp) fn patients(
    connection: &Connection,
    skip: u64,
    most: u64,
) -> Result<Vec<PatientLine>, StoreError> {
    let sql = "SELECT patient.id, identifier, authority, count(DISTINCT object.logical_id)
               FROM patient LEFT JOIN object ON object.patient = patient.id AND object.kind = ?1
               GROUP BY patient.id ORDER BY max(object.id) DESC LIMIT ?3 OFFSET ?2";
    let mut select = connection.prepare_cached(sql)?;
    let lines = select.query_map(params![DOCUMENT, skip, most], |row| {
        Ok(PatientLine {
            row: row.get(0)?,
            identifier: row.get(1)?,
            authority: row.get(2)?,
            documents: row.get(3)?,
        })
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// A patient by its row.
pub(in crate::sandbox::dmp) fn patient(
    connection: &Connection,
    row: i64,
) -> Result<Option<Cx>, StoreError> {
    let sql = "SELECT identifier, authority FROM patient WHERE id = ?1";
    let mut select = connection.prepare_cached(sql)?;
    let found = select.query_row([row], |row| {
        let (id, authority): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(Cx::read(&format!("{id}^^^&{authority}&ISO")))
    });
    Ok(found.optional()?)
}

/// Entries of a patient, every version of them, the latest first.
pub(in crate::sandbox::dmp) fn entries(
    connection: &Connection,
    patient: i64,
    skip: u64,
    most: u64,
) -> Result<Vec<DocumentEntry>, StoreError> {
    let sql = "SELECT id, status, metadata FROM object WHERE patient = ?1 AND kind = ?2
               ORDER BY id DESC LIMIT ?4 OFFSET ?3";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![patient, DOCUMENT, skip, most])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.extend(object(row)?.documents);
    }
    Ok(all)
}
