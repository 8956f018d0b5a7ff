//! The digests of a document, in one pass.

use std::io;

use segur_soap::c14n::{
    ByteDigest, CanonicalDigest, CanonicalError, Comments, Digest, DigestAlgorithm,
};

use crate::DocumentSource;

/// What of a document the signature digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "there are two")]
pub enum DigestedAs {
    /// Its canonical form with comments: CDA documents, in any presentation.
    Canonical,
    /// Its bytes as they are: image reports (KOS).
    Bytes,
}

impl DigestedAs {
    /// By the media type of the entry; nothing for one of which no source was read.
    pub fn of(media_type: &str) -> Option<Self> {
        let essence = media_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "text/xml" | "application/xml" | "application/xslt+xml" => Some(Self::Canonical),
            "application/dicom" => Some(Self::Bytes),
            _ => None,
        }
    }
}

/// What a submission says of a document: hash and size of its bytes, and the digest that is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentDigest {
    pub(super) how: DigestedAs,
    pub(super) algorithm: DigestAlgorithm,
    pub(super) digest: Digest,
    hash: String,
    size: u64,
}

impl DocumentDigest {
    /// Of a document that is held.
    ///
    /// # Errors
    /// When it has no canonical form: not well-formed, a document type, an encoding that is not read.
    pub fn of(
        bytes: &[u8],
        how: DigestedAs,
        algorithm: DigestAlgorithm,
    ) -> Result<Self, CanonicalError> {
        let mut digester = DocumentDigester::new(how, algorithm);
        digester.update(bytes)?;
        digester.finish()
    }

    /// Of a document that need not fit into memory: reads it once, to its end.
    ///
    /// # Errors
    /// It cannot be read; as an inner error [`CanonicalError`], when it has no canonical form.
    pub fn of_source(
        source: &dyn DocumentSource,
        how: DigestedAs,
        algorithm: DigestAlgorithm,
    ) -> io::Result<Self> {
        let mut digester = DocumentDigester::new(how, algorithm);
        io::copy(&mut source.open()?, &mut digester)?;
        digester.finish().map_err(of_canonical)
    }

    /// SHA-1 of the bytes, as the metadata hold it.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// How many bytes.
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// Takes a document in pieces: hash and size for the metadata and the digest for the signature in one pass. It is a
/// [`Write`](io::Write), too, so that a file can be copied into it.
#[derive(Debug)]
pub struct DocumentDigester {
    how: DigestedAs,
    algorithm: DigestAlgorithm,
    hash: ByteDigest,
    size: u64,
    digest: Signed,
}

#[derive(Debug)]
enum Signed {
    Canonical(Box<CanonicalDigest>),
    Bytes(ByteDigest),
}

impl DocumentDigester {
    /// Of nothing yet. The algorithm is that of the form of the signature.
    pub fn new(how: DigestedAs, algorithm: DigestAlgorithm) -> Self {
        Self {
            how,
            algorithm,
            hash: ByteDigest::new(DigestAlgorithm::Sha1),
            size: 0,
            digest: match how {
                DigestedAs::Canonical => {
                    Signed::Canonical(Box::new(CanonicalDigest::new(algorithm, Comments::Kept)))
                }
                DigestedAs::Bytes => Signed::Bytes(ByteDigest::new(algorithm)),
            },
        }
    }

    /// The next bytes.
    ///
    /// # Errors
    /// As soon as the document is seen to have no canonical form.
    pub fn update(&mut self, bytes: &[u8]) -> Result<(), CanonicalError> {
        self.hash.update(bytes);
        self.size = self
            .size
            .saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        match &mut self.digest {
            Signed::Canonical(digest) => digest.update(bytes),
            Signed::Bytes(digest) => {
                digest.update(bytes);
                Ok(())
            }
        }
    }

    /// The document is whole.
    ///
    /// # Errors
    /// When it is not whole, or failed before.
    pub fn finish(self) -> Result<DocumentDigest, CanonicalError> {
        Ok(DocumentDigest {
            how: self.how,
            algorithm: self.algorithm,
            digest: match self.digest {
                Signed::Canonical(digest) => digest.finish()?,
                Signed::Bytes(digest) => digest.finish(),
            },
            hash: format!("{:x}", self.hash.finish()),
            size: self.size,
        })
    }
}

impl io::Write for DocumentDigester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes).map_err(of_canonical)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn of_canonical(error: CanonicalError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
