//! The blocking face.

use std::io;

use segur_core::Traits;
use segur_soap::http::{Blocking, CancelToken, HttpError, Transport};

use super::{ClientError, Exchange, Found, InsiClient};
use crate::insi::Query;

/// [`InsiClient`] for software without an async runtime. May be shared between threads.
#[derive(Debug)]
pub struct BlockingInsiClient<T> {
    inner: Blocking<InsiClient<T>>,
}

impl<T: Transport> BlockingInsiClient<T> {
    /// Wraps a client; one thread of its own does the work.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(client: InsiClient<T>) -> io::Result<Self> {
        Ok(Self {
            inner: Blocking::new(client)?,
        })
    }

    /// The async client.
    pub fn inner(&self) -> &InsiClient<T> {
        self.inner.inner()
    }

    /// As [`InsiClient::ask`], until the token is cancelled.
    ///
    /// # Errors
    /// As [`InsiClient::ask`]; [`HttpError::Cancelled`].
    pub fn ask(&self, query: Query, cancel: Option<&CancelToken>) -> Result<Exchange, ClientError> {
        let asked = self.inner.wait(cancel, self.inner().ask(query));
        asked.unwrap_or(Err(HttpError::Cancelled.into()))
    }

    /// As [`InsiClient::search`], until the token is cancelled.
    ///
    /// # Errors
    /// As [`InsiClient::ask`]; [`HttpError::Cancelled`].
    pub fn search(
        &self,
        traits: &Traits,
        cancel: Option<&CancelToken>,
    ) -> Result<Found, ClientError> {
        let found = self.inner.wait(cancel, self.inner().search(traits));
        found.unwrap_or(Err(HttpError::Cancelled.into()))
    }
}
