//! ITI-18: one query and its answer.

use segur_dmp_xds::ebrim::{ObjectRef, RegistryObject};
use segur_dmp_xds::query::{AdhocQueryRequest, ReturnType, StoredQuery};
use segur_dmp_xds::response::{AdhocQueryResponse, ErrorCode};
use segur_dmp_xds::{Profile, RegistryContent};

use super::error::{Refused, refused};
use super::find::find;
use super::select::Readings;
use super::store::Gathered;
use super::{Settings, Store};

pub(super) fn answer(
    store: &Store,
    settings: &Settings,
    readings: Readings,
    profile: Profile,
    request: &AdhocQueryRequest,
) -> Result<AdhocQueryResponse, Refused> {
    let query = request
        .query()
        .map_err(|error| refused(error.error_code(), error.to_string()))?
        .value;
    let whole = match &request.return_type {
        ReturnType::ObjectRef => false,
        ReturnType::LeafClass => true,
        _ => {
            let what = "ResponseOption: returnType is LeafClass or ObjectRef";
            return Err(refused(ErrorCode::RegistryError, what));
        }
    };
    let candidates = store.read(|connection| Gathered::for_query(connection, &query))?;
    let found = find(&candidates, &query, readings)?;
    drop(candidates);
    if whole {
        few(&found, settings.max_results)?;
        one_patient(&query, &found)?;
        return Ok(AdhocQueryResponse::found(found.to_objects(profile)));
    }
    Ok(AdhocQueryResponse::found(references(&found)))
}

fn few(found: &RegistryContent, most: usize) -> Result<(), Refused> {
    let number = found.documents.len()
        + found.submission_sets.len()
        + found.folders.len()
        + found.associations.len();
    if number <= most {
        return Ok(());
    }
    let what = format!(
        "the query finds {number} objects, {most} are given at most: narrow it, or ask for ObjectRef"
    );
    Err(refused(ErrorCode::TooManyResults, what))
}

/// Metadata are told of one patient at a time, but for the queries that ask for several.
fn one_patient(query: &StoredQuery, found: &RegistryContent) -> Result<(), Refused> {
    let several = matches!(
        query,
        StoredQuery::FindDocumentsForMultiplePatients { .. }
            | StoredQuery::FindDocumentsByReferenceIdForMultiplePatients { .. }
            | StoredQuery::FindFoldersForMultiplePatients { .. }
    );
    if several {
        return Ok(());
    }
    let documents = found.documents.iter().map(|one| one.patient_id.as_ref());
    let sets = found.submission_sets.iter();
    let sets = sets.map(|one| one.patient_id.as_ref());
    let folders = found.folders.iter().map(|one| one.patient_id.as_ref());
    let mut all = documents.chain(sets).chain(folders).flatten();
    let Some(first) = all.next() else {
        return Ok(());
    };
    if all.all(|one| one.same_id(first)) {
        return Ok(());
    }
    let what = "the ids are of several patients: ask for ObjectRef, or for one patient";
    Err(refused(ErrorCode::ResultNotSinglePatient, what))
}

fn references(found: &RegistryContent) -> Vec<RegistryObject> {
    let sets = found.submission_sets.iter().map(|one| &one.entry_id);
    let folders = found.folders.iter().map(|one| &one.entry_id);
    let documents = found.documents.iter().map(|one| &one.entry_id);
    let associations = found.associations.iter().map(|one| &one.id);
    let all = sets.chain(folders).chain(documents).chain(associations);
    all.map(|id| {
        RegistryObject::ObjectRef(ObjectRef {
            id: id.clone(),
            home: None,
        })
    })
    .collect()
}
