//! What services, or those who pose as them, may send: large, malformed, endless, nothing.
#![cfg(feature = "client")]
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use common::{entry, set};
use segur_dmp_xds::Submission;
use segur_dmp_xds::client::{
    BlockingDmpClient, Caller, ClientError, DmpClient, Endpoints, ExpectedDocument,
};
use segur_dmp_xds::ebrim::{Association, RegistryObject};
use segur_dmp_xds::metadata::AssociationKind;
use segur_dmp_xds::patient::{DmpCode, Refusal, ServiceStatus};
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::response::{
    AdhocQueryResponse, ErrorCode, RegistryError, RegistryResponse, ResponseStatus,
};
use segur_dmp_xds::retrieve::DocumentRequest;
use segur_dmp_xds::transaction::answer::{self, AnswerHead};
use segur_dmp_xds::transaction::{Answer, AnswerError, FileToSend, Head, Transaction};
use segur_soap::http::{Blame, HttpClient, HttpError, HttpOptions};
use segur_soap::mtom::MtomError;

/// Time enough for a service that answers at once, on a machine that is busy.
const PATIENT: Duration = Duration::from_secs(60);
/// Times that are waited out. The first does unless this process is held up meanwhile; then the attempt counts for nothing.
const IMPATIENT: [Duration; 3] = [
    Duration::from_millis(500),
    Duration::from_secs(5),
    Duration::from_secs(50),
];
const FILE: &[u8] = b"<ClinicalDocument/>";

/// What a service does once it has the request.
type Deed = Box<dyn FnOnce(&mut TcpStream) + Send>;

/// Reads a request to its end, then does what it is told; one connection for each.
fn service(
    patience: Duration,
    answers: Vec<Deed>,
) -> (BlockingDmpClient<HttpClient>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/services", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(PATIENT)).unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") {
                stream.read_exact(&mut byte).unwrap();
                head.push(byte[0]);
            }
            let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap();
            let length: u64 = length.split("\r\n").next().unwrap().parse().unwrap();
            std::io::copy(&mut (&mut stream).take(length), &mut std::io::sink()).unwrap();
            answer(&mut stream);
        }
    });
    let options = HttpOptions {
        connect_timeout: PATIENT,
        timeout: patience,
        stall_timeout: patience,
        max_answer: 1 << 20,
        ..HttpOptions::default()
    };
    let http = HttpClient::with_local_cleartext(&options).unwrap();
    let caller = Caller {
        endpoints: Endpoints::under(&base),
        ..Caller::default()
    };
    let client = BlockingDmpClient::new(DmpClient::new(caller, http)).unwrap();
    (client, served)
}

fn query(client: &BlockingDmpClient<HttpClient>) -> Result<(), ClientError> {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.3".to_owned()]));
    client.query(&query, ReturnType::ObjectRef, None).map(drop)
}

fn submit(client: &BlockingDmpClient<HttpClient>) -> Result<(), ClientError> {
    let mut entry = entry();
    entry.set_content(FILE);
    let file = FileToSend {
        id: "Document01",
        bytes: FILE,
    };
    let submission = Submission::new(set()).with_document(entry);
    client.submit(&submission, &[file], None).map(drop)
}

/// An answer of HTTP, its parts as they are given.
fn http(content_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn a_service_that_never_answers_is_left_and_the_request_may_have_arrived() {
    fn retrieve(client: &BlockingDmpClient<HttpClient>) -> Result<(), ClientError> {
        let asked = ExpectedDocument::from(DocumentRequest {
            repository_unique_id: "1.2.3".to_owned(),
            document_unique_id: "1.2.3.4".to_owned(),
            ..DocumentRequest::default()
        });
        client.retrieve_streaming(vec![asked], None).map(drop)
    }
    for call in [submit, query, retrieve] {
        let arrived = IMPATIENT.into_iter().any(|patience| {
            let (tell, received) = mpsc::channel();
            let (_let_go, held) = mpsc::channel::<()>();
            let never: Deed = Box::new(move |_| {
                let _ = tell.send(());
                let _ = held.recv();
            });
            let (client, _) = service(patience, vec![never]);
            let error = call(&client).unwrap_err();
            assert!(
                matches!(error, ClientError::Http(HttpError::Timeout)),
                "{error:?}"
            );
            assert_eq!(error.blame(), Blame::Transport);
            assert!(error.may_have_arrived());
            received.try_recv().is_ok()
        });
        assert!(arrived, "the service never had the request");
    }
}

#[test]
fn an_endless_answer_ends_at_the_limit() {
    let endless = |stream: &mut TcpStream| {
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nTransfer-Encoding: chunked\r\n\r\n",
        );
        let piece = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
        // It ends when the client hangs up.
        while stream.write_all(&piece).is_ok() {}
    };
    let (client, served) = service(PATIENT, vec![Box::new(endless)]);
    let error = query(&client).unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Http(HttpError::TooLarge { limit: 1_048_576 })
        ),
        "{error:?}"
    );
    served.join().unwrap();
}

#[test]
fn malformed_multiparts_say_what_is_wrong_with_them() {
    let multipart = "multipart/related; boundary=b; type=\"application/xop+xml\"; start=\"<r>\"";
    let root = "--b\r\nContent-ID: <r>\r\n\r\n";
    for (content_type, body, what) in [
        (multipart, "no boundary at all", "NoBoundary"),
        (
            multipart,
            "--b\r\nContent-ID: <other>\r\n\r\nx\r\n--b--",
            "NoRoot",
        ),
        (multipart, &format!("{root}<soap:Envelope"), "Truncated"),
        (multipart, "--b\r\nno header\r\n\r\nx\r\n--b--", "Header"),
        (
            multipart,
            "--b\r\nContent-ID: <r>\r\nContent-Transfer-Encoding: rot13\r\n\r\nx\r\n--b--",
            "Encoding",
        ),
        ("multipart/related", "--b\r\n", "Boundary"),
    ] {
        let answer = http(content_type, body.as_bytes());
        let give: Deed = Box::new(move |stream| stream.write_all(&answer).unwrap());
        let (client, served) = service(PATIENT, vec![give]);
        let error = submit(&client).unwrap_err();
        match &error {
            ClientError::Answer(AnswerError::Parts {
                status: 200,
                source,
            }) => {
                let source: &MtomError = source;
                assert!(format!("{source:?}").contains(what), "{source:?}");
            }
            other => panic!("{what}: {other:?}"),
        }
        assert_eq!(error.blame(), Blame::Remote);
        assert!(error.may_have_arrived(), "the service was reached");
        served.join().unwrap();
    }
}

#[test]
fn a_hundred_thousand_associations_are_read_and_typed() {
    let count = 100_000;
    let objects = (0..count).map(|number| {
        RegistryObject::Association(Association {
            association_type: AssociationKind::HasMember.as_str().to_owned(),
            source: "urn:uuid:6ba7b812-9dad-41d1-80b4-000000000000".to_owned(),
            target: format!("urn:uuid:6ba7b812-9dad-41d1-80b4-{number:012x}"),
            ..Association::default()
        })
    });
    let answer = AdhocQueryResponse::found(objects.collect());
    let message = answer::query(&AnswerHead::default(), Transaction::Query, &answer).unwrap();
    let head = Head::new("urn:uuid:1");
    let read = Answer::query(
        &head,
        Transaction::Query,
        200,
        &message.content_type,
        &message.body,
    )
    .unwrap();
    let content = read.value.into_content();
    assert_eq!(content.value.associations.len(), count);
    let last = content.value.associations.last().unwrap();
    assert!(last.target.ends_with("00001869f"));
}

#[test]
fn a_word_that_is_not_known_is_cut_where_it_is_shown() {
    let long = "é".repeat(5_000);
    let error = RegistryError::new(ErrorCode::read(&long), "");
    let response = RegistryResponse {
        status: ResponseStatus::read(&long),
        errors: vec![error.clone()],
    };
    let refusal = Refusal {
        code: DmpCode::read(&long),
        text: None,
    };
    let status = ServiceStatus {
        code: DmpCode::read(&long),
        context: None,
    };
    for shown in [
        error.code.to_string(),
        format!("{error:?}"),
        format!("{response:?}"),
        refusal.to_string(),
        format!("{refusal:?}"),
        format!("{status:?}"),
        ClientError::Refused(response.clone()).to_string(),
    ] {
        let letters = shown.chars().filter(|one| *one == 'é').count();
        assert!(letters == 80 || letters == 160, "{letters}: {shown}");
    }
    assert_eq!(error.code.as_str(), long, "kept whole");
    assert_eq!(refusal.code.as_str(), long, "kept whole");
}
