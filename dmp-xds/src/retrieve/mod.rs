//! ITI-43 (TD3.2 of the DMP): documents asked for by their uniqueId, and the answer.
//!
//! Source: IHE ITI TF-2, 3.43; messages of the DMP vendor kit.

mod failed;
mod request;
mod response;

pub use failed::{ContentFault, FailedDocument};
pub use request::{DocumentRequest, RetrieveDocumentSetRequest};
pub use response::{RetrieveDocumentSetResponse, RetrievedDocument};
