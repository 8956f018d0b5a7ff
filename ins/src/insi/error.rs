//! Why a call cannot be written.

use segur_soap::envelope::EnvelopeError;
use segur_xml::{WriteError, XmlError};

use crate::identity::Trait;

/// A call that cannot be written. Texts name fields, never values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// INSi knows only the sexes F and M.
    #[error("INSi searches with the sex F or M only; take it from the document of identity")]
    Sex,
    /// A trait that the search needs is missing.
    #[error("the search needs {}; complete the identity", .0.label())]
    Missing(Trait),
    /// The key of a matricule does not fit its number: guide INS rule 17 asks to check before the call.
    #[error("the key of the matricule of the {whose} does not fit its number; read the card again")]
    Key {
        /// `individual` or `holder`.
        whose: &'static str,
    },
    /// The rank among twins is counted from 1.
    #[error("the rank of birth is counted from 1; read the card again")]
    Rank,
    /// A field of the context is empty.
    #[error("{field} is empty; the service refuses calls without it")]
    Empty {
        /// Which one.
        field: &'static str,
    },
    /// A call with assertions carries one (professional) or two (professional and carte Vitale).
    #[error("{found} assertions given; one or two expected")]
    Assertions {
        /// How many there are.
        found: usize,
    },
    /// An assertion that cannot be read.
    #[error("the assertion is not well-formed: {0}")]
    Assertion(#[source] XmlError),
    /// Something else than an assertion of SAML 2.0.
    #[error("the element {found} was given as assertion; an Assertion of SAML 2.0 is expected")]
    NotAnAssertion {
        /// Its local name, cut at 60 characters.
        found: String,
    },
    /// A value that XML cannot hold.
    #[error("the message cannot be written: {0}")]
    Write(#[from] WriteError),
    /// The envelope cannot be written.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}
