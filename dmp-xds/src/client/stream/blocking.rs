//! The blocking face of what streams.

use std::io::{self, Read};

use segur_soap::http::{CancelToken, Progress, Transport};

use super::{ComingDocument, ExpectedDocument, Retrieval, StreamedFile};
use crate::client::{BlockingDmpClient, ClientError, Exchange};
use crate::metadata::Submission;
use crate::response::RegistryResponse;

impl<T: Transport> BlockingDmpClient<T> {
    /// As [`DmpClient::submit_streaming`](crate::client::DmpClient::submit_streaming), until the token is cancelled.
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn submit_streaming(
        &self,
        submission: &Submission,
        files: &[StreamedFile<'_>],
        progress: Option<Progress>,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<RegistryResponse>, ClientError> {
        let call = self.inner().submit_streaming(submission, files, progress);
        self.wait(cancel, call)
    }

    /// As [`DmpClient::retrieve_streaming`](crate::client::DmpClient::retrieve_streaming), until the token is cancelled.
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn retrieve_streaming(
        &self,
        documents: Vec<ExpectedDocument>,
        cancel: Option<&CancelToken>,
    ) -> Result<BlockingRetrieval<'_, T>, ClientError> {
        let inner = self.wait(cancel, self.inner().retrieve_streaming(documents))?;
        Ok(BlockingRetrieval {
            client: self,
            inner,
            cancel: cancel.cloned(),
            piece: Vec::new(),
            read: 0,
        })
    }
}

/// [`Retrieval`] for software without an async runtime. [`Read`] gives the bytes of the document that
/// [`next_document`](Self::next_document) named; its end is the end of the document, checked.
#[derive(Debug)]
pub struct BlockingRetrieval<'a, T> {
    client: &'a BlockingDmpClient<T>,
    inner: Retrieval,
    cancel: Option<CancelToken>,
    piece: Vec<u8>,
    read: usize,
}

impl<T: Transport> BlockingRetrieval<'_, T> {
    /// What was told so far.
    #[must_use]
    pub const fn inner(&self) -> &Retrieval {
        &self.inner
    }

    /// As [`Retrieval::next_document`].
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn next_document(&mut self) -> Result<Option<ComingDocument>, ClientError> {
        self.piece.clear();
        self.read = 0;
        let cancel = self.cancel.as_ref();
        self.client.wait(cancel, self.inner.next_document())
    }
}

impl<T: Transport> Read for BlockingRetrieval<'_, T> {
    /// The error of the client is the inner error.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read >= self.piece.len() {
            let cancel = self.cancel.as_ref();
            let piece = self.client.wait(cancel, self.inner.next_piece());
            self.piece = piece.map_err(io::Error::other)?.unwrap_or_default();
            self.read = 0;
        }
        let left = self.piece.get(self.read..).unwrap_or_default();
        let length = left.len().min(buffer.len());
        let (to, from) = (buffer.get_mut(..length), left.get(..length));
        if let (Some(to), Some(from)) = (to, from) {
            to.copy_from_slice(from);
        }
        self.read += length;
        Ok(length)
    }
}
