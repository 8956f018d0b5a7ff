//! Where schema files and value sets come from.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Reads the files that a schema names.
///
/// Names are relative, with `/` between parts on every system and without `.` or `..`:
/// [`join`] makes them from what stands in `href`.
pub trait Source: Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// `NotFound` when there is no such file, or what the medium says.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;
}

/// A folder on disk. Names that leave the folder are refused.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    max_bytes: u64,
}

impl Folder {
    /// Files under `root`, each of 64 MiB at most.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            max_bytes: 64 << 20,
        }
    }

    /// Changes the greatest size of one file, in bytes.
    #[must_use]
    pub fn max_bytes(mut self, max: u64) -> Self {
        self.max_bytes = max;
        self
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }
}

impl Source for Folder {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let outside = || io::Error::new(io::ErrorKind::PermissionDenied, "outside the folder");
        if name
            .split('/')
            .any(|part| part == ".." || part.contains(['\\', ':']))
        {
            return Err(outside());
        }
        let path = self.root.join(name.trim_start_matches('/'));
        let meta = std::fs::metadata(&path)?;
        if !meta.is_file() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "not a file"));
        }
        if meta.len() > self.max_bytes {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "larger than the limit",
            ));
        }
        std::fs::read(path)
    }
}

/// Files in memory, for tests and for schemas that a program carries with it.
#[derive(Debug, Clone, Default)]
pub struct MemorySource {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemorySource {
    /// No file yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(name.into(), bytes.into());
        self
    }
}

impl Source for MemorySource {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.files
            .get(name)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Resolves `href`, found in the file `base`, to a name: `join("a/b.sch", "../c/d.sch")` is
/// `c/d.sch`. `None` when the result leaves the root, or when `href` is a URL with a scheme.
#[must_use]
pub fn join(base: &str, href: &str) -> Option<String> {
    let href = href.replace('\\', "/");
    let scheme = href.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if scheme || href.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = base.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_and_kept_inside() {
        assert_eq!(join("a/b.sch", "../c/./d.sch").as_deref(), Some("c/d.sch"));
        assert_eq!(join("b.sch", "x\\y.sch").as_deref(), Some("x/y.sch"));
        assert_eq!(join("b.sch", "../y.sch"), None);
        assert_eq!(join("b.sch", "http://example.org/y.sch"), None);
        assert_eq!(join("b.sch", "/etc/y.sch"), None);
    }

    #[test]
    fn a_folder_refuses_to_be_left() {
        let folder = Folder::new(".");
        let error = folder.read("../Cargo.toml").unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
    }
}
