//! Us against xmlsec1, in both directions.

use segur_soap::envelope::{Envelope, Received, SoapVersion};
use segur_soap::saml::{Assertion, AssertionForm, assertions_in, security_block};
use segur_soap::signature::{SignatureForm, Signer, Trust, VerifyError, verify_enveloped};

use crate::fixtures::{CABINET, ID, STRANGER, assertion, verify};
use crate::xmlsec::Xmlsec;

/// Every spelling we offer.
fn spellings() -> Vec<(AssertionForm, SignatureForm)> {
    let mut typed = AssertionForm::prefixed("saml2");
    typed.typed_texts = true;
    typed.namespaces = vec![(
        "xsi".into(),
        "http://www.w3.org/2001/XMLSchema-instance".into(),
    )];
    let mut listed = SignatureForm::default();
    listed.inclusive_prefixes = vec!["xsd".into(), "xsi".into()];
    listed.signed_info_prefixes = vec!["saml2".into()];
    let mut bare = SignatureForm::default();
    bare.prefix = None;
    bare.whole_chain = true;
    let mut agency = SignatureForm::default();
    agency.inclusive_prefixes = ["ds", "saml", "#default", "xsi"].map(Into::into).to_vec();
    agency.signed_info_prefixes = agency.inclusive_prefixes.clone();
    vec![
        (AssertionForm::default(), SignatureForm::default()),
        (typed, listed),
        (AssertionForm::prefixed(""), bare),
        (AssertionForm::prefixed("saml"), agency),
    ]
}

#[test]
fn xmlsec_accepts_what_we_sign() {
    let Some(xmlsec) = Xmlsec::find("xmlsec_accepts_what_we_sign") else {
        return;
    };
    for (form, signature) in spellings() {
        let markup = assertion()
            .write_signed(&form, &CABINET.signer(), &signature)
            .unwrap();
        assert!(xmlsec.accepts(&markup, &CABINET), "{form:?} {signature:?}");
        assert!(
            !xmlsec.accepts(&markup, &STRANGER),
            "the judge must be able to say no"
        );
        let changed = markup.replace("10B0000000", "10B0000001");
        assert!(
            !xmlsec.accepts(&changed, &CABINET),
            "the judge must be able to say no"
        );
    }
}

#[test]
fn we_accept_what_we_sign() {
    for (form, signature) in spellings() {
        let markup = assertion()
            .write_signed(&form, &CABINET.signer(), &signature)
            .unwrap();
        let verified = verify(&markup).unwrap();
        let read = Assertion::read(verified.element()).unwrap();
        assert_eq!(read.assertion.id, ID);
        assert_eq!(read.assertion.issuer, assertion().issuer);
        assert!(read.tolerances.is_empty(), "{:?}", read.tolerances);
        assert!(
            !read.bears_signature,
            "what is verified has no signature left"
        );
        assert_eq!(verified.certificates(), CABINET.signer().certificates());
    }
}

const TEMPLATE: &str = r##"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
  <ds:SignedInfo>
    <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
    <ds:SignatureMethod Algorithm="SIGNATURE"/>
    <ds:Reference URI="#ELEMENT">
      <ds:Transforms>
        <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
        <ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="saml xsi"/></ds:Transform>
      </ds:Transforms>
      <ds:DigestMethod Algorithm="DIGEST"/>
      <ds:DigestValue/>
    </ds:Reference>
  </ds:SignedInfo>
  <ds:SignatureValue/>
  <ds:KeyInfo><ds:X509Data><ds:X509Certificate/></ds:X509Data></ds:KeyInfo>
</ds:Signature>"##;

fn template(signature: &str, digest: &str) -> String {
    let signature = TEMPLATE
        .replace("SIGNATURE", signature)
        .replace("DIGEST", digest)
        .replace("ELEMENT", ID);
    let markup = assertion().write(&AssertionForm::default()).unwrap();
    // As a generator that indents would leave it, with a comment and a line end.
    markup.replace(
        "</saml:Issuer>",
        &format!("</saml:Issuer>\n  <!-- c -->{signature}\n  "),
    )
}

#[test]
fn we_accept_what_xmlsec_signs() {
    let Some(xmlsec) = Xmlsec::find("we_accept_what_xmlsec_signs") else {
        return;
    };
    let template = template(
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "http://www.w3.org/2001/04/xmlenc#sha256",
    );
    let markup = xmlsec.sign(&template, &CABINET);
    let verified = verify(&markup).unwrap();
    let read = Assertion::read(verified.element()).unwrap().assertion;
    let structure = read.attribute("Identifiant_Structure").unwrap();
    assert_eq!(structure.first_text(), Some("10B0000000 & <fils>"));
    assert_eq!(
        verify(&markup.replace("10B0000000", "10B0000001")).unwrap_err(),
        VerifyError::Digest
    );
}

#[test]
fn sha1_signed_by_xmlsec_is_refused_by_name() {
    let Some(xmlsec) = Xmlsec::find("sha1_signed_by_xmlsec_is_refused_by_name") else {
        return;
    };
    let sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    let sha1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    for (signature, digest, name) in [
        (
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            sha256,
            "RSA-SHA1",
        ),
        (
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            sha1,
            "SHA-1",
        ),
    ] {
        let markup = xmlsec.sign(&template(signature, digest), &CABINET);
        assert!(
            xmlsec.accepts(&markup, &CABINET),
            "the signature itself is right"
        );
        let error = verify(&markup).unwrap_err();
        assert!(
            matches!(error, VerifyError::WeakAlgorithm { name: found, .. } if found == name),
            "{error}"
        );
    }
}

#[test]
fn a_signature_stays_right_in_a_message() {
    let signer = CABINET.signer();
    for (form, signature) in spellings() {
        let markup = assertion()
            .write_signed(&form, &signer, &signature)
            .unwrap();
        let block = security_block(&[&markup]).unwrap();
        let envelope = Envelope {
            headers: vec![block],
            ..Envelope::new(SoapVersion::V1_2, r#"<q:Ask xmlns:q="urn:example"/>"#)
        };
        let message = Received::read(&envelope.write().unwrap().body).unwrap();
        let found: Vec<_> = assertions_in(&message).collect();
        let verified = verify_enveloped(found[0], &Trust::Pinned(signer.certificates())).unwrap();
        let read = Assertion::read(verified.element()).unwrap();
        assert_eq!(read.assertion.id, ID);
    }
}
