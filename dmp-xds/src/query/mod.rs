//! ITI-18 (TD3.1 of the DMP): stored queries, typed; the request that carries them, written and read.
//!
//! Reading serves whoever answers queries, a test server for one: [`QueryError`] tells the error code to answer with.
//!
//! Source: IHE ITI TF-2, 3.18; parameters after oehf/ipf (`QueryParameter`, `AdhocQueryRequestValidator`).

mod error;
mod filter;
mod id;
mod matches;
mod parameter;
mod request;
mod stored;
mod stored_read;
mod stored_write;

pub use error::QueryError;
pub use filter::{DocumentExclusion, DocumentFilter, FolderFilter, Period};
pub use id::QueryId;
pub use request::{AdhocQueryRequest, ReturnType};
pub use stored::{
    EntryKey, EntryKeys, FindDocuments, FindDocumentsByReferenceId, FindDocumentsExclude,
    FindFolders, FindSubmissionSets, GetAll, GetContents, GetRelatedDocuments, StoredQuery,
};
