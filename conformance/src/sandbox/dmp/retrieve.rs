//! ITI-43: documents and what is missing of them.

use segur_dmp_xds::RegistryContent;
use segur_dmp_xds::metadata::AvailabilityStatus;
use segur_dmp_xds::response::{ErrorCode, RegistryError};
use segur_dmp_xds::retrieve::RetrieveDocumentSetRequest;
use segur_dmp_xds::transaction::{RetrievedFile, RetrievedFiles};

use super::store::{Gathered, StoreError, content};
use super::{REPOSITORY, Store};

/// Most bytes of the documents of one answer, which is made in memory.
const MOST: usize = 192 << 20;

/// Whether an id stands where a uniqueId has to, and is none: the DMP answers with a fault.
pub(super) fn entry_uuid(request: &RetrieveDocumentSetRequest) -> Option<&str> {
    let mut all = request.documents.iter();
    let one = all.find(|one| one.document_unique_id.starts_with("urn:uuid:"))?;
    Some(&one.document_unique_id)
}

pub(super) fn files(store: &Store, request: &RetrieveDocumentSetRequest) -> RetrievedFiles {
    match store.read(|connection| collect(connection, request)) {
        Ok(files) => files,
        Err(error) => {
            let error = RegistryError::new(ErrorCode::RepositoryError, error.to_string());
            RetrievedFiles::of(Vec::new(), vec![error])
        }
    }
}

fn collect(
    connection: &rusqlite::Connection,
    request: &RetrieveDocumentSetRequest,
) -> Result<RetrievedFiles, StoreError> {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    let mut room = MOST;
    for asked in &request.documents {
        let id = asked.document_unique_id.as_str();
        let mut error = |code, what: &str| {
            errors.push(RegistryError::new(code, format!("{id}: {what}")));
        };
        if asked.repository_unique_id != REPOSITORY {
            let what = format!("the repository asked is not this one, which is {REPOSITORY}");
            error(ErrorCode::UnknownRepositoryId, &what);
            continue;
        }
        let mime_type = mime_type(&Gathered::by_unique_id(connection, id)?);
        let place = content::find(connection, id)?;
        let (Some(mime_type), Some((row, size))) = (mime_type, place) else {
            let what = "the repository has no document of this uniqueId";
            error(ErrorCode::DocumentUniqueIdError, what);
            continue;
        };
        if size > room {
            let what = format!("an answer holds {MOST} bytes of documents at most: ask for fewer");
            error(ErrorCode::RepositoryOutOfResources, &what);
            continue;
        }
        room -= size;
        let mut bytes = Vec::with_capacity(size);
        content::pieces(connection, row, |piece| {
            bytes.extend_from_slice(piece);
            true
        })?;
        files.push(RetrievedFile::new(REPOSITORY, id, Some(mime_type), bytes));
    }
    Ok(RetrievedFiles::of(files, errors))
}

/// Media type of the document of these versions of metadata; none when there are none or it is deleted.
pub(super) fn mime_type(versions: &RegistryContent) -> Option<String> {
    let deleted = Some(AvailabilityStatus::Deleted);
    if versions.documents.iter().any(|one| one.status == deleted) {
        return None;
    }
    versions.documents.last().map(|one| one.mime_type.clone())
}
