//! One call.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use segur_soap::envelope::HttpMessage;
use segur_soap::http::{HttpAnswer, Transport, off_thread};

use super::{CallSource, Caller, ClientError, SecuritySource, SystemSource, source};
use crate::metadata::Submission;
use crate::query::{AdhocQueryRequest, ReturnType, StoredQuery};
use crate::reading::Warning;
use crate::response::{AdhocQueryResponse, RegistryResponse};
use crate::retrieve::{DocumentRequest, RetrieveDocumentSetRequest};
use crate::transaction::{
    Answer, AnswerError, FileToSend, Head, MessageError, RetrievedFiles, Transaction, WireWarning,
    request,
};
use crate::{Invalid, Profile, SubmitObjectsRequest};

/// Sends transactions through a [`Transport`]. Nothing is tried twice.
pub struct DmpClient<T> {
    pub(super) caller: Caller,
    pub(super) transport: T,
    pub(super) source: Arc<dyn CallSource>,
}

/// A call that was answered: what came of it, and what is to be traced.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Exchange<A> {
    /// Which transaction.
    pub transaction: Transaction,
    /// `wsa:MessageID` of the request.
    pub message_id: String,
    /// When it was asked.
    pub at: SystemTime,
    /// The answer.
    pub answer: A,
    /// What was tolerated in the answer.
    pub warnings: Vec<Warning>,
    /// How many more were tolerated: `warnings` lists 1,000 at most.
    pub unlisted: usize,
    /// What was tolerated around it.
    pub wire: Vec<WireWarning>,
}

impl<T: Transport> DmpClient<T> {
    /// A client with the clock and the randomness of the system.
    pub fn new(caller: Caller, transport: T) -> Self {
        Self::with_source(caller, transport, Arc::new(SystemSource))
    }

    /// A client with a clock and randomness of the caller's.
    pub fn with_source(caller: Caller, transport: T, source: Arc<dyn CallSource>) -> Self {
        Self {
            caller,
            transport,
            source,
        }
    }

    /// A client with another proof of who calls, for another patient or another access: it shares the transport, with its connections.
    pub fn with_security(&self, security: Arc<dyn SecuritySource>) -> Self
    where
        T: Clone,
    {
        Self {
            caller: Caller {
                security,
                ..self.caller.clone()
            },
            transport: self.transport.clone(),
            source: Arc::clone(&self.source),
        }
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// How metadata are spelled.
    pub fn profile(&self) -> Profile {
        self.caller.profile
    }

    /// ITI-18 (TD3.1), or ITI-51 for several patients: asks the registry. Dropping the future gives it up. A gateway that did not reach
    /// everybody answers in part ([`RegistryResponse::is_partial`]): what it found is given, with its errors.
    ///
    /// # Errors
    /// The query breaks rules; nothing, or nothing readable, came back; the registry refuses.
    pub async fn query(
        &self,
        query: &StoredQuery,
        return_type: ReturnType,
    ) -> Result<Exchange<AdhocQueryResponse>, ClientError> {
        let query = AdhocQueryRequest::new(query, return_type, self.caller.profile)
            .map_err(MessageError::from)?;
        let transaction = Transaction::of_query(&query.id);
        let call = self.call(transaction).await?;
        let message = request::query(&call.head, &query)?;
        self.send(
            call,
            message,
            |head, got| Answer::query(head, transaction, got.status, &got.content_type, &got.body),
            |answer| &answer.response,
        )
        .await
    }

    /// ITI-41 (TD2.1): submits documents, a file for each entry. Sent once and never again: see [`ClientError::may_have_arrived`].
    ///
    /// # Errors
    /// The metadata break rules or are not those of the files; nothing, or nothing readable, came back; the service refuses.
    pub async fn submit(
        &self,
        submission: &Submission,
        files: &[FileToSend<'_>],
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        let metadata = SubmitObjectsRequest::new(submission, self.caller.profile)
            .map_err(MessageError::from)?;
        let call = self.call(Transaction::Submit).await?;
        let boundary = source::boundary(self.random()?);
        let message = request::submit(&call.head, &boundary, &metadata, files)?;
        self.send_to_registry(call, message).await
    }

    /// ITI-43 (TD3.2): fetches documents. Those that the repository did not give are told by the errors of the answer; when it gave none,
    /// that is an error.
    ///
    /// # Errors
    /// A uniqueId is missing; nothing, or nothing readable, came back; the service refuses.
    pub async fn retrieve(
        &self,
        documents: Vec<DocumentRequest>,
    ) -> Result<Exchange<RetrievedFiles>, ClientError> {
        let documents = RetrieveDocumentSetRequest::new(documents).map_err(MessageError::from)?;
        let call = self.call(Transaction::Retrieve).await?;
        let message = request::retrieve(&call.head, &documents)?;
        self.send(
            call,
            message,
            |head, got| Answer::files(head, got.status, &got.content_type, &got.body),
            |answer| &answer.response,
        )
        .await
    }

    /// ITI-57 (TD3.3): changes visibility or status; the functions of [`crate::update`] make the request, for a change of the status
    /// through [`SubmitObjectsRequest::new`].
    ///
    /// # Errors
    /// Nothing, or nothing readable, came back; the service refuses.
    pub async fn update(
        &self,
        update: &SubmitObjectsRequest,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        let call = self.call(Transaction::Update).await?;
        let message = request::update(&call.head, update)?;
        self.send_to_registry(call, message).await
    }

    /// Where a transaction goes.
    pub(super) fn url(&self, transaction: Transaction) -> &str {
        self.caller.endpoints.of(transaction)
    }

    /// 16 random bytes.
    pub(super) fn random(&self) -> Result<[u8; 16], ClientError> {
        Ok(self.source.random()?)
    }

    /// ITI-42: registers documents that a repository of the caller's own holds. Sent once and never again, as [`submit`](Self::submit).
    ///
    /// # Errors
    /// The metadata break rules; nothing, or nothing readable, came back; the registry refuses.
    pub async fn register(
        &self,
        submission: &Submission,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        let problems = submission.validate_registration(self.caller.profile);
        Invalid::unless_empty(problems).map_err(MessageError::from)?;
        let metadata = SubmitObjectsRequest {
            objects: submission.to_objects(self.caller.profile),
        };
        let call = self.call(Transaction::Register).await?;
        let message = request::register(&call.head, &metadata)?;
        self.send_to_registry(call, message).await
    }

    pub(super) async fn call(&self, transaction: Transaction) -> Result<Call, ClientError> {
        let at = self.source.now();
        let security = Arc::clone(&self.caller.security);
        let security = off_thread(move || security.header_blocks(transaction, at)).await??;
        Ok(Call {
            transaction,
            head: Head {
                message_id: source::message_id(self.random()?),
                to: Some(self.url(transaction).to_owned()),
                security,
            },
            at,
            unrelated_answers: self.caller.unrelated_answers,
        })
    }

    async fn send_to_registry(
        &self,
        call: Call,
        message: HttpMessage,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        let url = self.url(call.transaction);
        let got = self.transport.post(url, &message).await?;
        call.registry_answer(&got)
    }

    async fn send<A>(
        &self,
        call: Call,
        message: HttpMessage,
        read: impl FnOnce(&Head, &HttpAnswer) -> Result<Answer<A>, AnswerError>,
        response: impl FnOnce(&A) -> &RegistryResponse,
    ) -> Result<Exchange<A>, ClientError> {
        let url = self.url(call.transaction);
        let got = self.transport.post(url, &message).await?;
        let answer = call.related(read(&call.head, &got))?;
        call.answered(answer, response)
    }
}

/// A call about to be made.
pub(super) struct Call {
    pub(super) transaction: Transaction,
    pub(super) head: Head,
    pub(super) at: SystemTime,
    unrelated_answers: bool,
}

impl Call {
    /// What was read, unless it is for another message and such answers are not taken.
    pub(super) fn related<A>(
        &self,
        read: Result<Answer<A>, AnswerError>,
    ) -> Result<Answer<A>, ClientError> {
        let other = WireWarning::OtherMessage;
        match read {
            Ok(answer) if !self.unrelated_answers && answer.wire.contains(&other) => {
                Err(AnswerError::OtherMessage { fault: None }.into())
            }
            Err(AnswerError::OtherMessage { fault: Some(fault) }) if self.unrelated_answers => {
                Err(AnswerError::Fault(fault).into())
            }
            read => Ok(read?),
        }
    }

    /// What came of it, unless the service refuses.
    pub(super) fn answered<A>(
        self,
        answer: Answer<A>,
        response: impl FnOnce(&A) -> &RegistryResponse,
    ) -> Result<Exchange<A>, ClientError> {
        let said = response(&answer.value);
        let in_part = matches!(
            self.transaction,
            Transaction::Retrieve | Transaction::Query | Transaction::MultiPatientQuery
        );
        let partial = in_part && said.is_partial();
        if !said.is_success() && !partial {
            return Err(ClientError::Refused(said.clone()));
        }
        Ok(Exchange {
            transaction: self.transaction,
            message_id: self.head.message_id,
            at: self.at,
            answer: answer.value,
            warnings: answer.warnings,
            unlisted: answer.unlisted,
            wire: answer.wire,
        })
    }

    /// The answer of ITI-41 or ITI-57.
    pub(super) fn registry_answer(
        self,
        got: &HttpAnswer,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        let (head, transaction) = (&self.head, self.transaction);
        let read = Answer::registry(head, transaction, got.status, &got.content_type, &got.body);
        let answer = self.related(read)?;
        self.answered(answer, |answer| answer)
    }
}

impl<T> fmt::Debug for DmpClient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DmpClient")
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}
