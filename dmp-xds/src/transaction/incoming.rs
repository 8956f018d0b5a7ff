//! Requests, read: for test servers.

use std::fmt;

use segur_soap::envelope::SoapVersion;

use super::read::{Opened, PartsById};
use super::{AnswerError, Transaction};
use crate::query::AdhocQueryRequest;
use crate::reading::Warning;
use crate::retrieve::RetrieveDocumentSetRequest;
use crate::vocabulary::{LCM, QUERY, XDS};
use crate::{Content, ProvideAndRegisterRequest, ReadError, SubmitObjectsRequest};

/// A request that came in.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Incoming {
    /// What is asked.
    pub request: IncomingRequest,
    /// `wsa:Action`.
    pub action: Option<String>,
    /// `wsa:MessageID`.
    pub message_id: Option<String>,
    /// Whether the envelope is of SOAP 1.2, as it must be.
    pub soap_1_2: bool,
    /// Whether the header has a block that proves who calls (`Security`).
    pub has_security: bool,
    /// What was tolerated in the body.
    pub warnings: Vec<Warning>,
    /// How many more were tolerated: `warnings` lists 1,000 at most.
    pub unlisted: usize,
}

/// What is asked. `Debug` hides the files.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum IncomingRequest {
    /// ITI-18, or ITI-51.
    Query(AdhocQueryRequest),
    /// ITI-41.
    Submit {
        /// The metadata.
        metadata: SubmitObjectsRequest,
        /// The files: id of the entry and bytes; none when the part is missing.
        files: Vec<(String, Option<Vec<u8>>)>,
        /// A file stood in the message as base64, which registries refuse.
        inline: bool,
    },
    /// ITI-43.
    Retrieve(RetrieveDocumentSetRequest),
    /// ITI-57; what looks alike and has not the action of ITI-42.
    Update(SubmitObjectsRequest),
    /// ITI-42, as its action says.
    Register(SubmitObjectsRequest),
}

impl IncomingRequest {
    /// Which transaction.
    #[must_use]
    pub fn transaction(&self) -> Transaction {
        match self {
            Self::Query(request) => Transaction::of_query(&request.id),
            Self::Submit { .. } => Transaction::Submit,
            Self::Retrieve(_) => Transaction::Retrieve,
            Self::Update(_) => Transaction::Update,
            Self::Register(_) => Transaction::Register,
        }
    }
}

impl fmt::Debug for IncomingRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.transaction().name())
    }
}

impl Incoming {
    /// Reads a request: header `Content-Type` and body of a POST. Which transaction it is, its body says, and for ITI-42 its action, too;
    /// whether the action fits is for the caller to say.
    ///
    /// # Errors
    /// As [`AnswerError`], with the status 400: no envelope, no request of one of the six transactions.
    pub fn read(content_type: &str, body: &[u8]) -> Result<Self, AnswerError> {
        let mut opened = Opened::read(400, content_type, body)?;
        let mut parts = PartsById::of(std::mem::take(&mut opened.message.parts));
        let node = opened.body()?;
        let (request, warnings, unlisted) = match (node.namespace(), node.local_name()) {
            (QUERY, _) => {
                let read = AdhocQueryRequest::read(node)?;
                (
                    IncomingRequest::Query(read.value),
                    read.warnings,
                    read.unlisted,
                )
            }
            (LCM, _) => {
                let read = SubmitObjectsRequest::read(node)?;
                let action = opened.envelope.addressing().action.as_deref();
                let request = match action == Some(Transaction::Register.action()) {
                    true => IncomingRequest::Register(read.value),
                    false => IncomingRequest::Update(read.value),
                };
                (request, read.warnings, read.unlisted)
            }
            (XDS, "RetrieveDocumentSetRequest") => {
                let read = RetrieveDocumentSetRequest::read(node)?;
                (
                    IncomingRequest::Retrieve(read.value),
                    read.warnings,
                    read.unlisted,
                )
            }
            (XDS, _) => {
                let read = ProvideAndRegisterRequest::read(node)?;
                let documents = read.value.documents;
                let is_inline = |content: &Content| matches!(content, Content::Inline(_));
                let inline = documents.iter().any(|one| is_inline(&one.content));
                let files = documents
                    .into_iter()
                    .map(|one| (one.id, parts.content(one.content)));
                let request = IncomingRequest::Submit {
                    metadata: read.value.submit,
                    files: files.collect(),
                    inline,
                };
                (request, read.warnings, read.unlisted)
            }
            (_, name) => {
                let root = ReadError::Root {
                    expected: "a request of ITI-18, ITI-41, ITI-42, ITI-43 or ITI-57",
                    namespace: XDS,
                    got: name.chars().take(60).collect(),
                };
                return Err(root.into());
            }
        };
        let addressing = opened.envelope.addressing();
        Ok(Self {
            action: addressing.action.clone(),
            message_id: addressing.message_id.clone(),
            soap_1_2: opened.envelope.version() == SoapVersion::V1_2,
            has_security: opened
                .envelope
                .headers()
                .any(|block| block.node.local_name() == "Security"),
            request,
            warnings,
            unlisted,
        })
    }
}
