//! Why an update cannot be written.

use crate::error::Invalid;
use crate::metadata::AvailabilityStatus;

/// Why an update cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UpdateError {
    /// The submission set breaks rules.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The entry lacks what an update is based on; ask the registry for it again, with its metadata (`LeafClass`).
    #[error("the entry has no {field}; ask the registry for its metadata again")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// Something else stands in the place of an entryUUID.
    #[error(
        "an entryUUID (urn:uuid:) of the registry is expected, not a uniqueId or a name of a message"
    )]
    EntryUuid,
    /// The DMP does not change a document from this status to that one.
    #[error("a document does not change from {from} to {to}")]
    Transition {
        /// The status that the document has.
        from: AvailabilityStatus,
        /// The status that it was to have.
        to: AvailabilityStatus,
    },
}
