//! A document of an answer whose bytes cannot be had.

use std::fmt;

use segur_core::Message;

/// A document that an answer names and whose bytes cannot be had; the others are given all the same (SC.CDA/INT.08: a failure is told per
/// document).
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "it says all there is")]
pub struct FailedDocument {
    /// uniqueId of the document; empty when the answer does not tell it.
    pub document_unique_id: String,
    /// Why.
    pub cause: ContentFault,
}

/// Why the bytes of a document cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ContentFault {
    /// There is no `Document` in its `DocumentResponse`.
    Absent,
    /// Its content within the answer is not base64.
    Base64,
    /// Its reference to a part is none: without `cid:`, or not percent-encoded.
    Reference,
    /// The part that it refers to is not in the message, or was given to a document before it.
    NoPart,
}

impl ContentFault {
    /// Why, for the user.
    #[must_use]
    pub const fn message(self) -> Message {
        let (fr, en) = self.texts();
        Message::fixed(fr, en)
    }

    const fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Absent => (
                "le document n'est pas dans la réponse",
                "the document is not in the answer",
            ),
            Self::Base64 => (
                "le contenu du document n'est pas en base64",
                "the content of the document is not base64",
            ),
            Self::Reference => (
                "la référence du document à une partie du message est illisible",
                "the document's reference to a part of the message cannot be read",
            ),
            Self::NoPart => (
                "la partie que le document nomme n'est pas dans le message",
                "the part that the document names is not in the message",
            ),
        }
    }
}

/// English.
impl fmt::Display for ContentFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.texts().1)
    }
}
