//! Bodies that are not held in memory.

use std::fmt;
use std::io::Read;
use std::sync::Arc;

use super::{BoxFuture, HttpAnswer, HttpError};

/// Told after each piece of a body that was sent: bytes sent so far, bytes in all.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// A message whose body is read while it is sent. `Debug` hides the body.
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct StreamMessage {
    /// The header `Content-Type`.
    pub content_type: String,
    /// The header `SOAPAction`, of SOAP 1.1 only.
    pub soap_action: Option<String>,
    /// Length of the body in bytes (`Content-Length`), at least 1. A body that turns out longer, shorter or unreadable breaks the connection off
    /// before its last byte: the service never sees a message that looks whole.
    pub length: u64,
    /// The body. It is read by a thread of its own, in pieces of 64 KiB.
    pub body: Box<dyn Read + Send>,
    /// Told how far it is.
    pub progress: Option<Progress>,
}

impl fmt::Debug for StreamMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamMessage")
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// The pieces of an answer, as they come.
pub trait Pieces: Send {
    /// The next piece, never empty; none at the end.
    fn next_piece(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, HttpError>>;
}

/// An answer whose body comes in pieces. Dropping it gives the rest up. `Debug` hides the body.
#[allow(
    clippy::exhaustive_structs,
    reason = "plain data: other transports build it"
)]
pub struct StreamAnswer {
    /// The status.
    pub status: u16,
    /// The header `Content-Type`; empty when there is none.
    pub content_type: String,
    /// The body.
    pub body: Box<dyn Pieces>,
}

impl StreamAnswer {
    /// The next piece of the body, never empty; none at the end.
    ///
    /// # Errors
    /// The connection broke or stalled before the body was whole.
    pub async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, HttpError> {
        self.body.next_piece().await
    }
}

impl From<HttpAnswer> for StreamAnswer {
    fn from(answer: HttpAnswer) -> Self {
        Self {
            status: answer.status,
            content_type: answer.content_type,
            body: Box::new(Whole(Some(answer.body).filter(|body| !body.is_empty()))),
        }
    }
}

impl fmt::Debug for StreamAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamAnswer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// A body that was in memory already.
struct Whole(Option<Vec<u8>>);

impl Pieces for Whole {
    fn next_piece(&mut self) -> BoxFuture<'_, Result<Option<Vec<u8>>, HttpError>> {
        let piece = self.0.take();
        Box::pin(async move { Ok(piece) })
    }
}

/// Reads a body to its end: it must be as long as was told.
pub(super) fn in_memory(message: &mut StreamMessage) -> Result<Vec<u8>, HttpError> {
    let source = |cause: String| HttpError::Source { cause };
    let mut body = Vec::new();
    let mut bounded = (&mut message.body).take(message.length.saturating_add(1));
    bounded
        .read_to_end(&mut body)
        .map_err(|error| source(error.to_string()))?;
    if u64::try_from(body.len()) != Ok(message.length) {
        return Err(source(OTHER_LENGTH.to_owned()));
    }
    Ok(body)
}

/// What is told of a body of another length than told.
pub(super) const OTHER_LENGTH: &str = "it is not as long as was told";
