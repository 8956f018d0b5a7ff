//! What cannot be signed, and what is not accepted.

use segur_soap::c14n::CanonicalError;
use segur_soap::signature::{SignatureError, VerifyError};
use segur_xml::XmlError;

/// Why a submission was not signed. Texts name entries of the message, never content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignSubmissionError {
    /// It bears a signature already.
    #[error("the submission has a signature already: sign it before any signature is in")]
    Signed,
    /// It brings no document.
    #[error("the submission brings no document: there is nothing to sign")]
    Empty,
    /// The digests are not those of its documents.
    #[error("the digest of {id}: {cause}")]
    Digest {
        /// The id of the entry.
        id: String,
        /// What is wrong.
        cause: &'static str,
    },
    /// A media type of which it is not known what the DMP wants to be digested.
    #[error(
        "the media type of {id} is neither XML nor application/dicom: the DMP takes CDA documents and image reports"
    )]
    MediaType {
        /// The id of the entry.
        id: String,
    },
    /// A uniqueId that is no OID.
    #[error(
        "the uniqueId of {id} is no plain OID: how the DMP names such a document in a signature is not known; give it an OID, or allow unverified_ids"
    )]
    UniqueId {
        /// The id of the entry.
        id: String,
    },
    /// The time is not precise.
    #[error("the time of a signature needs seconds: give it as YYYYMMDDhhmmss, in UTC")]
    Time,
    /// The signature itself was not made.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// Why the signature of a submission is not accepted. Texts name entries of the message, never content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifySubmissionError {
    /// It has none.
    #[error(
        "the submission has no signature: it must bring one, with an entry of format http://www.w3.org/2000/09/xmldsig#"
    )]
    NotSigned,
    /// It has several.
    #[error("the submission has more than one signature")]
    Repeated,
    /// The signature does not sign the set.
    #[error(
        "no association says that the signature {id} signs the submission set (signs, from the signature to the set)"
    )]
    NoAssociation {
        /// The id of its entry.
        id: String,
    },
    /// A file is not there.
    #[error("the file of {id} is missing")]
    NoFile {
        /// The id of its entry.
        id: String,
    },
    /// The signature is not read as XML.
    #[error("the signature is not read as XML: {0}")]
    Xml(#[from] XmlError),
    /// The signature is wrong, or its certificate is not trusted.
    #[error(transparent)]
    Signature(#[from] VerifyError),
    /// It signs another set.
    #[error(
        "the signature is one of another submission: its first reference is not to the uniqueId of this set"
    )]
    OtherSet,
    /// A document is not signed.
    #[error("{id} is not in the signed list")]
    NotListed {
        /// The id of its entry.
        id: String,
    },
    /// The signature lists what the submission does not bring, or one document twice.
    #[error(
        "the signed list names a document that the submission does not bring, or one twice (reference {number})"
    )]
    Foreign {
        /// Which reference, from 1.
        number: usize,
    },
    /// A document was digested in another way than the DMP wants.
    #[error(
        "{id} is digested in another way than expected: canonical form with comments for XML, bytes as they are for application/dicom"
    )]
    Transform {
        /// The id of its entry.
        id: String,
    },
    /// A document is not what was signed.
    #[error("{id} is not the document that was signed: its digest is another one")]
    Digest {
        /// The id of its entry.
        id: String,
    },
    /// A document has no canonical form.
    #[error("{id} cannot be digested: {source}")]
    Canonical {
        /// The id of its entry.
        id: String,
        /// Why.
        source: CanonicalError,
    },
}
