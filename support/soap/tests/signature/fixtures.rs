//! Keys, certificates and an assertion, all made up.

use std::sync::LazyLock;

use segur_soap::saml::{
    Assertion, AssertionForm, Attribute, AuthnStatement, Conditions, NameId, SamlTime,
    X509_SUBJECT_NAME,
};
use segur_soap::signature::{
    SignatureForm, Signer, SoftwareSigner, Trust, Verified, VerifyError, verify_enveloped,
};
use segur_xml::Document;

/// A key and its certificate, in PEM.
pub(crate) struct Pair {
    pub(crate) key: String,
    pub(crate) certificate: String,
}

impl Pair {
    fn new(name: &str) -> Self {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
        let mut params = rcgen::CertificateParams::new(vec![]).unwrap();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        let certificate = params.self_signed(&key).unwrap();
        Self {
            key: key.serialize_pem(),
            certificate: certificate.pem(),
        }
    }

    pub(crate) fn signer(&self) -> SoftwareSigner {
        SoftwareSigner::from_pem(&self.key, &self.certificate).unwrap()
    }
}

pub(crate) static CABINET: LazyLock<Pair> = LazyLock::new(|| Pair::new("CABINET FICTIF"));
pub(crate) static STRANGER: LazyLock<Pair> = LazyLock::new(|| Pair::new("QUELQU'UN D'AUTRE"));

pub(crate) const ID: &str = "_6ba7b810-9dad-41d1-80b4-00c04fd430c8";

pub(crate) fn assertion() -> Assertion {
    let time = |text: &str| SamlTime::new(text).unwrap();
    let role = r#"<Role xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CE" code="10" codeSystem="1.2.250.1.71.1.2.7" displayName="Médecin"/>"#;
    Assertion {
        conditions: Some(Conditions {
            not_before: Some(time("2026-11-28T10:15:00Z")),
            not_on_or_after: Some(time("2026-11-28T10:20:00Z")),
            audiences: vec![],
        }),
        authn: Some(AuthnStatement::new(
            time("2026-11-28T10:14:00.250Z"),
            "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
        )),
        attributes: vec![
            Attribute::text("Identifiant_Structure", "10B0000000 & <fils>"),
            Attribute::xml(
                "urn:oasis:names:tc:xacml:2.0:subject:role",
                [role.to_owned()],
            ),
        ],
        ..Assertion::new(
            ID,
            time("2026-11-28T10:15:00.123Z"),
            NameId::with_format("CN=CABINET FICTIF", X509_SUBJECT_NAME),
            NameId {
                name_qualifier: Some("CPS".into()),
                ..NameId::new("899900000000")
            },
        )
    }
}

pub(crate) fn signed() -> String {
    assertion()
        .write_signed(
            &AssertionForm::default(),
            &CABINET.signer(),
            &SignatureForm::default(),
        )
        .unwrap()
}

/// Verifies the root element under the certificate of the cabinet.
pub(crate) fn verify(markup: &str) -> Result<Verified, VerifyError> {
    let doc = Document::parse(markup.as_bytes()).unwrap();
    let signer = CABINET.signer();
    verify_enveloped(doc.root_element(), &Trust::Pinned(signer.certificates()))
}
