//! What comes back, read.

use std::collections::HashMap;
use std::fmt;

use segur_soap::envelope::{ReadLimits, Received, SoapVersion};
use segur_soap::mtom::{self, MediaType, Message};
use segur_xml::Pieces;

use super::{AnswerError, Head, Transaction};
use crate::Content;
use crate::reading::{Reading, Warning};
use crate::response::{AdhocQueryResponse, RegistryResponse};
use crate::retrieve::{ContentFault, FailedDocument, RetrieveDocumentSetResponse};
use crate::vocabulary::RIM;

/// What came back, read. The answer may still be a refusal: see its [`RegistryResponse`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The answer.
    pub value: T,
    /// What was tolerated in it.
    pub warnings: Vec<Warning>,
    /// How many more were tolerated: `warnings` lists 1,000 at most.
    pub unlisted: usize,
    /// What was tolerated around it.
    pub wire: Vec<WireWarning>,
}

/// What is tolerated around an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WireWarning {
    /// `wsa:Action` is another than that of the answer expected.
    Action,
    /// `wsa:RelatesTo` names another message than ours. The client takes such an answer only where
    /// [`Caller::unrelated_answers`](crate::client::Caller::unrelated_answers) says so.
    OtherMessage,
    /// The envelope is of SOAP 1.1.
    SoapVersion,
    /// The media type is none that can be read.
    ContentType,
    /// The HTTP status says that it failed, the answer that it did not.
    Status,
}

/// What ITI-43 gave.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetrievedFiles {
    /// Whether all was given; its errors tell of the documents that are missing.
    pub response: RegistryResponse,
    /// The files, in their order.
    pub files: Vec<RetrievedFile>,
    /// Documents that the answer names and whose bytes cannot be had.
    pub failed: Vec<FailedDocument>,
}

/// A file with what the service says of it. `Debug` hides the bytes.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetrievedFile {
    /// OID of the repository.
    pub repository_unique_id: String,
    /// uniqueId of the document.
    pub document_unique_id: String,
    /// Media type, as the service tells it.
    pub mime_type: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl RetrievedFiles {
    /// The file of a document.
    #[must_use]
    pub fn file(&self, unique_id: &str) -> Option<&RetrievedFile> {
        let mut all = self.files.iter();
        all.find(|one| one.document_unique_id == unique_id)
    }
}

impl fmt::Debug for RetrievedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetrievedFile")
            .field("document_unique_id", &self.document_unique_id)
            .field("mime_type", &self.mime_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl Answer<AdhocQueryResponse> {
    /// The answer of ITI-18 or ITI-51; a large one is read in pieces, so that it takes little more memory than the objects that it holds.
    /// `head` is that of the request; then status, header `Content-Type` and body of what came back.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn query(
        head: &Head,
        transaction: Transaction,
        status: u16,
        content_type: &str,
        body: &[u8],
    ) -> Result<Self, AnswerError> {
        let (opened, pieces) = Opened::in_pieces(status, content_type, body)?;
        opened.answer(head, transaction, |opened| {
            let read = AdhocQueryResponse::read_with(opened.body()?, &pieces);
            read.map_err(AnswerError::Body)
        })
    }
}

impl Answer<RegistryResponse> {
    /// The answer of ITI-41, ITI-42 or ITI-57; as [`Answer::query`].
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn registry(
        head: &Head,
        transaction: Transaction,
        status: u16,
        content_type: &str,
        body: &[u8],
    ) -> Result<Self, AnswerError> {
        let opened = Opened::read(status, content_type, body)?;
        opened.answer(head, transaction, |opened| {
            RegistryResponse::read(opened.body()?).map_err(AnswerError::Body)
        })
    }
}

impl Answer<RetrievedFiles> {
    /// The answer of ITI-43; as [`Answer::query`].
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn files(
        head: &Head,
        status: u16,
        content_type: &str,
        body: &[u8],
    ) -> Result<Self, AnswerError> {
        let mut opened = Opened::read(status, content_type, body)?;
        let mut parts = PartsById::of(std::mem::take(&mut opened.message.parts));
        opened.answer(head, Transaction::Retrieve, |opened| {
            let read = RetrieveDocumentSetResponse::read(opened.body()?)?;
            Ok(read.map(|answer| with_parts(answer, &mut parts)))
        })
    }
}

impl Answer<RetrieveDocumentSetResponse> {
    /// The root part of the answer of ITI-43, whose other parts are still to come. `readable_type` says whether the media type was one.
    #[cfg(feature = "client")]
    pub(crate) fn retrieve_root(
        head: &Head,
        status: u16,
        readable_type: bool,
        root: Vec<u8>,
    ) -> Result<Self, AnswerError> {
        let message = Message {
            root,
            parts: Vec::new(),
        };
        let opened = Opened::open(status, message, readable_type)?;
        opened.answer(head, Transaction::Retrieve, |opened| {
            RetrieveDocumentSetResponse::read(opened.body()?).map_err(AnswerError::Body)
        })
    }
}

/// Puts the bytes of the parts where the answer points to them.
fn with_parts(answer: RetrieveDocumentSetResponse, parts: &mut PartsById) -> RetrievedFiles {
    let mut read = RetrievedFiles {
        response: answer.response,
        files: Vec::new(),
        failed: answer.failed,
    };
    for one in answer.documents {
        match parts.content(one.content) {
            Some(bytes) => read.files.push(RetrievedFile {
                repository_unique_id: one.repository_unique_id,
                document_unique_id: one.document_unique_id,
                mime_type: one.mime_type,
                bytes,
            }),
            None => read.failed.push(FailedDocument {
                document_unique_id: one.document_unique_id,
                cause: ContentFault::NoPart,
            }),
        }
    }
    read
}

/// A message whose envelope was read.
pub(crate) struct Opened {
    status: u16,
    pub(super) message: Message,
    pub(crate) envelope: Received,
    readable_type: bool,
}

impl Opened {
    pub(crate) fn read(status: u16, content_type: &str, body: &[u8]) -> Result<Self, AnswerError> {
        let media = MediaType::parse(content_type);
        let readable_type = media.is_ok();
        let message = match media {
            Ok(media) => Message::read(&media, body, mtom::ReadLimits::default())
                .map_err(|source| AnswerError::Parts { status, source })?,
            // An envelope all the same, it may be.
            Err(_) => Message {
                root: body.to_vec(),
                parts: Vec::new(),
            },
        };
        Self::open(status, message, readable_type)
    }

    /// The envelope of a query's answer, without the objects found: those come in pieces.
    fn in_pieces<'a>(
        status: u16,
        content_type: &str,
        body: &'a [u8],
    ) -> Result<(Self, Pieces<'a>), AnswerError> {
        const LIST: &str = "RegistryObjectList";
        const PATH: &str = "/Envelope/Body/AdhocQueryResponse/RegistryObjectList";
        let whole = || Ok((Self::read(status, content_type, body)?, Pieces::default()));
        let media = MediaType::parse(content_type);
        let readable_type = media.is_ok();
        if media.is_ok_and(|media| media.is_multipart()) {
            return whole();
        }
        let not_soap = |source| AnswerError::NotSoap { status, source };
        let limits = ReadLimits::default();
        let (document, pieces) =
            segur_xml::cut(body, RIM, LIST, &limits.xml).map_err(|error| not_soap(error.into()))?;
        let mut nodes = document.root_element().descendants();
        let cut = nodes.find(|node| node.is(RIM, LIST));
        if !pieces.is_empty() && cut.is_none_or(|list| list.path() != PATH) {
            return whole();
        }
        let opened = Self {
            status,
            message: Message {
                root: Vec::new(),
                parts: Vec::new(),
            },
            envelope: Received::of(document, &limits).map_err(not_soap)?,
            readable_type,
        };
        Ok((opened, pieces))
    }

    fn open(status: u16, message: Message, readable_type: bool) -> Result<Self, AnswerError> {
        let envelope = Received::read(&message.root)
            .map_err(|source| AnswerError::NotSoap { status, source })?;
        Ok(Self {
            status,
            message,
            envelope,
            readable_type,
        })
    }

    /// The element of the body.
    pub(crate) fn body(&self) -> Result<segur_xml::Node<'_>, AnswerError> {
        self.envelope.body().ok_or(AnswerError::Empty {
            status: self.status,
        })
    }

    pub(crate) fn answer<T>(
        self,
        head: &Head,
        transaction: Transaction,
        read: impl FnOnce(&Self) -> Result<Reading<T>, AnswerError>,
    ) -> Result<Answer<T>, AnswerError> {
        if let Some(fault) = self.envelope.fault() {
            let fault = Box::new(fault.clone());
            return Err(match self.is_of_another(head) {
                true => AnswerError::OtherMessage { fault: Some(fault) },
                false => AnswerError::Fault(fault),
            });
        }
        let read = read(&self)?;
        Ok(Answer {
            value: read.value,
            warnings: read.warnings,
            unlisted: read.unlisted,
            wire: self.tolerated(head, transaction),
        })
    }

    /// Whether the answer names messages, and not ours.
    fn is_of_another(&self, head: &Head) -> bool {
        let related = &self.envelope.addressing().relates_to;
        let ours = related.iter().any(|one| one.message_id == head.message_id);
        !related.is_empty() && !ours
    }

    fn tolerated(&self, head: &Head, transaction: Transaction) -> Vec<WireWarning> {
        let addressing = self.envelope.addressing();
        let action = transaction.answer_action();
        let other_action = addressing.action.as_ref().is_some_and(|own| *own != action);
        [
            (WireWarning::Action, other_action),
            (WireWarning::OtherMessage, self.is_of_another(head)),
            (
                WireWarning::SoapVersion,
                self.envelope.version() != SoapVersion::V1_2,
            ),
            (WireWarning::ContentType, !self.readable_type),
            (WireWarning::Status, !(200..300).contains(&self.status)),
        ]
        .into_iter()
        .filter_map(|(warning, holds)| holds.then_some(warning))
        .collect()
    }
}

/// The parts of a message by Content-ID; of several with one, the first.
pub(super) struct PartsById(HashMap<String, Vec<u8>>);

impl PartsById {
    pub(super) fn of(parts: Vec<mtom::Part>) -> Self {
        let mut by_id = HashMap::new();
        for part in parts {
            if let Some(id) = part.head.content_id {
                by_id.entry(id).or_insert(part.bytes);
            }
        }
        Self(by_id)
    }

    /// The bytes that a message points to. A part is given out once: a message that points to it a thousand times costs no more memory.
    pub(super) fn content(&mut self, content: Content) -> Option<Vec<u8>> {
        match content {
            Content::Inline(bytes) => Some(bytes),
            Content::Part(id) => self.0.remove(&id),
        }
    }
}
