//! What is wrong with an assertion.

use segur_xml::{Position, WriteError, XmlError};

/// An assertion that could not be read or written. Texts name elements, never content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SamlError {
    /// The element is no assertion of SAML 2.0.
    #[error(
        "line {}, column {}: expected an Assertion of SAML 2.0, found {found}",
        position.line, position.column
    )]
    NotAnAssertion {
        /// `{namespace}local`, or the version, cut at 120 characters.
        found: String,
        /// Where it begins.
        position: Position,
    },
    /// What no assertion can be without.
    #[error(
        "line {}, column {}: the assertion has no {what}; its issuer must write one",
        position.line, position.column
    )]
    Missing {
        /// Which part.
        what: &'static str,
        /// Where the assertion begins.
        position: Position,
    },
    /// A part that may stand once stands twice: which one counts would be a guess.
    #[error(
        "line {}, column {}: a second {what} in the assertion",
        position.line, position.column
    )]
    Repeated {
        /// Which part.
        what: &'static str,
        /// Where the second one begins.
        position: Position,
    },
    /// More of something than the limit.
    #[error(
        "line {}, column {}: more than {limit} {what} in the assertion",
        position.line, position.column
    )]
    TooMany {
        /// What is counted.
        what: &'static str,
        /// The limit.
        limit: usize,
        /// Where the first one too many begins.
        position: Position,
    },
    /// A value that cannot be written.
    #[error("{what} cannot be written: {source}")]
    Write {
        /// Which part.
        what: &'static str,
        /// Why.
        source: WriteError,
    },
    /// A value that the schema of SAML does not allow.
    #[error("{what} cannot be written: {cause}")]
    Value {
        /// Which part.
        what: &'static str,
        /// Why, and what to give.
        cause: &'static str,
    },
    /// A header that is given as markup is not well-formed.
    #[error("the markup is not read as XML: {0}")]
    Xml(#[from] XmlError),
    /// The assertion could not be signed.
    #[cfg(feature = "signature")]
    #[error("the assertion is not signed: {0}")]
    Signature(#[from] crate::signature::SignatureError),
}

pub(super) fn writing(what: &'static str) -> impl Fn(WriteError) -> SamlError {
    move |source| SamlError::Write { what, source }
}
