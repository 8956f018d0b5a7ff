//! Assertions as French services take them and send them, and as no one should.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use segur_soap::envelope::{Envelope, Received, SoapVersion};
use segur_soap::saml::{
    Assertion, AssertionForm, Attribute, AttributeValue, AuthnStatement, Conditions, NameId,
    ReadAssertion, SamlError, SamlTime, ToleranceKind, X509_SUBJECT_NAME, assertions_in,
    security_block,
};
use segur_xml::Document;

fn time(text: &str) -> SamlTime {
    SamlTime::new(text).unwrap()
}

fn minimal() -> Assertion {
    Assertion::new(
        "_1",
        time("2026-11-28T10:15:00Z"),
        NameId::with_format("CN=CABINET FICTIF,C=FR", X509_SUBJECT_NAME),
        NameId::new("899900000000"),
    )
}

fn read(markup: &str) -> Result<ReadAssertion, SamlError> {
    let doc = Document::parse(markup.as_bytes()).unwrap();
    Assertion::read(doc.root_element())
}

fn write(assertion: &Assertion) -> String {
    assertion.write(&AssertionForm::default()).unwrap()
}

fn full() -> Assertion {
    Assertion {
        conditions: Some(Conditions {
            not_before: Some(time("2026-11-28T10:15:00Z")),
            not_on_or_after: Some(time("2026-11-28T10:20:00.5Z")),
            audiences: vec!["urn:a".into(), "urn:b".into()],
        }),
        authn: Some(AuthnStatement {
            session_index: Some("s1".into()),
            declaration: Some("APP_BROWSER_AUTH".into()),
            ..AuthnStatement::new(
                time("2026-11-28T10:14:00Z"),
                "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
            )
        }),
        attributes: vec![
            Attribute::text("Secteur_Activite", "SA07^1.2.250.1.71.4.2.4"),
            Attribute {
                name_format: Some("urn:f".into()),
                friendly_name: Some("several".into()),
                values: ["a & b", "", " kept \n as is "]
                    .map(|text| AttributeValue::Text(text.into()))
                    .to_vec(),
                ..Attribute::text("Several", "")
            },
            Attribute {
                values: vec![],
                ..Attribute::text("None", "")
            },
        ],
        subject: NameId {
            name_qualifier: Some("CPS".into()),
            sp_name_qualifier: Some("urn:sp".into()),
            ..NameId::new("899900000000")
        },
        ..minimal()
    }
}

#[test]
fn the_smallest_one() {
    assert_eq!(
        write(&minimal()),
        concat!(
            r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" IssueInstant="2026-11-28T10:15:00Z" Version="2.0">"#,
            r#"<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">CN=CABINET FICTIF,C=FR</saml:Issuer>"#,
            r#"<saml:Subject><saml:NameID>899900000000</saml:NameID></saml:Subject></saml:Assertion>"#,
        )
    );
}

#[test]
fn what_is_written_is_read_with_any_prefix() {
    for prefix in ["saml", "saml2", ""] {
        let mut form = AssertionForm::prefixed(prefix);
        for typed in [false, true] {
            form.typed_texts = typed;
            let markup = full().write(&form).unwrap();
            let read = read(&markup).unwrap();
            assert_eq!(read.assertion, full(), "{prefix}");
            assert!(read.tolerances.is_empty(), "{:?}", read.tolerances);
            assert!(!read.bears_signature);
            assert_eq!(markup.contains("xsi:type=\"xsd:string\""), typed);
        }
    }
}

#[test]
fn the_order_is_that_of_the_schema() {
    let markup = write(&full());
    let parts = [
        "<saml:Issuer",
        "<saml:Subject>",
        "<saml:Conditions ",
        "<saml:AudienceRestriction>",
        "<saml:AuthnStatement ",
        "<saml:AuthnContextClassRef>",
        "<saml:AuthnContextDecl>",
        "<saml:AttributeStatement>",
    ];
    let places: Vec<usize> = parts.map(|part| markup.find(part).unwrap()).to_vec();
    assert!(places.is_sorted(), "{markup}");
}

#[test]
fn coded_values_stand_in_one_attribute() {
    let role = |code: &str, system: &str| {
        format!(
            r#"<Role xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CE" code="{code}" codeSystem="{system}"/>"#
        )
    };
    let name = "urn:oasis:names:tc:xacml:2.0:subject:role";
    let roles = [
        role("10", "1.2.250.1.71.1.2.7"),
        role("SM26", "1.2.250.1.71.4.2.5"),
    ];
    let assertion = Assertion {
        attributes: vec![Attribute::xml(name, roles)],
        ..minimal()
    };
    let read = read(&write(&assertion)).unwrap().assertion;
    let values = &read.attribute(name).unwrap().values;
    assert_eq!(values.len(), 2);
    assert_eq!(read.attribute(name).unwrap().first_text(), None);
    let AttributeValue::Xml(second) = &values[1] else {
        panic!("a coded value");
    };
    let doc = Document::parse(second.as_bytes()).unwrap();
    assert!(doc.root_element().is("urn:hl7-org:v3", "Role"));
    assert_eq!(
        doc.root_element().attribute("code").as_deref(),
        Some("SM26")
    );
    // What was read can be written and read again.
    let again = self::read(&write(&read)).unwrap();
    assert_eq!(again.assertion.attributes[0].values.len(), 2);
}

#[test]
fn what_the_schema_does_not_allow_is_not_written() {
    let attribute = |attribute| Assertion {
        attributes: vec![attribute],
        ..minimal()
    };
    let authn = |change: fn(&mut AuthnStatement)| {
        let mut authn = AuthnStatement::new(time("2026-11-28T10:14:00Z"), "urn:c");
        change(&mut authn);
        Assertion {
            authn: Some(authn),
            ..minimal()
        }
    };
    let late = read(&write(&minimal()).replace("10:15:00Z", "11:15:00+01:00"));
    for (assertion, word) in [
        (
            Assertion {
                id: "1".into(),
                ..minimal()
            },
            "the ID",
        ),
        (
            Assertion {
                id: "a:b".into(),
                ..minimal()
            },
            "the ID",
        ),
        (
            Assertion {
                id: String::new(),
                ..minimal()
            },
            "the ID",
        ),
        (
            Assertion {
                issuer: NameId::new(" "),
                ..minimal()
            },
            "Issuer",
        ),
        (
            Assertion {
                subject: NameId::default(),
                ..minimal()
            },
            "NameID",
        ),
        (
            Assertion {
                subject: NameId::new("a\u{1}"),
                ..minimal()
            },
            "NameID",
        ),
        (attribute(Attribute::text("", "a")), "its name is empty"),
        (attribute(Attribute::text("a", "\u{0}")), "an Attribute"),
        (
            attribute(Attribute::xml("a", ["<b>".into()])),
            "an Attribute",
        ),
        (
            attribute(Attribute::xml("a", ["<p:b/>".into()])),
            "an Attribute",
        ),
        (
            attribute(Attribute::xml("a", ["</b><b>".into()])),
            "an Attribute",
        ),
        (authn(|it| it.class_ref = None), "class"),
        (
            authn(|it| {
                it.declaration = Some("a".into());
                it.declaration_ref = Some("b".into());
            }),
            "not both",
        ),
        (late.unwrap().assertion, "IssueInstant"),
    ] {
        let text = assertion
            .write(&AssertionForm::default())
            .unwrap_err()
            .to_string();
        assert!(text.contains(word), "{word}: {text}");
        assert!(!text.contains("8999") && !text.contains("FICTIF"), "{text}");
    }
}

/// The assertion with each tolerance by itself.
#[test]
fn departures_are_read_over_and_named() {
    let right = write(&full());
    let issuer = {
        let end = right.find("</saml:Issuer>").unwrap() + "</saml:Issuer>".len();
        &right[right.find("<saml:Issuer").unwrap()..end]
    };
    let moved = right
        .replace(issuer, "")
        .replace("<saml:Conditions", &format!("{issuer}<saml:Conditions"));
    for (markup, kind) in [
        (
            right.replace(" Version=\"2.0\"", ""),
            ToleranceKind::NoVersion,
        ),
        (
            right.replace("ID=\"_1\"", "ID=\"1\""),
            ToleranceKind::IdIsNoName,
        ),
        (
            right.replace(
                "IssueInstant=\"2026-11-28T10:15:00Z\"",
                "IssueInstant=\"2026-11-28\"",
            ),
            ToleranceKind::TimeNotUtc,
        ),
        (
            right.replace("</saml:NameID>", "\n</saml:NameID>"),
            ToleranceKind::WhiteSpace,
        ),
        (moved, ToleranceKind::Order),
        (
            right.replace("<saml:AuthnStatement", "<saml:Advice/><saml:AuthnStatement"),
            ToleranceKind::Skipped,
        ),
        (
            right.replace("<saml:Conditions", "<x/><saml:Conditions"),
            ToleranceKind::Skipped,
        ),
        (
            right.replace("<saml:Conditions", "text<saml:Conditions"),
            ToleranceKind::Skipped,
        ),
        (
            right.replace(
                "</saml:Subject>",
                "<saml:SubjectConfirmation Method='urn:m'/></saml:Subject>",
            ),
            ToleranceKind::Skipped,
        ),
        (
            right.replace(
                "</saml:Assertion>",
                "<saml:AttributeStatement/></saml:Assertion>",
            ),
            ToleranceKind::SeveralStatements,
        ),
        (right.replace("Name=\"None\"", ""), ToleranceKind::NoName),
        (
            right.replace("SA07^1.2.250.1.71.4.2.4", "SA07<x/>"),
            ToleranceKind::MixedValue,
        ),
    ] {
        assert_ne!(markup, right, "{kind:?}");
        let read = read(&markup).unwrap();
        let kinds: Vec<_> = read.tolerances.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [kind], "{markup}");
        assert!(!format!("{read:?}").contains("8999"), "{read:?}");
    }
}

#[test]
fn an_element_in_a_value_is_not_a_part_of_it() {
    let markup = write(&minimal()).replace("899900000000", "8999<x>1</x>0000<!-- 2 -->0000");
    let read = read(&markup).unwrap();
    assert_eq!(read.assertion.subject.value, "899900000000");
    assert_eq!(read.tolerances[0].kind, ToleranceKind::Skipped);
}

#[test]
fn what_cannot_be_understood_is_refused() {
    let right = write(&full());
    let without = |part: &str| {
        let start = right.find(&format!("<saml:{part}")).unwrap();
        let end = right.find(&format!("</saml:{part}>")).unwrap() + part.len() + 8;
        format!("{}{}", &right[..start], &right[end..])
    };
    for (markup, word) in [
        ("<Assertion/>".to_owned(), "found {}Assertion"),
        (right.replace("\"2.0\"", "\"1.1\""), "version 1.1"),
        (right.replace(" ID=\"_1\"", ""), "no ID"),
        (
            right.replace(" IssueInstant=", " Instant="),
            "no IssueInstant",
        ),
        (
            right.replace(" AuthnInstant=", " Instant="),
            "no AuthnInstant",
        ),
        (without("Issuer"), "no Issuer"),
        (without("NameID"), "no NameID"),
        (without("Subject"), "no NameID"),
        (
            right.replace(
                "<saml:Subject>",
                "<saml:Issuer>x</saml:Issuer><saml:Subject>",
            ),
            "second Issuer",
        ),
        (
            right.replace("<saml:NameID", "<saml:NameID>x</saml:NameID><saml:NameID"),
            "second NameID",
        ),
        (
            right.replace(
                "<saml:AudienceRestriction>",
                "<saml:AudienceRestriction/><saml:AudienceRestriction>",
            ),
            "second AudienceRestriction",
        ),
        (
            right.replace(
                "</saml:AttributeStatement>",
                &format!(
                    "{}</saml:AttributeStatement>",
                    "<saml:Attribute Name='a'/>".repeat(256)
                ),
            ),
            "more than 256 attributes",
        ),
    ] {
        let text = read(&markup).unwrap_err().to_string();
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn copies_of_markup_are_limited() {
    // 64 declarations of 1,000 bytes each around 200 values of 4 bytes.
    let declarations: String = (0..60)
        .map(|n| format!(" xmlns:p{n}='urn:{}'", "x".repeat(1_000)))
        .collect();
    let values = "<saml:AttributeValue><b/></saml:AttributeValue>".repeat(200);
    let markup = write(&minimal()).replace(
        "</saml:Assertion>",
        &format!("<saml:AttributeStatement{declarations}><saml:Attribute Name='a'>{values}</saml:Attribute></saml:AttributeStatement></saml:Assertion>"),
    );
    let text = read(&markup).unwrap_err().to_string();
    assert!(text.contains("bytes of markup"), "{text}");
}

#[test]
fn one_header_carries_several() {
    let one = format!("<?xml version='1.0'?>\n{}", write(&minimal()));
    let other = write(&Assertion {
        id: "_2".into(),
        ..minimal()
    });
    let block = security_block(&[&one, &other]).unwrap();
    let envelope = Envelope {
        headers: vec![block],
        ..Envelope::new(SoapVersion::V1_2, "")
    };
    let message = Received::read(&envelope.write().unwrap().body).unwrap();
    let ids: Vec<String> = assertions_in(&message)
        .map(|node| Assertion::read(node).unwrap().assertion.id)
        .collect();
    assert_eq!(ids, ["_1", "_2"]);
    for wrong in [
        &[][..],
        &["<a/>"],
        &["<a"],
        &[""],
        &[&format!("{other}{other}")],
    ] {
        assert!(security_block(wrong).is_err(), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn texts_survive(name in "[ -~\u{e0}-\u{ff}]{1,20}", value in "\\PC{0,20}", id in "[A-Za-z_][A-Za-z0-9_.-]{0,20}") {
        prop_assume!(!name.trim().is_empty());
        let assertion = Assertion {
            id,
            attributes: vec![Attribute::text(name.clone(), value)],
            subject: NameId::new(name.trim()),
            ..minimal()
        };
        if let Ok(markup) = assertion.write(&AssertionForm::default()) {
            prop_assert_eq!(read(&markup).unwrap().assertion, assertion);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(
        at in 0usize..3_000,
        length in 0usize..60,
        with in proptest::collection::vec(any::<u8>(), 0..60),
        bare in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut bytes = write(&full()).into_bytes();
        let at = at.min(bytes.len());
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, with);
        for bytes in [bytes, bare] {
            if let Ok(doc) = Document::parse(&bytes) {
                let _ = Assertion::read(doc.root_element());
            }
            let _ = security_block(&[&String::from_utf8_lossy(&bytes)]);
        }
    }
}
