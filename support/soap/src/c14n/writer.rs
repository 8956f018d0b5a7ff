//! The canonical form of a document, written as it comes.

use std::fmt;
use std::io::{self, Write};

use super::input::Input;
use super::scan::Scanner;
use super::{CanonicalError, CanonicalLimits};

/// Whether comments are a part of the canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "there are two algorithms")]
pub enum Comments {
    /// They are: `http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments`.
    Kept,
    /// They are left out: `http://www.w3.org/TR/2001/REC-xml-c14n-20010315`.
    Dropped,
}

impl Comments {
    /// The name of the algorithm. Source: Canonical XML 1.0 (W3C, 2001), section 1.3.
    #[must_use]
    pub const fn algorithm(self) -> &'static str {
        match self {
            Self::Kept => "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
            Self::Dropped => "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        }
    }
}

/// Takes a document in pieces and writes its canonical form (Canonical XML 1.0, inclusive, in UTF-8).
///
/// It is an [`io::Write`], too, so that a document can be copied into it; what is wrong with the document is then an error of
/// kind [`io::ErrorKind::InvalidData`] with the [`CanonicalError`] as its cause. [`finish`](Self::finish) must be called: only
/// then is it known that the document is whole. `Debug` shows no content.
pub struct CanonicalWriter<W: Write> {
    input: Input,
    scanner: Scanner<W>,
    failed: bool,
}

impl<W: Write> CanonicalWriter<W> {
    /// With the limits that fit all documents of the agency.
    pub fn new(to: W, comments: Comments) -> Self {
        Self::with_limits(to, comments, CanonicalLimits::default())
    }

    /// With limits of one's own.
    pub fn with_limits(to: W, comments: Comments, limits: CanonicalLimits) -> Self {
        Self {
            input: Input::new(),
            scanner: Scanner::new(to, comments, limits),
            failed: false,
        }
    }

    /// The next bytes of the document.
    ///
    /// # Errors
    /// As soon as the document is seen to have no canonical form; what was written until then is to be thrown away.
    pub fn update(&mut self, bytes: &[u8]) -> Result<(), CanonicalError> {
        if self.failed {
            return Err(CanonicalError::Failed);
        }
        let done = self.input.push(bytes, &mut self.scanner);
        self.failed = done.is_err();
        done
    }

    /// The document is whole; gives back what was written to, flushed.
    ///
    /// # Errors
    /// When the document is not whole, or failed before.
    pub fn finish(mut self) -> Result<W, CanonicalError> {
        if self.failed {
            return Err(CanonicalError::Failed);
        }
        self.input.finish(&mut self.scanner)?;
        self.scanner.finish()
    }
}

impl<W: Write> Write for CanonicalWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.update(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(CanonicalError::Write(error)) => Err(error),
            Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error)),
        }
    }

    /// Nothing: what is gathered goes out with [`finish`](Self::finish).
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> fmt::Debug for CanonicalWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CanonicalWriter").finish_non_exhaustive()
    }
}
