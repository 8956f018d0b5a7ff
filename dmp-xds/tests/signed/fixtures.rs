//! A signer, a lot of two documents, its signature.

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use segur_dmp_xds::signed::{
    DigestedAs, DocumentDigest, SignatureIds, SignatureRules, SignedSubmission,
    SubmissionSignature, SubmissionSignatureForm, VerifySubmissionError, sign_submission,
    verify_submission,
};
use segur_dmp_xds::transaction::FileToSend;
use segur_dmp_xds::{DocumentEntry, Submission};
use segur_soap::signature::{Anchors, SoftwareSigner, Trust};

use crate::common;

pub(crate) const CDA: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<ClinicalDocument  xmlns='urn:hl7-org:v3'><!-- c --><id root='1.2.250.1.999.1.1.7898.1.20240315.1'/>\r\n</ClinicalDocument>\r\n";
pub(crate) const KOS: &[u8] = b"\0DICM no xml <";

pub(crate) struct Authority {
    key: KeyPair,
    params: CertificateParams,
    pub(crate) der: Vec<u8>,
}

fn params(name: &str, years: std::ops::Range<i32>) -> (KeyPair, CertificateParams) {
    let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "FR");
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = rcgen::date_time_ymd(years.start, 1, 1);
    params.not_after = rcgen::date_time_ymd(years.end, 1, 1);
    (key, params)
}

pub(crate) fn authority(name: &str) -> Authority {
    let (key, mut params) = params(name, 2020..2040);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let der = params.self_signed(&key).unwrap().der().to_vec();
    Authority { key, params, der }
}

impl Authority {
    pub(crate) fn signer(&self, name: &str, years: std::ops::Range<i32>) -> SoftwareSigner {
        let (key, mut params) = params(name, years);
        params.key_usages = vec![KeyUsagePurpose::ContentCommitment];
        let issuer = Issuer::from_params(&self.params, &self.key);
        let der = params.signed_by(&key, &issuer).unwrap().der().to_vec();
        SoftwareSigner::from_pkcs8(&key.serialize_der(), vec![der, self.der.clone()]).unwrap()
    }
}

pub(crate) static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| authority("AC FICTIVE"));
pub(crate) static DOCTOR: LazyLock<SoftwareSigner> =
    LazyLock::new(|| AUTHORITY.signer("899700000001", 2024..2029));
pub(crate) static ANCHORS: LazyLock<Anchors> =
    LazyLock::new(|| Anchors::new(vec![AUTHORITY.der.clone()]).unwrap());

pub(crate) fn at(year: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs((year - 1970) * 31_557_600 + 15_000_000)
}

/// A CDA document and an image report, hash and size not set.
pub(crate) fn lot() -> Submission {
    let bare = |entry: DocumentEntry| DocumentEntry {
        hash: None,
        size: None,
        ..entry
    };
    let image = DocumentEntry {
        entry_id: "Document02".to_owned(),
        unique_id: "1.2.250.1.999.1.1.7898.1.20240315.2".to_owned(),
        mime_type: "application/dicom".to_owned(),
        ..common::entry()
    };
    Submission::new(common::set())
        .with_document(bare(common::entry()))
        .with_document(bare(image))
}

pub(crate) fn ids() -> SignatureIds {
    SignatureIds::new(
        "Signature01",
        "1.2.250.1.999.1.1.7898.5.1",
        "_0421d1cc-b27b-4b0d-bab2-7ebcd54d47f6",
    )
}

pub(crate) fn digests(form: &SubmissionSignatureForm) -> [(&'static str, DocumentDigest); 2] {
    let digest = |bytes, how| DocumentDigest::of(bytes, how, form.digest).unwrap();
    [
        ("Document01", digest(CDA, DigestedAs::Canonical)),
        ("Document02", digest(KOS, DigestedAs::Bytes)),
    ]
}

pub(crate) fn signed_with(
    form: &SubmissionSignatureForm,
    signer: &SoftwareSigner,
) -> SignedSubmission {
    let time = "20261128101500".parse().unwrap();
    sign_submission(lot(), &digests(form), &ids(), time, signer, form).unwrap()
}

pub(crate) fn signed() -> SignedSubmission {
    signed_with(&SubmissionSignatureForm::default(), &DOCTOR)
}

pub(crate) fn files(signature: &[u8]) -> [FileToSend<'_>; 3] {
    [
        FileToSend {
            id: "Document01",
            bytes: CDA,
        },
        FileToSend {
            id: "Document02",
            bytes: KOS,
        },
        FileToSend {
            id: "Signature01",
            bytes: signature,
        },
    ]
}

pub(crate) fn verify(
    submission: &Submission,
    files: &[FileToSend<'_>],
) -> Result<SubmissionSignature, VerifySubmissionError> {
    let trust = Trust::Anchored {
        anchors: &ANCHORS,
        at: at(2026),
    };
    verify_submission(submission, files, &trust, &SignatureRules::default())
}
