//! The client over recorded exchanges: what is sent, what is refused, who is to blame.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use segur_dmp_xds::client::{
    BlockingDmpClient, CallSource, Caller, ClientError, DmpClient, Endpoints, NoProof, NoRandom,
    SecuritySource,
};
use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::patient::{
    Acknowledgement, AuthorisationMode, AuthorisationSet, Authorisations, ClosureAnswer, DmpCode,
    DmpStatus, ListedBy, PatientList, ProofMismatch, ServiceStatus, SetAuthorisation, answer,
};
use segur_dmp_xds::transaction::answer::AnswerHead;
use segur_dmp_xds::transaction::{AnswerError, MessageError, Transaction, security_block};
use segur_soap::envelope::HttpMessage;
use segur_soap::http::{Blame, HttpAnswer, HttpError, Recorded, Replay};

use crate::fixtures::{
    at, closure, existence, listed, open, other_patient, patient, professional, software, traits,
};
use crate::wire::assertion;

struct Fixed(Option<Cx>);

impl CallSource for Fixed {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    }

    fn random(&self) -> Result<[u8; 16], NoRandom> {
        Ok([7; 16])
    }
}

impl SecuritySource for Fixed {
    fn header_blocks(&self, _: Transaction, _: SystemTime) -> Result<Vec<String>, NoProof> {
        Ok(vec![security_block(&assertion(self.0.as_ref())).unwrap()])
    }
}

type Answered = Result<HttpAnswer, HttpError>;

fn client(proof: Option<Cx>, exchanges: Vec<(&str, Answered)>) -> BlockingDmpClient<Replay> {
    let caller = Caller {
        endpoints: Endpoints::under("https://dmp.example/services/"),
        security: Arc::new(Fixed(proof)),
        ..Caller::default()
    };
    let exchanges = exchanges.into_iter().map(|(holds, answer)| Recorded {
        request_holds: holds.to_owned(),
        answer,
    });
    let client = DmpClient::with_source(caller, Replay::new(exchanges), Arc::new(Fixed(None)));
    BlockingDmpClient::new(client).unwrap()
}

fn ok(message: HttpMessage) -> Answered {
    Ok(HttpAnswer {
        status: 200,
        content_type: message.content_type,
        body: message.body,
    })
}

fn head() -> AnswerHead {
    AnswerHead {
        message_id: "urn:uuid:1".to_owned(),
        relates_to: Some("urn:uuid:07070707-0707-4707-8707-070707070707".to_owned()),
        ..AnswerHead::default()
    }
}

#[test]
fn where_each_transaction_goes() {
    let endpoints = Endpoints::under("https://dmp.example/services/");
    let paths = Transaction::PATIENT.map(|one| endpoints.of(one).rsplit('/').next().unwrap());
    let expected = [
        "patients",
        "habilitations",
        "habilitations",
        "patientsSpecific",
        "patients",
    ];
    assert_eq!(paths, expected);
}

/// req: SC.DMP/UX.14
#[test]
fn the_existence_test_is_one_call() {
    let answer = answer::existence(&head(), &open(), &traits()).unwrap();
    let sent = "<creationTime value=\"20231114221320\"/>";
    let client = client(Some(patient()), vec![(sent, ok(answer))]);
    let exchange = client
        .test_existence(&software(), &patient(), None)
        .unwrap();
    assert_eq!(exchange.transaction, Transaction::TestExistence);
    assert!(exchange.answer.is_active() && exchange.answer.is_authorised());
    assert_eq!((exchange.warnings.len(), exchange.wire.len()), (0, 0));
}

#[test]
fn an_answer_about_somebody_else_is_not_used() {
    let mut other = open();
    other.ids = vec![other_patient()];
    let answer = answer::existence(&head(), &other, &traits()).unwrap();
    let client = client(Some(patient()), vec![("", ok(answer))]);
    let error = client
        .test_existence(&software(), &patient(), None)
        .unwrap_err();
    assert!(matches!(
        error,
        ClientError::Answer(AnswerError::OtherPatient)
    ));
    assert_eq!(error.blame(), Blame::Remote);
}

/// No exchange is recorded: nothing is sent.
#[test]
fn nothing_is_sent_with_the_proof_of_another_patient() {
    let declare = SetAuthorisation::declare();
    for (proof, expected) in [
        (None, ProofMismatch::NoPatient),
        (Some(other_patient()), ProofMismatch::OtherPatient),
    ] {
        let client = client(proof, Vec::new());
        let error = client
            .set_authorisation(&patient(), &declare, None)
            .unwrap_err();
        match &error {
            ClientError::Message(MessageError::Patient(why)) => assert_eq!(*why, expected),
            other => panic!("{other:?}"),
        }
        assert_eq!(error.blame(), Blame::Caller);
        assert!(!error.may_have_arrived());
    }
}

#[test]
fn authorisations_are_set_and_listed() {
    let set = answer::authorisation_set(&head(), &AuthorisationSet::default()).unwrap();
    let list = Authorisations {
        entries: vec![professional()],
        ..Authorisations::default()
    };
    let list = answer::authorisations(&head(), &list).unwrap();
    let exchanges = vec![
        (
            "<action>AJOUT</action><role>MEDECIN_TRAITANT</role>",
            ok(set),
        ),
        ("<mode>INTERDITE</mode>", ok(list)),
    ];
    let client = client(Some(patient()), exchanges);
    let declare = SetAuthorisation::declare().as_treating_physician();
    let exchange = client
        .set_authorisation(&patient(), &declare, None)
        .unwrap();
    assert!(exchange.answer.status.is_ok());
    let mode = AuthorisationMode::Forbidden;
    let exchange = client.authorisations(&patient(), mode, None).unwrap();
    assert_eq!(exchange.answer.entries, [professional()]);
}

#[test]
fn patients_are_listed_and_a_dmp_is_closed() {
    let list = PatientList {
        patients: vec![listed()],
        ..PatientList::default()
    };
    let list = answer::patient_list(&head(), &list).unwrap();
    let done = ClosureAnswer {
        head: crate::fixtures::answer_head(),
        acknowledgement: Acknowledgement::accepted(closure().head.id),
    };
    let done = answer::closure(&head(), &done, &closure()).unwrap();
    let exchanges = vec![
        (
            "<startDate>20240301000000</startDate><dateType>LASTDOC</dateType>",
            ok(list),
        ),
        ("FERMETURE_DEMANDE_PATIENT", ok(done)),
    ];
    let client = client(Some(patient()), exchanges);
    let exchange = client
        .patient_list(at("20240301000000"), ListedBy::LastDocument, None)
        .unwrap();
    assert_eq!(exchange.answer.patients, [listed()]);
    let exchange = client.close_dmp(&software(), closure(), None).unwrap();
    assert!(exchange.answer.is_done());
}

#[test]
fn refusals_are_errors_with_their_code() {
    let mut refused = existence(DmpStatus::Unclear);
    let code = DmpCode::Other("DMPSomething".to_owned());
    refused.acknowledgement = Acknowledgement::refused(
        crate::fixtures::request().head.id,
        code.clone(),
        Some("PAT-TROIS".to_owned()),
    );
    let status = ServiceStatus {
        code: DmpCode::Closed,
        context: Some("PAT-TROIS".to_owned()),
    };
    let set = AuthorisationSet { status };
    let exchanges = vec![
        (
            "",
            ok(answer::existence(&head(), &refused, &traits()).unwrap()),
        ),
        ("", ok(answer::authorisation_set(&head(), &set).unwrap())),
    ];
    let client = client(Some(patient()), exchanges);
    let unknown = client
        .test_existence(&software(), &patient(), None)
        .unwrap_err();
    let declare = SetAuthorisation::declare();
    let closed = client
        .set_authorisation(&patient(), &declare, None)
        .unwrap_err();
    for (error, code, blame) in [
        (unknown, code, Blame::Remote),
        (closed, DmpCode::Closed, Blame::Caller),
    ] {
        assert!(matches!(&error, ClientError::Declined(refusal) if refusal.code == code));
        assert_eq!(error.blame(), blame);
        assert!(!error.may_have_arrived());
        assert!(!format!("{error} {error:?}").contains("PAT-TROIS"));
    }
}
