//! Documents that are sent while they are read and read while they come, over TLS; certificates that are not to be taken.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use segur_dmp_xds::client::{ClientError, ExpectedDocument, StreamedFile};
use segur_dmp_xds::query::{EntryKeys, StoredQuery};
use segur_dmp_xds::transaction::{AnswerError, MessageError};
use segur_dmp_xds::{DocumentSource, Submission};
use segur_soap::http::{Blame, HttpError};

use super::{Client, Sandbox, ask, entry, set, submit, unique_id};

/// More than the pieces in which it is sent and received.
const LARGE: usize = 3_000_000;

fn large() -> Arc<[u8]> {
    let bytes: Vec<u8> = (0..LARGE).map(|at| (at % 251) as u8).collect();
    bytes.into()
}

fn send(client: &Client, number: u32, source: Arc<dyn DocumentSource>) -> Result<(), ClientError> {
    let mut entry = entry(number, b"");
    entry.set_content_from(&*source).unwrap();
    let submission = Submission::new(set(number)).with_document(entry);
    let file = StreamedFile {
        id: "Document01",
        source,
    };
    client
        .submit_streaming(&submission, &[file], None, None)
        .map(drop)
}

fn expected(client: &Client, number: u32) -> Option<ExpectedDocument> {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(number)]));
    let found = ask(client, &query).documents;
    found.first().and_then(ExpectedDocument::of)
}

fn fetch(client: &Client, wanted: ExpectedDocument) -> Result<Vec<u8>, ClientError> {
    let mut retrieval = client.retrieve_streaming(vec![wanted], None)?;
    let document = retrieval.next_document()?;
    assert!(document.is_some());
    let mut bytes = Vec::new();
    match retrieval.read_to_end(&mut bytes) {
        Ok(_) => {}
        Err(error) => {
            let inner = error.into_inner().unwrap();
            return Err(*inner.downcast::<ClientError>().unwrap());
        }
    }
    assert!(retrieval.next_document()?.is_none());
    assert!(retrieval.inner().missing().is_empty());
    Ok(bytes)
}

#[test]
fn a_large_document_goes_and_comes_back_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    send(&client, 1, Arc::new(large())).unwrap();
    let wanted = expected(&client, 1).unwrap();
    assert_eq!(wanted.size, Some(LARGE as u64));
    assert!(fetch(&client, wanted).unwrap() == *large());
}

#[test]
fn a_file_that_changes_while_it_is_sent_is_not_submitted() {
    /// Its last byte is another one from the second reading on.
    struct Changing(AtomicU32);
    impl DocumentSource for Changing {
        fn open(&self) -> io::Result<Box<dyn Read + Send>> {
            let mut bytes = large().to_vec();
            if self.0.fetch_add(1, Ordering::SeqCst) > 0 {
                *bytes.last_mut().unwrap() ^= 1;
            }
            Ok(Box::new(io::Cursor::new(bytes)))
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    let error = send(&client, 1, Arc::new(Changing(AtomicU32::new(0)))).unwrap_err();
    assert!(
        matches!(error, ClientError::Message(MessageError::File { .. })),
        "{error:?}"
    );
    assert!(!error.may_have_arrived());
    assert_eq!(expected(&client, 1), None);
    // The client goes on.
    send(&client, 1, Arc::new(large())).unwrap();
    assert!(expected(&client, 1).is_some());
}

#[test]
fn an_answer_that_breaks_off_or_is_another_document_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(
        folder.path(),
        &["cut-answer @ITI-43 x1", "longer-documents"],
    );
    let client = sandbox.client();
    send(&client, 1, Arc::new(large())).unwrap();
    let wanted = expected(&client, 1).unwrap();
    let error = fetch(&client, wanted.clone()).unwrap_err();
    assert!(
        matches!(
            error,
            ClientError::Http(HttpError::Interrupted { .. })
                | ClientError::Answer(AnswerError::Parts { .. })
        ),
        "{error:?}"
    );
    let error = fetch(&client, wanted).unwrap_err();
    match &error {
        ClientError::Content { unique_id: id, .. } => assert_eq!(*id, unique_id(1)),
        other => panic!("{other:?}"),
    }
    assert_eq!(error.blame(), Blame::Remote);
}

#[test]
fn a_certificate_that_is_expired_of_a_stranger_or_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let pki = &sandbox.pki;
    for pair in [pki.expired(), pki.stranger(), pki.server()] {
        let refused = sandbox.client_of(sandbox.caller(), pair);
        for streaming in [false, true] {
            let call = |_| match streaming {
                true => send(&refused, 1, Arc::new(large())).unwrap_err(),
                false => submit(&refused, 1).unwrap_err(),
            };
            // A reset may overtake the alert that says why (README of segur-soap).
            let mut tries = (0..8).map(call);
            let told = tries.find(|error| {
                assert!(matches!(error, ClientError::Http(_)), "{error:?}");
                matches!(
                    error,
                    ClientError::Http(HttpError::ClientCertificate { .. })
                )
            });
            let error = told.unwrap();
            assert_eq!(error.blame(), Blame::Caller);
            assert!(!error.may_have_arrived());
        }
    }
    assert_eq!(expected(&sandbox.client(), 1), None);
}
