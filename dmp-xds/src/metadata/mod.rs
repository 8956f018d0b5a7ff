//! XDS metadata as plain structs, with typed values; independent of their ebRIM form ([`crate::ebrim`]).

mod association;
mod author;
mod cx;
mod document_entry;
mod dtm;
mod hl7;
mod patient_info;
mod problem;
mod registration;
mod signature;
mod status;
mod submission;
mod submission_set;
mod validate;
mod xcn;
mod xon;
mod xtn;

pub use association::Association;
pub use author::{Author, Recipient};
pub(crate) use author::{read_specialty, specialty_text};
pub use cx::Cx;
pub use document_entry::{DocumentEntry, visibility};
pub use dtm::Dtm;
pub use hl7::{Authority, OtherComponents};
pub use patient_info::{PatientInfo, PatientName, PidLine};
pub use problem::{Fault, Problem};
pub use status::{AssociationKind, AvailabilityStatus, EntryKind, MemberStatus};
pub(crate) use status::{cut, words};
pub use submission::Submission;
pub use submission_set::{Folder, SubmissionSet};
pub(crate) use validate::is_hash;
pub use xcn::Xcn;
pub use xon::Xon;
pub use xtn::Xtn;
