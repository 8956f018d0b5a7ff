//! The blocking face, for software without an async runtime.

use std::future::Future;
use std::io;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use super::{HttpAnswer, HttpError, Transport};
use crate::envelope::HttpMessage;

/// Calls that wait for their answer. May be shared between threads. Not to be used inside an async runtime, where waiting panics. It may
/// be dropped anywhere, and waits then for nothing: not for a body that is being read either.
#[derive(Debug)]
pub struct Blocking<T> {
    transport: T,
    worker: Arc<Worker>,
}

/// The thread that does the work; the runtime is there until it is dropped.
#[derive(Debug)]
struct Worker(Option<Runtime>);

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Gives calls up from another thread. Clones are the same token; once cancelled it stays so.
#[derive(Clone, Debug)]
pub struct CancelToken {
    cancelled: Arc<watch::Sender<bool>>,
}

impl Default for CancelToken {
    fn default() -> Self {
        Self::new()
    }
}

impl CancelToken {
    /// A token that is not cancelled.
    #[must_use]
    pub fn new() -> Self {
        Self {
            cancelled: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Gives up every call that was made with the token.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        *self.cancelled.borrow()
    }

    async fn wait(&self) {
        let mut changes = self.cancelled.subscribe();
        // The sender lives as long as this token: an error cannot come.
        let _ = changes.wait_for(|cancelled| *cancelled).await;
    }
}

impl<T> Blocking<T> {
    /// Wraps an async client; one thread of its own does the work.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(transport: T) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .thread_name("segur-http")
            .build()?;
        let worker = Arc::new(Worker(Some(runtime)));
        Ok(Self { transport, worker })
    }

    /// Another async client on the same thread.
    pub fn with<U>(&self, transport: U) -> Blocking<U> {
        Blocking {
            transport,
            worker: Arc::clone(&self.worker),
        }
    }

    /// The async client.
    pub fn inner(&self) -> &T {
        &self.transport
    }

    /// Waits for a future that uses the client; cancelled, its result is none.
    pub fn wait<F: Future>(&self, cancel: Option<&CancelToken>, future: F) -> Option<F::Output> {
        self.worker.0.as_ref()?.block_on(async {
            match cancel {
                None => Some(future.await),
                Some(cancel) => tokio::select! {
                    biased;
                    () = cancel.wait() => None,
                    output = future => Some(output),
                },
            }
        })
    }
}

impl<T: Transport> Blocking<T> {
    /// Sends a message with a POST and waits.
    ///
    /// # Errors
    /// As [`Transport::post`].
    pub fn post(&self, url: &str, message: &HttpMessage) -> Result<HttpAnswer, HttpError> {
        let answer = self.wait(None, self.transport.post(url, message));
        answer.unwrap_or(Err(HttpError::Cancelled))
    }

    /// Sends a message with a POST and waits, until the token is cancelled.
    ///
    /// # Errors
    /// As [`Transport::post`]; [`HttpError::Cancelled`].
    pub fn post_until(
        &self,
        cancel: &CancelToken,
        url: &str,
        message: &HttpMessage,
    ) -> Result<HttpAnswer, HttpError> {
        let answer = self.wait(Some(cancel), self.transport.post(url, message));
        answer.unwrap_or(Err(HttpError::Cancelled))
    }
}
