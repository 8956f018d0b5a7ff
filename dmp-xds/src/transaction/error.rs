//! Why a message cannot be written, or what came back cannot be read.

use segur_soap::envelope::{EnvelopeError, Fault};
use segur_soap::mtom::MtomError;
use segur_xml::XmlError;

use crate::error::{Invalid, ReadError, WriteError};

/// Why a message cannot be written. Texts hold no content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MessageError {
    /// The body of the message.
    #[error(transparent)]
    Body(#[from] WriteError),
    /// The envelope, or a header block that does not fit into it.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The parts.
    #[error(transparent)]
    Parts(#[from] MtomError),
    /// The boundary stands in a document: take another one, of 128 random bits.
    #[error("the boundary of the message stands in a document: take another one, of random bits")]
    Boundary,
    /// The assertion is no XML.
    #[error("the assertion is not well-formed XML")]
    Assertion(#[source] XmlError),
    /// The proof of who calls is no assertion of SAML 2.0.
    #[error("an Assertion of SAML 2.0 is expected, {found} found")]
    NotAnAssertion {
        /// Local name of the element, cut at 60 characters.
        found: String,
    },
    /// The VIHF does not go with a message about this patient.
    #[error(transparent)]
    Patient(#[from] crate::patient::ProofMismatch),
    /// A file does not belong to its entry: hash or size differ, or the entry has no file.
    #[error("{id}: {cause}")]
    File {
        /// The id of the entry in the message.
        id: String,
        /// What is wrong.
        cause: &'static str,
    },
    /// A file cannot be read.
    #[error("{id}: the file cannot be read")]
    Source {
        /// The id of the entry in the message.
        id: String,
        /// What the system says.
        source: std::io::Error,
    },
}

impl From<Invalid> for MessageError {
    fn from(invalid: Invalid) -> Self {
        Self::Body(invalid.into())
    }
}

/// Why what came back is no answer. Texts hold no content; the fault keeps the service's words, which are not shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// The service refuses, or failed.
    #[error(transparent)]
    Fault(Box<Fault>),
    /// No envelope came back: the page of a proxy, of a server in trouble, nothing.
    #[error("HTTP status {status}, and no SOAP message")]
    NotSoap {
        /// The status.
        status: u16,
        /// Why it is none.
        source: EnvelopeError,
    },
    /// A multipart that cannot be read.
    #[error("HTTP status {status}, and a multipart that cannot be read")]
    Parts {
        /// The status.
        status: u16,
        /// Why not.
        source: MtomError,
    },
    /// The body of the envelope is empty.
    #[error("HTTP status {status}, and an envelope with nothing in it")]
    Empty {
        /// The status.
        status: u16,
    },
    /// The answer is for another message (`wsa:RelatesTo`): it says nothing about this one. An answer that came late, or a service that
    /// does not keep its calls apart.
    #[error(
        "the answer is for another message (wsa:RelatesTo): what became of this one is not known"
    )]
    OtherMessage {
        /// When it is a fault.
        fault: Option<Box<Fault>>,
    },
    /// The answer is about another patient than the one asked for: do not use it.
    #[error("the answer is about another patient than the one asked for")]
    OtherPatient,
    /// The body is another message than the one expected.
    #[error("the message is not the one expected")]
    Body(#[from] ReadError),
}
