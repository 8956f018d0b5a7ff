//! Envelopes as services send them, and as no service should.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use segur_soap::envelope::{
    Addressing, Envelope, EnvelopeError, Fault, FaultCode, HttpMessage, QName, ReadLimits, Reason,
    Received, RelatesTo, SoapVersion, WSA_ANONYMOUS, fragment,
};
use segur_xml::Document;

const OLD: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const NEW: &str = "http://www.w3.org/2003/05/soap-envelope";

fn request(version: SoapVersion) -> Envelope {
    Envelope {
        addressing: Addressing {
            action: Some("urn:example:ask".into()),
            to: Some("https://example.org/a?b=1&c=2".into()),
            message_id: Some("urn:uuid:1".into()),
            reply_to: Some(WSA_ANONYMOUS.into()),
            relates_to: vec![RelatesTo::reply("urn:uuid:0")],
            must_understand: true,
        },
        headers: vec![
            "<c:Context xmlns:c='urn:c'><![CDATA[a < b]]></c:Context>".into(),
            "<c:Other xmlns:c='urn:c' soap:mustUnderstand='true'/>".into(),
        ],
        ..Envelope::new(version, "<q:Ask xmlns:q='urn:q'>R&amp;D</q:Ask>")
    }
}

fn write(envelope: &Envelope) -> HttpMessage {
    envelope.write().unwrap()
}

#[test]
fn what_is_written_is_read_in_both_versions() {
    for version in SoapVersion::ALL {
        let envelope = request(version);
        let received = Received::read(&write(&envelope).body).unwrap();
        assert_eq!(received.version(), version);
        assert_eq!(received.addressing(), &envelope.addressing);
        assert_eq!(received.headers().count(), 7);
        let context = received.header("urn:c", "Context").unwrap();
        assert_eq!(context.node.string_value(), "a < b");
        assert!(!context.must_understand);
        let body = received.body().unwrap();
        assert!(body.is("urn:q", "Ask"));
        assert_eq!(body.string_value(), "R&D");
        assert_eq!(received.fault(), None);
    }
}

#[test]
fn the_version_decides_what_http_says() {
    let new = write(&request(SoapVersion::V1_2));
    assert_eq!(
        new.content_type,
        "application/soap+xml; charset=utf-8; action=\"urn:example:ask\""
    );
    assert_eq!(new.soap_action, None);
    let old = write(&request(SoapVersion::V1_1));
    assert_eq!(old.content_type, "text/xml; charset=utf-8");
    assert_eq!(old.soap_action.as_deref(), Some("\"urn:example:ask\""));

    let silent = write(&Envelope::new(SoapVersion::V1_1, ""));
    assert_eq!(silent.soap_action.as_deref(), Some("\"\""));
    let silent = write(&Envelope::new(SoapVersion::V1_2, ""));
    assert_eq!(silent.content_type, "application/soap+xml; charset=utf-8");
    let received = Received::read(&silent.body).unwrap();
    assert!(received.body().is_none() && received.headers().next().is_none());
}

#[test]
fn a_fragment_is_put_in_as_it_was_signed() {
    let signed = "<s:Assertion xmlns:s='urn:s'  ID=\"_1\"\n>&#233;<s:x></s:x></s:Assertion>";
    let mut envelope = request(SoapVersion::V1_2);
    envelope.headers.push(signed.into());
    let text = String::from_utf8(write(&envelope).body).unwrap();
    assert!(text.contains(signed));
}

#[test]
fn what_is_no_element_is_not_written() {
    let broken = |headers: &[&str], body: &str| {
        let envelope = Envelope {
            headers: headers.iter().map(|block| (*block).to_owned()).collect(),
            ..Envelope::new(SoapVersion::V1_2, body)
        };
        envelope.write().unwrap_err()
    };
    for markup in ["<a>", "</soap:Body>", "<p:a/>", "<!DOCTYPE a>", "a < b"] {
        assert!(
            matches!(
                broken(&[], markup),
                EnvelopeError::Write {
                    what: "the body",
                    ..
                }
            ),
            "{markup}"
        );
        assert!(
            matches!(
                broken(&[markup], ""),
                EnvelopeError::Write {
                    what: "a header block",
                    ..
                }
            ),
            "{markup}"
        );
    }
    for (headers, body) in [
        (&["text"][..], ""),
        (&["<a/><b/>"][..], ""),
        (&[][..], "<a/>text"),
        (&[][..], "<a><?p i?></a>"),
    ] {
        assert!(
            matches!(broken(headers, body), EnvelopeError::Fragment { .. }),
            "{headers:?} {body}"
        );
    }
}

#[test]
fn an_action_cannot_break_its_http_header() {
    for action in ["a\r\nX: y", "a\"b", "a b", "é", "a\\"] {
        let mut envelope = request(SoapVersion::V1_1);
        envelope.addressing.action = Some(action.into());
        assert!(
            matches!(envelope.write(), Err(EnvelopeError::Action { .. })),
            "{action:?}"
        );
    }
}

#[test]
fn prefixes_order_and_neighbours_do_not_matter() {
    let text = format!(
        "<?xml version='1.0'?><!-- c --><x:Envelope xmlns:x='{NEW}'>\
           <x:Body xmlns='urn:q'>\n <Ask/>\n</x:Body>\
           <x:Header xmlns:a='http://www.w3.org/2005/08/addressing'>\
             <h xmlns='urn:h' x:role='urn:r'/>\
             <a:RelatesTo RelationshipType='urn:t'>  7 </a:RelatesTo><a:RelatesTo>8</a:RelatesTo>\
             <a:Action x:mustUnderstand='true'>\n urn:one </a:Action><a:Action>urn:two</a:Action>\
           </x:Header>\
           <trailer xmlns='urn:t'/></x:Envelope>"
    );
    let received = Received::read(text.as_bytes()).unwrap();
    let addressing = received.addressing();
    assert_eq!(addressing.action.as_deref(), Some("urn:one"));
    assert!(addressing.must_understand);
    assert_eq!(addressing.relates_to.len(), 2);
    assert_eq!(
        addressing.relates_to[0],
        RelatesTo {
            message_id: "7".into(),
            relationship: Some("urn:t".into())
        }
    );
    assert!(received.body().unwrap().is("urn:q", "Ask"));
    let block = received.header("urn:h", "h").unwrap();
    assert_eq!(block.role().as_deref(), Some("urn:r"));
    assert_eq!(received.document().to_bytes(), text.as_bytes());
}

#[test]
fn what_must_be_understood_is_told() {
    let received = Received::read(&write(&request(SoapVersion::V1_2)).body).unwrap();
    let names: Vec<_> = received
        .not_understood(|namespace, _| namespace.ends_with("addressing"))
        .map(|block| block.node.local_name())
        .collect();
    assert_eq!(names, ["Other"]);
}

#[test]
fn what_is_no_envelope_is_refused_with_its_place() {
    let read = |text: &str| Received::read(text.as_bytes()).unwrap_err();
    assert!(matches!(read("no xml"), EnvelopeError::Xml(_)));
    assert!(matches!(read(""), EnvelopeError::Xml(_)));
    let page = read("<html><body>Service Unavailable</body></html>");
    assert!(
        page.to_string()
            .starts_with("line 1, column 1: the root element is {}html")
    );
    for namespace in ["", "urn:other", "http://www.w3.org/2001/06/soap-envelope"] {
        let text = format!("<Envelope xmlns='{namespace}'><Body/></Envelope>");
        assert!(matches!(read(&text), EnvelopeError::NotAnEnvelope { .. }));
    }
    let no_body =
        format!("<e:Envelope xmlns:e='{NEW}'>\n<Body/><o:Body xmlns:o='{OLD}'/></e:Envelope>");
    assert!(matches!(read(&no_body), EnvelopeError::NoBody { .. }));
    for twice in ["<e:Body/>\n<e:Body/>", "<e:Header/><e:Body/>\n<e:Header/>"] {
        let text = format!("<e:Envelope xmlns:e='{NEW}'>{twice}</e:Envelope>");
        let EnvelopeError::Repeated { position, .. } = read(&text) else {
            panic!("{text}")
        };
        assert_eq!(position.line, 2);
    }
    let doctype =
        format!("<!DOCTYPE e [<!ENTITY a 'b'>]><e:Envelope xmlns:e='{NEW}'><e:Body/></e:Envelope>");
    assert!(matches!(read(&doctype), EnvelopeError::Xml(_)));
}

#[test]
fn limits_are_on() {
    let blocks = "<h/>".repeat(65);
    let text =
        format!("<e:Envelope xmlns:e='{NEW}'><e:Header>{blocks}</e:Header><e:Body/></e:Envelope>");
    let error = Received::read(text.as_bytes()).unwrap_err();
    assert!(matches!(
        error,
        EnvelopeError::TooManyHeaders { limit: 64, .. }
    ));
    let error = Received::read_with(text.as_bytes(), &ReadLimits::bytes(100)).unwrap_err();
    assert!(matches!(error, EnvelopeError::Xml(_)));

    for inside in [
        format!(
            "<e:Code>{}{}</e:Code>",
            "<e:Subcode><e:Value>a</e:Value>".repeat(33),
            "</e:Subcode>".repeat(33)
        ),
        format!("<faultcode>e:Client{}</faultcode>", ".a".repeat(33)),
        format!("<e:Reason>{}</e:Reason>", "<e:Text>a</e:Text>".repeat(33)),
    ] {
        let text = format!(
            "<e:Envelope xmlns:e='{NEW}'><e:Body><e:Fault>{inside}</e:Fault></e:Body></e:Envelope>"
        );
        let error = Received::read(text.as_bytes()).unwrap_err();
        assert!(
            matches!(error, EnvelopeError::FaultTooLarge { limit: 32, .. }),
            "{error}"
        );
    }
}

fn fault_of(namespace: &str, inside: &str) -> Fault {
    let text = format!(
        "<e:Envelope xmlns:e='{namespace}' xmlns:d='urn:d'><e:Body><e:Fault>{inside}</e:Fault></e:Body></e:Envelope>"
    );
    Received::read(text.as_bytes())
        .unwrap()
        .fault()
        .unwrap()
        .clone()
}

#[test]
fn a_fault_of_1_2_is_typed() {
    let fault = fault_of(
        NEW,
        "<e:Code><e:Value> e:Receiver </e:Value><e:Subcode><e:Value>d:out</e:Value>\
         <e:Subcode><e:Value>nowhere:deep</e:Value></e:Subcode></e:Subcode></e:Code>\
         <e:Reason><e:Text xml:lang='en'>Broken</e:Text><e:Text xml:lang='fr-FR'>En panne</e:Text></e:Reason>\
         <e:Node>urn:n</e:Node><e:Role>urn:r</e:Role>\
         <e:Detail><d:Erreur code='7'>a &lt; b</d:Erreur></e:Detail>",
    );
    assert_eq!(fault.code, FaultCode::Receiver);
    let names: Vec<_> = fault
        .subcodes
        .iter()
        .map(|code| (code.namespace.as_str(), code.local.as_str()))
        .collect();
    assert_eq!(names, [("urn:d", "out"), ("", "deep")]);
    assert!(fault.has_subcode("deep") && !fault.has_subcode("Receiver"));
    assert_eq!(fault.reason("fr"), Some("En panne"));
    assert_eq!(fault.reason("de"), Some("Broken"));
    assert_eq!(
        (fault.node.as_deref(), fault.role.as_deref()),
        (Some("urn:n"), Some("urn:r"))
    );
    let detail = Document::parse(fault.detail.as_deref().unwrap().as_bytes()).unwrap();
    let error = detail.root_element().child("urn:d", "Erreur").unwrap();
    assert_eq!(error.attribute("code").as_deref(), Some("7"));
    assert_eq!(error.string_value(), "a < b");
    assert_eq!(
        fault.to_string(),
        "the service answered with the fault Receiver, out, deep"
    );
}

#[test]
fn a_fault_of_1_1_is_typed() {
    let fault = fault_of(
        OLD,
        "<faultcode>e:Client.Authentication</faultcode><faultstring>Non</faultstring>\
         <faultactor>urn:a</faultactor><detail><d:x/></detail>",
    );
    assert_eq!(
        (fault.version, &fault.code),
        (SoapVersion::V1_1, &FaultCode::Sender)
    );
    assert!(fault.has_subcode("Authentication"));
    assert_eq!(fault.reason("fr"), Some("Non"));
    assert_eq!(fault.role.as_deref(), Some("urn:a"));
    assert!(fault.detail.is_some());

    let own = fault_of(OLD, "<faultcode>d:Busy.Now</faultcode>");
    let name = QName {
        namespace: "urn:d".into(),
        local: "Busy.Now".into(),
    };
    assert_eq!(own.code, FaultCode::Other(name));
}

#[test]
fn faults_that_mix_the_versions_are_read() {
    let mixed = fault_of(
        NEW,
        "<faultcode>Server</faultcode><e:faultstring>x</e:faultstring>",
    );
    assert_eq!(mixed.code, FaultCode::Receiver);
    assert_eq!(mixed.reason("fr"), Some("x"));
    let unqualified = fault_of(NEW, "<Code><Value>Sender</Value></Code>");
    assert_eq!(unqualified.code, FaultCode::Sender);
    let empty = fault_of(NEW, "");
    assert_eq!((empty.code, empty.detail), (FaultCode::Missing, None));
    let text = format!(
        "<n:Envelope xmlns:n='{NEW}' xmlns:o='{OLD}'><n:Body><o:Fault><faultcode>o:Server</faultcode></o:Fault></n:Body></n:Envelope>"
    );
    let received = Received::read(text.as_bytes()).unwrap();
    let fault = received.fault().unwrap();
    assert_eq!(
        (fault.version, &fault.code),
        (SoapVersion::V1_1, &FaultCode::Receiver)
    );
}

fn fault(version: SoapVersion) -> Fault {
    let (space, prefix) = match version {
        SoapVersion::V1_1 => (OLD.to_owned(), "<detail>"),
        SoapVersion::V1_2 => ("urn:s".to_owned(), "<soap:Detail>"),
    };
    Fault {
        version,
        code: FaultCode::Sender,
        subcodes: vec![QName {
            namespace: space,
            local: "siram_100".into(),
        }],
        reasons: vec![Reason {
            lang: Some("fr".into()),
            text: "a < b & ]]> \"c\"".into(),
        }],
        node: None,
        role: Some("urn:r".into()),
        detail: Some(format!(
            "{prefix}<d xmlns='urn:d'/>{}",
            prefix.replace('<', "</")
        )),
    }
}

#[test]
fn a_fault_that_is_written_is_read() {
    for version in SoapVersion::ALL {
        let fault = fault(version);
        let http = write(&Envelope::new(version, fault.to_markup().unwrap()));
        let read = Received::read(&http.body).unwrap();
        let read = read.fault().unwrap();
        assert!(
            read.detail
                .as_deref()
                .unwrap()
                .contains("<d xmlns=\"urn:d\"/>")
        );
        assert_eq!(
            &Fault {
                detail: read.detail.clone(),
                ..fault
            },
            read
        );
    }
}

#[test]
fn what_a_version_cannot_say_is_refused() {
    let changed = |version, change: fn(&mut Fault)| {
        let mut fault = fault(version);
        change(&mut fault);
        assert!(
            matches!(fault.to_markup(), Err(EnvelopeError::Inexpressible { .. })),
            "{fault:?}"
        );
    };
    changed(SoapVersion::V1_2, |f| f.code = FaultCode::Missing);
    changed(SoapVersion::V1_2, |f| f.reasons.clear());
    changed(SoapVersion::V1_2, |f| f.reasons[0].lang = None);
    changed(SoapVersion::V1_2, |f| {
        f.code = FaultCode::Other(f.subcodes[0].clone())
    });
    changed(SoapVersion::V1_1, |f| {
        f.code = FaultCode::DataEncodingUnknown
    });
    changed(SoapVersion::V1_1, |f| f.subcodes[0].local = "a:b".into());
    changed(SoapVersion::V1_2, |f| f.subcodes[0].local = "a b".into());
    changed(SoapVersion::V1_1, |f| f.reasons.clear());
    changed(SoapVersion::V1_1, |f| f.node = Some("urn:n".into()));
    changed(SoapVersion::V1_1, |f| {
        f.subcodes[0].namespace = "urn:s".into()
    });
}

#[test]
fn a_copy_stands_alone_and_says_the_same() {
    let text = "<a xmlns='urn:a' xmlns:p='urn:p' xml:lang='fr'><p:b p:c='&quot;&#10;'><!--x--><?i y?><![CDATA[<]]><d xmlns=''><e/></d></p:b><f/></a>";
    let doc = Document::parse(text.as_bytes()).unwrap();
    let copy = fragment(doc.root_element().child("urn:p", "b").unwrap());
    let copy = Document::parse(copy.as_bytes()).unwrap();
    let b = copy.root_element();
    assert!(b.is("urn:p", "b"));
    assert_eq!(b.attribute_ns("urn:p", "c").as_deref(), Some("\"\n"));
    assert_eq!(b.string_value(), "<");
    assert!(b.child("", "d").unwrap().child("", "e").is_some());
}

#[test]
fn nothing_personal_can_be_logged() {
    let secret = "<q xmlns='urn:q'>ADRUN</q>";
    let mut envelope = request(SoapVersion::V1_2);
    envelope.body = secret.into();
    let http = write(&envelope);
    let received = Received::read(&http.body).unwrap();
    let mut fault = fault(SoapVersion::V1_2);
    fault.reasons[0].text = "ADRUN".into();
    let shown = format!(
        "{envelope:?} {http:?} {received:?} {fault:?} {fault} {:?}",
        fault.reasons
    );
    assert!(!shown.contains("ADRUN"), "{shown}");
}

#[test]
fn a_fault_with_a_detail_of_many_prefixes_is_read_in_time() {
    let spaces = |depth| -> String {
        (0..60)
            .map(|n| format!(" xmlns:p{depth}x{n}='urn:{depth}:{n}'"))
            .collect()
    };
    let opened: String = (0..200)
        .map(|depth| format!("<a{}>", spaces(depth)))
        .collect();
    let inside = format!(
        "{opened}{}{}",
        "<p0x0:b/>".repeat(50_000),
        "</a>".repeat(200)
    );
    let fault = fault_of(
        NEW,
        &format!("<e:Detail xmlns:p='urn:p'>{inside}</e:Detail>"),
    );
    assert!(fault.detail.unwrap().len() > inside.len());
}

/// A tree as XPath would see it.
fn seen(top: segur_xml::Node<'_>) -> Vec<String> {
    let nodes = std::iter::once(top).chain(top.descendants());
    let mut all = Vec::new();
    for node in nodes {
        let text = node.text().unwrap_or_default();
        all.push(format!(
            "{:?} {} {} {text}",
            node.kind(),
            node.namespace(),
            node.local_name()
        ));
        for own in node.attributes() {
            all.push(format!(
                "@{} {} {}",
                own.namespace(),
                own.local_name(),
                own.value()
            ));
        }
    }
    all
}

#[test]
fn a_copy_is_the_same_tree() {
    for text in [
        "<a xmlns='u' b='&#9;&#10;&#13;&lt;&gt;&amp;&quot;'> &#13;\n]]&gt;<!-- c --><?p  x?><b xmlns=''/><c/></a>",
        "<p:a xmlns:p='u' xmlns:q='u' p:b='1' b='2'><q:c xmlns:q='v' q:b='3'/><q:c/></p:a>",
        "<a xml:lang='fr' xmlns:xml='http://www.w3.org/XML/1998/namespace'><b xml:space='preserve'> </b></a>",
    ] {
        let text = text.replace("\\n", "\n");
        let doc = Document::parse(text.as_bytes()).unwrap();
        for node in doc.root_element().elements().chain([doc.root_element()]) {
            let copy = Document::parse(fragment(node).as_bytes()).unwrap();
            assert_eq!(seen(copy.root_element()), seen(node), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Received::read(&bytes);
    }

    #[test]
    fn no_damage_makes_it_panic(
        fault_version in any::<bool>(),
        at in any::<prop::sample::Index>(),
        with in proptest::collection::vec(any::<u8>(), 0..6),
        cut in 0_usize..12,
    ) {
        let version = if fault_version { SoapVersion::V1_1 } else { SoapVersion::V1_2 };
        let mut envelope = request(version);
        envelope.body = fault(version).to_markup().unwrap();
        let mut bytes = write(&envelope).body;
        let at = at.index(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, with);
        if let Ok(received) = Received::read(&bytes) {
            for block in received.headers() {
                let _ = (block.role(), fragment(block.node));
            }
            if let Some(fault) = received.fault() {
                let _ = (fault.to_string(), fault.reason("fr"));
                if let Ok(markup) = fault.to_markup() {
                    let again = write(&Envelope::new(fault.version, markup));
                    let again = Received::read(&again.body).unwrap();
                    let detail = None;
                    prop_assert_eq!(
                        Fault { detail: detail.clone(), ..again.fault().unwrap().clone() },
                        Fault { detail, ..fault.clone() }
                    );
                }
            }
        }
    }

    #[test]
    fn any_text_comes_back(
        to in "\\PC{0,30}", id in "\\PC{0,30}", kind in "\\PC{0,30}", reason in "\\PC{0,60}",
    ) {
        let addressing = Addressing {
            to: Some(to.trim().to_owned()),
            relates_to: vec![RelatesTo {
                message_id: id.trim().to_owned(),
                relationship: Some(kind),
            }],
            ..Addressing::default()
        };
        let mut fault = fault(SoapVersion::V1_2);
        fault.reasons[0].text = reason.trim().to_owned();
        let envelope = Envelope {
            addressing: addressing.clone(),
            ..Envelope::new(SoapVersion::V1_2, fault.to_markup().unwrap())
        };
        let received = Received::read(&write(&envelope).body).unwrap();
        prop_assert_eq!(received.addressing(), &addressing);
        prop_assert_eq!(&received.fault().unwrap().reasons, &fault.reasons);
    }
}
