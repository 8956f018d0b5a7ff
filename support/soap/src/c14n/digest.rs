//! The digest of a canonical form.

use std::fmt;
use std::io::{self, Write};

use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};

use super::{CanonicalError, CanonicalLimits, CanonicalWriter, Comments};

/// How bytes are digested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// SHA-1, which the DMP's samples show. Its collisions can be made; do not choose it where you may choose.
    Sha1,
    /// SHA-256.
    Sha256,
}

impl DigestAlgorithm {
    /// Its name in signatures. Source: XML Signature 1.1, section 6.2.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Sha1 => "http://www.w3.org/2000/09/xmldsig#sha1",
            Self::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
        }
    }

    /// The algorithm of this name.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        [Self::Sha1, Self::Sha256]
            .into_iter()
            .find(|one| one.uri() == uri)
    }

    /// The digest of bytes as they are.
    #[must_use]
    pub fn of(self, bytes: &[u8]) -> Digest {
        let mut context = self.context();
        context.update(bytes);
        Digest::of(context)
    }

    pub(crate) fn context(self) -> Context {
        Context::new(match self {
            Self::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &SHA256,
        })
    }
}

/// A digest: 20 bytes (SHA-1) or 32 (SHA-256).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    bytes: [u8; 32],
    len: usize,
}

impl Digest {
    pub(crate) fn of(context: Context) -> Self {
        let digest = context.finish();
        let mut bytes = [0; 32];
        let len = digest.as_ref().len().min(32);
        bytes[..len].copy_from_slice(&digest.as_ref()[..len]);
        Self { bytes, len }
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl fmt::LowerHex for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes()
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self:x})")
    }
}

/// Digests bytes as they are, in pieces.
///
/// ```
/// use segur_soap::c14n::{ByteDigest, DigestAlgorithm};
///
/// let mut digest = ByteDigest::new(DigestAlgorithm::Sha1);
/// digest.update(b"a");
/// digest.update(b"bc");
/// assert_eq!(format!("{:x}", digest.finish()), "a9993e364706816aba3e25717850c26c9cd0d89d");
/// ```
pub struct ByteDigest(Context);

impl ByteDigest {
    /// Of nothing yet.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        Self(algorithm.context())
    }

    /// The next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all of them.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest::of(self.0)
    }
}

impl fmt::Debug for ByteDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteDigest").finish_non_exhaustive()
    }
}

/// Takes a document in pieces and digests its canonical form, holding neither of them.
///
/// ```
/// use segur_soap::c14n::{CanonicalDigest, Comments, DigestAlgorithm};
///
/// let mut digest = CanonicalDigest::new(DigestAlgorithm::Sha1, Comments::Kept);
/// for piece in [&b"<a b='1'  "[..], b"/>"] {
///     digest.update(piece)?;
/// }
/// assert_eq!(digest.finish()?, DigestAlgorithm::Sha1.of(br#"<a b="1"></a>"#));
/// # Ok::<(), segur_soap::c14n::CanonicalError>(())
/// ```
pub struct CanonicalDigest {
    writer: CanonicalWriter<Sink>,
}

struct Sink(Context);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl CanonicalDigest {
    /// With the limits that fit all documents of the agency.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm, comments: Comments) -> Self {
        Self::with_limits(algorithm, comments, CanonicalLimits::default())
    }

    /// With limits of one's own.
    #[must_use]
    pub fn with_limits(
        algorithm: DigestAlgorithm,
        comments: Comments,
        limits: CanonicalLimits,
    ) -> Self {
        let sink = Sink(algorithm.context());
        let writer = CanonicalWriter::with_limits(sink, comments, limits);
        Self { writer }
    }

    /// The next bytes of the document.
    ///
    /// # Errors
    /// As soon as the document is seen to have no canonical form.
    pub fn update(&mut self, bytes: &[u8]) -> Result<(), CanonicalError> {
        self.writer.update(bytes)
    }

    /// The document is whole: the digest of its canonical form.
    ///
    /// # Errors
    /// When the document is not whole, or failed before.
    pub fn finish(self) -> Result<Digest, CanonicalError> {
        self.writer.finish().map(|sink| Digest::of(sink.0))
    }
}

impl Write for CanonicalDigest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for CanonicalDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalDigest").finish_non_exhaustive()
    }
}
