//! ITI-57 (TD3.3 of the DMP): what may change once a document is there.
//!
//! | DMP | what | function |
//! |---|---|---|
//! | TD3.3a, TD3.3b | hide a document, make it visible | [`change_visibility`] |
//! | TD3.3c | delete | [`delete`] |
//! | TD3.3d | archive, unarchive | [`archive`], [`unarchive`] |
//! | TD2.1b | replace | [`Submission::with_replacement`](crate::Submission::with_replacement), sent with ITI-41 |
//!
//! After a change of metadata the entryUUID is another one, logicalId and uniqueId stay; after a replacement all three
//! are others. Deletion is logical: the DMP knows neither ITI-62 nor ITI-86.
//!
//! Sources: messages TD3.3c and TD3.3d and the masking template of the DMP vendor kit; IHE ITI TF-2, 3.57.

mod error;
mod metadata;
mod status;

pub use error::UpdateError;
pub use metadata::{Visibility, change_visibility, update_metadata};
pub use status::{archive, change_status, delete, unarchive};
