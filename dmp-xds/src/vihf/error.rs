//! Why a VIHF cannot be written or read.

use segur_soap::saml::SamlError;

use crate::Invalid;

/// Why a VIHF cannot be written or read. Texts hold no value of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VihfError {
    /// It breaks rules; every problem is listed.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A text holds a character that XML cannot carry.
    #[error("the VIHF cannot be written as XML: {0}")]
    Xml(#[from] segur_xml::WriteError),
    /// The assertion cannot be written, signed or read.
    #[error(transparent)]
    Assertion(#[from] SamlError),
    /// An assertion that is none: something without which nothing is said.
    #[error("the assertion is no VIHF: {what} is missing, or its word is not one of {expected}")]
    NotAVihf {
        /// The attribute.
        what: &'static str,
        /// The words expected.
        expected: &'static str,
    },
}
