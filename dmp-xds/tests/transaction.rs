//! The transactions as whole messages: written, read by the other side, and what services do to them.
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use common::{entry, set, submission};
use proptest::prelude::*;
use segur_dmp_xds::ebrim::RegistryObject;
use segur_dmp_xds::metadata::{AvailabilityStatus, Cx};
use segur_dmp_xds::patient::ProofMismatch;
use segur_dmp_xds::query::{
    AdhocQueryRequest, DocumentFilter, EntryKeys, FindDocuments, ReturnType, StoredQuery,
};
use segur_dmp_xds::response::{AdhocQueryResponse, ErrorCode, RegistryError, RegistryResponse};
use segur_dmp_xds::retrieve::{
    ContentFault, DocumentRequest, FailedDocument, RetrieveDocumentSetRequest,
};
use segur_dmp_xds::transaction::answer::{self, AnswerHead, FilePlace};
use segur_dmp_xds::transaction::{
    Answer, AnswerError, FileToSend, Head, Incoming, IncomingRequest, MessageError, RetrievedFile,
    RetrievedFiles, Transaction, WireWarning, request, security_block,
};
use segur_dmp_xds::update::delete;
use segur_dmp_xds::{Profile, SubmitObjectsRequest};
use segur_soap::envelope::{Fault, FaultCode, HttpMessage, QName, Reason, SoapVersion};

const ID: &str = "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const BOUNDARY: &str = "segur.000102030405060708090a0b0c0d0e0f";
/// Bytes that would break a reader of lines.
const FILE: &[u8] = b"<?xml version=\"1.0\"?>\r\n--segur\r\n\0\xff\n--\n";

fn head() -> Head {
    Head {
        to: Some("https://dmp.example/registry".to_owned()),
        ..Head::new(ID)
    }
}

fn answer_head() -> AnswerHead {
    AnswerHead {
        message_id: "urn:uuid:0a0a0a0a-ae6a-41eb-8f5d-0050569e422e".to_owned(),
        relates_to: Some(ID.to_owned()),
        hyphenated_action: false,
        boundary: BOUNDARY.to_owned(),
    }
}

fn text(message: &HttpMessage) -> String {
    String::from_utf8_lossy(&message.body).into_owned()
}

fn query() -> AdhocQueryRequest {
    let keys = EntryKeys::UniqueIds(vec!["1.2.250.1.999.1.1".to_owned()]);
    AdhocQueryRequest::new(
        &StoredQuery::GetDocuments(keys),
        ReturnType::ObjectRef,
        Profile::Dmp,
    )
    .unwrap()
}

fn several_patients() -> AdhocQueryRequest {
    let other = Cx::new("207058575627097", "1.2.250.1.213.1.4.10", "NH");
    let query = StoredQuery::FindDocumentsForMultiplePatients {
        patient_ids: vec![common::patient(), other],
        filter: DocumentFilter::approved(),
    };
    AdhocQueryRequest::new(&query, ReturnType::LeafClass, Profile::Dmp).unwrap()
}

fn metadata() -> SubmitObjectsRequest {
    let mut submission = submission();
    submission.documents[0].set_content(FILE);
    SubmitObjectsRequest::new(&submission, Profile::Dmp).unwrap()
}

const FILES: &[FileToSend<'static>] = &[FileToSend {
    id: "Document01",
    bytes: FILE,
}];

fn files() -> RetrievedFiles {
    let file = |id: &str, bytes: &[u8]| {
        let repository = "1.2.250.1.213.4.1.1.1.2";
        RetrievedFile::new(repository, id, Some("text/xml".into()), bytes.to_vec())
    };
    RetrievedFiles::of(vec![file("1.2.3", FILE), file("1.2.4", b"")], Vec::new())
}

/// Source: messages of the DMP vendor kit.
#[test]
fn the_header_of_a_request_has_the_order_of_the_vendor_kit() {
    let assertion =
        r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1"/>"#;
    let head = Head {
        security: vec![security_block(&format!("<?xml version=\"1.0\"?>{assertion}")).unwrap()],
        ..head()
    };
    let message = request::query(&head, &query()).unwrap();
    assert_eq!(
        message.content_type,
        "application/soap+xml; charset=utf-8; action=\"urn:ihe:iti:2007:RegistryStoredQuery\""
    );
    assert_eq!(message.soap_action, None);
    let text = text(&message);
    let places = [
        "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\"",
        "<wsa:MessageID>urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8</wsa:MessageID>",
        "<wsa:To>https://dmp.example/registry</wsa:To>",
        "<wsa:ReplyTo soap:mustUnderstand=\"1\"><wsa:Address>http://www.w3.org/2005/08/addressing/anonymous<",
        "<wsa:Action soap:mustUnderstand=\"1\">urn:ihe:iti:2007:RegistryStoredQuery</wsa:Action>",
        "wssecurity-secext-1.0.xsd\"><saml:Assertion",
        "<query:AdhocQueryRequest",
    ]
    .map(|part| text.find(part).unwrap_or_else(|| panic!("{part}\n{text}")));
    assert!(places.is_sorted(), "{places:?}");
    assert!(!format!("{head:?}").contains("Assertion"));
    assert!(matches!(
        security_block("<x/>"),
        Err(MessageError::NotAnAssertion { .. })
    ));
}

#[test]
fn each_request_is_read_as_what_it_is() {
    let deletion = delete(set(), ID, AvailabilityStatus::Approved).unwrap();
    let deletion = SubmitObjectsRequest::new(&deletion, Profile::Dmp).unwrap();
    let asked = RetrieveDocumentSetRequest::new(vec![DocumentRequest {
        repository_unique_id: "1.2.250.1.213.4.1.1.1.2".into(),
        document_unique_id: "1.2.3".into(),
        ..DocumentRequest::default()
    }])
    .unwrap();
    let all = [
        request::query(&head(), &query()),
        request::submit(&head(), BOUNDARY, &metadata(), FILES),
        request::retrieve(&head(), &asked),
        request::update(&head(), &deletion),
        request::register(&head(), &metadata()),
        request::query(&head(), &several_patients()),
    ];
    for (message, transaction) in all.into_iter().zip(Transaction::ALL) {
        let message = message.unwrap();
        let read = Incoming::read(&message.content_type, &message.body).unwrap();
        assert_eq!(read.request.transaction(), transaction);
        assert_eq!(read.action.as_deref(), Some(transaction.action()));
        assert_eq!(read.message_id.as_deref(), Some(ID));
        assert!(read.soap_1_2 && !read.has_security);
        assert_eq!(read.warnings, [], "{transaction:?}");
    }
}

/// The values of the header are those of the vendor kit's TD2.1.
#[test]
fn a_submission_is_a_multipart_and_its_files_come_as_they_were() {
    let message = request::submit(&head(), BOUNDARY, &metadata(), FILES).unwrap();
    for part in [
        "multipart/related; ",
        "type=\"application/xop+xml\"",
        "start-info=\"application/soap+xml\"",
        "action=\"urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b\"",
    ] {
        assert!(
            message.content_type.contains(part),
            "{}",
            message.content_type
        );
    }
    let read = Incoming::read(&message.content_type, &message.body).unwrap();
    let IncomingRequest::Submit { files, inline, .. } = read.request else {
        panic!("{read:?}")
    };
    assert!(!inline);
    assert_eq!(files, [("Document01".to_owned(), Some(FILE.to_vec()))]);
}

/// What names a patient does not go out under the proof of another one.
#[test]
fn a_message_about_another_patient_than_the_vihf_is_not_written() {
    let proof = |patient: &str| {
        let assertion = format!(
            r#"<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" ID="_1" IssueInstant="2024-03-15T09:30:00Z"><Issuer>i</Issuer><Subject><NameID>n</NameID></Subject><AttributeStatement><Attribute Name="urn:oasis:names:tc:xacml:2.0:resource:resource-id"><AttributeValue>{patient}^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH</AttributeValue></Attribute></AttributeStatement></Assertion>"#
        );
        Head {
            security: vec![security_block(&assertion).unwrap()],
            ..head()
        }
    };
    let find = StoredQuery::FindDocuments(FindDocuments {
        patient_id: common::patient(),
        filter: DocumentFilter::approved(),
    });
    let find = AdhocQueryRequest::new(&find, ReturnType::LeafClass, Profile::Dmp).unwrap();
    let written = |head: &Head| {
        [
            request::submit(head, BOUNDARY, &metadata(), FILES),
            request::update(head, &metadata()),
            request::register(head, &metadata()),
            request::query(head, &find),
        ]
    };
    for message in written(&proof("279035121518989")) {
        message.unwrap();
    }
    for message in written(&proof("207058575627097")) {
        let error = message.unwrap_err();
        assert!(
            matches!(error, MessageError::Patient(ProofMismatch::OtherPatient)),
            "{error}"
        );
    }
    // It names no patient, or several: nothing to compare.
    for asked in [query(), several_patients()] {
        request::query(&proof("207058575627097"), &asked).unwrap();
    }
}

#[test]
fn a_file_that_is_not_its_entrys_is_not_sent() {
    let other = [FileToSend {
        bytes: b"other",
        ..FILES[0]
    }];
    let named = [FileToSend {
        id: "document01",
        ..FILES[0]
    }];
    let twice = [FILES[0], FILES[0]];
    for (files, cause) in [
        (&other[..], "hash or size"),
        (&named[..], "has no file"),
        (&[], "has no file"),
        (&twice[..], "several files"),
    ] {
        let error = request::submit(&head(), BOUNDARY, &metadata(), files).unwrap_err();
        assert!(error.to_string().contains(cause), "{error}");
    }
    let error = request::submit(&head(), "segur", &metadata(), FILES).unwrap_err();
    assert!(matches!(error, MessageError::Boundary), "{error}");
}

#[test]
fn files_come_back_byte_for_byte_wherever_they_stand() {
    for place in [
        FilePlace::Parts,
        FilePlace::PartsPercentEncoded,
        FilePlace::Inline,
    ] {
        let message = answer::files(&answer_head(), &files(), place).unwrap();
        if place == FilePlace::PartsPercentEncoded {
            assert!(text(&message).contains("@urn%3Aihe%3Aiti%3Axds-b%3A2007\""));
            assert!(text(&message).contains("@urn:ihe:iti:xds-b:2007>"));
        }
        let read = Answer::files(&head(), 200, &message.content_type, &message.body).unwrap();
        assert_eq!(read.value, files(), "{place:?}");
        assert_eq!((read.warnings, read.wire), (vec![], vec![]));
    }
}

#[test]
fn a_part_that_is_missing_is_told_and_the_others_are_given() {
    let message = answer::files(&answer_head(), &files(), FilePlace::Parts).unwrap();
    let text = text(&message).replace("Content-ID: <document2.", "Content-ID: <other.");
    // The bytes are no UTF-8: only the second part counts here.
    let read = Answer::files(&head(), 200, &message.content_type, text.as_bytes()).unwrap();
    assert_eq!(read.value.failed, [failed("1.2.4", ContentFault::NoPart)]);
    assert_eq!(read.value.files.len(), 1);
    assert!(read.value.file("1.2.3").is_some());
}

fn failed(unique_id: &str, cause: ContentFault) -> FailedDocument {
    FailedDocument {
        document_unique_id: unique_id.to_owned(),
        cause,
    }
}

// req: SC.CDA/INT.08
#[test]
fn a_reference_that_cannot_be_read_is_told_and_the_others_are_given() {
    let message = answer::files(&answer_head(), &files(), FilePlace::Parts).unwrap();
    for (to, cause) in [
        ("mid:document2.", ContentFault::Reference),
        ("cid:document1.", ContentFault::NoPart),
    ] {
        let text = text(&message).replace("cid:document2.", to);
        let read = Answer::files(&head(), 200, &message.content_type, text.as_bytes()).unwrap();
        assert_eq!(read.value.failed, [failed("1.2.4", cause)], "{to}");
        assert!(read.value.file("1.2.3").is_some() && read.value.files.len() == 1);
    }
}

/// The DMP answers ITI-57 with `…UpdateDocumentSet-Response`.
#[test]
fn an_answer_is_read_whatever_its_action_its_version_and_its_status() {
    let answer = RegistryResponse::success();
    let spelled = AnswerHead {
        hyphenated_action: true,
        relates_to: Some("urn:uuid:other".to_owned()),
        ..answer_head()
    };
    let message = answer::registry(&spelled, Transaction::Update, &answer).unwrap();
    assert!(text(&message).contains(">urn:ihe:iti:2010:UpdateDocumentSet-Response<"));
    let old = text(&message).replace(SoapVersion::V1_2.namespace(), SoapVersion::V1_1.namespace());
    let read = Answer::registry(&head(), Transaction::Update, 500, "", old.as_bytes()).unwrap();
    assert_eq!(read.value, answer);
    assert_eq!(
        read.wire,
        [
            WireWarning::Action,
            WireWarning::OtherMessage,
            WireWarning::SoapVersion,
            WireWarning::ContentType,
            WireWarning::Status,
        ]
    );
}

#[test]
fn a_fault_is_a_fault_plain_or_as_multipart() {
    let fault = Fault {
        version: SoapVersion::V1_2,
        code: FaultCode::Sender,
        subcodes: vec![QName {
            namespace: String::new(),
            local: "XDSDocumentUniqueIdError".to_owned(),
        }],
        reasons: vec![Reason {
            lang: Some("fr".to_owned()),
            text: "MARIE PATIENT".to_owned(),
        }],
        node: None,
        role: None,
        detail: None,
    };
    for in_parts in [false, true] {
        let message = answer::fault(&answer_head(), &fault, in_parts).unwrap();
        assert_eq!(message.content_type.starts_with("multipart/"), in_parts);
        for got in [
            Answer::files(&head(), 500, &message.content_type, &message.body).err(),
            Answer::query(
                &head(),
                Transaction::Query,
                500,
                &message.content_type,
                &message.body,
            )
            .err(),
        ] {
            let Some(AnswerError::Fault(got)) = got else {
                panic!("{got:?}")
            };
            assert!(got.has_subcode("XDSDocumentUniqueIdError"));
            assert!(!got.to_string().contains("MARIE"));
        }
    }
}

#[test]
fn what_is_no_answer_says_what_came() {
    let plain = |body: &[u8]| {
        Answer::query(&head(), Transaction::Query, 502, "text/html", body).unwrap_err()
    };
    assert!(matches!(
        plain(b"<html/>"),
        AnswerError::NotSoap { status: 502, .. }
    ));
    assert!(matches!(plain(b""), AnswerError::NotSoap { .. }));
    let empty =
        r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>"#;
    assert!(matches!(
        plain(empty.as_bytes()),
        AnswerError::Empty { status: 502 }
    ));
    let cut = answer::files(&answer_head(), &files(), FilePlace::Parts).unwrap();
    let body = &cut.body[..cut.body.len() - 10];
    let error = Answer::files(&head(), 200, &cut.content_type, body).unwrap_err();
    assert!(matches!(error, AnswerError::Parts { .. }), "{error}");
    let other = answer::registry(
        &answer_head(),
        Transaction::Submit,
        &RegistryResponse::success(),
    )
    .unwrap();
    let error = Answer::query(
        &head(),
        Transaction::Query,
        200,
        &other.content_type,
        &other.body,
    )
    .unwrap_err();
    assert!(matches!(error, AnswerError::Body(_)), "{error}");
    assert!(Incoming::read(&other.content_type, &other.body).is_err());
}

#[test]
fn objects_found_and_errors_come_through() {
    let entry = entry().to_ebrim(Profile::Dmp);
    let found =
        AdhocQueryResponse::found(vec![segur_dmp_xds::ebrim::RegistryObject::ExtrinsicObject(
            entry,
        )]);
    let message = answer::query(&answer_head(), Transaction::Query, &found).unwrap();
    let read = Answer::query(
        &head(),
        Transaction::Query,
        200,
        &message.content_type,
        &message.body,
    )
    .unwrap();
    assert_eq!(read.value.content().value.documents.len(), 1);
    let errors = vec![RegistryError::new(ErrorCode::UnknownPatientId, "who?")];
    let refused = RetrievedFiles::of(files().files, errors);
    assert!(refused.response.is_partial());
    let message = answer::files(&answer_head(), &refused, FilePlace::Parts).unwrap();
    let read = Answer::files(&head(), 200, &message.content_type, &message.body).unwrap();
    assert_eq!(read.value, refused);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_the_readers_panic(
        content_type in "(multipart/related; boundary=b|application/soap\\+xml|\\PC{0,20})",
        body in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let _ = Answer::files(&head(), 200, &content_type, &body);
        let _ = Incoming::read(&content_type, &body);
    }

    /// Broken at any place, a real message is read or refused.
    #[test]
    fn no_broken_message_makes_the_readers_panic(at in 0usize..3_000, byte in any::<u8>()) {
        let mut message = answer::files(&answer_head(), &files(), FilePlace::Parts).unwrap();
        let at = at % message.body.len();
        message.body[at] = byte;
        let _ = Answer::files(&head(), 200, &message.content_type, &message.body);
        let mut message = request::submit(&head(), BOUNDARY, &metadata(), FILES).unwrap();
        let at = at % message.body.len();
        message.body[at] = byte;
        let _ = Incoming::read(&message.content_type, &message.body);
    }
}

#[test]
fn a_large_answer_is_the_same_in_pieces() {
    let objects: Vec<RegistryObject> = (0..200)
        .map(|number| {
            let mut one = entry();
            one.entry_id = format!("urn:uuid:6ba7b812-9dad-41d1-80b4-{number:012x}");
            one.title = Some(format!(
                "Compte rendu nº {number} & </rim:RegistryObjectList>"
            ));
            RegistryObject::ExtrinsicObject(one.to_ebrim(Profile::Dmp))
        })
        .collect();
    let head = Head::new("urn:uuid:1");
    let answer = AdhocQueryResponse::found(objects);
    let message = answer::query(&AnswerHead::default(), Transaction::Query, &answer).unwrap();
    assert!(message.body.len() > 512 << 10, "{}", message.body.len());
    let read =
        |body: &[u8]| Answer::query(&head, Transaction::Query, 200, &message.content_type, body);
    let whole = segur_soap::envelope::Received::read(&message.body).unwrap();
    let whole = AdhocQueryResponse::read(whole.body().unwrap()).unwrap();
    let cut = read(&message.body).unwrap();
    assert!(cut.value == whole.value && cut.warnings == whole.warnings);
    assert_eq!(cut.value.objects.len(), 200);

    // A list elsewhere is not the answer's.
    let text = String::from_utf8(message.body.clone()).unwrap();
    let list = format!(
        "<soap:Header><rim:RegistryObjectList xmlns:rim='urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0'>{}</rim:RegistryObjectList>",
        "<rim:ObjectRef id='urn:uuid:9'/>".repeat(20_000)
    );
    let other = text.replacen("<soap:Header>", &list, 1);
    assert_ne!(other, text);
    let other = read(other.as_bytes()).unwrap();
    assert!(other.value == whole.value);

    let broken = text.replacen("nº 150", "<b>", 1);
    let error = read(broken.as_bytes()).unwrap_err();
    assert!(
        matches!(error, AnswerError::NotSoap { .. } | AnswerError::Body(_)),
        "{error:?}"
    );
}
