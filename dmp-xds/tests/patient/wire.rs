//! Whole messages: envelope, addressing, proof of who calls, faults.

use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::patient::{
    Acknowledgement, AuthorisationMode, AuthorisationSet, Authorisations, ClosureAnswer, DmpCode,
    DmpStatus, Existence, IncomingPatient, ListAuthorisations, ListedBy, PatientAnswer,
    PatientList, PatientListRequest, PatientRequest, ProofMismatch, SetAuthorisation, answer,
    request,
};
use segur_dmp_xds::transaction::answer::{AnswerHead, fault};
use segur_dmp_xds::transaction::{
    Answer, AnswerError, Head, MessageError, Transaction, WireWarning, security_block,
};
use segur_soap::envelope::{Fault, FaultCode, HttpMessage, Reason, SoapVersion};

use crate::fixtures::{
    answer_head, at, closure, existence, listed, open, other_patient, patient, professional,
    request as asked, traits,
};

const ID: &str = "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8";

/// The least that names a professional and a patient.
pub(crate) fn assertion(patient: Option<&Cx>) -> String {
    let resource = patient.map_or_else(String::new, |patient| {
        let text = patient.to_full_text().replace('&', "&amp;");
        format!(
            "<s:AttributeStatement><s:Attribute Name=\"urn:oasis:names:tc:xacml:2.0:resource:resource-id\">\
             <s:AttributeValue>{text}</s:AttributeValue></s:Attribute></s:AttributeStatement>"
        )
    });
    format!(
        "<s:Assertion xmlns:s=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_1\" IssueInstant=\"2024-03-15T09:30:00Z\" \
         Version=\"2.0\"><s:Issuer>CN=TEST</s:Issuer><s:Subject><s:NameID>899700000001</s:NameID></s:Subject>{resource}</s:Assertion>"
    )
}

fn head(patient: Option<&Cx>) -> Head {
    Head {
        to: Some("https://dmp.example/patients".to_owned()),
        security: vec![security_block(&assertion(patient)).unwrap()],
        ..Head::new(ID)
    }
}

fn answered() -> AnswerHead {
    AnswerHead {
        message_id: "urn:uuid:0a0a0a0a-ae6a-41eb-8f5d-0050569e422e".to_owned(),
        relates_to: Some(ID.to_owned()),
        ..AnswerHead::default()
    }
}

fn requests(head: &Head) -> Vec<(HttpMessage, PatientRequest)> {
    let declare = SetAuthorisation::declare();
    let mode = AuthorisationMode::Active;
    let list = PatientListRequest {
        since: Some(at("20240301000000")),
        by: ListedBy::LastDocument,
    };
    vec![
        (
            request::existence(head, &asked()).unwrap(),
            PatientRequest::Existence(Box::new(asked())),
        ),
        (
            request::set_authorisation(head, &patient(), &declare).unwrap(),
            PatientRequest::SetAuthorisation(declare),
        ),
        (
            request::authorisations(head, &patient(), &ListAuthorisations { mode: mode.clone() })
                .unwrap(),
            PatientRequest::Authorisations(ListAuthorisations { mode }),
        ),
        (
            request::patient_list(head, &list).unwrap(),
            PatientRequest::PatientList(list),
        ),
        (
            request::closure(head, &closure()).unwrap(),
            PatientRequest::Closure(Box::new(closure())),
        ),
    ]
}

#[test]
fn each_request_is_read_as_what_it_is() {
    for ((message, request), transaction) in requests(&head(Some(&patient())))
        .into_iter()
        .zip(Transaction::PATIENT)
    {
        let read = IncomingPatient::read(&message.content_type, &message.body).unwrap();
        assert_eq!(read.request, request);
        assert_eq!(read.request.transaction(), transaction);
        assert_eq!(read.action.as_deref(), Some(transaction.action()));
        assert_eq!(read.message_id.as_deref(), Some(ID));
        assert_eq!(read.warnings, []);
        assert!(read.soap_1_2);
        let claimed = read.claimed.clone().unwrap();
        assert_eq!(claimed.professional.as_deref(), Some("899700000001"));
        assert!(claimed.patient.unwrap().same_id(&patient()));
        let shown = format!("{read:?}");
        assert!(!shown.contains("279035121518989") && !shown.contains("PAT-TROIS"));
    }
}

/// A message that names its patient in the VIHF alone must have that patient there, and the others no other one.
#[test]
fn a_message_about_somebody_else_is_not_written() {
    let declare = SetAuthorisation::declare();
    let list = ListAuthorisations {
        mode: AuthorisationMode::All,
    };
    let proofs = [
        (head(None), ProofMismatch::NoPatient),
        (Head::new(ID), ProofMismatch::NoPatient),
        (head(Some(&other_patient())), ProofMismatch::OtherPatient),
    ];
    for (head, expected) in proofs {
        for written in [
            request::set_authorisation(&head, &patient(), &declare),
            request::authorisations(&head, &patient(), &list),
        ] {
            match written {
                Err(MessageError::Patient(why)) => assert_eq!(why, expected),
                other => panic!("{other:?}"),
            }
        }
        let written = [
            request::existence(&head, &asked()),
            request::closure(&head, &closure()),
        ];
        for written in written {
            assert_eq!(written.is_ok(), expected == ProofMismatch::NoPatient);
        }
    }
}

fn read<T: PatientAnswer>(message: &HttpMessage) -> Answer<T> {
    let head = Head::new(ID);
    Answer::of_patient(&head, 200, &message.content_type, &message.body).unwrap()
}

#[test]
fn each_answer_is_read_as_what_it_is() {
    let head = answered();
    let message = answer::existence(&head, &open(), &traits()).unwrap();
    let one: Answer<Existence> = read(&message);
    assert_eq!((one.value, one.wire), (open(), vec![]));
    let set = AuthorisationSet::default();
    let message = answer::authorisation_set(&head, &set).unwrap();
    let one: Answer<AuthorisationSet> = read(&message);
    assert_eq!((one.value, one.wire), (set, vec![]));
    let list = Authorisations {
        entries: vec![professional()],
        ..Authorisations::default()
    };
    let message = answer::authorisations(&head, &list).unwrap();
    let one: Answer<Authorisations> = read(&message);
    assert_eq!((one.value, one.wire), (list, vec![]));
    let list = PatientList {
        patients: vec![listed()],
        ..PatientList::default()
    };
    let message = answer::patient_list(&head, &list).unwrap();
    let one: Answer<PatientList> = read(&message);
    assert_eq!((one.value, one.wire), (list, vec![]));
    let done = ClosureAnswer {
        head: answer_head(),
        acknowledgement: Acknowledgement::accepted(closure().head.id),
    };
    let message = answer::closure(&head, &done, &closure()).unwrap();
    let one: Answer<ClosureAnswer> = read(&message);
    assert_eq!((one.value, one.wire), (done, vec![]));
}

#[test]
fn other_actions_and_other_messages_are_told() {
    let message = answer::existence(&answered(), &open(), &traits()).unwrap();
    let text = String::from_utf8(message.body).unwrap();
    let odd = text
        .replace("PRPA_IN201308UV02</wsa:Action>", "Other</wsa:Action>")
        .replace(ID, "urn:uuid:1");
    let head = Head::new(ID);
    let one = Answer::<Existence>::of_patient(&head, 200, "", odd.as_bytes()).unwrap();
    let expected = [
        WireWarning::Action,
        WireWarning::OtherMessage,
        WireWarning::ContentType,
    ];
    assert_eq!(one.wire, expected);
}

#[test]
fn faults_and_pages_are_no_answers() {
    let told = Fault {
        version: SoapVersion::V1_2,
        code: FaultCode::Sender,
        subcodes: Vec::new(),
        reasons: vec![Reason {
            lang: Some("fr".to_owned()),
            text: "Le patient PAT-TROIS".to_owned(),
        }],
        node: None,
        role: None,
        detail: None,
    };
    let head = Head::new(ID);
    for in_parts in [false, true] {
        let spelled = AnswerHead {
            boundary: "segur.000102030405060708090a0b0c0d0e0f".to_owned(),
            ..answered()
        };
        let message = fault(&spelled, &told, in_parts).unwrap();
        let error =
            Answer::<Existence>::of_patient(&head, 500, &message.content_type, &message.body);
        let error = error.unwrap_err();
        assert!(matches!(&error, AnswerError::Fault(own) if **own == told));
        assert!(!format!("{error} {error:?}").contains("PAT-TROIS"));
    }
    let page = Answer::<PatientList>::of_patient(&head, 502, "text/html", b"<html/>");
    assert!(matches!(
        page,
        Err(AnswerError::NotSoap { status: 502, .. })
    ));
    // The answer of another transaction.
    let message = answer::authorisation_set(&answered(), &AuthorisationSet::default()).unwrap();
    let other =
        Answer::<Authorisations>::of_patient(&head, 200, &message.content_type, &message.body);
    assert!(matches!(other, Err(AnswerError::Body(_))));
    let nothing = IncomingPatient::read("application/soap+xml", &message.body);
    assert!(matches!(nothing, Err(AnswerError::Body(_))));
}

#[test]
fn a_refusal_is_an_answer() {
    let mut refused = existence(DmpStatus::Unclear);
    refused.acknowledgement = Acknowledgement::refused(
        asked().head.id,
        DmpCode::Found,
        Some("PAT-TROIS".to_owned()),
    );
    let message = answer::existence(&answered(), &refused, &traits()).unwrap();
    let one: Answer<Existence> = read(&message);
    let refusal = PatientAnswer::refusal(&one.value).unwrap();
    assert_eq!(refusal.code, DmpCode::Found);
    assert!(!refusal.message().fr.contains("PAT-TROIS"));
}
