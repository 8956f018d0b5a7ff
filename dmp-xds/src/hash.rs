//! Hash and size of a document.

use std::fmt::Write as _;

use sha1::{Digest as _, Sha1};

use crate::metadata::DocumentEntry;

/// SHA-1 of the bytes submitted, 40 lower-case hexadecimal digits: what `hash` holds (IHE ITI TF-3, 4.2.3.2.10).
///
/// It finds damage, not forgery; signatures do that.
///
/// ```
/// assert_eq!(segur_dmp_xds::hash(b""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
/// ```
pub fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(40);
    for byte in Sha1::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

impl DocumentEntry {
    /// Sets hash and size to those of the bytes to be submitted.
    pub fn set_content(&mut self, bytes: &[u8]) {
        self.hash = Some(hash(bytes));
        self.size = u64::try_from(bytes.len()).ok();
    }

    /// Whether hash and size, as far as they are known, are those of these bytes.
    pub fn matches_content(&self, bytes: &[u8]) -> bool {
        let same_size = self
            .size
            .is_none_or(|size| u64::try_from(bytes.len()) == Ok(size));
        let same_hash = |known: &String| known.eq_ignore_ascii_case(&hash(bytes));
        same_size && self.hash.as_ref().is_none_or(same_hash)
    }
}
