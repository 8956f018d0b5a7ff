//! Published value sets ("jeux de valeurs"), read when they are first needed.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use segur_xml::{Document, Limits, Node};

/// Namespace of IHE Sharing Value Sets (ITI-48, `RetrieveValueSetResponse`).
const SVS: &str = "urn:ihe:iti:svs:2008";

/// How much of a file is read to learn its identifier.
const HEAD: u64 = 4096;

/// One coded concept of a [`ValueSet`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Concept {
    /// The code.
    pub code: String,
    /// OID of the code system the code comes from.
    pub code_system: String,
    /// The published display, empty when the file gives none.
    pub display: String,
    /// When the concept stopped being valid, as the file writes it (`20241213120000`), if it did.
    pub ended: Option<String>,
}

/// A value set as published: identifier, edition, concepts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ValueSet {
    /// OID of the value set.
    pub id: String,
    /// Name in the file.
    pub name: String,
    /// Date of this edition (`revisionDate`, else `dateMaj`, else `effectiveDate`), as the file writes it.
    pub edition: Option<String>,
    /// Sorted by code, then code system.
    concepts: Vec<Concept>,
}

impl ValueSet {
    /// Reads one published file (IHE SVS `RetrieveValueSetResponse`).
    pub fn parse(bytes: &[u8]) -> Result<Self, ValueSetError> {
        if bytes.is_empty() {
            return Err(ValueSetError::Empty);
        }
        let document =
            Document::parse_with(bytes, &Limits::default()).map_err(ValueSetError::Xml)?;
        let root = document.root_element();
        let set = if root.is(SVS, "ValueSet") {
            Some(root)
        } else {
            root.child(SVS, "ValueSet")
        };
        let Some(set) = set else {
            return Err(ValueSetError::NotAValueSet);
        };
        let text = |name: &str| {
            set.attribute(name)
                .filter(|v| !v.is_empty())
                .map(|v| v.into_owned())
        };
        let Some(id) = text("id") else {
            return Err(ValueSetError::NotAValueSet);
        };
        let mut concepts: Vec<Concept> = set
            .children_named(SVS, "ConceptList")
            .flat_map(|list| list.children_named(SVS, "Concept"))
            .filter_map(concept)
            .collect();
        concepts.sort();
        Ok(Self {
            id,
            name: text("displayName").unwrap_or_default(),
            edition: text("revisionDate")
                .or_else(|| text("dateMaj"))
                .or_else(|| text("effectiveDate")),
            concepts,
        })
    }

    /// Whether the set holds this code of this code system (OID). Displays are not compared.
    pub fn contains(&self, code: &str, code_system: &str) -> bool {
        self.get(code, code_system).is_some()
    }

    /// The concept with this code of this code system.
    pub fn get(&self, code: &str, code_system: &str) -> Option<&Concept> {
        let at = self
            .concepts
            .partition_point(|c| (c.code.as_str(), c.code_system.as_str()) < (code, code_system));
        self.concepts
            .get(at)
            .filter(|c| c.code == code && c.code_system == code_system)
    }

    /// Whether the set holds this code, whatever its code system.
    pub fn contains_code(&self, code: &str) -> bool {
        let at = self.concepts.partition_point(|c| c.code.as_str() < code);
        self.concepts.get(at).is_some_and(|c| c.code == code)
    }

    /// The concepts, sorted by code and code system.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }
}

fn concept(node: Node<'_>) -> Option<Concept> {
    let text = |name: &str| node.attribute(name).map(|v| v.into_owned());
    Some(Concept {
        code: text("code")?,
        code_system: text("codeSystem").unwrap_or_default(),
        display: text("displayName").unwrap_or_default(),
        ended: text("dateFin").filter(|v| !v.is_empty()),
    })
}

/// Why a folder or a file of value sets cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValueSetError {
    /// The folder or file cannot be read.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The folder holds no `.xml` file.
    #[error("no value set (*.xml) in {path}: give the folder of published files (`jeuxDeValeurs`)")]
    NoFile {
        /// The folder.
        path: PathBuf,
    },
    /// The file has no content (some are published so).
    #[error("the file is empty")]
    Empty,
    /// The file is not well-formed XML.
    #[error("not readable as XML: {0}")]
    Xml(#[source] segur_xml::XmlError),
    /// The file is XML, but not an IHE SVS value set with an identifier.
    #[error("no IHE SVS ValueSet with an id in the file")]
    NotAValueSet,
}

/// A file of the folder that is no usable value set.
#[derive(Debug)]
#[non_exhaustive]
pub struct BrokenValueSet {
    /// File name, with its extension.
    pub file: String,
    /// What is wrong with it.
    pub error: ValueSetError,
}

/// A folder of published value sets.
///
/// [`ValueSets::load`] only lists the folder; each file is read and indexed when a rule first asks for it, and kept.
/// Checking a document's header reads 14 of the 523 published files.
#[derive(Debug)]
pub struct ValueSets {
    folder: PathBuf,
    /// Sorted by name.
    files: Vec<Entry>,
    by_oid: OnceLock<FxHashMap<String, Vec<usize>>>,
}

#[derive(Debug)]
struct Entry {
    /// File name with its extension.
    name: String,
    content: OnceLock<Result<ValueSet, ValueSetError>>,
}

impl ValueSets {
    /// Opens a folder of published files (`*.xml`, IHE SVS format).
    ///
    /// Fails when the folder cannot be listed or holds no `.xml` file. What single files hold is known when they
    /// are first used; [`ValueSets::broken`] reads them all.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, ValueSetError> {
        let folder = folder.as_ref();
        let io = |source| ValueSetError::Io {
            path: folder.to_path_buf(),
            source,
        };
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(io)? {
            let name = entry.map_err(io)?.file_name();
            let is_xml = Path::new(&name)
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("xml"));
            if let Some(name) = name.to_str().filter(|_| is_xml) {
                files.push(Entry {
                    name: name.to_owned(),
                    content: OnceLock::new(),
                });
            }
        }
        if files.is_empty() {
            return Err(ValueSetError::NoFile {
                path: folder.to_path_buf(),
            });
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self {
            folder: folder.to_path_buf(),
            files,
            by_oid: OnceLock::new(),
        })
    }

    /// Number of files in the folder.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Never true of a loaded folder.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The names of the files, sorted.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|e| e.name.as_str())
    }

    /// The value set in this file (name with or without `.xml`; case matters). `None`: no such file.
    pub fn by_file(&self, name: &str) -> Option<Result<&ValueSet, &ValueSetError>> {
        let full = self.files.binary_search_by(|e| e.name.as_str().cmp(name));
        let at = full
            .or_else(|_| {
                self.files
                    .binary_search_by(|e| e.name.as_str().cmp(&format!("{name}.xml")))
            })
            .ok()?;
        Some(self.open(at))
    }

    /// The value set with this OID; of several files the newest edition, then the first by name.
    /// `None`: no file with this OID.
    ///
    /// The first call reads the beginning of every file; see [`ValueSets::by_oid_near`].
    pub fn by_oid(&self, oid: &str) -> Option<Result<&ValueSet, &ValueSetError>> {
        let index = self.by_oid.get_or_init(|| self.index());
        self.newest(index.get(oid)?.iter().copied())
    }

    /// Like [`ValueSets::by_oid`], trying first the files whose name begins with `prefix` (`JDV_J01_`).
    pub fn by_oid_near(
        &self,
        oid: &str,
        prefix: &str,
    ) -> Option<Result<&ValueSet, &ValueSetError>> {
        let from = self.files.partition_point(|e| e.name.as_str() < prefix);
        let near =
            (from..self.files.len()).take_while(|&at| self.files[at].name.starts_with(prefix));
        let near = near.filter(|&at| self.open(at).is_ok_and(|set| set.id == oid));
        self.newest(near).or_else(|| self.by_oid(oid))
    }

    /// Reads every file and lists those that cannot be used.
    pub fn broken(&self) -> Vec<BrokenValueSet> {
        let broken = |at: usize| match self.read(at) {
            Ok(_) => None,
            Err(error) => Some(BrokenValueSet {
                file: self.files[at].name.clone(),
                error,
            }),
        };
        (0..self.files.len()).filter_map(broken).collect()
    }

    fn newest(
        &self,
        candidates: impl Iterator<Item = usize>,
    ) -> Option<Result<&ValueSet, &ValueSetError>> {
        let mut best: Option<Result<&ValueSet, &ValueSetError>> = None;
        for set in candidates.map(|at| self.open(at)) {
            let newer = match (&best, &set) {
                (None, _) | (Some(Err(_)), Ok(_)) => true,
                (Some(Ok(old)), Ok(new)) => new.edition > old.edition,
                _ => false,
            };
            if newer {
                best = Some(set);
            }
        }
        best
    }

    fn open(&self, at: usize) -> Result<&ValueSet, &ValueSetError> {
        self.files[at]
            .content
            .get_or_init(|| self.read(at))
            .as_ref()
    }

    fn read(&self, at: usize) -> Result<ValueSet, ValueSetError> {
        let path = self.folder.join(&self.files[at].name);
        match fs::read(&path) {
            Ok(bytes) => ValueSet::parse(&bytes),
            Err(source) => Err(ValueSetError::Io { path, source }),
        }
    }

    /// OID to files, from the beginning of each file. A file whose beginning shows no OID is found by name only.
    fn index(&self) -> FxHashMap<String, Vec<usize>> {
        let mut index: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut head = Vec::new();
        for (at, entry) in self.files.iter().enumerate() {
            head.clear();
            let file = fs::File::open(self.folder.join(&entry.name));
            if file
                .and_then(|f| f.take(HEAD).read_to_end(&mut head))
                .is_err()
            {
                continue;
            }
            if let Some(oid) = head_oid(&head) {
                index.entry(oid).or_default().push(at);
            }
        }
        index
    }
}

/// The `id` attribute of the first `ValueSet` start tag in the beginning of a file.
fn head_oid(head: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(head);
    let tag = text
        .split("ValueSet")
        .find(|part| part.starts_with(char::is_whitespace))?;
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let mut rest = tag;
    while let Some(at) = rest.find("id=") {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + 3..];
        if before.is_some_and(char::is_whitespace) {
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return rest[1..].split(quote).next().map(str::to_owned);
        }
    }
    None
}
