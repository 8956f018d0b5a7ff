//! What a client of a service asks of HTTP.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use super::HttpError;
use super::stream::{self, StreamAnswer, StreamMessage};
use crate::envelope::HttpMessage;

/// A future on the heap, so that [`Transport`] can be a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends messages. Dropping the future gives the call up.
pub trait Transport: Send + Sync {
    /// Sends a message with a POST. Any status is an answer. That it is the answer to this message, only its `wsa:RelatesTo` tells:
    /// see [`HttpOptions::keep_connections`](super::HttpOptions::keep_connections).
    fn post<'a>(
        &'a self,
        url: &'a str,
        message: &'a HttpMessage,
    ) -> BoxFuture<'a, Result<HttpAnswer, HttpError>>;

    /// Sends a message whose body is read while it is sent, and gives the answer while it comes. A transport that does not know how holds
    /// both in memory and uses [`post`](Self::post): that is what is provided.
    fn post_stream<'a>(
        &'a self,
        url: &'a str,
        mut message: StreamMessage,
    ) -> BoxFuture<'a, Result<StreamAnswer, HttpError>> {
        Box::pin(async move {
            let body = stream::in_memory(&mut message)?;
            let message = HttpMessage {
                content_type: message.content_type,
                soap_action: message.soap_action,
                body,
            };
            Ok(self.post(url, &message).await?.into())
        })
    }
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn post<'a>(
        &'a self,
        url: &'a str,
        message: &'a HttpMessage,
    ) -> BoxFuture<'a, Result<HttpAnswer, HttpError>> {
        (**self).post(url, message)
    }

    fn post_stream<'a>(
        &'a self,
        url: &'a str,
        message: StreamMessage,
    ) -> BoxFuture<'a, Result<StreamAnswer, HttpError>> {
        (**self).post_stream(url, message)
    }
}

/// What came back. `Debug` hides the body.
#[derive(Clone, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_structs,
    reason = "plain data: other transports build it"
)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// The header `Content-Type`; empty when there is none.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

impl fmt::Debug for HttpAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpAnswer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
