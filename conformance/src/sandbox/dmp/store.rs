//! What the sandbox holds, in memory and in its folder.
//!
//! | file | what |
//! |---|---|
//! | `dmp/registry.xml` | all metadata, as the answer to a query for everything |
//! | `dmp/documents/…` | the bytes of each document, named by the SHA-256 of its uniqueId |
//!
//! A submission writes its documents first, then the registry under another name that is put in its place: after a crash the folder holds
//! the state before or the state after, and at worst documents that no metadata tell of.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use segur_dmp_xds::response::{AdhocQueryResponse, ErrorCode};
use segur_dmp_xds::{Profile, RegistryContent};
use sha2::{Digest as _, Sha256};

use super::error::{Refused, refused};
use crate::sandbox::SandboxError;

/// What the registry and the repository hold.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    held: Mutex<Arc<RegistryContent>>,
    /// Held while a request changes something: changes come one after the other, readers do not wait.
    changing: Mutex<()>,
}

/// The bytes of documents by their uniqueId.
pub(super) type Files = Vec<(String, Vec<u8>)>;

impl Store {
    /// What lies in the folder, or nothing yet.
    ///
    /// # Errors
    /// When the folder cannot be read or made, or what lies there is no registry of ours.
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        let folder = folder.join("dmp");
        let documents = folder.join("documents");
        fs::create_dir_all(&documents).map_err(|source| SandboxError::File {
            path: documents,
            source,
        })?;
        let path = folder.join("registry.xml");
        let held = match fs::read(&path) {
            Ok(bytes) => match AdhocQueryResponse::parse(&bytes) {
                Ok(read) => read.value.content().value,
                Err(error) => {
                    let source = Box::new(error);
                    return Err(SandboxError::Holdings { path, source });
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => RegistryContent::default(),
            Err(source) => return Err(SandboxError::File { path, source }),
        };
        Ok(Self {
            folder,
            held: Mutex::new(Arc::new(held)),
            changing: Mutex::new(()),
        })
    }

    /// What is held now.
    #[must_use]
    pub fn held(&self) -> Arc<RegistryContent> {
        Arc::clone(&lock(&self.held))
    }

    /// The bytes of a document.
    pub(super) fn file(&self, unique_id: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path_of(unique_id))
    }

    /// Changes what is held, wholly or not at all; it is in the folder when this returns.
    pub(super) fn change<T>(
        &self,
        change: impl FnOnce(&mut RegistryContent) -> Result<(T, Files), Refused>,
    ) -> Result<T, Refused> {
        let _alone = lock(&self.changing);
        let mut next = (*self.held()).clone();
        let (result, files) = change(&mut next)?;
        self.keep(&next, &files)
            .map_err(|error| refused(ErrorCode::RepositoryError, error.to_string()))?;
        *lock(&self.held) = Arc::new(next);
        Ok(result)
    }

    fn keep(&self, next: &RegistryContent, files: &Files) -> io::Result<()> {
        let all = AdhocQueryResponse::found(next.to_objects(Profile::Dmp));
        let xml = all.to_xml().map_err(io::Error::other)?;
        for (unique_id, bytes) in files {
            put(&self.path_of(unique_id), bytes)?;
        }
        put(&self.folder.join("registry.xml"), xml.as_bytes())
    }

    /// A uniqueId comes from outside: never a path of its own.
    fn path_of(&self, unique_id: &str) -> PathBuf {
        let mut name = String::with_capacity(64);
        for byte in Sha256::digest(unique_id.as_bytes()) {
            name.push_str(&format!("{byte:02x}"));
        }
        self.folder.join("documents").join(name)
    }
}

/// Writes a file wholly or not at all.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
