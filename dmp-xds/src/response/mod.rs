//! Answers of registries and repositories: whether they did what was asked, and what they found.

mod code;
mod query;
mod registry;

pub use code::{ErrorCode, ResponseStatus, Severity};
pub use query::AdhocQueryResponse;
pub use registry::{RegistryError, RegistryResponse};
pub(crate) use registry::{read_response, write_errors, write_response};
