//! Why the store could not do what it was asked.

use rusqlite::ErrorCode as Sqlite;
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::{ReadError, WriteError};

use crate::sandbox::dmp::error::{Refused, refused};

/// Why the store could not do what it was asked. Texts hold nothing of what is stored.
#[derive(Debug, thiserror::Error)]
pub(in crate::sandbox::dmp) enum StoreError {
    #[error("the database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the database holds metadata that cannot be read: {0}")]
    Read(#[from] ReadError),
    #[error("metadata cannot be kept: {0}")]
    Write(#[from] WriteError),
    #[error("a document in pieces: {0}")]
    Piece(#[from] std::io::Error),
    #[error("the list of a query: {0}")]
    List(#[from] serde_json::Error),
}

impl StoreError {
    /// The code that the registry answers with.
    fn code(&self) -> ErrorCode {
        let Self::Sqlite(error) = self else {
            return ErrorCode::RegistryError;
        };
        match error.sqlite_error_code() {
            Some(Sqlite::DatabaseBusy | Sqlite::DatabaseLocked) => ErrorCode::RegistryBusy,
            Some(Sqlite::DiskFull | Sqlite::OutOfMemory | Sqlite::TooBig) => {
                ErrorCode::RegistryOutOfResources
            }
            _ => ErrorCode::RegistryError,
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        refused(error.code(), error.to_string())
    }
}
