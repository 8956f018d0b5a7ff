//! Names of files that are ours, whatever the wire says.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::raw;
use crate::output::Failure;

/// Longest stem.
const LONGEST: usize = 100;

/// Media types that get an extension of their own; anything else is `bin`.
const EXTENSIONS: [(&str, &str); 7] = [
    ("text/xml", "xml"),
    ("application/xml", "xml"),
    ("application/pdf", "pdf"),
    ("text/plain", "txt"),
    ("text/rtf", "rtf"),
    ("image/jpeg", "jpg"),
    ("image/tiff", "tif"),
];

/// The extension of a media type.
fn extension(media_type: &str) -> &'static str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let found = EXTENSIONS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(essence));
    found.map_or("bin", |(_, extension)| extension)
}

/// The media type of a file by its name.
pub(super) fn media_type(path: &Path) -> Option<&'static str> {
    let own = path.extension()?.to_str()?.to_ascii_lowercase();
    let own = match own.as_str() {
        "jpeg" => "jpg",
        "tiff" => "tif",
        other => other,
    };
    let found = EXTENSIONS.iter().find(|(_, extension)| *extension == own);
    found.map(|(name, _)| *name)
}

/// A name for what bears this id: letters, digits, dots, hyphens. An id that was changed for it brings its digest, so that two ids never
/// share a name.
pub(super) fn safe(id: &str, media_type: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let mut stem: String = id
        .chars()
        .take(LONGEST)
        .map(|c| if allowed(c) { c } else { '_' })
        .collect();
    // OIDs begin with a digit: other names may be hidden files, or devices of some systems.
    let plain =
        stem == id && stem.starts_with(|c: char| c.is_ascii_digit()) && !stem.contains("..");
    if !plain {
        stem = format!("document_{}", stem.replace("..", "__"));
        for byte in Sha256::digest(id).iter().take(6) {
            stem.push_str(&format!("{byte:02x}"));
        }
    }
    format!("{stem}.{}", extension(media_type))
}

/// Writes a new file into a folder; what is there already is not written over.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let path = folder.join(name);
    match raw::write_new(&path, bytes) {
        Ok(()) => Ok(path),
        Err(source) => Err(Failure::Output {
            path: Some(path),
            source,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_make_names_of_this_folder() {
        assert_eq!(
            safe("1.2.250.1.999.1.1", "text/xml"),
            "1.2.250.1.999.1.1.xml"
        );
        for id in [
            "../../etc/passwd",
            "..",
            "",
            "/etc/passwd",
            "C:\\x",
            ".profile",
            "CON",
            "1.2^a/b",
            "1..2",
            "é\u{202e}\n",
        ] {
            let name = safe(id, "application/x\"../..");
            let path = Path::new(&name);
            assert_eq!(path.components().count(), 1, "{name}");
            assert!(
                name.starts_with("document_") && name.ends_with(".bin"),
                "{name}"
            );
            assert!(name.is_ascii() && !name.contains(".."), "{name}");
        }
        assert_ne!(safe("1.2^a", ""), safe("1.2_a", ""));
        assert!(safe(&"9".repeat(5_000), "").len() < 160);
        assert_ne!(safe(&"9".repeat(5_000), ""), safe(&"9".repeat(5_001), ""));
    }

    #[test]
    fn media_types_by_name() {
        assert_eq!(media_type(Path::new("a.PDF")), Some("application/pdf"));
        assert_eq!(media_type(Path::new("a.jpeg")), Some("image/jpeg"));
        assert_eq!(media_type(Path::new("a.exe")), None);
    }
}
