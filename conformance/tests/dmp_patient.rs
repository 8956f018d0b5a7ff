//! The patient's DMP against the sandbox, over real mutual TLS. Every identity is fictitious or an official test identity.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "dmp/browser.rs"]
#[allow(dead_code, reason = "the registry's tests use the rest")]
mod browser;
mod common;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use common::dmp::Client;
use common::sandbox::Sandbox;
use segur::sandbox::dmp;
use segur::sandbox::dmp::{PERSONS, TestRecord};
use segur_core::Coded;
use segur_dmp_xds::client::{Caller, ClientError, Endpoints, NoProof, SecuritySource};
use segur_dmp_xds::consent::Consent;
use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::patient::{
    Authorisation, AuthorisationMode, ClosureAuthor, ClosureRequest, DmpCode, DmpStatus, Existence,
    Known, KnownDmps, ListedBy, MessageSender, PersonName, RESOURCE_ID, Role, SetAuthorisation,
    Situation, Step, Verdict, Why,
};
use segur_dmp_xds::transaction::{AnswerError, Transaction, security_block};
use segur_dmp_xds::vihf::{Access, AccessMode};
use segur_soap::envelope::FaultCode;
use segur_soap::http::Blame;
use segur_soap::saml::{Assertion, AssertionForm, Attribute, NameId};

const ALICE: &str = "899700000001";
const BOB: &str = "899700000002";

impl Sandbox {
    fn start(folder: &Path, quirks: &[&str]) -> Self {
        Self::dmp(folder, quirks, dmp::Settings::default())
    }

    /// The software of a professional, with a patient's record open.
    fn client_for(&self, professional: &'static str, patient: &Cx) -> Client {
        let endpoints = self.caller().endpoints;
        self.client_at(endpoints, professional, Some(patient))
    }

    fn client_at(
        &self,
        endpoints: Endpoints,
        professional: &'static str,
        patient: Option<&Cx>,
    ) -> Client {
        let caller = Caller {
            endpoints,
            security: Arc::new(Proof {
                professional,
                patient: patient.cloned(),
            }),
            ..Caller::default()
        };
        self.client_of(caller, self.pki.client())
    }
}

/// As little of a VIHF as the sandbox reads.
struct Proof {
    professional: &'static str,
    patient: Option<Cx>,
}

impl SecuritySource for Proof {
    fn header_blocks(&self, _: Transaction, _: SystemTime) -> Result<Vec<String>, NoProof> {
        let at = "2026-01-05T08:00:00Z".parse().unwrap();
        let (issuer, subject) = (NameId::new("CN=TEST"), NameId::new(self.professional));
        let mut assertion = Assertion::new("_1", at, issuer, subject);
        if let Some(patient) = &self.patient {
            let attribute = Attribute::text(RESOURCE_ID, patient.to_full_text());
            assertion.attributes.push(attribute);
        }
        Ok(vec![
            security_block(&assertion.write(&AssertionForm::default()).unwrap()).unwrap(),
        ])
    }
}

fn of(record: TestRecord) -> Cx {
    let mut all = PERSONS.iter();
    all.find(|one| one.record == record).unwrap().patient()
}

fn software() -> MessageSender {
    MessageSender::new(
        "1.2.250.1.999.1",
        "Logiciel d'essai",
        "1.2.250.1.999.1.1",
        "1.2.250.1.999.1.2",
    )
}

fn ask(client: &Client, patient: &Cx) -> Existence {
    let exchange = client.test_existence(&software(), patient, None).unwrap();
    assert_eq!((exchange.warnings, exchange.wire), (vec![], vec![]));
    exchange.answer
}

static NORMAL: Access = Access {
    mode: AccessMode::Normal,
    reason: None,
};

fn ready(existence: &Existence) -> Situation<'_> {
    Situation {
        existence: Some(existence),
        qualified: true,
        consent: Consent::InformedNotOpposed,
        access: &NORMAL,
    }
}

/// req: SC.DMP/UX.12
/// req: SC.DMP/UX.14
#[test]
fn opening_a_record_shows_existence_and_rights() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let blocked = Verdict::Refused(Why::Blocked);
    let declare = Verdict::First(Step::DeclareAuthorisation);
    let rows = [
        (TestRecord::Open, Authorisation::None, declare, Some(false)),
        (TestRecord::InMes, Authorisation::None, declare, Some(true)),
        (
            TestRecord::Blocked,
            Authorisation::Forbidden,
            blocked,
            Some(false),
        ),
        (
            TestRecord::Expired,
            Authorisation::Expired,
            declare,
            Some(false),
        ),
    ];
    for (record, authorisation, consult, in_mes) in rows {
        let patient = of(record);
        let existence = ask(&sandbox.client_for(ALICE, &patient), &patient);
        assert_eq!(existence.status, DmpStatus::Active, "{record:?}");
        assert_eq!(existence.authorisation, Some(authorisation), "{record:?}");
        assert_eq!(existence.mes_attached, in_mes);
        assert_eq!(existence.is_of(&patient), Some(true));
        assert_eq!(ready(&existence).consult(), consult, "{record:?}");
        assert_eq!(ready(&existence).feed(), Verdict::Allowed);
    }

    let patient = of(TestRecord::Closed);
    let closed = ask(&sandbox.client_for(ALICE, &patient), &patient);
    let DmpStatus::Closed(closure) = &closed.status else {
        panic!("{:?}", closed.status);
    };
    assert_eq!(closure.on.unwrap().to_string(), "20230102030405");
    let reason = closure.reason.as_ref().unwrap();
    assert_eq!(reason.code, "FERMETURE_DEMANDE_PATIENT");
    assert_eq!(ready(&closed).feed(), Verdict::Refused(Why::Closed));

    let nobody = Cx::new("207058575627097", "1.2.250.1.213.1.4.10", "NH");
    let none = ask(&sandbox.client_for(ALICE, &nobody), &nobody);
    assert_eq!(none.status, DmpStatus::None);
    assert_eq!(ready(&none).consult(), Verdict::Refused(Why::NoDmp));

    // What the screen shows, by professional.
    let now = SystemTime::now();
    let mut known = KnownDmps::new(Duration::from_secs(3_600));
    assert!(known.begin(ALICE, &nobody, now));
    known.answered(ALICE, &nobody, now, none.clone());
    assert_eq!(known.state(ALICE, &nobody, now), Known::None(&none));
    assert_eq!(known.state(BOB, &nobody, now), Known::NotAsked);
}

#[test]
fn an_authorisation_is_the_professionals_own_and_outlives_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let patient = of(TestRecord::Open);
    let sandbox = Sandbox::start(folder.path(), &[]);
    let (alice, bob) = (
        sandbox.client_for(ALICE, &patient),
        sandbox.client_for(BOB, &patient),
    );
    let declare = SetAuthorisation::declare();
    let done = alice.set_authorisation(&patient, &declare, None).unwrap();
    assert_eq!((done.answer.status.context, done.wire), (None, vec![]));
    let again = alice.set_authorisation(&patient, &declare, None).unwrap();
    assert!(again.answer.status.context.is_some(), "nothing to do");
    let existence = ask(&alice, &patient);
    assert_eq!(ready(&existence).consult(), Verdict::Allowed);
    assert_eq!(existence.treating_physician, Some(false));
    assert!(!ask(&bob, &patient).is_authorised());

    let physician = SetAuthorisation::declare().as_treating_physician();
    bob.set_authorisation(&patient, &physician, None).unwrap();
    let existence = ask(&bob, &patient);
    assert_eq!(existence.treating_physician, Some(true));
    let listed = bob.authorisations(&patient, AuthorisationMode::All, None);
    let listed = listed.unwrap().answer.entries;
    let ids: Vec<&str> = listed.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, [ALICE, BOB]);
    assert_eq!(listed[1].roles, [Role::TreatingPhysician]);
    let past = "20200101000000".parse().unwrap();
    let mine = bob.patient_list(past, ListedBy::LastAuthorisation, None);
    let mine = mine.unwrap().answer.patients;
    assert_eq!(mine.len(), 1);
    assert!(mine[0].ids[0].same_id(&patient));
    let future = "20990101000000".parse().unwrap();
    let none = bob.patient_list(future, ListedBy::LastAuthorisation, None);
    assert_eq!(none.unwrap().answer.patients, []);

    drop((alice, bob, sandbox));
    let sandbox = Sandbox::start(folder.path(), &[]);
    let alice = sandbox.client_for(ALICE, &patient);
    assert!(ask(&alice, &patient).is_authorised());
    let give_up = SetAuthorisation::give_up();
    alice.set_authorisation(&patient, &give_up, None).unwrap();
    assert!(!ask(&alice, &patient).is_authorised());
}

#[test]
fn refusals_are_typed() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let declare = SetAuthorisation::declare();
    let refused = |record, code: &str| {
        let patient = of(record);
        let client = sandbox.client_for(ALICE, &patient);
        let error = client
            .set_authorisation(&patient, &declare, None)
            .unwrap_err();
        assert!(
            matches!(&error, ClientError::Declined(refusal) if refusal.code == DmpCode::read(code)),
            "{error}"
        );
        assert!(!error.may_have_arrived());
    };
    refused(TestRecord::Blocked, "SandboxBlocked");
    refused(TestRecord::Closed, "DMPClosed");
    // An expired one can be declared anew.
    let patient = of(TestRecord::Expired);
    let client = sandbox.client_for(ALICE, &patient);
    client.set_authorisation(&patient, &declare, None).unwrap();
    assert!(ask(&client, &patient).is_authorised());
}

fn closure(patient: &Cx) -> ClosureRequest {
    ClosureRequest {
        patient: Some(patient.clone()),
        name: PersonName {
            used: Some("PAT-TROIS".to_owned()),
            given: "DOMINIQUE".to_owned(),
            ..PersonName::default()
        },
        author: ClosureAuthor {
            id: ALICE.to_owned(),
            family: "TEST".to_owned(),
            given: "ALICE".to_owned(),
            specialty: Some(Coded::new("G15_10/SM26", "1.2.250.1.213.1.1.4.5")),
            structure_id: "499700000000001".to_owned(),
            structure_name: "CABINET DR TEST".to_owned(),
        },
        ..ClosureRequest::default()
    }
}

#[test]
fn a_dmp_is_closed_once() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let patient = of(TestRecord::Open);
    let client = sandbox.client_for(ALICE, &patient);
    let done = client
        .close_dmp(&software(), closure(&patient), None)
        .unwrap();
    assert!(done.answer.is_done());
    assert_eq!((done.warnings, done.wire), (vec![], vec![]));
    let existence = ask(&client, &patient);
    assert!(matches!(existence.status, DmpStatus::Closed(_)));
    let again = client.close_dmp(&software(), closure(&patient), None);
    let again = again.unwrap_err();
    assert!(matches!(&again, ClientError::Declined(why) if why.code == DmpCode::Closed));
    assert_eq!(again.blame(), Blame::Caller);

    let patient = of(TestRecord::InMes);
    let client = sandbox.client_for(ALICE, &patient);
    let existence = ask(&client, &patient);
    assert_eq!(ready(&existence).close(), Verdict::Refused(Why::PartOfMes));
    let refused = client.close_dmp(&software(), closure(&patient), None);
    assert!(matches!(refused, Err(ClientError::Declined(_))));
}

#[test]
fn a_fault_on_demand_has_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["fault=DMPInvalidCertificate x1"]);
    let patient = of(TestRecord::Open);
    let client = sandbox.client_for(ALICE, &patient);
    let fault = client.test_existence(&software(), &patient, None);
    let fault = fault.unwrap_err();
    assert_eq!(fault.blame(), Blame::Caller, "{fault}");
    assert!(
        fault.to_string().contains("DMPInvalidCertificate"),
        "{fault}"
    );
}

#[test]
fn faults_and_wrong_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["fault x1", "multipart-faults x1"]);
    let patient = of(TestRecord::Open);
    let client = sandbox.client_for(ALICE, &patient);
    let fault = client
        .test_existence(&software(), &patient, None)
        .unwrap_err();
    assert!(
        matches!(&fault, ClientError::Answer(AnswerError::Fault(own)) if own.code == FaultCode::Receiver),
        "{fault}"
    );
    assert_eq!(fault.blame(), Blame::Remote);
    assert!(ask(&client, &patient).is_active(), "the fault was for once");

    let base = format!("https://localhost:{}{}", sandbox.address.port(), dmp::BASE);
    let right = Endpoints::under(&base);
    let wrong = Endpoints {
        patients: right.habilitations.clone(),
        ..right
    };
    let client = sandbox.client_at(wrong, ALICE, Some(&patient));
    let error = client
        .test_existence(&software(), &patient, None)
        .unwrap_err();
    assert_eq!(error.blame(), Blame::Caller);
}

#[test]
fn exchanges_are_listed_without_the_patient() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let patient = of(TestRecord::Blocked);
    let client = sandbox.client_for(ALICE, &patient);
    ask(&client, &patient);
    let declare = SetAuthorisation::declare();
    client
        .set_authorisation(&patient, &declare, None)
        .unwrap_err();
    client
        .authorisations(&patient, AuthorisationMode::All, None)
        .unwrap();
    let past = "20200101000000".parse().unwrap();
    client
        .patient_list(past, ListedBy::LastAuthorisation, None)
        .unwrap();
    sandbox.quirks.set(["fault=DMPInvalidCertificate"]).unwrap();
    client
        .close_dmp(&software(), closure(&patient), None)
        .unwrap_err();

    let page = browser::get(&sandbox, "/exchanges?lang=en").text();
    let cells: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("<tr><td>"))
        .collect();
    let wanted = [
        ("TD1.4", "<span class=\"bad\">fault</span>"),
        ("TD0.4", "<td>success</td>"),
        ("TD1.6", "<td>success</td>"),
        ("TD0.3", "SandboxBlocked"),
        ("TD0.2", "<td>success</td>"),
    ];
    assert_eq!(cells.len(), wanted.len(), "{page}");
    for (line, (transaction, outcome)) in cells.into_iter().zip(wanted) {
        let transaction = format!("<td>{transaction}</td>");
        assert!(line.contains(&transaction), "{line}");
        assert!(line.contains(outcome), "{line}");
        assert!(line.contains("urn:uuid:"), "{line}");
    }
    assert!(!page.contains(&patient.id), "{page}");
}
