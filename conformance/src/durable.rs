//! Files that are there whole, or as they were: after a crash, after a power cut.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use uuid::Uuid;

/// Writes a neighbour that takes the place once it is on the disk. Who reads meanwhile has the old one or the new, whole.
///
/// # Errors
/// When the neighbour cannot be written or put in its place, and the old one stays; when the folder cannot be written.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut neighbour = name.to_owned();
    neighbour.push(format!(".{}.part", Uuid::new_v4().simple()));
    let neighbour = path.with_file_name(neighbour);
    let written = File::create_new(&neighbour)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| rename(&neighbour, path));
    if written.is_err() {
        let _ = fs::remove_file(&neighbour);
    }
    written
}

/// Renames a file within its folder, so that the new name outlives a power cut.
///
/// # Errors
/// When it cannot be renamed, or its folder not be written.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder(to)
}

#[cfg(unix)]
fn sync_folder(of: &Path) -> io::Result<()> {
    let folder = of.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Other systems open no folders, and keep names with the file.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_or_stays_and_leaves_no_neighbour() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for text in ["one", "two"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        let taken = folder.path().join("folder");
        fs::create_dir(&taken).unwrap();
        fs::write(taken.join("inside"), "").unwrap();
        assert!(replace(&taken, b"three").is_err());
        assert!(replace(&folder.path().join("nowhere/file"), b"").is_err());
        let names = fs::read_dir(folder.path()).unwrap();
        assert_eq!(names.count(), 2, "file and folder");
    }
}
