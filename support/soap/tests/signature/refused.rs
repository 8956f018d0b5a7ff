//! Signatures that are not accepted.

use proptest::prelude::*;
use segur_soap::signature::{CertificateError, Signer, Trust, VerifyError, verify_enveloped};
use segur_xml::Document;

use crate::fixtures::{CABINET, STRANGER, signed, verify};

#[test]
fn another_certificate_is_refused() {
    let markup = signed();
    let doc = Document::parse(markup.as_bytes()).unwrap();
    let stranger = STRANGER.signer();
    let error = verify_enveloped(doc.root_element(), &Trust::Pinned(stranger.certificates()));
    assert_eq!(error.unwrap_err(), VerifyError::Untrusted);
    let error = verify_enveloped(doc.root_element(), &Trust::Pinned(&[]));
    assert_eq!(error.unwrap_err(), VerifyError::Untrusted);

    let own = CABINET.signer().certificates().to_vec();
    let yes = move |chain: &[Vec<u8>]| chain == own;
    verify_enveloped(doc.root_element(), &Trust::Decided(&yes)).unwrap();
    let no = |_: &[Vec<u8>]| false;
    let error = verify_enveloped(doc.root_element(), &Trust::Decided(&no));
    assert_eq!(error.unwrap_err(), VerifyError::Untrusted);
}

#[test]
fn a_certificate_put_in_place_of_the_signers_does_not_help() {
    let base64 = |pem: &str| -> String {
        pem.lines()
            .filter(|line| !line.starts_with("---"))
            .collect()
    };
    let (own, foreign) = (base64(&CABINET.certificate), base64(&STRANGER.certificate));
    let theirs = crate::fixtures::assertion()
        .write_signed(&Default::default(), &STRANGER.signer(), &Default::default())
        .unwrap();
    assert!(theirs.contains(&foreign));
    assert_eq!(verify(&theirs).unwrap_err(), VerifyError::Untrusted);
    assert_eq!(
        verify(&theirs.replace(&foreign, &own)).unwrap_err(),
        VerifyError::Value
    );
    let both = format!("{own}</ds:X509Certificate><ds:X509Certificate>{foreign}");
    assert_eq!(
        verify(&theirs.replace(&foreign, &both)).unwrap_err(),
        VerifyError::Value
    );
}

#[test]
fn weak_and_strange_algorithms_are_refused_by_name() {
    let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    let rsa = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    for (from, to, name) in [
        (sha256, "http://www.w3.org/2000/09/xmldsig#sha1", "SHA-1"),
        (
            rsa,
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            "RSA-SHA1",
        ),
        (
            rsa,
            "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
            "RSA-MD5",
        ),
        (
            rsa,
            "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
            "HMAC-SHA1",
        ),
    ] {
        let error = verify(&signed().replace(from, to)).unwrap_err();
        assert!(
            matches!(error, VerifyError::WeakAlgorithm { name: found, .. } if found == name),
            "{error}"
        );
        assert!(
            error.to_string().contains("RSA-SHA256"),
            "the remedy is named: {error}"
        );
    }
    let inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    let xslt = "http://www.w3.org/TR/1999/REC-xslt-19991116";
    let exclusive = "\"http://www.w3.org/2001/10/xml-exc-c14n#\"";
    for (from, to) in [
        (exclusive, format!("\"{inclusive}\"")),
        (exclusive, exclusive.replace("#", "#WithComments")),
        (
            "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
            xslt.into(),
        ),
        (
            rsa,
            "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256".into(),
        ),
        (rsa, String::new()),
    ] {
        let error = verify(&signed().replace(from, &to)).unwrap_err();
        assert!(matches!(error, VerifyError::Algorithm { .. }), "{error}");
    }
}

#[test]
fn other_forms_are_refused() {
    let markup = signed();
    let transform =
        "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>";
    let reference = {
        let start = markup.find("<ds:Reference").unwrap();
        let end = markup.find("</ds:Reference>").unwrap() + "</ds:Reference>".len();
        &markup[start..end]
    };
    let whole = {
        let start = markup.find("<ds:Signature ").unwrap();
        let end = markup.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
        &markup[start..end]
    };
    for (from, to) in [
        (transform, String::new()),
        (transform, format!("{transform}{transform}")),
        (reference, String::new()),
        (reference, format!("{reference}{reference}")),
        (whole, format!("{whole}{whole}")),
        (
            "<ds:SignatureValue>",
            "<!-- c --><ds:SignatureValue>".into(),
        ),
        ("<ds:SignatureValue>", "<ds:SignatureValue>*".into()),
        ("<ds:DigestValue>", "<ds:DigestValue><!-- c -->".into()),
        ("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>".into()),
        ("<ds:SignedInfo>", "<ds:SignedInfo>text".into()),
    ] {
        let changed = markup.replacen(from, &to, 1);
        assert_ne!(changed, markup, "{from}");
        let error = verify(&changed).unwrap_err();
        assert!(matches!(error, VerifyError::Form { .. }), "{from}: {error}");
    }
    let bare = markup.replace(whole, "");
    assert!(matches!(
        verify(&bare).unwrap_err(),
        VerifyError::NotSigned { .. }
    ));
    let start = markup.find("<ds:KeyInfo>").unwrap();
    let end = markup.find("</ds:KeyInfo>").unwrap() + "</ds:KeyInfo>".len();
    let keyless = markup.replace(&markup[start..end], "");
    let missing = VerifyError::Certificate(CertificateError::Missing);
    assert_eq!(verify(&keyless).unwrap_err(), missing);
}

#[test]
fn errors_show_nothing_of_the_content() {
    let markup = signed().replace("10B0000000", "10B0000001");
    let verified = verify(&signed()).unwrap();
    let shown = format!(
        "{:?} {} {verified:?}",
        verify(&markup),
        verify(&markup).unwrap_err()
    );
    assert!(!shown.contains("10B") && !shown.contains("8999"), "{shown}");
}

#[test]
fn a_comment_does_not_split_a_signed_value() {
    // The canonical form has no comments, so this signature stays right: what is read must be the whole value.
    let markup = signed().replace("899900000000", "8999<!-- x -->00000000");
    let verified = verify(&markup).unwrap();
    let read = segur_soap::saml::Assertion::read(verified.element()).unwrap();
    assert_eq!(read.assertion.subject.value, "899900000000");
}

/// The bytes of the assertion outside its signature and outside the spelling that the canonical form evens out.
#[test]
fn each_changed_letter_or_digit_is_refused() {
    let markup = signed();
    let start = markup.find("<ds:Signature ").unwrap();
    let end = markup.find("</ds:Signature>").unwrap();
    let mut refused = 0;
    for (at, byte) in markup.bytes().enumerate().step_by(3) {
        let inside = (start..end).contains(&at) && at % 5 != 0;
        if !byte.is_ascii_alphanumeric() || inside {
            continue;
        }
        let mut changed = markup.clone().into_bytes();
        changed[at] = if byte == b'7' { b'8' } else { b'7' };
        let Ok(doc) = Document::parse(&changed) else {
            continue;
        };
        let signer = CABINET.signer();
        let trust = Trust::Pinned(signer.certificates());
        assert!(
            verify_enveloped(doc.root_element(), &trust).is_err(),
            "byte {at} of {markup}"
        );
        refused += 1;
    }
    assert!(refused > 200, "{refused}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_changed_bytes_make_it_panic_or_pass(
        at in 0usize..4_000,
        length in 0usize..40,
        with in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut bytes = SIGNED.clone().into_bytes();
        let at = at.min(bytes.len());
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, with);
        if let Ok(doc) = Document::parse(&bytes) {
            for node in doc.root().descendants().filter(|node| node.is_element()) {
                if let Ok(verified) = verify_enveloped(node, &Trust::Decided(&|_| true)) {
                    // Only a spelling that the canonical form evens out may have changed.
                    let original = verify(&SIGNED).unwrap();
                    prop_assert_eq!(
                        verified.element().document().to_bytes(),
                        original.element().document().to_bytes()
                    );
                }
            }
        }
    }
}

static SIGNED: std::sync::LazyLock<String> = std::sync::LazyLock::new(signed);
