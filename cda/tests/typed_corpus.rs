//! The typed layer on the 37 published examples, when they are at hand.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what went wrong"
)]

#[path = "common/corpus.rs"]
mod corpus;

use segur_cda::ClinicalDocument;
use segur_cda::datatypes::St;
use segur_cda::header::Header;
use segur_cda::tree::ToleranceKind;
use segur_cda::validate::{Profile, Validator};
use segur_core::Severity;
use segur_xml::Document;

fn parse(bytes: &[u8]) -> Document {
    Document::parse(bytes).expect("well-formed")
}

/// The one fault of the 37 examples that reading meets: four give an offset as `+100`.
const FAULTS: [(&str, ToleranceKind, &str); 4] = {
    const PLACE: &str = "/ClinicalDocument/legalAuthenticator/time/@value";
    const KIND: ToleranceKind = ToleranceKind::InvalidAttribute;
    [
        ("BIO-TROD_2024.01_Angine.xml", KIND, PLACE),
        ("BIO-TROD_2024.01_COVID-19.xml", KIND, PLACE),
        (
            "BIO-TROD_2024.01_COVID-19_Grippe-A_Grippe-B.xml",
            KIND,
            PLACE,
        ),
        ("BIO-TROD_2024.01_Cystite.xml", KIND, PLACE),
    ]
};

#[test]
fn documents_are_read_whole() {
    let mut seen = Vec::new();
    let examples = corpus::examples("documents_are_read_whole");
    for (name, bytes) in &examples {
        let reading = ClinicalDocument::read(&parse(bytes)).expect("a CDA document");
        let unknown: Vec<_> = reading.unknown.iter().map(|u| &u.location.xpath).collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
        seen.extend(
            reading
                .tolerances
                .into_iter()
                .map(|t| (name.as_str(), t.kind, t.location.xpath)),
        );
    }
    if !examples.is_empty() {
        let seen: Vec<_> = seen.iter().map(|(n, k, p)| (*n, *k, p.as_str())).collect();
        assert_eq!(seen, FAULTS);
    }
}

// req: SC.CDA/INT.16
#[test]
fn what_was_not_changed_is_written_back_byte_for_byte() {
    for (name, bytes) in corpus::examples("what_was_not_changed_is_written_back_byte_for_byte") {
        let mut tree = parse(&bytes);
        let header = Header::read_document(&tree).expect("a CDA document").value;
        header.update(&mut tree).expect("updated");
        let document = ClinicalDocument::read(&tree).expect("a CDA document").value;
        document.update(&mut tree).expect("updated");
        assert!(tree.to_bytes() == bytes, "{name}");
    }
}

// req: SC.CDA/INT.16
#[test]
fn a_changed_title_changes_the_title_alone() {
    for (name, bytes) in corpus::examples("a_changed_title_changes_the_title_alone") {
        let mut tree = parse(&bytes);
        let mut document = ClinicalDocument::read(&tree).expect("a CDA document").value;
        let title = document.header.title.clone().expect("a title").text;
        let node = segur_cda::clinical_document(&tree).expect("root");
        let span = node.child("urn:hl7-org:v3", "title").expect("title").span();
        let prefix = node.prefix().map(|p| format!("{p}:")).unwrap_or_default();
        document.header.title = Some(St::new("Autre titre"));
        document.update(&mut tree).expect("updated");
        let written = tree.to_bytes();
        let kept = bytes.len() - span.end;
        assert!(
            written[..span.start] == bytes[..span.start],
            "{name}: before the title"
        );
        assert!(
            written[written.len() - kept..] == bytes[span.end..],
            "{name}: after the title"
        );
        let expected = format!("<{prefix}title>Autre titre</{prefix}title>");
        assert_eq!(
            &written[span.start..written.len() - kept],
            expected.as_bytes(),
            "{name}"
        );
        document.header.title = Some(St::new(title));
        document.update(&mut tree).expect("updated");
        let read = ClinicalDocument::read(&parse(&tree.to_bytes()))
            .expect("a CDA document")
            .value;
        assert!(read == document, "{name}");
    }
}

#[test]
fn a_new_document_reads_as_the_one_it_was_made_from() {
    for (name, bytes) in corpus::examples("a_new_document_reads_as_the_one_it_was_made_from") {
        let document = ClinicalDocument::read(&parse(&bytes))
            .expect("a CDA document")
            .value;
        let written = document.to_bytes().expect("written");
        let again = ClinicalDocument::read(&parse(&written))
            .expect("a CDA document")
            .value;
        assert!(again.header == document.header, "{name}: header");
        assert!(again == document, "{name}: body");
        assert_eq!(
            again.to_bytes().expect("written"),
            written,
            "{name}: same value, same bytes"
        );
    }
}

/// Rules that refuse a document, in its own profile.
fn refusals(bytes: &[u8]) -> Vec<String> {
    let report = Validator::builder()
        .profile(Profile::Official)
        .build()
        .validate_bytes(bytes);
    let refusing = report
        .findings
        .iter()
        .filter(|f| f.severity >= Severity::Error);
    let mut rules: Vec<String> = refusing.map(|f| f.rule.to_string()).collect();
    rules.sort();
    rules
}

#[test]
fn a_new_document_is_accepted_where_the_one_it_was_made_from_is() {
    for (name, bytes) in
        corpus::examples("a_new_document_is_accepted_where_the_one_it_was_made_from_is")
    {
        let document = ClinicalDocument::read(&parse(&bytes))
            .expect("a CDA document")
            .value;
        let written = document.to_bytes().expect("written");
        if FAULTS.iter().any(|(faulty, _, _)| *faulty == name) {
            // The time that could not be read is not written.
            assert!(
                document
                    .header
                    .legal_authenticator
                    .expect("one")
                    .time
                    .value
                    .is_none()
            );
            continue;
        }
        assert_eq!(refusals(&written), refusals(&bytes), "{name}");
    }
}
