//! What the sandbox holds: one SQLite file in its folder, `dmp/dmp.sqlite`.
//!
//! | table | what |
//! |---|---|
//! | `patient` | identifier and authority of each patient that something was submitted for |
//! | `object` | submission sets, folders and documents: the ids and the status that queries use, and the metadata as ebRIM |
//! | `association` | associations, the same way |
//! | `content` | the bytes of the documents |
//!
//! A request that changes something is one transaction: metadata, associations and bytes are all there or none is, at whatever instant the
//! program ends. Readers see what was there when they began and do not wait for writers (write-ahead log, which needs a local disk).

mod candidates;
pub(super) mod content;
mod error;
pub(super) mod list;
mod rows;
mod schema;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use segur_dmp_xds::RegistryContent;

use super::error::Refused;
use crate::sandbox::SandboxError;
pub(super) use candidates::Gathered;
pub(super) use error::StoreError;

/// Connections for readers that are kept; more are opened when they are needed.
const KEPT: usize = 4;
const FILE: &str = "dmp.sqlite";

/// What the registry and the repository hold. Several requests at once are safe, and so are several programs on one machine.
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// The bytes of documents by their uniqueId.
pub(super) type Files = Vec<(String, Vec<u8>)>;

impl Store {
    /// What lies in the folder, or nothing yet.
    ///
    /// # Errors
    /// When the folder cannot be read or made, or what lies there is no registry of ours, of a form that is no longer read, or written by a
    /// newer version of this program.
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        let folder = folder.join("dmp");
        fs::create_dir_all(&folder).map_err(|source| SandboxError::File {
            path: folder.clone(),
            source,
        })?;
        let former = folder.join("registry.xml");
        if former.exists() {
            return Err(SandboxError::FormerForm { path: former });
        }
        let path = folder.join(FILE);
        let writer = schema::open(&path)?;
        Ok(Self {
            path,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
        })
    }

    /// Reads, all of it from one state.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let kept = lock(&self.readers).pop();
        let mut connection = match kept {
            Some(connection) => connection,
            None => schema::connect(&self.path)?,
        };
        let state = connection.transaction()?;
        let result = read(&state);
        drop(state);
        let mut kept = lock(&self.readers);
        if kept.len() < KEPT {
            kept.push(connection);
        }
        result
    }

    /// Carries a request out, wholly or not at all; it is in the file when this returns. `wanted` brings what the request is about, `change`
    /// adds to it, changes statuses of documents and the times of folders, which is all that is kept.
    pub(super) fn change<T>(
        &self,
        wanted: impl FnOnce(&mut Gathered<'_>) -> Result<(), StoreError>,
        change: impl FnOnce(&mut RegistryContent) -> Result<(T, Files), Refused>,
    ) -> Result<T, Refused> {
        let mut writer = lock(&self.writer);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let mut gathered = Gathered::of(&transaction);
        wanted(&mut gathered)?;
        let before = gathered.into_content();
        let mut after = before.clone();
        let (result, files) = change(&mut after)?;
        rows::keep(&transaction, &before, &after)?;
        content::keep(&transaction, &files)?;
        transaction.commit().map_err(StoreError::from)?;
        Ok(result)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
