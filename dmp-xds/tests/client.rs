//! The client over recorded exchanges: what is sent, how often, and who is to blame.
#![cfg(feature = "client")]
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, SystemTime};

use common::{entry, set};
use segur_dmp_xds::Submission;
use segur_dmp_xds::client::{
    BlockingDmpClient, CallSource, Caller, ClientError, DmpClient, Endpoints, NoProof, NoRandom,
    SecuritySource,
};
use segur_dmp_xds::ebrim::{ObjectRef, RegistryObject};
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::response::{
    AdhocQueryResponse, ErrorCode, RegistryError, RegistryResponse, ResponseStatus,
};
use segur_dmp_xds::transaction::answer::{self, AnswerHead};
use segur_dmp_xds::transaction::{AnswerError, FileToSend, Transaction, security_block};
use segur_soap::http::{Blame, CancelToken, HttpAnswer, HttpError, Recorded, Replay};

const PARTIAL: &str = "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess";
const FILE: &[u8] = b"<ClinicalDocument/>";
const ASSERTION: &str =
    r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1"/>"#;

struct Fixed;

impl CallSource for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }

    fn random(&self) -> Result<[u8; 16], NoRandom> {
        Ok([7; 16])
    }
}

impl SecuritySource for Fixed {
    fn header_blocks(&self, _: Transaction, at: SystemTime) -> Result<Vec<String>, NoProof> {
        assert_eq!(at, self.now());
        Ok(vec![security_block(ASSERTION).unwrap()])
    }
}

fn client(
    answers: impl IntoIterator<Item = Result<HttpAnswer, HttpError>>,
) -> BlockingDmpClient<Replay> {
    client_of(false, answers)
}

fn client_of(
    unrelated_answers: bool,
    answers: impl IntoIterator<Item = Result<HttpAnswer, HttpError>>,
) -> BlockingDmpClient<Replay> {
    let caller = Caller {
        endpoints: Endpoints::under("https://dmp.example/services"),
        security: Arc::new(Fixed),
        unrelated_answers,
        ..Caller::default()
    };
    let exchanges = answers.into_iter().map(|answer| Recorded {
        request_holds: String::new(),
        answer,
    });
    let client = DmpClient::with_source(caller, Replay::new(exchanges), Arc::new(Fixed));
    BlockingDmpClient::new(client).unwrap()
}

fn submit(client: &BlockingDmpClient<Replay>) -> Result<(), ClientError> {
    let mut entry = entry();
    entry.set_content(FILE);
    let file = FileToSend {
        id: "Document01",
        bytes: FILE,
    };
    let submission = Submission::new(set()).with_document(entry);
    client.submit(&submission, &[file], None).map(drop)
}

fn answered(status: u16, content_type: &str, body: &[u8]) -> Result<HttpAnswer, HttpError> {
    Ok(HttpAnswer {
        status,
        content_type: content_type.to_owned(),
        body: body.to_vec(),
    })
}

fn refused(codes: &[ErrorCode]) -> Result<HttpAnswer, HttpError> {
    let errors = codes
        .iter()
        .map(|code| RegistryError::new(code.clone(), "MARIE PATIENT"));
    let response = RegistryResponse::failure(errors.collect());
    let message = answer::registry(&AnswerHead::default(), Transaction::Submit, &response).unwrap();
    answered(200, &message.content_type, &message.body)
}

fn registered(status: &str) -> Result<HttpAnswer, HttpError> {
    let response = RegistryResponse {
        status: ResponseStatus::read(status),
        errors: vec![RegistryError::new(
            ErrorCode::RepositoryError,
            "MARIE PATIENT",
        )],
    };
    let message = answer::registry(&AnswerHead::default(), Transaction::Submit, &response).unwrap();
    answered(200, &message.content_type, &message.body)
}

fn fault(code: &str) -> Result<HttpAnswer, HttpError> {
    let body = format!(
        r#"<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body><soap:Fault><soap:Code><soap:Value>soap:{code}</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang="fr">MARIE PATIENT</soap:Text></soap:Reason></soap:Fault></soap:Body></soap:Envelope>"#
    );
    answered(500, "application/soap+xml", body.as_bytes())
}

#[test]
fn the_same_call_is_the_same_bytes_and_carries_the_proof_as_it_is() {
    let [one, other] = [(), ()].map(|()| {
        let client = client([answered(503, "text/html", b"")]);
        submit(&client).unwrap_err();
        client.inner().transport().sent()
    });
    assert_eq!(one.len(), 1, "sent once");
    assert!(one == other);
    let (url, message) = &one[0];
    assert_eq!(url, "https://dmp.example/services/repository");
    let text = String::from_utf8_lossy(&message.body);
    assert!(text.contains(ASSERTION));
    assert!(text.contains("urn:uuid:07070707-0707-4707-8707-070707070707"));

    let client = client([answered(503, "text/html", b"")]);
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.3".to_owned()]));
    client
        .query(&query, ReturnType::ObjectRef, None)
        .unwrap_err();
    let sent = client.inner().transport().sent();
    assert_eq!(sent[0].0, "https://dmp.example/services/registry");
}

/// Says that it is asked, then waits for a PIN that nobody gives.
struct WaitingForPin {
    asked: Mutex<mpsc::Sender<()>>,
    pin: Mutex<mpsc::Receiver<()>>,
}

impl SecuritySource for WaitingForPin {
    fn header_blocks(&self, _: Transaction, _: SystemTime) -> Result<Vec<String>, NoProof> {
        self.asked.lock().unwrap().send(()).unwrap();
        let _ = self.pin.lock().unwrap().recv();
        Ok(Vec::new())
    }
}

// req: SC.DMP/UX.31
#[test]
fn a_card_that_waits_for_its_pin_holds_nobody() {
    let ((asked, was_asked), (pin, typed)) = (mpsc::channel(), mpsc::channel());
    let caller = Caller {
        endpoints: Endpoints::under("https://dmp.example/services"),
        security: Arc::new(WaitingForPin {
            asked: Mutex::new(asked),
            pin: Mutex::new(typed),
        }),
        ..Caller::default()
    };
    let client = BlockingDmpClient::new(DmpClient::new(caller, Replay::new([]))).unwrap();
    let token = CancelToken::new();
    let user = std::thread::spawn({
        let token = token.clone();
        move || {
            was_asked.recv().unwrap();
            token.cancel();
        }
    });
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.3".to_owned()]));
    let error = client.query(&query, ReturnType::ObjectRef, Some(&token));
    let cancelled = error.unwrap_err();
    assert!(matches!(cancelled, ClientError::Http(HttpError::Cancelled)));
    user.join().unwrap();
    assert!(client.inner().transport().sent().is_empty());
    drop(pin);
}

/// An answer that came late may be about another patient.
#[test]
fn an_answer_for_another_message_says_nothing_about_this_one() {
    let other = AnswerHead {
        relates_to: Some("urn:uuid:00000000-0000-4000-8000-000000000000".to_owned()),
        ..AnswerHead::default()
    };
    let told = |response: &RegistryResponse| {
        let message = answer::registry(&other, Transaction::Submit, response).unwrap();
        answered(200, &message.content_type, &message.body)
    };
    let taken = told(&RegistryResponse::success());
    let declined = told(&RegistryResponse::failure(vec![RegistryError::new(
        ErrorCode::DuplicateUniqueIdInRegistry,
        "",
    )]));
    let fault = fault("Sender").map(|answer| {
        let header = r#"<soap:Header><wsa:RelatesTo xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:1</wsa:RelatesTo></soap:Header><soap:Body>"#;
        let text = String::from_utf8(answer.body).unwrap();
        let body = text.replacen("<soap:Body>", header, 1).into_bytes();
        HttpAnswer { body, ..answer }
    });
    for answer in [&taken, &declined, &fault] {
        let error = submit(&client([answer.clone()])).unwrap_err();
        let unrelated = ClientError::Answer(AnswerError::OtherMessage { fault: None });
        assert_eq!(error.to_string(), unrelated.to_string());
        assert!(error.may_have_arrived());
        assert_eq!(error.blame(), Blame::Remote);
        assert!(!error.has(&ErrorCode::DuplicateUniqueIdInRegistry));
    }
    // Where the caller knows the service to be like that.
    submit(&client_of(true, [taken])).unwrap();
    let error = submit(&client_of(true, [declined])).unwrap_err();
    assert!(error.has(&ErrorCode::DuplicateUniqueIdInRegistry));
    let error = submit(&client_of(true, [fault])).unwrap_err();
    assert!(matches!(error, ClientError::Answer(AnswerError::Fault(_))));
}

#[test]
fn every_failure_says_who_has_to_act_and_whether_it_may_have_arrived() {
    let timeout = Err(HttpError::Timeout);
    let no_connection = Err(HttpError::Connect {
        cause: String::new(),
    });
    for (answer, blame, may_have_arrived) in [
        (timeout, Blame::Transport, true),
        (no_connection, Blame::Transport, false),
        (answered(503, "text/html", b"<html/>"), Blame::Remote, true),
        (answered(200, "", b""), Blame::Remote, true),
        (refused(&[]), Blame::Remote, false),
        (refused(&[ErrorCode::RepositoryBusy]), Blame::Remote, false),
        (
            refused(&[ErrorCode::UnknownPatientId]),
            Blame::Caller,
            false,
        ),
        (registered(PARTIAL), Blame::Remote, true),
        (registered("urn:x:Unclear"), Blame::Remote, true),
        (fault("Receiver"), Blame::Remote, true),
        (fault("Sender"), Blame::Caller, false),
        (fault("DMPInvalidCertificate"), Blame::Caller, false),
        (fault("XDSDocumentUniqueIdError"), Blame::Caller, false),
        (fault("XDSRegistryBusy"), Blame::Remote, true),
        (fault("DMPSomethingNew"), Blame::Remote, true),
    ] {
        let told = format!("{answer:?}");
        let client = client([answer]);
        let error = submit(&client).unwrap_err();
        assert_eq!(error.blame(), blame, "{told} {error:?}");
        assert_eq!(error.may_have_arrived(), may_have_arrived, "{told}");
        assert!(!format!("{error} {error:?}").contains("MARIE"));
        assert_eq!(client.inner().transport().sent().len(), 1, "sent once");
    }
}

/// A gateway that did not reach every community: what it found is not thrown away.
#[test]
fn a_query_answered_in_part_gives_what_was_found() {
    let mut found = AdhocQueryResponse::found(vec![RegistryObject::ObjectRef(ObjectRef {
        id: "urn:uuid:fe5287a2-ae6a-11eb-8f5d-0050569e422e".to_owned(),
        home: None,
    })]);
    found.response = RegistryResponse {
        status: ResponseStatus::PartialSuccess,
        errors: vec![RegistryError::new(ErrorCode::UnavailableCommunity, "")],
    };
    let message = answer::query(&AnswerHead::default(), Transaction::Query, &found).unwrap();
    let client = client([answered(200, &message.content_type, &message.body)]);
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.3".to_owned()]));
    let exchange = client.query(&query, ReturnType::ObjectRef, None).unwrap();
    assert!(exchange.answer.response.is_partial());
    assert_eq!(exchange.answer, found);
}

#[test]
fn codes_are_found_in_answers_and_in_faults() {
    let of = |answer| submit(&client([answer])).unwrap_err();
    let code = ErrorCode::DuplicateUniqueIdInRegistry;
    assert!(of(refused(std::slice::from_ref(&code))).has(&code));
    assert!(of(fault("XDSDuplicateUniqueIdInRegistry")).has(&code));
    assert!(!of(fault("Sender")).has(&code));
    assert!(!of(Err(HttpError::Timeout)).has(&code));
}
