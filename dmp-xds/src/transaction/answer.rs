//! Answers, written: for test servers.

use segur_soap::envelope::{
    Addressing, Envelope, Fault, HttpMessage, RelatesTo, SoapVersion, WSA_ANONYMOUS,
};
use segur_soap::mtom::Writer;

use super::request::{Part, multipart};
use super::{MessageError, RetrievedFile, RetrievedFiles, Transaction};
use crate::Content;
use crate::response::{AdhocQueryResponse, RegistryResponse};
use crate::retrieve::{RetrieveDocumentSetResponse, RetrievedDocument};

/// What stands before the body of an answer, and how it is spelled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct AnswerHead {
    /// `wsa:MessageID` of the answer.
    pub message_id: String,
    /// `wsa:MessageID` of the request.
    pub relates_to: Option<String>,
    /// Writes `-Response` behind the action, as the DMP does for ITI-57.
    pub hyphenated_action: bool,
    /// Boundary of the parts, where there are parts; 128 random bits.
    pub boundary: String,
}

/// How files stand in an answer of ITI-43.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FilePlace {
    /// Beside the envelope, as parts.
    #[default]
    Parts,
    /// The same, with Content-IDs of which characters are percent-encoded in the reference, as the DMP has them
    /// (`…-2@urn%3Aihe%3Aiti%3Axds-b%3A2007`).
    PartsPercentEncoded,
    /// In the envelope, as base64.
    Inline,
}

impl AnswerHead {
    pub(crate) fn around(
        &self,
        action: Option<String>,
        body: String,
    ) -> Result<HttpMessage, MessageError> {
        let envelope = Envelope {
            addressing: Addressing {
                action,
                message_id: Some(self.message_id.clone()),
                to: Some(WSA_ANONYMOUS.to_owned()),
                relates_to: self.relates_to.iter().map(RelatesTo::reply).collect(),
                ..Addressing::default()
            },
            ..Envelope::new(SoapVersion::V1_2, body)
        };
        Ok(envelope.write()?)
    }

    fn action(&self, transaction: Transaction) -> Option<String> {
        Some(match self.hyphenated_action {
            true => transaction.hyphenated_answer_action(),
            false => transaction.answer_action(),
        })
    }
}

/// The answer of ITI-18 or ITI-51.
///
/// # Errors
/// A text holds a character that XML cannot carry.
pub fn query(
    head: &AnswerHead,
    transaction: Transaction,
    answer: &AdhocQueryResponse,
) -> Result<HttpMessage, MessageError> {
    head.around(head.action(transaction), answer.to_xml()?)
}

/// The answer of ITI-41, ITI-42 or ITI-57.
///
/// # Errors
/// A text holds a character that XML cannot carry.
pub fn registry(
    head: &AnswerHead,
    transaction: Transaction,
    answer: &RegistryResponse,
) -> Result<HttpMessage, MessageError> {
    head.around(head.action(transaction), answer.to_xml()?)
}

/// The answer of ITI-43.
///
/// # Errors
/// The boundary stands in a file or is none; a text holds a character that XML or a header line cannot carry.
pub fn files(
    head: &AnswerHead,
    answer: &RetrievedFiles,
    place: FilePlace,
) -> Result<HttpMessage, MessageError> {
    let content_id = |at: usize| match place {
        FilePlace::PartsPercentEncoded => {
            format!("{}-{}@urn:ihe:iti:xds-b:2007", head.boundary, at + 1)
        }
        _ => format!("document{}.{}@segur", at + 1, head.boundary),
    };
    let document = |(at, file): (usize, &RetrievedFile)| RetrievedDocument {
        home_community_id: None,
        repository_unique_id: file.repository_unique_id.clone(),
        document_unique_id: file.document_unique_id.clone(),
        new_repository_unique_id: None,
        new_document_unique_id: None,
        mime_type: file.mime_type.clone(),
        content: match place {
            FilePlace::Inline => Content::Inline(file.bytes.clone()),
            _ => Content::Part(content_id(at)),
        },
    };
    let body = RetrieveDocumentSetResponse {
        response: answer.response.clone(),
        documents: answer.files.iter().enumerate().map(document).collect(),
        failed: Vec::new(),
    };
    let plain = head.around(head.action(Transaction::Retrieve), body.to_xml()?)?;
    if place == FilePlace::Inline {
        return Ok(plain);
    }
    let writer = Writer::new(&head.boundary, &Transaction::Retrieve.answer_action())?;
    let parts = answer.files.iter().enumerate().map(|(at, file)| Part {
        content_id: content_id(at),
        media_type: file
            .mime_type
            .clone()
            .unwrap_or_else(|| "application/octet-stream".to_owned()),
        bytes: &file.bytes,
    });
    let parts: Vec<_> = parts.collect();
    multipart(&writer, &head.boundary, &plain.body, &parts)
}

/// A fault; as the root of a multipart when `in_parts`, as the DMP also sends them. It goes with the HTTP status 500.
///
/// # Errors
/// As [`Fault::to_markup`].
pub fn fault(
    head: &AnswerHead,
    fault: &Fault,
    in_parts: bool,
) -> Result<HttpMessage, MessageError> {
    let plain = head.around(None, fault.to_markup()?)?;
    if !in_parts {
        return Ok(plain);
    }
    let writer = Writer::new(&head.boundary, "")?;
    multipart(&writer, &head.boundary, &plain.body, &[])
}

impl RetrievedFiles {
    /// For test servers: these files, and the errors of those that are missing. The status follows: success, partial success or failure.
    #[must_use]
    pub fn of(files: Vec<RetrievedFile>, errors: Vec<crate::response::RegistryError>) -> Self {
        use crate::response::ResponseStatus;
        let status = match (files.is_empty(), errors.is_empty()) {
            (_, true) => ResponseStatus::Success,
            (false, false) => ResponseStatus::PartialSuccess,
            (true, false) => ResponseStatus::Failure,
        };
        Self {
            response: RegistryResponse { status, errors },
            files,
            failed: Vec::new(),
        }
    }
}

impl RetrievedFile {
    /// For test servers: a file of a repository.
    pub fn new(
        repository_unique_id: impl Into<String>,
        document_unique_id: impl Into<String>,
        mime_type: Option<String>,
        bytes: Vec<u8>,
    ) -> Self {
        Self {
            repository_unique_id: repository_unique_id.into(),
            document_unique_id: document_unique_id.into(),
            mime_type,
            bytes,
        }
    }
}
