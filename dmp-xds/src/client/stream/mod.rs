//! Documents that are sent while they are read, and read while they come.

mod blocking;
mod body;
mod retrieve;
mod submit;

pub use blocking::BlockingRetrieval;
pub use retrieve::{ComingDocument, ExpectedDocument, Retrieval};
pub use submit::StreamedFile;
