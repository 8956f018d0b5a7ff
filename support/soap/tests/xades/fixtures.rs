//! An authority, one below it, and signers.

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use segur_soap::c14n::{Comments, DigestAlgorithm};
use segur_soap::signature::xades::{
    ManifestForm, ManifestNames, ManifestReference, ManifestRules, ManifestToSign,
    VerifiedManifest, sign_manifest, verify_manifest,
};
use segur_soap::signature::{Anchors, SignatureAlgorithm, SoftwareSigner, Trust, VerifyError};
use segur_xml::Document;

/// What a certificate is for.
pub(crate) enum Kind {
    Authority,
    Signature,
    Authentication,
}

pub(crate) struct Made {
    pub(crate) key: KeyPair,
    pub(crate) params: CertificateParams,
    pub(crate) der: Vec<u8>,
}

pub(crate) fn made(
    name: &str,
    kind: &Kind,
    issuer: Option<&Made>,
    years: std::ops::Range<i32>,
) -> Made {
    let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "FR");
    params
        .distinguished_name
        .push(DnType::OrganizationName, "IGC FICTIVE");
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = rcgen::date_time_ymd(years.start, 1, 1);
    params.not_after = rcgen::date_time_ymd(years.end, 1, 1);
    params.key_usages = match kind {
        Kind::Authority => vec![KeyUsagePurpose::KeyCertSign],
        Kind::Signature => vec![KeyUsagePurpose::ContentCommitment],
        Kind::Authentication => vec![KeyUsagePurpose::KeyEncipherment],
    };
    if let Kind::Authority = kind {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    }
    let der = match issuer {
        None => params.self_signed(&key).unwrap(),
        Some(issuer) => {
            let issuer = Issuer::from_params(&issuer.params, &issuer.key);
            params.signed_by(&key, &issuer).unwrap()
        }
    };
    let der = der.der().to_vec();
    Made { key, params, der }
}

impl Made {
    pub(crate) fn signer(&self, others: &[&Made]) -> SoftwareSigner {
        let mut chain = vec![self.der.clone()];
        chain.extend(others.iter().map(|one| one.der.clone()));
        SoftwareSigner::from_pkcs8(&self.key.serialize_der(), chain).unwrap()
    }
}

pub(crate) static ROOT: LazyLock<Made> =
    LazyLock::new(|| made("AC RACINE", &Kind::Authority, None, 2020..2040));
pub(crate) static BELOW: LazyLock<Made> =
    LazyLock::new(|| made("AC PERSONNES", &Kind::Authority, Some(&ROOT), 2020..2038));
pub(crate) static DOCTOR: LazyLock<Made> =
    LazyLock::new(|| made("899700000001", &Kind::Signature, Some(&BELOW), 2024..2027));

pub(crate) fn at(year: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs((year - 1970) * 31_557_600 + 15_000_000)
}

pub(crate) static ANCHORS: LazyLock<Anchors> = LazyLock::new(|| {
    let anchors = Anchors::new(vec![ROOT.der.clone()]).unwrap();
    anchors.with_intermediates(vec![BELOW.der.clone()]).unwrap()
});

pub(crate) fn names() -> ManifestNames {
    ManifestNames::new("IHEManifest", "S0-SignedProperties")
}

pub(crate) fn forms() -> Vec<ManifestForm> {
    let mut old = ManifestForm::default();
    old.signature = SignatureAlgorithm::RsaSha1;
    old.digest = DigestAlgorithm::Sha1;
    let mut whole = ManifestForm::default();
    whole.whole_chain = true;
    vec![ManifestForm::default(), old, whole]
}

pub(crate) fn signed_by(signer: &SoftwareSigner, form: &ManifestForm) -> String {
    let digest = form.digest.of(b"<a></a>");
    let to_sign = ManifestToSign {
        id: "_0421d1cc",
        names: &names(),
        purpose: Some(("purposeOfSignature", "1.2.840.10065.1.12.1.14")),
        signing_time: "2026-11-28T10:15:00Z",
        references: &[
            ManifestReference::raw("urn:oid:1.2.3", form.digest, &[0]),
            ManifestReference::canonical(
                "urn:oid:1.2.4",
                Comments::Kept,
                form.digest,
                digest.as_bytes(),
            ),
        ],
    };
    String::from_utf8(sign_manifest(&to_sign, signer, form).unwrap()).unwrap()
}

pub(crate) fn signed(form: &ManifestForm) -> String {
    signed_by(&DOCTOR.signer(&[&BELOW, &ROOT]), form)
}

pub(crate) fn verify_in(markup: &str, year: u64) -> Result<VerifiedManifest, VerifyError> {
    let doc = Document::parse(markup.as_bytes()).unwrap();
    let trust = Trust::Anchored {
        anchors: &ANCHORS,
        at: at(year),
    };
    let mut rules = ManifestRules::default();
    rules.sha1 = true;
    verify_manifest(&doc, &names(), &trust, &rules)
}

pub(crate) fn verify(markup: &str) -> Result<VerifiedManifest, VerifyError> {
    verify_in(markup, 2026)
}
