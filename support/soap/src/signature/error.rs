//! What is wrong with a signature, or with what should be signed.

use segur_xml::{Position, XmlError};

use super::{CertificateError, ChainError, SignError};

/// A signature that could not be made. Texts name elements and causes, never content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The holder of the key did not sign.
    #[error(transparent)]
    Signer(#[from] SignError),
    /// The markup is no well-formed XML, or is no more with the signature in it.
    #[error("the markup to sign is not read as XML: {0}")]
    Xml(#[from] XmlError),
    /// The element cannot be signed.
    #[error("the element cannot be signed: {cause}")]
    Element {
        /// Why, and what to do.
        cause: &'static str,
    },
    /// A prefix of the form is none.
    #[error("the form of the signature: {cause}")]
    Form {
        /// Why, and what to give.
        cause: &'static str,
    },
}

/// A signature that is not accepted. What it stands on is then not to be used. Texts name elements, algorithms and places,
/// never content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The element bears no signature.
    #[error(
        "line {}, column {}: the element has no Signature as child: it is not signed",
        position.line, position.column
    )]
    NotSigned {
        /// Where the element begins.
        position: Position,
    },
    /// The signature is not of the form that is accepted, which leaves no room for wrapping.
    #[error(
        "line {}, column {}: the signature is refused: {cause}",
        position.line, position.column
    )]
    Form {
        /// What is wrong.
        cause: &'static str,
        /// Where.
        position: Position,
    },
    /// The signature speaks of another element than the one that is read, or of one that is not the only one of its name:
    /// signature wrapping.
    #[error(
        "line {}, column {}: the signature is refused, it may be moved from another message: {cause}",
        position.line, position.column
    )]
    Wrapped {
        /// What is wrong.
        cause: &'static str,
        /// Where.
        position: Position,
    },
    /// An algorithm that can be forged.
    #[error(
        "line {}, column {}: {name} is too weak to be accepted; the sender must sign with RSA-SHA256 and SHA-256",
        position.line, position.column
    )]
    WeakAlgorithm {
        /// Its common name.
        name: &'static str,
        /// Where it is named.
        position: Position,
    },
    /// An algorithm that is not expected here.
    #[error(
        "line {}, column {}: the algorithm {found:?} is not accepted here, expected {expected}",
        position.line, position.column
    )]
    Algorithm {
        /// What is expected.
        expected: &'static str,
        /// What stands there, cut at 120 characters.
        found: String,
        /// Where it is named.
        position: Position,
    },
    /// The certificate cannot be read, or its key is not accepted.
    #[error("the certificate in the signature cannot be used: {0}")]
    Certificate(#[from] CertificateError),
    /// The certificate is not trusted.
    #[error(
        "the certificate of the signature is not one that is trusted here; if the sender changed it, check the new one by another way and trust that"
    )]
    Untrusted,
    /// No trusted authority stands behind the certificate.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The certificate that the signature was made for is not the one that it is verified with.
    #[error("the signed list of certificates is refused: {cause}")]
    SigningCertificate {
        /// What is wrong.
        cause: &'static str,
    },
    /// A part of the signature is not what was signed.
    #[error("the digest of {part} is wrong: it was changed after it was signed")]
    Part {
        /// The element.
        part: &'static str,
    },
    /// The signature value is not one of this key over this SignedInfo.
    #[error("the signature value is wrong: the signature was changed, or made with another key")]
    Value,
    /// The element is not what was signed.
    #[error("the digest is wrong: the element was changed after it was signed")]
    Digest,
    /// The element cannot be canonicalised.
    #[error(
        "line {}, column {}: the element is not canonicalised: it is nested more than 100 deep, or holds what the canonicaliser does not read",
        position.line, position.column
    )]
    NotCanonical {
        /// Where the element begins.
        position: Position,
    },
    /// What was signed is not read as XML, which its canonical form should always be.
    #[error("what was signed is not read as XML: {0}")]
    Canonical(#[from] XmlError),
}
