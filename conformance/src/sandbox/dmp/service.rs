//! One request and its answer.

use std::sync::Arc;

use segur_dmp_xds::ebrim::{ObjectRef, RegistryObject};
use segur_dmp_xds::metadata::AvailabilityStatus;
use segur_dmp_xds::query::{AdhocQueryRequest, ReturnType, StoredQuery};
use segur_dmp_xds::response::{AdhocQueryResponse, ErrorCode, RegistryError, RegistryResponse};
use segur_dmp_xds::retrieve::RetrieveDocumentSetRequest;
use segur_dmp_xds::transaction::answer::{self, AnswerHead, FilePlace};
use segur_dmp_xds::transaction::{
    Incoming, IncomingRequest, MessageError, RetrievedFile, RetrievedFiles, Transaction,
};
use segur_dmp_xds::{Profile, RegistryContent, Warning, WarningKind};
use segur_soap::envelope::WSA_NAMESPACE;
use segur_soap::envelope::{Fault, FaultCode, HttpMessage, QName, Reason, SoapVersion};
use uuid::Uuid;

use super::accept::{accept, register};
use super::change::change;
use super::error::{Refused, refused};
use super::find::find;
use super::select::Readings;
use super::{REPOSITORY, Store};
use crate::sandbox::Quirks;

/// The registry and the repository.
pub(super) struct Service {
    pub(super) quirks: Arc<Quirks>,
    pub(super) store: Arc<Store>,
}

/// Where a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Registry,
    Repository,
}

/// HTTP status and message.
type Answered = Result<(u16, HttpMessage), MessageError>;

impl Service {
    /// Answers a request: always with a message, unless none can be written.
    pub(super) fn answer(&self, door: Door, content_type: &str, body: &[u8]) -> Answered {
        let mut head = AnswerHead {
            message_id: uuid(),
            boundary: Uuid::new_v4().simple().to_string(),
            ..AnswerHead::default()
        };
        let incoming = match Incoming::read(content_type, body) {
            Ok(incoming) => incoming,
            Err(error) => {
                let cause = std::error::Error::source(&error);
                let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
                return self.fault(&head, FaultCode::Sender, None, &format!("{error}{cause}"));
            }
        };
        head.relates_to.clone_from(&incoming.message_id);
        if self.quirks.takes("fault") {
            return self.fault(&head, FaultCode::Receiver, None, "a fault on demand");
        }
        let transaction = incoming.request.transaction();
        if let Some(wrong) = misdirected(door, transaction, incoming.action.as_deref()) {
            let subcode = Some("ActionNotSupported");
            return self.fault(&head, FaultCode::Sender, subcode, &wrong);
        }
        head.hyphenated_action =
            transaction == Transaction::Update && self.quirks.takes("hyphenated-action");
        let refusal = self.quirks.take("refuse").map(|code| {
            let code = ErrorCode::read(&code);
            refused(code, "a refusal on demand")
        });
        self.carry_out(&head, incoming, refusal)
    }

    fn carry_out(
        &self,
        head: &AnswerHead,
        incoming: Incoming,
        refusal: Option<Refused>,
    ) -> Answered {
        let refusal = refusal.map_or(Ok(()), Err);
        let transaction = incoming.request.transaction();
        let message = match incoming.request {
            IncomingRequest::Query(request) => {
                let found = refusal.and_then(|()| self.query(&request));
                let answer = found.unwrap_or_else(|errors| AdhocQueryResponse {
                    response: RegistryResponse::failure(errors),
                    ..AdhocQueryResponse::found(Vec::new())
                });
                answer::query(head, &answer)?
            }
            IncomingRequest::Retrieve(request) => {
                let files = match refusal {
                    Ok(()) => self.files(&request),
                    Err(errors) => RetrievedFiles::of(Vec::new(), errors),
                };
                let place = match (
                    self.quirks.takes("inline-documents"),
                    self.quirks.takes("percent-encoded-ids"),
                ) {
                    (true, _) => FilePlace::Inline,
                    (false, true) => FilePlace::PartsPercentEncoded,
                    (false, false) => FilePlace::Parts,
                };
                answer::files(head, &files, place)?
            }
            IncomingRequest::Submit {
                metadata,
                files,
                inline,
            } => {
                let done = refusal.and_then(|()| {
                    if inline {
                        let what = "documents must be parts of a multipart message (MTOM/XOP)";
                        return Err(refused(ErrorCode::RepositoryError, what));
                    }
                    self.store.change(|held| {
                        let files = accept(held, &metadata, files, self.profile(), uuid)?;
                        Ok(((), files))
                    })
                });
                let answer = response(done, warned(&incoming.warnings));
                answer::registry(head, transaction, &answer)?
            }
            IncomingRequest::Update(metadata) => {
                let done = refusal.and_then(|()| {
                    self.store.change(|held| {
                        change(held, &metadata, self.profile(), uuid)?;
                        Ok(((), Vec::new()))
                    })
                });
                answer::registry(head, transaction, &response(done, Vec::new()))?
            }
            IncomingRequest::Register(metadata) => {
                let done = refusal.and_then(|()| {
                    self.store.change(|held| {
                        register(held, &metadata, self.profile(), uuid)?;
                        Ok(((), Vec::new()))
                    })
                });
                answer::registry(head, transaction, &response(done, Vec::new()))?
            }
            _ => return self.fault(head, FaultCode::Sender, None, "another transaction"),
        };
        Ok((200, message))
    }

    /// How metadata are spelled, both ways.
    fn profile(&self) -> Profile {
        match self.quirks.takes("ihe") {
            true => Profile::IheStrict,
            false => Profile::Dmp,
        }
    }

    fn query(&self, request: &AdhocQueryRequest) -> Result<AdhocQueryResponse, Refused> {
        let query = request
            .query()
            .map_err(|error| refused(error.error_code(), error.to_string()))?
            .value;
        let readings = Readings {
            inclusive_end: self.quirks.takes("unverified-inclusive-end"),
        };
        let found = find(&self.store.held(), &query, readings)?;
        let objects = found.to_objects(self.profile());
        let objects = match &request.return_type {
            ReturnType::ObjectRef => objects.iter().map(reference).collect(),
            ReturnType::LeafClass => {
                one_patient(&query, &found)?;
                objects
            }
            ReturnType::Other(_) => {
                let what = "returnType is LeafClass or ObjectRef";
                return Err(refused(ErrorCode::RegistryError, what));
            }
            _ => objects,
        };
        Ok(AdhocQueryResponse::found(objects))
    }

    fn files(&self, request: &RetrieveDocumentSetRequest) -> RetrievedFiles {
        let held = self.store.held();
        let (mut files, mut errors) = (Vec::new(), Vec::new());
        for asked in &request.documents {
            let id = asked.document_unique_id.as_str();
            let mut error = |code| errors.push(RegistryError::new(code, id));
            if asked.repository_unique_id != REPOSITORY {
                error(ErrorCode::UnknownRepositoryId);
                continue;
            }
            let mut versions = held.documents.iter().filter(|one| one.unique_id == id);
            let deleted = Some(AvailabilityStatus::Deleted);
            let gone = versions.clone().any(|one| one.status == deleted);
            let Some(entry) = versions.next_back().filter(|_| !gone) else {
                error(ErrorCode::DocumentUniqueIdError);
                continue;
            };
            match self.store.file(id) {
                Ok(bytes) => {
                    let mime_type = Some(entry.mime_type.clone());
                    files.push(RetrievedFile::new(REPOSITORY, id, mime_type, bytes));
                }
                Err(_) => error(ErrorCode::RepositoryError),
            }
        }
        RetrievedFiles::of(files, errors)
    }

    fn fault(
        &self,
        head: &AnswerHead,
        code: FaultCode,
        subcode: Option<&str>,
        reason: &str,
    ) -> Answered {
        let fault = Fault {
            version: SoapVersion::V1_2,
            code,
            subcodes: subcode
                .map(|local| QName {
                    namespace: WSA_NAMESPACE.to_owned(),
                    local: local.to_owned(),
                })
                .into_iter()
                .collect(),
            reasons: vec![Reason {
                lang: Some("en".to_owned()),
                text: reason.to_owned(),
            }],
            node: None,
            role: None,
            detail: None,
        };
        let in_parts = self.quirks.takes("multipart-faults");
        Ok((500, answer::fault(head, &fault, in_parts)?))
    }
}

/// What is wrong with the place or the action of a request.
fn misdirected(door: Door, transaction: Transaction, action: Option<&str>) -> Option<String> {
    let own = match transaction {
        Transaction::Query | Transaction::Update | Transaction::Register => Door::Registry,
        _ => Door::Repository,
    };
    let name = transaction.name();
    if own != door {
        return Some(format!("{name} is not for this address"));
    }
    let expected = transaction.action();
    (action != Some(expected)).then(|| format!("{name}: wsa:Action must be {expected}"))
}

/// Metadata are told of one patient at a time, but for the queries that ask for several.
fn one_patient(query: &StoredQuery, found: &RegistryContent) -> Result<(), Refused> {
    let several = matches!(
        query,
        StoredQuery::FindDocumentsForMultiplePatients { .. }
            | StoredQuery::FindDocumentsByReferenceIdForMultiplePatients { .. }
            | StoredQuery::FindFoldersForMultiplePatients { .. }
    );
    if several {
        return Ok(());
    }
    let documents = found.documents.iter().map(|one| one.patient_id.as_ref());
    let sets = found.submission_sets.iter();
    let sets = sets.map(|one| one.patient_id.as_ref());
    let folders = found.folders.iter().map(|one| one.patient_id.as_ref());
    let mut all = documents.chain(sets).chain(folders).flatten();
    let Some(first) = all.next() else {
        return Ok(());
    };
    if all.all(|one| one.same_id(first)) {
        return Ok(());
    }
    let what = "ask for ObjectRef, or for one patient";
    Err(refused(ErrorCode::ResultNotSinglePatient, what))
}

fn reference(object: &RegistryObject) -> RegistryObject {
    RegistryObject::ObjectRef(ObjectRef {
        id: object.id().to_owned(),
        home: None,
    })
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

fn uuid() -> String {
    Uuid::new_v4().urn().to_string()
}
