//! Documents that are sent while they are read, and read while they come, over recorded exchanges.
#![cfg(feature = "client")]
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{entry, set};
use segur_dmp_xds::client::{
    BlockingDmpClient, Caller, ClientError, DmpClient, Endpoints, ExpectedDocument, StreamedFile,
};
use segur_dmp_xds::response::{ErrorCode, RegistryError, RegistryResponse};
use segur_dmp_xds::retrieve::{ContentFault, DocumentRequest, FailedDocument};
use segur_dmp_xds::transaction::answer::{self, AnswerHead, FilePlace};
use segur_dmp_xds::transaction::{
    AnswerError, Incoming, IncomingRequest, MessageError, RetrievedFile, RetrievedFiles,
    Transaction,
};
use segur_dmp_xds::{DocumentEntry, DocumentSource, Submission};
use segur_soap::http::{Blame, CancelToken, HttpAnswer, HttpError, Recorded, Replay};

const FILE: &[u8] = b"<?xml version=\"1.0\"?>\r\n--segur\r\n\0\xff<ClinicalDocument/>\r\n";

fn client(answer: HttpAnswer) -> BlockingDmpClient<Replay> {
    let caller = Caller {
        endpoints: Endpoints::under("https://dmp.example/services"),
        ..Caller::default()
    };
    let replay = Replay::new([Recorded {
        request_holds: String::new(),
        answer: Ok(answer),
    }]);
    BlockingDmpClient::new(DmpClient::new(caller, replay)).unwrap()
}

fn accepted() -> HttpAnswer {
    let response = RegistryResponse::success();
    let message = answer::registry(&AnswerHead::default(), Transaction::Submit, &response).unwrap();
    HttpAnswer {
        status: 200,
        content_type: message.content_type,
        body: message.body,
    }
}

fn bytes(bytes: &[u8]) -> Arc<dyn DocumentSource> {
    Arc::new(Arc::<[u8]>::from(bytes))
}

fn measured(source: &dyn DocumentSource) -> DocumentEntry {
    let mut entry = entry();
    entry.set_content_from(source).unwrap();
    entry
}

#[test]
fn a_streamed_submission_is_the_message_that_services_know() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("document.xml");
    std::fs::write(&path, FILE).unwrap();
    let source: Arc<dyn DocumentSource> = Arc::new(path);
    let entry = measured(&*source);
    assert_eq!(entry.hash.as_deref(), Some(&*segur_dmp_xds::hash(FILE)));
    let submission = Submission::new(set()).with_document(entry);
    let file = StreamedFile {
        id: "Document01",
        source,
    };
    let client = client(accepted());
    client
        .submit_streaming(&submission, &[file], None, None)
        .unwrap();
    let (_, message) = client.inner().transport().sent().remove(0);
    let incoming = Incoming::read(&message.content_type, &message.body).unwrap();
    let IncomingRequest::Submit {
        metadata,
        files,
        inline,
    } = incoming.request
    else {
        panic!("{:?}", incoming.request);
    };
    assert!(!inline && incoming.warnings.is_empty());
    assert_eq!(files, [("Document01".to_owned(), Some(FILE.to_vec()))]);
    let read = metadata.submission().unwrap().value;
    assert_eq!(read.documents, submission.documents);
    assert_eq!(read.submission_set, submission.submission_set);
}

#[test]
fn a_file_that_changed_or_cannot_be_read_is_not_sent() {
    /// Another content each time, or none.
    struct Changing(AtomicBool, Option<&'static [u8]>);
    impl DocumentSource for Changing {
        fn open(&self) -> io::Result<Box<dyn Read + Send>> {
            let first = !self.0.swap(true, Ordering::SeqCst);
            match (first, self.1) {
                (true, _) => Ok(Box::new(b"first".as_slice())),
                (false, Some(then)) => Ok(Box::new(then)),
                (false, None) => Err(io::Error::other("gone")),
            }
        }
    }
    for then in [
        Some(b"fisrt".as_slice()),
        Some(b"firs"),
        Some(b"first!"),
        None,
    ] {
        let source = Arc::new(Changing(AtomicBool::new(false), then));
        let submission = Submission::new(set()).with_document(measured(source.as_ref()));
        let file = StreamedFile {
            id: "Document01",
            source,
        };
        let client = client(accepted());
        let error = client
            .submit_streaming(&submission, &[file], None, None)
            .unwrap_err();
        match (&error, then) {
            (ClientError::Message(MessageError::File { id, .. }), Some(_))
            | (ClientError::Message(MessageError::Source { id, .. }), None) => {
                assert_eq!(id, "Document01");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(error.blame(), Blame::Caller);
        assert!(!error.may_have_arrived());
        assert!(client.inner().transport().sent().is_empty());
    }
}

#[test]
fn each_entry_has_one_measured_file() {
    let file = |id: &'static str| StreamedFile {
        id,
        source: bytes(FILE),
    };
    let whole = Submission::new(set()).with_document(measured(&Arc::<[u8]>::from(FILE)));
    let mut without_hash = whole.clone();
    without_hash.documents[0].size = None;
    for (submission, files) in [
        (&whole, vec![]),
        (&whole, vec![file("Document02")]),
        (&whole, vec![file("Document01"), file("Document01")]),
        (&whole, vec![file("Document01"), file("Document02")]),
        (&without_hash, vec![file("Document01")]),
    ] {
        let client = client(accepted());
        let sent = client.submit_streaming(submission, &files, None, None);
        assert!(
            matches!(sent, Err(ClientError::Message(_))),
            "{files:?} {sent:?}"
        );
        assert!(client.inner().transport().sent().is_empty());
    }
}

fn expected(unique_id: &str, bytes: &[u8]) -> ExpectedDocument {
    ExpectedDocument {
        request: DocumentRequest {
            repository_unique_id: "1.2.250.1.999.2".to_owned(),
            document_unique_id: unique_id.to_owned(),
            ..DocumentRequest::default()
        },
        hash: Some(segur_dmp_xds::hash(bytes)),
        size: Some(bytes.len() as u64),
    }
}

fn giving(place: FilePlace, files: &[(&str, &[u8])], errors: Vec<RegistryError>) -> HttpAnswer {
    let files = files.iter().map(|(id, bytes)| {
        let mime_type = Some("text/xml".to_owned());
        RetrievedFile::new("1.2.250.1.999.2", *id, mime_type, bytes.to_vec())
    });
    let files = RetrievedFiles::of(files.collect(), errors);
    let head = AnswerHead {
        boundary: "b0123456789".to_owned(),
        ..AnswerHead::default()
    };
    let message = answer::files(&head, &files, place).unwrap();
    HttpAnswer {
        status: 200,
        content_type: message.content_type,
        body: message.body,
    }
}

#[test]
fn documents_come_one_after_the_other_wherever_they_stand() {
    let (one, two) = (FILE, b"".as_slice());
    for place in [
        FilePlace::Parts,
        FilePlace::PartsPercentEncoded,
        FilePlace::Inline,
    ] {
        let answer = giving(place, &[("1.2.1", one), ("1.2.2", two)], Vec::new());
        let client = client(answer);
        let wanted = vec![expected("1.2.1", one), expected("1.2.2", two)];
        let mut retrieval = client.retrieve_streaming(wanted, None).unwrap();
        assert_eq!(retrieval.inner().missing().len(), 2);
        for (id, bytes) in [("1.2.1", one), ("1.2.2", two)] {
            let document = retrieval.next_document().unwrap().unwrap();
            assert_eq!(document.document_unique_id, id);
            assert_eq!(document.mime_type.as_deref(), Some("text/xml"));
            let mut got = Vec::new();
            retrieval.read_to_end(&mut got).unwrap();
            assert_eq!(got, bytes, "{place:?}");
        }
        assert_eq!(retrieval.next_document().unwrap(), None);
        assert_eq!(retrieval.next_document().unwrap(), None);
        assert!(retrieval.inner().missing().is_empty());
    }
}

#[test]
fn the_envelope_may_stand_behind_its_documents() {
    let mut answer = giving(FilePlace::Parts, &[("1.2.1", FILE)], Vec::new());
    let mark = b"--b0123456789\r\n";
    let at: Vec<usize> = (0..answer.body.len())
        .filter(|at| answer.body[*at..].starts_with(mark))
        .collect();
    let end = answer.body.len() - b"--b0123456789--\r\n".len();
    let body = [
        &answer.body[at[1]..end],
        &answer.body[at[0]..at[1]],
        &answer.body[end..],
    ];
    answer.body = body.concat();
    let client = client(answer);
    let mut retrieval = client
        .retrieve_streaming(vec![expected("1.2.1", FILE)], None)
        .unwrap();
    assert!(retrieval.next_document().unwrap().is_some());
    let mut got = Vec::new();
    retrieval.read_to_end(&mut got).unwrap();
    assert_eq!(got, FILE);
    assert_eq!(retrieval.next_document().unwrap(), None);
}

#[test]
fn a_document_that_is_not_the_registered_one_is_an_error_and_the_next_one_still_comes() {
    let other = b"<?xml version=\"1.0\"?>".as_slice();
    for (hash, size, cause) in [
        (Some(segur_dmp_xds::hash(b"x")), None, "its hash differs"),
        (None, Some(FILE.len() as u64 - 1), "its size differs"),
        (None, Some(FILE.len() as u64 + 1), "its size differs"),
    ] {
        let answer = giving(
            FilePlace::Parts,
            &[("1.2.1", FILE), ("1.2.2", other)],
            Vec::new(),
        );
        let client = client(answer);
        let wrong = ExpectedDocument {
            hash,
            size,
            ..expected("1.2.1", FILE)
        };
        let wanted = vec![wrong, expected("1.2.2", other)];
        let mut retrieval = client.retrieve_streaming(wanted, None).unwrap();
        retrieval.next_document().unwrap().unwrap();
        // Read over, it is checked all the same.
        let error = retrieval.next_document().unwrap_err();
        match &error {
            ClientError::Content {
                unique_id,
                cause: told,
            } => assert_eq!((unique_id.as_str(), *told), ("1.2.1", cause)),
            other => panic!("{other:?}"),
        }
        assert_eq!(error.blame(), Blame::Remote);
        let next = retrieval.next_document().unwrap().unwrap();
        assert_eq!(next.document_unique_id, "1.2.2");
        assert_eq!(
            io::read_to_string(&mut retrieval).unwrap().as_bytes(),
            other
        );
        assert_eq!(retrieval.next_document().unwrap(), None);
        assert_eq!(retrieval.inner().missing(), ["1.2.1"]);
    }
}

#[test]
fn an_answer_that_is_cut_short_never_looks_whole() {
    let whole = giving(FilePlace::Parts, &[("1.2.1", FILE)], Vec::new());
    let end = b"\r\n--b0123456789--\r\n".len();
    for cut in 1..whole.body.len() {
        let mut answer = whole.clone();
        answer.body.truncate(whole.body.len() - cut);
        let client = client(answer);
        let all = || -> Result<bool, ClientError> {
            let wanted = vec![expected("1.2.1", FILE)];
            let mut retrieval = client.retrieve_streaming(wanted, None)?;
            let mut got = 0;
            while retrieval.next_document()?.is_some() {
                got += 1;
            }
            Ok(got == 1 && retrieval.inner().missing().is_empty())
        };
        match all() {
            // The last line end is not needed.
            Ok(whole) => assert!(whole && cut < end, "{cut}"),
            // Half a boundary is bytes too many.
            Err(ClientError::Answer(AnswerError::Parts { .. }) | ClientError::Content { .. }) => {
                assert!(cut > 2)
            }
            Err(other) => panic!("{cut}: {other:?}"),
        }
    }
}

#[test]
fn what_is_missing_is_told() {
    let errors = vec![RegistryError::new(ErrorCode::DocumentUniqueIdError, "")];
    let client = client(giving(FilePlace::Parts, &[("1.2.1", FILE)], errors));
    let wanted = vec![expected("1.2.1", FILE), expected("1.2.2", FILE)];
    let mut retrieval = client.retrieve_streaming(wanted, None).unwrap();
    while retrieval.next_document().unwrap().is_some() {}
    assert_eq!(retrieval.inner().missing(), ["1.2.2"]);
    assert!(
        retrieval
            .inner()
            .response()
            .has(&ErrorCode::DocumentUniqueIdError)
    );
}

// req: SC.CDA/INT.08
#[test]
fn a_document_that_cannot_be_read_is_told_and_the_others_come() {
    let first = &FILE[..8];
    let all = [("1.2.1", first), ("1.2.2", b"<b/>".as_slice())];
    for (place, from, to, cause) in [
        (FilePlace::Inline, "PGIvPg==", "PGIv*", ContentFault::Base64),
        (
            FilePlace::Parts,
            "cid:document2",
            "mid:document2",
            ContentFault::Reference,
        ),
        (
            FilePlace::Parts,
            "cid:document2",
            "cid:document3",
            ContentFault::NoPart,
        ),
        (
            FilePlace::Parts,
            "cid:document2",
            "cid:document1",
            ContentFault::NoPart,
        ),
    ] {
        let mut answer = giving(place, &all, Vec::new());
        let text = String::from_utf8(answer.body).unwrap();
        assert!(text.contains(from), "{from}");
        answer.body = text.replace(from, to).into_bytes();
        let wanted = all.map(|(id, bytes)| expected(id, bytes));
        let client = client(answer.clone());
        let mut retrieval = client.retrieve_streaming(wanted.to_vec(), None).unwrap();
        let document = retrieval.next_document().unwrap().unwrap();
        assert_eq!(document.document_unique_id, "1.2.1");
        let mut got = Vec::new();
        retrieval.read_to_end(&mut got).unwrap();
        assert_eq!(got, first);
        assert_eq!(retrieval.next_document().unwrap(), None);
        assert_eq!(retrieval.next_document().unwrap(), None);
        let failed = [FailedDocument {
            document_unique_id: "1.2.2".to_owned(),
            cause,
        }];
        assert_eq!(retrieval.inner().failed(), failed, "{to}");
        assert_eq!(retrieval.inner().missing(), ["1.2.2"]);

        let client = self::client(answer);
        let wanted = wanted.map(|one| one.request).to_vec();
        let retrieved = client.retrieve(wanted, None).unwrap().answer;
        assert_eq!(retrieved.failed, failed, "{to}");
        assert_eq!(
            retrieved.file("1.2.1").map(|file| &*file.bytes),
            Some(first)
        );
    }
}

#[test]
fn warnings_that_are_not_listed_are_counted() {
    let mut answer = giving(FilePlace::Inline, &[("1.2.1", FILE)], Vec::new());
    let text = String::from_utf8(answer.body).unwrap();
    // Each lacks its uniqueId and its document.
    let empty = "<xds:DocumentResponse/>".repeat(600) + "<xds:DocumentResponse>";
    answer.body = text
        .replacen("<xds:DocumentResponse>", &empty, 1)
        .into_bytes();
    let wanted = expected("1.2.1", FILE);
    let exchange = client(answer.clone()).retrieve(vec![wanted.request.clone()], None);
    let exchange = exchange.unwrap();
    assert_eq!((exchange.warnings.len(), exchange.unlisted), (1_000, 200));
    assert_eq!(exchange.answer.failed.len(), 600);
    let client = client(answer);
    let retrieval = client.retrieve_streaming(vec![wanted], None).unwrap();
    let inner = retrieval.inner();
    assert_eq!((inner.warnings().len(), inner.unlisted()), (1_000, 200));
}

#[test]
fn refusals_and_cancellation_are_errors() {
    let refused = vec![RegistryError::new(ErrorCode::DocumentUniqueIdError, "")];
    let client = client(giving(FilePlace::Parts, &[], refused));
    let error = client
        .retrieve_streaming(vec![expected("1.2.1", FILE)], None)
        .unwrap_err();
    assert!(error.has(&ErrorCode::DocumentUniqueIdError));
    let cancel = CancelToken::new();
    cancel.cancel();
    let error = client
        .retrieve_streaming(vec![expected("1.2.1", FILE)], Some(&cancel))
        .unwrap_err();
    assert!(matches!(error, ClientError::Http(HttpError::Cancelled)));
}
