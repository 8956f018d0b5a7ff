//! The compiled set in one file: read in milliseconds, checked piece by piece.
//!
//! Layout: the mark, the format version (u32), the length of the header (u64), its SHA-256, the
//! header, then the pieces one after the other. Numbers are little endian, the header is postcard.
//! Each piece carries its own SHA-256 in the header and is read and checked when it is first
//! needed, so that a run of one model reads that model only.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use segur_schematron::Source;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::folder::Repair;
use super::terminology::{CodeList, Lists};

const MARK: &[u8; 16] = b"segur-official\r\n";
/// Changes with the layout, with the compiled form of schemas, and with what they mean.
const FORMAT: u32 = 1;
const MAX_HEADER: u64 = 16 << 20;

/// Why a saved set is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// The file cannot be read or written.
    #[error("{path}: cannot be read or written")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Not a file of this kind.
    #[error("{path}: not a compiled set of official rules; give the folder, or compile it first")]
    NotASet {
        /// The file.
        path: String,
    },
    /// Written by another version of this library.
    #[error("{path}: compiled by {found}, this is {expected}; compile the folder again")]
    Stale {
        /// The file.
        path: String,
        /// Version and format that wrote it.
        found: String,
        /// Version and format that reads it.
        expected: String,
    },
    /// The bytes are not those that were written.
    #[error("{path}: {what} does not have the recorded checksum; compile the folder again")]
    Damaged {
        /// The file.
        path: String,
        /// The piece concerned.
        what: String,
    },
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Kind {
    /// A compiled schema, by its name.
    Schema,
    /// A file that rules read with `document()`, by its name in the folder.
    Document,
    /// A code list, by code system.
    Codes,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Piece {
    offset: u64,
    length: u64,
    digest: [u8; 32],
}

/// What is known without reading any piece.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Header {
    /// Version of the library that wrote the file.
    engine: String,
    /// Names of schemas that exist but cannot be run, with the reason.
    pub(super) broken: BTreeMap<String, String>,
    /// Files that rules ask for and that were not there, with what was said.
    pub(super) missing: BTreeMap<String, String>,
    pub(super) repairs: Vec<Repair>,
    pub(super) announced: BTreeMap<String, String>,
    /// SHA-256 of the files that were compiled, by name: tells whether a folder is the same.
    pub(super) sources: BTreeMap<String, [u8; 32]>,
    pieces: BTreeMap<(Kind, String), Piece>,
}

impl Header {
    pub(super) fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.pieces
            .keys()
            .filter(move |(k, _)| *k == kind)
            .map(|(_, name)| name.as_str())
    }
}

fn engine() -> String {
    format!("segur-cda {} format {FORMAT}", env!("CARGO_PKG_VERSION"))
}

/// Writes a set; the same content gives the same bytes.
pub(super) fn write(
    path: &Path,
    mut header: Header,
    pieces: BTreeMap<(Kind, String), Vec<u8>>,
) -> Result<(), SavedError> {
    let io = |source| SavedError::Io {
        path: path.display().to_string(),
        source,
    };
    header.engine = engine();
    let mut offset = 0_u64;
    for (key, bytes) in &pieces {
        let length = bytes.len() as u64;
        let digest = Sha256::digest(bytes).into();
        header.pieces.insert(
            key.clone(),
            Piece {
                offset,
                length,
                digest,
            },
        );
        offset += length;
    }
    let head = postcard::to_stdvec(&header)
        .map_err(|e| io(io::Error::new(io::ErrorKind::InvalidData, e.to_string())))?;
    let mut out = Vec::with_capacity(head.len() + 64 + usize::try_from(offset).unwrap_or(0));
    out.extend_from_slice(MARK);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&(head.len() as u64).to_le_bytes());
    out.extend_from_slice(&Sha256::digest(&head));
    out.extend_from_slice(&head);
    for bytes in pieces.values() {
        out.extend_from_slice(bytes);
    }
    replace(path, &out).map_err(io)
}

/// Writes a neighbour that then takes the place, so that no one reads half a set.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path
        .file_name()
        .ok_or(io::ErrorKind::InvalidInput)?
        .to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let neighbour = path.with_file_name(name);
    let written = File::create(&neighbour)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&neighbour, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&neighbour);
    }
    written
}

/// An open file of a set.
#[derive(Debug)]
pub(super) struct SavedSet {
    path: String,
    file: Mutex<File>,
    start: u64,
    header: Header,
}

impl SavedSet {
    pub(super) fn open(path: &Path) -> Result<Self, SavedError> {
        let name = path.display().to_string();
        let io = |source| SavedError::Io {
            path: name.clone(),
            source,
        };
        let not_a_set = || SavedError::NotASet { path: name.clone() };
        let damaged = || SavedError::Damaged {
            path: name.clone(),
            what: "the header".to_owned(),
        };
        let mut file = File::open(path).map_err(io)?;
        let mut fixed = [0_u8; 60];
        file.read_exact(&mut fixed).map_err(|_| not_a_set())?;
        let (mark, rest) = fixed.split_at(16);
        if mark != MARK {
            return Err(not_a_set());
        }
        let (format, rest) = rest.split_at(4);
        let format = u32::from_le_bytes(format.try_into().map_err(|_| not_a_set())?);
        if format != FORMAT {
            return Err(SavedError::Stale {
                path: name,
                found: format!("format {format}"),
                expected: format!("format {FORMAT}"),
            });
        }
        let (length, digest) = rest.split_at(8);
        let length = u64::from_le_bytes(length.try_into().map_err(|_| not_a_set())?);
        if length > MAX_HEADER {
            return Err(damaged());
        }
        let mut head = vec![0_u8; usize::try_from(length).map_err(|_| damaged())?];
        file.read_exact(&mut head).map_err(|_| damaged())?;
        if Sha256::digest(&head).as_slice() != digest {
            return Err(damaged());
        }
        let header: Header = postcard::from_bytes(&head).map_err(|_| damaged())?;
        if header.engine != engine() {
            return Err(SavedError::Stale {
                path: name,
                found: header.engine,
                expected: engine(),
            });
        }
        Ok(Self {
            path: name,
            file: Mutex::new(file),
            start: 60 + length,
            header,
        })
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// A piece, checked; `None` when the set has none of that name.
    pub(super) fn piece(&self, kind: Kind, name: &str) -> Option<Result<Vec<u8>, SavedError>> {
        let piece = self.header.pieces.get(&(kind, name.to_owned()))?;
        Some(self.read(piece, name))
    }

    fn read(&self, piece: &Piece, name: &str) -> Result<Vec<u8>, SavedError> {
        let damaged = || SavedError::Damaged {
            path: self.path.clone(),
            what: name.to_owned(),
        };
        let mut bytes = Vec::new();
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(self.start.saturating_add(piece.offset)))
                .map_err(|_| damaged())?;
            (&mut *file)
                .take(piece.length)
                .read_to_end(&mut bytes)
                .map_err(|_| damaged())?;
        }
        if bytes.len() as u64 != piece.length || Sha256::digest(&bytes).as_slice() != piece.digest {
            return Err(damaged());
        }
        Ok(bytes)
    }
}

/// The files that rules read with `document()`.
impl Source for SavedSet {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        match self.piece(Kind::Document, name) {
            Some(Ok(bytes)) => Ok(bytes),
            Some(Err(error)) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                error.to_string(),
            )),
            None => Err(match self.header.missing.get(name) {
                Some(reason) => io::Error::new(io::ErrorKind::NotFound, reason.clone()),
                None => io::Error::new(io::ErrorKind::NotFound, "not in the compiled set"),
            }),
        }
    }
}

/// Code lists of a saved set.
pub(super) struct SavedLists(pub(super) std::sync::Arc<SavedSet>);

impl Lists for SavedLists {
    fn load(&self, system: &str) -> Result<CodeList, String> {
        let bytes = self
            .0
            .piece(Kind::Codes, system)
            .ok_or_else(|| "not in the compiled set".to_owned())?
            .map_err(|e| e.to_string())?;
        postcard::from_bytes(&bytes).map_err(|e| e.to_string())
    }
}
