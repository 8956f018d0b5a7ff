//! Signature wrapping: a right signature moved into a message that says something else. The eight ways of "On Breaking SAML: Be
//! Whoever You Want to Be" (Somorovsky and others, USENIX Security 2012) are permutations of where the signed original is
//! hidden; here are those that one assertion allows.

use segur_soap::signature::{Signer, Trust, VerifyError, verify_enveloped};
use segur_xml::{Document, Node};

use crate::fixtures::{CABINET, ID, signed, verify};

const OTHER: &str = "_other";

/// The signature alone, and the assertion without it.
fn parts() -> (String, String) {
    let markup = signed();
    let start = markup.find("<ds:Signature ").unwrap();
    let end = markup.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let signature = markup[start..end].to_owned();
    (signature.clone(), markup.replace(&signature, ""))
}

fn evil(id: &str) -> String {
    let (_, bare) = parts();
    bare.replace(ID, id).replace("899900000000", "899900000001")
}

fn assertions(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let all = node.descendants();
    all.filter(|node| node.is_element() && node.local_name() == "Assertion")
}

/// No assertion of the document that says something else is accepted.
fn no_evil_passes(markup: &str) {
    let doc = Document::parse(markup.as_bytes()).unwrap();
    let signer = CABINET.signer();
    let trust = Trust::Pinned(signer.certificates());
    for node in assertions(doc.root_element()) {
        if let Ok(verified) = verify_enveloped(node, &trust) {
            let text = verified.element().string_value();
            assert!(!text.contains("899900000001"), "{markup}");
        }
    }
}

#[test]
fn the_original_beside_the_forgery() {
    let (signature, bare) = parts();
    for id in [OTHER, ID] {
        let forged = evil(id).replace("</saml:Issuer>", &format!("</saml:Issuer>{signature}"));
        for markup in [
            format!("<r>{forged}{bare}</r>"),
            format!("<r>{bare}{forged}</r>"),
            format!("<r>{}{forged}</r>", signed()),
        ] {
            no_evil_passes(&markup);
        }
    }
}

#[test]
fn the_original_inside_the_forgery() {
    let (signature, bare) = parts();
    for hidden in [
        // In the signature, as an Object and in KeyInfo.
        signature.replace(
            "</ds:Signature>",
            &format!("<ds:Object>{bare}</ds:Object></ds:Signature>"),
        ),
        signature.replace("</ds:KeyInfo>", &format!("{bare}</ds:KeyInfo>")),
        // Beside the signature.
        format!("{signature}<saml:Advice>{bare}</saml:Advice>"),
        format!("<saml:Advice>{}</saml:Advice>", signed()),
    ] {
        for id in [OTHER, ID] {
            let forged = evil(id).replace("</saml:Issuer>", &format!("</saml:Issuer>{hidden}"));
            no_evil_passes(&forged);
            assert!(verify(&forged).is_err());
        }
    }
}

#[test]
fn the_forgery_around_and_inside_the_original() {
    // The signed original is intact and found by its ID, a forgery is its parent or its sibling.
    let around = evil(OTHER).replace(
        "</saml:Assertion>",
        &format!("<saml:Advice>{}</saml:Advice></saml:Assertion>", signed()),
    );
    no_evil_passes(&around);
    assert!(matches!(
        verify(&around).unwrap_err(),
        VerifyError::NotSigned { .. }
    ));
    let inside = signed().replace(
        "</saml:Assertion>",
        &format!("{}</saml:Assertion>", evil(OTHER)),
    );
    assert_eq!(verify(&inside).unwrap_err(), VerifyError::Digest);
}

#[test]
fn another_reference_is_refused() {
    for to in [
        "",
        "#",
        "#_other",
        "#xpointer(/)",
        "#xpointer(id('_1'))",
        "http://example.org/a.xml",
    ] {
        let markup = signed().replace(&format!("URI=\"#{ID}\""), &format!("URI=\"{to}\""));
        let error = verify(&markup).unwrap_err();
        assert!(
            matches!(error, VerifyError::Wrapped { .. }),
            "{to}: {error}"
        );
    }
    let nameless = signed().replace(&format!(" ID=\"{ID}\""), "");
    assert!(matches!(
        verify(&nameless).unwrap_err(),
        VerifyError::Wrapped { .. }
    ));
}

#[test]
fn a_second_bearer_of_the_id_is_refused() {
    let w = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    for attribute in ["ID", "Id", "id", "xml:id", "w:Id", "AssertionID"] {
        let markup = format!("<r xmlns:w='{w}'><x {attribute}='{ID}'/>{}</r>", signed());
        let doc = Document::parse(markup.as_bytes()).unwrap();
        let signer = CABINET.signer();
        let assertion = assertions(doc.root_element()).next().unwrap();
        let error = verify_enveloped(assertion, &Trust::Pinned(signer.certificates()));
        assert!(
            matches!(error.unwrap_err(), VerifyError::Wrapped { .. }),
            "{attribute}"
        );
    }
}
