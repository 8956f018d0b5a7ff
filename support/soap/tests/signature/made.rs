//! Making signatures: places, signers, what is refused before anything is signed.

use segur_soap::signature::{
    Cause, CertificateError, SignError, SignatureError, SignatureForm, SignaturePlace, Signer,
    SoftwareSigner, ToSign, sign_enveloped,
};

use crate::fixtures::{CABINET, STRANGER, signed, verify};

const NOTE: &str =
    "<n:note xmlns:n='urn:n' ID='_1'>\n <n:from>A</n:from>\n <n:to>B</n:to></n:note>";

fn sign(markup: &str, id: &str, place: SignaturePlace<'_>) -> Result<String, SignatureError> {
    sign_enveloped(
        markup,
        id,
        place,
        &CABINET.signer(),
        &SignatureForm::default(),
    )
}

#[test]
fn the_signature_stands_where_it_is_asked_for_and_the_rest_keeps_its_bytes() {
    let after = SignaturePlace::After {
        namespace: "urn:n",
        local: "from",
    };
    for (place, before) in [
        (SignaturePlace::First, "ID='_1'>"),
        (SignaturePlace::Last, "</n:to>"),
        (after, "</n:from>"),
    ] {
        let markup = sign(NOTE, "_1", place).unwrap();
        assert!(
            markup.contains(&format!("{before}<ds:Signature")),
            "{place:?}"
        );
        let (head, rest) = markup.split_once("<ds:Signature ").unwrap();
        let (_, tail) = rest.split_once("</ds:Signature>").unwrap();
        assert_eq!(format!("{head}{tail}"), NOTE);
        verify(&markup).unwrap();
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(signed(), signed());
}

#[test]
fn elements_inside_a_document_are_signed_too() {
    let markup = format!("<?xml version='1.0' encoding='UTF-8'?>\n<a xmlns='urn:d'>{NOTE}</a>\n");
    let out = sign(&markup, "_1", SignaturePlace::First).unwrap();
    assert!(out.starts_with("<?xml version='1.0' encoding='UTF-8'?>\n<a xmlns='urn:d'><n:note"));
    let doc = segur_xml::Document::parse(out.as_bytes()).unwrap();
    let note = doc.root_element().child("urn:n", "note").unwrap();
    let signer = CABINET.signer();
    let trust = segur_soap::signature::Trust::Pinned(signer.certificates());
    segur_soap::signature::verify_enveloped(note, &trust).unwrap();
}

#[test]
fn what_cannot_be_signed_says_why() {
    let place = SignaturePlace::Last;
    let twice = "<a><b ID='_1'/><b Id='_1'/></a>";
    let foreign = "<a xmlns:w='urn:w' w:Id='_1'/>";
    let nowhere = SignaturePlace::After {
        namespace: "urn:n",
        local: "nobody",
    };
    let signed = sign(NOTE, "_1", place).unwrap();
    for (result, word) in [
        (sign(NOTE, "_2", place), "no element has this ID"),
        (sign("<a ID=''/>", "", place), "no element has this ID"),
        (sign(twice, "_1", place), "several elements"),
        (sign(foreign, "_1", place), "without namespace"),
        (sign(&signed, "_1", place), "bears a signature already"),
        (sign(NOTE, "_1", nowhere), "no child"),
        (sign("<a", "_1", place), "not read as XML"),
        (
            sign(
                "<?xml version='1.0' encoding='ISO-8859-1'?><a ID='_1'/>",
                "_1",
                place,
            ),
            "UTF-8",
        ),
    ] {
        let text = result.unwrap_err().to_string();
        assert!(text.contains(word), "{text}");
    }
    for form in [
        {
            let mut form = SignatureForm::default();
            form.prefix = Some("a:b".into());
            form
        },
        {
            let mut form = SignatureForm::default();
            form.inclusive_prefixes = vec!["a b".into()];
            form
        },
    ] {
        let error = sign_enveloped(NOTE, "_1", place, &CABINET.signer(), &form).unwrap_err();
        assert!(matches!(error, SignatureError::Form { .. }), "{error}");
    }
}

type Answer = Box<dyn Fn(&ToSign<'_>) -> Result<Vec<u8>, SignError> + Send + Sync>;

/// As a card driver would be: it signs with what `answer` gives.
struct Card {
    certificates: Vec<Vec<u8>>,
    answer: Answer,
}

impl Signer for Card {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    fn sign(&self, input: &ToSign<'_>) -> Result<Vec<u8>, SignError> {
        (self.answer)(input)
    }
}

fn card(
    answer: impl Fn(&ToSign<'_>) -> Result<Vec<u8>, SignError> + Send + Sync + 'static,
) -> Card {
    Card {
        certificates: CABINET.signer().certificates().to_vec(),
        answer: Box::new(answer),
    }
}

#[test]
fn a_card_signs_and_its_refusals_come_through() {
    let form = SignatureForm::default();
    let sign = |card: &Card| sign_enveloped(NOTE, "_1", SignaturePlace::First, card, &form);
    let key = CABINET.signer();
    verify(&sign(&card(move |input| key.sign(input))).unwrap()).unwrap();

    let wrong = card(|_| {
        Err(SignError::PinWrong {
            tries_left: Some(1),
        })
    });
    let text = sign(&wrong).unwrap_err().to_string();
    assert!(
        text.contains("PIN is wrong") && text.contains(": 1"),
        "{text}"
    );

    let cause: fn() -> Cause = || "the reader said no".into();
    let broken = card(move |_| Err(SignError::Device { source: cause() }));
    let text = sign(&broken).unwrap_err().to_string();
    assert!(text.contains("the reader said no"), "{text}");

    // The other pair of the card, or a driver that returns nonsense: nothing leaves this house unverified.
    let other = STRANGER.signer();
    for answer in [
        card(move |input| other.sign(input)),
        card(|_| Ok(vec![7; 256])),
        card(|_| Ok(vec![])),
    ] {
        let error = sign(&answer).unwrap_err();
        assert!(
            matches!(error, SignatureError::Signer(SignError::Mismatch)),
            "{error}"
        );
    }
    let mut none = card(|_| Err(SignError::Cancelled));
    none.certificates.clear();
    let error = sign(&none).unwrap_err();
    assert!(matches!(
        error,
        SignatureError::Signer(SignError::Certificate(CertificateError::Missing))
    ));
}

#[test]
fn software_keys_are_checked_and_hidden() {
    let (key, certificate) = (&CABINET.key, &CABINET.certificate);
    let error = |key: &str, certificate: &str| {
        SoftwareSigner::from_pem(key, certificate)
            .unwrap_err()
            .to_string()
    };
    assert!(error(key, &STRANGER.certificate).contains("does not belong"));
    assert!(error("", certificate).contains("BEGIN PRIVATE KEY"));
    assert!(error(key, "").contains("there is none"));
    assert!(error(key, key).contains("there is none"));
    let broken = certificate.replacen("MI", "**", 1);
    assert!(error(key, &broken).contains("no X.509 certificate"));
    let broken = key.replacen("MI", "**", 1);
    assert!(error(&broken, certificate).contains("PKCS#8"));
    let cut = key.split("-----END").next().unwrap();
    assert!(error(cut, certificate).contains("PKCS#8"));
    let encrypted = key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
    assert!(error(&encrypted, certificate).contains("encrypted"));

    let elliptic = rcgen::KeyPair::generate().unwrap();
    let params = rcgen::CertificateParams::new(vec![]).unwrap();
    let elliptic = params.self_signed(&elliptic).unwrap().pem();
    assert!(error(key, &elliptic).contains("not RSA"));

    let both = format!("{certificate}{key}");
    let signer = SoftwareSigner::from_pem(&both, &both).unwrap();
    assert_eq!(
        format!("{signer:?}"),
        "SoftwareSigner { bits: 2048, certificates: 1, .. }"
    );
}
