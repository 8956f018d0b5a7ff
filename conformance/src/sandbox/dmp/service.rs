//! One request and its answer.

use std::sync::Arc;
use std::time::Duration;

use segur_dmp_xds::response::{AdhocQueryResponse, ErrorCode, RegistryError, RegistryResponse};
use segur_dmp_xds::transaction::answer::{self, AnswerHead, FilePlace};
use segur_dmp_xds::transaction::{
    Incoming, IncomingRequest, MessageError, RetrievedFiles, Transaction,
};
use segur_dmp_xds::{Profile, Submission, SubmitObjectsRequest, Warning, WarningKind};
use segur_soap::envelope::{FaultCode, HttpMessage};
use uuid::Uuid;

use super::accept::{self, Parts, accept, complete, registration, submission};
use super::change::{self, change};
use super::error::{Refused, refused};
use super::fault::{Failed, fault, misdirected};
use super::journal::{Exchange, Journal, Outcome};
use super::select::Readings;
use super::store::Files;
use super::{Settings, Store, proof, query, retrieve, signature};
use crate::sandbox::{Ending, Quirks};

/// The registry and the repository.
pub(super) struct Service {
    pub(super) quirks: Arc<Quirks>,
    pub(super) store: Arc<Store>,
    pub(super) settings: Settings,
    pub(super) journal: Arc<Journal>,
}

/// Where a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Registry,
    Repository,
}

impl Door {
    fn of(transaction: Transaction) -> Self {
        match transaction {
            Transaction::Submit | Transaction::Retrieve => Self::Repository,
            _ => Self::Registry,
        }
    }
}

/// What goes out.
pub(super) struct Reply {
    /// How long it waits.
    pub(super) wait: Option<Duration>,
    pub(super) status: u16,
    /// None for a status alone.
    pub(super) message: Option<HttpMessage>,
    pub(super) ending: Option<Ending>,
}

impl Reply {
    fn new(status: u16, message: Option<HttpMessage>) -> Self {
        Self {
            wait: None,
            status,
            message,
            ending: None,
        }
    }
}

/// The answer and what the journal tells of it.
type Answered = Result<(HttpMessage, RegistryResponse), Failed>;

impl Service {
    /// Answers a request, and writes it into the journal.
    pub(super) fn answer(&self, door: Door, content_type: &str, body: &[u8]) -> Reply {
        let mut exchange = Exchange::begin(body.len());
        let reply = self.reply(door, content_type, body, &mut exchange);
        let message = reply.message.as_ref();
        exchange.bytes.1 = message.map_or(0, |message| message.body.len());
        self.journal.add(exchange);
        reply
    }

    /// Writes into the journal that a request was not read.
    pub(super) fn unread(&self, status: u16, why: &str) {
        let mut exchange = Exchange::begin(0);
        exchange.failed("HTTP", why);
        exchange.outcome = Outcome::Status(status);
        self.journal.add(exchange);
    }

    fn reply(&self, door: Door, content_type: &str, body: &[u8], exchange: &mut Exchange) -> Reply {
        let mut head = AnswerHead {
            message_id: uuid(),
            boundary: Uuid::new_v4().simple().to_string(),
            ..AnswerHead::default()
        };
        let incoming = match Incoming::read(content_type, body) {
            Ok(incoming) => incoming,
            Err(error) => {
                return self.failure(&head, &Failed::unreadable(&error), None, exchange);
            }
        };
        head.relates_to.clone_from(&incoming.message_id);
        let transaction = incoming.request.transaction();
        let call = transaction.name();
        exchange.identify(call, incoming.message_id.as_deref());
        if self.quirks.takes_for("wrong-relates-to", call) {
            head.relates_to = Some(uuid());
        }
        let quirks = self.quirks.common(Some(call));
        let wait = quirks.latency();
        if quirks.drops() {
            return Reply {
                wait,
                ending: Some(Ending::Cut),
                ..Reply::new(503, None)
            };
        }
        if let Some(status) = quirks.status() {
            exchange.outcome = Outcome::Status(status);
            return Reply {
                wait,
                ..Reply::new(status, None)
            };
        }
        let action = incoming.action.as_deref();
        let failed = match self.quirks.take_for("fault", call) {
            Some(code) => Some(Failed::on_demand(&code)),
            None => misdirected(door == Door::of(transaction), transaction, action).or_else(|| {
                let judged = self.quirks.takes_for("require-vihf", call);
                let check = || proof::check(&self.store, content_type, body, &incoming.request);
                judged.then(check)?.err()
            }),
        };
        let reply = match failed {
            Some(failed) => self.failure(&head, &failed, Some(call), exchange),
            None => {
                head.hyphenated_action = transaction == Transaction::Update
                    && self.quirks.takes_for("hyphenated-action", call);
                self.carried_out(&head, incoming, exchange)
            }
        };
        Reply {
            wait,
            ending: quirks.ending(),
            ..reply
        }
    }

    fn carried_out(&self, head: &AnswerHead, incoming: Incoming, exchange: &mut Exchange) -> Reply {
        let call = incoming.request.transaction().name();
        let refusal = self.quirks.take_for("refuse", call).map(|code| {
            let code = match code.is_empty() {
                true => ErrorCode::RegistryError,
                false => ErrorCode::read(&code),
            };
            refused(code, "a refusal on demand")
        });
        match self.carry_out(head, incoming, refusal) {
            Ok((message, response)) => {
                exchange.outcome = match (response.is_success(), response.is_partial()) {
                    (true, _) => Outcome::Success,
                    (_, true) => Outcome::Partial,
                    _ => Outcome::Refused,
                };
                exchange.told(&response.errors);
                Reply::new(200, Some(message))
            }
            Err(failed) => self.failure(head, &failed, Some(call), exchange),
        }
    }

    fn carry_out(
        &self,
        head: &AnswerHead,
        incoming: Incoming,
        refusal: Option<Refused>,
    ) -> Answered {
        let refusal = refusal.map_or(Ok(()), Err);
        let transaction = incoming.request.transaction();
        let call = transaction.name();
        let profile = || self.profile(call);
        match incoming.request {
            IncomingRequest::Query(request) => {
                let readings = Readings {
                    inclusive_end: self.quirks.takes_for("unverified-inclusive-end", call),
                };
                let found = refusal.and_then(|()| {
                    query::answer(&self.store, &self.settings, readings, profile(), &request)
                });
                let answer = found.unwrap_or_else(|errors| AdhocQueryResponse {
                    response: RegistryResponse::failure(errors),
                    ..AdhocQueryResponse::found(Vec::new())
                });
                Ok((answer::query(head, transaction, &answer)?, answer.response))
            }
            IncomingRequest::Retrieve(request) => {
                if let Some(id) = retrieve::entry_uuid(&request) {
                    return Err(Failed::entry_uuid(id));
                }
                let mut files = match refusal {
                    Ok(()) => retrieve::files(&self.store, &request),
                    Err(errors) => RetrievedFiles::of(Vec::new(), errors),
                };
                if self.quirks.takes_for("longer-documents", call) {
                    for file in &mut files.files {
                        file.bytes.push(b' ');
                    }
                }
                Ok((
                    answer::files(head, &files, self.place(call))?,
                    files.response,
                ))
            }
            IncomingRequest::Submit {
                metadata,
                files,
                inline,
            } => {
                let done = refusal.and_then(|()| {
                    let signed = self.quirks.takes_for("require-signature", call);
                    self.submit(&metadata, files, inline, profile(), signed)
                });
                let answer = response(done, warned(&incoming.warnings));
                Ok((answer::registry(head, transaction, &answer)?, answer))
            }
            IncomingRequest::Update(metadata) => {
                let done = refusal.and_then(|()| self.update(&metadata, profile()));
                let answer = response(done, Vec::new());
                Ok((answer::registry(head, transaction, &answer)?, answer))
            }
            IncomingRequest::Register(metadata) => {
                let done = refusal.and_then(|()| self.register(&metadata, profile()));
                let answer = response(done, warned(&incoming.warnings));
                Ok((answer::registry(head, transaction, &answer)?, answer))
            }
            _ => Err(Failed::sender("another transaction".to_owned())),
        }
    }

    fn submit(
        &self,
        metadata: &SubmitObjectsRequest,
        parts: Parts,
        inline: bool,
        profile: Profile,
        must_be_signed: bool,
    ) -> Result<(), Refused> {
        if inline {
            let what = "documents must be parts of a multipart message (MTOM/XOP)";
            return Err(refused(ErrorCode::RepositoryError, what));
        }
        let mut new = submission(metadata, profile)?;
        self.known_patient(&new)?;
        let files = accept::files(&new, parts)?;
        signature::check(&new, &files, must_be_signed)?;
        complete(&mut new, &files);
        self.put(new, files)
    }

    fn register(&self, metadata: &SubmitObjectsRequest, profile: Profile) -> Result<(), Refused> {
        let new = registration(metadata, profile)?;
        self.known_patient(&new)?;
        self.put(new, Files::new())
    }

    fn known_patient(&self, new: &Submission) -> Result<(), Refused> {
        if self.settings.knows(new.submission_set.patient_id.as_ref()) {
            return Ok(());
        }
        let what = "patientId is of no patient known here";
        let what = format!("{}: {what}", new.submission_set.entry_id);
        Err(refused(ErrorCode::UnknownPatientId, what))
    }

    fn put(&self, new: Submission, files: Files) -> Result<(), Refused> {
        self.store.change(
            |held| accept::known_to(&new, held),
            |held| {
                accept(held, new.clone(), uuid)?;
                Ok(((), files))
            },
        )
    }

    /// How metadata are spelled, both ways.
    fn profile(&self, call: &str) -> Profile {
        match self.quirks.takes_for("ihe", call) {
            true => Profile::IheStrict,
            false => Profile::Dmp,
        }
    }

    fn update(&self, metadata: &SubmitObjectsRequest, profile: Profile) -> Result<(), Refused> {
        let update = submission(metadata, profile)?;
        self.store.change(
            |held| change::known_to(&update, held),
            |held| {
                change(held, update.clone(), profile, uuid)?;
                Ok(((), Vec::new()))
            },
        )
    }

    fn place(&self, call: &str) -> FilePlace {
        match (
            self.quirks.takes_for("inline-documents", call),
            self.quirks.takes_for("percent-encoded-ids", call),
        ) {
            (true, _) => FilePlace::Inline,
            (false, true) => FilePlace::PartsPercentEncoded,
            (false, false) => FilePlace::Parts,
        }
    }

    fn failure(
        &self,
        head: &AnswerHead,
        failed: &Failed,
        call: Option<&str>,
        exchange: &mut Exchange,
    ) -> Reply {
        exchange.failed(failed.name(), &failed.reason);
        let in_parts = match call {
            Some(call) => self.quirks.takes_for("multipart-faults", call),
            None => self.quirks.takes("multipart-faults"),
        };
        Reply::new(500, answer::fault(head, &fault(failed), in_parts).ok())
    }
}

fn response(done: Result<(), Refused>, warnings: Vec<RegistryError>) -> RegistryResponse {
    match done {
        Ok(()) => RegistryResponse {
            errors: warnings,
            ..RegistryResponse::success()
        },
        Err(errors) => RegistryResponse::failure(errors),
    }
}

/// Warnings for what a submission has wrong and is taken for all that.
fn warned(all: &[Warning]) -> Vec<RegistryError> {
    let told = all.iter().filter(|one| one.kind == WarningKind::IdCase);
    let error = |one: &Warning| RegistryError {
        severity: segur_dmp_xds::response::Severity::Warning,
        ..RegistryError::new(ErrorCode::RepositoryMetadataError, one.to_string())
    };
    told.map(error).collect()
}

impl From<MessageError> for Failed {
    fn from(error: MessageError) -> Self {
        Self {
            code: FaultCode::Receiver,
            subcode: None,
            reason: error.to_string(),
        }
    }
}

fn uuid() -> String {
    Uuid::new_v4().urn().to_string()
}
