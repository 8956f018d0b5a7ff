//! Signatures that are made.

use std::path::Path;
use std::process::Command;

use segur_soap::c14n::{Comments, DigestAlgorithm};
use segur_soap::signature::xades::{ManifestForm, ManifestNames, ManifestToSign, sign_manifest};
use segur_soap::signature::{SignError, SignatureAlgorithm, SignatureError, Signer, ToSign};
use segur_xml::Document;

use crate::fixtures::{BELOW, DOCTOR, ROOT, forms, names, signed, verify};

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";

#[test]
fn what_is_signed_is_verified() {
    for form in forms() {
        let markup = signed(&form);
        let verified = verify(&markup).unwrap();
        assert_eq!(verified.signing_time(), "2026-11-28T10:15:00Z");
        let chain: Vec<_> = [&DOCTOR, &BELOW, &ROOT]
            .iter()
            .map(|one| one.der.clone())
            .collect();
        assert_eq!(verified.certificates(), chain);
        let [set, document] = verified.references() else {
            panic!("{verified:?}");
        };
        assert_eq!(
            (set.uri.as_str(), &set.digest[..], set.canonical),
            ("urn:oid:1.2.3", &[0][..], None)
        );
        assert_eq!(
            (document.uri.as_str(), document.canonical),
            ("urn:oid:1.2.4", Some(Comments::Kept))
        );
        assert_eq!(document.digest, form.digest.of(b"<a></a>").as_bytes());
        assert_eq!(markup, signed(&form), "the same input gives the same bytes");
    }
}

#[test]
fn xmlsec_accepts_it() {
    if Command::new("xmlsec1").arg("--version").output().is_err() {
        println!("SKIPPED xmlsec_accepts_it: xmlsec1 is not installed (apt-get install xmlsec1)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let root = file("root.der", &ROOT.der);
    let below = file("below.der", &BELOW.der);
    let accepts = |path: &Path| {
        let output = Command::new("xmlsec1")
            .args([
                "--verify",
                "--ignore-manifests",
                "--enabled-key-data",
                "x509",
            ])
            .args([
                "--id-attr:Id",
                "http://www.w3.org/2000/09/xmldsig#:Manifest",
            ])
            .args([
                "--id-attr:Id",
                "http://uri.etsi.org/01903/v1.1.1#:SignedProperties",
            ])
            .args(["--verification-time", "2026-06-01 00:00:00"])
            .arg("--trusted-der")
            .arg(&root)
            .arg("--untrusted-der")
            .arg(&below)
            .arg(path)
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    for form in forms() {
        let markup = signed(&form);
        let (accepted, said) = accepts(&file("signed.xml", markup.as_bytes()));
        assert!(accepted, "{form:?}: {said}");
        for (from, to) in [
            ("urn:oid:1.2.4", "urn:oid:1.2.5"),
            ("2026-11-28T10", "2026-11-28T11"),
        ] {
            let changed = markup.replace(from, to);
            let (accepted, _) = accepts(&file("changed.xml", changed.as_bytes()));
            assert!(!accepted, "the judge must be able to say no");
        }
    }
}

#[test]
fn the_form_is_that_of_the_samples() {
    let mut form = ManifestForm::default();
    form.signature = SignatureAlgorithm::RsaSha1;
    form.digest = DigestAlgorithm::Sha1;
    let doc = Document::parse(signed(&form).as_bytes()).unwrap();
    let root = doc.root_element();
    let info = root.child(DS, "SignedInfo").unwrap();
    let algorithm = |local: &str| {
        info.child(DS, local)
            .unwrap()
            .attribute("Algorithm")
            .unwrap()
            .into_owned()
    };
    assert_eq!(
        algorithm("CanonicalizationMethod"),
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"
    );
    assert_eq!(
        algorithm("SignatureMethod"),
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
    );
    let references: Vec<_> = info
        .children_named(DS, "Reference")
        .map(|one| one.attribute("URI").unwrap().into_owned())
        .collect();
    assert_eq!(references, ["#IHEManifest", "#S0-SignedProperties"]);
    let objects: Vec<_> = root
        .children_named(DS, "Object")
        .map(|one| one.elements().next().unwrap().local_name())
        .collect();
    assert_eq!(
        objects,
        ["Manifest", "SignatureProperties", "QualifyingProperties"]
    );
    let names = root
        .descendants()
        .filter(|one| one.is_element() && one.local_name() == "X509IssuerName");
    let names: Vec<_> = names.map(|one| one.string_value().into_owned()).collect();
    assert_eq!(
        names,
        [
            "CN=AC PERSONNES,O=IGC FICTIVE,C=FR",
            "CN=AC RACINE,O=IGC FICTIVE,C=FR",
            "CN=AC RACINE,O=IGC FICTIVE,C=FR"
        ]
    );
    let serials = root
        .descendants()
        .filter(|one| one.is_element() && one.local_name() == "X509SerialNumber");
    assert!(
        serials
            .map(|one| one.string_value().into_owned())
            .all(|text| text.bytes().all(|b| b.is_ascii_digit()))
    );
    assert!(
        root.descendants()
            .any(|one| one.is_element() && one.local_name() == "SignaturePolicyImplied")
    );
}

/// A card that is given the DigestInfo, as PKCS#11 has it, or one that makes what it always makes.
struct Card {
    key: segur_soap::signature::SoftwareSigner,
    old: bool,
}

impl Signer for Card {
    fn certificates(&self) -> &[Vec<u8>] {
        self.key.certificates()
    }

    fn sign(&self, input: &ToSign<'_>) -> Result<Vec<u8>, SignError> {
        match self.old {
            true => self.key.sign(&ToSign::new(input.message())),
            false => Err(SignError::Algorithm {
                algorithm: input.algorithm(),
            }),
        }
    }
}

#[test]
fn a_card_without_the_algorithm_is_told_apart() {
    let form = forms().remove(1);
    let to_sign = ManifestToSign {
        id: "_1",
        names: &names(),
        purpose: None,
        signing_time: "2026-11-28T10:15:00Z",
        references: &[],
    };
    for old in [true, false] {
        let card = Card {
            key: DOCTOR.signer(&[]),
            old,
        };
        let error = sign_manifest(&to_sign, &card, &form).unwrap_err();
        assert!(
            matches!(error, SignatureError::Signer(SignError::Algorithm { .. })),
            "{error}"
        );
        assert!(error.to_string().contains("RSA-SHA1"), "{error}");
    }
}

#[test]
fn identifiers_are_checked() {
    let sign = |id: &str, names: &ManifestNames, purpose| {
        let to_sign = ManifestToSign {
            id,
            names,
            purpose,
            signing_time: "2026-11-28T10:15:00Z",
            references: &[],
        };
        sign_manifest(&to_sign, &DOCTOR.signer(&[]), &ManifestForm::default())
    };
    sign("_1", &names(), None).unwrap();
    for (id, other) in [
        ("", "p"),
        ("1", "p"),
        ("a:b", "p"),
        ("IHEManifest", "p"),
        ("_1", "_1"),
        ("_1", "a b"),
    ] {
        let error = sign(id, &names(), Some((other, "text"))).unwrap_err();
        assert!(
            matches!(error, SignatureError::Form { .. }),
            "{id} {other}: {error}"
        );
    }
}
