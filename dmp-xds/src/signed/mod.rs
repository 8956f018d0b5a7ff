//! The signature that goes with every submission to the DMP: XAdES over the list of its documents.
//!
//! The signature is a document of the submission, with an entry of its own that is hidden from everybody. Its bytes list the
//! documents by uniqueId and digest; that of a CDA document is of its canonical form with comments, that of an image report (KOS)
//! of its bytes. Documents are digested in pieces, so that none is held ([`DocumentDigester`]).
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use segur_dmp_xds::signed::{
//!     DigestedAs, DocumentDigest, SignatureIds, SignatureRules, SubmissionSignatureForm, sign_submission,
//!     verify_submission,
//! };
//! use segur_dmp_xds::transaction::FileToSend;
//! use segur_dmp_xds::{DocumentEntry, Submission, SubmissionSet};
//! use segur_soap::signature::{Signer, SoftwareSigner, Trust};
//!
//! # let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256)?;
//! # let certificate = rcgen::CertificateParams::new(vec![])?.self_signed(&key)?;
//! # let (key_pem, certificate_pem) = (key.serialize_pem(), certificate.pem());
//! let cda = b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>";
//! let entry = DocumentEntry { mime_type: "text/xml".into(), ..DocumentEntry::new("Document01", "1.2.250.1.999.1.1") };
//! let set = SubmissionSet::new("SubmissionSet01", "1.2.250.1.999.3.1", "1.2.250.1.999");
//! let submission = Submission::new(set).with_document(entry);
//!
//! let form = SubmissionSignatureForm::default();
//! let digest = DocumentDigest::of(cda, DigestedAs::Canonical, form.digest)?;
//! let ids = SignatureIds::new("Signature01", "1.2.250.1.999.1.2", "_0421d1cc");
//! let signer = SoftwareSigner::from_pem(&key_pem, &certificate_pem)?;
//! let time = "20261128101500".parse()?;
//! let signed = sign_submission(submission, &[("Document01", digest)], &ids, time, &signer, &form)?;
//!
//! // Both go to the client, as any submission with its documents.
//! let files = [
//!     FileToSend { id: "Document01", bytes: cda },
//!     FileToSend { id: "Signature01", bytes: &signed.signature },
//! ];
//! assert!(signed.submission.documents.iter().all(|entry| entry.hash.is_some()));
//!
//! let trust = Trust::Pinned(signer.certificates());
//! let verified = verify_submission(&signed.submission, &files, &trust, &SignatureRules::default())?;
//! assert_eq!(verified.signing_time(), "2026-11-28T10:15:00Z");
//! # Ok(())
//! # }
//! ```
//!
//! Sources: message TD2.1 of the DMP vendor kit, whose signature [`SubmissionSignature::verify`] accepts; ansforge/DRIM-M_DRIMbox; XAdES 1.1.1.

mod digest;
mod error;
mod form;
mod sign;
mod verify;

pub use digest::{DigestedAs, DocumentDigest, DocumentDigester};
pub use error::{SignSubmissionError, VerifySubmissionError};
pub use form::{SignatureIds, SignatureRules, SubmissionSignatureForm};
pub use sign::{SignedSubmission, sign_submission};
pub use verify::{SubmissionSignature, verify_submission};

/// `Id` of the list of documents.
const MANIFEST_ID: &str = "IHEManifest";
/// `Id` of the signed properties.
const PROPERTIES_ID: &str = "S0-SignedProperties";
/// `Id` of the purpose, and the purpose: that of the source (ASTM E1762).
const PURPOSE: (&str, &str) = ("purposeOfSignature", "1.2.840.10065.1.12.1.14");
/// The digest of the submission set, which is none: one byte, zero.
const NO_DIGEST: &[u8] = &[0];

/// How a document is named in the list. Read were OIDs; other forms only where the caller takes them.
fn uri(unique_id: &str, unverified: bool) -> Option<String> {
    if unique_id.starts_with("urn:") {
        return unverified.then(|| unique_id.to_owned());
    }
    (unverified || segur_core::Oid::parse(unique_id).is_ok())
        .then(|| format!("urn:oid:{unique_id}"))
}
