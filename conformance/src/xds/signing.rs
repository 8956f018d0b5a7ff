//! The key that signs: submissions (XAdES), and the VIHF of a [`super::user`].

use std::path::Path;
use std::sync::Arc;

use segur_core::uuid_v4;
use segur_dmp_xds::metadata::Submission;
use segur_dmp_xds::signed::{
    DigestedAs, DocumentDigest, SignatureIds, SubmissionSignatureForm, sign_submission,
};
use segur_soap::signature::{Signer, SoftwareSigner};
use zeroize::Zeroizing;

use super::settings::read;
use super::submit::Document;
use super::{new_oid, now, random};
use crate::output::{Failure, with_causes};

/// The entry of the signature.
const ENTRY: &str = "Signature01";

/// A key in files: certificates of software and of tests. A card has no file, and is not for this command.
pub(super) fn signer(certificate: &Path, key: &Path) -> Result<Arc<dyn Signer>, Failure> {
    let refused = |cause: String| {
        let (certificate, key) = (certificate.display(), key.display());
        Failure::refused(
            format!("{certificate}, {key} : ne peuvent pas signer : {cause}"),
            format!("{certificate}, {key}: cannot sign: {cause}"),
        )
    };
    let (certificates, pem) = (read(certificate)?, read(key)?);
    let text = |bytes: &Zeroizing<Vec<u8>>| {
        let text = String::from_utf8(bytes.to_vec()).map(Zeroizing::new);
        text.map_err(|_| refused("PEM (UTF-8)".to_owned()))
    };
    let signer = SoftwareSigner::from_pem(&text(&pem)?, &text(&certificates)?);
    let signer = signer.map_err(|error| refused(with_causes(&error)))?;
    Ok(Arc::new(signer))
}

/// The submission with its signature, and the document of the signature.
pub(super) fn signed(
    submission: Submission,
    documents: &[Document],
    signer: &dyn Signer,
) -> Result<(Submission, Document), Failure> {
    let form = SubmissionSignatureForm::default();
    let refused = |error: &dyn std::error::Error| {
        let cause = with_causes(error);
        Failure::refused(
            format!("le lot ne peut pas être signé : {cause}"),
            format!("the submission cannot be signed: {cause}"),
        )
    };
    let mut digests = Vec::new();
    for one in documents {
        // Other media types are refused below, with their entry.
        let how = DigestedAs::of(&one.entry.mime_type).unwrap_or(DigestedAs::Bytes);
        let digest =
            DocumentDigest::of_source(&*one.content, how, form.digest).map_err(|e| refused(&e))?;
        digests.push((one.entry.entry_id.as_str(), digest));
    }
    let ids = SignatureIds::new(ENTRY, new_oid()?, format!("_{}", uuid_v4(random()?)));
    let signed = sign_submission(submission, &digests, &ids, now()?, signer, &form);
    let signed = signed.map_err(|e| refused(&e))?;
    let mut entries = signed.submission.documents.iter();
    let Some(entry) = entries.rfind(|one| one.entry_id == ENTRY) else {
        return Err(Failure::refused(
            "le lot signé n'a pas d'entrée pour sa signature",
            "the signed submission has no entry for its signature",
        ));
    };
    let document = Document {
        entry: entry.clone(),
        content: Arc::new(Arc::<[u8]>::from(signed.signature)),
        gaps: Vec::new(),
        path: "signature XAdES".to_owned(),
    };
    Ok((signed.submission, document))
}
