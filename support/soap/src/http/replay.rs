//! Recorded exchanges, for tests without a network.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::{BoxFuture, HttpAnswer, HttpError, Transport};
use crate::envelope::HttpMessage;

/// One recorded exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Recorded {
    /// A text that the request must hold; empty for any request.
    pub request_holds: String,
    /// What comes back.
    pub answer: Result<HttpAnswer, HttpError>,
}

/// Gives recorded answers back: each once, in their order, to the first request that fits. What was sent is kept.
///
/// ```
/// use segur_soap::envelope::{Envelope, SoapVersion};
/// use segur_soap::http::{Blocking, HttpAnswer, Recorded, Replay};
///
/// let answer = HttpAnswer { status: 200, content_type: "application/soap+xml".into(), body: b"<x/>".to_vec() };
/// let replay = Replay::new([Recorded { request_holds: "Ask".into(), answer: Ok(answer) }]);
/// let client = Blocking::new(replay)?;
/// let message = Envelope::new(SoapVersion::V1_2, r#"<q:Ask xmlns:q="urn:example"/>"#).write()?;
/// assert_eq!(client.post("https://service.example/", &message)?.status, 200);
/// assert_eq!(client.inner().sent().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Replay {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Recorded>,
    sent: Vec<(String, HttpMessage)>,
}

impl Replay {
    /// A replay of these exchanges.
    pub fn new(exchanges: impl IntoIterator<Item = Recorded>) -> Self {
        let state = State {
            waiting: exchanges.into_iter().collect(),
            sent: Vec::new(),
        };
        Self {
            state: Mutex::new(state),
        }
    }

    /// What was sent, with its address, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<(String, HttpMessage)> {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .sent
            .clone()
    }

    fn answer(&self, url: &str, message: &HttpMessage) -> Result<HttpAnswer, HttpError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.sent.push((url.to_owned(), message.clone()));
        let body = String::from_utf8_lossy(&message.body);
        let fits = |recorded: &Recorded| body.contains(&recorded.request_holds);
        let at = state.waiting.iter().position(fits);
        match at.and_then(|at| state.waiting.remove(at)) {
            Some(recorded) => recorded.answer,
            None => Err(HttpError::NotRecorded),
        }
    }
}

impl Transport for Replay {
    fn post<'a>(
        &'a self,
        url: &'a str,
        message: &'a HttpMessage,
    ) -> BoxFuture<'a, Result<HttpAnswer, HttpError>> {
        let answer = self.answer(url, message);
        Box::pin(async move { answer })
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Replay(…)")
    }
}
