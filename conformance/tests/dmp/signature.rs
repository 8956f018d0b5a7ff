//! The signature that goes with every submission to the DMP, judged by the sandbox.

use segur_dmp_xds::Submission;
use segur_dmp_xds::client::ClientError;
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::signed::{
    DigestedAs, DocumentDigest, SignatureIds, SignedSubmission, SubmissionSignatureForm,
    sign_submission,
};
use segur_dmp_xds::transaction::FileToSend;
use segur_soap::signature::SoftwareSigner;

use super::{Client, Sandbox, entry, send, set, unique_id};

const CDA: &[u8] =
    b"<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.250.1.999.1'/></ClinicalDocument>";

fn signed(number: u32) -> SignedSubmission {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let certificate = rcgen::CertificateParams::default()
        .self_signed(&key)
        .unwrap();
    let signer = SoftwareSigner::from_pem(&key.serialize_pem(), &certificate.pem()).unwrap();
    let mut document = entry(number, CDA);
    document.mime_type = "text/xml".to_owned();
    let submission = Submission::new(set(number)).with_document(document);
    let form = SubmissionSignatureForm::default();
    let digest = DocumentDigest::of(CDA, DigestedAs::Canonical, form.digest).unwrap();
    let ids = SignatureIds::new("Signature01", unique_id(number + 100), "_0421d1cc");
    let time = "20261128101500".parse().unwrap();
    sign_submission(
        submission,
        &[("Document01", digest)],
        &ids,
        time,
        &signer,
        &form,
    )
    .unwrap()
}

fn submit(client: &Client, lot: &SignedSubmission, cda: &[u8]) -> Result<(), ClientError> {
    let files = [
        FileToSend {
            id: "Document01",
            bytes: cda,
        },
        FileToSend {
            id: "Signature01",
            bytes: &lot.signature,
        },
    ];
    client.submit(&lot.submission, &files, None).map(drop)
}

#[test]
fn a_signed_submission_is_taken_a_wrong_or_missing_signature_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["require-signature"]);
    let client = sandbox.client();
    submit(&client, &signed(1), CDA).unwrap();

    let refused = |error: ClientError| {
        assert!(error.has(&ErrorCode::RepositoryMetadataError), "{error:?}");
        match error {
            ClientError::Refused(response) => response.errors[0].context.clone(),
            other => panic!("{other:?}"),
        }
    };
    let unsigned = Submission::new(set(2)).with_document(entry(2, CDA));
    let told = refused(send(&client, &unsigned, CDA).unwrap_err());
    assert!(told.contains("no signature"), "{told}");

    // Hash and size are those of the file, the signature is of another one.
    let other =
        b"<ClinicalDocument xmlns='urn:hl7-org:v3'><id root='1.2.250.1.999.2'/></ClinicalDocument>";
    let mut lot = signed(3);
    lot.submission.documents[0].set_content(other);
    let told = refused(submit(&client, &lot, other).unwrap_err());
    assert!(told.contains("not the document that was signed"), "{told}");
}
