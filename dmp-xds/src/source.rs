//! Documents that need not fit into memory.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the bytes of a document come from. It may be opened more than once and gives the same bytes each time: first for hash and size
/// ([`DocumentEntry::set_content_from`](crate::DocumentEntry::set_content_from)), then to be sent.
///
/// A path is one, and so are shared bytes.
///
/// ```
/// use std::sync::Arc;
///
/// use segur_dmp_xds::DocumentEntry;
///
/// let bytes: Arc<[u8]> = Arc::from(b"<ClinicalDocument/>".as_slice());
/// let mut entry = DocumentEntry::new("Document01", "1.2.250.1.999.1.1");
/// entry.set_content_from(&bytes)?;
/// assert_eq!(entry.size, Some(19));
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait DocumentSource: Send + Sync {
    /// The document from its first byte.
    ///
    /// # Errors
    /// It cannot be opened.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

impl DocumentSource for Path {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(File::open(self)?))
    }
}

impl DocumentSource for PathBuf {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        self.as_path().open()
    }
}

impl DocumentSource for Arc<[u8]> {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(Self::clone(self))))
    }
}
