//! Verifying the signature of a submission.

use segur_soap::c14n::Comments;
use segur_soap::signature::Trust;
use segur_soap::signature::xades::{
    ManifestNames, ManifestReference, ManifestRules, VerifiedManifest, verify_manifest,
};
use segur_xml::{Document, Limits};

use super::digest::{DigestedAs, DocumentDigest, DocumentDigester};
use super::error::VerifySubmissionError;
use super::form::SignatureRules;
use super::{MANIFEST_ID, NO_DIGEST, PROPERTIES_ID, uri};
use crate::metadata::{AssociationKind, DocumentEntry, Submission};
use crate::transaction::FileToSend;

type Error = VerifySubmissionError;

/// A signature whose value, certificates and list were verified. Whether it is the one of a submission, [`check`](Self::check) tells.
#[derive(Clone, Debug)]
pub struct SubmissionSignature {
    manifest: VerifiedManifest,
}

/// Bytes of the document of a signature.
const MAX_BYTES: usize = 4 << 20;

/// Verifies that a submission is signed: its signature is right and made by somebody trusted, is of this set, and lists all of its
/// documents, as they are here, and nothing else.
///
/// For documents that are not to be held: [`SubmissionSignature::verify`], then [`SubmissionSignature::digester`] for each, then
/// [`SubmissionSignature::check`].
///
/// # Errors
/// See [`VerifySubmissionError`]: each failure has its own.
pub fn verify_submission(
    submission: &Submission,
    files: &[FileToSend<'_>],
    trust: &Trust<'_>,
    rules: &SignatureRules,
) -> Result<SubmissionSignature, Error> {
    let file = |entry: &DocumentEntry| {
        let mut own = files.iter().filter(|file| file.id == entry.entry_id);
        let id = entry.entry_id.clone();
        own.next()
            .map(|file| file.bytes)
            .ok_or(Error::NoFile { id })
    };
    let signature = signature_of(submission)?;
    let verified = SubmissionSignature::verify(file(signature)?, trust, rules)?;
    let mut digests = Vec::new();
    for entry in submission
        .documents
        .iter()
        .filter(|entry| !entry.is_signature())
    {
        let mut digester = verified.digester(entry)?;
        let failed = |source| Error::Canonical {
            id: entry.entry_id.clone(),
            source,
        };
        digester.update(file(entry)?).map_err(failed)?;
        digests.push((entry.entry_id.as_str(), digester.finish().map_err(failed)?));
    }
    verified.check(submission, &digests)?;
    Ok(verified)
}

/// The entry of the signature, which signs the set.
fn signature_of(submission: &Submission) -> Result<&DocumentEntry, Error> {
    let mut all = submission
        .documents
        .iter()
        .filter(|entry| entry.is_signature());
    let entry = all.next().ok_or(Error::NotSigned)?;
    if all.next().is_some() {
        return Err(Error::Repeated);
    }
    let set = &submission.submission_set.entry_id;
    let signs = submission.associations.iter().any(|one| {
        one.kind == AssociationKind::Signs && one.source == entry.entry_id && one.target == *set
    });
    let id = entry.entry_id.clone();
    if signs {
        Ok(entry)
    } else {
        Err(Error::NoAssociation { id })
    }
}

impl SubmissionSignature {
    /// Verifies the document of a signature by itself.
    ///
    /// # Errors
    /// It is no XML, or [`VerifySubmissionError::Signature`] tells what is wrong.
    pub fn verify(
        signature: &[u8],
        trust: &Trust<'_>,
        rules: &SignatureRules,
    ) -> Result<Self, Error> {
        let mut limits = Limits::default();
        limits.max_bytes = MAX_BYTES;
        let document = Document::parse_with(signature, &limits)?;
        let names = ManifestNames::new(MANIFEST_ID, PROPERTIES_ID);
        let mut manifest_rules = ManifestRules::default();
        manifest_rules.sha1 = rules.sha1;
        let manifest = verify_manifest(&document, &names, trust, &manifest_rules)?;
        Ok(Self { manifest })
    }

    /// What digests the document of an entry as the signature does.
    ///
    /// # Errors
    /// The signature does not list it, or digests it in another way than the DMP wants.
    pub fn digester(&self, entry: &DocumentEntry) -> Result<DocumentDigester, Error> {
        let (_, reference) = self.reference(entry)?;
        let id = || entry.entry_id.clone();
        let how = match reference.canonical {
            Some(Comments::Kept) => DigestedAs::Canonical,
            Some(Comments::Dropped) => return Err(Error::Transform { id: id() }),
            None => DigestedAs::Bytes,
        };
        if DigestedAs::of(&entry.mime_type) != Some(how) {
            return Err(Error::Transform { id: id() });
        }
        Ok(DocumentDigester::new(how, reference.algorithm))
    }

    /// Whether it is the signature of this submission, whose documents, but for the signature itself, have these digests.
    ///
    /// # Errors
    /// It signs another set, leaves a document out, lists another, or a document is not what was signed.
    pub fn check(
        &self,
        submission: &Submission,
        documents: &[(&str, DocumentDigest)],
    ) -> Result<(), Error> {
        signature_of(submission)?;
        let references = self.manifest.references();
        let set = uri(&submission.submission_set.unique_id, true);
        match references.first() {
            Some(first) if Some(&first.uri) == set.as_ref() && first.digest == NO_DIGEST => {}
            _ => return Err(Error::OtherSet),
        }
        let mut named = vec![false; references.len()];
        for entry in submission
            .documents
            .iter()
            .filter(|entry| !entry.is_signature())
        {
            let (at, reference) = self.reference(entry)?;
            if let Some(named) = named.get_mut(at) {
                *named = true;
            }
            let id = || entry.entry_id.clone();
            let mut own = documents.iter().filter(|(one, _)| *one == entry.entry_id);
            let (_, digest) = own.next().ok_or_else(|| Error::NoFile { id: id() })?;
            let canonical = (digest.how == DigestedAs::Canonical).then_some(Comments::Kept);
            if DigestedAs::of(&entry.mime_type) != Some(digest.how)
                || reference.canonical != canonical
                || reference.algorithm != digest.algorithm
            {
                return Err(Error::Transform { id: id() });
            }
            if reference.digest != digest.digest.as_bytes() {
                return Err(Error::Digest { id: id() });
            }
        }
        match named.iter().skip(1).position(|&named| !named) {
            Some(at) => Err(Error::Foreign { number: at + 2 }),
            None => Ok(()),
        }
    }

    /// The reference to a document, and where it is in the list; the first is to the set.
    fn reference(&self, entry: &DocumentEntry) -> Result<(usize, &ManifestReference), Error> {
        let uri = uri(&entry.unique_id, true);
        let mut all = self.manifest.references().iter().enumerate().skip(1);
        let found = all.find(|(_, one)| Some(&one.uri) == uri.as_ref());
        let id = entry.entry_id.clone();
        found.ok_or(Error::NotListed { id })
    }

    /// When it was signed, as the signer says: `xs:dateTime`.
    pub fn signing_time(&self) -> &str {
        self.manifest.signing_time()
    }

    /// The signer's certificate in DER, then those up to the authority when a path was looked for.
    pub fn certificates(&self) -> &[Vec<u8>] {
        self.manifest.certificates()
    }
}
