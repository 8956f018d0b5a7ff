//! Documents asked for, and answers with parts, with base64, with errors.
#![allow(clippy::unwrap_used)]

mod common;

use common::{entry, shared_file};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use segur_dmp_xds::response::{ErrorCode, RegistryError, RegistryResponse, ResponseStatus};
use segur_dmp_xds::retrieve::{
    ContentFault, DocumentRequest, FailedDocument, RetrieveDocumentSetRequest,
    RetrieveDocumentSetResponse, RetrievedDocument,
};
use segur_dmp_xds::{Content, WarningKind};

fn asked(unique_id: &str) -> DocumentRequest {
    DocumentRequest {
        home_community_id: None,
        repository_unique_id: "1.2.250.1.213.4.1.1.1.2".to_owned(),
        document_unique_id: unique_id.to_owned(),
    }
}

fn given(unique_id: &str, content: Content) -> RetrievedDocument {
    RetrievedDocument {
        home_community_id: None,
        repository_unique_id: "1.2.250.1.213.4.1.1.1.2".to_owned(),
        document_unique_id: unique_id.to_owned(),
        new_repository_unique_id: None,
        new_document_unique_id: None,
        mime_type: Some("text/xml".to_owned()),
        content,
    }
}

#[test]
fn documents_are_asked_by_their_unique_id() {
    let mut found = entry();
    assert_eq!(
        DocumentRequest::of(&found),
        None,
        "no repository, no request"
    );
    found.repository_unique_id = Some("1.2.250.1.213.4.1.1.1.2".to_owned());
    let one = DocumentRequest::of(&found).unwrap();
    assert_eq!(one, asked(&found.unique_id));
    let request = RetrieveDocumentSetRequest::new(vec![one]).unwrap();
    let read = RetrieveDocumentSetRequest::parse(request.to_xml().unwrap().as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(read.value, request);

    let uuid = RetrieveDocumentSetRequest::new(vec![asked("urn:uuid:fe5287a2")]).unwrap_err();
    assert!(uuid.to_string().contains("not its entryUUID"));
    assert!(RetrieveDocumentSetRequest::new(vec![]).is_err());
    assert!(RetrieveDocumentSetRequest::new(vec![DocumentRequest::default()]).is_err());
}

/// As the DMP answers: a Content-ID with percent signs, prefixes of its own.
#[test]
fn a_part_is_found_by_its_content_id() {
    let xml = br#"<RetrieveDocumentSetResponse xmlns="urn:ihe:iti:xds-b:2007"
      xmlns:ns2="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0">
      <ns2:RegistryResponse status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"/>
      <DocumentResponse><RepositoryUniqueId>1.2.250.1.213.4.1.1.1.2</RepositoryUniqueId>
      <DocumentUniqueId>1.2.3</DocumentUniqueId><mimeType>text/xml</mimeType>
      <Document><xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include"
        href="cid:9c0f-2@urn%3Aihe%3Aiti%3Axds-b%3A2007"/></Document></DocumentResponse>
      </RetrieveDocumentSetResponse>"#;
    let read = RetrieveDocumentSetResponse::parse(xml).unwrap();
    assert_eq!(read.warnings, []);
    let part = Content::Part("9c0f-2@urn:ihe:iti:xds-b:2007".to_owned());
    assert_eq!(read.value.document("1.2.3"), Some(&given("1.2.3", part)));
}

#[test]
fn base64_within_the_message_is_read() {
    let inline = RetrieveDocumentSetResponse {
        response: RegistryResponse::success(),
        documents: vec![given("1.2.3", Content::Inline(b"<a/>\n".to_vec()))],
        failed: Vec::new(),
    };
    let xml = inline.to_xml().unwrap();
    assert!(xml.contains(">PGEvPgo=<"));
    let folded = xml.replace("PGEvPgo=", "\n PGEv\r\n Pgo= ");
    for message in [&xml, &folded] {
        let read = RetrieveDocumentSetResponse::parse(message.as_bytes()).unwrap();
        assert_eq!(read.value, inline);
    }
    assert!(!format!("{inline:?}").contains("<a/>"));
}

#[test]
fn some_documents_and_errors_for_the_others() {
    let partial = RetrieveDocumentSetResponse {
        response: RegistryResponse {
            status: ResponseStatus::PartialSuccess,
            errors: vec![RegistryError::new(
                ErrorCode::DocumentUniqueIdError,
                "1.2.4",
            )],
        },
        documents: vec![given("1.2.3", Content::Part("p".to_owned()))],
        failed: Vec::new(),
    };
    let xml = partial.to_xml().unwrap();
    let read = RetrieveDocumentSetResponse::parse(xml.as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(read.value, partial);
    assert!(read.value.response.is_partial());
    assert_eq!(read.value.document("1.2.4"), None);

    let lacking = xml.replace("xds:Document>", "xds:Doc>");
    let read = RetrieveDocumentSetResponse::parse(lacking.as_bytes()).unwrap();
    assert_eq!(read.warnings.len(), 1);
    assert_eq!(read.warnings[0].object, "1.2.3");
    assert!(read.warns(WarningKind::MissingField));
    assert!(read.value.documents.is_empty());
}

// req: SC.CDA/INT.08
#[test]
fn a_document_that_cannot_be_read_is_told_and_the_others_are_given() {
    let all = RetrieveDocumentSetResponse {
        response: RegistryResponse::success(),
        documents: vec![
            given("1.2.3", Content::Inline(b"<a/>\n".to_vec())),
            given("1.2.4", Content::Part("p@q".to_owned())),
            given("1.2.5", Content::Inline(b"<b/>\n".to_vec())),
        ],
        failed: Vec::new(),
    };
    let xml = all.to_xml().unwrap();
    for (from, to, unique_id, cause) in [
        ("PGEvPgo=", "PGEv*", "1.2.3", ContentFault::Base64),
        ("cid:p", "mid:p", "1.2.4", ContentFault::Reference),
        ("cid:p", "cid:%zz", "1.2.4", ContentFault::Reference),
        (" href=", " src=", "1.2.4", ContentFault::Reference),
        (
            "<xds:Document>PGIvPgo=</xds:Document>",
            "",
            "1.2.5",
            ContentFault::Absent,
        ),
    ] {
        assert!(xml.contains(from), "{from}");
        let broken = xml.replace(from, to);
        let read = RetrieveDocumentSetResponse::parse(broken.as_bytes()).unwrap();
        let failed = FailedDocument {
            document_unique_id: unique_id.to_owned(),
            cause,
        };
        assert_eq!(read.value.failed, [failed], "{to}");
        let mut others = all.documents.clone();
        others.retain(|one| one.document_unique_id != unique_id);
        assert_eq!(read.value.documents, others, "{to}");
        assert_ne!(cause.message().fr, cause.message().en);
    }
    let nameless = xml
        .replace("PGEvPgo=", "*")
        .replace("<xds:DocumentUniqueId>1.2.3</xds:DocumentUniqueId>", "");
    let read = RetrieveDocumentSetResponse::parse(nameless.as_bytes()).unwrap();
    assert_eq!(read.value.failed[0].document_unique_id, "");
    assert_eq!(read.value.documents.len(), 2);
}

#[test]
fn hash_and_size_are_those_of_the_bytes() {
    let Some(vsm) = shared_file("hash", "cda/examples/VSM_1.4_2022.01.xml") else {
        return;
    };
    let mut one = entry();
    assert!(!one.matches_content(vsm.as_bytes()));
    one.set_content(vsm.as_bytes());
    assert_eq!(one.size, Some(63_805));
    assert_eq!(
        one.hash.as_deref(),
        Some("80d9b50e6aeaa96db9c63a49cbff7bac726216cc")
    );
    assert!(one.matches_content(vsm.as_bytes()));
    assert!(!one.matches_content(&vsm.as_bytes()[1..]));
    one.hash = one.hash.map(|hash| hash.to_uppercase());
    assert!(
        one.matches_content(vsm.as_bytes()),
        "some registries write capitals"
    );
}

fn document() -> impl Strategy<Value = RetrievedDocument> {
    let content = prop_oneof![
        "[a-zA-Z0-9@:/%é-]{1,20}".prop_map(Content::Part),
        vec(any::<u8>(), 0..50).prop_map(Content::Inline)
    ];
    let id = || "[0-9.^a-z&<]{1,20}";
    (option::of(id()), id(), id(), option::of(id()), content).prop_map(
        |(home_community_id, repository_unique_id, document_unique_id, new, content)| {
            RetrievedDocument {
                home_community_id,
                repository_unique_id,
                document_unique_id,
                new_repository_unique_id: new.clone(),
                new_document_unique_id: new,
                mime_type: Some("text/xml".to_owned()),
                content,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn answers_come_back(documents in vec(document(), 0..4)) {
        let answer = RetrieveDocumentSetResponse { response: RegistryResponse::success(), documents, failed: Vec::new() };
        let read = RetrieveDocumentSetResponse::parse(answer.to_xml().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.warnings, &[]);
        prop_assert_eq!(read.value, answer);
    }

    #[test]
    fn no_bytes_make_a_reader_of_documents_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = RetrieveDocumentSetRequest::parse(&bytes);
        let _ = RetrieveDocumentSetResponse::parse(&bytes);
    }
}
