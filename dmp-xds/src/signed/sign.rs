//! Signing a submission.

use segur_core::Precision;
use segur_soap::c14n::Comments;
use segur_soap::signature::Signer;
use segur_soap::signature::xades::{
    ManifestForm, ManifestNames, ManifestReference, ManifestToSign, sign_manifest,
};

use super::digest::{DigestedAs, DocumentDigest};
use super::error::SignSubmissionError;
use super::form::{SignatureIds, SubmissionSignatureForm};
use super::{MANIFEST_ID, NO_DIGEST, PROPERTIES_ID, PURPOSE, uri};
use crate::metadata::{DocumentEntry, Dtm, Submission};

/// A submission with its signature, ready to be sent. `Debug` hides what identifies the patient, as that of the metadata.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data")]
pub struct SignedSubmission {
    /// The metadata: hash and size of every document, the entry of the signature, its associations.
    pub submission: Submission,
    /// The document of the signature, whose entry has the id that was given.
    pub signature: Vec<u8>,
}

/// Signs a submission: makes the document of the signature and its entry, and sets hash and size where they are missing.
///
/// `documents` are the digests of all its documents, by the ids of their entries. The signature's entry has the patient, the author
/// and the place of the first document. With the same key the same input gives the same bytes.
///
/// # Errors
/// See [`SignSubmissionError`].
pub fn sign_submission(
    mut submission: Submission,
    documents: &[(&str, DocumentDigest)],
    ids: &SignatureIds,
    time: Dtm,
    signer: &dyn Signer,
    form: &SubmissionSignatureForm,
) -> Result<SignedSubmission, SignSubmissionError> {
    if submission.documents.iter().any(DocumentEntry::is_signature) {
        return Err(SignSubmissionError::Signed);
    }
    if let Some((id, _)) = documents
        .iter()
        .find(|(id, _)| submission.documents.iter().all(|one| one.entry_id != *id))
    {
        return wrong(id, "no entry has this id");
    }
    let name = |id: &str, unique_id: &str| {
        let id = id.to_owned();
        uri(unique_id, form.unverified_ids).ok_or(SignSubmissionError::UniqueId { id })
    };
    let set = &submission.submission_set;
    let set = name(&set.entry_id, &set.unique_id)?;
    let mut references = vec![ManifestReference::raw(set, form.digest, NO_DIGEST)];
    for entry in &mut submission.documents {
        let digest = digest_of(entry, documents, form)?;
        let uri = name(&entry.entry_id, &entry.unique_id)?;
        let bytes = digest.digest.as_bytes();
        references.push(match digest.how {
            DigestedAs::Canonical => {
                ManifestReference::canonical(uri, Comments::Kept, form.digest, bytes)
            }
            DigestedAs::Bytes => ManifestReference::raw(uri, form.digest, bytes),
        });
        entry.hash.get_or_insert_with(|| digest.hash().to_owned());
        entry.size.get_or_insert(digest.size());
    }
    let Some(first) = submission.documents.first() else {
        return Err(SignSubmissionError::Empty);
    };
    let mut entry = DocumentEntry::signature_for(first, &*ids.entry_id, &*ids.unique_id, time);
    let mut manifest_form = ManifestForm::default();
    manifest_form.signature = form.signature;
    manifest_form.digest = form.digest;
    manifest_form.whole_chain = form.whole_chain;
    let to_sign = ManifestToSign {
        id: &ids.signature_id,
        names: &ManifestNames::new(MANIFEST_ID, PROPERTIES_ID),
        purpose: Some(PURPOSE),
        signing_time: &xml_time(time).ok_or(SignSubmissionError::Time)?,
        references: &references,
    };
    let signature = sign_manifest(&to_sign, signer, &manifest_form)?;
    entry.set_content(&signature);
    Ok(SignedSubmission {
        submission: submission.with_signature(entry),
        signature,
    })
}

fn wrong<T>(id: &str, cause: &'static str) -> Result<T, SignSubmissionError> {
    let id = id.to_owned();
    Err(SignSubmissionError::Digest { id, cause })
}

/// The digest of an entry, made as the DMP wants it, of the document that the metadata tell of.
fn digest_of<'a>(
    entry: &DocumentEntry,
    documents: &'a [(&str, DocumentDigest)],
    form: &SubmissionSignatureForm,
) -> Result<&'a DocumentDigest, SignSubmissionError> {
    let id = &entry.entry_id;
    let mut own = documents.iter().filter(|(one, _)| one == id);
    let digest = match (own.next(), own.next()) {
        (Some((_, digest)), None) => digest,
        (None, _) => return wrong(id, "it is missing"),
        _ => return wrong(id, "it is given twice"),
    };
    let Some(how) = DigestedAs::of(&entry.mime_type) else {
        return Err(SignSubmissionError::MediaType { id: id.clone() });
    };
    if digest.how != how {
        return wrong(
            id,
            "XML is digested in canonical form, application/dicom as it is",
        );
    }
    if digest.algorithm != form.digest {
        return wrong(
            id,
            "it was made with another algorithm than that of the form",
        );
    }
    if !entry.matches(digest.hash(), digest.size()) {
        return wrong(
            id,
            "hash or size of the metadata are those of another document",
        );
    }
    Ok(digest)
}

/// As XML Schema writes it; none when seconds are missing.
fn xml_time(time: Dtm) -> Option<String> {
    if time.precision() < Precision::Second {
        return None;
    }
    let text = time.to_string();
    let part = |from: usize, to: usize| text.get(from..to);
    Some(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(8, 10)?,
        part(10, 12)?,
        part(12, 14)?
    ))
}
