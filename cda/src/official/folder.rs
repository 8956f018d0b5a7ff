//! The agency's folder as published, with what can be repaired for certain repaired.
//!
//! Names in the published files were written on a system that ignores case; one value set that the
//! header rules need is not in the tree; some files are empty. What is certain is mended and
//! listed, the rest is an error for whoever asks.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use segur_schematron::Source;
use segur_xml::Document;

const SVS: &str = "urn:ihe:iti:svs:2008";
const VALUE_SETS: &str = "jeuxDeValeurs";
const MAX_FILE: u64 = 64 << 20;

/// Something of the published folder that was mended while reading it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Repair {
    /// The name that was asked for, relative to the folder.
    pub asked: String,
    /// The file that was used.
    pub used: String,
    /// What was done.
    pub kind: RepairKind,
}

/// Kinds of [`Repair`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[non_exhaustive]
pub enum RepairKind {
    /// One single file has this name when upper and lower case are not told apart.
    Case,
    /// A value set of the header rules (`voc-OID-DYNAMIC.xml`) was made from the one published
    /// value set (`jeuxDeValeurs`) that carries the same OID.
    Rebuilt,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.kind {
            RepairKind::Case => "same name but for case",
            RepairKind::Rebuilt => "same value set OID",
        };
        write!(f, "{} → {} ({how})", self.asked, self.used)
    }
}

/// The published folder.
#[derive(Debug)]
pub(super) struct PublishedFolder {
    root: PathBuf,
    repairs: Mutex<BTreeMap<String, Repair>>,
}

impl PublishedFolder {
    /// `dir` is the folder that holds `schematrons` and `jeuxDeValeurs`.
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        if !dir.join("schematrons").is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "no folder `schematrons` in it: give the folder that holds `schematrons` and \
                 `jeuxDeValeurs`",
            ));
        }
        Ok(Self {
            root: dir.to_owned(),
            repairs: Mutex::default(),
        })
    }

    /// What was mended so far, by name.
    pub(super) fn repairs(&self) -> Vec<Repair> {
        self.repairs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .cloned()
            .collect()
    }

    fn note(&self, asked: &str, used: String, kind: RepairKind) {
        let repair = Repair {
            asked: asked.to_owned(),
            used,
            kind,
        };
        let mut repairs = self.repairs.lock().unwrap_or_else(PoisonError::into_inner);
        repairs.insert(asked.to_owned(), repair);
    }

    /// Names of the files of a folder, sorted; empty when there is none.
    pub(super) fn list(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.root.join(folder)) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort_unstable();
        names
    }

    fn read_exact(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.root.join(name);
        let meta = std::fs::metadata(&path)?;
        if !meta.is_file() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "not a file"));
        }
        if meta.len() > MAX_FILE {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "larger than 64 MiB",
            ));
        }
        if meta.len() == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the published file is empty",
            ));
        }
        std::fs::read(path)
    }

    /// The one name that equals `name` but for case, part by part.
    fn same_but_case(&self, name: &str) -> Option<String> {
        let mut found = String::new();
        for part in name.split('/') {
            let wanted = part.to_lowercase();
            let names = self.list(if found.is_empty() { "." } else { &found });
            let part = if names.iter().any(|n| n == part) {
                part.to_owned()
            } else {
                let mut same = names.into_iter().filter(|n| n.to_lowercase() == wanted);
                let one = same.next()?;
                if same.next().is_some() {
                    return None;
                }
                one
            };
            if !found.is_empty() {
                found.push('/');
            }
            found.push_str(&part);
        }
        (found != name).then_some(found)
    }

    /// The value set of `voc-OID-DYNAMIC.xml`, in the format of that file.
    fn rebuild(&self, name: &str) -> Option<(String, Vec<u8>)> {
        let file = name.rsplit('/').next()?;
        let oid = file.strip_prefix("voc-")?.strip_suffix("-DYNAMIC.xml")?;
        let wanted = format!("id=\"{oid}\"");
        let mut found = None;
        for candidate in self.list(VALUE_SETS) {
            let path = format!("{VALUE_SETS}/{candidate}");
            let Ok(bytes) = self.read_exact(&path) else {
                continue;
            };
            let head = &bytes[..bytes.len().min(4096)];
            if memchr::memmem::find(head, wanted.as_bytes()).is_some() {
                if found.is_some() {
                    return None;
                }
                found = Some((path, bytes));
            }
        }
        let (path, bytes) = found?;
        let document = Document::parse(&bytes).ok()?;
        let set = document.root_element().child(SVS, "ValueSet")?;
        if set.attribute("id").as_deref() != Some(oid) {
            return None;
        }
        let mut out =
            String::from("<valueSets xmlns=\"urn:hl7-org:v3\"><valueSet xmlns=\"\" id=\"");
        out.push_str(oid);
        out.push_str("\"><conceptList>");
        let mut concepts = 0_usize;
        for concept in set.descendants().filter(|n| n.is(SVS, "Concept")) {
            out.push_str("<concept");
            for name in ["code", "codeSystem", "displayName"] {
                if let Some(attribute) = concept.attribute_node("", name) {
                    out.push(' ');
                    out.push_str(name);
                    out.push_str("=\"");
                    out.push_str(
                        &attribute
                            .value()
                            .replace('&', "&amp;")
                            .replace('<', "&lt;")
                            .replace('"', "&quot;"),
                    );
                    out.push('"');
                }
            }
            out.push_str("/>");
            concepts += 1;
        }
        out.push_str("</conceptList></valueSet></valueSets>");
        (concepts > 0).then_some((path, out.into_bytes()))
    }
}

impl Source for PublishedFolder {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        if name.starts_with('/')
            || name
                .split('/')
                .any(|p| p == ".." || p.contains(['\\', ':']))
        {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "outside the folder",
            ));
        }
        let error = match self.read_exact(name) {
            Ok(bytes) => return Ok(bytes),
            Err(error) => error,
        };
        if error.kind() == io::ErrorKind::FileTooLarge {
            return Err(error);
        }
        if let Some(other) = self.same_but_case(name) {
            let bytes = self.read_exact(&other)?;
            self.note(name, other, RepairKind::Case);
            return Ok(bytes);
        }
        if let Some((used, bytes)) = self.rebuild(name) {
            self.note(name, used, RepairKind::Rebuilt);
            return Ok(bytes);
        }
        // The same words on every system.
        Err(match error.kind() {
            io::ErrorKind::InvalidData => error,
            _ => io::Error::new(
                io::ErrorKind::NotFound,
                "no such file in the published folder",
            ),
        })
    }
}
