//! How a submission is signed, and what is taken of others.

use segur_soap::c14n::DigestAlgorithm;
use segur_soap::signature::SignatureAlgorithm;

/// How a submission is signed. The default is what the messages of the DMP vendor kit show: RSA-SHA1 over SHA-1.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubmissionSignatureForm {
    /// The signature value (default RSA-SHA1). `unverified`: no source was read that says whether the DMP takes RSA-SHA256.
    pub signature: SignatureAlgorithm,
    /// The digests (default SHA-1). `unverified`: the same of SHA-256.
    pub digest: DigestAlgorithm,
    /// Writes all certificates of the signer into `KeyInfo` (default no: its own alone, as in the kit; the signed list names all).
    pub whole_chain: bool,
    /// Signs documents whose uniqueId is no plain OID (`root^extension`, `urn:uuid:`), as `urn:oid:root^extension` and as they are
    /// (default no). `unverified`: the kit shows OIDs only.
    pub unverified_ids: bool,
}

impl Default for SubmissionSignatureForm {
    fn default() -> Self {
        Self {
            signature: SignatureAlgorithm::RsaSha1,
            digest: DigestAlgorithm::Sha1,
            whole_chain: false,
            unverified_ids: false,
        }
    }
}

/// The identifiers of a signature, which the caller gives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureIds {
    /// The id of its entry in the message (`Signature01`).
    pub entry_id: String,
    /// Its uniqueId as a document: an OID.
    pub unique_id: String,
    /// `Id` of the signature in its own document: an XML name, `_` and a UUID.
    pub signature_id: String,
}

impl SignatureIds {
    /// These three.
    pub fn new(
        entry_id: impl Into<String>,
        unique_id: impl Into<String>,
        signature_id: impl Into<String>,
    ) -> Self {
        Self {
            entry_id: entry_id.into(),
            unique_id: unique_id.into(),
            signature_id: signature_id.into(),
        }
    }
}

/// What is taken of signatures that others made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureRules {
    /// SHA-1 and RSA-SHA1 are taken (default yes: it is what the DMP's messages show).
    pub sha1: bool,
}

impl Default for SignatureRules {
    fn default() -> Self {
        Self { sha1: true }
    }
}
