//! Signatures that are not accepted.

use proptest::prelude::*;
use segur_soap::signature::xades::{ManifestForm, ManifestRules, verify_manifest};
use segur_soap::signature::{Anchors, ChainError, Signer, Trust, VerifyError};
use segur_xml::Document;

use crate::fixtures::{
    ANCHORS, BELOW, DOCTOR, Kind, ROOT, at, forms, made, names, signed, signed_by, verify,
    verify_in,
};

fn markup() -> String {
    signed(&ManifestForm::default())
}

fn part(markup: &str, name: &str) -> String {
    let start = markup.find(&format!("<{name}")).unwrap();
    let end = markup[start..].find(&format!("</{name}>")).unwrap() + start + name.len() + 3;
    markup[start..end].to_owned()
}

#[test]
fn each_part_is_covered() {
    let markup = markup();
    for (from, to, expected) in [
        (
            "urn:oid:1.2.4",
            "urn:oid:1.2.5",
            VerifyError::Part {
                part: "the manifest",
            },
        ),
        (
            "2026-11-28T10:15",
            "2026-11-28T10:16",
            VerifyError::Part {
                part: "the signed properties",
            },
        ),
        (
            "<SignaturePolicyImplied/>",
            "",
            VerifyError::Part {
                part: "the signed properties",
            },
        ),
        (
            "<X509SerialNumber xmlns",
            "<X509SerialNumber  a='b' xmlns",
            VerifyError::Part {
                part: "the signed properties",
            },
        ),
    ] {
        let changed = markup.replace(from, to);
        assert_ne!(changed, markup, "{from}");
        assert_eq!(verify(&changed).unwrap_err(), expected, "{from}");
    }
    // A digest made right again is not what was signed.
    let value = part(&part(&markup, "SignedInfo"), "DigestValue");
    let changed = markup.replacen(&value, "<DigestValue>AAAA</DigestValue>", 1);
    assert_eq!(verify(&changed).unwrap_err(), VerifyError::Value);
}

#[test]
fn another_key_is_refused() {
    let other = made("899700000002", &Kind::Signature, Some(&BELOW), 2024..2027);
    let theirs = signed_by(&other.signer(&[&BELOW, &ROOT]), &ManifestForm::default());
    verify(&theirs).unwrap();
    let (own, foreign) = (
        part(&markup(), "X509Certificate"),
        part(&theirs, "X509Certificate"),
    );
    assert_eq!(
        verify(&theirs.replace(&foreign, &own)).unwrap_err(),
        VerifyError::Value
    );
    let pinned = DOCTOR.signer(&[]);
    let doc = Document::parse(theirs.as_bytes()).unwrap();
    let rules = ManifestRules::default();
    let error = verify_manifest(
        &doc,
        &names(),
        &Trust::Pinned(pinned.certificates()),
        &rules,
    )
    .unwrap_err();
    assert_eq!(error, VerifyError::Untrusted);
}

#[test]
fn chains_are_checked() {
    let form = ManifestForm::default();
    let error = |markup: &str, year| verify_in(markup, year).unwrap_err();
    assert_eq!(
        error(&markup(), 2030),
        VerifyError::Chain(ChainError::Expired)
    );
    assert_eq!(
        error(&markup(), 2021),
        VerifyError::Chain(ChainError::NotYetValid)
    );

    let stranger = made("AC INCONNUE", &Kind::Authority, None, 2020..2040);
    let theirs = made(
        "899700000003",
        &Kind::Signature,
        Some(&stranger),
        2024..2027,
    );
    assert_eq!(
        error(&signed_by(&theirs.signer(&[&stranger]), &form), 2026),
        VerifyError::Chain(ChainError::NoPath)
    );

    // One that calls itself as ours.
    let homonym = made("AC PERSONNES", &Kind::Authority, None, 2020..2040);
    let theirs = made("899700000004", &Kind::Signature, Some(&homonym), 2024..2027);
    assert_eq!(
        error(&signed_by(&theirs.signer(&[&homonym]), &form), 2026),
        VerifyError::Chain(ChainError::NoPath)
    );

    // A signer is no authority.
    let below = made("899700000005", &Kind::Signature, Some(&DOCTOR), 2024..2027);
    let mut whole = ManifestForm::default();
    whole.whole_chain = true;
    assert_eq!(
        error(&signed_by(&below.signer(&[&DOCTOR, &BELOW]), &whole), 2026),
        VerifyError::Chain(ChainError::NoPath)
    );

    let card = made(
        "899700000006",
        &Kind::Authentication,
        Some(&BELOW),
        2024..2027,
    );
    assert_eq!(
        error(&signed_by(&card.signer(&[]), &form), 2026),
        VerifyError::Chain(ChainError::Usage)
    );

    // The authority between has expired, the signer not.
    let old = made("AC ANCIENNE", &Kind::Authority, Some(&ROOT), 2020..2025);
    let theirs = made("899700000007", &Kind::Signature, Some(&old), 2024..2027);
    assert_eq!(
        error(&signed_by(&theirs.signer(&[&old]), &whole), 2026),
        VerifyError::Chain(ChainError::Expired)
    );

    // Cut: the one between is neither known nor brought; known again when the signature brings it.
    let alone = Anchors::new(vec![ROOT.der.clone()]).unwrap();
    let judge = |markup: String| {
        let doc = Document::parse(markup.as_bytes()).unwrap();
        let trust = Trust::Anchored {
            anchors: &alone,
            at: at(2026),
        };
        verify_manifest(&doc, &names(), &trust, &ManifestRules::default())
    };
    assert_eq!(
        judge(markup()).unwrap_err(),
        VerifyError::Chain(ChainError::NoPath)
    );
    judge(signed(&whole)).unwrap();
}

#[test]
fn the_signed_list_of_certificates_is_checked() {
    let form = ManifestForm::default();
    verify(&signed_by(&DOCTOR.signer(&[]), &form)).unwrap();
    verify(&signed_by(&DOCTOR.signer(&[&BELOW]), &form)).unwrap();
    let error = verify(&signed_by(&DOCTOR.signer(&[&ROOT]), &form)).unwrap_err();
    assert!(
        matches!(error, VerifyError::SigningCertificate { .. }),
        "{error}"
    );
    // A certificate of the same key is another certificate.
    let again = {
        let issuer = rcgen::Issuer::from_params(&BELOW.params, &BELOW.key);
        let mut params = DOCTOR.params.clone();
        params.serial_number = Some(7.into());
        params.signed_by(&DOCTOR.key, &issuer).unwrap()
    };
    use base64::Engine as _;
    let again = base64::engine::general_purpose::STANDARD.encode(again.der());
    let swapped = markup().replace(
        &part(&markup(), "X509Certificate"),
        &format!("<X509Certificate>{again}</X509Certificate>"),
    );
    let error = verify(&swapped).unwrap_err();
    assert!(
        matches!(error, VerifyError::SigningCertificate { .. }),
        "{error}"
    );
}

#[test]
fn sha1_must_be_allowed() {
    let old = signed(&forms()[1]);
    verify(&old).unwrap();
    let doc = Document::parse(old.as_bytes()).unwrap();
    let trust = Trust::Anchored {
        anchors: &ANCHORS,
        at: at(2026),
    };
    let error = verify_manifest(&doc, &names(), &trust, &ManifestRules::default()).unwrap_err();
    assert!(
        matches!(
            error,
            VerifyError::WeakAlgorithm {
                name: "RSA-SHA1",
                ..
            }
        ),
        "{error}"
    );
    let mut mixed = forms().remove(0);
    mixed.digest = segur_soap::c14n::DigestAlgorithm::Sha1;
    let doc = signed(&mixed);
    let doc = Document::parse(doc.as_bytes()).unwrap();
    let error = verify_manifest(&doc, &names(), &trust, &ManifestRules::default()).unwrap_err();
    assert!(
        matches!(error, VerifyError::WeakAlgorithm { name: "SHA-1", .. }),
        "{error}"
    );
    let md5 = markup().replace(
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
    );
    assert!(matches!(
        verify(&md5).unwrap_err(),
        VerifyError::WeakAlgorithm {
            name: "RSA-MD5",
            ..
        }
    ));
    let hmac = markup().replace("xmldsig-more#rsa-sha256", "xmldsig-more#hmac-sha256");
    assert!(matches!(
        verify(&hmac).unwrap_err(),
        VerifyError::Algorithm { .. }
    ));
}

#[test]
fn wrapped_signatures_are_refused() {
    let markup = markup();
    let manifest = part(&markup, "Manifest");
    let evil = manifest.replace("urn:oid:1.2.4", "urn:oid:6.6.6");
    let object = part(&markup, "Object");
    let end = "</Signature>";
    for forged in [
        // The right one beside a forgery of the same Id, of another, and inside it.
        markup.replace(&object, &format!("<Object>{evil}</Object>{object}")),
        markup.replace(
            &object,
            &format!(
                "{object}<Object>{}</Object>",
                evil.replace("IHEManifest", "other")
            ),
        ),
        markup.replace(
            &manifest,
            &evil.replace("</Manifest>", &format!("{manifest}</Manifest>")),
        ),
        // Hidden where nothing is read.
        markup.replace(&manifest, &evil).replace(
            end,
            &format!("<Object><SignatureProperties>{manifest}</SignatureProperties></Object>{end}"),
        ),
        markup
            .replace(&manifest, &evil.replace("IHEManifest", "other"))
            .replace(
                end,
                &format!(
                    "<Object><SignatureProperties>{manifest}</SignatureProperties></Object>{end}"
                ),
            ),
        markup.replace(&object, ""),
        markup.replace(&object, &format!("<!-- c -->{object}")),
        markup.replace("#IHEManifest", "#S0-SignedProperties"),
        markup.replace("#IHEManifest", ""),
        markup.replace("URI=\"#S0-SignedProperties\"", "URI=\"#IHEManifest\""),
        markup.replace(
            "<SignatureProperty Id=\"purposeOfSignature\"",
            "<SignatureProperty Id=\"IHEManifest\"",
        ),
        markup.replace(
            " Target=\"#_0421d1cc\"><SignedProperties",
            " Target=\"#other\"><SignedProperties",
        ),
        format!("<a>{markup}</a>"),
        markup.replace("<Signature xmlns", "<Signature xml:lang=\"fr\" xmlns"),
        markup.replace("<SignatureValue>", "<SignatureValue>*"),
        markup.replace("#WithComments\"", "\""),
    ] {
        assert_ne!(forged, markup);
        let error = verify(&forged).unwrap_err();
        println!("{error}");
    }
}

/// A byte changed anywhere: refused, or what is verified is the same.
#[test]
fn each_changed_letter_is_refused_or_changes_nothing() {
    let markup = markup();
    let right = verify(&markup).unwrap();
    let unsigned = {
        let start = markup.find("<SignatureProperties").unwrap();
        start..markup.find("</SignatureProperties").unwrap()
    };
    let mut refused = 0;
    for (position, byte) in markup.bytes().enumerate().step_by(7) {
        if !byte.is_ascii_alphanumeric() || unsigned.contains(&position) {
            continue;
        }
        let mut changed = markup.clone().into_bytes();
        changed[position] = if byte == b'7' { b'8' } else { b'7' };
        let Ok(changed) = String::from_utf8(changed) else {
            continue;
        };
        if Document::parse(changed.as_bytes()).is_err() {
            continue;
        }
        match verify(&changed) {
            Err(_) => refused += 1,
            Ok(verified) => assert_eq!(verified.references(), right.references(), "{changed}"),
        }
    }
    assert!(refused > 200, "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_changed_bytes_make_it_panic_or_pass(
        at in 0usize..6_000,
        length in 0usize..40,
        with in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut bytes = SIGNED.clone().into_bytes();
        let at = at.min(bytes.len());
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, with);
        if let Ok(markup) = String::from_utf8(bytes)
            && Document::parse(markup.as_bytes()).is_ok()
            && let Ok(verified) = verify(&markup)
        {
            let right = verify(&SIGNED).unwrap();
            prop_assert_eq!(verified.references(), right.references());
        }
    }
}

static SIGNED: std::sync::LazyLock<String> = std::sync::LazyLock::new(markup);
