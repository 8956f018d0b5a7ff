//! Hash and size of a document.

use std::fmt::Write as _;
use std::io::{self, Read};

use sha1::{Digest as _, Sha1};

use crate::DocumentSource;
use crate::metadata::DocumentEntry;

/// SHA-1 of the bytes submitted, 40 lower-case hexadecimal digits: what `hash` holds (IHE ITI TF-3, 4.2.3.2.10).
///
/// It finds damage, not forgery; signatures do that.
///
/// ```
/// assert_eq!(segur_dmp_xds::hash(b""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
/// ```
pub fn hash(bytes: &[u8]) -> String {
    let mut measure = Measure::default();
    measure.update(bytes);
    measure.finish().hash
}

/// Hash and size of bytes that come in pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measure {
    digest: Sha1,
    size: u64,
}

/// What [`Measure`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) hash: String,
    pub(crate) size: u64,
}

impl Measure {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.size = self.size.saturating_add(bytes.len() as u64);
    }

    #[cfg(feature = "client")]
    pub(crate) const fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn finish(self) -> Measured {
        let mut hash = String::with_capacity(40);
        for byte in self.digest.finalize() {
            // Writing to a string does not fail.
            let _ = write!(hash, "{byte:02x}");
        }
        Measured {
            hash,
            size: self.size,
        }
    }
}

impl Measured {
    /// Whether hash and size, as far as they are known, are these.
    #[cfg(feature = "client")]
    pub(crate) fn is(&self, hash: Option<&str>, size: Option<u64>) -> bool {
        size.is_none_or(|size| size == self.size)
            && hash.is_none_or(|hash| hash.eq_ignore_ascii_case(&self.hash))
    }
}

impl DocumentEntry {
    /// Sets hash and size to those of the bytes to be submitted.
    pub fn set_content(&mut self, bytes: &[u8]) {
        let mut measure = Measure::default();
        measure.update(bytes);
        self.set_measured(measure);
    }

    /// Sets hash and size to those of a document that need not fit into memory: reads it once, to its end.
    ///
    /// # Errors
    /// It cannot be read; hash and size are then as before.
    pub fn set_content_from(&mut self, source: &dyn DocumentSource) -> io::Result<()> {
        let mut reader = source.open()?;
        let mut measure = Measure::default();
        let mut piece = vec![0; 64 << 10];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => measure.update(piece.get(..length).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.set_measured(measure);
        Ok(())
    }

    fn set_measured(&mut self, measure: Measure) {
        let measured = measure.finish();
        self.hash = Some(measured.hash);
        self.size = Some(measured.size);
    }

    /// Whether hash (SHA-1, hexadecimal, in any case) and size, as far as they are known, are these.
    pub fn matches(&self, hash: &str, size: u64) -> bool {
        let same_hash = |known: &String| known.eq_ignore_ascii_case(hash);
        self.size.is_none_or(|known| known == size) && self.hash.as_ref().is_none_or(same_hash)
    }

    /// Whether hash and size, as far as they are known, are those of these bytes.
    pub fn matches_content(&self, bytes: &[u8]) -> bool {
        // The size first: it is cheaper.
        let length = u64::try_from(bytes.len());
        if self.size.is_some_and(|size| Ok(size) != length) {
            return false;
        }
        let same_hash = |known: &String| known.eq_ignore_ascii_case(&hash(bytes));
        self.hash.as_ref().is_none_or(same_hash)
    }
}
