//! What is wrong with an envelope.

use segur_xml::{Position, WriteError, XmlError};

/// A message that could not be read or written. Texts name elements and limits, never content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// The bytes are no well-formed XML, or pass a limit of it.
    #[error("the message is not read as XML: {0}")]
    Xml(#[from] XmlError),
    /// The root element is no envelope of SOAP 1.1 or 1.2: often the page of a proxy or of a server in trouble.
    #[error(
        "line {}, column {}: the root element is {found}, an Envelope of SOAP 1.1 or 1.2 is expected; look at the HTTP status and at what answered",
        position.line, position.column
    )]
    NotAnEnvelope {
        /// `{namespace}local`, cut at 120 characters.
        found: String,
        /// Where it begins.
        position: Position,
    },
    /// An envelope without a body.
    #[error(
        "line {}, column {}: the envelope has no Body of its own namespace; the sender must write one, empty at least",
        position.line, position.column
    )]
    NoBody {
        /// Where the envelope begins.
        position: Position,
    },
    /// Two headers or two bodies: which one counts would be a guess.
    #[error(
        "line {}, column {}: a second {what}; an envelope has at most one Header and exactly one Body, so that nobody reads another part than the one that was signed",
        position.line, position.column
    )]
    Repeated {
        /// `Header` or `Body`.
        what: &'static str,
        /// Where the second one begins.
        position: Position,
    },
    /// More header blocks than the limit.
    #[error(
        "line {}, column {}: more than {limit} header blocks; raise ReadLimits::header_blocks if the sender is to be trusted",
        position.line, position.column
    )]
    TooManyHeaders {
        /// The limit.
        limit: usize,
        /// Where the first one too many begins.
        position: Position,
    },
    /// A part of a fault of more members than the limit.
    #[error(
        "line {}, column {}: more than {limit} {what} in a fault",
        position.line, position.column
    )]
    FaultTooLarge {
        /// What is counted.
        what: &'static str,
        /// The limit.
        limit: usize,
        /// Where the fault begins.
        position: Position,
    },
    /// A value or fragment that cannot be written there.
    #[error("{what} cannot be written: {source}")]
    Write {
        /// Which part of the message.
        what: &'static str,
        /// Why.
        source: WriteError,
    },
    /// A fragment is not what its place holds.
    #[error(
        "{what} cannot be written: expected {expected}; serialise elements only, with their namespaces declared"
    )]
    Fragment {
        /// Which part of the message.
        what: &'static str,
        /// What the place holds.
        expected: &'static str,
    },
    /// An action that would break the HTTP header it stands in.
    #[error(
        "the action cannot stand in an HTTP header: it has the character U+{code:04X}; write a URI of printable ASCII"
    )]
    Action {
        /// Code point of the character.
        code: u32,
    },
    /// A fault that the chosen version cannot express.
    #[error("the fault cannot be written in this version of SOAP: {cause}")]
    Inexpressible {
        /// What stands in the way, and what to do.
        cause: &'static str,
    },
}

pub(super) fn writing(what: &'static str) -> impl Fn(WriteError) -> EnvelopeError {
    move |source| EnvelopeError::Write { what, source }
}
