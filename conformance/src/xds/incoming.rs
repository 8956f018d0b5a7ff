//! Documents of ITI-43 on their way into a folder: under names of their own until all of the answer has come.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use segur_core::uuid_v4;
use segur_dmp_xds::client::{BlockingRetrieval, ClientError};
use segur_dmp_xds::metadata::DocumentEntry;
use segur_dmp_xds::retrieve::DocumentRequest;
use segur_dmp_xds::signed::{DigestedAs, DocumentDigest, DocumentDigester};
use segur_soap::c14n::DigestAlgorithm;
use segur_soap::http::HttpClient;

use super::raw::{self, Kept};
use super::settings::Client;
use crate::durable;
use crate::output::Failure;

/// What came.
pub(super) struct Incoming<'a> {
    pub(super) retrieval: BlockingRetrieval<'a, Kept<HttpClient>>,
    documents: Vec<Arrived>,
    /// How many documents came that nobody asked for; they are not written.
    pub(super) strangers: usize,
}

/// A document that came whole.
pub(super) struct Arrived {
    id: String,
    pub(super) mime_type: Option<String>,
    content: DocumentDigest,
    part: Part,
}

/// A file that goes when it is not put in its place.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Why not all came.
pub(super) enum Broken {
    Call(ClientError),
    Disk(Failure),
}

impl From<ClientError> for Broken {
    fn from(error: ClientError) -> Self {
        Self::Call(error)
    }
}

/// Fetches documents into a folder.
pub(super) fn fetch<'a>(
    client: &'a Client,
    asked: Vec<DocumentRequest>,
    folder: &Path,
) -> Result<Incoming<'a>, Broken> {
    let ids = asked.iter().map(|one| one.document_unique_id.clone());
    let ids: HashSet<String> = ids.collect();
    let asked = asked.into_iter().map(Into::into).collect();
    let mut incoming = Incoming {
        retrieval: client.retrieve_streaming(asked, None)?,
        documents: Vec::new(),
        strangers: 0,
    };
    while let Some(document) = incoming.retrieval.next_document()? {
        let id = document.document_unique_id;
        if !ids.contains(&id) {
            incoming.strangers += 1;
        } else if incoming.documents.iter().all(|one| one.id != id) {
            let random = super::random().map_err(Broken::Disk)?;
            let name = format!(".segur-{}.part", uuid_v4(random));
            let (part, content) = incoming.write(&folder.join(name))?;
            incoming.documents.push(Arrived {
                id,
                mime_type: document.mime_type,
                content,
                part,
            });
        }
    }
    Ok(incoming)
}

impl Incoming<'_> {
    /// The document of this uniqueId, when it was given.
    pub(super) fn take(&mut self, id: &str) -> Option<Arrived> {
        let at = self.documents.iter().position(|one| one.id == id)?;
        Some(self.documents.swap_remove(at))
    }

    /// Writes the document that comes.
    fn write(&mut self, path: &Path) -> Result<(Part, DocumentDigest), Broken> {
        let disk = |source| {
            let path = Some(path.to_owned());
            Broken::Disk(Failure::Output { path, source })
        };
        let mut file = raw::create_new(path).map_err(disk)?;
        let part = Part(path.to_owned());
        let mut digester = DocumentDigester::new(DigestedAs::Bytes, DigestAlgorithm::Sha256);
        let mut piece = vec![0; 64 << 10];
        loop {
            let length = self.retrieval.read(&mut piece).map_err(of_call)?;
            let bytes = piece.get(..length).unwrap_or_default();
            if bytes.is_empty() {
                break;
            }
            file.write_all(bytes).map_err(disk)?;
            digester.write_all(bytes).map_err(disk)?;
        }
        file.sync_all().map_err(disk)?;
        let digest = digester.finish();
        let digest = digest.map_err(|error| disk(io::Error::other(error)))?;
        Ok((part, digest))
    }
}

fn of_call(error: io::Error) -> Broken {
    match error.downcast::<ClientError>() {
        Ok(error) => Broken::Call(error),
        Err(source) => Broken::Disk(Failure::Output { path: None, source }),
    }
}

impl Arrived {
    pub(super) fn size(&self) -> u64 {
        self.content.size()
    }

    pub(super) fn hash(&self) -> &str {
        self.content.hash()
    }

    /// Whether hash and size, as far as they are known, are those of the entry.
    pub(super) fn is_of(&self, entry: &DocumentEntry) -> bool {
        entry.matches(self.hash(), self.size())
    }

    /// Puts the file in its place. What is there already stays.
    pub(super) fn place(self, path: &Path) -> io::Result<()> {
        // The name is ours from here on: renaming alone would take the place of another file.
        drop(raw::create_new(path)?);
        let placed = durable::rename(&self.part.0, path);
        if placed.is_err() {
            let _ = fs::remove_file(path);
        }
        placed
    }
}
