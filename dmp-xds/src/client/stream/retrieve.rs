//! ITI-43, document by document, piece by piece.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::io::Cursor;
use std::time::SystemTime;

use segur_soap::http::{HttpError, StreamAnswer, StreamMessage, Transport};
use segur_soap::mtom::{Event, MediaType, MtomError, PartHead, ReadLimits, Reader};

use crate::Content;
use crate::client::{ClientError, DmpClient, Exchange};
use crate::hash::{Measure, Measured};
use crate::metadata::DocumentEntry;
use crate::reading::Warning;
use crate::response::RegistryResponse;
use crate::retrieve::{ContentFault, DocumentRequest, FailedDocument, RetrieveDocumentSetRequest};
use crate::transaction::{Answer, AnswerError, MessageError, Transaction, WireWarning, request};

/// Largest envelope, and largest parts in front of it.
const LARGEST_ROOT: usize = 64 << 20;

/// A document asked for, with what the registry says of its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ExpectedDocument {
    /// Which document.
    pub request: DocumentRequest,
    /// Its SHA-1 in hexadecimal digits; not checked when it is not known.
    pub hash: Option<String>,
    /// Its length in bytes; not checked when it is not known.
    pub size: Option<u64>,
}

impl ExpectedDocument {
    /// The document of an entry that a query found; nothing when the entry does not tell its repository.
    #[must_use]
    pub fn of(entry: &DocumentEntry) -> Option<Self> {
        Some(Self {
            request: DocumentRequest::of(entry)?,
            hash: entry.hash.clone(),
            size: entry.size,
        })
    }
}

impl From<DocumentRequest> for ExpectedDocument {
    /// Nothing is known of its bytes.
    fn from(request: DocumentRequest) -> Self {
        Self {
            request,
            ..Self::default()
        }
    }
}

/// What the service says of a document whose bytes come next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ComingDocument {
    /// OID of the repository.
    pub repository_unique_id: String,
    /// uniqueId of the document.
    pub document_unique_id: String,
    /// Media type, as the service tells it.
    pub mime_type: Option<String>,
}

impl<T: Transport> DmpClient<T> {
    /// ITI-43 (TD3.2) as [`retrieve`](Self::retrieve), with documents that are given while they come. The answer's envelope was read when
    /// this returns; the documents follow.
    ///
    /// ```no_run
    /// # use segur_dmp_xds::client::*; use segur_dmp_xds::DocumentEntry; use std::io::Write;
    /// # async fn fetch(client: &DmpClient<segur_soap::http::HttpClient>, entries: &[DocumentEntry]) -> Result<(), Box<dyn std::error::Error>> {
    /// let wanted = entries.iter().filter_map(ExpectedDocument::of).collect();
    /// let mut retrieval = client.retrieve_streaming(wanted).await?;
    /// while let Some(document) = retrieval.next_document().await? {
    ///     let mut file = std::fs::File::create("incoming.part")?;
    ///     while let Some(piece) = retrieval.next_piece().await? {
    ///         file.write_all(&piece)?;
    ///     } // none: the document is whole, hash and size are right
    ///     std::fs::rename("incoming.part", format!("{}.xml", document.document_unique_id))?;
    /// }
    /// // Those that did not come: the service says why, or the answer could not be read.
    /// assert!(retrieval.missing().is_empty(), "{:?} {:?}", retrieval.response().errors, retrieval.failed());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`retrieve`](Self::retrieve).
    pub async fn retrieve_streaming(
        &self,
        documents: Vec<ExpectedDocument>,
    ) -> Result<Retrieval, ClientError> {
        let requests = documents.iter().map(|one| one.request.clone()).collect();
        let request = RetrieveDocumentSetRequest::new(requests).map_err(MessageError::from)?;
        let call = self.call(Transaction::Retrieve).await?;
        let message = request::retrieve(&call.head, &request)?;
        let message = StreamMessage {
            content_type: message.content_type,
            soap_action: message.soap_action,
            length: message.body.len() as u64,
            body: Box::new(Cursor::new(message.body)),
            progress: None,
        };
        let url = self.url(Transaction::Retrieve);
        let mut parts = Parts::new(self.transport().post_stream(url, message).await?)?;
        let (early, root) = parts.root().await?;
        let (status, readable) = (parts.answer.status, parts.readable_type);
        let answer = call.related(Answer::retrieve_root(&call.head, status, readable, root))?;
        let exchange = call.answered(answer, |answer| &answer.response)?;
        Ok(Retrieval::new(exchange, documents, parts, early))
    }
}

/// An answer of ITI-43 whose documents come one after the other: [`next_document`](Self::next_document), then
/// [`next_piece`](Self::next_piece) to its end. Dropping it gives the rest up. `Debug` hides the bytes.
pub struct Retrieval {
    message_id: String,
    at: SystemTime,
    response: RegistryResponse,
    warnings: Vec<Warning>,
    unlisted: usize,
    wire: Vec<WireWarning>,
    parts: Parts,
    expected: HashMap<String, ExpectedDocument>,
    /// uniqueIds asked for that did not come whole yet.
    missing: Vec<String>,
    failed: Vec<FailedDocument>,
    /// Documents that are in memory: those within the envelope, and those whose parts came before it.
    held: VecDeque<(ComingDocument, Vec<u8>)>,
    /// Content-IDs of the parts to come.
    coming: HashMap<String, ComingDocument>,
    current: Option<Current>,
    state: State,
}

struct Current {
    document: ComingDocument,
    measure: Measure,
    /// Bytes that are in memory.
    held: Option<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Coming,
    Ended,
    Failed,
}

impl Retrieval {
    fn new(
        exchange: Exchange<crate::retrieve::RetrieveDocumentSetResponse>,
        documents: Vec<ExpectedDocument>,
        parts: Parts,
        early: Vec<(PartHead, Vec<u8>)>,
    ) -> Self {
        let unique_id = |one: &ExpectedDocument| one.request.document_unique_id.clone();
        let mut retrieval = Self {
            message_id: exchange.message_id,
            at: exchange.at,
            response: exchange.answer.response,
            warnings: exchange.warnings,
            unlisted: exchange.unlisted,
            wire: exchange.wire,
            parts,
            missing: documents.iter().map(unique_id).collect(),
            expected: documents
                .into_iter()
                .map(|one| (unique_id(&one), one))
                .collect(),
            failed: exchange.answer.failed,
            held: VecDeque::new(),
            coming: HashMap::new(),
            current: None,
            state: State::Coming,
        };
        for one in exchange.answer.documents {
            let document = ComingDocument {
                repository_unique_id: one.repository_unique_id,
                document_unique_id: one.document_unique_id,
                mime_type: one.mime_type,
            };
            match one.content {
                Content::Inline(bytes) => retrieval.held.push_back((document, bytes)),
                Content::Part(id) => match retrieval.coming.entry(id) {
                    Entry::Vacant(place) => {
                        place.insert(document);
                    }
                    Entry::Occupied(_) => retrieval.failed.push(without_part(document)),
                },
            }
        }
        for (head, bytes) in early {
            if let Some(document) = retrieval.document_of(&head) {
                retrieval.held.push_back((document, bytes));
            }
        }
        retrieval
    }

    /// `wsa:MessageID` of the request.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.message_id
    }

    /// When it was asked.
    #[must_use]
    pub const fn at(&self) -> SystemTime {
        self.at
    }

    /// Whether all is given; its errors tell of the documents that are not.
    #[must_use]
    pub const fn response(&self) -> &RegistryResponse {
        &self.response
    }

    /// What was tolerated in the answer.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// How many more were tolerated: [`warnings`](Self::warnings) lists 1,000 at most.
    #[must_use]
    pub const fn unlisted(&self) -> usize {
        self.unlisted
    }

    /// What was tolerated around it.
    #[must_use]
    pub fn wire(&self) -> &[WireWarning] {
        &self.wire
    }

    /// uniqueIds asked for that did not come whole, so far.
    #[must_use]
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// Documents that the answer names and whose bytes cannot be had; those whose part is not in the message are told at the end.
    #[must_use]
    pub fn failed(&self) -> &[FailedDocument] {
        &self.failed
    }

    /// The next document; none at the end. What is left of the one before is read over, and still checked.
    ///
    /// # Errors
    /// The connection broke or stalled; the message is malformed or cut short; the document before is not the one registered.
    pub async fn next_document(&mut self) -> Result<Option<ComingDocument>, ClientError> {
        while self.next_piece().await?.is_some() {}
        if let Some((document, bytes)) = self.held.pop_front() {
            return Ok(Some(self.begin(document, Some(bytes))));
        }
        loop {
            match self.event().await? {
                Owned::Part(head) => {
                    if let Some(document) = self.document_of(&head) {
                        return Ok(Some(self.begin(document, None)));
                    }
                }
                Owned::Data(_) | Owned::PartEnd => {}
                Owned::End => {
                    let mut lost: Vec<FailedDocument> = std::mem::take(&mut self.coming)
                        .into_values()
                        .map(without_part)
                        .collect();
                    lost.sort_by(|a, b| a.document_unique_id.cmp(&b.document_unique_id));
                    self.failed.append(&mut lost);
                    return Ok(None);
                }
            }
        }
    }

    /// The next piece of the document, never empty; none at its end: then it is whole, and hash and size are those expected.
    ///
    /// # Errors
    /// The connection broke or stalled; the message is malformed or cut short; the document is not the one registered.
    pub async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, ClientError> {
        let Some(current) = &mut self.current else {
            return Ok(None);
        };
        let piece = match &mut current.held {
            Some(bytes) => Some(std::mem::take(bytes)).filter(|bytes| !bytes.is_empty()),
            None => match self.event().await? {
                Owned::Data(bytes) => Some(bytes),
                _ => None,
            },
        };
        match piece {
            Some(piece) => {
                self.measured(&piece)?;
                Ok(Some(piece))
            }
            None => {
                self.check_whole()?;
                Ok(None)
            }
        }
    }

    fn begin(&mut self, document: ComingDocument, held: Option<Vec<u8>>) -> ComingDocument {
        self.current = Some(Current {
            document: document.clone(),
            measure: Measure::default(),
            held,
        });
        document
    }

    /// Each part is given out once.
    fn document_of(&mut self, head: &PartHead) -> Option<ComingDocument> {
        self.coming.remove(head.content_id.as_deref()?)
    }

    async fn event(&mut self) -> Result<Owned, ClientError> {
        match self.state {
            State::Coming => {}
            State::Ended => return Ok(Owned::End),
            State::Failed => {
                let cause = "it broke at an earlier piece".to_owned();
                return Err(HttpError::Interrupted { cause }.into());
            }
        }
        let event = self.parts.next().await;
        match &event {
            Ok(Owned::End) => self.state = State::Ended,
            Ok(_) => {}
            Err(_) => {
                self.state = State::Failed;
                self.current = None;
            }
        }
        event
    }

    /// Counts a piece; a document that grows past its size ends at once.
    fn measured(&mut self, piece: &[u8]) -> Result<(), ClientError> {
        let Some(current) = &mut self.current else {
            return Ok(());
        };
        current.measure.update(piece);
        let unique_id = &current.document.document_unique_id;
        let size = self.expected.get(unique_id).and_then(|one| one.size);
        if size.is_some_and(|size| current.measure.size() > size) {
            let error = other_size(unique_id);
            self.current = None;
            return Err(error);
        }
        Ok(())
    }

    fn check_whole(&mut self) -> Result<(), ClientError> {
        let Some(current) = self.current.take() else {
            return Ok(());
        };
        let measured: Measured = current.measure.finish();
        let unique_id = current.document.document_unique_id;
        if let Some(expected) = self.expected.get(&unique_id) {
            if !measured.is(None, expected.size) {
                return Err(other_size(&unique_id));
            }
            if !measured.is(expected.hash.as_deref(), None) {
                return Err(ClientError::Content {
                    unique_id,
                    cause: "its hash differs",
                });
            }
        }
        if let Some(at) = self.missing.iter().position(|one| *one == unique_id) {
            self.missing.remove(at);
        }
        Ok(())
    }
}

fn without_part(document: ComingDocument) -> FailedDocument {
    FailedDocument {
        document_unique_id: document.document_unique_id,
        cause: ContentFault::NoPart,
    }
}

fn other_size(unique_id: &str) -> ClientError {
    ClientError::Content {
        unique_id: unique_id.to_owned(),
        cause: "its size differs",
    }
}

impl std::fmt::Debug for Retrieval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Retrieval")
            .field("message_id", &self.message_id)
            .field("missing", &self.missing.len())
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// What [`Event`] tells, for those who wait in between.
enum Owned {
    Part(PartHead),
    Data(Vec<u8>),
    PartEnd,
    End,
}

/// The parts of an answer, as they come.
struct Parts {
    answer: StreamAnswer,
    reader: Reader,
    readable_type: bool,
}

impl Parts {
    fn new(answer: StreamAnswer) -> Result<Self, ClientError> {
        let media = MediaType::parse(&answer.content_type);
        let readable_type = media.is_ok();
        // An envelope all the same, it may be.
        let media = match media {
            Ok(media) => media,
            Err(_) => MediaType::parse("application/soap+xml").map_err(MessageError::from)?,
        };
        let status = answer.status;
        let reader = Reader::new(&media, ReadLimits::default())
            .map_err(|source| AnswerError::Parts { status, source })?;
        Ok(Self {
            answer,
            reader,
            readable_type,
        })
    }

    async fn next(&mut self) -> Result<Owned, ClientError> {
        let status = self.answer.status;
        loop {
            let event = self.reader.next_event();
            match event.map_err(|source| AnswerError::Parts { status, source })? {
                Event::Part(head) => return Ok(Owned::Part(head)),
                Event::Data(bytes) => return Ok(Owned::Data(bytes.to_vec())),
                Event::PartEnd => return Ok(Owned::PartEnd),
                Event::End => return Ok(Owned::End),
                Event::NeedMore => {}
            }
            match self.answer.next_piece().await? {
                Some(piece) => self.reader.push(&piece),
                None => self.reader.finish(),
            }
        }
    }

    /// The root, and the parts that came before it.
    async fn root(&mut self) -> Result<(Vec<(PartHead, Vec<u8>)>, Vec<u8>), ClientError> {
        let mut early: Vec<(PartHead, Vec<u8>)> = Vec::new();
        let mut left = LARGEST_ROOT;
        loop {
            match self.next().await? {
                Owned::Part(head) => early.push((head, Vec::new())),
                Owned::Data(bytes) => {
                    left = left.checked_sub(bytes.len()).ok_or(AnswerError::Parts {
                        status: self.answer.status,
                        source: MtomError::Limit {
                            what: "the size of the envelope and of what comes before it",
                            limit: LARGEST_ROOT as u64,
                        },
                    })?;
                    if let Some((_, part)) = early.last_mut() {
                        part.extend_from_slice(&bytes);
                    }
                }
                Owned::PartEnd => {
                    if let Some((head, bytes)) = early.pop() {
                        if head.is_root {
                            return Ok((early, bytes));
                        }
                        early.push((head, bytes));
                    }
                }
                // The reader refuses a multipart without root.
                Owned::End => return Ok((early, Vec::new())),
            }
        }
    }
}
