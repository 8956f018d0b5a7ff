//! Patients' records: TD0.2, TD0.4, TD1.4, and what TD0.3 and TD1.6 ([`super::habilitations`]) change and tell.
//!
//! | address | what |
//! |---|---|
//! | `/si-dmp-server/v2/services/patients` | TD0.2, TD1.4 |
//! | `/si-dmp-server/v2/services/patientsSpecific` | TD0.4 |
//! | `/si-dmp-server/v2/services/habilitations` | TD0.3, TD1.6 |
//!
//! The patients are those of [`PERSONS`]; whoever else is asked for has no DMP. Who calls and, where the message does not say it, about whom, the
//! assertion says; it is not verified. Authorisations are kept by professional and patient, in memory and in the folder (`dmp/patients.json`).
//!
//! The DMP's own codes for refusals were not read, but for `DMPClosed`: those that begin with `Sandbox` are this sandbox's.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use segur_dmp_xds::metadata::{Cx, Dtm};
use segur_dmp_xds::patient::vocabulary::CLOSED_AT_THE_PATIENTS_REQUEST;
use segur_dmp_xds::patient::{
    Acknowledgement, Authorisation, Claimed, Closure, ClosureAnswer, ClosureRequest, DmpCode,
    DmpStatus, Existence, ExistenceRequest, IncomingPatient, InstanceId, ListedPatient,
    MessageHead, PatientList, PatientListRequest, PatientRequest, PersonName, TraitsNotToBeShown,
    answer,
};
use segur_dmp_xds::transaction::answer::{AnswerHead, fault as answer_fault};
use segur_dmp_xds::transaction::{MessageError, Transaction};
use segur_soap::envelope::HttpMessage;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::BASE;
use super::fault::{Failed, fault, misdirected};
use super::journal::{Exchange, Journal, Outcome};
use crate::durable;
use crate::sandbox::{Quirks, SandboxError};

/// Largest request that is read.
const MAX: usize = 1 << 20;
const TEST_NIR: &str = "1.2.250.1.213.1.4.10";

/// A patient of the sandbox.
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "rows of a table")]
pub struct TestPerson {
    /// Matricule INS of a test identity.
    pub matricule: &'static str,
    /// Name in use.
    pub family: &'static str,
    /// Given name.
    pub given: &'static str,
    /// `M` or `F`.
    pub sex: &'static str,
    /// Birth date.
    pub birth_date: &'static str,
    /// What is special about the record.
    pub record: TestRecord,
}

/// What is special about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TestRecord {
    /// Nothing: open, and not part of a Mon espace santé.
    Open,
    /// Open, and part of a Mon espace santé, with an internet account.
    InMes,
    /// Closed.
    Closed,
    /// The patient has blocked every professional.
    Blocked,
    /// Every authorisation has expired until it is declared anew.
    Expired,
}

/// The patients: the first is the test identity of the agency's published examples, the others are made up (no such commune exists).
pub const PERSONS: [TestPerson; 5] = [
    person(
        "279035121518989",
        "PAT-TROIS",
        "DOMINIQUE",
        "F",
        TestRecord::Open,
    ),
    person(
        "169039999900256",
        "DMP-ENS",
        "CAMILLE",
        "M",
        TestRecord::InMes,
    ),
    person(
        "285039999900394",
        "DMP-FERME",
        "ALIX",
        "F",
        TestRecord::Closed,
    ),
    person(
        "191039999900443",
        "DMP-BLOQUE",
        "LOU",
        "M",
        TestRecord::Blocked,
    ),
    person(
        "201039999900537",
        "DMP-EXPIRE",
        "SACHA",
        "F",
        TestRecord::Expired,
    ),
];

const fn person(
    matricule: &'static str,
    family: &'static str,
    given: &'static str,
    sex: &'static str,
    record: TestRecord,
) -> TestPerson {
    TestPerson {
        matricule,
        family,
        given,
        sex,
        birth_date: "19790328",
        record,
    }
}

impl TestPerson {
    /// By matricule.
    #[must_use]
    pub fn patient(&self) -> Cx {
        Cx::new(self.matricule, TEST_NIR, "NH")
    }

    fn of(patient: &Cx) -> Option<&'static Self> {
        PERSONS.iter().find(|one| one.patient().same_id(patient))
    }

    fn name(&self) -> PersonName {
        PersonName {
            prefix: None,
            used: Some(self.family.to_owned()),
            birth: None,
            given: self.given.to_owned(),
        }
    }

    fn traits(&self) -> TraitsNotToBeShown {
        TraitsNotToBeShown {
            name: self.name(),
            sex: Some(self.sex.to_owned()),
            birth_date: self.birth_date.parse().ok(),
        }
    }
}

/// What is kept.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Kept {
    /// By patient, then by professional.
    pub(super) given: BTreeMap<String, BTreeMap<String, Given>>,
    /// When DMPs were closed.
    pub(super) closed: BTreeMap<String, String>,
}

/// An authorisation.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Given {
    pub(super) since: String,
    pub(super) treating_physician: bool,
}

/// Authorisations and closures, in memory and in a file.
#[derive(Debug)]
pub struct Records {
    path: Option<PathBuf>,
    kept: Mutex<Kept>,
}

impl Records {
    /// In memory alone.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            path: None,
            kept: Mutex::default(),
        }
    }

    /// What lies in the folder, or nothing yet.
    ///
    /// # Errors
    /// When the folder cannot be read or made, or what lies there is not ours.
    pub fn open(folder: &Path) -> Result<Self, SandboxError> {
        let folder = folder.join("dmp");
        fs::create_dir_all(&folder).map_err(|source| SandboxError::File {
            path: folder.clone(),
            source,
        })?;
        let path = folder.join("patients.json");
        let kept = match fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|error| SandboxError::Holdings {
                    path: path.clone(),
                    source: Box::new(error),
                })?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Kept::default(),
            Err(source) => return Err(SandboxError::File { path, source }),
        };
        Ok(Self {
            path: Some(path),
            kept: Mutex::new(kept),
        })
    }

    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is kept, wholly or not at all; it is in the folder when this returns.
    pub(super) fn change(&self, change: impl FnOnce(&mut Kept)) -> io::Result<()> {
        let mut kept = self.kept();
        let mut next = kept.clone();
        change(&mut next);
        if let Some(path) = &self.path {
            durable::replace(path, &serde_json::to_vec_pretty(&next)?)?;
        }
        *kept = next;
        Ok(())
    }
}

impl Kept {
    pub(super) fn is_closed(&self, person: &TestPerson) -> bool {
        person.record == TestRecord::Closed || self.closed.contains_key(person.matricule)
    }

    pub(super) fn given(&self, person: &TestPerson, professional: &str) -> Option<&Given> {
        self.given.get(person.matricule)?.get(professional)
    }

    fn status(&self, person: &TestPerson) -> DmpStatus {
        if !self.is_closed(person) {
            return DmpStatus::Active;
        }
        let on = self.closed.get(person.matricule);
        let on = on.map_or("20230102030405", String::as_str);
        DmpStatus::Closed(Closure {
            on: on.parse().ok(),
            reason: Some(CLOSED_AT_THE_PATIENTS_REQUEST),
        })
    }

    fn authorisation(&self, person: &TestPerson, professional: &str) -> Authorisation {
        match (person.record, self.given(person, professional)) {
            (TestRecord::Blocked, _) => Authorisation::Forbidden,
            (_, Some(_)) => Authorisation::Valid,
            (TestRecord::Expired, None) => Authorisation::Expired,
            (_, None) => Authorisation::None,
        }
    }
}

/// The three addresses.
pub(super) fn routes(quirks: Arc<Quirks>, records: Arc<Records>, journal: Arc<Journal>) -> Router {
    let desk = Arc::new(Desk {
        quirks,
        records,
        journal,
    });
    let at = |name: &str| format!("{BASE}{name}");
    Router::new()
        .route(&at("patients"), post(patients))
        .route(&at("patientsSpecific"), post(lists))
        .route(&at("habilitations"), post(habilitations))
        .layer(DefaultBodyLimit::max(MAX))
        .with_state(desk)
}

async fn patients(State(desk): State<Arc<Desk>>, head: HeaderMap, body: Bytes) -> Response {
    let own = [Transaction::TestExistence, Transaction::CloseDmp];
    respond(desk, &own, head, body).await
}

async fn lists(State(desk): State<Arc<Desk>>, head: HeaderMap, body: Bytes) -> Response {
    respond(desk, &[Transaction::ListPatients], head, body).await
}

async fn habilitations(State(desk): State<Arc<Desk>>, head: HeaderMap, body: Bytes) -> Response {
    let own = [
        Transaction::SetAuthorisation,
        Transaction::ListAuthorisations,
    ];
    respond(desk, &own, head, body).await
}

/// On a thread that may wait for the disk.
async fn respond(desk: Arc<Desk>, own: &[Transaction], head: HeaderMap, body: Bytes) -> Response {
    let content_type = head.get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    let own = own.to_vec();
    let answered = tokio::task::spawn_blocking(move || desk.answer(&own, &content_type, &body));
    match answered.await {
        Ok(Ok((status, message))) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let content_type = [(header::CONTENT_TYPE, message.content_type)];
            (status, content_type, message.body).into_response()
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Who answers.
pub(super) struct Desk {
    quirks: Arc<Quirks>,
    pub(super) records: Arc<Records>,
    journal: Arc<Journal>,
}

/// HTTP status and message.
type Answered = Result<(u16, HttpMessage), MessageError>;

/// Who asks, about whom, and when.
pub(super) struct Asked {
    pub(super) claimed: Claimed,
    pub(super) now: Option<Dtm>,
}

impl Asked {
    /// Empty when there is no assertion.
    pub(super) fn professional(&self) -> &str {
        self.claimed.professional.as_deref().unwrap_or_default()
    }

    pub(super) fn person(&self) -> Option<&'static TestPerson> {
        self.claimed.patient.as_ref().and_then(TestPerson::of)
    }
}

impl Desk {
    /// Answers a request, and writes it into the journal.
    fn answer(&self, own: &[Transaction], content_type: &str, body: &[u8]) -> Answered {
        let mut exchange = Exchange::begin(body.len());
        let answered = self.reply(own, content_type, body, &mut exchange);
        match &answered {
            Ok((_, message)) => exchange.bytes.1 = message.body.len(),
            Err(_) => exchange.outcome = Outcome::Status(500),
        }
        self.journal.add(exchange);
        answered
    }

    fn reply(
        &self,
        own: &[Transaction],
        content_type: &str,
        body: &[u8],
        exchange: &mut Exchange,
    ) -> Answered {
        let mut head = AnswerHead {
            message_id: Uuid::new_v4().urn().to_string(),
            boundary: Uuid::new_v4().simple().to_string(),
            ..AnswerHead::default()
        };
        let incoming = match IncomingPatient::read(content_type, body) {
            Ok(incoming) => incoming,
            Err(error) => return self.failure(&head, &Failed::unreadable(&error), exchange),
        };
        head.relates_to.clone_from(&incoming.message_id);
        let transaction = incoming.request.transaction();
        exchange.identify(transaction.name(), incoming.message_id.as_deref());
        if let Some(code) = self.quirks.take("fault") {
            return self.failure(&head, &Failed::on_demand(&code), exchange);
        }
        let is_own = own.contains(&transaction);
        if let Some(failed) = misdirected(is_own, transaction, incoming.action.as_deref()) {
            return self.failure(&head, &failed, exchange);
        }
        let asked = Asked {
            claimed: incoming.claimed.unwrap_or_default(),
            now: Dtm::at(std::time::SystemTime::now()),
        };
        let named = match &incoming.request {
            PatientRequest::Existence(one) => one.patient.as_ref(),
            PatientRequest::Closure(one) => one.patient.as_ref(),
            _ => None,
        };
        if let (Some(named), Some(claimed)) = (named, &asked.claimed.patient)
            && !named.same_id(claimed)
        {
            return self.refuse(
                &head,
                "the assertion names another patient than the message",
                exchange,
            );
        }
        let message = match incoming.request {
            PatientRequest::Existence(request) => {
                self.existence(&head, &asked, &request, exchange)?
            }
            PatientRequest::Closure(request) => self.closure(&head, &asked, &request, exchange)?,
            PatientRequest::PatientList(request) => {
                exchange.outcome = Outcome::Success;
                self.list(&head, &asked, &request)?
            }
            PatientRequest::SetAuthorisation(_) | PatientRequest::Authorisations(_)
                if asked.claimed.patient.is_none() =>
            {
                let reason = "the assertion must name the patient (resource-id)";
                return self.refuse(&head, reason, exchange);
            }
            PatientRequest::SetAuthorisation(request) => {
                let set = self.set(&asked, &request);
                exchange.status(&set.status);
                answer::authorisation_set(&head, &set)?
            }
            PatientRequest::Authorisations(request) => {
                let all = self.authorised(&asked, &request);
                exchange.status(&all.status);
                answer::authorisations(&head, &all)?
            }
            _ => return self.refuse(&head, "another transaction", exchange),
        };
        Ok((200, message))
    }

    fn existence(
        &self,
        head: &AnswerHead,
        asked: &Asked,
        request: &ExistenceRequest,
        exchange: &mut Exchange,
    ) -> Result<HttpMessage, MessageError> {
        let own = answering(&request.head, asked);
        let Some(patient) = &request.patient else {
            return refused_existence(head, request, own, "no patient is named", exchange);
        };
        exchange.outcome = Outcome::Success;
        let Some(person) = TestPerson::of(patient) else {
            let none = Existence::of(request, own, DmpStatus::None);
            return answer::existence(head, &none, &TraitsNotToBeShown::default());
        };
        let kept = self.records.kept();
        let mut existence = Existence::of(request, own, kept.status(person));
        let professional = asked.professional();
        existence.authorisation = Some(kept.authorisation(person, professional));
        let given = kept.given(person, professional);
        existence.treating_physician = Some(given.is_some_and(|given| given.treating_physician));
        let in_mes = person.record == TestRecord::InMes;
        existence.internet_account = Some(in_mes);
        existence.mes_attached = Some(in_mes);
        answer::existence(head, &existence, &person.traits())
    }

    fn closure(
        &self,
        head: &AnswerHead,
        asked: &Asked,
        request: &ClosureRequest,
        exchange: &mut Exchange,
    ) -> Result<HttpMessage, MessageError> {
        let target = request.head.id.clone();
        let refused = |code, text: &str| {
            Acknowledgement::refused(target.clone(), code, Some(text.to_owned()))
        };
        let person = request.patient.as_ref().and_then(TestPerson::of);
        let acknowledgement = match person {
            None => refused(own_code("SandboxNoDmp"), "pas de DMP"),
            Some(person) if self.records.kept().is_closed(person) => {
                refused(DmpCode::Closed, "DMP déjà fermé")
            }
            Some(person) if person.record == TestRecord::InMes => {
                refused(own_code("SandboxPartOfMes"), "DMP rattaché à un ENS")
            }
            Some(person) => {
                let now = asked.now.map(|now| now.to_string()).unwrap_or_default();
                let kept = self.records.change(|kept| {
                    kept.closed.insert(person.matricule.to_owned(), now);
                });
                match kept {
                    Ok(()) => Acknowledgement::accepted(target),
                    Err(_) => refused(own_code("SandboxDisk"), "écriture impossible"),
                }
            }
        };
        exchange.acknowledged(&acknowledgement);
        let answer = ClosureAnswer {
            head: answering(&request.head, asked),
            acknowledgement,
        };
        answer::closure(head, &answer, request)
    }

    fn list(
        &self,
        head: &AnswerHead,
        asked: &Asked,
        request: &PatientListRequest,
    ) -> Result<HttpMessage, MessageError> {
        let kept = self.records.kept();
        let since = request.since.map(|time| time.to_string());
        let since = since.unwrap_or_default();
        let patients = PERSONS.iter().filter_map(|person| {
            let given = kept.given(person, asked.professional())?;
            // Same length, digits only: the order of texts is that of times.
            if kept.is_closed(person) || given.since < since {
                return None;
            }
            let time: Option<Dtm> = given.since.parse().ok();
            Some(ListedPatient {
                ids: vec![person.patient()],
                family: Some(person.family.to_owned()),
                given: Some(person.given.to_owned()),
                birth_date: person.birth_date.parse().ok(),
                treating_physician: Some(given.treating_physician),
                last_access: time,
                ..ListedPatient::default()
            })
        });
        let list = PatientList {
            patients: patients.collect(),
            ..PatientList::default()
        };
        answer::patient_list(head, &list)
    }

    fn refuse(&self, head: &AnswerHead, reason: &str, exchange: &mut Exchange) -> Answered {
        self.failure(head, &Failed::sender(reason.to_owned()), exchange)
    }

    fn failure(&self, head: &AnswerHead, failed: &Failed, exchange: &mut Exchange) -> Answered {
        exchange.failed(failed.name(), &failed.reason);
        let in_parts = self.quirks.takes("multipart-faults");
        Ok((500, answer_fault(head, &fault(failed), in_parts)?))
    }
}

fn refused_existence(
    head: &AnswerHead,
    request: &ExistenceRequest,
    own: MessageHead,
    text: &str,
    exchange: &mut Exchange,
) -> Result<HttpMessage, MessageError> {
    let mut refused = Existence::of(request, own, DmpStatus::Unclear);
    let code = own_code("SandboxNoPatient");
    let target = request.head.id.clone();
    refused.acknowledgement = Acknowledgement::refused(target, code, Some(text.to_owned()));
    exchange.acknowledged(&refused.acknowledgement);
    answer::existence(head, &refused, &TraitsNotToBeShown::default())
}

/// The head of the answer, named by a UUID alone, as the DMP does.
fn answering(request: &MessageHead, asked: &Asked) -> MessageHead {
    let id = InstanceId {
        root: Uuid::new_v4().to_string(),
        extension: None,
    };
    MessageHead {
        created: asked.now,
        ..match asked.now {
            Some(now) => request.answer(id, now),
            None => MessageHead {
                id: Some(id),
                ..request.clone()
            },
        }
    }
}

/// A code of this sandbox's own.
pub(super) fn own_code(code: &str) -> DmpCode {
    DmpCode::Other(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).unwrap();
        let close = |kept: &mut Kept| {
            kept.closed.insert("1".to_owned(), "2".to_owned());
        };
        // A folder where the file would be.
        let place = folder.path().join("dmp/patients.json");
        fs::create_dir_all(place.join("inside")).unwrap();
        records.change(close).unwrap_err();
        assert!(records.kept().closed.is_empty());
        fs::remove_dir_all(&place).unwrap();
        records.change(close).unwrap();
        let again = Records::open(folder.path()).unwrap();
        assert_eq!(again.kept().closed.len(), 1);
    }

    #[test]
    fn every_person_has_a_matricule_with_its_key() {
        for person in &PERSONS {
            let ins = person.patient().ins().expect("an INS");
            assert_eq!(
                ins.matricule.key(),
                segur_core::KeyStatus::Valid,
                "{}",
                person.family
            );
        }
    }
}
