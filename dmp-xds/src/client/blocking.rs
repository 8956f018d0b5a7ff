//! The blocking face.

use std::io;
use std::sync::Arc;

use segur_soap::http::{Blocking, CancelToken, HttpError, Transport};

use super::{ClientError, DmpClient, Exchange, SecuritySource};
use crate::SubmitObjectsRequest;
use crate::metadata::Submission;
use crate::query::{ReturnType, StoredQuery};
use crate::response::{AdhocQueryResponse, RegistryResponse};
use crate::retrieve::DocumentRequest;
use crate::transaction::{FileToSend, RetrievedFiles};

/// [`DmpClient`] for software without an async runtime. May be shared between threads. A call that is cancelled ends with
/// [`HttpError::Cancelled`]; the service may have carried it out all the same.
#[derive(Debug)]
pub struct BlockingDmpClient<T> {
    inner: Blocking<DmpClient<T>>,
}

impl<T: Transport> BlockingDmpClient<T> {
    /// Wraps a client; one thread of its own does the work.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(client: DmpClient<T>) -> io::Result<Self> {
        Ok(Self {
            inner: Blocking::new(client)?,
        })
    }

    /// As [`DmpClient::with_security`]; the thread is shared, too.
    pub fn with_security(&self, security: Arc<dyn SecuritySource>) -> Self
    where
        T: Clone,
    {
        Self {
            inner: self.inner.with(self.inner().with_security(security)),
        }
    }

    /// The async client.
    pub fn inner(&self) -> &DmpClient<T> {
        self.inner.inner()
    }

    /// As [`DmpClient::query`], until the token is cancelled.
    ///
    /// # Errors
    /// As [`DmpClient::query`]; [`HttpError::Cancelled`].
    pub fn query(
        &self,
        query: &StoredQuery,
        return_type: ReturnType,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<AdhocQueryResponse>, ClientError> {
        self.wait(cancel, self.inner().query(query, return_type))
    }

    /// As [`DmpClient::submit`], until the token is cancelled.
    ///
    /// # Errors
    /// As [`DmpClient::submit`]; [`HttpError::Cancelled`].
    pub fn submit(
        &self,
        submission: &Submission,
        files: &[FileToSend<'_>],
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        self.wait(cancel, self.inner().submit(submission, files))
    }

    /// As [`DmpClient::retrieve`], until the token is cancelled.
    ///
    /// # Errors
    /// As [`DmpClient::retrieve`]; [`HttpError::Cancelled`].
    pub fn retrieve(
        &self,
        documents: Vec<DocumentRequest>,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<RetrievedFiles>, ClientError> {
        self.wait(cancel, self.inner().retrieve(documents))
    }

    /// As [`DmpClient::update`], until the token is cancelled.
    ///
    /// # Errors
    /// As [`DmpClient::update`]; [`HttpError::Cancelled`].
    pub fn update(
        &self,
        update: &SubmitObjectsRequest,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        self.wait(cancel, self.inner().update(update))
    }

    /// As [`DmpClient::register`], until the token is cancelled.
    ///
    /// # Errors
    /// As [`DmpClient::register`]; [`HttpError::Cancelled`].
    pub fn register(
        &self,
        submission: &Submission,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        self.wait(cancel, self.inner().register(submission))
    }

    pub(super) fn wait<A>(
        &self,
        cancel: Option<&CancelToken>,
        call: impl Future<Output = Result<A, ClientError>>,
    ) -> Result<A, ClientError> {
        let done = self.inner.wait(cancel, call);
        done.unwrap_or(Err(HttpError::Cancelled.into()))
    }
}
