//! What services, or those who pose as them, may send: large, malformed, endless, nothing.
#![cfg(feature = "client")]
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use common::{entry, set};
use segur_dmp_xds::Submission;
use segur_dmp_xds::client::{
    BlockingDmpClient, Caller, ClientError, DmpClient, Endpoints, ExpectedDocument,
};
use segur_dmp_xds::ebrim::{Association, RegistryObject};
use segur_dmp_xds::metadata::AssociationKind;
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::response::AdhocQueryResponse;
use segur_dmp_xds::retrieve::DocumentRequest;
use segur_dmp_xds::transaction::answer::{self, AnswerHead};
use segur_dmp_xds::transaction::{Answer, AnswerError, FileToSend, Head, Transaction};
use segur_soap::http::{Blame, HttpClient, HttpError, HttpOptions};
use segur_soap::mtom::MtomError;

/// Time enough for a service that answers at once, on a machine that is busy.
const PATIENT: Duration = Duration::from_secs(20);
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
            let wait = Some(Duration::from_secs(20));
            stream.set_read_timeout(wait).unwrap();
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
fn a_service_that_never_answers_is_left_and_a_submission_may_have_arrived() {
    let never = || -> Deed { Box::new(|_| std::thread::sleep(Duration::from_millis(3_000))) };
    let (client, served) = service(Duration::from_millis(500), vec![never(), never(), never()]);
    let begun = Instant::now();
    let asked = ExpectedDocument::from(DocumentRequest {
        repository_unique_id: "1.2.3".to_owned(),
        document_unique_id: "1.2.3.4".to_owned(),
        ..DocumentRequest::default()
    });
    for (error, sent) in [
        (submit(&client).unwrap_err(), true),
        (query(&client).unwrap_err(), true),
        (
            client.retrieve_streaming(vec![asked], None).unwrap_err(),
            true,
        ),
    ] {
        assert!(matches!(error, ClientError::Http(HttpError::Timeout)));
        assert_eq!(error.blame(), Blame::Transport);
        assert_eq!(error.may_have_arrived(), sent);
    }
    assert!(begun.elapsed() < Duration::from_secs(15));
    served.join().unwrap();
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
